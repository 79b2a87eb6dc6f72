"""A drill in motion agrees with the library's own check, closes its loop, keeps its contacts and its mirror."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from math import dist, hypot
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import make_drill
from trainer.body.axes import Vec
from trainer.body.easing import Curve, Ease
from trainer.body.ladder import RUNGS, reach_at
from trainer.body.motion import Motion, rep_phase
from trainer.body.skeleton import mirrored_name
from trainer.core.drill import Anchor, Directions, Drill, Keyframe, Position
from trainer.core.side import Side
from trainer.library import read_library

ROOT = Path(__file__).parent
LIBRARY = read_library(ROOT.parent / "routines")
BODY, DRILLS = LIBRARY.body, LIBRARY.drills
REFERENCE: dict[str, Any] = json.loads((ROOT / "fixtures" / "reference_points.json").read_text("utf-8"))
"""Points in tenths of a millimetre, worked out in numpy by the check that came with the drill library."""
N = 60
PHASES = tuple(i / N for i in range(N))
CASES = [
    pytest.param(drill, side, id=f"{drill.id}-{side.value}")
    for drill in DRILLS.values()
    for side in ((Side.RIGHT, Side.LEFT) if drill.is_one_sided else (Side.BOTH,))
]
SOLE = ("heel", "ball", "toe", "ltoe")
EASES: tuple[Ease, ...] = ("monotone", "cosine")


@pytest.mark.parametrize("name", REFERENCE["drills"])
def test_it_agrees_with_the_reference_within_a_millimetre(name: str) -> None:
    given_as = REFERENCE["drills"][name]
    drill = replace(
        DRILLS[name],
        base_pose=given_as["base_pose"],
        anchor=Anchor(*given_as["anchor"]) if given_as["anchor"] else None,
        keyframes=tuple(Keyframe(phase, angles) for phase, angles in given_as["keyframes"]),
    )
    keyed = {keyframe.phase for keyframe in drill.keyframes}
    for side, looks in given_as["at"].items():
        for phase, tenths in looks:
            for ease in EASES if phase in keyed else ("cosine",):
                found = Motion.of(BODY, drill, Side(side), ease=ease).points(phase, held=False)
                for i, point in enumerate(REFERENCE["points"]):
                    expected = [tenth / 10_000 for tenth in tenths[3 * i : 3 * i + 3]]
                    assert dist(found[point], expected) < 0.001, (side, phase, ease, point)


@pytest.mark.parametrize(("drill", "side"), CASES)
def test_no_joint_goes_past_its_limits(drill: Drill, side: Side) -> None:
    for ease in EASES:
        motion = Motion.of(BODY, drill, side, ease=ease)
        for phase in PHASES:
            for reach in (0.4, 1.0):
                pose = motion.pose(phase, reach)
                beyond = [
                    (name, degrees)
                    for name, degrees, low, high in BODY.excesses(pose, weight_bearing=drill.knee.weight_bearing)
                    if max(low - degrees, degrees - high) > 0.5
                ]
                assert beyond == [], (phase, ease, reach)


@pytest.mark.parametrize(("drill", "side"), CASES)
def test_the_loop_closes_in_position_and_in_speed(drill: Drill, side: Side) -> None:
    for reach in (0.4, 1.0):
        motion = Motion.of(BODY, drill, side)
        step = 1e-5
        before, at, after = (motion.pose(phase, reach) for phase in (-step, 0.0, step))
        for name in at:
            speeds = (at[name] - before[name]) / step, (after[name] - at[name]) / step
            assert abs(after[name] - before[name]) < 0.03, name
            assert speeds[0] == pytest.approx(speeds[1], abs=2.0), name


@pytest.mark.parametrize(("drill", "side"), CASES)
def test_nothing_jumps(drill: Drill, side: Side) -> None:
    motion = Motion.of(BODY, drill, side)
    looks = [motion.points(i / 240, close_up=True) for i in range(240)]
    farthest = max(dist(looks[i - 1][name], at) for i in range(240) for name, at in looks[i].items())
    assert farthest < 0.07


@pytest.mark.parametrize(("drill", "side"), CASES)
def test_bones_keep_their_length_where_limbs_are_held(drill: Drill, side: Side) -> None:
    motion = Motion.of(BODY, drill, side)
    bones = [
        (f"{one}_{s}", f"{other}_{s}")
        for s in "rl"
        for one, other in (
            *(("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "knuckle"), ("knuckle", "pip")),
            *(("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("ankle", "ball"), ("ball", "toe")),
        )
    ]
    start = motion.points(0.0, held=False)
    for phase in PHASES:
        found = motion.points(phase)
        for one, other in bones:
            assert dist(found[one], found[other]) == pytest.approx(dist(start[one], start[other]), abs=1e-6)


ONE_SIDED = [drill for drill in DRILLS.values() if drill.is_one_sided]


@pytest.mark.parametrize("drill", ONE_SIDED, ids=lambda drill: drill.id)
def test_the_left_side_is_the_right_one_in_a_mirror(drill: Drill) -> None:
    right, left = Motion.of(BODY, drill, Side.RIGHT), Motion.of(BODY, drill, Side.LEFT)
    for phase in (0.0, 0.2, 0.5, 0.9):
        for reach in (0.4, 1.0):
            mirrored = left.points(phase, reach, close_up=True)
            for name, (x, y, z) in right.points(phase, reach, close_up=True).items():
                assert mirrored[mirrored_name(name)] == pytest.approx((x, y, -z), abs=1e-9), name


def test_a_drill_of_both_sides_has_no_left_of_its_own() -> None:
    drill = DRILLS["ankle-pumps"]
    assert Motion.of(BODY, drill, Side.LEFT).pose(0.3) == Motion.of(BODY, drill, Side.BOTH).pose(0.3)


# Contact


def _looks(name: str, reach: float, side: Side = Side.RIGHT) -> list[dict[str, Vec]]:
    motion = Motion.of(BODY, DRILLS[name], side)
    return [motion.points(phase, reach) for phase in PHASES]


def _drift(looks: list[dict[str, Vec]], point: str) -> float:
    return max(dist(look[point], looks[0][point]) for look in looks)


STILL = {
    "cat-camel": ("wrist_r", "wrist_l", "tip_r", "tip_l", "knee_r", "knee_l", "ball_r", "ball_l"),
    "quadruped-rock-back": ("wrist_r", "wrist_l", "tip_r", "knee_r", "knee_l", "ball_r", "ball_l"),
    "thread-the-needle": ("wrist_l", "tip_l", "knee_r", "knee_l", "ball_r", "ball_l"),
    "half-kneeling-hip-rock": ("knee_r", "ball_r", "heel_l", "ball_l", "wrist_l"),
    "knee-to-wall": ("heel_r", "ball_r", "toe_r", "ball_l", "wrist_r", "wrist_l", "tip_r"),
    "heel-raise-toe-break": ("ball_r", "toe_r", "ball_l", "wrist_r", "wrist_l"),
    "hip-hinge": ("heel_r", "heel_l", "ball_r", "ball_l", "toe_r", "toe_l"),
    "standing-side-bend": ("heel_r", "heel_l", "ball_r", "ball_l"),
    "standing-knee-flexion": ("wrist_r", "wrist_l"),
    "hip-circles-standing": ("heel_l", "ball_l", "toe_l", "wrist_l"),
    "leg-swing-sagittal": ("heel_l", "ball_l", "toe_l", "wrist_l"),
    "leg-swing-frontal": ("heel_l", "ball_l", "toe_l", "wrist_r", "wrist_l"),
    "bent-knee-fallout": ("ankle_r", "ankle_l", "pelvis"),
    "lower-trunk-rotation": ("ankle_r", "ankle_l"),
    "heel-slide": ("ankle_l", "heel_l", "pelvis"),
    "seated-knee-extension": ("pelvis",),
}


@pytest.mark.parametrize("name", STILL)
@pytest.mark.parametrize("reach", [0.4, 0.7, 1.0])
def test_what_bears_weight_stays_where_it_is(name: str, reach: float) -> None:
    looks = _looks(name, reach)
    drifts = {point: _drift(looks, point) for point in STILL[name]}
    assert max(drifts.values()) < 0.003, drifts


@pytest.mark.parametrize("name", STILL)
def test_where_it_rests_does_not_depend_on_the_range(name: str) -> None:
    for point in STILL[name]:
        assert dist(_looks(name, 0.4)[7][point], _looks(name, 1.0)[0][point]) < 0.003, point


@pytest.mark.parametrize(
    "drill", [drill for drill in DRILLS.values() if drill.position.is_upright], ids=lambda drill: drill.id
)
@pytest.mark.parametrize("reach", [0.4, 1.0])
def test_a_standing_body_stands_on_the_floor(drill: Drill, reach: float) -> None:
    for look in _looks(drill.id, reach):
        low = min(look[f"{part}_{side}"][1] for part in SOLE for side in "rl")
        assert -0.006 < low < 0.01


@pytest.mark.parametrize("drill", DRILLS.values(), ids=lambda drill: drill.id)
def test_no_foot_goes_through_the_floor(drill: Drill) -> None:
    for reach in (0.0, 0.4, 0.7, 1.0):
        for look in _looks(drill.id, reach):
            assert min(look[f"{part}_{side}"][1] for part in SOLE for side in "rl") > -0.025


def test_a_bending_knee_does_not_lift_the_other_foot() -> None:
    held = _looks("standing-knee-flexion", 1.0)
    for look in held[: N // 2]:
        assert _drift([held[0], look], "heel_l") < 0.002
    motion = Motion.of(BODY, DRILLS["standing-knee-flexion"])
    assert max(motion.points(phase, held=False)["heel_l"][1] for phase in PHASES[: N // 2]) > 0.03


def test_a_hand_on_the_wall_lets_its_elbow_bend() -> None:
    motion = Motion.of(BODY, DRILLS["knee-to-wall"], Side.RIGHT)
    loose = [motion.points(phase, held=False) for phase in PHASES]
    assert _drift(loose, "wrist_r") > 0.2
    looks = _looks("knee-to-wall", 1.0)
    assert dist(looks[N // 2]["shoulder_r"], looks[N // 2]["wrist_r"]) < dist(
        looks[0]["shoulder_r"], looks[0]["wrist_r"]
    )
    assert looks[N // 2]["hands"] == pytest.approx(looks[0]["hands"], abs=1e-6)


FREE = {"heel-slide": "heel_r", "thread-the-needle": "wrist_r", "half-kneeling-hip-rock": "wrist_r"}


@pytest.mark.parametrize("name", FREE)
def test_what_does_not_rest_is_not_held(name: str) -> None:
    held, loose = _looks(name, 1.0), Motion.of(BODY, DRILLS[name], Side.RIGHT)
    assert _drift(held, FREE[name]) > 0.05
    for phase, look in zip(PHASES, held, strict=True):
        assert look[FREE[name]] == pytest.approx(loose.points(phase, held=False)[FREE[name]], abs=1e-9)


def test_a_hand_leaves_the_wall_when_the_drill_moves_its_arm() -> None:
    reaching = tuple(Keyframe(phase, {"arm_flex_r": degrees}) for phase, degrees in ((0.0, 62.0), (0.5, 120.0)))
    drill = replace(DRILLS["foot-roll-in-out"], keyframes=reaching)
    assert [hold.chain[2] for hold in Motion.of(BODY, drill).holds] == ["wrist_l"]


# The range ladder


@pytest.mark.parametrize(("drill", "side"), CASES)
def test_a_smaller_range_is_a_smaller_motion(drill: Drill, side: Side) -> None:
    motion = Motion.of(BODY, drill, side)
    spans = []
    for reach in (0.0, 0.25, 0.4, 0.7, 1.0):
        poses = [motion.pose(phase, reach) for phase in PHASES]
        spans.append(sum(max(p[name] for p in poses) - min(p[name] for p in poses) for name in motion.curves))
    assert spans[0] == pytest.approx(0.0, abs=1e-6)
    assert all(one < other for one, other in pairwise(spans)), spans


def test_a_motion_out_and_back_gets_smaller_along_its_own_way() -> None:
    motion = Motion.of(BODY, DRILLS["cat-camel"])
    assert motion.way is not None
    full = [motion.pose(i / 2000) for i in range(2000)]
    for phase in (0.1, 0.25, 0.6):
        pose = motion.pose(phase, 0.4)
        assert min(max(abs(pose[name] - other[name]) for name in motion.curves) for other in full) < 0.3


def test_a_circle_gets_smaller_on_all_sides() -> None:
    motion = Motion.of(BODY, DRILLS["ankle-circles"], Side.RIGHT)
    assert motion.way is None
    small, whole = ([motion.pose(phase, reach)["subtalar_angle_r"] for phase in PHASES] for reach in (0.5, 1.0))
    assert min(whole) < min(small) < 0 < max(small) < max(whole)


def test_the_small_range_begins_where_the_body_rests() -> None:
    motion = Motion.of(BODY, DRILLS["heel-slide"], Side.RIGHT)
    assert motion.pose(0.0, 0.4)["knee_angle_r"] == pytest.approx(8)
    assert motion.pose(0.5, 0.4)["knee_angle_r"] == pytest.approx(8 + 0.4 * 104, abs=1)
    assert motion.pose(0.5)["knee_angle_r"] == 112


def test_a_base_pose_far_off_the_way_leaves_the_small_range_in_its_middle() -> None:
    swing = Motion.of(BODY, DRILLS["leg-swing-sagittal"], Side.RIGHT)
    hips = [swing.pose(phase, 0.4)["hip_flexion_r"] for phase in PHASES]
    assert (min(hips) + max(hips)) / 2 == pytest.approx(10, abs=4)


def test_the_ladder_climbs_from_forty_to_a_hundred_percent() -> None:
    assert [reach_at(done, 10) for done in (0.0, 2.9, 5.0, 8.0, 10.0)] == [0.4, 0.4, 0.7, 1.0, 1.0]
    for reps in range(1, 31):
        ranges = [reach_at(i / 1000, reps) for i in range(1000 * reps + 1)]
        assert all(0 <= after - before < 0.002 for before, after in pairwise(ranges)), reps
        assert (ranges[0], ranges[-1]) == (RUNGS[0], RUNGS[-1])
        assert {*RUNGS} <= {*ranges}, reps


@pytest.mark.parametrize("reps", range(3, 31))
def test_each_third_is_of_whole_repetitions_that_look_alike(reps: int) -> None:
    lasting = [rung for rung in RUNGS for rep in range(reps) if reach_at(rep + 0.25, reps) == rung]
    assert len(lasting) == reps
    assert all(abs(lasting.count(rung) - reps / 3) < 1 for rung in RUNGS)
    for rep, rung in enumerate(lasting):
        assert {reach_at(rep + part, reps) for part in (0.25, 0.6, 0.999)} == {rung}


@pytest.mark.parametrize(("drill", "side"), CASES)
def test_a_growing_range_moves_no_faster_than_the_whole_range_but_for_an_eighth(drill: Drill, side: Side) -> None:
    """In steps of a twentieth of a second, at the usual tempo: as a picture moves from one to the next."""
    motion = Motion.of(BODY, drill, side)
    step = 1 / (20 * drill.dose.tempo)

    def farthest(reaches: Callable[[float], float], begin: float) -> float:
        poses = [motion.pose((begin + i * step) % 1.0, reaches(begin + i * step)) for i in range(round(1 / step) + 1)]
        return max(hypot(*(b[name] - a[name] for name in motion.curves)) for a, b in pairwise(poses))

    usual = farthest(lambda _: 1.0, 0.0)
    for begun in (2.0, 4.0):
        assert farthest(lambda done: reach_at(done, 6), begun) <= 1.125 * usual


# Easing


def test_a_circle_does_not_stop_at_its_keyframes() -> None:
    motion = Motion.of(BODY, DRILLS["ankle-circles"], Side.RIGHT)
    for phase in (0.0, 0.25, 0.5, 0.75):
        before, after = motion.pose(phase - 0.005), motion.pose(phase + 0.005)
        assert max(abs(after[name] - before[name]) for name in motion.curves) > 0.5
    stopping = Motion.of(BODY, DRILLS["ankle-circles"], Side.RIGHT, ease="cosine")
    before, after = stopping.pose(0.245), stopping.pose(0.255)
    assert max(abs(after[name] - before[name]) for name in motion.curves) < 0.1


def test_a_motion_rests_where_it_turns_back_and_where_it_holds() -> None:
    motion = Motion.of(BODY, DRILLS["heel-raise-toe-break"])
    assert {motion.pose(phase)["ankle_angle_r"] for phase in (0.4, 0.45, 0.5, 0.6)} == {-33.0}
    assert abs(motion.pose(0.001)["ankle_angle_r"]) < 0.01


@given(
    st.lists(st.floats(0.01, 1), min_size=1, max_size=8).flatmap(
        lambda widths: st.tuples(
            st.just(widths), st.lists(st.floats(-180, 180), min_size=len(widths), max_size=len(widths))
        )
    ),
    st.floats(-2, 2),
)
def test_no_curve_overshoots_its_keyframes(made: tuple[list[float], list[float]], phase: float) -> None:
    widths, degrees = made
    phases = tuple(sum(widths[:i]) / sum(widths) for i in range(len(widths)))
    for ease in EASES:
        curve = Curve.through(phases, tuple(degrees), ease)
        assert min(degrees) - 1e-6 <= curve.at(phase) <= max(degrees) + 1e-6
        assert curve.at(phase) == pytest.approx(curve.at(phase + 1), abs=1e-6)
        assert [curve.at(at) for at in phases] == pytest.approx(degrees, abs=1e-6)


# What drills say


def test_what_a_keyframe_leaves_out_is_as_in_the_base_pose() -> None:
    drill = make_drill()
    motion = Motion.of(BODY, drill)
    assert motion.pose(0.0)["ankle_angle_r"] == 0
    assert motion.pose(0.5)["ankle_angle_r"] == 10
    assert motion.pose(0.5)["knee_angle_l"] == 90
    kept = replace(drill, keyframes=(Keyframe(0, {"hip_flexion_r": 100}), Keyframe(0.5, {})))
    assert Motion.of(BODY, kept).pose(0.5)["hip_flexion_r"] == 90


def test_a_drill_of_one_keyframe_stands_still() -> None:
    drill = replace(make_drill(), keyframes=(Keyframe(0, {"ankle_angle_r": 10}),))
    motion = Motion.of(BODY, drill)
    assert motion.points(0.7, 0.4) == motion.points(0.0)
    assert not motion.curves


def test_half_of_the_reps_go_backward_where_a_drill_goes_both_ways() -> None:
    both = replace(make_drill(), directions=Directions.BOTH)
    assert [rep_phase(both, rep, 5, 0.25) for rep in range(5)] == [0.25, 0.25, 0.25, 0.75, 0.75]
    assert rep_phase(both, 4, 5, 0.0) == 0.0
    assert [rep_phase(make_drill(), rep, 4, 0.25) for rep in range(4)] == [0.25] * 4


def travels(motion: Motion) -> dict[str, float]:
    """How far each point gets from where it began, in metres."""
    looks = [motion.points(i / 24, close_up=True) for i in range(24)]
    return {name: max(dist(at, look[name]) for look in looks) for name, at in looks[0].items()}


MOVES = {
    "ankle-circles": ("toe", "ankle"),
    "seated-knee-extension": ("toe", "knee"),
    "standing-side-bend": ("tip", "arm"),
    "neck-rotation": ("gaze", "neck_upper"),
    "gaze-tracking": ("tip", "arm"),
    "finger-splay": ("thumb", "thumb"),
    "toe-splay": ("toe1", "toe"),
    "scapular-circles": ("knuckle", "scapula"),
    "knee-to-wall": ("", "ankle"),
    "tendon-glides": ("", "finger_pip"),
    "tibial-rotation": ("toe", "knee"),
}
"""What travels farthest, and which coordinate turns farthest."""


@pytest.mark.parametrize("name", MOVES)
def test_a_drill_moves_what_it_is_for(name: str) -> None:
    motion = Motion.of(BODY, DRILLS[name], Side.RIGHT)
    far = travels(motion)
    assert max(far, key=lambda point: far[point]).startswith(MOVES[name][0])
    turns = {one: max(curve.degrees) - min(curve.degrees) for one, curve in motion.curves.items()}
    assert max(turns, key=lambda one: turns[one]).startswith(MOVES[name][1])


def test_every_coordinate_moves_something() -> None:
    for coordinate in BODY.names():
        drill = replace(make_drill(), keyframes=(Keyframe(0, {coordinate: 0}), Keyframe(0.5, {coordinate: 5})))
        assert max(travels(Motion.of(BODY, drill)).values()) > 0.001, coordinate


def test_what_rests_does_not_move() -> None:
    names = {name for name, far in travels(Motion.of(BODY, DRILLS["ankle-circles"], Side.LEFT)).items() if far > 0.01}
    assert "toe_l" in names
    assert not names & {"toe_r", "knee_l", "pelvis", "nose", "wrist_l"}


def test_a_circle_goes_on_without_a_stop() -> None:
    motion = Motion.of(BODY, DRILLS["ankle-circles"], Side.RIGHT)
    way = [motion.points(i / 40)["toe_r"] for i in range(40)]
    steps = [dist(way[i - 1], way[i]) for i in range(40)]
    assert min(steps) > 0
    assert max(steps) < 0.05


def test_every_position_has_been_moved() -> None:
    assert {drill.position for drill in DRILLS.values()} == set(Position)
