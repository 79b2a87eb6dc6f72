"""One field of the chart: the ratings of one knee or both in it, as marks, strokes and lines.

One knee is drawn whole. Of two in one field what their lines follow is drawn, and where there is room their sessions,
as medians of a few days: with all the rest, neither could be read.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from trainer.drawing.gathered import running, shifts
from trainer.drawing.legend import Item
from trainer.drawing.lines import Stretch, line_cells, line_sign
from trainer.drawing.series import (
    WINDOW,
    Point,
    Spot,
    broken,
    lined_moment,
    median_line,
    middle,
    reach,
    strokes,
)
from trainer.drawing.signs import ROLE_OF, Kind, Signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainer.drawing.days import Days
    from trainer.drawing.glyphs import Glyphs
    from trainer.drawing.plot import Plot

SHIFT_COLUMNS = 3
"""Columns that share one stroke where many days stand in each: as many strokes as can be told apart."""
_LATE = 0.8
"""How far into its share of the columns a stroke of two knees stands: beside the mornings of one day, not over them."""
_SESSION = ("before", "after")


class Standing(NamedTuple):
    """The stroke of some days, and where it stands."""

    knee: str
    """left or right."""
    column: int
    """The column."""
    before: float
    """Median of the ratings before."""
    after: float
    """Median of the ratings after."""


class Look(NamedTuple):
    """What all fields of a chart have in common."""

    days: Days
    """The days across."""
    knees: tuple[str, ...]
    """All knees of the chart, left before right."""
    glyphs: Glyphs
    """What lines are drawn with."""
    signs: Signs
    """What everything else is drawn with."""
    is_dense: bool
    """Whether columns hold so many days that they are drawn as medians."""
    is_tall: bool
    """Whether every whole number has a row of its own."""

    def is_second(self, knee: str) -> bool:
        """Whether this knee has the square marks."""
        return len(self.knees) > 1 and knee != self.knees[0]

    def sign(self, kind: Kind) -> str:
        """Return the mark of a kind."""
        return (self.signs.right if self.is_second(kind.knee) else self.signs.marks)[kind.moment]

    def role(self, kind: Kind) -> str:
        """Return the colour of a kind: that of its knee where there are two."""
        if len(self.knees) > 1:
            return "limb.right" if kind.knee == "right" else "limb.left"
        return ROLE_OF[kind.moment]

    def line_sign(self, knee: str) -> str:
        """Return what the legend shows for the line of a knee."""
        return line_sign(self.glyphs, self.signs.lines, is_second=self.is_second(knee))

    def part(self, point: Point, columns: int = 1) -> int:
        """Return which part of so many columns a point lies in."""
        since = point.day.toordinal() - self.days.start.toordinal()
        return since * self.days.width // self.days.count // columns

    @property
    def window(self) -> int:
        """Columns the line's medians look at: a week at the least."""
        return ceil(WINDOW * self.days.width / self.days.count)

    def days_of(self, columns: int) -> int:
        """Return about how many days so many columns hold."""
        return round(columns * self.days.count / self.days.width)


class Panel:
    """One field, before it is drawn."""

    def __init__(self, look: Look, points: Sequence[Point], earlier: Iterable[Point]) -> None:
        """``points``: those of its days and knees; ``earlier``: those just before, for the first medians."""
        self.look = look
        self.knees = tuple(sorted({point.knee for point in points}))
        # Which moment of each knee the line follows.
        self.lined = {knee: lined_moment(p for p in points if p.knee == knee) or "" for knee in self.knees}
        self.is_shared = len(self.knees) > 1
        followed = [p for p in points if p.moment == self.lined[p.knee]]
        self.points = followed if look.is_dense or self.is_shared else list(points)
        self.is_more_alone = self.is_shared and len(self.points) < len(points)
        self.lines = {knee: self._line_of(knee, earlier) for knee in self.knees}
        self.kinds = sorted({Kind.named(*pair) for pair in {(p.knee, p.moment) for p in self.points}}, key=Kind.order)
        self.shifts = [one for knee in self.knees for one in self._shifts_of(knee, points)]
        self.has_several = False

    def draw(self, plot: Plot) -> None:
        """Put everything in the order in which it covers what lies below."""
        plot.rule()
        if self.look.is_dense:
            self._draw_columns(plot)
        else:
            self._draw_ratings(plot)

    def items(self) -> list[Item]:
        """Return what there is to explain, the first first; some of it is known only once the field is drawn."""
        look, items = self.look, list[Item]()
        if look.is_dense and self.kinds:
            items.append(Item("", f"{look.days_of(look.window)}-day medians:"))
        for knee in self.knees:
            if len(look.knees) > 1:
                items.append(Item("", f"{knee} knee:"))
            items += self._items_of(knee)
        if self.shifts:
            items += self._items_of_shifts()
        if self.has_several:
            items.append(Item(look.signs.several, "both" if self.is_shared or look.is_dense else "several"))
        if look.is_dense and not self.is_shared and self.kinds:
            items.append(Item(look.signs.band, "8 in 10"))
        return items

    def _items_of(self, knee: str) -> list[Item]:
        look, items = self.look, list[Item]()
        for kind in self.kinds:
            if kind.knee == knee:
                sign = look.line_sign(knee) if look.is_dense else look.sign(kind)
                items.append(Item(sign, kind.moment, look.role(kind)))
                if self.lines[knee] and kind == Kind.named(knee, self.lined[knee]):
                    words = f"{WINDOW}-day median" if knee == self.knees[0] else "median"
                    items.append(Item(look.line_sign(knee), words, look.role(kind)))
        return items

    def _items_of_shifts(self) -> list[Item]:
        look = self.look
        days = look.days_of(self._stroke_columns) if look.is_dense else self._stroke_days
        is_said = days == 1 or (look.is_dense and look.window == self._stroke_columns)
        items = [] if is_said else [Item("", f"{days}-day:")]
        for moment in _SESSION:
            signs = "".join(look.sign(Kind(knee, moment)) for knee in self.knees)
            items.append(Item(signs, moment, "" if self.is_shared else look.role(Kind(self.knees[0], moment))))
        return items

    # Each rating by itself

    def _draw_ratings(self, plot: Plot) -> None:
        """Draw lines and strokes, and place every rating; an after stands in the column of its before."""
        for shift in self.shifts:
            plot.stroke(shift.column, shift.before, shift.after)
        for knee, line in self.lines.items():
            self._draw_line(plot, knee, [[(plot.middle(day), value) for day, value in stretch] for stretch in line])
        joined: dict[tuple[str, int, float], int] = {}
        for stroke in strokes(self.points):
            column = plot.column(stroke.day, stroke.time)
            joined[stroke.knee, stroke.day, stroke.after] = column
            plot.stroke(column, stroke.before, stroke.after)
        marks: dict[tuple[int, int], set[Kind]] = {}
        for point in self.points:
            day = point.day.toordinal()
            column = plot.column(day, point.time)
            if point.moment == "after":
                column = joined.get((point.knee, day, point.value), column)
            marks.setdefault((column, plot.row(point.value)), set()).add(Kind.named(point.knee, point.moment))
        for shift in self.shifts:
            for moment, value in zip(_SESSION, (shift.before, shift.after), strict=True):
                marks.setdefault((shift.column, plot.row(value)), set()).add(Kind(shift.knee, moment))
        for (column, row), kinds in marks.items():
            self._mark(plot, column, row, kinds)

    def _mark(self, plot: Plot, column: int, row: int, kinds: set[Kind]) -> None:
        """Put a mark; mornings cover what else was rated there, other marks that meet become one sign."""
        seen = {kind for kind in kinds if kind.moment == "morning"} or kinds
        if len(seen) > 1:
            plot.put(column, row, self.look.signs.several, "")
            self.has_several = True
        else:
            (kind,) = seen
            plot.put(column, row, self.look.sign(kind), self.look.role(kind))

    def _line_of(self, knee: str, earlier: Iterable[Point]) -> list[list[Spot]]:
        """Return the median line of a knee, as far as it is shown; none where columns hold many days."""
        if self.look.is_dense:
            return []
        first = self.look.days.start.toordinal()
        mine = [p for p in [*earlier, *self.points] if (p.knee, p.moment) == (knee, self.lined[knee])]
        shown = ([spot for spot in stretch if spot.day >= first] for stretch in median_line(mine))
        return [stretch for stretch in shown if stretch]

    # Many days a column, or two knees in one field

    @property
    def _stroke_columns(self) -> int:
        """Columns that share one stroke of each knee."""
        return SHIFT_COLUMNS * len(self.knees)

    @property
    def _stroke_days(self) -> int:
        """Whole days that share one stroke of each knee, where columns hold few."""
        return ceil(self._stroke_columns * self.look.days.count / self.look.days.width)

    def _shifts_of(self, knee: str, points: Iterable[Point]) -> list[Standing]:
        """Return the strokes of a knee, each of some days; none where there is no room, or a mark for each rating."""
        look, days, columns, number = self.look, self._stroke_days, self._stroke_columns, self.knees.index(knee)
        mine = [point for point in points if point.knee == knee and point.moment in _SESSION]
        if self.is_shared and not look.is_tall:
            return []
        if look.is_dense:
            found = shifts(mine, lambda point: look.part(point, columns))
            at = [shift.part * columns + number * SHIFT_COLUMNS + SHIFT_COLUMNS // 2 for shift in found]
        elif self.is_shared and self.lined[knee] not in _SESSION:
            first, wide = look.days.start.toordinal(), days * look.days.width / look.days.count
            found = shifts(mine, lambda point: (point.day.toordinal() - first) // days)
            at = [int((shift.part + (number + _LATE) / len(self.knees)) * wide) for shift in found]
        else:
            return []
        last = look.days.width - 1
        return [
            Standing(knee, min(column, last), shift.before, shift.after)
            for column, shift in zip(at, found, strict=True)
        ]

    def _draw_columns(self, plot: Plot) -> None:
        """Draw the running median of each knee; of one alone also how far its ratings reach, and its sessions."""
        look = self.look
        gathered = {
            knee: running((p for p in self.points if p.knee == knee), look.part, look.window) for knee in self.knees
        }
        if not self.is_shared:  # what surrounds one line would hide the other
            for of in gathered.values():
                for column, some in of.items():
                    plot.band(column, *reach(some))
        for shift in self.shifts:
            plot.stroke(shift.column, shift.before, shift.after)
        for knee, of in gathered.items():
            spots = [Spot(column, middle(some)) for column, some in of.items()]
            lines = ([(at + 0.5, value) for at, value in stretch] for stretch in broken(spots, 2))
            self._draw_line(plot, knee, lines)
        for shift in self.shifts:
            ends = [(plot.row(shift.before), "before"), (plot.row(shift.after), "after")]
            for row in {row for row, _ in ends}:
                kinds = {Kind(shift.knee, moment) for at, moment in ends if at == row}
                self._mark(plot, shift.column, row, kinds)

    def _draw_line(self, plot: Plot, knee: str, stretches: Iterable[Sequence[tuple[float, float]]]) -> None:
        """Draw the line of one knee, given as columns and values."""
        look = self.look
        role, is_second = look.role(Kind.named(knee, self.lined[knee])), look.is_second(knee)
        lines = [
            Stretch(tuple((x, plot.height(value) + 0.5) for x, value in stretch), role, is_second)
            for stretch in stretches
        ]
        for cell in line_cells(lines, look.days.width, plot.rows, look.glyphs, look.signs.lines):
            plot.put(*cell)
