"""JSON as ``trainer export`` writes it: sessions and ratings, each checked, each id once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.core.errors import UsageError
from trainer.core.rating import Moment, Rating
from trainer.core.record import Outcome, Result, SessionRecord, Status
from trainer.core.side import Side
from trainer.export import RATING_COLUMNS, SCHEMA
from trainer.importing.happened import event_from, freeze_from, trial_from
from trainer.importing.known import MOST, Known, Place
from trainer.importing.source import too_many
from trainer.importing.spool import Spool
from trainer.importing.values import HINT, Record, refuse, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trainer.core.contents import Piece
    from trainer.importing.stream import JsonText

_SESSION = (
    *("id", "routine", "title", "started_at", "ended_at", "status", "planned_s", "moved_s", "speed"),
    *("drills", "ratings"),
)
_DRILL = ("drill", "side", "outcome", "reps_done", "reps_planned")
_NAMES = ("schema", "sessions", "ratings")
"""Of a file; older ones have no other."""
_WHOLE = "The file"
MOST_SEEN = 1000
"""Different outcomes of drills that are remembered."""


def read_json(text: JsonText) -> Iterator[Piece]:
    """All that the file holds, in its order; ratings that stand in sessions alone come last. Raises UsageError."""
    if not text.take("{"):
        raise _foreign("it is a list")
    known, names = Known(), set[str]()
    lists: dict[str, tuple[str, Callable[[object, str], Piece]]] = {
        "events": ("Event", event_from),
        "freezes": ("Freeze", freeze_from),
        "trials": ("Trial", trial_from),
        "ratings": ("Rating", rating_from),
    }
    inner: Spool[Rating] = Spool()
    with inner:
        while names or text.peek() != "}":
            name = text.name()
            if name in names:
                raise refuse(_WHOLE, f"it says {shown(name)} twice")
            names.add(name)
            if name == "schema":
                _check_schema(text.value(_WHOLE))
            elif name == "sessions":
                yield from _sessions(text, known, inner)
            elif name in lists:
                what, make = lists[name]
                for place, value in _each(text, name, what):
                    piece = make(value, str(place))
                    if known.is_new(piece, place):
                        yield piece
            elif "schema" in names:
                raise refuse(_WHOLE, f"{shown(name)} is nothing this trainer knows")
            else:
                raise _foreign(f"it begins with {shown(name)}")
            if not text.take(","):
                break
        text.need("}", "',' delimiter")
        if text.peek():
            raise text.wrong("extra data")
        if missing := next((name for name in _NAMES if name not in names), None):
            raise refuse(_WHOLE, f"{missing} is missing")
        yield from (rating for rating in inner if not known.is_listed(rating))


def _check_schema(schema: object) -> None:
    if schema != SCHEMA:
        raise _foreign(f"its schema is {shown(schema)}, not '{SCHEMA}'")


def _foreign(why: str) -> UsageError:
    return UsageError(f"This is no export of the trainer: {why}.", HINT)


def _each(text: JsonText, name: str, what: str) -> Iterator[tuple[Place, object]]:
    """The values of a list, one at a time, with their places."""
    if not text.take("["):
        raise refuse(_WHOLE, f"{name} is {shown(text.value(_WHOLE))}, not a list")
    number = 0
    while number or text.peek() != "]":
        number += 1
        if number > MOST:
            raise too_many(what, MOST)
        place = Place(what, number)
        yield place, text.value(str(place))
        if not text.take(","):
            break
    text.need("]", "',' delimiter")


def _sessions(text: JsonText, known: Known, inner: Spool[Rating]) -> Iterator[SessionRecord]:
    """Sessions without their ratings; those go aside, for the list of all ratings comes later and is in order."""
    seen: dict[object, Outcome] = {}
    for place, value in _each(text, "sessions", "Session"):
        record = Record(value, _SESSION, str(place))
        session = _session(record, seen)
        if known.is_new(session, place):
            yield session
        for number, one in enumerate(record.each("ratings"), 1):
            inside = place._replace(inner=number)
            rating = rating_from(one, str(inside))
            if rating.session != session.id:
                raise refuse(str(inside), "it belongs to another session")
            if known.is_new(rating, inside):
                inner.add(rating)


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


def _session(record: Record, seen: dict[object, Outcome]) -> SessionRecord:
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
        outcomes=tuple(_outcomes(record, seen)),
    )


def _outcomes(session: Record, seen: dict[object, Outcome]) -> Iterator[Outcome]:
    """What became of the drills. ``seen``: those read before, for a year has a few hundred different ones."""
    for number, value in enumerate(session.each("drills"), 1):
        key = _key(value)
        outcome = seen.get(key) if key is not None else None
        if outcome is None:
            outcome = _outcome(Record(value, _DRILL, f"{session.place}, drill {number}", ("reason",)))
            if key is not None and len(seen) < MOST_SEEN:
                seen[key] = outcome
        yield outcome


def _key(value: object) -> object | None:
    """Names, values and their types (for 1 is not true); none for what is no drill."""
    if not isinstance(value, dict):
        return None
    types = tuple(map(type, value.values()))
    return None if dict in types or list in types else (*value, *value.values(), *types)


def _outcome(record: Record) -> Outcome:
    return Outcome(
        record.text("drill"),
        record.choice("side", Side),
        record.choice("outcome", Result),
        record.count("reps_done"),
        record.count("reps_planned"),
        record.text_or_none("reason") if record.has("reason") else None,
    )
