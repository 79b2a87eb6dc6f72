"""Filled shapes into the pixels of cells: tapered limbs, discs, lines and dots, as rows of a Frame.

Lengths are in cell widths, x to the right and y down; a cell is 1 wide and ``aspect`` high. What is drawn later lies
in front. A raster remembers what was cleared as well, so that it can be kept and laid over others.
"""

from __future__ import annotations

import re
from copy import copy
from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING

from trainer.drawing.frame import Frame, Row, Run
from trainer.drawing.glyphs import Glyphs, GlyphSet, glyph_set, pick_glyphs
from trainer.drawing.grid import Grid, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self

    from trainer.drawing.grid import Pixels

__all__ = ["Glyphs", "Raster", "Spot", "pick_glyphs"]

_STRETCH = re.compile(rb"\x00*([^\x00])(?:\1|\x00)*", re.DOTALL)
_MASK = bytes([0]) + bytes([255]) * 255
_NOTHING = "\0"
"""What the first ink draws."""
Layer = tuple[tuple[int, int, int, int, int], ...]
"""What was drawn on a field: by row its number, the pixels set, those cleared, the cells inked and their inks."""
_ROWS_KEPT = 600
"""Rows of runs that are remembered, as those that come again cost most."""


class Raster:
    """A field of ``width`` by ``height`` cells to draw on."""

    def __init__(self, width: int, height: int, glyphs: Glyphs | GlyphSet = "quadrant", *, aspect: float = 2.0) -> None:
        chosen = glyphs if isinstance(glyphs, GlyphSet) else glyph_set(glyphs)
        self.width = max(0, width)
        self.height = max(0, height)
        self.aspect = aspect
        self._grid = Grid(self.width, self.height, chosen, aspect)
        self._roles = [_NOTHING]  # by ink
        self._known: dict[tuple[int, int], Row] = {}
        self.clear()

    def clear(self) -> None:
        """Empty the field."""
        self._bits = [0] * self.height
        """By row, which pixels are set."""
        self._gone = [0] * self.height
        """Which pixels were cleared, wherever something else is set now."""
        self._cells = [0] * self.height
        """Which cells an ink was put into: 255 a cell."""
        self._inks = [0] * self.height
        """The ink of each of those."""
        self._wet: dict[int, int] = {}  # by row, pixels of the last role whose cells are not inked yet
        self._role = _NOTHING

    def fresh(self) -> Self:
        """Return an empty field of the same size, to be laid over this one."""
        made = copy(self)
        made.clear()
        return made

    def capsule(
        self, start: Spot, start_radius: float, end: Spot, end_radius: float, role: str, *, halo: float = 0.0
    ) -> None:
        """Fill a limb: two discs and the straight skin between them.

        ``halo`` first clears a margin of that width around it, so that it stands off what lies behind.
        Any shape at least touches one pixel in each line it crosses, so thin ones do not break up.
        """
        if halo > 0:
            self._erase(self._grid.capsule(start, start_radius + halo, end, end_radius + halo))
        self._fill(self._grid.capsule(start, start_radius, end, end_radius), role)

    def disc(self, centre: Spot, radius: float, role: str, *, halo: float = 0.0) -> None:
        """Fill a disc."""
        self.capsule(centre, radius, centre, radius, role, halo=halo)

    def polyline(self, spots: Sequence[Spot], radius: float, role: str, *, halo: float = 0.0) -> None:
        """Draw a line through the spots, round at its ends and corners; ``radius`` is half its thickness."""
        legs = tuple(pairwise(spots)) or tuple((spot, spot) for spot in spots)
        if halo > 0:
            for start, end in legs:
                self._erase(self._grid.capsule(start, radius + halo, end, radius + halo))
        for start, end in legs:
            self._fill(self._grid.capsule(start, radius, end, radius), role)

    def dot(self, spot: Spot, role: str, *, is_behind: bool = False) -> None:
        """Set the one pixel a spot lies in; ``is_behind`` leaves cells alone that hold anything."""
        grid = self._grid
        column, line = floor(spot[0] * grid.across), floor(spot[1] * grid.per_unit)
        if not (0 <= column < grid.columns and 0 <= line < grid.lines):
            return
        if is_behind and self._bits[line // grid.down] >> (8 * (column // grid.across)) & 255:
            return
        self._fill((grid.span(line, column, column + 1),), role)

    def layer(self) -> Layer:
        """Return what was drawn so far, what was cleared included, to lay it over other fields."""
        self._dry()
        rows = zip(self._bits, self._gone, self._cells, self._inks, strict=True)
        return tuple((row, *found) for row, found in enumerate(rows) if found[1] or found[2])

    def lay(self, layer: Layer) -> None:
        """Draw at once all that a layer holds; it must be of a ``fresh`` field of this one, or of its like."""
        self._dry()
        bits, gone, cells, inks = self._bits, self._gone, self._cells, self._inks
        for row, over, cleared, touched, ink in layer:
            if cleared:
                bits[row] &= ~cleared
                gone[row] |= cleared
            bits[row] |= over
            inks[row] = inks[row] & ~touched | ink
            cells[row] |= touched

    def lay_behind(self, dots: Layer) -> None:
        """Draw a layer of dots wherever the cells of this field hold nothing yet."""
        self._dry()
        bits, cells, inks = self._bits, self._cells, self._inks
        for row, over, _, touched, ink in dots:
            free = touched & ~self._touched(bits[row])
            bits[row] |= over & free
            inks[row] = inks[row] & ~free | ink & free
            cells[row] |= free

    def rows(self) -> tuple[Row, ...]:
        """Return the rows as runs; a blank cell takes the role of its neighbour."""
        self._dry()
        known = self._known
        if len(known) > _ROWS_KEPT:
            known.clear()
        out: list[Row] = []
        for bits, inks in zip(self._bits, self._inks, strict=True):
            row = known.get((bits, inks))
            if row is None:
                row = known[bits, inks] = self._runs(bits, inks)
            out.append(row)
        return tuple(out)

    def frame(self) -> Frame:
        """Return what was drawn so far."""
        return Frame(self.width, self.height, self.rows())

    def _runs(self, bits: int, inks: int) -> Row:
        width = self.width
        if not bits:
            return (Run(" " * width),) if width else ()
        patterns = bits.to_bytes(width, "little")
        text = patterns.decode("latin-1").translate(self._grid.table)
        lit = int.from_bytes(patterns.translate(_MASK), "little") & inks
        stretches = _STRETCH.finditer(lit.to_bytes(width, "little"))
        return tuple(Run(text[s.start() : s.end()], self._roles[s[1][0]]) for s in stretches)

    def _fill(self, pixels: Iterable[tuple[int, int]], role: str) -> None:
        if role != self._role:
            self._dry()
            self._role = role
        bits, wet = self._bits, self._wet
        for row, some in pixels:
            bits[row] |= some
            wet[row] = wet.get(row, 0) | some

    def _erase(self, pixels: Pixels) -> None:
        bits, gone = self._bits, self._gone
        for row, some in pixels:
            bits[row] &= ~some
            gone[row] |= some

    def _dry(self) -> None:
        """Put the ink of what was filled last into its cells: once for all that follows each other in one role."""
        if not self._wet:
            return
        if self._role not in self._roles:
            self._roles.append(self._role)
        ink = int.from_bytes(bytes([self._roles.index(self._role)]) * self.width, "little")
        cells, inks = self._cells, self._inks
        for row, some in self._wet.items():
            touched = self._touched(some)
            cells[row] |= touched
            inks[row] = inks[row] & ~touched | ink & touched
        self._wet.clear()

    def _touched(self, bits: int) -> int:
        """Return all bits of those cells that hold any."""
        return int.from_bytes(bits.to_bytes(self.width, "little").translate(_MASK), "little") if bits else 0
