"""JSON as ``trainer export`` writes it: sessions and ratings, each checked, each id once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NoReturn, TypeVar

from trainer.core.contents import Contents
from trainer.core.errors import UsageError
from trainer.core.happening import Event, Freeze, Trial
from trainer.core.rating import Moment, Rating
from trainer.core.record import Outcome, Result, SessionRecord, Status
from trainer.core.side import Side
from trainer.export import RATING_COLUMNS, SCHEMA
from trainer.importing.happened import event_from, freeze_from, trial_from
from trainer.importing.values import HINT, Record, refuse, shown

MOST_RECORDS, MOST_VALUES, MOST_LISTS = 300_000, 2_000_000, 200_000
"""Of records, of values and of lists: what 32 MB of a real diary stay below, and 300 MB of memory can hold."""
_SESSION = (
    *("id", "routine", "title", "started_at", "ended_at", "status", "planned_s", "moved_s", "speed"),
    *("drills", "ratings"),
)
_DRILL = ("drill", "side", "outcome", "reps_done", "reps_planned")
Kind = TypeVar("Kind", SessionRecord, Rating, Event, Freeze, Trial)


def read_json(text: str) -> Contents:
    """All that the file holds, in its order. Raises UsageError."""
    diary = _parse(text)
    if not isinstance(diary, dict) or diary.get("schema") != SCHEMA:
        found = shown(diary.get("schema")) if isinstance(diary, dict) else shown(diary)
        raise UsageError(f"This is no export of the trainer: its schema is {found}, not '{SCHEMA}'.", HINT)
    whole = Record(diary, ("schema", "sessions", "ratings"), "The file", ("events", "freezes", "trials"))
    sessions: dict[str, tuple[SessionRecord, str]] = {}
    ratings: dict[str, tuple[Rating, str]] = {}
    for number, value in enumerate(whole.each("ratings"), 1):
        add(ratings, rating_from(value, f"Rating {number}"), f"Rating {number}")
    for number, value in enumerate(whole.each("sessions"), 1):
        place = f"Session {number}"
        record = Record(value, _SESSION, place)
        add(sessions, _session(record), place)
        for count, inner in enumerate(record.each("ratings"), 1):
            rating = rating_from(inner, f"{place}, rating {count}")
            if rating.session != record.name("id"):
                raise refuse(f"{place}, rating {count}", "it belongs to another session")
            add(ratings, rating, f"{place}, rating {count}")
    return Contents(
        tuple(one for one, _ in sessions.values()),
        tuple(one for one, _ in ratings.values()),
        _all(whole, "events", "Event", event_from),
        _all(whole, "freezes", "Freeze", freeze_from),
        _all(whole, "trials", "Trial", trial_from),
    )


def _all(whole: Record, name: str, what: str, read: Callable[[object, str], Kind]) -> tuple[Kind, ...]:
    """Those of a list that older exports do not have."""
    found: dict[str, tuple[Kind, str]] = {}
    for number, value in enumerate(whole.each(name) if whole.has(name) else (), 1):
        add(found, read(value, f"{what} {number}"), f"{what} {number}")
    return tuple(one for one, _ in found.values())


def add(found: dict[str, tuple[Kind, str]], one: Kind, place: str) -> None:
    """Adds it under its id, once. Raises UsageError where that id already stands for something else."""
    there, elsewhere = found.setdefault(one.id, (one, place))
    if there is not one and repr(there) != repr(one):  # equal times may show different clocks
        raise refuse(place, f"its id {shown(one.id)} stands for something else in {elsewhere.lower()}")


def rating_from(value: object, place: str) -> Rating:
    """A rating from its JSON. Raises UsageError."""
    record = Record(value, RATING_COLUMNS, place)
    knee = record.choice("knee", Side)
    if knee is Side.BOTH:
        raise record.wrong("knee", "left or right")
    return Rating(
        id=record.name("id"),
        at=record.time("at"),
        moment=record.choice("moment", Moment),
        knee=knee,
        score=record.score("score"),
        activity=record.text_or_none("activity"),
        note=record.text_or_none("note"),
        session=record.text_or_none("session"),
    )


def _session(record: Record) -> SessionRecord:
    return SessionRecord(
        id=record.name("id"),
        routine=record.text("routine"),
        title=record.text("title"),
        started_at=record.time("started_at"),
        ended_at=record.time_or_none("ended_at"),
        status=record.choice("status", Status),
        planned_s=record.seconds("planned_s"),
        moved_s=record.seconds("moved_s"),
        speed=record.seconds("speed"),
        outcomes=tuple(_outcomes(record)),
    )


def _outcomes(session: Record) -> Iterator[Outcome]:
    for number, value in enumerate(session.each("drills"), 1):
        record = Record(value, _DRILL, f"{session.place}, drill {number}", ("reason",))
        yield Outcome(
            record.text("drill"),
            record.choice("side", Side),
            record.choice("outcome", Result),
            record.count("reps_done"),
            record.count("reps_planned"),
            record.text_or_none("reason") if record.has("reason") else None,
        )


def _parse(text: str) -> object:
    for sign, most in (("{", MOST_RECORDS), (",", MOST_VALUES), ("[", MOST_LISTS)):
        if text.count(sign) > most:
            raise UsageError("The file holds more than any diary does.", HINT)
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        why = f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise UsageError(f"Line {error.lineno}, column {error.colno}: {why}.", HINT) from None
    except RecursionError:
        raise UsageError("The file is nested more deeply than any diary.", HINT) from None
    except ValueError:  # a whole number of thousands of digits
        raise UsageError("The file holds a number that is too long.", HINT) from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        times = Counter(name for name, _ in pairs)
        twice = next(name for name in times if times[name] > 1)
        raise UsageError(f"The record with id {shown(values.get('id'))} says {shown(twice)} twice.", HINT)
    return values


def _no_number(text: str) -> NoReturn:
    raise UsageError(f"The file holds {text}, which is no number.", HINT)
