"""``trainer setup``: answers the first start's questions from the shell."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import datetime

from trainer.core.errors import UsageError
from trainer.core.side import Affected
from trainer.paths import Folders
from trainer.verbs.out import put
from trainer.verbs.words import shown

HELP = "answer the first start's questions: which knee, and that you read the safety text"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer setup`` takes."""
    parser.add_argument("--knee", metavar="left|right|both", help="the knee, or knees, that trouble you")
    parser.add_argument("--accept-safety", action="store_true", help="you have read the safety text")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Keeps the answers. Raises UsageError or ContentError; without options it prints the safety text."""
    from trainer.core.safety import SAFETY
    from trainer.settings import read_settings, write_settings

    settings, _ = read_settings(folders.settings)
    if arguments.knee is None and not arguments.accept_safety:
        put(["\n\n".join(SAFETY) + "\n\nIf you have read this: trainer setup --knee left|right|both --accept-safety\n"])
        return 0
    if arguments.knee is not None:
        settings = replace(settings, affected_knee=_knee(arguments.knee))
    if arguments.accept_safety:
        settings = replace(settings, safety_accepted=datetime.now().astimezone().date())
    write_settings(folders.settings, settings)
    knee = settings.affected_knee
    missing = [
        *([] if knee else ["--knee"]),
        *([] if settings.safety_accepted else ["--accept-safety"]),
    ]
    put([f"Saved. Still to say: {' '.join(missing)}\n" if missing else "Saved. Nothing more is asked.\n"])
    return 0


def _knee(word: str) -> Affected:
    try:
        return Affected(word)
    except ValueError:
        raise UsageError(f"--knee takes left, right or both, not {shown(word)}.") from None
