"""Ratings over days, as they were given: 0 to 10 always, gaps left open, nothing joined that was not rated.

Up to two days a column every rating is a mark of its own, with the median of seven days as a line through the mornings
and the change over a session as a stroke from before to after. Beyond, each column shows the median of the mornings,
and how far they reach. Shapes tell the moments and the two knees apart, colour only repeats it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.drawing.days import Days, day_words
from trainer.drawing.frame import Frame, Sheet
from trainer.drawing.legend import Item, fits, place_items, too_small
from trainer.drawing.lines import Stretch, line_cells, line_sign
from trainer.drawing.plot import MARGIN, Plot
from trainer.drawing.series import (
    ACCEPTABLE_WORDS,
    HIGHEST,
    WINDOW,
    Change,
    Extras,
    Point,
    Spot,
    broken,
    lined_moment,
    median_line,
    middle,
    reach,
    strokes,
    usable,
)
from trainer.drawing.signs import LETTERS, ROLE_OF, SHAPES, Kind
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
        self.days = days
        self.first, self.last = days.start.toordinal(), days.end.toordinal()
        self.earlier = usable(points, self.first - WINDOW + 1, self.first - 1)
        self.points = usable(points, self.first, self.last)
        self.extras = extras
        self.glyphs = glyphs
        self.signs = LETTERS if glyphs == "ascii" else SHAPES
        self.knees = tuple(sorted({p.knee for p in self.points}))
        self.is_dense = is_dense(days.count, width)
        # Which moment of each knee the line follows.
        self.lined = {knee: lined_moment(p for p in self.points if p.knee == knee) or "" for knee in self.knees}
        if self.is_dense:
            self.points = [p for p in self.points if self.lined[p.knee] == p.moment]
        self.lines = {knee: self._line_of(knee) for knee in self.knees}
        self.kinds = sorted({Kind.named(*pair) for pair in {(p.knee, p.moment) for p in self.points}}, key=Kind.order)
        self.marks: dict[tuple[int, int], set[Kind]] = {}
        changes = (change for change in extras.changes if days.start <= change.day <= days.end)
        self.changes = sorted(changes, key=lambda change: (change.day, change.words))
        is_one_row = height < _TWO_ROWS_OF_WORDS or fits(self._items(is_tall=True), days.width)
        self.top = 1 if is_one_row else 2
        self.has_row_of_changes = bool(self.changes) and height - self.top - MARGIN > HIGHEST
        self.plot = Plot(Sheet(width, height), days, self.signs, above=self.top + self.has_row_of_changes)

    def draw(self) -> Frame:
        """Put everything in the order in which it covers what lies below."""
        plot = self.plot
        plot.rule()
        if self.is_dense:
            self._gather_columns()
        else:
            self._gather_ratings()
        for (column, row), kinds in self.marks.items():
            self._mark(column, row, kinds)
        plot.frame_in(self.extras, self.changes, has_row=self.has_row_of_changes)
        items = self._items(is_tall=plot.is_tall)
        place_items(plot.sheet, items, self.top, MARGIN, spare=int(plot.is_tall))
        if not self.points:
            plot.say(self._no_ratings())
        return plot.sheet.frame()

    def _gather_ratings(self) -> None:
        """Draw lines and strokes, and place every rating; an after stands in the column of its before."""
        plot = self.plot
        for knee, line in self.lines.items():
            self._draw_line(knee, [[(plot.middle(day), value) for day, value in stretch] for stretch in line])
        joined: dict[tuple[str, int, float], int] = {}
        for stroke in strokes(self.points):
            column = plot.column(stroke.day, stroke.time)
            joined[stroke.knee, stroke.day, stroke.after] = column
            ends = sorted((plot.row(stroke.before), plot.row(stroke.after)))
            for row in range(ends[0] + 1, ends[1]):
                plot.put(column, row, self.signs.stroke, "muted")
        for point in self.points:
            day = point.day.toordinal()
            column = plot.column(day, point.time)
            if point.moment == "after":
                column = joined.get((point.knee, day, point.value), column)
            self._add(column, point.value, Kind.named(point.knee, point.moment))

    def _gather_columns(self) -> None:
        """Draw the median of each column and knee; of one knee also how far the ratings reach."""
        plot = self.plot
        gathered: dict[tuple[int, str], list[Point]] = {}
        for point in self.points:
            column = (point.day.toordinal() - self.first) * self.days.width // self.days.count
            gathered.setdefault((column, point.knee), []).append(point)
        if len(self.knees) == 1:  # the reach of one knee would hide the other
            for (column, _), some in gathered.items():
                low, high = reach(some)
                for row in range(plot.row(high), plot.row(low) + 1):
                    plot.put(column, row, self.signs.band, "chart.band")
        for knee in self.knees:
            spots = [Spot(column, middle(some)) for (column, of), some in sorted(gathered.items()) if of == knee]
            self._draw_line(knee, [[(at + 0.5, value) for at, value in stretch] for stretch in broken(spots, 2)])

    def _line_of(self, knee: str) -> list[list[Spot]]:
        """Return the median line of a knee, as far as it is shown; none where columns hold many days."""
        if self.is_dense:
            return []
        mine = [p for p in [*self.earlier, *self.points] if (p.knee, p.moment) == (knee, self.lined[knee])]
        shown = ([spot for spot in stretch if spot.day >= self.first] for stretch in median_line(mine))
        return [stretch for stretch in shown if stretch]

    def _draw_line(self, knee: str, stretches: Iterable[list[tuple[float, float]]]) -> None:
        """Draw the line of one knee, given as columns and values."""
        plot = self.plot
        role, is_second = self._role(Kind.named(knee, self.lined[knee])), self._is_second(knee)
        lines = [
            Stretch(tuple((x, plot.height(value) + 0.5) for x, value in stretch), role, is_second)
            for stretch in stretches
        ]
        for cell in line_cells(lines, self.days.width, plot.rows, self.glyphs, self.signs.lines):
            plot.put(*cell)

    def _add(self, column: int, value: float, kind: Kind) -> None:
        self.marks.setdefault((column, self.plot.row(value)), set()).add(kind)

    def _mark(self, column: int, row: int, kinds: set[Kind]) -> None:
        """Put a mark; mornings cover what else was rated there, other marks that meet become one sign."""
        seen = {kind for kind in kinds if kind.moment == "morning"} or kinds
        if len(seen) > 1:
            self.plot.put(column, row, self.signs.several, "")
        else:
            (kind,) = seen
            self.plot.put(column, row, self._sign(kind), self._role(kind))

    def _is_second(self, knee: str) -> bool:
        return len(self.knees) > 1 and knee != self.knees[0]

    def _sign(self, kind: Kind) -> str:
        return (self.signs.right if self._is_second(kind.knee) else self.signs.marks)[kind.moment]

    def _role(self, kind: Kind) -> str:
        if len(self.knees) > 1:
            return "limb.right" if kind.knee == "right" else "limb.left"
        return ROLE_OF[kind.moment]

    def _items(self, *, is_tall: bool) -> list[Item]:
        """Return what there is to explain, the first first."""
        signs = self.signs
        items: list[Item] = []
        if self.is_dense and self.kinds:
            items.append(Item("", f"{self.days.count / self.days.width:.0f}-day medians:"))
        for knee in self.knees:
            if len(self.knees) > 1:
                items.append(Item("", f"{knee} knee:"))
            items += self._items_of(knee)
        if any(len(kinds) > 1 and not any(kind.moment == "morning" for kind in kinds) for kinds in self.marks.values()):
            items.append(Item(signs.several, "several"))
        if self.is_dense and len(self.knees) == 1:
            items.append(Item(signs.band, "8 in 10"))
        if self.extras.warm_ups is not None:
            items += [Item(signs.done * 2, "warm-up", "accent"), Item(signs.axis * 2, "none", "muted")]
        if self.extras.frozen:
            items.append(Item(signs.frozen * 2, "days off", "muted"))
        if is_tall:
            items.append(Item(signs.acceptable * 3, ACCEPTABLE_WORDS, "muted"))
        return items

    def _items_of(self, knee: str) -> list[Item]:
        line = line_sign(self.glyphs, self.signs.lines, is_second=self._is_second(knee))
        items: list[Item] = []
        for kind in self.kinds:
            if kind.knee == knee:
                items.append(Item(line if self.is_dense else self._sign(kind), kind.moment, self._role(kind)))
                if self.lines[knee] and kind == Kind.named(knee, self.lined[knee]):
                    words = f"{WINDOW}-day median" if knee == self.knees[0] else "median"
                    items.append(Item(line, words, self._role(kind)))
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
