"""Ratings over days, as they were given: 0 to 10 always, gaps left open, nothing joined that was not rated.

Up to two days a column every rating is a mark of its own, with the median of seven days as a line through the mornings
and the change over a session as a stroke from before to after. Beyond, lines and strokes are medians of some columns.
Two knees stand one above the other where there is room. Shapes tell the moments and the two knees apart, colour only
repeats it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.drawing.days import Days, day_words
from trainer.drawing.frame import Frame, Sheet
from trainer.drawing.legend import Item, fits, place_items, too_small
from trainer.drawing.panel import Look, Panel
from trainer.drawing.plot import BELOW, MARGIN, Plot
from trainer.drawing.series import ACCEPTABLE_WORDS, HIGHEST, WINDOW, Change, Extras, Point, usable
from trainer.drawing.signs import LETTERS, SHAPES
from trainer.drawing.sparkline import sparkline

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from trainer.drawing.glyphs import Glyphs

__all__ = ["Change", "Extras", "Point", "chart", "is_dense", "plot_width", "sparkline"]

LEAST_WIDTH = 20
LEAST_HEIGHT = 6
_DENSE = 2
"""Days a column may hold before ratings are drawn as medians."""
_TWO_ROWS_OF_WORDS = 15
"""Rows from which a second one of words leaves every whole number its own."""
_TALL = 1 + HIGHEST + 1 + BELOW
"""Rows from which a field has one for every whole number, with a row of words above it."""
_TWO_FIELDS = 2 * (1 + HIGHEST + 1) + BELOW
"""Rows from which each of two knees has a field of its own, with a row of words and one for every whole number."""
_NOTHING = Extras()


def plot_width(width: int) -> int:
    """Columns the days take in a chart of this width."""
    return max(width - MARGIN, 1)


def is_dense(count: int, width: int) -> bool:
    """Whether a chart of this width draws so many days as medians; then points may stand for many ratings each."""
    return count > _DENSE * plot_width(width)


def chart(
    points: Iterable[Point],
    width: int,
    height: int,
    *,
    start: date,
    end: date,
    glyphs: Glyphs = "quadrant",
    extras: Extras = _NOTHING,
) -> Frame:
    """Draw the ratings of the days from ``start`` to ``end``, both shown whole, in any order.

    Ratings of the six days before ``start`` belong to the first medians and are not drawn themselves. Below 20 by 6
    cells there is no room for an axis: it says so instead.
    """
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return too_small(width, height, f"The chart needs {LEAST_WIDTH} by {LEAST_HEIGHT}.")
    days = Days(min(start, end), max(start, end), plot_width(width))
    return _Chart(width, height, days, glyphs, list(points), extras).draw()


class _Chart:
    """One drawing under way."""

    def __init__(
        self, width: int, height: int, days: Days, glyphs: Glyphs, points: list[Point], extras: Extras
    ) -> None:
        first = days.start.toordinal()
        earlier = usable(points, first - WINDOW + 1, first - 1)
        shown = usable(points, first, days.end.toordinal())
        knees = tuple(sorted({point.knee for point in shown}))
        self.days = days
        self.extras = extras
        self.signs = LETTERS if glyphs == "ascii" else SHAPES
        self.sheet = Sheet(width, height)
        look = Look(days, knees, glyphs, self.signs, is_dense(days.count, width), height >= _TALL)
        fields = [(knee,) for knee in knees] if len(knees) > 1 and height >= _TWO_FIELDS else [knees]
        self.panels = [Panel(look, [p for p in shown if p.knee in some], earlier) for some in fields]
        changes = (change for change in extras.changes if days.start <= change.day <= days.end)
        self.changes = sorted(changes, key=lambda change: (change.day, change.words))
        self.top, self.has_row_of_changes = self._above()
        self.plots = self._plots()

    def draw(self) -> Frame:
        """Put everything in the order in which it covers what lies below."""
        last = len(self.panels) - 1
        words: int | None = -1 if self.has_row_of_changes else 0
        for number, (panel, plot) in enumerate(zip(self.panels, self.plots, strict=True)):
            panel.draw(plot)
            plot.frame_in(self.extras, self.changes, words=None if number else words, has_axis=number == last)
        self._explain()
        if not any(panel.points for panel in self.panels):
            self.plots[0].say(self._no_ratings())
        return self.sheet.frame()

    # Where things go

    def _above(self) -> tuple[int, bool]:
        """Return the rows of words above the first field, and whether those of changes have another one."""
        height = self.sheet.height
        is_one_row = fits(self._items(0, is_tall=True), self.days.width)
        if len(self.panels) > 1:
            spare = height - _TWO_FIELDS
            top = 1 if is_one_row or not spare else 2
            return top, bool(self.changes) and spare > top - 1
        top = 1 if is_one_row or height < _TWO_ROWS_OF_WORDS else 2
        return top, bool(self.changes) and height - top - 1 - BELOW > HIGHEST

    def _plots(self) -> list[Plot]:
        """Return the fields, of the same height; from the second on there is a row of words above each."""
        above, count = self.top + self.has_row_of_changes, len(self.panels)
        rows = (self.sheet.height - BELOW - above - (count - 1)) // count
        last = self.sheet.height - BELOW - rows
        aboves = [above, last][:count] if count > 1 else [last]
        return [Plot(self.sheet, self.days, self.signs, above=place, rows=rows) for place in aboves]

    # What it says

    def _explain(self) -> None:
        is_tall = self.plots[0].is_tall
        spare = is_tall + self.panels[0].is_more_alone
        place_items(self.sheet, self._items(0, is_tall=is_tall), self.top, MARGIN, spare=spare)
        for number, plot in enumerate(self.plots[1:], 1):
            items = self._items(number, is_tall=is_tall)
            place_items(self.sheet, items, 1, MARGIN, spare=1, above=plot.above - 1)

    def _items(self, number: int, *, is_tall: bool) -> list[Item]:
        """Return what there is to explain above a field, the first first: what all share beside the first and last."""
        signs, items = self.signs, self.panels[number].items()
        if number == 0:
            if self.extras.warm_ups is not None:
                items += [Item(signs.done * 2, "warm-up", "accent"), Item(signs.axis * 2, "none", "muted")]
            if self.extras.frozen:
                items.append(Item(signs.frozen * 2, "days off", "muted"))
            if self.panels[0].is_more_alone:
                items.append(Item("", "one knee alone shows more", "muted"))
        if is_tall and number == len(self.panels) - 1:
            items.append(Item(signs.acceptable * 3, ACCEPTABLE_WORDS, "muted"))
        return items

    def _no_ratings(self) -> str:
        start, end = self.days.start, self.days.end
        year = f" {start.year}" if start.year != end.year else ""
        words = (
            f"No ratings from {day_words(start)}{year} to {day_words(end)}{f' {end.year}' if year else ''}.",
            "No ratings in these days.",
            "No ratings here.",
        )
        return next(text for text in words if len(text) <= self.days.width)
