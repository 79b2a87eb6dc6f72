"""One picture of the moving body on a field of its own: fitted once to the whole repetition, so that it never jumps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from trainer.drawing.arrow import Path, clear_of, draw_dots, draw_hold, draw_stretch
from trainer.drawing.camera import Bounds, Framing, View
from trainer.drawing.canvas import Canvas
from trainer.drawing.closeup import draw_face, draw_hollow, draw_underside, draw_weight
from trainer.drawing.frame import Row, Run
from trainer.drawing.limbs import Drawn, Limb, discs, draw_limbs, far_limbs, shade
from trainer.drawing.props import Prop, draw_prop
from trainer.drawing.ring import Ring

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trainer.body.axes import Vec
    from trainer.drawing.glyphs import Glyphs
    from trainer.drawing.raster import Layer
    from trainer.drawing.ring import Round

_SIDED = {"r": "limb.right", "l": "limb.left"}
_MASKS = 6
"""Moments of a repetition at which the body's outline is looked at, to keep the path clear of it."""


@dataclass(frozen=True, slots=True)
class Field:
    """Cells to draw on."""

    width: int
    """Cells across."""
    height: int
    """Rows down."""
    glyphs: Glyphs
    """How pixels become characters."""
    aspect: float
    """Height of a cell in its widths."""


class _Signs(NamedTuple):
    """What shows at a phase where the movement goes."""

    behind: Layer
    """What the body may hide."""
    before: tuple[tuple[Layer, Layer], ...]
    """By path, its dots, which hide nothing, and the arrow, which does."""


class Pane:
    """The body, or a part of it, on its own field."""

    def __init__(
        self,
        field: Field,
        view: View,
        limbs: Sequence[Limb],
        looks: Sequence[Mapping[str, Vec]],
        prop: Prop,
        *,
        traced: Sequence[str] = (),
        pivot: str = "",
        labelled: str = "",
        is_close: bool = False,
        air: float = 0.0,
        way: Round | None = None,
        leads_apart: bool = False,
        begun: frozenset[str] = frozenset(),
        sole: Literal["", "arch", "edges", "under"] = "",
    ) -> None:
        """``looks``: fleshed points at equal steps of one repetition. ``traced``: points whose path is drawn.

        ``pivot``: the point the movement turns about. ``labelled``: the point of each side beside which its letter
        stands; none where empty. ``is_close``: what lies around may be cut off.
        ``air``: share of the figure's size left free on each side for the path. ``way``: drawn round the body instead
        of a path. ``leads_apart``: the paths lead apart, each is placed by itself.
        ``begun``: parts whose outline stays dotted where they began.
        ``sole``: what of it is shown, its arch, the edge it stands on, or it from below.
        """
        self.field = field
        self.view = view
        self.prop = prop
        self._looks = len(looks)
        self._sole = sole
        seen = [view.see_all(look) for look in looks]
        self._limbs = tuple(limbs)
        self._sides = tuple(s for s in "rl" if any(limb.side == s for limb in self._limbs))
        self._far = far_limbs(self._limbs, seen)
        level = way.places(looks) if way else ()
        ways = [way.tipped(level, look) for look in looks] if way and way.tips else [level]
        bounds = Bounds.around(
            [
                *((*view.see(place)[:2], 0.03) for one in ways for place in one),
                *(disc for one in seen for disc in discs(self._limbs, one)),
                *((*view.see(place)[:2], 0.0) for bar in prop.bars for place in bar if not is_close),
            ]
        )
        air *= max(bounds.right - bounds.left, bounds.top - bounds.bottom)
        bounds = Bounds(bounds.left - air, bounds.bottom - air, bounds.right + air, bounds.top + air)
        self.framing = Framing.fit(bounds, field.width, field.height, aspect=field.aspect, margin=0.5)
        self._blank = Canvas(field.width, field.height, field.glyphs, aspect=field.aspect)
        room = self._blank.fresh()
        draw_prop(room, prop, view, self.framing)
        self._room = room.layer()
        self._before: dict[str, Drawn] = {}
        self._signs: dict[tuple[int, bool], _Signs] = {}
        self._rings = [Ring.of(one, way.middle(looks), view, self.framing) for one in ways] if way else []
        masks = self._masks(looks) if traced or labelled else ()
        paths = [Path.of([self.framing.spot(one[name]) for one in seen]) for name in traced]
        about = [self.framing.spot(seen[0][name]) for name in self._both(pivot, seen[0])]
        middle = (sum(x for x, _ in about) / len(about), sum(y for _, y in about) / len(about)) if about else (0.0, 0.0)
        paths = [path for path in paths if path.length > 0.5]
        together = [[path] for path in paths] if leads_apart else [paths]
        self._paths = tuple(path for some in together for path in clear_of(some, middle, masks, field.aspect))
        self._begun: Layer = ()
        if begun:
            canvas, outline = self._blank.fresh(), self._blank.fresh()
            shade(canvas, self._limbs, seen[0], self.framing, begun)
            for spot in canvas.edge():
                outline.dot(spot, "muted", is_behind=True)
            self._begun = outline.layer()
        self._resting = self._paths if leads_apart else self._paths[:1]
        self.labels = self._placed(labelled, seen[0], masks) if labelled else ()

    def body(self, points: Mapping[str, Vec], moving: frozenset[str]) -> Layer:
        """Draw the body's fleshed points, and nothing else."""
        canvas = self._blank.fresh()
        self._draw(canvas, points, moving)
        return canvas.layer()

    def rows(self, body: Layer, phase: float | None, *, backward: bool = False) -> tuple[Row, ...]:
        """Draw a body in its room and its path; the path is left out where there is no phase."""
        canvas = self._blank.fresh()
        signs = None if phase is None else self._signs_at(phase, backward=backward)
        if signs:
            canvas.lay(signs.behind)
        canvas.lay(self._room)
        canvas.lay(body)
        if signs:
            canvas.lay_behind(self._begun)
            for dotted, solid in signs.before:
                canvas.lay_behind(dotted)
                canvas.lay(solid)
        return canvas.rows()

    def _signs_at(self, phase: float, *, backward: bool) -> _Signs:
        """Return the path and the arrow at a phase; they are drawn once, for a path has few steps."""
        key = round(phase * self._looks) % self._looks, backward
        if key not in self._signs:
            self._signs[key] = self._draw_signs(phase, backward=backward)
        return self._signs[key]

    def _draw_signs(self, phase: float, *, backward: bool) -> _Signs:
        if self._rings:
            behind, before = self._blank.fresh(), self._blank.fresh()
            ring = self._rings[round(phase * self._looks) % len(self._rings)]
            ring.draw_behind(behind, phase, backward=backward)
            ring.draw_before(before, phase, backward=backward)
            return _Signs(behind.layer(), (((), before.layer()),))
        ready = [path for path in self._paths if path.is_under_way(phase, backward=backward)]
        drawn: list[tuple[Layer, Layer]] = []
        for path in ready or self._resting:
            dotted, solid = self._blank.fresh(), self._blank.fresh()
            draw_dots(dotted, path)
            if path.is_held(phase, backward=backward):
                draw_hold(solid, path, phase)
            else:
                draw_stretch(solid, path.stretch(phase, backward=backward))
            drawn.append((dotted.layer(), solid.layer()))
        return _Signs((), tuple(drawn))

    def _draw(self, canvas: Canvas, points: Mapping[str, Vec], moving: frozenset[str]) -> None:
        seen = self.view.see_all(points)
        over = {"head": lambda: draw_face(canvas, seen, self.framing, moving)}
        if self._sole == "arch":
            over |= {f"leg_{s}": partial(draw_hollow, canvas, seen, self.framing, s) for s in self._sides}
        if self._sole == "under":
            over |= {
                limb.name: partial(
                    draw_underside,
                    *(canvas, seen, self.framing, limb.side, limb.name[:3], _SIDED[limb.side]),
                    is_mirrored=self.view.is_mirrored,
                )
                for limb in self._limbs
                if limb.name in ("leg_r", "leg_l", "arm_r", "arm_l")
            }
        draw_limbs(
            canvas,
            self._limbs,
            seen,
            self.framing,
            moving,
            self._far,
            over=over,
            before=self._before,
        )
        if self._sole == "edges":
            for side in self._sides:
                draw_weight(canvas, points, self.view, self.framing, side)

    def _masks(self, looks: Sequence[Mapping[str, Vec]]) -> list[tuple[str, ...]]:
        """Return where the body is at some moments, blank where it is not."""
        field, step = self.field, max(1, len(looks) // _MASKS)
        out: list[tuple[str, ...]] = []
        for look in looks[::step]:
            canvas = Canvas(field.width, field.height, "half", aspect=field.aspect)
            shade(canvas, self._limbs, self.view.see_all(look), self.framing)
            out.append(canvas.frame().lines())
        return out

    def _both(self, name: str, seen: Mapping[str, Vec]) -> tuple[str, ...]:
        names = (name,) if name in seen else (f"{name}_r", f"{name}_l")
        return tuple(one for one in names if one in seen) if name else ()

    def _placed(
        self, name: str, seen: Mapping[str, Vec], masks: Sequence[Sequence[str]]
    ) -> tuple[tuple[int, int, str, str], ...]:
        """Return ``(column, row, letter, role)`` of the letters: the nearest cell that stays free all along."""
        field = self.field
        out: list[tuple[int, int, str, str]] = []
        taken = {(int(x) + i, int(y / field.aspect)) for path in self._paths for x, y in path.spots for i in (-1, 0, 1)}
        for s in self._sides:
            limb = next(limb for limb in self._limbs if limb.side == s and name in _ends(limb))
            x, y = self.framing.spot(seen[f"{name}_{s}"])
            column, row = int(x), int(y / field.aspect)
            free = [
                (abs(c - column) + 2.2 * abs(r - row) + (0.8 if r < row else 0), c, r)
                for r in range(max(0, row - 4), min(field.height, row + 5))
                for c in range(max(0, column - 9), min(field.width, column + 10))
                if (c, r) not in taken and all(not mask[r][max(0, c - 1) : c + 2].strip() for mask in masks)
            ]
            if free:
                _, c, r = min(free)
                taken |= {(c + i, r) for i in (-1, 0, 1)}
                role = "limb.far" if limb.name in self._far else _SIDED[s]
                out.append((c, r, s.upper(), role))
        return tuple(out)


def _ends(limb: Limb) -> set[str]:
    return {bone.end[:-2] for bone in limb.bones}


def lettered(pane: Pane, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows with the letters of left and right in them."""
    out = list(rows)
    for column, row, letter, role in pane.labels:
        before: list[Run] = []
        after: list[Run] = []
        at = 0
        for run in out[row]:
            left, right = run.text[: max(0, column - at)], run.text[max(0, column + 1 - at) :]
            if left:
                before.append(Run(left, run.role))
            if right:
                after.append(Run(right, run.role))
            at += len(run.text)
        out[row] = (*before, Run(letter, role), *after)
    return tuple(out)
