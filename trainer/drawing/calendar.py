"""A year of days at a glance: weeks as columns, Monday to Sunday down, warm-ups, rests and days off.

A rest is a day like any other: no runs are counted and nothing is broken by one. Where there is more room, weeks are
wider, and earlier years stand below; where there is less, the last weeks are shown, and those before by scrolling.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trainer.core.regularity import Mark
from trainer.drawing.days import MONTHS
from trainer.drawing.frame import Frame, Sheet
from trainer.drawing.legend import Item, place_items, too_small

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trainer.drawing.glyphs import Glyphs

WEEKS = 53
"""Columns of a year: its 52 weeks, and the one begun."""
MARGIN = 4
"""Columns left of the weeks, for the names of the days."""
LEAST_WEEKS = 26
LEAST_WIDTH = MARGIN + LEAST_WEEKS
LEAST_HEIGHT = 10
_DAYS = 7
_BETWEEN = 2
"""Rows of a year beside those of its days: its months, and one that parts it from the next."""
_WIDEST = 3
_WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")


@dataclass(frozen=True, slots=True)
class _Signs:
    """The characters of a calendar."""

    marks: Mapping[Mark, str]
    """What a day was."""
    under_cursor: Mapping[Mark, str]
    """The same on the day that is read out."""


_SHAPES = _Signs(
    {Mark.WARM_UP: "■", Mark.REST: "·", Mark.FROZEN: "≈", Mark.BEFORE: " "},
    {Mark.WARM_UP: "●", Mark.REST: "○", Mark.FROZEN: "◊", Mark.BEFORE: "○"},
)
_LETTERS = _Signs(
    {Mark.WARM_UP: "#", Mark.REST: ".", Mark.FROZEN: "~", Mark.BEFORE: " "},
    {Mark.WARM_UP: "@", Mark.REST: "o", Mark.FROZEN: "%", Mark.BEFORE: "o"},
)
_ROLES = {Mark.WARM_UP: "accent", Mark.REST: "muted", Mark.FROZEN: "chart.before", Mark.BEFORE: "muted"}
_WORDS = {Mark.WARM_UP: "warm-up", Mark.REST: "rest", Mark.FROZEN: "days off"}


@dataclass(frozen=True, slots=True)
class Page:
    """Which days a calendar of some size shows, and where each of them stands."""

    width: int
    """Columns."""
    height: int
    """Rows."""
    last: date
    """The last day shown."""
    since: date | None = None
    """The first day with anything to show: years before it are left out; None for as many as fit."""

    @property
    def step(self) -> int:
        """Columns from one week to the next, 1 to 3."""
        return max(1, min(_WIDEST, (self.width - MARGIN) // WEEKS))

    @property
    def sign_width(self) -> int:
        """Columns a warm-up takes."""
        return max(self.step - 1, 1)

    @property
    def weeks(self) -> int:
        """How many weeks stand side by side: a year of them, where there is room."""
        return max(1, min(WEEKS, self.width - MARGIN))

    @property
    def years(self) -> int:
        """How many such rows of weeks stand one below the other."""
        fitting = max(1, (self.height - 1) // self.year_rows)
        return fitting if self.since is None else min(fitting, self._years_since(self.since))

    @property
    def drop(self) -> int:
        """Rows from one day of a week to the next: 2 in a large window, where there are no more years to show."""
        if self.step < _WIDEST or self.since is None:
            return 1
        return 2 if self._years_since(self.since) * (2 * _DAYS + _BETWEEN) < self.height else 1

    @property
    def year_rows(self) -> int:
        """Rows from one year to the next."""
        return _DAYS * self.drop + _BETWEEN

    @property
    def first(self) -> date:
        """The first day shown, a Monday wherever the calendar has one."""
        return date.fromordinal(max(_monday(self.last) - (self.years * self.weeks - 1) * _DAYS, 1))

    def showing(self, day: date, latest: date) -> Page:
        """Return the page with that day on it: this one, or one as little earlier or later as can be.

        ``latest``: the last day there is.
        """
        if day > self.last:
            return self._ending(_monday(day), latest)
        return self if day >= self.first else self._ending(_monday(day) + (self.years * self.weeks - 1) * _DAYS, latest)

    def scrolled(self, weeks: int, latest: date) -> Page:
        """Return the page so many weeks earlier (below 0) or later, as far as there is anything to show."""
        return self._ending(_monday(self.last) + weeks * _DAYS, latest)

    def place(self, day: date) -> tuple[int, int] | None:
        """Return column and row of a day; none for days that are not shown."""
        if not self.first <= day <= self.last:
            return None
        year, week = divmod(self._weeks_back(day) - 1, self.weeks)
        return MARGIN + (self.weeks - 1 - week) * self.step, 2 + year * self.year_rows + day.weekday() * self.drop

    def day_at(self, x: int, y: int) -> date | None:
        """Return the day that stands at a column and row; none beside the days."""
        year, line = divmod(y - 2, self.year_rows)
        week, row = (x - MARGIN) // self.step, line // self.drop
        if not (0 <= year < self.years and row < _DAYS and 0 <= week < self.weeks and y >= 2):
            return None
        day = self.monday(year, week) + row
        return date.fromordinal(day) if self.first.toordinal() <= day <= self.last.toordinal() else None

    def monday(self, year: int, week: int) -> int:
        """Return the ordinal of the Monday of a week, by its row and its place in it; below 1 where there is none."""
        return _monday(self.last) - ((year + 1) * self.weeks - 1 - week) * _DAYS

    def _years_since(self, since: date) -> int:
        """Return how many rows of weeks there are from that of a day on, at least one."""
        return max(1, -(-self._weeks_back(since) // self.weeks))

    def _weeks_back(self, day: date) -> int:
        """Return how many weeks there are from that of a day to the last one, both counted."""
        return (_monday(self.last) - _monday(day)) // _DAYS + 1

    def _ending(self, monday: int, latest: date) -> Page:
        """Return the page whose last week begins there, or as near to it as there is anything to show."""
        whole = replace(self, last=latest)
        earliest = _monday(self.since or date.min) + (whole.years * whole.weeks - 1) * _DAYS
        sunday = max(monday, earliest) + _DAYS - 1
        return replace(self, last=date.fromordinal(min(sunday, latest.toordinal())))


def calendar_frame(
    days: Mapping[date, Mark], page: Page, *, cursor: date | None = None, glyphs: Glyphs = "quadrant"
) -> Frame:
    """Draw what each day of a page was; days without a mark are left blank.

    Below 30 by 10 cells there is no room for half a year: it says so instead.
    """
    if page.width < LEAST_WIDTH or page.height < LEAST_HEIGHT:
        return too_small(page.width, page.height, f"The calendar needs {LEAST_WIDTH} by {LEAST_HEIGHT}.")
    sheet = Sheet(page.width, page.height)
    signs = _LETTERS if glyphs == "ascii" else _SHAPES
    place_items(sheet, [Item(signs.marks[mark], words, _ROLES[mark]) for mark, words in _WORDS.items()], 1, MARGIN)
    for year in range(page.years):
        top = 2 + year * page.year_rows
        for row, name in enumerate(_WEEKDAYS):
            sheet.put(0, top + row * page.drop, name, "muted")
        _write_months(sheet, page, year)
    for gone in range((page.last - page.first).days + 1):
        day = page.first + timedelta(days=gone)
        mark = days.get(day, Mark.BEFORE)
        place = page.place(day)
        if place is not None:
            size = page.sign_width if mark is Mark.WARM_UP else 1
            sheet.put(*place, signs.marks[mark] * size, _ROLES[mark])
    if cursor is not None and (place := page.place(cursor)) is not None:
        sheet.put(*place, signs.under_cursor[days.get(cursor, Mark.BEFORE)].ljust(page.sign_width), "warning")
    return sheet.frame()


def _write_months(sheet: Sheet, page: Page, year: int) -> None:
    """Write each month above the week that holds its first day, as far as the names do not touch."""
    end = 0
    for week in range(page.weeks):
        start = page.monday(year, week)
        if start < page.first.toordinal():
            continue
        first = _first_of_month(date.fromordinal(start))
        x = MARGIN + week * page.step
        if first is None or x < end:
            continue
        words = str(first.year) if first.month == 1 and page.step > 1 else MONTHS[first.month - 1]
        if x + len(words) <= page.width:
            sheet.put(x, 1 + year * page.year_rows, words, "muted")
            end = x + len(words) + 1


def _first_of_month(monday: date) -> date | None:
    """Return the first of a month that lies in this week, if any."""
    for day in range(monday.toordinal(), min(monday.toordinal() + _DAYS, date.max.toordinal() + 1)):
        found = date.fromordinal(day)
        if found.day == 1:
            return found
    return None


def _monday(day: date) -> int:
    """Return the ordinal of the Monday of a day's week; 0 or below in the first week of all."""
    return day.toordinal() - day.weekday()
