"""A field that bodies are drawn on: limbs with one gap around their bones, holes, triangles, and an outline to keep."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from trainer.drawing.raster import Raster, Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

HALO = 0.55
"""Cell widths of the gap around a limb; less is lost between pixels (measured)."""

Piece = tuple[Spot, float, Spot, float, str]
"""A bone on the field: start, radius, end, radius, role."""


class Canvas(Raster):
    """A raster that also draws whole limbs and can cut holes."""

    def cut(self, start: Spot, start_radius: float, end: Spot, end_radius: float) -> None:
        """Clear a tapered capsule."""
        self._erase(self._grid.capsule(start, start_radius, end, end_radius))

    def wedge(self, corners: tuple[Spot, Spot, Spot], role: str) -> None:
        """Fill a triangle."""
        top, bottom = min(y for _, y in corners), max(y for _, y in corners)
        sides = [(a, b) for a, b in zip(corners, (*corners[1:], corners[0]), strict=True) if a[1] != b[1]]
        grid, pixels = self._grid, []
        first, last = ceil(top * grid.per_unit - 0.5), floor(bottom * grid.per_unit - 0.5)
        for line in range(max(0, first), min(grid.lines - 1, last) + 1):
            y = grid.ys[line]
            at = [
                a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])
                for a, b in sides
                if min(a[1], b[1]) <= y <= max(a[1], b[1])
            ]
            if at:
                left, right = round(min(at) * grid.across), round(max(at) * grid.across)
                left, right = max(0, left), min(max(right, left + 1), grid.columns)
                if left < right:
                    pixels.append(grid.span(line, left, right))
        self._fill(pixels, role)

    def edge(self) -> list[Spot]:
        """Return every other pixel of the outline of what was drawn, as spots."""
        grid = self._grid
        lines = [
            [
                bool(self._bits[line // grid.down] >> (8 * (x // grid.across) + at + x % grid.across) & 1)
                for x in range(grid.columns)
            ]
            for line in range(grid.lines)
            for at in (line % grid.down * grid.across,)
        ]
        return [
            ((x + 0.5) / grid.across, (y + 0.5) / grid.per_unit)
            for y in range(1, grid.lines - 1)
            for x in range(1, grid.columns - 1)
            if lines[y][x]
            and (x // grid.across + y) % 2 == 0
            and not (lines[y - 1][x] and lines[y + 1][x] and lines[y][x - 1] and lines[y][x + 1])
        ]

    def limb(self, pieces: Sequence[Piece], *, halo: float = HALO, tucked: float = 0.0) -> None:
        """Fill bones that belong together inside one common gap; the first is without one for its ``tucked`` part."""
        for i, (start, start_radius, end, end_radius, _) in enumerate(pieces):
            at = start
            if tucked and not i:
                at = start[0] + (end[0] - start[0]) * tucked, start[1] + (end[1] - start[1]) * tucked
            self.cut(at, start_radius + halo, end, end_radius + halo)
        for start, start_radius, end, end_radius, role in pieces:
            self.capsule(start, start_radius, end, end_radius, role)
