"""What is drawn once and laid over again is, pixel for pixel, what comes of drawing everything anew."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_figure import EVERY, drill, library
from trainer.body.axes import Vec
from trainer.core.side import Side
from trainer.drawing.arrow import draw_dots, draw_hold, draw_stretch
from trainer.drawing.canvas import Canvas
from trainer.drawing.figure import Stage
from trainer.drawing.frame import Row
from trainer.drawing.glyphs import ALL_GLYPHS, Glyphs
from trainer.drawing.limbs import shade
from trainer.drawing.pane import Pane, lettered
from trainer.drawing.props import draw_prop

Cells = dict[tuple[int, int], tuple[str, str]]
"""By row and column, the sign and its role; none where it is blank."""


class Slow(Canvas):
    """Sets and clears pixel by pixel, and knows nothing of layers."""

    def clear(self) -> None:
        super().clear()
        self.lit: set[tuple[int, int]] = set()
        self.role_of: dict[tuple[int, int], str] = {}

    def _fill(self, pixels: Iterable[tuple[int, int]], role: str) -> None:
        pixels = list(pixels)
        super()._fill(pixels, role)
        for row, some in pixels:
            for bit in _bits(some):
                self.lit.add((row, bit))
                self.role_of[row, bit // 8] = role

    def _erase(self, pixels: list[tuple[int, int]]) -> None:
        super()._erase(pixels)
        self.lit -= {(row, bit) for row, some in pixels for bit in _bits(some)}

    def cells(self) -> Cells:
        patterns: dict[tuple[int, int], int] = {}
        for row, bit in self.lit:
            patterns[row, bit // 8] = patterns.get((row, bit // 8), 0) | 1 << bit % 8
        signs = {at: self._grid.table[pattern] for at, pattern in patterns.items()}
        return {at: (sign, self.role_of[at]) for at, sign in signs.items() if sign != " "}


def _bits(some: int) -> list[int]:
    return [bit for bit in range(some.bit_length()) if some >> bit & 1]


def cells_in(rows: tuple[Row, ...]) -> Cells:
    found: Cells = {}
    for y, row in enumerate(rows):
        signs = [(sign, run.role) for run in row for sign in run.text]
        found |= {(y, x): one for x, one in enumerate(signs) if one[0] != " "}
    return found


def drawn_anew(one: Stage, pane: Pane, phase: float, reach: float, *, backward: bool) -> Cells:
    """A pane's picture, everything drawn in its turn on one field."""
    field = pane.field
    canvas = Slow(field.width, field.height, field.glyphs, aspect=field.aspect)
    points = one._fleshed(one.motion.points(phase, reach, close_up=True))
    moving = one.accent.parts(phase, backward=backward)
    ring = pane._rings[round(phase * pane._looks) % len(pane._rings)] if pane._rings else None
    if ring:
        ring.draw_behind(canvas, phase, backward=backward)
    draw_prop(canvas, pane.prop, pane.view, pane.framing)
    pane._before = {}
    pane._draw(canvas, points, moving)
    if one.accent.begun:
        outline = Canvas(field.width, field.height, field.glyphs, aspect=field.aspect)
        first: dict[str, Vec] = one._fleshed(one.motion.points(0.0, close_up=True))
        shade(outline, pane._limbs, pane.view.see_all(first), pane.framing, one.accent.begun)
        for spot in outline.edge():
            canvas.dot(spot, "muted", is_behind=True)
    if ring:
        ring.draw_before(canvas, phase, backward=backward)
    else:
        ready = [path for path in pane._paths if path.is_under_way(phase, backward=backward)]
        for path in ready or pane._resting:
            draw_dots(canvas, path)
            if path.is_held(phase, backward=backward):
                draw_hold(canvas, path, phase)
            else:
                draw_stretch(canvas, path.stretch(phase, backward=backward))
    return canvas.cells()


@pytest.mark.parametrize("name", EVERY)
def test_a_kept_picture_is_what_comes_of_drawing_it_anew(name: str) -> None:
    for side, size, glyphs in ((Side.RIGHT, (57, 21), "quadrant"), (Side.LEFT, (40, 14), "octant")):
        kept = Stage(library().body, drill(name), side, *size, glyphs=glyphs)  # type: ignore[arg-type]
        plain = Stage(library().body, drill(name), side, *size, glyphs=glyphs)  # type: ignore[arg-type]
        # There and back, both ways round: what was kept is met in another order than it was made.
        order = [(i / 12, 1.0, backward) for backward in (False, True) for i in range(12)]
        order += [(i / 12, reach, False) for reach in (0.4, 1.0) for i in (7, 2, 5)]
        for phase, reach, backward in order:
            kept.frame(phase, reach=reach, backward=backward)
        for phase, reach, backward in order[5::7]:
            at_once = kept.frame(phase, reach=reach, backward=backward)
            anew = [drawn_anew(plain, pane, phase, reach, backward=backward) for pane in plain._panes]
            letters = [{(y, x) for x, y, _, _ in pane.labels} for pane in plain._panes]
            assert _without(cells_in(at_once.rows), plain, letters) == _joined(plain, anew, letters)


def _without(cells: Cells, one: Stage, letters: list[set[tuple[int, int]]]) -> Cells:
    taken = {(y, x + off) for off, some in zip(_offsets(one), letters, strict=True) for y, x in some}
    return {at: cell for at, cell in cells.items() if at not in taken}


def _joined(one: Stage, panes: list[Cells], letters: list[set[tuple[int, int]]]) -> Cells:
    """The panes side by side, but for the letters of left and right, which are put in after all."""
    found = {
        (y, x + off): cell for off, some in zip(_offsets(one), panes, strict=True) for (y, x), cell in some.items()
    }
    return _without(found, one, letters)


def _offsets(one: Stage) -> list[int]:
    return [0, *(pane.field.width + 1 for pane in one._panes[:1])][: len(one._panes)]


def test_letters_are_put_into_rows_that_are_kept() -> None:
    one = Stage(library().body, drill("ankle-pumps"), Side.BOTH, 57, 21)
    pane = one._panes[0]
    rows = pane.rows(one._drawn(one.motion.points(0.0, close_up=True), frozenset())[0], 0.0)
    assert lettered(pane, rows) == lettered(pane, rows) != rows


Stroke = tuple[bool, tuple[float, float], float, tuple[float, float], float, str]
"""Whether it clears, and a tapered limb."""
places = st.tuples(st.floats(-2, 14), st.floats(-2, 10))
radii = st.floats(0, 3)
strokes = st.lists(
    st.tuples(st.booleans(), places, radii, places, radii, st.sampled_from(["", "limb", "path"])), max_size=6
)


def stroke(canvas: Canvas, some: list[Stroke]) -> None:
    for is_cut, start, start_radius, end, end_radius, role in some:
        if is_cut:
            canvas.cut(start, start_radius, end, end_radius)
        else:
            canvas.capsule(start, start_radius, end, end_radius, role)


@settings(deadline=None, max_examples=80)
@given(strokes, strokes, strokes, st.sampled_from(ALL_GLYPHS))
def test_a_layer_does_to_a_field_what_drawing_on_it_would(
    below: list[Stroke],
    above: list[Stroke],
    last: list[Stroke],
    glyphs: Glyphs,
) -> None:
    plain, field = Slow(12, 4, glyphs), Canvas(12, 4, glyphs)
    for some in (below, above, last):
        stroke(plain, some)
    stroke(field, below)
    upper, top = field.fresh(), field.fresh()
    stroke(upper, above)
    stroke(top, last)
    upper.lay(top.layer())  # a layer of layers
    field.lay(upper.layer())
    assert cells_in(field.rows()) == plain.cells()


@given(strokes, st.lists(places, max_size=30))
def test_dots_laid_behind_go_where_dots_set_behind_would(
    below: list[Stroke],
    spots: list[tuple[float, float]],
) -> None:
    plain, field = Slow(12, 4), Canvas(12, 4)
    stroke(plain, below)
    stroke(field, below)
    dotted = field.fresh()
    for spot in spots:
        plain.dot(spot, "path", is_behind=True)
        dotted.dot(spot, "path", is_behind=True)
    field.lay_behind(dotted.layer())
    assert cells_in(field.rows()) == plain.cells()
