"""What only shows when a drill is moved: feet through the floor, a loop that jumps, sums of angles that go too far."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from trainer.body.motion import Motion
from trainer.body.skeleton import Body
from trainer.core.drill import Drill
from trainer.library.rules import Slip

_LOOKS = 24
"""Moments of a repetition that are looked at, besides the keyframes."""
_SLACK_DEG = 0.5
"""Between keyframes a sum of angles may be this much over its limit: nobody sees it."""
_FASTEST = 360.0
"""Degrees a second between two keyframes that are called a jump; shipped drills stay below 110."""
_DEEPEST_M = {"heel": 0.02, "ball": 0.02, "toe": 0.03, "ltoe": 0.03}
"""How far below the floor a point of the foot may be; toes give way more than the heel."""
_PART = {"heel": "heel", "ball": "ball", "toe": "big toe", "ltoe": "lesser toes"}
_SIDE = {"r": "right", "l": "left"}


def motion_slips(drill: Drill, body: Body) -> Iterator[Slip]:
    """All that is wrong with how a drill moves, for a drill in which nothing else is wrong.

    The right side is looked at: the left is its mirror image.
    """
    yield from _jumps(drill, body)
    motion = Motion.of(body, drill)
    phases = sorted({*(look / _LOOKS for look in range(_LOOKS)), *(keyframe.phase for keyframe in drill.keyframes)})
    yield from _excesses(drill, motion, phases)
    yield from _sunken(drill, motion, phases)


def _jumps(drill: Drill, body: Body) -> Iterator[Slip]:
    """Angles that go far in no time, most often from the last keyframe back to the first."""
    base = body.base_poses[drill.base_pose].pose
    frames = [(keyframe.phase, keyframe.angles) for keyframe in drill.keyframes]
    for index, ((phase, angles), (later, after)) in enumerate(pairwise([*frames, (1.0, frames[0][1])])):
        seconds = (later - phase) * drill.dose.tempo
        turns = {
            name: abs(after.get(name, base.get(name, 0.0)) - angles.get(name, base.get(name, 0.0)))
            for name in {**angles, **after}
        }
        name = max(turns, key=lambda name: turns[name], default="")
        if name and turns[name] > _FASTEST * seconds:
            goes = f"{name} goes {turns[name]:g} degrees in {seconds:.2g} s"
            if index == len(frames) - 1:
                message = f"the loop jumps: back to the first pose {goes}; leave more time, or end nearer to it"
            else:
                message = f"the motion jumps: from here to phase {later:g} {goes}; leave more time"
            yield ("keyframes", index, "phase"), message


def _excesses(drill: Drill, motion: Motion, phases: list[float]) -> Iterator[Slip]:
    """Each joint or sum of joints that is beyond its limits, where it is farthest beyond them."""
    worst: dict[str, tuple[float, float, str]] = {}
    for phase in phases:
        for name, degrees, low, high in motion.body.excesses(
            motion.pose(phase), weight_bearing=drill.knee.weight_bearing
        ):
            beyond = max(low - degrees, degrees - high)
            if beyond > max(_SLACK_DEG, worst.get(name, (0.0,))[0]):
                told = f"{name}: {degrees:.0f} degrees at phase {phase:.2g} are beyond the limits, {low:g} to {high:g}"
                worst[name] = beyond, phase, told
    for _, phase, told in worst.values():
        yield ("keyframes", _nearest(drill, phase), "angles"), told


def _sunken(drill: Drill, motion: Motion, phases: list[float]) -> Iterator[Slip]:
    """Each foot that goes through the floor, where it is deepest."""
    worst: dict[str, tuple[float, float, str]] = {}
    for phase in phases:
        found = motion.points(phase)
        for part, allowed in _DEEPEST_M.items():
            for side in _SIDE:
                deep = -found[f"{part}_{side}"][1]
                if deep > max(allowed, worst.get(side, (0.0,))[0]):
                    foot = f"{_SIDE[side]} {_PART[part]}"
                    told = f"the {foot} is {deep * 100:.0f} cm below the floor at phase {phase:.2g}"
                    worst[side] = deep, phase, told
    for _, phase, told in worst.values():
        yield ("keyframes", _nearest(drill, phase), "angles"), told


def _nearest(drill: Drill, phase: float) -> int:
    """The number of the keyframe nearest to a phase, round the loop."""

    def away(index: int) -> float:
        apart = abs(drill.keyframes[index].phase - phase)
        return min(apart, 1.0 - apart)

    return min(range(len(drill.keyframes)), key=away)
