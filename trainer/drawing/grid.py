"""The pixels of a field of cells, and which of them a tapered limb covers: two discs and the straight skin between.

A row of cells is one Python integer of 8 bits a cell, so a span of pixels is two look-ups and an exclusive or, however
long it is. Nothing in a grid ever changes, so all that is drawn at one size can share it.
"""

from __future__ import annotations

from math import ceil, floor, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.drawing.glyphs import GlyphSet

Spot = tuple[float, float]
"""A place: x and y."""
Pixels = list[tuple[int, int]]
"""Rows of cells, each with the bits of some pixels in it; a row may come more than once."""

_ROUNDING = 1e-9
"""Square cells by which a line may miss a disc that it only touches."""


class Grid:
    """Where the pixels of ``width`` by ``height`` cells lie, with a glyph set's pixels a cell."""

    __slots__ = ("across", "columns", "down", "height", "lines", "per_unit", "places", "table", "width", "ys")

    def __init__(self, width: int, height: int, glyphs: GlyphSet, aspect: float) -> None:
        """``aspect``: height of a cell in its widths."""
        self.width, self.height = width, height
        self.across, self.down, self.table = glyphs.across, glyphs.down, glyphs.table
        self.columns, self.lines = width * self.across, height * self.down
        self.per_unit = self.down / aspect
        # For each line of a cell: the bits of all pixels left of a column.
        before: list[list[int]] = []
        for line in range(self.down):
            bits, masks = 0, [0]
            for column in range(self.columns):
                cell, x = divmod(column, self.across)
                bits |= 1 << (8 * cell + line * self.across + x)
                masks.append(bits)
            before.append(masks)
        self.places = [(line // self.down, before[line % self.down]) for line in range(self.lines)]
        """By line, its row and for each column the bits of what lies left of it."""
        self.ys = [(line + 0.5) / self.per_unit for line in range(self.lines)]
        """By line, its middle, in cell widths."""

    def span(self, line: int, left: int, right: int) -> tuple[int, int]:
        """Return the row of a line and its pixels from column ``left`` to before ``right``."""
        row, masks = self.places[line]
        return row, masks[right] ^ masks[left]

    def capsule(self, a: Spot, ra: float, b: Spot, rb: float) -> Pixels:
        """Return the pixels of a tapered capsule, cut to the field.

        Each line that it crosses has one at least, so that thin ones do not break up.
        """
        # Written out, with no call that can be spared: half of what a picture costs is spent here.
        (ax, ay), (bx, by) = a, b
        per_unit, across, columns = self.per_unit, self.across, self.columns
        if (ax + ra < -1.0 and bx + rb < -1.0) or (ax - ra > self.width + 1.0 and bx - rb > self.width + 1.0):
            return []
        edges = _skin(ax, ay, ra, bx, by, rb)
        top, bottom = min(ay - ra, by - rb), max(ay + ra, by + rb)
        first, last = ceil(top * per_unit - 0.5), floor(bottom * per_unit - 0.5)
        if last < first:
            first = last = floor((top + bottom) / 2 * per_unit)
        discs = ((ax, ay, ra * ra), (bx, by, rb * rb)) if a != b else ((ax, ay, max(ra, rb) ** 2),)
        places, ys = self.places, self.ys
        found: Pixels = []
        for line in range(max(first, 0), min(last, self.lines - 1) + 1):
            # A shape thinner than a line may miss its middle: there, cut it at its own.
            y = ys[line]
            y = top if y < top else bottom if y > bottom else y
            low, high = 1e9, -1e9
            for x, middle, square in discs:
                rest = square - (y - middle) * (y - middle)
                if rest >= -_ROUNDING:
                    half = sqrt(rest) if rest > 0.0 else 0.0
                    if x - half < low:
                        low = x - half
                    if x + half > high:
                        high = x + half
            for x, above, slope, below in edges:
                if above <= y <= below:
                    at = x + (y - above) * slope
                    if at < low:
                        low = at
                    if at > high:
                        high = at
            if low > high:
                continue
            left, right = ceil(low * across - 0.5), floor(high * across - 0.5) + 1
            if right <= left:
                left = floor((low + high) / 2 * across)
                right = left + 1
            if left < 0:
                left = 0
            if right > columns:
                right = columns
            if left < right:
                row, masks = places[line]
                found.append((row, masks[right] ^ masks[left]))
        return found


def _skin(
    ax: float, ay: float, ra: float, bx: float, by: float, rb: float
) -> tuple[tuple[float, float, float, float], ...]:
    """Return the two common tangents of the discs, each as x, upper y, slope of x over y, lower y."""
    dx, dy = bx - ax, by - ay
    length = sqrt(dx * dx + dy * dy)
    if length <= abs(ra - rb) or length < 1e-6:
        return ()
    ux, uy = dx / length, dy / length
    along = (ra - rb) / length
    across = sqrt(1 - along * along)
    edges: list[tuple[float, float, float, float]] = []
    for side in (1.0, -1.0):
        nx, ny = along * ux - side * across * uy, along * uy + side * across * ux
        x0, y0, x1, y1 = ax + nx * ra, ay + ny * ra, bx + nx * rb, by + ny * rb
        if y0 > y1:
            x0, y0, x1, y1 = x1, y1, x0, y0
        edges.append((x0, y0, (x1 - x0) / (y1 - y0) if y1 > y0 else 0.0, y1))
    return tuple(edges)
