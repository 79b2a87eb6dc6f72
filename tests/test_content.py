"""What is shipped: all of it is there, within the limits of a body, and adds up to the times it promises."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from trainer.core.drill import Drill, Load, Sides
from trainer.core.routine import demands
from trainer.core.timeline import Timeline
from trainer.library import Library, check_files, read_library

SHIPPED = Path(__file__).parent.parent / "routines"
FILES = sorted(SHIPPED.rglob("*.yaml"))

TOTALS = {
    "desk-break": 360.0,
    "every-joint": 1222.5,
    "gym-floor-quick": 297.0,
    "knee-neighbours": 588.0,
    "no-kneeling": 686.0,
    "stairs-morning": 471.0,
}
"""Seconds. Counting 3 s for every change of sides, they would be 360, 1212.5, 293, 584, 682 and 465; each of the
drills that turn the body takes 2 s more."""

TURNING = {"half-kneeling-hip-rock", "heel-slide", "hip-circles-standing", "leg-swing-sagittal", "open-book"}

PER_REGION = {
    "foot": 6,
    "ankle": 4,
    "knee": 4,
    "hip": 8,
    "pelvis-lumbar": 4,
    "thoracic": 4,
    "shoulder": 3,
    "elbow": 2,
    "wrist": 2,
    "hand": 3,
    "neck": 3,
    "eyes": 1,
}

MUST_NOT_CLAIM = (
    "permanent|forever|cure|heal|heals|healing|fix|fixes|realign|detox|rewire|turn off|inflammation|prevent|prevents|"
    "surgery|arthritis|proven|clinically tested|physio-approved|cars|controlled articular"
)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(SHIPPED)


@pytest.fixture(scope="module")
def drills(library: Library) -> tuple[Drill, ...]:
    return tuple(library.drills.values())


def test_everything_is_there(library: Library, drills: tuple[Drill, ...]) -> None:
    assert library.broken == ()
    assert library.own == frozenset()
    assert len(drills) == 44
    assert set(library.routines) == set(TOTALS)
    assert Counter(drill.region for drill in drills) == PER_REGION
    assert list(dict.fromkeys(drill.region for drill in drills)) == list(PER_REGION)
    assert len(library.body.coordinates) == 45
    assert len(library.body.base_poses) == 9
    assert len(library.body.totals) == 6


def test_no_shipped_file_has_a_mistake(library: Library) -> None:
    assert check_files(FILES, library) == ()


@pytest.mark.parametrize("routine", TOTALS)
def test_a_routine_takes_the_time_it_promises(library: Library, routine: str) -> None:
    assert Timeline.of(library.routines[routine], library.drills).total_s == TOTALS[routine]


def test_the_drills_that_turn_the_body_are_known(drills: tuple[Drill, ...]) -> None:
    assert {drill.id for drill in drills if drill.turns and drill.is_one_sided} == TURNING


def test_every_joint_holds_every_drill_once(library: Library) -> None:
    items = library.routines["every-joint"].items
    assert sorted(item.drill for item in items if item.drill) == sorted(library.drills)


def test_no_kneeling_keeps_its_word(library: Library) -> None:
    asked = demands(library.routines["no-kneeling"], library.drills)
    assert not asked.kneeling
    assert not asked.floor
    assert asked.load is Load.LOW


def test_angles_stay_within_limits_on_both_sides(library: Library, drills: tuple[Drill, ...]) -> None:
    """A second opinion, counted out here without the library's own rules."""
    body = library.body
    for drill in drills:
        start = body.base_poses[drill.base_pose].pose
        for keyframe in drill.keyframes:
            pose = {**start, **keyframe.angles}
            for shown in (pose, body.mirrored(pose)):
                for name, degrees in shown.items():
                    coordinate = body.coordinate(name)
                    assert coordinate is not None, (drill.id, name)
                    low, high = coordinate.limits
                    if drill.knee.weight_bearing and coordinate.limits_weight_bearing is not None:
                        low, high = coordinate.limits_weight_bearing
                    assert low <= degrees <= high, (drill.id, keyframe.phase, name)
                for total in body.totals.values():
                    degrees = sum(shown.get(part, 0.0) for part in total.sum)
                    assert total.limits[0] <= degrees <= total.limits[1], (drill.id, keyframe.phase, total.sum)


def test_phases_rise_from_nought_and_name_the_same_joints(drills: tuple[Drill, ...]) -> None:
    for drill in drills:
        phases = [keyframe.phase for keyframe in drill.keyframes]
        assert phases == sorted(set(phases)), drill.id
        assert (phases[0], phases[-1] < 1, 2 <= len(phases) <= 4) == (0, True, True), drill.id
        assert len({frozenset(keyframe.angles) for keyframe in drill.keyframes}) == 1, drill.id


def test_a_stand_in_asks_less(library: Library, drills: tuple[Drill, ...]) -> None:
    for drill in drills:
        if drill.knee.kneeling:
            assert drill.swap is not None, drill.id
        if drill.swap is not None:
            gentler = library.drills[drill.swap]
            assert not gentler.knee.kneeling, drill.id
            assert not gentler.position.is_on_floor, drill.id


def test_words_fit_the_screen(drills: tuple[Drill, ...]) -> None:
    assert len({drill.name for drill in drills}) == 44
    for drill in drills:
        assert len(drill.name) <= 28, drill.id
        assert drill.term, drill.id
        assert 3 <= len(drill.steps) <= 5, drill.id
        assert max(map(len, drill.steps)) <= 90, drill.id
        assert max(map(len, drill.cues)) <= 60, drill.id
        assert len(drill.why_knee) <= 120, drill.id
        assert drill.stop_if, drill.id
        assert drill.dose.hold < drill.dose.tempo, drill.id


def test_one_sided_words_can_be_said_for_the_other_side(drills: tuple[Drill, ...]) -> None:
    """Steps of a one-sided drill are for the right; a step that names the left alone names the leg that rests."""
    for drill in drills:
        if drill.sides is Sides.UNILATERAL and any("left" in step.lower() for step in drill.steps):
            assert any("right" in step.lower() for step in drill.steps), drill.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_file_claims_what_nobody_knows(path: Path) -> None:
    text = re.sub(r"^\s*(source|note):.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    assert re.findall(rf"\b({MUST_NOT_CLAIM})\b", text, flags=re.IGNORECASE) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_says_first_how_to_edit_it(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert lines[1].startswith("#")
