"""Filled shapes into the pixels of cells: tapered limbs, discs, lines and dots, as rows of a Frame.

Lengths are in cell widths, x to the right and y down; a cell is 1 wide and ``aspect`` high. What is
drawn later lies in front. A row of cells is one Python integer of 8 bits a cell, so a span of pixels is
two look-ups, an exclusive or and an or, however long it is.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING

from trainer.drawing.frame import Frame, Row, Run
from trainer.drawing.glyphs import Glyphs, GlyphSet, glyph_set, pick_glyphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Glyphs", "Raster", "Spot", "pick_glyphs"]

Spot = tuple[float, float]
"""A place: x and y."""

_STRETCH = re.compile(rb"\x00*([^\x00])(?:\1|\x00)*", re.DOTALL)
_MASK = bytes([0]) + bytes([255]) * 255


_ROUNDING = 1e-9
"""Square cells by which a line may miss a disc that it only touches."""


class Raster:
    """A field of ``width`` by ``height`` cells to draw on."""

    def __init__(self, width: int, height: int, glyphs: Glyphs | GlyphSet = "quadrant", *, aspect: float = 2.0) -> None:
        chosen = glyphs if isinstance(glyphs, GlyphSet) else glyph_set(glyphs)
        self.width = max(0, width)
        self.height = max(0, height)
        self.aspect = aspect
        self._across, self._down, self._table = chosen.across, chosen.down, chosen.table
        self._columns = self.width * self._across
        self._lines = self.height * self._down
        self._per_unit = self._down / aspect
        # For each line of a cell: the bits of all pixels left of a column.
        self._before: list[list[int]] = []
        for line in range(self._down):
            bits, masks = 0, [0]
            for column in range(self._columns):
                cell, x = divmod(column, self._across)
                bits |= 1 << (8 * cell + line * self._across + x)
                masks.append(bits)
            self._before.append(masks)
        self._places = [(line // self._down, self._before[line % self._down]) for line in range(self._lines)]
        self.clear()

    def clear(self) -> None:
        """Empty the field."""
        self._bits = [0] * self.height
        self._inks = [bytearray(self.width) for _ in range(self.height)]
        self._roles: list[str] = [""]

    def capsule(
        self, start: Spot, start_radius: float, end: Spot, end_radius: float, role: str, *, halo: float = 0.0
    ) -> None:
        """Fill a limb: two discs and the straight skin between them.

        ``halo`` first clears a margin of that width around it, so that it stands off what lies behind.
        Any shape at least touches one pixel in each line it crosses, so thin ones do not break up.
        """
        if halo > 0:
            self._erase(self._spans(start, start_radius + halo, end, end_radius + halo))
        self._fill(self._spans(start, start_radius, end, end_radius), role)

    def disc(self, centre: Spot, radius: float, role: str, *, halo: float = 0.0) -> None:
        """Fill a disc."""
        self.capsule(centre, radius, centre, radius, role, halo=halo)

    def polyline(self, spots: Sequence[Spot], radius: float, role: str, *, halo: float = 0.0) -> None:
        """Draw a line through the spots, round at its ends and corners; ``radius`` is half its thickness."""
        legs = tuple(pairwise(spots)) or tuple((spot, spot) for spot in spots)
        if halo > 0:
            for start, end in legs:
                self._erase(self._spans(start, radius + halo, end, radius + halo))
        for start, end in legs:
            self._fill(self._spans(start, radius, end, radius), role)

    def dot(self, spot: Spot, role: str, *, is_behind: bool = False) -> None:
        """Set the one pixel a spot lies in; ``is_behind`` leaves cells alone that hold anything."""
        column, line = floor(spot[0] * self._across), floor(spot[1] * self._per_unit)
        if not (0 <= column < self._columns and 0 <= line < self._lines):
            return
        if is_behind and self._bits[line // self._down] >> (8 * (column // self._across)) & 255:
            return
        self._fill(((line, column, column + 1),), role)

    def rows(self) -> tuple[Row, ...]:
        """Return the rows as runs; a blank cell takes the role of its neighbour."""
        out: list[Row] = []
        blank: Row = (Run(" " * self.width),) if self.width else ()
        for bits, inks in zip(self._bits, self._inks, strict=True):
            if not bits:
                out.append(blank)
                continue
            patterns = bits.to_bytes(self.width, "little")
            text = patterns.decode("latin-1").translate(self._table)
            lit = int.from_bytes(patterns.translate(_MASK), "little") & int.from_bytes(inks, "little")
            stretches = _STRETCH.finditer(lit.to_bytes(self.width, "little"))
            out.append(tuple(Run(text[s.start() : s.end()], self._roles[s[1][0]]) for s in stretches))
        return tuple(out)

    def frame(self) -> Frame:
        """Return what was drawn so far."""
        return Frame(self.width, self.height, self.rows())

    def _ink(self, role: str) -> int:
        if role not in self._roles:
            self._roles.append(role)
        # The empty role drawn on purpose needs an ink of its own beside "nothing drawn".
        return self._roles.index(role) if role else self._plain_ink()

    def _plain_ink(self) -> int:
        if "" not in self._roles[1:]:
            self._roles.append("")
        return self._roles.index("", 1)

    def _fill(self, spans: Iterable[tuple[int, int, int]], role: str) -> None:
        ink = bytes([self._ink(role)])
        bits, inks, places, across = self._bits, self._inks, self._places, self._across
        for line, left, right in spans:
            row, masks = places[line]
            bits[row] |= masks[right] ^ masks[left]
            first, last = left // across, (right - 1) // across + 1
            inks[row][first:last] = ink * (last - first)

    def _erase(self, spans: Iterable[tuple[int, int, int]]) -> None:
        bits, places = self._bits, self._places
        for line, left, right in spans:
            row, masks = places[line]
            bits[row] &= ~(masks[right] ^ masks[left])

    def _spans(self, a: Spot, ra: float, b: Spot, rb: float) -> Iterator[tuple[int, int, int]]:
        """Yield (line, first column, column past the last) of a tapered capsule, cut to the field."""
        # Written out, with no call that can be spared: half of what a picture costs is spent here.
        (ax, ay), (bx, by) = a, b
        per_unit, across, columns = self._per_unit, self._across, self._columns
        edges = _skin(ax, ay, ra, bx, by, rb)
        top, bottom = min(ay - ra, by - rb), max(ay + ra, by + rb)
        first, last = ceil(top * per_unit - 0.5), floor(bottom * per_unit - 0.5)
        if last < first:
            first = last = floor((top + bottom) / 2 * per_unit)
        discs = ((ax, ay, ra * ra), (bx, by, rb * rb)) if a != b else ((ax, ay, max(ra, rb) ** 2),)
        for line in range(max(first, 0), min(last, self._lines - 1) + 1):
            # A shape thinner than a line may miss its middle: there, cut it at its own.
            y = (line + 0.5) / per_unit
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
                yield line, left, right


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
