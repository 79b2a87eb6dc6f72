"""``trainer correct ID``: another score, note, time or outcome of a drill; what it replaces is kept for 30 days."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from trainer.core.correction import What, corrected
from trainer.core.errors import UsageError
from trainer.core.rating import Moment
from trainer.core.record import Outcome, Result, SessionRecord
from trainer.core.side import Side
from trainer.core.typed import read_time
from trainer.paths import Folders
from trainer.store import Store
from trainer.store.correcting import correct, correct_session, find_item
from trainer.store.naming import find
from trainer.verbs.entry import drill_words, words_of
from trainer.verbs.out import put
from trainer.verbs.rate import read_moment, read_score
from trainer.verbs.words import read_knee, shown

Choice = TypeVar("Choice", bound=StrEnum)
NAME = "correct"
HELP = "correct a rating, or when a session was and what became of its drills"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer correct`` takes."""
    parser.add_argument("id", metavar="ID", help="of a rating or a session, or its beginning, as trainer history tells")
    parser.add_argument("--at", metavar="TIME", help="when it was, such as 2026-10-02T08:00")
    of_rating = parser.add_argument_group("of a rating")
    of_rating.add_argument("--score", metavar="SCORE", help="0 no pain to 10 worst pain imaginable, or skip")
    of_rating.add_argument("--note", metavar="TEXT", help="a line in your own words; '' for none")
    of_rating.add_argument("--knee", metavar="left|right", help="which knee it was")
    of_rating.add_argument("--moment", metavar="|".join(Moment), help="when it was asked")
    of_rating.add_argument("--activity", metavar="ID", help="what you were doing; '' for nothing")
    of_session = parser.add_argument_group("of a session")
    of_session.add_argument("--drill", metavar="NAME", help="which drill: its id, or its place, from 1")
    of_session.add_argument("--outcome", metavar="|".join(Result), help="what became of it")
    of_session.add_argument("--side", metavar="|".join(Side), help="the side that worked")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Corrects it and says so in a line. Raises UsageError or StoreError, then nothing is changed."""
    changes, drill = _changes(arguments), _drill(arguments)
    if not changes and drill is None:
        raise UsageError("Say what to correct.", "Such as --score 4, --at TIME or --drill 3 --outcome done.")
    drills: dict[int, Callable[[Outcome], Outcome]] = {}
    with Store.open(folders.database) as store:
        what, id_ = find(store, arguments.id, (What.RATING, What.SESSION))
        if what is What.SESSION:
            if set(changes) - {"at"}:
                raise UsageError("Of a session, correct its time or its drills.", "Its ratings have ids of their own.")
            if drill is not None:
                drills[_place(store, id_, arguments.drill)] = drill
            act = correct_session(store, id_, started_at=changes.get("at"), drills=drills)
        elif drill is not None:
            raise UsageError("A rating has no drills.", "trainer history tells the ids of sessions.")
        else:
            act = correct(store, id_, lambda rating: replace(rating, **changes))
        item = find_item(store, what, id_)
        said = words_of(item)
        if isinstance(item, SessionRecord):
            said = ", ".join([*(drill_words(item.outcomes[place]) for place in drills), said])
    put([f"Corrected: {said}. trainer undo takes it back.\n" if act else f"It says so already: {said}.\n"])
    return 0


def _drill(arguments: argparse.Namespace) -> Callable[[Outcome], Outcome] | None:
    """What becomes of a drill. Raises UsageError."""
    result = None if arguments.outcome is None else _one_of(arguments.outcome, Result, "--outcome")
    side = None if arguments.side is None else _one_of(arguments.side, Side, "--side")
    if (result is None and side is None) is not (arguments.drill is None):
        raise UsageError("--drill goes with --outcome or --side.", "Such as --drill 3 --outcome skipped.")
    return None if arguments.drill is None else lambda outcome: corrected(outcome, result, side)


def _place(store: Store, id_: str, name: str) -> int:
    """Which of the session's drills is meant, from 0. Raises UsageError where that is none, or several."""
    found = store.find_session(id_)
    outcomes = () if found is None else found.outcomes
    if name.isascii() and name.isdigit() and 1 <= int(name[:6]) <= len(outcomes):
        return int(name[:6]) - 1
    places = [place for place, one in enumerate(outcomes) if one.drill == name]
    if len(places) != 1:
        told = ", ".join(f"{number} {one.drill} ({one.side})" for number, one in enumerate(outcomes, 1)) or "none"
        raise UsageError(f"{shown(name)} is {'several' if places else 'none'} of its drills.", f"It has {told}.")
    return places[0]


def _one_of(text: str, choices: type[Choice], option: str) -> Choice:
    for choice in choices:
        if text == choice.value:
            return choice
    raise UsageError(f"{option} needs {', '.join(choices)}, not {shown(text)}.")


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
