"""The last four weeks in a line: the days of one knee at one moment, and their mean.

Two knees, or a morning and an evening, make no common mean that says anything about either; so one series is chosen.
The mornings come first, for they are the primary question (clinical notes, section 1.2), then the ratings after a
session, then those before one; of two knees the one that was rated on more days, and of equal ones the one that hurts
more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trainer.core.answer import ENOUGH_FOR_MEAN
from trainer.core.day import day_of
from trainer.core.rating import Moment
from trainer.core.side import Side
from trainer.core.trend import daily

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.core.rating import Rating

DAYS = 28
_MOMENTS = {Moment.MORNING: "mornings", Moment.AFTER: "afterwards", Moment.BEFORE: "beforehand"}


@dataclass(frozen=True, slots=True)
class FourWeeks:
    """One knee at one moment over the last days."""

    days: tuple[float | None, ...]
    """Its days up to today, oldest first, 0 to 10; several ratings of one count as their median, None for none."""
    mean: float | None = None
    """Mean of these days; None below 7 of them (section 2.6)."""
    words: str = ""
    """The mean for a person: ``mornings 3.4 on average``, with the knee where both were rated; empty without one."""


def four_weeks(ratings: Sequence[Rating], today: date) -> FourWeeks:
    """Return what the four weeks up to ``today`` show. ``ratings``: theirs at least, in any order."""
    first = today - timedelta(days=min(DAYS, today.toordinal()) - 1)
    for moment, when in _MOMENTS.items():
        found = {knee: _daily(ratings, moment, knee, first, today) for knee in (Side.LEFT, Side.RIGHT)}
        knee = max(found, key=lambda one: (len(found[one]), sum(found[one].values())))
        values = found[knee]
        if not values:
            continue
        days = tuple(values.get(today - timedelta(days=ago)) for ago in range((today - first).days, -1, -1))
        if len(values) < ENOUGH_FOR_MEAN:
            return FourWeeks(days)
        mean = sum(values.values()) / len(values)
        whose = f"{knee.value} knee " if all(found.values()) else ""
        return FourWeeks(days, mean, f"{whose}{when} {mean:.1f} on average")
    return FourWeeks(())


def _daily(ratings: Sequence[Rating], moment: Moment, knee: Side, first: date, today: date) -> dict[date, float]:
    mine = ((day_of(one.at), one.score) for one in ratings if one.moment is moment and one.knee is knee)
    return daily((day, score) for day, score in mine if first <= day <= today)
