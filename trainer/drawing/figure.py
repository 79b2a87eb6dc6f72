"""The figure: a drill's movement at a phase, from the drill's camera, at any size; a Frame exactly as large as asked.

A ``Stage`` is a drill on one side at one size: it looks at the whole repetition once, so that what it draws fills its
room in every phase and stands still. Small parts (feet, hands, head) get a close-up beside the whole body, or alone
where there is little room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from trainer.body.motion import Motion
from trainer.core.drill import Sides
from trainer.core.side import Side
from trainer.drawing.accent import PIVOTS, Accent, simple
from trainer.drawing.camera import View
from trainer.drawing.closeup import DETAILED, add_sight, close_limbs
from trainer.drawing.frame import Frame, Row, Run
from trainer.drawing.kept import Kept
from trainer.drawing.limbs import fleshed, whole_body
from trainer.drawing.pane import Field, Pane, lettered
from trainer.drawing.props import Prop, floor_under, prop_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trainer.body.axes import Vec
    from trainer.body.skeleton import Body
    from trainer.core.drill import Drill
    from trainer.drawing.glyphs import Glyphs
    from trainer.drawing.raster import Layer

Shown = Literal["auto", "full", "focus"]
"""What is shown: the whole body, the part in focus, or what suits the room."""

ROOM_FOR_BOTH = (44, 16)
"""Cells and rows from which a close-up stands beside the whole body."""
_BODY_SHARE = 0.42
"""Share of the width that the whole body takes beside a close-up."""
_LOOKS = 24
"""Moments at which a repetition is looked at to fit it."""
_RAISED = {"feet": 22.0, "hands": 14.0, "head": 6.0, "eyes": 4.0}
"""Elevation of a close-up's camera in degrees, where the drill leaves it as usual."""
_FRONT = 20.0
"""Degrees off the front up to which a close-up shows both of a pair, side by side."""
_ASIDE = 45.0
"""Degrees off the front from which a foot is seen from the side."""
_USUAL_ELEVATION = 8.0
LOWEST_EYE, HIGHEST_EYE = -30.0, 75.0
"""Degrees between which the eye may be lowered and raised; beyond, the figure would be all crown or all soles."""
_BODIES_KEPT = 64
"""Bodies drawn without their path, which come again on the way back, and where the same is done the other way round."""
_SMALL_M = 0.12
"""Metres of travel that can be seen in the whole figure; what moves less gets a close-up."""
_STUBS: Mapping[str, float] = {"hand": 0.2, "foot": 0.28}
"""By region, the share of forearm or shin in a close-up: the smaller the part that moves, the less."""
_ROLLED_STUB = 0.14
_AIR: Mapping[str, float] = {
    "still": 0.02,
    "path": 0.07,
    "head": 0.2,
    "eyes": 0.16,
    "close": 0.11,
    "toes": 0.3,
    "edges": 0.17,
}
"""Shares of a picture's size left free on each side; ``close``: a close-up that is not named."""
_OF_TRUNK = ("pelvis-lumbar", "thoracic")


class Stage:
    """A drill on one side, at one size, seen from one place; draws any phase of it."""

    def __init__(
        self,
        body: Body,
        drill: Drill,
        side: Side,
        width: int,
        height: int,
        *,
        glyphs: Glyphs = "quadrant",
        view: Shown = "auto",
        azimuth: float | None = None,
        elevation: float | None = None,
        raised: float = 0.0,
        mirror: bool = False,
        behind: bool = False,
        aspect: float = 2.0,
    ) -> None:
        """``azimuth`` and ``elevation``: degrees to see it from, instead of the drill's own.

        ``raised``: degrees by which the eye is higher than that, whole body and close-up alike. For the left side of
        a one-sided drill the azimuth is mirrored too, so that left is right in a mirror. ``mirror``: as in a mirror,
        the person's right is on the right. ``behind``: seen from behind. ``aspect``: height of a cell in its widths.
        """
        self.width, self.height = max(0, width), max(0, height)
        self.drill, self.side = drill, side
        self.motion = Motion.of(body, drill, side)
        self._is_of_eyes = drill.region == "eyes"
        looks = [self._fleshed(self.motion.points(i / _LOOKS, close_up=True)) for i in range(_LOOKS)]
        self.accent = Accent(drill, side, self.motion, looks)
        self._look = (azimuth, elevation, mirror, behind)
        self._raised = raised
        self._panes: list[Pane] = []
        self._bodies: Kept[tuple[float, float, frozenset[str]], tuple[Layer, ...]] = Kept(_BODIES_KEPT)
        if not self.width or not self.height:
            return
        for focus, columns in self._layout(view):
            field = Field(columns, self.height, glyphs, min(max(aspect, 0.5), 8.0))
            self._panes.append(self._pane(focus, field, looks))

    def frame(self, phase: float, *, reach: float = 1.0, backward: bool = False) -> Frame:
        """Draw a phase, 0 to 1. ``reach``: the part of the range used. ``backward``: the repetition runs that way."""
        phase %= 1.0
        moving = self.accent.parts(phase, backward=backward)
        pose = self._pose_like(phase)
        bodies = self._bodies.get(
            (pose, reach, moving), lambda: self._drawn(self.motion.points(pose, reach, close_up=True), moving)
        )
        return self._joined(bodies, phase, backward=backward)

    def still(self, points: Mapping[str, Vec]) -> Frame:
        """Draw a body in any pose (points with those of a close-up), without path or accent."""
        return self._joined(self._drawn(points, frozenset()), None)

    def _pose_like(self, phase: float) -> float:
        """Return the phase by which a pose goes that comes twice: on the way out, and back the same way."""
        way = self.motion.way
        if way is not None and (phase - way.begin) % 1.0 > 0.5:
            phase = 2 * way.begin - phase
        return round(phase, 9) % 1.0

    def _drawn(self, points: Mapping[str, Vec], moving: frozenset[str]) -> tuple[Layer, ...]:
        """Return the body as each pane shows it."""
        body = self._fleshed(points)
        return tuple([pane.body(body, moving) for pane in self._panes])

    def _joined(self, bodies: tuple[Layer, ...], phase: float | None, *, backward: bool = False) -> Frame:
        if not self._panes:
            return Frame.blank(self.width, self.height)
        pictures = [
            lettered(pane, pane.rows(body, phase, backward=backward))
            for pane, body in zip(self._panes, bodies, strict=True)
        ]
        gap: Row = (Run(" "),)
        if len(pictures) == 1:
            return Frame(self.width, self.height, pictures[0])
        first, second = pictures
        return Frame(self.width, self.height, tuple(a + gap + b for a, b in zip(first, second, strict=True)))

    def _fleshed(self, points: Mapping[str, Vec]) -> dict[str, Vec]:
        body = fleshed(points)
        return body | add_sight(body) if self._is_of_eyes else body

    def _layout(self, view: Shown) -> list[tuple[str, int]]:
        """Return what each pane shows and how wide it is."""
        close = self._close_up()
        if view == "focus":
            focus = self.drill.camera.focus
            return [(close or (focus if focus in ("upper", "legs") else "full"), self.width)]
        if view == "full" or not close:
            return [("full", self.width)]
        if self.width < ROOM_FOR_BOTH[0] or self.height < ROOM_FOR_BOTH[1]:
            return [(close, self.width)]
        body = min(round(self.width * _BODY_SHARE), round(self.height * 1.15))
        return [("full", body), (close, self.width - body - 1)]

    def _close_up(self) -> str:
        """Return the close-up this drill needs; empty where the whole body shows it well enough."""
        focus = self.drill.camera.focus
        if focus in DETAILED:
            return "eyes" if self._is_of_eyes else focus
        if focus == "full":
            return "trunk" if self.drill.region in _OF_TRUNK and self.accent.farthest_m < _SMALL_M / 2 else ""
        return focus if self.accent.farthest_m < _SMALL_M else ""

    def _pane(self, focus: str, field: Field, looks: list[dict[str, Vec]]) -> Pane:
        drill, view = self.drill, self._view(focus)
        pivot = PIVOTS.get(drill.region, "")
        prop = prop_of(drill.position, drill.base_pose, looks[0], view)
        label = "tip" if drill.camera.focus in ("upper", "hands", "head") else "toe"
        if focus == "full":
            # The close-up beside it shows the path.
            way = None if self._close_up() else self.accent.round
            traced = () if way or self._close_up() else self._near(self.accent.points, looks[0], view)
            traced = tuple(simple(name) for name in traced)
            air = _AIR["path" if traced else "still"]
            return Pane(
                field,
                view,
                whole_body(),
                looks,
                prop,
                traced=traced,
                pivot=pivot,
                labelled=label,
                air=air,
                way=way,
                begun=self.accent.begun,
            )
        sides = self._close_sides(focus, view)
        shin = any(part.startswith("shank") for part in self.accent.all_parts)
        toes = focus == "feet" and all(part.startswith("toe") for part in self.accent.all_parts)
        if toes and abs(view.azimuth) > _ASIDE:  # toes alone from the side could be anything
            toes, stub = False, _ROLLED_STUB
        else:
            stub = 1.0 if shin else _ROLLED_STUB if self.accent.rolls_sole else _STUBS.get(drill.region, 0.4)
        limbs = close_limbs(focus, sides, stub=stub, only_toes=toes)
        names = [name for name in self.accent.points if name[-2:] not in ("_r", "_l") or name[-1] in sides]
        if focus in ("feet", "hands"):
            joint = {"feet": "ankle", "hands": "wrist"}[focus]
            if abs(view.azimuth) >= _FRONT:
                # Of a pair that takes turns the nearer one is told, or their ways would cross.
                near = max(sides, key=lambda side: view.see(looks[0][f"{joint}_{side}"])[2])
                names = [name for name in names if name[-1] == near]
            ground = floor_under(limbs, looks) if focus == "feet" else Prop()
            label = "toe1_base" if toes else joint
        else:
            ground, label = prop, {"legs": "toe"}.get(focus, "")
            names = [simple(name) for name in self._near(tuple(names), looks[0], view)]
        return Pane(
            field,
            view,
            limbs,
            looks,
            ground,
            traced=() if self.accent.round else names,
            pivot=pivot,
            labelled=label,
            is_close=True,
            air=_AIR[
                "toes"
                if toes
                else "edges"
                if self.accent.rolls_sole
                else "still"
                if self.accent.round
                else focus
                if focus in _AIR
                else "close"
            ],
            way=self.accent.round,
            begun=self.accent.begun,
            sole=self.accent.sole if focus in ("feet", "hands") else "",
            leads_apart=self.accent.leads_apart,
        )

    def _view(self, focus: str) -> View:
        azimuth, elevation, mirror, behind = self._look
        camera = self.drill.camera
        if azimuth is None:
            azimuth = camera.azimuth_deg
        if elevation is None:
            elevation = camera.elevation_deg
            if elevation == _USUAL_ELEVATION:
                elevation = _RAISED.get(focus, elevation)
        if self._raised:
            elevation = min(max(elevation + self._raised, LOWEST_EYE), HIGHEST_EYE)
        if behind:
            azimuth = 180.0 - azimuth
        if self.side is Side.LEFT and self.drill.is_one_sided:
            azimuth = -azimuth
        return View(azimuth, elevation, is_mirrored=mirror)

    def _close_sides(self, focus: str, view: View) -> tuple[str, ...]:
        """Return the sides a close-up shows: the one that works, both where they take turns, else the right one.

        Of feet that take turns, seen from the side, the nearer: they hide each other, and one's arrow is by the other.
        """
        if self.accent.leads_apart or (focus == "hands" and self.drill.sides is Sides.BILATERAL):
            return ("r",)
        if focus == "feet" and self.drill.sides is Sides.ALTERNATING and abs(view.azimuth) > _ASIDE:
            return ("r",) if view.azimuth % 360 < 180 else ("l",)
        if self.drill.sides is not Sides.BILATERAL or abs(view.azimuth) < _FRONT:
            return self.accent.sides
        return ("r",)

    def _near(self, names: tuple[str, ...], points: Mapping[str, Vec], view: View) -> tuple[str, ...]:
        """Return the points to trace in the whole figure: of a pair that moves alike, only the clearly nearer one."""
        if len(names) < 2 or not (self.drill.sides is Sides.BILATERAL or self.accent.is_of_trunk):
            return names
        depths = {name: view.see(points[name])[2] for name in names}
        nearest = max(depths, key=lambda name: depths[name])
        if self.accent.is_of_trunk:
            return (nearest,)
        return names if max(depths.values()) - min(depths.values()) < 0.15 else (nearest,)
