"""A drill in motion: which pose it is in at which phase, on which side, in how much of its range.

Phase runs from 0 to 1 over one repetition. A ``Motion`` holds all that does not change while a drill goes on: make it
once, then ask it many times a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from trainer.body.axes import Vec
from trainer.body.contact import RESTING, Hold, holds, place, stand
from trainer.body.easing import Curve, Ease
from trainer.body.kinematics import MIDDLES, middle, points
from trainer.body.ladder import Way
from trainer.body.skeleton import Body, mirrored_name
from trainer.core.drill import Anchor, Drill, runs_backward
from trainer.core.side import Side

_LOOKS = 24
"""Moments at which a motion is looked at to see what moves and what rests."""
_ARM = ("scapula_", "arm_", "elbow_", "pro_sup_", "wrist_")


@dataclass(frozen=True, slots=True)
class Motion:
    """A drill on one side of one body."""

    body: Body
    """Whose."""
    start: Mapping[str, float]
    """Degrees of what does not move."""
    curves: Mapping[str, Curve]
    """What moves."""
    middle: Mapping[str, float]
    """Degrees around which a circle is made smaller."""
    way: Way | None
    """The way out that it comes back along; none if it goes round."""
    anchor: Anchor
    """What stays where it is."""
    origin: Vec
    """Where the anchor's point is at phase 0, in metres from the pelvis."""
    holds: tuple[Hold, ...] = ()
    """Hands and feet that rest on something."""

    @classmethod
    def of(cls, body: Body, drill: Drill, side: Side = Side.BOTH, *, ease: Ease = "monotone") -> Motion:
        """The drill in motion, as it is written (the right side), or in a mirror: the left of a one-sided drill."""
        base = body.base_poses[drill.base_pose]
        anchor = drill.anchor or base.anchor
        start = dict(base.pose)
        frames = _frames(drill, start)
        if side is Side.LEFT and drill.is_one_sided:
            frames = [body.mirrored(frame) for frame in frames]
            start = body.mirrored(start)
            anchor = replace(anchor, point=mirrored_name(anchor.point))
        phases = tuple(keyframe.phase for keyframe in drill.keyframes)
        curves: dict[str, Curve] = {}
        centre: dict[str, float] = {}
        rest = dict(start)
        for name in frames[0]:
            degrees = tuple(frame[name] for frame in frames)
            if min(degrees) == max(degrees):
                start[name] = degrees[0]
            else:
                curves[name] = Curve.through(phases, degrees, ease)
                centre[name] = min(max(rest.get(name, 0.0), min(degrees)), max(degrees))
        zero = points(body, {**start, **frames[0]})
        origin = zero.get(anchor.point, zero["pelvis"])
        motion = cls(body, start, curves, centre, Way.of(curves, rest), anchor, origin)
        if drill.position not in RESTING:
            return motion
        looks = [motion.points(i / _LOOKS, close_up=i == 0) for i in range(_LOOKS)]
        idle = (side for side in "rl" if not any(n.startswith(_ARM) and n.endswith(f"_{side}") for n in curves))
        return replace(motion, holds=holds(drill.position, looks, frozenset(idle)))

    def pose(self, phase: float, reach: float = 1.0) -> dict[str, float]:
        """Degrees by coordinate at a phase. ``reach`` is the part of the range that is used, from 0 to 1."""
        pose = dict(self.start)
        if self.way is not None and reach != 1.0:
            phase = self.way.phase(phase, reach)
            reach = 1.0
        for name, curve in self.curves.items():
            degrees = curve.at(phase)
            pose[name] = degrees if reach == 1.0 else self.middle[name] + reach * (degrees - self.middle[name])
        return pose

    def points(self, phase: float, reach: float = 1.0, *, close_up: bool = False, held: bool = True) -> dict[str, Vec]:
        """Where the points of the body are in the world, the floor at y = 0; in metres.

        ``held`` keeps hands and feet that rest on something at their place; without it the joints' angles are exactly
        those of the pose.
        """
        found = place(points(self.body, self.pose(phase, reach), close_up=close_up), self.anchor, self.origin)
        stands = held and self.anchor.point == "lowest_foot"
        if stands:
            stand(found)
        if stands or (held and self.holds):
            for hold in self.holds:
                hold.on(found)
            for name, one in MIDDLES:
                found[name] = middle(found, one)
        return found


def _frames(drill: Drill, base: Mapping[str, float]) -> list[dict[str, float]]:
    """The keyframes, each with every coordinate that any of them names; what one leaves out is as in the base pose."""
    names = {name: None for keyframe in drill.keyframes for name in keyframe.angles}
    return [{name: keyframe.angles.get(name, base.get(name, 0.0)) for name in names} for keyframe in drill.keyframes]


def rep_phase(drill: Drill, rep: int, reps: int, phase: float) -> float:
    """The phase to show in a repetition, ``rep`` from 0: backward in the second half of a drill that goes both ways."""
    return -phase % 1.0 if runs_backward(drill, rep, reps) else phase
