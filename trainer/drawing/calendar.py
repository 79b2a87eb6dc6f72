"""A year of days at a glance: weeks as columns, Monday to Sunday down, warm-ups, rests and days off.

A rest is a day like any other: no runs are counted and nothing is broken by one. Where there is more room, weeks are
wider, and earlier years stand below.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trainer.core.regularity import Mark
from trainer.drawing.frame import Frame, Sheet
from trainer.drawing.legend import Item, place_items, too_small

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trainer.drawing.glyphs import Glyphs

WEEKS = 53
"""Columns of a year: its 52 weeks, and the one begun."""
MARGIN = 4
"""Columns left of the weeks, for the names of the days."""
LEAST_WIDTH = MARGIN + WEEKS
LEAST_HEIGHT = 10
_DAYS = 7
_YEAR_ROWS = _DAYS + 2
"""Rows of a year: its months, its days, and one that parts it from the next."""
_WIDEST = 3
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
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
    def years(self) -> int:
        """How many years stand one below the other."""
        fitting = max(1, (self.height - 1) // _YEAR_ROWS)
        if self.since is None:
            return fitting
        weeks = ((self.last - self.since).days + (_DAYS - 1 - self.last.weekday())) // _DAYS + 1
        return max(1, min(fitting, -(-weeks // WEEKS)))

    @property
    def first(self) -> date:
        """The first day shown, a Monday wherever the calendar has one."""
        monday = self.last.toordinal() - self.last.weekday()
        return date.fromordinal(max(monday - (self.years * WEEKS - 1) * _DAYS, 1))

    def place(self, day: date) -> tuple[int, int] | None:
        """Return column and row of a day; none for days that are not shown."""
        if not self.first <= day <= self.last:
            return None
        back = ((self.last - day).days + (_DAYS - 1 - self.last.weekday())) // _DAYS
        year, week = divmod(back, WEEKS)
        return MARGIN + (WEEKS - 1 - week) * self.step, 2 + year * _YEAR_ROWS + day.weekday()

    def day_at(self, x: int, y: int) -> date | None:
        """Return the day that stands at a column and row; none beside the days."""
        year, row = divmod(y - 2, _YEAR_ROWS)
        week = (x - MARGIN) // self.step
        if not (0 <= year < self.years and row < _DAYS and 0 <= week < WEEKS and y >= 2):
            return None
        monday = self.last.toordinal() - self.last.weekday()
        day = monday - (year * WEEKS + WEEKS - 1 - week) * _DAYS + row
        return date.fromordinal(day) if self.first.toordinal() <= day <= self.last.toordinal() else None


def calendar_frame(
    days: Mapping[date, Mark], page: Page, *, cursor: date | None = None, glyphs: Glyphs = "quadrant"
) -> Frame:
    """Draw what each day of a page was; days without a mark are left blank.

    Below 57 by 10 cells there is no room for a year: it says so instead.
    """
    if page.width < LEAST_WIDTH or page.height < LEAST_HEIGHT:
        return too_small(page.width, page.height, f"The calendar needs {LEAST_WIDTH} by {LEAST_HEIGHT}.")
    sheet = Sheet(page.width, page.height)
    signs = _LETTERS if glyphs == "ascii" else _SHAPES
    place_items(sheet, [Item(signs.marks[mark], words, _ROLES[mark]) for mark, words in _WORDS.items()], 1, MARGIN)
    for year in range(page.years):
        top = 2 + year * _YEAR_ROWS
        for row, name in enumerate(_WEEKDAYS):
            sheet.put(0, top + row, name, "muted")
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
    monday = page.last.toordinal() - page.last.weekday()
    end = 0
    for week in range(WEEKS):
        start = monday - (year * WEEKS + WEEKS - 1 - week) * _DAYS
        if start < page.first.toordinal():
            continue
        first = _first_of_month(date.fromordinal(start))
        x = MARGIN + week * page.step
        if first is None or x < end:
            continue
        words = str(first.year) if first.month == 1 and page.step > 1 else _MONTHS[first.month - 1]
        if x + len(words) <= page.width:
            sheet.put(x, 1 + year * _YEAR_ROWS, words, "muted")
            end = x + len(words) + 1


def _first_of_month(monday: date) -> date | None:
    """Return the first of a month that lies in this week, if any."""
    for day in range(monday.toordinal(), min(monday.toordinal() + _DAYS, date.max.toordinal() + 1)):
        found = date.fromordinal(day)
        if found.day == 1:
            return found
    return None
