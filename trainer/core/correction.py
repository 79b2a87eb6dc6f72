"""Corrections: what can be edited or deleted, and what is known of it until it can no longer be undone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from trainer.core.happening import Event, Freeze
from trainer.core.rating import Rating
from trainer.core.record import Outcome, Result, SessionRecord
from trainer.core.side import Side

KEPT = timedelta(days=30)
"""How long what was deleted or replaced can be brought back."""

Item = Rating | SessionRecord | Event | Freeze
"""What can be deleted."""


class What(StrEnum):
    """Which kind of thing."""

    RATING = "rating"
    SESSION = "session"
    EVENT = "event"
    FREEZE = "freeze"


@dataclass(frozen=True, slots=True)
class Deleted:
    """Something deleted that can still be brought back."""

    what: What
    """Its kind."""
    item: Item
    """What it was."""
    at: datetime
    """When it was deleted."""

    @property
    def until(self) -> datetime:
        """When it is removed for good, at the next start after that."""
        return self.at + KEPT


@dataclass(frozen=True, slots=True)
class Act:
    """One edit or deletion that was written."""

    number: int
    """Its place among all of them; undoing asks for it."""
    what: What
    """Which kind of thing it was done to."""
    id: str
    """Id of that."""
    is_deletion: bool
    """A deletion; else an edit."""


def kind_of(item: Item) -> What:
    """The kind of an item."""
    match item:
        case Rating():
            return What.RATING
        case SessionRecord():
            return What.SESSION
        case Event():
            return What.EVENT
    return What.FREEZE


def corrected(outcome: Outcome, result: Result | None = None, side: Side | None = None) -> Outcome:
    """A drill with another result or side, and what follows: why it was skipped holds for skipped ones alone.

    What was skipped and is said to be done counts with all its repetitions, for nobody counted others.
    """
    side = outcome.side if side is None else side
    if result is None or result is outcome.result:
        return replace(outcome, side=side)
    done = outcome.reps_planned if (outcome.result, result) == (Result.SKIPPED, Result.DONE) else outcome.reps_done
    return replace(outcome, side=side, result=result, reps_done=done, reason=None)
