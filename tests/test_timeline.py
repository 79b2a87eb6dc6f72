from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import make_drill, make_routine
from trainer.core.cue import CueKind
from trainer.core.drill import Drill, Position, Sides
from trainer.core.routine import Item, WhichSides
from trainer.core.side import Affected, Side
from trainer.core.timeline import PhaseKind, Timeline, prepare_seconds

BOTH = make_drill("toe-curls", reps=4, tempo=2.5)
ONE = make_drill("ankle-circles", sides=Sides.UNILATERAL, reps=3, tempo=4)
TURNS = make_drill(
    "open-book", sides=Sides.UNILATERAL, position=Position.SIDE_LYING, base_pose="side_lying", turns=True
)
STAND = make_drill("hip-hinge", position=Position.STANDING, base_pose="standing")
DRILLS = {drill.id: drill for drill in (BOTH, ONE, TURNS, STAND)}


def compile_items(*items: Item, affected: Affected | None = None, stretch: float = 1.0) -> Timeline:
    return Timeline.of(make_routine(*items), DRILLS, affected=affected, stretch=stretch)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    count = draw(st.integers(1, 6))
    items = []
    for _ in range(count):
        drill = draw(st.sampled_from(sorted(DRILLS)))
        kind = draw(st.sampled_from(["reps", "time"]))
        if kind == "reps":
            tempo = draw(st.sampled_from([0.5, 1.3, 2.5, 4.0, 7.0]))
            items.append(Item(drill=drill, reps=draw(st.integers(1, 12)), tempo=tempo))
        else:
            items.append(Item(drill=drill, time=draw(st.sampled_from([1.0, 15.0, 45.5]))))
        if draw(st.booleans()):
            items.append(Item(rest=draw(st.sampled_from([1.0, 20.0]))))
    affected = draw(st.sampled_from([None, *Affected]))
    return compile_items(*items, affected=affected, stretch=draw(st.sampled_from([0.5, 1.0, 1.7])))


def test_a_one_sided_drill_gives_each_side_its_full_reps_and_a_switch_between() -> None:
    phases = compile_items(Item(drill="ankle-circles")).phases
    assert [(phase.kind, phase.side, phase.duration_s) for phase in phases] == [
        (PhaseKind.PREPARE, Side.RIGHT, 6.0),
        (PhaseKind.WORK, Side.RIGHT, 12.0),
        (PhaseKind.SWITCH, Side.LEFT, 3.0),
        (PhaseKind.WORK, Side.LEFT, 12.0),
    ]


def test_turning_the_body_round_takes_longer() -> None:
    phases = compile_items(Item(drill="open-book")).phases
    assert phases[2].duration_s == 5.0


@pytest.mark.parametrize(
    ("affected", "first"), [(Affected.RIGHT, Side.LEFT), (Affected.LEFT, Side.RIGHT), (Affected.BOTH, Side.RIGHT)]
)
def test_the_good_side_goes_first(affected: Affected, first: Side) -> None:
    phases = compile_items(Item(drill="ankle-circles"), affected=affected).phases
    assert [phase.side for phase in phases if phase.is_work] == [first, first.other]


def test_a_routine_can_ask_for_one_side() -> None:
    only = compile_items(Item(drill="ankle-circles", sides=WhichSides.LEFT))
    assert [phase.side for phase in only.phases] == [Side.LEFT, Side.LEFT]
    sore = compile_items(Item(drill="ankle-circles", sides=WhichSides.AFFECTED), affected=Affected.LEFT)
    assert [phase.side for phase in sore.phases if phase.is_work] == [Side.LEFT]
    unknown = compile_items(Item(drill="ankle-circles", sides=WhichSides.AFFECTED))
    assert [phase.side for phase in unknown.phases if phase.is_work] == [Side.RIGHT, Side.LEFT]


def drill_at(position: Position, base_pose: str) -> Drill:
    return make_drill("x", position=position, base_pose=base_pose)


@pytest.mark.parametrize(
    ("here", "there", "seconds"),
    [
        (None, (Position.SEATED, "seated"), 6),
        ((Position.SEATED, "seated"), (Position.SEATED, "seated"), 4),
        ((Position.STANDING_SUPPORTED, "standing_wall"), (Position.STANDING, "standing"), 5),
        ((Position.SUPINE, "supine_hook"), (Position.SUPINE, "supine_straight"), 5),
        ((Position.SEATED, "seated"), (Position.STANDING, "standing"), 8),
        ((Position.SUPINE, "supine_straight"), (Position.SIDE_LYING, "side_lying"), 8),
        ((Position.SEATED, "seated"), (Position.SUPINE, "supine_hook"), 12),
        ((Position.HALF_KNEELING, "half_kneeling"), (Position.STANDING, "standing"), 12),
    ],
)
def test_getting_into_position_takes_the_time_it_takes(
    here: tuple[Position, str] | None, there: tuple[Position, str], seconds: float
) -> None:
    assert prepare_seconds(drill_at(*here) if here else None, drill_at(*there)) == seconds


def test_stretch_lengthens_preparing_and_nothing_else() -> None:
    usual = compile_items(Item(drill="ankle-circles"), Item(drill="hip-hinge"))
    slow = compile_items(Item(drill="ankle-circles"), Item(drill="hip-hinge"), stretch=1.5)
    for before, after in zip(usual.phases, slow.phases, strict=True):
        factor = 1.5 if before.kind is PhaseKind.PREPARE else 1.0
        assert after.duration_s == before.duration_s * factor


def test_cues_count_in_start_count_reps_and_tell_the_middle() -> None:
    timeline = compile_items(Item(drill="toe-curls", reps=10))
    assert [(cue.at_s, cue.kind.value) for cue in timeline.cues] == [
        (0.0, "say"),
        (3.0, "three"),
        (4.0, "two"),
        (5.0, "one"),
        (6.0, "go"),
        *[(6.0 + 2.5 * rep, "rep") for rep in range(6)],
        (18.5, "halfway"),
        *[(6.0 + 2.5 * rep, "rep") for rep in range(6, 10)],
        (31.0, "done"),
    ]


def test_short_work_has_no_halfway() -> None:
    assert CueKind.HALFWAY not in [cue.kind for cue in compile_items(Item(drill="toe-curls", reps=8)).cues]


def test_the_announcement_names_drill_side_and_dose() -> None:
    texts = [cue.text for cue in compile_items(Item(drill="ankle-circles"), Item(drill="toe-curls", time=30)).cues]
    assert "Sit down. Ankle circles. Right foot. Three circles." in texts
    assert "Last drill. Toe curls. Thirty seconds." in texts
    assert "Switch sides. Left foot." in texts


@given(timelines())
def test_phases_touch_and_add_up(timeline: Timeline) -> None:
    assert timeline.phases[0].start_s == 0
    for before, after in pairwise(timeline.phases):
        assert before.end_s == after.start_s
        assert before.index + 1 == after.index
    assert timeline.total_s == pytest.approx(sum(phase.duration_s for phase in timeline.phases))


@given(timelines())
def test_every_work_phase_is_counted_in_and_every_rep_has_its_cue(timeline: Timeline) -> None:
    for phase in timeline.phases:
        mine = [cue for cue in timeline.cues if cue.phase == phase.index]
        assert all(phase.start_s <= cue.at_s <= phase.end_s for cue in mine)
        if phase.is_work:
            before = timeline.phases[phase.index - 1]
            counted = [cue.kind for cue in timeline.cues if cue.phase == before.index and cue.kind in ("two", "one")]
            assert counted == [CueKind.TWO, CueKind.ONE]
            assert [cue.rep for cue in mine if cue.kind is CueKind.REP] == list(range(1, (phase.reps or 0) + 1))
            assert (CueKind.HALFWAY in [cue.kind for cue in mine]) == (phase.duration_s > 20)
    assert [cue.kind for cue in timeline.cues].count(CueKind.DONE) == 1
    assert timeline.cues[-1].kind is CueKind.DONE


@given(timelines(), st.lists(st.floats(0, 400), max_size=30))
def test_between_loses_and_doubles_nothing(timeline: Timeline, cuts: list[float]) -> None:
    edges = [0.0, *sorted(cuts), math.inf]
    pieces = [cue for start, end in pairwise(edges) for cue in timeline.between(start, end)]
    assert tuple(pieces) == timeline.cues


@given(timelines(), st.data())
def test_phase_at_finds_the_phase_that_holds_the_instant(timeline: Timeline, data: st.DataObject) -> None:
    at_s = data.draw(st.floats(0, timeline.total_s, exclude_max=True))
    phase = timeline.phase_at(at_s)
    assert phase.start_s <= at_s < phase.end_s


@given(timelines(), st.data())
def test_extending_moves_all_that_follows_and_keeps_all_that_was(timeline: Timeline, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(timeline.phases) - 1))
    longer = timeline.extended(index, 10.0, heard_s=timeline.phases[index].start_s)
    assert longer.total_s == pytest.approx(timeline.total_s + 10)
    assert longer.phases[:index] == timeline.phases[:index]
    for before, after in zip(timeline.phases[index + 1 :], longer.phases[index + 1 :], strict=True):
        assert after.start_s == pytest.approx(before.start_s + 10)
        assert after.duration_s == before.duration_s
    for before, after in pairwise(longer.phases):
        assert before.end_s == after.start_s


def test_a_halfway_that_was_told_is_not_told_again() -> None:
    timeline = compile_items(Item(drill="toe-curls", reps=10))
    kinds = [cue.kind for cue in timeline.extended(1, 10, heard_s=20).cues]
    assert CueKind.HALFWAY not in kinds
    kinds = [cue.kind for cue in timeline.extended(1, 10, heard_s=10).cues]
    assert kinds.count(CueKind.HALFWAY) == 1
