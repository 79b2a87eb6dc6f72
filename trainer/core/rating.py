"""A rating: one number from 0 to 10 for one knee at one moment, or the fact that none was given.

The scale is NRS-11: whole numbers, 0 ``no pain``, 10 ``worst pain imaginable``; the two ends never change for a
person. Band words 1-3 mild, 4-6 moderate, 7-10 severe are a hint only. Sources: the drill library's clinical notes,
section 1.1 (IMMPACT and the NRS-11 literature named there).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer.core.side import Side

LOWEST = 0
HIGHEST = 10
NO_PAIN = "no pain"
WORST_PAIN = "worst pain imaginable"
NOTICEABLE = 2
"""Two single ratings must differ by this much before anything is remarked on (Alghadir 2018: 1.33 is detectable)."""


class Moment(StrEnum):
    """When the knee was rated."""

    BEFORE = "before"
    AFTER = "after"
    MORNING = "morning"
    EVENING = "evening"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Rating:
    """One answer, or one question that was not answered."""

    id: str
    """Unique over all laptops, so that two diaries can be merged."""
    at: datetime
    """When it was given, with its local offset."""
    moment: Moment
    """Before or after a session, in the morning, in the evening, or just now."""
    knee: Side
    """Left or right."""
    score: int | None
    """0 to 10; None means asked and not answered, which is never 0."""
    activity: str | None = None
    """What the person was doing, where the question names it."""
    note: str | None = None
    """The person's own words."""
    session: str | None = None
    """Id of the session it belongs to."""

    def __post_init__(self) -> None:
        if self.score is not None and not LOWEST <= self.score <= HIGHEST:
            raise ValueError(f"a score is a whole number from {LOWEST} to {HIGHEST}, not {self.score}")
        if self.knee is Side.BOTH:
            raise ValueError("a rating belongs to the left or the right knee")
        if self.at.tzinfo is None:
            raise ValueError("a rating's time needs its local offset")


def band(score: int) -> str:
    """The hint word for a score: no pain, mild, moderate, severe."""
    if score <= 0:
        return NO_PAIN
    return "mild" if score <= 3 else "moderate" if score <= 6 else "severe"


_QUESTIONS = {
    Moment.BEFORE: "How is your {} knee right now?",
    Moment.AFTER: "How is your {} knee right now?",
    Moment.NOW: "How is your {} knee right now?",
    Moment.MORNING: "First stairs today, {} knee: how bad was the pain?",
    Moment.EVENING: "Today on average, {} knee: how bad was the pain?",
}


def question(moment: Moment, knee: Side) -> str:
    """The question to ask, always in the same words."""
    return _QUESTIONS[moment].format(knee.value.upper())
