"""Where the figure is seen from, and how metres become cells: a view without perspective, and a frame that stays put.

The body's axes are x forward, y up, z to the person's right, in metres. A view turns them into x to the right of the
screen, y up, and z towards whoever looks. A framing puts these on a field of cells whose unit is a cell's width.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trainer.drawing.raster import Spot

Vec = tuple[float, float, float]
"""A place in metres."""
Seen = dict[str, Vec]
"""Points as a view sees them: right, up, towards the eye."""


class View:
    """Looking at the body from far away: azimuth 0 from the front, 90 from the person's right; elevation from above."""

    __slots__ = ("_right", "_towards", "_up", "azimuth", "elevation", "is_mirrored")

    def __init__(self, azimuth: float, elevation: float = 8.0, *, is_mirrored: bool = False) -> None:
        self.azimuth = azimuth
        self.elevation = elevation
        self.is_mirrored = is_mirrored
        ca, sa = cos(radians(azimuth)), sin(radians(azimuth))
        ce, se = cos(radians(elevation)), sin(radians(elevation))
        flip = -1.0 if is_mirrored else 1.0
        self._right = (flip * sa, 0.0, -flip * ca)
        self._up = (-ca * se, ce, -sa * se)
        self._towards = (ca * ce, se, sa * ce)

    def see(self, place: Vec) -> Vec:
        """Return one place as seen: right, up, towards the eye."""
        x, y, z = place
        (a, _, c), (d, e, f), (g, h, i) = self._right, self._up, self._towards
        return (a * x + c * z, d * x + e * y + f * z, g * x + h * y + i * z)

    def right_of(self, way: Vec) -> float:
        """Return how far to the right of the screen a way in the world leads."""
        return self._right[0] * way[0] + self._right[2] * way[2]

    def see_all(self, places: Mapping[str, Vec]) -> Seen:
        """Return all of them as seen."""
        (a, _, c), (d, e, f), (g, h, i) = self._right, self._up, self._towards
        return {
            name: (a * x + c * z, d * x + e * y + f * z, g * x + h * y + i * z) for name, (x, y, z) in places.items()
        }


class Bounds(NamedTuple):
    """A rectangle of the view, in metres."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, discs: Iterable[tuple[float, float, float]]) -> Bounds:
        """Return the least rectangle that holds discs of ``(x, y, radius)``; a square metre where there are none."""
        left = bottom = 1e9
        right = top = -1e9
        for x, y, r in discs:
            left, right = min(left, x - r), max(right, x + r)
            bottom, top = min(bottom, y - r), max(top, y + r)
        return cls(left, bottom, right, top) if left <= right else cls(-0.5, -0.5, 0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Framing:
    """How metres of a view lie on a field of cells."""

    scale: float
    """Cell widths to a metre."""
    left: float
    """Metres of the view at the left edge of the field."""
    top: float
    """Metres of the view at its upper edge."""

    @classmethod
    def fit(cls, bounds: Bounds, width: int, height: int, *, aspect: float = 2.0, margin: float = 1.0) -> Framing:
        """Return the largest that shows ``bounds`` in the middle of the field, ``margin`` cell widths from each edge.

        On a field too small for the margin it is given up. The scale is never 0.
        """
        across, down = max(float(width), 1e-3), max(height * aspect, 1e-3)
        kept = margin if min(across, down) > 4 * margin else 0.0
        wide, tall = max(bounds.right - bounds.left, 1e-3), max(bounds.top - bounds.bottom, 1e-3)
        scale = min((across - 2 * kept) / wide, (down - 2 * kept) / tall)
        middle, centre = (bounds.left + bounds.right) / 2, (bounds.bottom + bounds.top) / 2
        return cls(scale, middle - across / 2 / scale, centre + down / 2 / scale)

    def spot(self, seen: Vec) -> Spot:
        """Return where a point of the view lies on the field."""
        return (seen[0] - self.left) * self.scale, (self.top - seen[1]) * self.scale
