"""The chart for paper: the same lines, strokes and medians as in the terminal, as SVG that needs no colour.

Left is round with a whole line, right is square with a dashed one, wherever there are both. The text is drawn by
whoever shows it; no script, no font and no address is asked for.
"""

from __future__ import annotations

from html import escape
from math import ceil
from typing import TYPE_CHECKING

from trainer.core.weeks import DAYS
from trainer.drawing.days import Days, day_words
from trainer.drawing.frame import cells, clean
from trainer.drawing.gathered import parts, shifts
from trainer.drawing.legend import cut
from trainer.drawing.series import (
    ACCEPTABLE,
    ACCEPTABLE_WORDS,
    HIGHEST,
    WINDOW,
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from trainer.drawing.series import Change

WIDTH, HEIGHT = 720, 330
"""Size in its own units; shown 180 mm wide, the text is as large as that of a letter."""
SINGLE_DAYS = 200
"""Days up to which every rating is a mark of its own; beyond, each week is a median."""
MOST_SHIFTS = 30
"""Strokes there are at the most where each stands for some weeks."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 28, 712, 58, 286
_CHARACTER = 6.4
"""Units one character of a tick's words takes."""
_HUES = {"left": "#00519c", "right": "#9c3500"}
"""Blue and a dark orange: told apart by colour-blind eyes, and dark in grey as well."""
_GREY = "#767676"
_INK = "#1a2028"
_MARKED = ("morning", "before", "after")
_NOTHING = Extras()


def chart_svg(
    points: Iterable[Point],
    *,
    start: date,
    end: date,
    extras: Extras = _NOTHING,
    title: str = "",
) -> str:
    """Return the chart of the days from ``start`` to ``end`` as one ``<svg>`` element, 720 by 330 units.

    Ratings of the six days before ``start`` belong to the first medians and are not drawn. ``title`` is read out by a
    screen reader. Words of the person are escaped, control characters replaced.
    """
    start, end = min(start, end), max(start, end)
    return "\n".join(_Page(list(points), start, end, extras).lines(title))


class _Page:
    """One drawing under way."""

    def __init__(self, points: list[Point], start: date, end: date, extras: Extras) -> None:
        self.days = Days(start, end, int((_RIGHT - _LEFT) / _CHARACTER))
        self.first = start.toordinal()
        self.earlier = usable(points, self.first - WINDOW + 1, self.first - 1)
        self.points = usable(points, self.first, end.toordinal())
        self.extras = extras
        self.knees = tuple(sorted({point.knee for point in self.points}))
        self.is_dense = self.days.count > SINGLE_DAYS
        self.weeks_a_stroke = max(2, ceil(self.days.count / DAYS / MOST_SHIFTS))

    def lines(self, title: str) -> Iterator[str]:
        """Yield the elements in the order in which they cover what lies below."""
        start, end = self.days.start, self.days.end
        named = title or f"Ratings from {day_words(start)} {start.year} to {day_words(end)} {end.year}, 0 to 10"
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'font-family="sans-serif" font-size="11" fill="{_INK}">'
        )
        yield f"<title>{_safe(named)}</title>"
        yield from self._scale()
        yield from self._along_the_axis()
        for knee in self.knees:
            yield from self._medians(knee) if self.is_dense else self._ratings(knee)
        yield from self._legend()
        if not self.points:
            yield _text((_LEFT + _RIGHT) / 2, (_TOP + _BOTTOM) / 2, "No ratings in these days.", anchor="middle")
        yield "</svg>"

    # Where things go

    def _x(self, day: float) -> float:
        return _LEFT + (day - self.first) * (_RIGHT - _LEFT) / self.days.count

    def _y(self, value: float) -> float:
        return _BOTTOM - value * (_BOTTOM - _TOP) / HIGHEST

    def _is_second(self, knee: str) -> bool:
        return len(self.knees) > 1 and knee != self.knees[0]

    # Around the ratings

    def _scale(self) -> Iterator[str]:
        for value in range(HIGHEST + 1):
            y = self._y(value)
            yield _line(_LEFT, y, _RIGHT, y, "#dddddd" if value else _INK, 1 if value == 0 else 0.6)
            yield _text(_LEFT - 6, y + 4, str(value), anchor="end")
        y = self._y(ACCEPTABLE)
        yield _line(_LEFT, y, _RIGHT, y, _GREY, 0.8, dashes="2 4")
        for tick in self.days.ticks():
            x = _LEFT + (tick.column + 0.5) * (_RIGHT - _LEFT) / self.days.width
            yield _line(x, _BOTTOM, x, _BOTTOM + 12, _INK, 0.8)
            is_at_edge = x > _RIGHT - 3 * _CHARACTER
            yield _text(min(x, _RIGHT), _BOTTOM + 24, tick.label, anchor="end" if is_at_edge else "middle")

    def _along_the_axis(self) -> Iterator[str]:
        """Days with a warm-up as bars below the axis, days off hatched, changes as lines with their words."""
        day_wide = (_RIGHT - _LEFT) / self.days.count
        start, end = self.days.start, self.days.end
        for day in sorted(self.extras.frozen):
            if start <= day <= end:
                x = self._x(day.toordinal())
                yield _rect(x, _BOTTOM + 1, day_wide, 7, "#ffffff", stroke=_GREY)
        for day in sorted(self.extras.warm_ups or ()):
            if start <= day <= end:
                yield _rect(self._x(day.toordinal()) + 0.1 * day_wide, _BOTTOM + 1, 0.8 * day_wide, 7, _INK)
        changes = sorted((c for c in self.extras.changes if start <= c.day <= end), key=lambda c: (c.day, c.words))
        yield from self._changes(changes)

    def _changes(self, changes: Sequence[Change]) -> Iterator[str]:
        """Draw a line for each change, its words in one of two rows, as far as they fit between their neighbours."""
        xs = [self._x(change.day.toordinal() + 0.5) for change in changes]
        ends = [float(_LEFT)] * 2  # of the words so far, the lower row first
        for number, (change, x) in enumerate(zip(changes, xs, strict=True)):
            row = number % 2
            y = _TOP - 4 - 11 * row
            yield _line(x, y, x, _BOTTOM, _INK, 0.9, dashes="5 2")
            # All lines cross the lower row, those of the upper row alone the upper one.
            before = max(ends[row], xs[number - 1]) if number and not row else ends[row]
            after = next(iter(xs[number + 1 + row :]), _RIGHT)
            words, left, right = clean(change.words), x - before - 6, after - x - 6
            is_left = left > right and cells(words) * _CHARACTER > right
            words = cut(words, int(max(left if is_left else right, 0) / _CHARACTER), "…")
            ends[row] = x if is_left else x + 3 + cells(words) * _CHARACTER
            yield _text(x - 3 if is_left else x + 3, y + 1, words, anchor="end" if is_left else "start")

    # Ratings

    def _ratings(self, knee: str) -> Iterator[str]:
        mine = [point for point in self.points if point.knee == knee]
        lined = lined_moment(mine)
        before = [p for p in self.earlier if p.knee == knee and p.moment == lined]
        followed = median_line([*before, *(p for p in mine if p.moment == lined)])
        yield from self._lines(knee, [[spot for spot in stretch if spot.day >= self.first] for stretch in followed])
        joined: dict[tuple[int, float], float] = {}
        for stroke in strokes(mine):
            x = self._x(stroke.day + stroke.time)
            joined[stroke.day, stroke.after] = x
            yield _line(x, self._y(stroke.before), x, self._y(stroke.after), _HUES.get(knee, _INK), 0.8)
        for point in sorted(mine, key=lambda p: (p.moment == "morning", p.day, p.time)):
            x = self._x(point.day.toordinal() + min(max(point.time, 0.0), 0.999))
            if point.moment == "after":
                x = joined.get((point.day.toordinal(), point.value), x)
            yield self._mark(x, self._y(point.value), knee, point.moment)

    def _week(self, point: Point, weeks: int = 1) -> int:
        return (point.day.toordinal() - self.first) // (weeks * DAYS)

    def _middle_of(self, part: int, days: int) -> int:
        """Return the day in the middle of a part of so many days."""
        return min(self.first + part * days + days // 2, self.days.end.toordinal())

    def _medians(self, knee: str) -> Iterator[str]:
        """Draw the median of each week; of one knee alone how far eight in ten ratings reach, and its sessions."""
        mine = [point for point in self.points if point.knee == knee]
        lined = lined_moment(mine)
        weeks = parts((point for point in mine if point.moment == lined), self._week)
        sessions = self._shifts(mine)
        if len(self.knees) == 1:
            for week, some in weeks.items():
                low, high = reach(some)
                x, end = self._x(self.first + week * DAYS), self._x(self.first + (week + 1) * DAYS)
                yield _rect(x, self._y(high) - 1, min(end, _RIGHT) - x, self._y(low) - self._y(high) + 2, "#dddddd")
            for x, before, after in sessions:
                yield _line(x, self._y(before), x, self._y(after), _HUES.get(knee, _INK), 0.8)
        spots = [Spot(week, middle(some)) for week, some in weeks.items()]
        yield from self._lines(
            knee, [[Spot(self._middle_of(week, DAYS), value) for week, value in of] for of in broken(spots, 2)]
        )
        for x, before, after in sessions:
            yield self._mark(x, self._y(before), knee, "before")
            yield self._mark(x, self._y(after), knee, "after")

    def _shifts(self, mine: Iterable[Point]) -> list[tuple[float, float, float]]:
        """Return where each stroke of some weeks stands, and its two medians; none where there are two knees."""
        if len(self.knees) > 1:
            return []
        weeks = self.weeks_a_stroke
        found = shifts(mine, lambda point: self._week(point, weeks))
        return [(self._x(self._middle_of(one.part, weeks * DAYS) + 0.5), one.before, one.after) for one in found]

    def _lines(self, knee: str, stretches: Iterable[Sequence[Spot]]) -> Iterator[str]:
        dashes = ' stroke-dasharray="6 3"' if self._is_second(knee) else ""
        for stretch in stretches:
            if stretch:
                # A line of one place is drawn as the short piece that it stands for.
                places = [(self._x(day + 0.5), self._y(value)) for day, value in stretch]
                places = (
                    places if len(places) > 1 else [(places[0][0] - 1, places[0][1]), (places[0][0] + 1, places[0][1])]
                )
                path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
                yield (
                    f'<polyline points="{path}" fill="none" stroke="{_HUES.get(knee, _INK)}" stroke-width="1.8" '
                    f'stroke-linejoin="round"{dashes}/>'
                )

    def _mark(self, x: float, y: float, knee: str, moment: str) -> str:
        """Return a mark: full for a morning, hollow for before, small and hollow for after, a cross for others."""
        hue = _HUES.get(knee, _INK)
        if moment not in _MARKED:
            return f'<path d="M{x - 2.5:.1f} {y - 2.5:.1f}l5 5m0 -5l-5 5" fill="none" stroke="{hue}" stroke-width="1"/>'
        size = 1.9 if moment == "after" else 2.8
        fill = hue if moment == "morning" else "#ffffff"
        if self._is_second(knee):
            return _rect(x - size, y - size, 2 * size, 2 * size, fill, stroke=hue)
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" fill="{fill}" stroke="{hue}" stroke-width="1"/>'

    # Words

    def _legend(self) -> Iterator[str]:
        for number, knee in enumerate(self.knees):
            yield from self._legend_of(knee, 14 + 15 * number)
        x = float(_LEFT)
        if self.extras.warm_ups is not None:
            yield _rect(x, HEIGHT - 11, 7, 7, _INK)
            yield _text(x + 12, HEIGHT - 4, "day with a warm-up")
            x += 140
        if self.extras.frozen:
            yield _rect(x, HEIGHT - 11, 7, 7, "#ffffff", stroke=_GREY)
            yield _text(x + 12, HEIGHT - 4, "day off, such as an illness")
            x += 180
        yield _line(x, HEIGHT - 8, x + 24, HEIGHT - 8, _GREY, 0.8, dashes="2 4")
        yield _text(x + 29, HEIGHT - 4, ACCEPTABLE_WORDS)

    def _legend_of(self, knee: str, y: float) -> Iterator[str]:
        mine = [point for point in self.points if point.knee == knee]
        lined = lined_moment(mine) or ""
        x = _LEFT + 11 * _CHARACTER
        yield _text(_LEFT, y, f"{knee} knee:")
        if self.is_dense:
            words = f"{lined}, median of each week"
            yield from self._line_item(x, y, knee, words)
            if len(self.knees) == 1:
                x += (len(words) + 5) * _CHARACTER
                yield _rect(x, y - 9, 18, 11, "#dddddd")
                yield _text(x + 23, y, "8 in 10 of that week")
                if self._shifts(mine):
                    x += 26 * _CHARACTER
                    yield from self._shift_item(x, y, knee)
            return
        moments = {point.moment for point in mine}
        shown = [moment for moment in _MARKED if moment in moments]
        for moment in [*shown, *(["other"] if moments - set(shown) else [])]:
            yield self._mark(x + 3, y - 3.5, knee, moment)
            yield _text(x + 10, y, moment)
            x += (len(moment) + 3) * _CHARACTER
        yield from self._line_item(x, y, knee, f"{WINDOW}-day median")

    def _shift_item(self, x: float, y: float, knee: str) -> Iterator[str]:
        yield self._mark(x, y - 3.5, knee, "before")
        yield _line(x + 5, y - 3.5, x + 12, y - 3.5, _HUES.get(knee, _INK), 0.8)
        yield self._mark(x + 16, y - 3.5, knee, "after")
        yield _text(x + 23, y, f"before to after, medians of {self.weeks_a_stroke} weeks")

    def _line_item(self, x: float, y: float, knee: str, words: str) -> Iterator[str]:
        yield _line(
            x, y - 3.5, x + 18, y - 3.5, _HUES.get(knee, _INK), 1.8, dashes="6 3" if self._is_second(knee) else ""
        )
        yield _text(x + 23, y, words)


def _safe(text: str) -> str:
    return escape(clean(text))


def _text(x: float, y: float, text: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_safe(text)}</text>'


def _line(x: float, y: float, other_x: float, other_y: float, hue: str, thick: float, *, dashes: str = "") -> str:
    more = f' stroke-dasharray="{dashes}"' if dashes else ""
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{other_x:.1f}" y2="{other_y:.1f}"'
    return f'<line {ends} stroke="{hue}" stroke-width="{thick}"{more}/>'


def _rect(x: float, y: float, wide: float, high: float, fill: str, *, stroke: str = "") -> str:
    more = f' stroke="{stroke}" stroke-width="1"' if stroke else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{fill}"{more}/>'
