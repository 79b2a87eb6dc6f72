"""Weeks rather than days: the mean of each with its best, its worst and the number of days that were rated.

So clinicians show it (clinical notes, section 1.5); pain scores wander by a point or more from day to day, so single
days are not compared (section 1.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trainer.core.trend import daily

if TYPE_CHECKING:
    from collections.abc import Iterable

DAYS = 7


@dataclass(frozen=True, slots=True)
class Week:
    """One week of one knee in one series, Monday to Sunday."""

    start: date
    """Its Monday."""
    days: int
    """Days of it that have come: 7, fewer in the week of today."""
    n: int
    """Days with a rating; several on one day count as their median."""
    mean: float | None
    """Mean of these days, 0 to 10; None where no day was rated."""
    best: float | None
    """Lowest day."""
    worst: float | None
    """Highest day."""

    @property
    def words(self) -> str:
        """One row of a table: ``mean 4.3  best 2  worst 7  n=6/7``; a week without a rating says so."""
        if self.mean is None or self.best is None or self.worst is None:
            return f"no rating  n=0/{self.days}"
        return f"mean {self.mean:.1f}  best {self.best:g}  worst {self.worst:g}  n={self.n}/{self.days}"


def weeks(ratings: Iterable[tuple[date, int | None]], *, today: date, since: date | None = None) -> tuple[Week, ...]:
    """Return every week from that of the first rating to that of ``today``, oldest first, empty weeks among them.

    ``since``: a day from whose week on there are rows, even where nothing was rated yet.

    A score of None (asked and not answered) counts as no rating; ratings after ``today`` are left out.
    """
    by_week: dict[date, list[float]] = {}
    for day, value in daily(ratings).items():
        if day <= today:
            by_week.setdefault(monday_of(day), []).append(value)
    begun = [*by_week, *([] if since is None else [monday_of(since)])]
    if not begun:
        return ()
    first, this = min(begun), monday_of(today)
    starts = (first + timedelta(days=gone) for gone in range(0, (this - first).days + 1, DAYS))
    return tuple(_week(start, by_week.get(start, []), today) for start in starts)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week; the first day of all stands for a Monday that no calendar has."""
    return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))


def _week(start: date, values: list[float], today: date) -> Week:
    n = len(values)
    return Week(
        start=start,
        days=min(DAYS, (today - start).days + 1),
        n=n,
        mean=sum(values) / n if n else None,
        best=min(values, default=None),
        worst=max(values, default=None),
    )
