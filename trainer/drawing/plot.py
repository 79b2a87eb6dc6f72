"""The field of a chart: days across, 0 to 10 up, what changed as lines, warm-ups along the axis, the cursor."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from trainer.drawing.frame import Sheet, cells
from trainer.drawing.legend import cut
from trainer.drawing.series import ACCEPTABLE, HIGHEST, Change, Extras
from trainer.drawing.signs import LETTERS, Signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from trainer.drawing.days import Days

MARGIN = 3
"""Columns left of the days, for the scale."""
BELOW = 2
"""Rows below: the axis and its words."""


class Plot:
    """Where a day and a value lie on a sheet, and all that is drawn around the ratings."""

    def __init__(self, sheet: Sheet, days: Days, signs: Signs, *, above: int, rows: int) -> None:
        """``above``: rows of the sheet above the field; ``rows``: those of the field itself."""
        self.sheet = sheet
        self.days = days
        self.signs = signs
        self.above = above
        self.rows = rows
        self._first = days.start.toordinal()

    @property
    def is_tall(self) -> bool:
        """Whether every whole number has a row of its own."""
        return self.rows > HIGHEST

    def height(self, value: float) -> float:
        """Return how many rows below the first one a value lies."""
        return (HIGHEST - value) * (self.rows - 1) / HIGHEST

    def row(self, value: float) -> int:
        """Return the row of a value."""
        return floor(self.height(value) + 0.5)

    def column(self, day: int, time: float = 0.5) -> int:
        """Return the column of a time of a day (an ordinal); times off the day count as its first or last."""
        return int((day - self._first + min(max(time, 0.0), 0.999)) * self.days.width // self.days.count)

    def middle(self, day: int) -> float:
        """Return the middle of a day on the x axis, in columns."""
        return (day - self._first + 0.5) * self.days.width / self.days.count

    def put(self, column: int, row: int, sign: str, role: str) -> None:
        """Write into the field."""
        self.sheet.put(MARGIN + column, self.above + row, sign, role)

    def rule(self) -> None:
        """Draw the faint line at 3, where there is room for it."""
        for column in range(0, self.days.width if self.is_tall else 0, 2):
            self.put(column, self.row(ACCEPTABLE), self.signs.acceptable, "muted")

    def stroke(self, column: int, before: float, after: float) -> None:
        """Draw the faint line between two marks; the marks themselves are put by whoever knows them."""
        ends = sorted((self.row(before), self.row(after)))
        for row in range(ends[0] + 1, ends[1]):
            self.put(column, row, self.signs.stroke, "muted")

    def band(self, column: int, low: float, high: float) -> None:
        """Fill a column from one value to another, faintly."""
        for row in range(self.row(high), self.row(low) + 1):
            self.put(column, row, self.signs.band, "chart.band")

    def frame_in(self, extras: Extras, changes: Sequence[Change], *, words: int | None, has_axis: bool) -> None:
        """Draw what lies behind and around the ratings.

        ``words``: the row that those of the changes stand on, -1 for the one above the field, None for no words.
        """
        self._draw_changes(changes, words)
        self._scale()
        if has_axis:
            self._axis(extras)
        if extras.cursor is not None and self.days.start <= extras.cursor <= self.days.end:
            column = self.column(extras.cursor.toordinal())
            self._draw_down(column, self.signs.cursor)
            if has_axis:
                self.put(column, self.rows, self.signs.foot, "accent")

    def say(self, words: str) -> None:
        """Write a sentence in the middle."""
        self.put((self.days.width - len(words)) // 2, self.rows // 2, words, "")

    def _draw_down(self, column: int, sign: str) -> None:
        for row in range(self.rows):
            if self.sheet.is_free(MARGIN + column, self.above + row):
                self.put(column, row, sign, "accent")

    def _draw_changes(self, changes: Sequence[Change], words: int | None) -> None:
        """Draw a line for each, its words beside its upper end as far as they fit before the next."""
        columns = [self.column(change.day.toordinal()) for change in changes]
        for change, column, limit in zip(changes, columns, [*columns[1:], self.days.width], strict=False):
            self._draw_down(column, self.signs.change)
            if words is None:
                continue
            if words < 0:
                self.put(column, words, self.signs.change, "accent")
            size, room = cells(change.words), limit - column - 2
            if size > room and limit == self.days.width and column > size + 1:
                self._write(column - 1 - size, words, change.words)
            else:
                self._write(column + 1, words, cut(change.words, room, "." if self.signs is LETTERS else "…"))

    def _write(self, column: int, row: int, words: str) -> None:
        if self.sheet.is_free(MARGIN + column, self.above + row, cells(words)):
            self.put(column, row, words, "")

    def _scale(self) -> None:
        for value in _labels(self.rows):
            self.sheet.put(0, self.above + self.row(value), f"{value:>2}", "muted")

    def _axis(self, extras: Extras) -> None:
        done = self._columns_of(extras.warm_ups or ())
        frozen = self._columns_of(extras.frozen)
        for column in range(self.days.width):
            if column in done:
                self.put(column, self.rows, self.signs.done, "accent")
            else:
                self.put(column, self.rows, self.signs.frozen if column in frozen else self.signs.axis, "muted")
        for tick in self.days.ticks():
            is_done = tick.column in done
            sign = self.signs.done_tick if is_done else self.signs.tick
            self.put(tick.column, self.rows, sign, "accent" if is_done else "muted")
            self.put(tick.start, self.rows + 1, tick.label, "muted")

    def _columns_of(self, days: Iterable[date]) -> set[int]:
        """Return the columns of these days: one each at least, several where days are wide."""
        width, count = self.days.width, self.days.count
        out: set[int] = set()
        for day in days:
            if self.days.start <= day <= self.days.end:
                since = day.toordinal() - self._first
                left = since * width // count
                out.update(range(left, max((since + 1) * width // count, left + 1)))
        return out


def _labels(rows: int) -> tuple[int, ...]:
    """Return the values written beside the y axis; the line's 3 as soon as it has a row of its own."""
    if rows > 2 * HIGHEST:
        return tuple(range(HIGHEST + 1))
    if rows > HIGHEST:
        return (0, 2, ACCEPTABLE, 4, 6, 8, 10)
    return (0, 5, 10) if rows >= 5 else (0, 10)
