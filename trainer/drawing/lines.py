"""The median's line in cells: fine dots where the terminal has them, a sign a column where it has not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from trainer.drawing.raster import Raster

if TYPE_CHECKING:
    from trainer.drawing.glyphs import Glyphs

Place = tuple[float, float]
"""Columns from the left, rows from the top: 0.5, 0.5 is the middle of the first cell."""

_COARSE = ("half", "ascii")
"""Glyphs of terminals that are not known to have braille."""
_FINE_SIGNS = ("⠒⠒", "⠆⠆")
_DOT = 0.5
"""Height of one fine dot; the dots of a dotted line are two high, so that no other line looks like it."""
_THIN = 0.01
_TALL = 2
"""How many times as high as wide a cell is."""


class Stretch(NamedTuple):
    """A line without a break."""

    places: tuple[Place, ...]
    """From left to right, at least one."""
    role: str
    """Its role."""
    is_second: bool
    """Whether it is the second of two knees: dotted, or another sign."""


def line_sign(glyphs: Glyphs, signs: tuple[str, str], *, is_second: bool) -> str:
    """Return what the legend shows for a line; ``signs`` are those of a coarse one."""
    return signs[is_second] * 2 if glyphs in _COARSE else _FINE_SIGNS[is_second]


def line_cells(
    stretches: Sequence[Stretch], width: int, rows: int, glyphs: Glyphs, signs: tuple[str, str]
) -> Iterator[tuple[int, int, str, str]]:
    """Yield the cells the lines take, each as column, row, sign and role."""
    if glyphs in _COARSE:
        for stretch in stretches:
            yield from _coarse(stretch, signs[stretch.is_second])
        return
    raster = Raster(width, rows, "braille", aspect=_TALL)
    for places, role, is_second in stretches:
        spots = [(x, y * _TALL) for x, y in places]
        if is_second:
            for spot in _dotted(spots):
                raster.dot(spot, role)
                raster.dot((spot[0], spot[1] - _DOT), role)
        else:
            raster.polyline(spots, _THIN, role)
    for row, runs in enumerate(raster.rows()):
        column = 0
        for text, role in runs:
            for sign in text:
                if sign not in " \u2800":
                    yield column, row, sign, role
                column += 1


def _coarse(stretch: Stretch, sign: str) -> Iterator[tuple[int, int, str, str]]:
    places = stretch.places
    for (x, y), (other_x, other_y) in pairwise((*places, places[-1])):
        for column in range(floor(x), max(floor(other_x), floor(x) + 1)):
            share = (column + 0.5 - x) / (other_x - x) if other_x > x else 0.0
            yield column, floor(y + (other_y - y) * min(max(share, 0.0), 1.0)), sign, stretch.role


def _dotted(spots: Sequence[Place]) -> Iterator[Place]:
    """Yield places a whole column apart along the spots; the first always, so that one spot is seen as well."""
    yield spots[0]
    for (x, y), (other_x, other_y) in pairwise(spots):
        for column in range(floor(x) + 1, floor(other_x) + 1):
            yield float(column), y + (other_y - y) * (column - x) / (other_x - x)
