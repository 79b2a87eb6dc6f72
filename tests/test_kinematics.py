"""The points of the body: true to bones, names, signs and the mirror, in any pose within limits."""

from __future__ import annotations

from math import dist, hypot
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.body.kinematics import Vec, points
from trainer.body.skeleton import POINTS, Body
from trainer.library import read_library

BODY: Body = read_library(Path(__file__).parent.parent / "routines").body
BONES = (
    *(("pelvis", "l5"), ("l5", "t12"), ("t12", "t7"), ("t7", "c7"), ("c7", "c2"), ("c2", "c0"), ("c0", "head")),
    *(("c0", "nose"), ("head", "nose"), ("hip_r", "hip_l"), ("eye_r", "eye_l"), ("eye_r", "chin"), ("ear_r", "nose")),
    *(
        (f"{one}_{side}", f"{other}_{side}")
        for side in "rl"
        for one, other in (
            *(("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("ankle", "ball"), ("heel", "ball")),
            *(("ball", "toe"), ("ball", "ltoe"), ("ball", "toe1_base"), ("ball", "toe5_base")),
            *((f"toe{n}_{a}", f"toe{n}_{b}") for n in range(1, 6) for a, b in (("base", "mid"), ("mid", "tip"))),
            *(("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "knuckle"), ("wrist", "thumb"), ("knuckle", "pip")),
            *(("pip", "tip"), ("wrist", "thumb_base"), ("thumb_base", "thumb_mid"), ("thumb_mid", "thumb_tip")),
            *(("eye", "gaze"),),
            *(
                (f"finger{n}_{a}", f"finger{n}_{b}")
                for n in range(2, 6)
                for a, b in (("knuckle", "pip"), ("pip", "dip"), ("dip", "tip"))
            ),
        )
    ),
)
REST = points(BODY, {}, close_up=True)


def pose(**angles: float) -> dict[str, Vec]:
    return points(BODY, angles, close_up=True)


@st.composite
def poses(draw: st.DrawFn) -> dict[str, float]:
    """Any pose in which every joint is within its limits, some joints at 0."""
    made = {}
    for name in BODY.names():
        coordinate = BODY.coordinate(name)
        assert coordinate is not None
        if draw(st.booleans()):
            made[name] = draw(st.floats(*coordinate.limits))
    return made


@given(poses())
def test_bones_keep_their_length(angles: dict[str, float]) -> None:
    found = points(BODY, angles, close_up=True)
    for one, other in BONES:
        assert dist(found[one], found[other]) == pytest.approx(dist(REST[one], REST[other]), abs=1e-9), (one, other)


@given(poses())
def test_a_mirrored_pose_gives_mirrored_points(angles: dict[str, float]) -> None:
    found = points(BODY, angles, close_up=True)
    other = points(BODY, BODY.mirrored(angles), close_up=True)
    twins = {"_r": "_l", "_l": "_r"}
    for name, (x, y, z) in found.items():
        twin = name[:-2] + twins.get(name[-2:], name[-2:])
        assert other[twin] == pytest.approx((x, y, -z), abs=1e-9), name


def test_the_points_are_those_that_anchors_and_drawings_name() -> None:
    assert set(points(BODY, {})) == set(POINTS) - {"lowest_foot"}
    close = set(REST) - set(points(BODY, {}))
    assert close == {
        "chin",
        *(f"{part}_{side}" for part in ("eye", "ear", "gaze") for side in "rl"),
        *(f"finger{n}_{j}_{s}" for n in range(2, 6) for j in ("knuckle", "pip", "dip", "tip") for s in "rl"),
        *(f"thumb_{joint}_{side}" for joint in ("base", "mid", "tip") for side in "rl"),
        *(f"toe{n}_{end}_{side}" for n in range(1, 6) for end in ("base", "mid", "tip") for side in "rl"),
    }


@given(poses())
def test_a_close_up_moves_no_other_point(angles: dict[str, float]) -> None:
    close = points(BODY, angles, close_up=True)
    assert all(close[name] == at for name, at in points(BODY, angles).items())


def test_upright_it_is_as_tall_as_it_says() -> None:
    tall = REST["head"][1] - min(at[1] for at in REST.values())
    assert tall == pytest.approx(BODY.skeleton.height_m, abs=0.01)


def _moved(angles: dict[str, float], name: str) -> Vec:
    x, y, z = (a - b for a, b in zip(points(BODY, angles, close_up=True)[name], REST[name], strict=True))
    return x, y, z


FORWARD, UP, RIGHT = 0, 1, 2
SIGNS: dict[tuple[str, float, str], tuple[int, int]] = {
    ("hip_flexion_r", 30, "knee_r"): (FORWARD, 1),
    ("hip_adduction_r", 20, "ankle_r"): (RIGHT, -1),
    ("hip_rotation_r", 20, "toe_r"): (RIGHT, -1),
    ("knee_angle_l", 60, "ankle_l"): (FORWARD, -1),
    ("ankle_angle_r", 15, "toe_r"): (UP, 1),
    ("subtalar_angle_r", 20, "toe1_tip_r"): (UP, 1),
    ("mtp_angle_r", 30, "toe1_tip_r"): (UP, 1),
    ("lesser_toe_angle_l", 30, "toe4_tip_l"): (UP, 1),
    ("toe_abd_r", 15, "toe1_tip_r"): (RIGHT, -1),
    ("toe_abd_r", 15, "toe5_tip_r"): (RIGHT, 1),
    ("lumbar_extension", 20, "head"): (FORWARD, -1),
    ("thoracic_upper_bending", 10, "head"): (RIGHT, 1),
    ("neck_lower_rotation", 20, "nose"): (RIGHT, -1),
    ("eye_yaw", 20, "gaze_l"): (RIGHT, -1),
    ("eye_pitch", 20, "gaze_r"): (UP, 1),
    ("scapula_elevation_l", 20, "shoulder_l"): (UP, 1),
    ("scapula_protraction_l", 20, "shoulder_l"): (FORWARD, 1),
    ("arm_flex_r", 30, "elbow_r"): (FORWARD, 1),
    ("arm_add_l", -30, "elbow_l"): (RIGHT, -1),
    ("elbow_flex_r", 90, "wrist_r"): (FORWARD, 1),
    ("pro_sup_r", 90, "thumb_tip_r"): (FORWARD, 1),
    ("wrist_flex_r", 30, "finger3_tip_r"): (FORWARD, 1),
    ("wrist_dev_r", 20, "finger3_tip_r"): (RIGHT, -1),
    ("finger_mcp_r", 60, "finger2_tip_r"): (FORWARD, 1),
    ("finger_pip_r", 60, "finger5_tip_r"): (FORWARD, 1),
    ("finger_dip_r", 60, "finger4_tip_r"): (FORWARD, 1),
    ("finger_abd_r", 18, "finger2_tip_r"): (RIGHT, 1),
    ("finger_abd_r", 18, "finger5_tip_r"): (RIGHT, -1),
    ("thumb_cmc_abd_r", 50, "thumb_tip_r"): (FORWARD, 1),
    ("thumb_flex_r", 40, "thumb_tip_r"): (RIGHT, -1),
}


@pytest.mark.parametrize("case", SIGNS, ids=lambda case: f"{case[0]} {case[2]}")
def test_a_positive_angle_goes_where_the_library_says(case: tuple[str, float, str]) -> None:
    name, degrees, point = case
    axis, sign = SIGNS[case]
    assert _moved({name: degrees}, point)[axis] * sign > 0.005


def test_the_lesser_toes_go_with_the_big_one_unless_told() -> None:
    assert _moved({"mtp_angle_r": 30}, "toe3_tip_r")[UP] > 0.01
    apart = {"mtp_angle_r": 30.0, "lesser_toe_angle_r": 0.0}
    assert _moved(apart, "toe3_tip_r") == pytest.approx((0, 0, 0))
    assert _moved(apart, "toe1_tip_r")[UP] > 0.01


def test_a_finger_bends_its_end_joint_with_its_middle_one_unless_held() -> None:
    hooked, held = pose(finger_pip_r=90), pose(finger_pip_r=90, finger_dip_r=0)
    assert hooked["finger3_dip_r"] == held["finger3_dip_r"]
    assert hooked["finger3_tip_r"][UP] > held["finger3_tip_r"][UP] + 0.01


def test_fingers_and_toes_spread_to_all_sides() -> None:
    wide, feet = pose(finger_abd_r=18), pose(toe_abd_l=15)
    for n in range(2, 5):
        gap = f"finger{n}_tip_r", f"finger{n + 1}_tip_r"
        assert dist(wide[gap[0]], wide[gap[1]]) > dist(REST[gap[0]], REST[gap[1]]) + 0.01
    for n in range(1, 5):
        gap = f"toe{n}_tip_l", f"toe{n + 1}_tip_l"
        assert dist(feet[gap[0]], feet[gap[1]]) > dist(REST[gap[0]], REST[gap[1]]) + 0.002


def test_toes_curl_in_the_middle_as_they_bend_down_and_lift_straight() -> None:
    curled, lifted = pose(lesser_toe_angle_r=-36), pose(lesser_toe_angle_r=38)
    for n in range(2, 6):
        straight, down, up = (dist(found[f"toe{n}_base_r"], found[f"toe{n}_tip_r"]) for found in (REST, curled, lifted))
        assert down < 0.95 * straight
        assert up == pytest.approx(straight)


def test_the_close_up_of_a_foot_lies_where_the_foot_is() -> None:
    for n in range(1, 6):
        x, _, z = (a - b for a, b in zip(REST[f"toe{n}_tip_r"], REST["ball_r"], strict=True))
        assert hypot(x, z) < 0.08


def test_a_thumb_meets_the_fingertips() -> None:
    index = pose(thumb_cmc_abd_r=55, thumb_flex_r=25, finger_mcp_r=56, finger_pip_r=56)
    little = pose(thumb_cmc_abd_r=58, thumb_flex_r=60, finger_mcp_r=57, finger_pip_r=57)
    for found, finger in ((index, 2), (little, 5)):
        gaps = [dist(found["thumb_tip_r"], found[f"finger{n}_tip_r"]) for n in range(2, 6)]
        assert min(gaps) == gaps[finger - 2] < 0.03
