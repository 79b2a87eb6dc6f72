"""What is kept of a session: when it ran, how it ended, and what became of each drill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer.core.rating import Rating
from trainer.core.side import Side


class Status(StrEnum):
    """How a session stands."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    """It ended with neither: a crash, a closed window, a flat battery."""


class Result(StrEnum):
    """What became of one drill on one side."""

    DONE = "done"
    SKIPPED = "skipped"
    HURT = "hurt"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One drill on one side, as it went."""

    drill: str
    """Id of the drill."""
    side: Side
    """The side that worked."""
    result: Result
    """Done, skipped, or marked as hurting (which outweighs the other two)."""
    reps_done: int | None
    """Whole repetitions; none where time alone counted."""
    reps_planned: int | None
    """Repetitions that were asked for; none where time alone counted."""
    reason: str | None = None
    """Why it was skipped, as a short code such as "no-time"; none where nobody said."""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One warm-up in the diary."""

    id: str
    """Unique over all laptops, so that two diaries can be merged."""
    routine: str
    """Id of the routine."""
    title: str
    """Its name on that day."""
    started_at: datetime
    """With its local offset."""
    ended_at: datetime | None
    """With its local offset; none while it runs, or where nobody saw it end."""
    status: Status
    """How it stands."""
    planned_s: float
    """Length of the timeline when it started."""
    moved_s: float
    """Seconds spent in work phases, pauses not counted."""
    speed: float
    """How many times as fast as the real clock the session's clock ran."""
    outcomes: tuple[Outcome, ...] = ()
    """What was left out before it began, then the rest in the order of the timeline."""
    ratings: tuple[Rating, ...] = ()
    """The ratings that belong to it, oldest first."""

    @property
    def was_led(self) -> bool:
        """Whether the app led through it. What was done elsewhere and only noted here has no length."""
        return self.planned_s > 0
