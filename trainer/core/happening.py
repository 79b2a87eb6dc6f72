"""What else happened: a line on the chart, days that do not count, and a trial of two routines against each other.

Days are the person's days, see ``day``. The trial's design is that of the drill library's clinical notes, section 2.5:
pairs of days or of blocks, random order inside each, written down before the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may explain a change: "new shoes"."""

    id: str
    """Unique over all laptops, so that two diaries can be merged."""
    day: date
    """The day it happened, or began."""
    words: str
    """The person's own words."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """Days of illness or travel on which no warm-up is missed."""

    id: str
    """Unique over all laptops."""
    first_day: date
    """The first such day."""
    last_day: date | None = None
    """The last one; none while it goes on."""
    words: str = ""
    """The person's own words, or nothing."""

    def __post_init__(self) -> None:
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError("a freeze ends no earlier than it begins")

    def covers(self, day: date) -> bool:
        """Whether that day is one of them."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


class Design(StrEnum):
    """What is drawn in random order."""

    PAIRS = "pairs"
    """Two days."""
    BLOCKS = "blocks"
    """Two blocks of several days."""


class Arm(StrEnum):
    """Which of the two routines."""

    FIRST = "first"
    SECOND = "second"


class TrialStatus(StrEnum):
    """How a trial stands."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class TrialDay:
    """What one day of a trial was drawn for."""

    day: date
    """The person's day."""
    pair: int
    """Which pair it belongs to, from 1."""
    arm: Arm
    """The routine of that day."""
    is_planned: bool = True
    """Whether it belongs to a pair that is wanted; else to a spare one, for a pair in which a day is missed."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Two routines, day by day in a random order."""

    id: str
    """Unique over all laptops."""
    started_at: datetime
    """When the order was written down, with the local offset."""
    seed: int
    """What the order was drawn from; the same seed gives the same order."""
    design: Design
    """Days or blocks."""
    first: str
    """Id of one routine."""
    second: str
    """Id of the other."""
    status: TrialStatus = TrialStatus.RUNNING
    """How it stands."""
    block_days: int = 1
    """Days in a row of one arm."""
    washout_days: int = 0
    """Days at the start of each block that do not count."""
    days: tuple[TrialDay, ...] = ()
    """In order of time, each day once."""

    def __post_init__(self) -> None:
        if self.started_at.tzinfo is None:
            raise ValueError("a trial's start needs its local offset")
        if not 0 <= self.washout_days < self.block_days:
            raise ValueError("a block is longer than its washout")
        if any(one.day >= other.day for one, other in pairwise(self.days)):
            raise ValueError("the days of a trial stand in order, each once")
