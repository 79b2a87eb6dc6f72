"""Ratings over days, as they were given: 0 to 10 always, gaps left open, nothing joined that was not rated.

Below two days a column every rating is a mark of its own; the change over one session is a stroke from before
to after. Beyond, a column shows medians, and how far the ratings reach. Shapes tell before, after, morning and
the two knees apart, colour only repeats it. The faint line at 3 is where people with knee osteoarthritis tend to
call pain acceptable (clinical notes, section 1.3: Tubach 2005, Georgopoulos 2023); it is no goal.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from trainer.core.trend import median
from trainer.drawing.days import Days, day_words
from trainer.drawing.frame import Frame, Sheet
from trainer.drawing.signs import LETTERS, ROLE_OF, SHAPES, SHORT, Kind
from trainer.drawing.sparkline import sparkline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from trainer.drawing.glyphs import Glyphs

__all__ = ["Point", "chart", "sparkline"]

LEAST_WIDTH = 20
LEAST_HEIGHT = 6
ACCEPTABLE = 3
_HIGHEST = 10
_MARGIN = 3


@dataclass(frozen=True, slots=True)
class Point:
    """One rating to draw."""

    day: date
    """The day it was given, in the person's own time."""
    value: float
    """0 to 10; anything else is left out."""
    moment: str
    """before, after or morning; whatever else there is, is drawn alike as "other"."""
    knee: str
    """left or right."""
    time: float = 0.5
    """Part of that day gone by, 0 to 1."""


def chart(
    points: Iterable[Point],
    width: int,
    height: int,
    *,
    start: date,
    end: date,
    glyphs: Glyphs = "quadrant",
) -> Frame:
    """Draw the ratings of the days from ``start`` to ``end``, both shown whole, in any order.

    Below 20 by 6 cells there is no room for an axis: it says so instead.
    """
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return _too_small(width, height)
    days = Days(min(start, end), max(start, end), width - _MARGIN)
    first, last = days.start.toordinal(), days.end.toordinal()
    shown = [p for p in points if first <= p.day.toordinal() <= last and 0 <= p.value <= _HIGHEST]
    return _Chart(width, height, days, glyphs, shown).draw()


class _Chart:
    """One drawing under way."""

    def __init__(self, width: int, height: int, days: Days, glyphs: Glyphs, points: list[Point]) -> None:
        self.sheet = Sheet(width, height)
        self.days = days
        self.points = points
        self.signs = LETTERS if glyphs == "ascii" else SHAPES
        self.knees = tuple(sorted({p.knee for p in points}))
        self.is_dense = days.count > 2 * days.width
        self.kinds = sorted({Kind.named(*pair) for pair in {(p.knee, p.moment) for p in points}}, key=Kind.order)
        self.marks: dict[tuple[int, int], set[Kind]] = {}
        self.banded: Kind | None = None
        self.has_several = not self.is_dense
        # A second line of words costs a row; from 15 rows on, every whole number keeps its own without it.
        self.top = 1 if height < 15 or _fits(self._items(), days.width) else 2
        self.rows = height - self.top - 2

    def draw(self) -> Frame:
        """Put everything in the order in which it covers what lies below."""
        if self.rows > _HIGHEST:
            for column in range(0, self.days.width, 2):
                self._put(column, self._row(ACCEPTABLE), self.signs.line, "muted")
        if self.is_dense:
            self._gather_columns()
        else:
            self._gather_ratings()
        self.has_several = not self.is_dense and any(len(kinds) > 1 for kinds in self.marks.values())
        for (column, row), kinds in self.marks.items():
            self._mark(column, row, kinds)
        self._axes()
        self._legend()
        if not self.points:
            self._say_empty()
        return self.sheet.frame()

    def _row(self, value: float) -> int:
        return floor((_HIGHEST - value) * (self.rows - 1) / _HIGHEST + 0.5)

    def _put(self, column: int, row: int, sign: str, role: str) -> None:
        self.sheet.put(_MARGIN + column, self.top + row, sign, role)

    def _gather_ratings(self) -> None:
        """Place every rating; an after stands in the column of its before, with the change as a stroke."""
        latest: dict[tuple[str, int], tuple[int, float]] = {}
        for point in sorted(self.points, key=lambda p: (p.day.toordinal(), p.time, p.moment != "before")):
            column = self.days.column(point.day, min(max(point.time, 0.0), 0.999))
            session = (point.knee, point.day.toordinal())
            if point.moment == "before":
                latest[session] = (column, point.value)
            elif point.moment == "after" and session in latest:
                column, before = latest.pop(session)
                ends = sorted((self._row(before), self._row(point.value)))
                for row in range(ends[0] + 1, ends[1]):
                    self._put(column, row, self.signs.stroke, "muted")
            self._add(column, point.value, Kind.named(point.knee, point.moment))

    def _gather_columns(self) -> None:
        """Place the median of each column and kind; behind those of one knee, the reach of the kind rated most."""
        pairs: dict[tuple[str, str], list[Point]] = {}
        for point in self.points:
            pairs.setdefault((point.knee, point.moment), []).append(point)
        width, count, first = self.days.width, self.days.count, self.days.start.toordinal()
        named: dict[Kind, list[list[float]]] = {kind: [[] for _ in range(width)] for kind in self.kinds}
        for pair, some in pairs.items():
            columns = named[Kind.named(*pair)]
            for point in some:
                columns[(point.day.toordinal() - first) * width // count].append(point.value)
        if len(self.knees) == 1:  # the reach of one knee would hide the other
            self.banded = max(named, key=lambda kind: sum(len(values) for values in named[kind]))
            for column, values in enumerate(named[self.banded]):
                if values:
                    low, high = _most(values)
                    for row in range(self._row(high), self._row(low) + 1):
                        self._put(column, row, self.signs.band, "chart.band")
        for kind, columns in named.items():
            for column, values in enumerate(columns):
                if values:
                    self._add(column, median(values), kind)

    def _add(self, column: int, value: float, kind: Kind) -> None:
        self.marks.setdefault((column, self._row(value)), set()).add(kind)

    def _mark(self, column: int, row: int, kinds: set[Kind]) -> None:
        if len(kinds) > 1 and not self.is_dense:
            self._put(column, row, self.signs.several, "")
        else:
            # Where medians meet, the kind with the reach is seen.
            kind = self.banded if self.banded in kinds else min(kinds, key=Kind.order)
            self._put(column, row, self._sign(kind), self._role(kind))

    def _sign(self, kind: Kind) -> str:
        is_second = len(self.knees) > 1 and kind.knee != self.knees[0]
        return (self.signs.right if is_second else self.signs.marks)[kind.moment]

    def _role(self, kind: Kind) -> str:
        if len(self.knees) > 1:
            return "limb.right" if kind.knee == "right" else "limb.left"
        return ROLE_OF[kind.moment]

    def _axes(self) -> None:
        for value in _labels(self.rows):
            self.sheet.put(0, self.top + self._row(value), f"{value:>2}", "muted")
        self._put(0, self.rows, self.signs.axis * self.days.width, "muted")
        for tick in self.days.ticks():
            self._put(tick.column, self.rows, self.signs.tick, "muted")
            self._put(tick.start, self.rows + 1, tick.label, "muted")

    def _items(self) -> list[tuple[str, str, str]]:
        """Return what there is to explain, the first first: sign, words and the sign's role."""
        items: list[tuple[str, str, str]] = []
        if self.is_dense and self.kinds:
            items.append(("", f"{self.days.count / self.days.width:.0f}-day medians:", ""))
        for knee in self.knees:
            mine = [kind for kind in self.kinds if kind.knee == knee]
            if len(self.knees) > 1:
                items.append(("", f"{knee} knee:", ""))
            items += [(self._sign(kind), kind.moment, self._role(kind)) for kind in mine]
        if self.has_several and self.kinds:
            items.append((self.signs.several, "several", ""))
        if self.banded:
            items.append((self.signs.band, f"8 in 10 {self.banded.moment}", "chart.band"))
        items.append((self.signs.line * 3, "many people call this acceptable", "muted"))
        return items

    def _legend(self) -> None:
        """Write what the marks mean, as much as fits."""
        line = self._items()[-1]
        items = self._items()[:-1]
        if not _fits(items, self.days.width * self.top):
            items = [(sign, SHORT.get(words, words).removesuffix(" medians:"), role) for sign, words, role in items]
        if self.rows > _HIGHEST:
            items.append(line)
        left, gap = (_MARGIN, 2) if self.sheet.width >= 40 else (0, 1)
        x, y = left, 0
        for sign, words, role in items:
            long = _length(sign, words)
            if x > left and x + long > self.sheet.width:
                x, y = left, y + 1
            if y >= self.top or x + long > self.sheet.width:
                return
            self.sheet.put(x, y, sign, role)
            self.sheet.put(x + long - len(words), y, words, "muted" if role == "muted" else "")
            x += long + gap

    def _say_empty(self) -> None:
        words = (
            f"No ratings from {day_words(self.days.start)} to {day_words(self.days.end)}.",
            "No ratings in these days.",
            "No ratings here.",
        )
        text = next(text for text in words if len(text) <= self.days.width)
        self._put((self.days.width - len(text)) // 2, self.rows // 2, text, "")


def _most(values: list[float]) -> tuple[float, float]:
    """Return the lowest and highest once a tenth is left out at either end."""
    ordered = sorted(values)
    tenth = len(ordered) // 10
    return ordered[tenth], ordered[-1 - tenth]


def _labels(rows: int) -> tuple[int, ...]:
    """Return the values written beside the y axis; the line's 3 as soon as it has a row of its own."""
    if rows > 2 * _HIGHEST:
        return tuple(range(_HIGHEST + 1))
    if rows > _HIGHEST:
        return (0, 2, ACCEPTABLE, 4, 6, 8, 10)
    return (0, 5, 10) if rows >= 5 else (0, 10)


def _length(sign: str, words: str) -> int:
    return len(words) + (len(sign) + 1 if sign else 0)


def _fits(items: Sequence[tuple[str, str, str]], width: int) -> bool:
    return sum(_length(sign, words) + 2 for sign, words, _ in items) - 2 <= width


def _too_small(width: int, height: int) -> Frame:
    sheet = Sheet(width, height)
    words = f"The chart needs {LEAST_WIDTH} by {LEAST_HEIGHT}.".split()
    x = y = 0
    for word in words:
        if x and x + len(word) > sheet.width:
            x, y = 0, y + 1
        sheet.put(x, y, word, "muted")
        x += len(word) + 1
    return sheet.frame()
