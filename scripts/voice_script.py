"""What has to be spoken, of which kind each phrase is, and how it is written for the synthesizer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trainer.core.words import LARGEST_NUMBER, number, vocabulary
from trainer.library import read_library

NUMBERS = frozenset(number(count).capitalize() for count in range(1, LARGEST_NUMBER + 1))
DOSE = re.compile(r".* (times|circles?|seconds?|minutes?)|Once|Twice")
SPOKEN_AS: Mapping[str, str] = {"Knee fall-outs": "Knee fall outs"}
"""Phrases that the voice reads wrong as they are written, and how to write them for it."""


def spoken(text: str) -> str:
    """What the synthesizer is given: a full stop makes it a statement."""
    return SPOKEN_AS.get(text, text) + "."


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


@dataclass(frozen=True)
class Script:
    """What has to be spoken."""

    texts: tuple[str, ...]
    names: frozenset[str]

    def kind(self, text: str) -> str:
        if text in NUMBERS:
            return "number"
        if text in self.names:
            return "name"
        if re.fullmatch(r"(Right|Left) \w+", text):
            return "side"
        return "dose" if DOSE.fullmatch(text) else "call"


def read_script(routines: Path) -> Script:
    drills = tuple(read_library(routines).drills.values())
    script = Script(vocabulary(drills), frozenset(drill.name for drill in drills))
    files = [slug(text) for text in script.texts]
    if twice := {name for name in files if files.count(name) > 1}:
        raise SystemExit(f"two phrases would share a file: {sorted(twice)}")
    return script
