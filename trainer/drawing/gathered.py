"""Many days a column: what the ratings of some days together come to.

Points may stand for many ratings each; how many are counted. A part is a column or a few, numbered from the left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trainer.drawing.series import middle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from trainer.drawing.series import Point

    PartOf = Callable[[Point], int]


class Shift(NamedTuple):
    """The sessions of some days: not the stroke of one of them, but from the middle before to the middle after."""

    part: int
    """Which part."""
    before: float
    """Median of the ratings before."""
    after: float
    """Median of the ratings after."""


def parts(points: Iterable[Point], part_of: PartOf) -> dict[int, list[Point]]:
    """Return the points of each part that holds any, from left to right."""
    found: dict[int, list[Point]] = {}
    for point in points:
        found.setdefault(part_of(point), []).append(point)
    return dict(sorted(found.items()))


def running(points: Iterable[Point], part_of: PartOf, window: int) -> dict[int, list[Point]]:
    """Return the points of each part that holds any, with those of the parts before it: ``window`` parts in all."""
    found = parts(points, part_of)
    return {
        part: [point for back in range(window - 1, -1, -1) for point in found.get(part - back, ())] for part in found
    }


def shifts(points: Iterable[Point], part_of: PartOf) -> tuple[Shift, ...]:
    """Return the median before and after of each part that holds both."""
    of: dict[str, dict[int, list[Point]]] = {}
    every = list(points)
    for moment in ("before", "after"):
        of[moment] = parts((point for point in every if point.moment == moment), part_of)
    both = (part for part in of["before"] if part in of["after"])
    return tuple(Shift(part, middle(of["before"][part]), middle(of["after"][part])) for part in both)
