"""The days a chart shows and the one under its cursor: ranges, zoom, scrolling, all as plain values.

Whatever is done, the cursor's day is one of those shown, and nothing after today is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from math import ceil

LEAST_DAYS = 7
"""Days shown at the least."""
LEAST_OF_ALL = 28
"""Days "all" shows at the least."""
ZOOM = 2
"""How many times nearer or farther one step of zooming goes."""


class Range(Enum):
    """The ranges that have a key of their own, with the days they show; None for all."""

    WEEKS = ("4 weeks", 28)
    MONTHS = ("3 months", 90)
    YEAR = ("a year", 365)
    ALL = ("all", None)

    def __init__(self, words: str, days: int | None) -> None:
        self.words = words
        self.days = days


@dataclass(frozen=True, slots=True)
class Span:
    """What is shown. Make one by ``Span.of``."""

    first: date
    """The first day with anything to show."""
    latest: date
    """The last day there is."""
    start: date
    """The first day shown."""
    end: date
    """The last day shown."""
    cursor: date
    """The day that is read out; one of those shown."""

    @classmethod
    def of(cls, first: date | None, today: date, chosen: Range = Range.MONTHS) -> Span:
        """Show a range up to today; ``first`` is the first day with anything to show, None for none."""
        first = today if first is None else min(first, today)
        return cls(first, today, today, today, today).ranged(chosen)

    @property
    def count(self) -> int:
        """How many days are shown."""
        return (self.end - self.start).days + 1

    @property
    def all_days(self) -> int:
        """How many days there are to be shown."""
        return max((self.latest - self.first).days + 1, LEAST_OF_ALL)

    def ranged(self, chosen: Range) -> Span:
        """Show so many days, up to today where the cursor is among them, else around the cursor."""
        count = _fitting(chosen.days or self.all_days, self.latest)
        if (self.latest - self.cursor).days < count:
            return self._showing(count, self.latest)
        return self._showing(count, _plus(self.cursor, count // 2))

    def zoomed(self, *, nearer: bool) -> Span:
        """Show half or twice the days; the cursor's day stays where it is on the screen, as far as it can."""
        most = max(self.all_days, self.count)
        wanted = ceil(self.count / ZOOM) if nearer else self.count * ZOOM
        count = _fitting(min(max(wanted, LEAST_DAYS), most), self.latest)
        before = (self.cursor - self.start).days * (count - 1) // max(self.count - 1, 1)
        end = self.cursor.toordinal() - before + count - 1
        return self._showing(count, date.fromordinal(min(end, self.latest.toordinal())))

    def scrolled(self, share: float) -> Span:
        """Show earlier (below 0) or later days, by a share of what is shown; the cursor goes along."""
        days = round(self.count * share) or (1 if share > 0 else -1)
        moved = self._showing(self.count, _plus(self.end, days))
        by = (moved.end - self.end).days
        return moved.at(_plus(self.cursor, by or days))

    def moved(self, days: int) -> Span:
        """Put the cursor so many days earlier (below 0) or later; what is shown follows it."""
        wanted = min(max(_plus(self.cursor, days), min(self.start, self.first)), self.latest)
        if wanted < self.start:
            return replace(self._showing(self.count, _plus(wanted, self.count - 1)), cursor=wanted)
        if wanted > self.end:
            return replace(self._showing(self.count, wanted), cursor=wanted)
        return replace(self, cursor=wanted)

    def at(self, day: date) -> Span:
        """Put the cursor on that day, or on the nearest one that is shown."""
        return replace(self, cursor=min(max(day, self.start), self.end))

    def day_at(self, column: int, width: int) -> date:
        """Return the day in the middle of a column, where ``width`` columns show all days; the nearest beside them."""
        column = min(max(column, 0), width - 1)
        return _plus(self.start, min((2 * column + 1) * self.count // (2 * width), self.count - 1))

    def _showing(self, count: int, end: date) -> Span:
        """Show so many days, the last of them ``end`` or as near to it as there is anything to show."""
        earliest = min(self.first.toordinal() + count - 1, self.latest.toordinal())
        end = date.fromordinal(min(max(end.toordinal(), earliest, count), self.latest.toordinal()))
        shown = replace(self, start=_plus(end, 1 - count), end=end)
        return shown.at(self.cursor)


def _fitting(count: int, today: date) -> int:
    """Return no more days than there are in the calendar."""
    return min(count, today.toordinal())


def _plus(day: date, days: int) -> date:
    """Return a day so much later, or the calendar's own end."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
