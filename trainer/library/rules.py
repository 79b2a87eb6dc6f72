"""What a shape cannot say: that an angle is within reach, a drill exists, a line is either a drill or a rest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from trainer.body.skeleton import POINTS, BasePose, Body
from trainer.core.drill import Anchor, Drill
from trainer.core.routine import Item, Routine, WhichSides
from trainer.library.complaints import Path
from trainer.library.words import did_you_mean, quoted

Slip = tuple[Path, str]
"""Where in a part of a file, and what is wrong there."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def id_slips(written: str) -> Iterator[Slip]:
    """An id is lower case words joined by hyphens, since it is typed at a prompt."""
    if not _ID.fullmatch(written):
        better = "-".join(re.findall(r"[a-z0-9]+", written.lower()))
        hint = f", such as '{better}'" if better else ""
        yield ("id",), f"id: {quoted(written)} must be lower case words joined by hyphens{hint}"


def drill_slips(drill: Drill, body: Body) -> Iterator[Slip]:
    """All that is wrong with a drill whose shape is right."""
    yield from id_slips(drill.id)
    if drill.dose.hold > drill.dose.tempo:
        yield (
            ("dose", "hold"),
            f"hold: {drill.dose.hold:g} s do not fit into a tempo of {drill.dose.tempo:g} s, which the hold is part of",
        )
    if drill.anchor is not None:
        yield from _anchor_slips(drill.anchor, ("anchor",))
    yield from _phase_slips(drill)
    base = body.base_poses.get(drill.base_pose)
    if base is None:
        near = did_you_mean(drill.base_pose, body.base_poses)
        yield ("base_pose",), f"base_pose: there is no pose {quoted(drill.base_pose)}{near}"
    elif base.position is not drill.position:
        rests = f"'{drill.base_pose}' is {base.position.value}, but the drill's position is {drill.position.value}"
        yield ("base_pose",), f"base_pose: {rests}"
    yield from _angle_slips(drill, base, body)


def swap_slips(drill: Drill, drills: Collection[str]) -> Iterator[Slip]:
    """A stand-in must be another drill that exists."""
    if drill.swap == drill.id:
        yield ("swap",), "swap: a drill cannot stand in for itself"
    elif drill.swap is not None and drill.swap not in drills:
        yield ("swap",), f"swap: there is no drill {quoted(drill.swap)}{did_you_mean(drill.swap, drills)}"


def routine_slips(routine: Routine, drills: Mapping[str, Drill], broken: Mapping[str, str]) -> Iterator[Slip]:
    """All that is wrong with a routine whose shape is right; ``broken`` says where a drill by that id goes wrong."""
    yield from id_slips(routine.id)
    if all(item.rest is not None and item.drill is None for item in routine.items):
        yield ("items",), "items: a routine needs at least one drill"
    for index, item in enumerate(routine.items):
        for path, message in item_slips(item, drills, broken):
            yield ("items", index, *path), message


def item_slips(item: Item, drills: Mapping[str, Drill], broken: Mapping[str, str]) -> Iterator[Slip]:
    """All that is wrong with one line of a routine."""
    if item.rest is not None:
        if item.drill is not None:
            yield ("rest",), "rest: a line is a drill or a rest, not both; put the rest on a line of its own"
        elif item != Item(rest=item.rest, priority=item.priority):
            yield ("rest",), "rest: a rest has no reps, tempo, time or sides"
        return
    if item.drill is None:
        yield (), "this line names neither a drill nor a rest"
        return
    if item.reps is not None and item.time is not None:
        yield ("time",), "time: give reps or time, not both"
    drill = drills.get(item.drill)
    if drill is None:
        why = broken.get(item.drill)
        if why is not None:
            yield ("drill",), f"drill: '{item.drill}' has a mistake of its own, at {why}"
        else:
            yield ("drill",), f"drill: there is no drill {quoted(item.drill)}{did_you_mean(item.drill, drills)}"
    elif item.sides is not WhichSides.BOTH and not drill.is_one_sided:
        yield ("sides",), f"sides: '{drill.id}' is {drill.sides.value}; only a unilateral drill can be done on one side"


def body_slips(body: Body) -> Iterator[Slip]:
    """All that is wrong with a body whose shape is right."""
    for name, coordinate in body.coordinates.items():
        for limits, key in ((coordinate.limits, "limits"), (coordinate.limits_weight_bearing, "limits_weight_bearing")):
            if limits is not None and limits[0] > limits[1]:
                yield ("coordinates", name, key), f"{key}: the smaller angle comes first"
    for name, total in body.totals.items():
        for index, part in enumerate(total.sum):
            yield from _name_slips(part, ("totals", name, "sum", index), body)
    for name, base in body.base_poses.items():
        yield from _anchor_slips(base.anchor, ("base_poses", name, "anchor"))
        for part in base.pose:
            yield from _name_slips(part, ("base_poses", name, "pose", part), body)
        for part, degrees, low, high in body.excesses(base.pose, weight_bearing=True):
            yield ("base_poses", name, "pose", part), _beyond(part, degrees, low, high)


def _anchor_slips(anchor: Anchor, path: Path) -> Iterator[Slip]:
    if anchor.point not in POINTS:
        near = did_you_mean(anchor.point, POINTS)
        yield (*path, "point"), f"point: the figure has no point {quoted(anchor.point)}{near}"


def _phase_slips(drill: Drill) -> Iterator[Slip]:
    before = None
    for index, keyframe in enumerate(drill.keyframes):
        path: Path = ("keyframes", index, "phase")
        if before is None and keyframe.phase != 0:
            yield path, f"phase: the first phase must be 0, not {keyframe.phase:g}"
        elif before is not None and keyframe.phase <= before:
            yield path, f"phase: phases must rise, and {keyframe.phase:g} comes after {before:g}"
        elif keyframe.phase >= 1:
            yield path, "phase: a phase is less than 1, where the first pose comes round again"
        before = keyframe.phase


def _name_slips(name: str, path: Path, body: Body) -> Iterator[Slip]:
    if body.coordinate(name) is None:
        yield path, f"there is no coordinate {quoted(name)}{did_you_mean(name, body.names())}"


def _angle_slips(drill: Drill, base: BasePose | None, body: Body) -> Iterator[Slip]:
    """Angles out of reach, on the side as written and on the mirrored one.

    Only the keyframes are looked at: between two of them every angle is between theirs. A sum can go a little further
    where its parts ease differently, which ``trainer.library.motions`` looks at when a file is checked. Limits of
    sided coordinates are the same on both sides, so the mirrored pose can only go wrong in the trunk and the sums.
    """
    start = {} if base is None else base.pose
    for index, keyframe in enumerate(drill.keyframes):
        path: Path = ("keyframes", index, "angles")
        for name in keyframe.angles:
            yield from _name_slips(name, (*path, name), body)
        pose = {**start, **keyframe.angles}
        seen: set[str] = set()
        for shown in (pose, body.mirrored(pose)):
            for name, degrees, low, high in body.excesses(shown, weight_bearing=drill.knee.weight_bearing):
                if name not in seen and (shown is pose or not name.endswith(("_r", "_l"))):
                    seen.add(name)
                    yield (*path, name), _beyond(name, degrees, low, high)


def _beyond(name: str, degrees: float, low: float, high: float) -> str:
    return f"{name}: {degrees:g} degrees are beyond the limits, {low:g} to {high:g}"
