"""``trainer correct ID``: another score, note or time; what it replaces is kept for 30 days."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from trainer.core.correction import What
from trainer.core.errors import UsageError
from trainer.core.rating import Moment
from trainer.paths import Folders
from trainer.store import Store
from trainer.store.correcting import correct, find_item, move
from trainer.store.naming import find
from trainer.verbs.entry import words_of
from trainer.verbs.out import put
from trainer.verbs.rate import read_moment, read_score, read_time
from trainer.verbs.words import read_knee

NAME = "correct"
HELP = "correct a rating, or when a session was"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer correct`` takes."""
    parser.add_argument("id", metavar="ID", help="of a rating or a session, or its beginning, as trainer history tells")
    parser.add_argument("--score", metavar="SCORE", help="0 no pain to 10 worst pain imaginable, or skip")
    parser.add_argument("--note", metavar="TEXT", help="a line in your own words; '' for none")
    parser.add_argument("--knee", metavar="left|right", help="which knee it was")
    parser.add_argument("--moment", metavar="|".join(Moment), help="when it was asked")
    parser.add_argument("--activity", metavar="ID", help="what you were doing; '' for nothing")
    parser.add_argument("--at", metavar="TIME", help="when it was, such as 2026-10-02T08:00")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Corrects it and says so in a line. Raises UsageError or StoreError, then nothing is changed."""
    changes = _changes(arguments)
    if not changes:
        raise UsageError("Say what to correct.", "Such as --score 4, --note TEXT or --at TIME.")
    with Store.open(folders.database) as store:
        what, id_ = find(store, arguments.id, (What.RATING, What.SESSION))
        if what is What.SESSION:
            if set(changes) != {"at"}:
                raise UsageError("Of a session only the time can be corrected.", "Its ratings have ids of their own.")
            act = move(store, id_, changes["at"])
        else:
            act = correct(store, id_, lambda rating: replace(rating, **changes))
        said = words_of(find_item(store, what, id_))
    put([f"Corrected: {said}. trainer undo takes it back.\n" if act else f"It says so already: {said}.\n"])
    return 0


def _changes(arguments: argparse.Namespace) -> dict[str, Any]:
    now = datetime.now().astimezone()
    read: dict[str, Callable[[str], object]] = {
        "score": read_score,
        "note": _text,
        "knee": read_knee,
        "moment": read_moment,
        "activity": _text,
        "at": lambda text: read_time(text, now),
    }
    given = {name: getattr(arguments, name) for name in read}
    return {name: read[name](text) for name, text in given.items() if text is not None}


def _text(text: str) -> str | None:
    return text or None
