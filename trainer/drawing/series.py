"""What the ratings of some days come to once they are drawn: the median line, the strokes, the medians of many days.

The chart of cells and the chart of the printed page are made from the same lines and strokes, so they never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.trend import median

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainer.core.happening import Event, Freeze

LOWEST, HIGHEST = 0, 10
"""The scale, always shown whole (clinical notes, section 1.5: a fixed axis, never zoomed)."""
ACCEPTABLE = 3
"""Around here people with knee osteoarthritis tend to call pain acceptable (section 1.3: Tubach 2005, Georgopoulos
2023: 32 and 27 of 100); it is no goal."""
ACCEPTABLE_WORDS = "many people call this acceptable"
WINDOW = 7
"""Days of the running median, the day itself and those before it."""
LEAST_OF_WINDOW = 4
"""Rated days a window needs, as for the usual morning of section 1.6; our own choice for the line."""
OPEN_FROM = 4
"""Rated days so far apart are not joined: three days were missed between them; our own choice."""

_PRIMARY = ("morning", "after", "before")


@dataclass(frozen=True, slots=True)
class Point:
    """One rating to draw, or several alike of a few days."""

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
    count: int = 1
    """How many such ratings it stands for; more than one only where many days are drawn."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something else that changed on a day, drawn as a line through the chart."""

    day: date
    """When."""
    words: str
    """What, in the person's own words, such as ``new shoes``."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What is drawn beside the ratings."""

    changes: tuple[Change, ...] = ()
    """Lines for what changed, in any order."""
    warm_ups: frozenset[date] | None = None
    """Days with a session; None where that is not known, and then the axis says nothing of it."""
    frozen: frozenset[date] = frozenset()
    """Days on which nothing is expected, such as those of an illness."""
    cursor: date | None = None
    """The day that is read out."""


def extras_of(
    start: date, end: date, *, warm_ups: frozenset[date], events: Iterable[Event], freezes: Iterable[Freeze]
) -> Extras:
    """Return what happened from ``start`` to ``end``, as it is drawn; days off end with ``end`` at the latest."""
    frozen: set[date] = set()
    for freeze in freezes:
        first = max(freeze.first_day, start)
        last = end if freeze.last_day is None else min(freeze.last_day, end)
        frozen.update(first + timedelta(days=gone) for gone in range((last - first).days + 1))
    changes = tuple(Change(event.day, event.words) for event in events if start <= event.day <= end)
    return Extras(changes, warm_ups, frozenset(frozen))


class Spot(NamedTuple):
    """A place of a line: a day and a value."""

    day: int
    """The day's ordinal."""
    value: float
    """0 to 10."""


class Stroke(NamedTuple):
    """The change over one session, as it was rated."""

    knee: str
    """left or right."""
    day: int
    """The day's ordinal."""
    time: float
    """Part of the day gone by at the rating before it."""
    before: float
    """The rating before."""
    after: float
    """The rating after."""


def usable(points: Iterable[Point], first: int, last: int) -> list[Point]:
    """Return the points of these days (ordinals, both counted) whose values lie on the scale."""
    return [p for p in points if first <= p.day.toordinal() <= last and LOWEST <= p.value <= HIGHEST and p.count > 0]


def lined_moment(points: Iterable[Point]) -> str | None:
    """Return the moment whose ratings the line follows: mornings as soon as there is one, else those after a session.

    The first stairs of the morning are the primary question (clinical notes, section 1.2). None where nothing is rated.
    """
    moments = {point.moment for point in points}
    return next((moment for moment in _PRIMARY if moment in moments), min(moments, default=None))


def median_line(points: Iterable[Point]) -> tuple[tuple[Spot, ...], ...]:
    """Return the medians of the last 7 days at each rated day, in stretches that end where days were left out.

    All points count, whatever their knee and moment; several of one day count as their median.
    """
    by_day: dict[int, list[float]] = {}
    for point in points:
        by_day.setdefault(point.day.toordinal(), []).append(point.value)
    rated = [Spot(day, median(values)) for day, values in sorted(by_day.items())]
    spots: list[Spot] = []
    oldest = 0
    for place, (day, _) in enumerate(rated):
        while rated[oldest].day <= day - WINDOW:
            oldest += 1
        window = [spot.value for spot in rated[oldest : place + 1]]
        if len(window) >= LEAST_OF_WINDOW:
            spots.append(Spot(day, median(window)))
    return broken(spots, OPEN_FROM)


def broken(spots: Sequence[Spot], apart: int) -> tuple[tuple[Spot, ...], ...]:
    """Return the spots in stretches, a new one wherever two neighbours are ``apart`` or more."""
    if not spots:
        return ()
    cuts = [place for place, (one, other) in enumerate(pairwise(spots), 1) if other.day - one.day >= apart]
    return tuple(tuple(spots[a:b]) for a, b in zip([0, *cuts], [*cuts, len(spots)], strict=True))


def strokes(points: Iterable[Point]) -> tuple[Stroke, ...]:
    """Return a stroke for each after that follows a before of the same knee and day."""
    out: list[Stroke] = []
    latest: dict[tuple[str, int], Point] = {}
    for point in sorted(points, key=lambda p: (p.day.toordinal(), p.time, p.moment != "before")):
        session = (point.knee, point.day.toordinal())
        if point.moment == "before":
            latest[session] = point
        elif point.moment == "after" and session in latest:
            before = latest.pop(session)
            out.append(Stroke(*session, before.time, before.value, point.value))
    return tuple(out)


def middle(points: Sequence[Point]) -> float:
    """Return the median of the ratings, counting each point as often as it says. Raises ``ValueError`` for none."""
    if not points:
        raise ValueError("the median of nothing")
    total = sum(point.count for point in points)
    return (_at_place(points, (total - 1) // 2) + _at_place(points, total // 2)) / 2


def reach(points: Sequence[Point]) -> tuple[float, float]:
    """Return the lowest and highest rating once a tenth is left out at either end."""
    total = sum(point.count for point in points)
    tenth = total // 10
    return _at_place(points, tenth), _at_place(points, total - 1 - tenth)


def _at_place(points: Sequence[Point], place: int) -> float:
    """Return the rating at this place, from 0, of all in order of their values."""
    for point in sorted(points, key=lambda point: point.value):
        place -= point.count
        if place < 0:
            return point.value
    raise ValueError("fewer ratings than that")
