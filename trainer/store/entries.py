"""What may wait to be written: plain values, each of which knows how it is written, in the order it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from trainer.core.rating import Rating
from trainer.core.record import Outcome, SessionRecord, Status
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
