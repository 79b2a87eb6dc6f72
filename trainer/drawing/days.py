"""Days along the x axis: which column a day lies in, and the ticks whose words fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""In order, as short as they are written."""
_STEPS = (
    ("day", 1),
    ("day", 2),
    ("day", 7),
    ("day", 14),
    ("month", 1),
    ("month", 2),
    ("month", 3),
    ("month", 6),
    ("year", 1),
    ("year", 2),
    ("year", 5),
    ("year", 10),
)
_LENGTHS = {"day": 1, "month": 30, "year": 365}


class Tick(NamedTuple):
    """A marked day."""

    column: int
    """Where the tick stands."""
    start: int
    """First column of its words."""
    label: str
    """The day, month or year in words."""


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days laid over ``width`` columns."""

    start: date
    """First day."""
    end: date
    """Last day, shown whole."""
    width: int
    """Columns there are; at least 1."""

    @property
    def count(self) -> int:
        """How many days are shown."""
        return (self.end - self.start).days + 1

    def column(self, day: date, time: float = 0.5) -> int:
        """Return the column of a time of a day, 0 to 1; outside the stretch it is outside the width."""
        return int((day.toordinal() - self.start.toordinal() + time) * self.width // self.count)

    def ticks(self) -> tuple[Tick, ...]:
        """Return ticks as close as their words allow, or none where not even two fit."""
        for unit, step in _STEPS:
            if self.count / (step * _LENGTHS[unit]) > self.width / 3:
                continue
            ticks = self._labelled(unit, step)
            apart = all(one.start + len(one.label) + 2 <= other.start for one, other in pairwise(ticks))
            if len(ticks) >= 2 and apart:
                return ticks
        ends = self._place((self.start, day_words(self.start)), (self.end, day_words(self.end)))
        fits = len(ends) == 2 and ends[0].start + len(ends[0].label) + 2 <= ends[1].start
        return ends if fits else ()

    def _labelled(self, unit: str, step: int) -> tuple[Tick, ...]:
        days = list(takewhile(lambda day: day <= self.end, _steps(self.start, unit, step)))
        if unit == "day":
            return self._place(*((day, day_words(day)) for day in days))
        if unit == "year":
            return self._place(*((day, str(day.year)) for day in days))
        words = [str(day.year) if day.month == 1 else MONTHS[day.month - 1] for day in days]
        if days and all(day.month != 1 for day in days):
            words[0] += f" {days[0].year}"
        return self._place(*zip(days, words, strict=True))

    def _place(self, *days: tuple[date, str]) -> tuple[Tick, ...]:
        out: list[Tick] = []
        for day, label in days:
            column = self.column(day)
            start = min(max(column - len(label) // 2, 0), self.width - len(label))
            if start >= 0:
                out.append(Tick(column, start, label))
        return tuple(out)


def day_words(day: date) -> str:
    """Return a day as people say it: ``4 May``."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def _steps(start: date, unit: str, step: int) -> Iterator[date]:
    """Yield the days of a step from ``start`` on: Mondays for weeks, firsts for months and years."""
    if unit == "day":
        shift = -start.weekday() % 7 if step >= 7 else 0
        # The end of the calendar is reached from the last days of 9999.
        while start.toordinal() + shift <= date.max.toordinal():
            yield start + timedelta(days=shift)
            shift += step
        return
    months = step if unit == "month" else step * 12
    at = -(-(start.year * 12 + start.month - 1 + (start.day > 1)) // months) * months
    while at // 12 <= date.max.year:
        yield date(at // 12, at % 12 + 1, 1)
        at += months
