"""A drill in motion: which pose it is in at which phase, on which side, at which part of the range.

Phase runs from 0 to 1 over one repetition. A ``Motion`` holds all that does not change while a drill goes on; ask it
for poses and points many times a second. The functions below it do the same for one moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil, dist

from trainer.body.axes import Vec
from trainer.body.contact import place
from trainer.body.easing import Curve, Ease
from trainer.body.kinematics import points
from trainer.body.skeleton import Body, mirrored_name
from trainer.core.drill import Anchor, Directions, Drill
from trainer.core.side import Side

_LADDER = (0.4, 0.7, 1.0)
"""Parts of the range in the first, second and last third of the repetitions."""
_BLEND = 0.08
"""Part of the repetitions that going from one third to the next takes, on either side of it."""
_LOOKS = 24
"""Moments at which a motion is looked at to see what moves."""
_STILL_M = 0.01
"""A point that travels less than this does not really move."""


@dataclass(frozen=True, slots=True)
class Motion:
    """A drill on one side of one body."""

    body: Body
    """Whose."""
    start: Mapping[str, float]
    """Degrees of what does not move."""
    curves: Mapping[str, Curve]
    """What moves."""
    neutral: Mapping[str, float]
    """Degrees that a small range stays near, for each coordinate that moves."""
    anchor: Anchor
    """What stays where it is."""
    origin: Vec
    """Where the anchor's point is at phase 0, seen from the pelvis."""

    @classmethod
    def of(cls, body: Body, drill: Drill, side: Side = Side.BOTH, ease: Ease = "monotone") -> Motion:
        """The drill in motion. Both sides, or one side of a drill that is not one-sided: as it is written."""
        base = body.base_poses[drill.base_pose]
        anchor = drill.anchor or base.anchor
        names = {name: None for keyframe in drill.keyframes for name in keyframe.angles}
        frames = [{name: k.angles.get(name, base.pose.get(name, 0.0)) for name in names} for k in drill.keyframes]
        start = dict(base.pose)
        if side is Side.LEFT and drill.is_one_sided:
            frames = [body.mirrored(frame) for frame in frames]
            start = body.mirrored(start)
            anchor = replace(anchor, point=mirrored_name(anchor.point))
        phases = tuple(keyframe.phase for keyframe in drill.keyframes)
        curves: dict[str, Curve] = {}
        neutral: dict[str, float] = {}
        for name in frames[0]:
            degrees = tuple(frame[name] for frame in frames)
            if min(degrees) == max(degrees):
                start[name] = degrees[0]
            else:
                curves[name] = Curve.through(phases, degrees, ease)
                neutral[name] = min(max(start.get(name, 0.0), min(degrees)), max(degrees))
        zero = points(body, {**start, **{name: curve.at(0.0) for name, curve in curves.items()}})
        return cls(body, start, curves, neutral, anchor, zero.get(anchor.point, zero["pelvis"]))

    def pose(self, phase: float, reach: float = 1.0) -> dict[str, float]:
        """Degrees by coordinate at a phase. ``reach`` is the part of the range that is used, from 0 to 1."""
        pose = dict(self.start)
        if reach == 1.0:
            for name, curve in self.curves.items():
                pose[name] = curve.at(phase)
        else:
            for name, curve in self.curves.items():
                rest = self.neutral[name]
                pose[name] = rest + reach * (curve.at(phase) - rest)
        return pose

    def points(self, phase: float, reach: float = 1.0, *, close_up: bool = False) -> dict[str, Vec]:
        """Where the points of the body are in the world, the floor at y = 0; in metres."""
        return place(points(self.body, self.pose(phase, reach), close_up=close_up), self.anchor, self.origin)

    def travels(self) -> dict[str, float]:
        """How far each point gets from where it began, in metres, over one repetition; with those of a close-up."""
        looks = [self.points(i / _LOOKS, close_up=True) for i in range(_LOOKS)]
        return {name: max(dist(at, look[name]) for look in looks) for name, at in looks[0].items()}


def pose_at(
    body: Body, drill: Drill, phase: float, side: Side = Side.BOTH, *, reach: float = 1.0, ease: Ease = "monotone"
) -> dict[str, float]:
    """Degrees by coordinate: the base pose, then the keyframes over it, for the left side in a mirror."""
    return Motion.of(body, drill, side, ease).pose(phase, reach)


def figure_points(
    body: Body,
    drill: Drill,
    phase: float,
    side: Side = Side.BOTH,
    *,
    reach: float = 1.0,
    ease: Ease = "monotone",
    close_up: bool = False,
) -> dict[str, Vec]:
    """Where the points of the body are in the world, the floor at y = 0; in metres."""
    return Motion.of(body, drill, side, ease).points(phase, reach, close_up=close_up)


def moving(body: Body, drill: Drill, side: Side = Side.BOTH) -> tuple[str, ...]:
    """The points that really move, the one that travels farthest first."""
    travels = Motion.of(body, drill, side).travels()
    return tuple(sorted((name for name, far in travels.items() if far > _STILL_M), key=lambda name: -travels[name]))


def path(body: Body, drill: Drill, side: Side, point: str, n: int, *, reach: float = 1.0) -> list[Vec]:
    """Where a point is at ``n`` phases, evenly over one repetition, from phase 0 on."""
    motion = Motion.of(body, drill, side)
    return [motion.points(i / n, reach, close_up=True)[point] for i in range(n)]


def rep_phase(drill: Drill, rep: int, reps: int, phase: float) -> float:
    """The phase to show in a repetition, ``rep`` from 0: backward in the second half of a drill that goes both ways.

    The first half is rounded up, as the drill library's rules say.
    """
    if drill.directions is Directions.BOTH and rep >= ceil(reps / 2):
        return -phase % 1.0
    return phase


def reach_at(rep_fraction: float) -> float:
    """The part of the range to use when so much of the repetitions is done, 0 to 1: 40, 70, 100 %, blended."""
    low, middle, high = _LADDER
    first = _smooth((rep_fraction - 1 / 3) / (2 * _BLEND) + 0.5)
    second = _smooth((rep_fraction - 2 / 3) / (2 * _BLEND) + 0.5)
    return low + (middle - low) * first + (high - middle) * second


def _smooth(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * part * (3.0 - 2.0 * part)
