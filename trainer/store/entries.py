"""What may wait to be written: plain values, each of which knows how it is written, in the order it happened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from trainer.core.plain import check_text
from trainer.core.rating import Rating
from trainer.core.record import Outcome, SessionRecord, Status
from trainer.store.rows import Row, outcome_from, outcome_row, rating_from, rating_row, session_from
from trainer.store.store import Store


class Entry(Protocol):
    """One thing to be written."""

    def write(self, store: Store) -> None:
        """Writes it; the same twice is the same as once."""


@dataclass(frozen=True, slots=True)
class SessionBegan:
    """A session started."""

    record: SessionRecord
    """As it stood then."""

    def write(self, store: Store) -> None:
        """Writes the session's row."""
        store.begin(self.record)


@dataclass(frozen=True, slots=True)
class PhaseEnded:
    """A phase of work was left."""

    session: str
    """Id of the session."""
    index: int
    """Index of the phase in the timeline."""
    outcome: Outcome
    """What became of it."""
    moved_s: float
    """Seconds spent in work phases up to then."""

    def write(self, store: Store) -> None:
        """Writes the outcome."""
        store.keep(self.session, self.index, self.outcome, self.moved_s)


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """A session ended."""

    session: str
    """Its id."""
    status: Status
    """How it ended."""
    at: datetime
    """When, with the local offset."""
    moved_s: float
    """Seconds spent in work phases."""

    def write(self, store: Store) -> None:
        """Writes the ending."""
        store.end(self.session, self.status, self.at, self.moved_s)


@dataclass(frozen=True, slots=True)
class Rated:
    """A knee was rated."""

    rating: Rating
    """The answer, or that none was given."""

    def write(self, store: Store) -> None:
        """Writes the rating."""
        store.rate(self.rating)


def line_of(entry: Entry) -> str:
    """The entry as a line of JSON, without its end: which kind it is, and its values in the order of the tables."""
    match entry:
        case SessionBegan(record=record):
            values: tuple[object, ...] = (*_head(record), record.planned_s, record.moved_s, record.speed)
        case PhaseEnded(session=session, index=index, outcome=outcome, moved_s=moved_s):
            values = (session, index, moved_s, *outcome_row(outcome))
        case SessionEnded(session=session, status=status, at=at, moved_s=moved_s):
            values = (session, status, at.isoformat(), moved_s)
        case Rated(rating=rating):
            values = rating_row(rating)
        case _:
            raise TypeError(entry)
    return json.dumps([type(entry).__name__, *values])


def entry_from(values: Any) -> Entry:
    """The entry of a line. Raises ValueError or TypeError where it makes no sense."""
    match values:
        case ["SessionBegan", *row] if len(row) == 9:
            return SessionBegan(session_from((0, 0, *row), (), ()))
        case ["PhaseEnded", str(session), int(index), float() | int() as moved_s, *row] if not isinstance(index, bool):
            return PhaseEnded(session, index, outcome_from(tuple(row)), float(moved_s))
        case ["SessionEnded", str(session), str(status), str(at), float() | int() as moved_s]:
            return SessionEnded(session, Status(status), _time(at), float(moved_s))
        case ["Rated", id_, at, int(), *rest] if len(rest) == 6:
            rating = rating_from((0, 0, id_, at, *rest))
            check_text(rating.note or "", "The note")
            check_text(rating.activity or "", "The activity")
            return Rated(rating)
    raise ValueError("no entry")


def _head(record: SessionRecord) -> Row:
    ended = None if record.ended_at is None else record.ended_at.isoformat()
    return (record.id, record.routine, record.title, record.started_at.isoformat(), ended, record.status)


def _time(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError("a time without its offset")
    return when
