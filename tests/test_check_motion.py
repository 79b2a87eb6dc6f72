"""What checking finds by moving the body: feet through the floor, a loop that jumps, sums that go too far."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.library import check_file, read_library

SHIPPED = Path(__file__).parent.parent / "routines"
LIBRARY = read_library(SHIPPED)
HEAD = """\
drills:
- id: my-own
  name: My own
  joint: knee
  region: knee
  position: {position}
  sides: bilateral
  dose: {{reps: 5, tempo: 4s}}
  knee: {{load: low}}
  steps: [Move.]
  cues: [Breathe]
  easier: Less.
  stop_if: Pain.
  why_knee: It moves.
  base_pose: {base_pose}
  camera: {{focus: full, azimuth_deg: 75}}
  keyframes:
"""
FIRST_LINE = HEAD.count("\n") + 1
PLACE = len("  - {phase: ") + 1


def check(path: Path, *keyframes: str, position: str = "standing", base_pose: str = "standing") -> list[str]:
    """``KEYFRAME:COL: message`` of every complaint about a drill with these keyframes, numbered from 0."""
    lines = "".join(f"  - {{phase: {keyframe}}}\n" for keyframe in keyframes)
    path.write_text(HEAD.format(position=position, base_pose=base_pose) + lines, encoding="utf-8")
    return [f"{found.line - FIRST_LINE}:{found.column}: {found.message}" for found in check_file(path, LIBRARY)]


def column(text: str) -> int:
    """Where a keyframe's angles begin."""
    return PLACE + text.index("{")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.yaml"


def test_a_motion_that_stays_above_the_floor_and_closes_is_fine(path: Path) -> None:
    bend = "hip_flexion_r: 10, hip_flexion_l: 10, knee_angle_r: 20, knee_angle_l: 20, ankle_angle_r: 10"
    assert check(path, "0, angles: {}", f"0.5, angles: {{{bend}, ankle_angle_l: 10}}") == []


def test_feet_through_the_floor_are_told_at_the_nearest_keyframe(path: Path) -> None:
    assert check(path, "0, angles: {}", "0.5, angles: {ankle_angle_r: -30}") == [
        "1:26: the right big toe is 5 cm below the floor at phase 0.5"
    ]
    both = "0.45, angles: {hip_flexion_l: 10, hip_flexion_r: 20}"
    assert check(path, "0, angles: {}", both, "0.6, angles: {}") == [
        f"1:{column(both)}: the left heel is 6 cm below the floor at phase 0.45",
        f"1:{column(both)}: the right heel is 3 cm below the floor at phase 0.45",
    ]


def test_a_foot_may_give_way_a_little(path: Path) -> None:
    assert check(path, "0, angles: {}", "0.5, angles: {hip_flexion_l: -8, ankle_angle_l: 8}") == []


def test_a_foot_that_is_deep_only_between_keyframes_is_found(path: Path) -> None:
    ends = (f"{phase}, angles: {{hip_flexion_r: {hip}, ankle_angle_r: -45}}" for phase, hip in ((0, 45), (0.4, -20)))
    assert check(path, *ends, position="standing-supported", base_pose="standing_hand_support") == [
        "1:26: the right big toe is 12 cm below the floor at phase 0.58"
    ]


def test_a_loop_that_jumps_is_told_at_the_last_keyframe(path: Path) -> None:
    goes = "back to the first pose arm_flex_r goes 170 degrees in 0.4 s"
    assert check(path, "0, angles: {}", "0.9, angles: {arm_flex_r: 170}") == [
        f"1:13: the loop jumps: {goes}; leave more time, or end nearer to it"
    ]
    assert check(path, "0, angles: {}", "0.6, angles: {arm_flex_r: 170}") == []


def test_a_jump_inside_a_repetition_is_told_where_it_begins(path: Path) -> None:
    assert check(path, "0, angles: {}", "0.02, angles: {arm_flex_r: 50}") == [
        "0:13: the motion jumps: from here to phase 0.02 arm_flex_r goes 50 degrees in 0.08 s; leave more time"
    ]


def test_a_sum_that_goes_too_far_between_keyframes_is_found(path: Path) -> None:
    bent = ((0, 10), (25, 20), (35, 10), (10, 10))
    frames = [
        f"{i / 4}, angles: {{neck_lower_extension: {lower}, neck_upper_extension: {upper}}}"
        for i, (lower, upper) in enumerate(bent)
    ]
    assert check(path, *frames) == [
        f"1:{column(frames[1])}: neck_extension: 47 degrees at phase 0.33 are beyond the limits, -45 to 45"
    ]


def test_a_drill_with_a_simpler_mistake_is_not_moved(path: Path) -> None:
    found = check(path, "0, angles: {}", "0.5, angles: {knee: 20, ankle_angle_r: -30}")
    assert len(found) == 1
    assert "there is no coordinate 'knee'" in found[0]


def test_every_shipped_drill_moves_well() -> None:
    found = [complaint for file in (SHIPPED / "drills").iterdir() for complaint in check_file(file, LIBRARY)]
    assert found == []
