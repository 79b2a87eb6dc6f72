"""Routines fitted to a person, and routines made for the time there is."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import groupby, pairwise
from math import nextafter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made import make_drill, make_routine
from trainer.core.drill import REGIONS, Drill, Knee, Load, Position, Sides
from trainer.core.errors import UsageError
from trainer.core.fitting import Fitted, spare_ms, within, without_floor, without_kneeling
from trainer.core.planning import FEWEST_ON_FLOOR, LONGEST_DOSE, ROOM_S, in_order, plan
from trainer.core.routine import Item, Routine, WhichSides
from trainer.core.side import Affected
from trainer.core.timeline import PhaseKind, Timeline
from trainer.library import Library, read_library

LIBRARY: Library = read_library(Path(__file__).parent.parent / "routines")
DRILLS = LIBRARY.drills
ROUTINES = LIBRARY.routines
HAIR_S = 20.077
"""Just below it, a thousand times as much rounds up to whole milliseconds."""


def make_library(*drills: Drill) -> dict[str, Drill]:
    return {drill.id: drill for drill in drills}


def kneeling(name: str, swap: str | None = None) -> Drill:
    drill = make_drill(name, position=Position.QUADRUPED, base_pose="quadruped")
    return replace(drill, swap=swap, knee=Knee(Load.MODERATE, kneeling=True))


def lying(name: str, swap: str | None = None) -> Drill:
    return replace(make_drill(name, position=Position.SUPINE, base_pose="supine"), swap=swap)


def standing(name: str, swap: str | None = None) -> Drill:
    return replace(make_drill(name, position=Position.STANDING, base_pose="standing"), swap=swap)


def routine_of(*names: str) -> Routine:
    return make_routine(*(Item(name) for name in names))


def names_in(routine: Routine) -> list[str]:
    return [item.drill for item in routine.items if item.drill is not None]


def total(fitted: Fitted, *, affected: Affected | None = None, stretch: float = 1.0) -> float:
    return Timeline.of(fitted.routine, DRILLS, affected=affected, stretch=stretch).total_s


# Without the floor, without kneeling


def test_a_drill_on_the_floor_gives_way_to_its_stand_in() -> None:
    drills = make_library(lying("bridge", "sit"), make_drill("sit"), standing("stand"))
    fitted = without_floor(routine_of("bridge", "stand"), drills)
    assert names_in(fitted.routine) == ["sit", "stand"]
    assert (fitted.swapped, fitted.left_out) == ((("bridge", "sit"),), ())


def test_a_stand_in_that_is_on_the_floor_itself_gives_way_in_turn() -> None:
    drills = make_library(kneeling("rock", "bridge"), lying("bridge", "stand"), standing("stand"))
    assert without_floor(routine_of("rock"), drills).swapped == (("rock", "stand"),)
    assert without_kneeling(routine_of("rock"), drills).swapped == (("rock", "bridge"),)


def test_stand_ins_that_go_in_a_circle_are_none() -> None:
    drills = make_library(lying("one", "two"), lying("two", "one"), standing("stand"))
    fitted = without_floor(routine_of("one", "stand"), drills)
    assert (names_in(fitted.routine), fitted.left_out) == (["stand"], ("one",))


@pytest.mark.parametrize("order", [("sit", "bridge"), ("bridge", "sit")])
def test_a_stand_in_that_is_there_already_is_not_done_twice(order: tuple[str, ...]) -> None:
    drills = make_library(lying("bridge", "sit"), make_drill("sit"))
    fitted = without_floor(routine_of(*order), drills)
    assert (names_in(fitted.routine), fitted.left_out) == (["sit"], ("bridge",))


def test_two_drills_with_one_stand_in_bring_it_once() -> None:
    drills = make_library(lying("one", "sit"), lying("two", "sit"), make_drill("sit"), standing("stand"))
    fitted = without_floor(routine_of("one", "two", "stand"), drills)
    assert fitted.swapped == (("one", "sit"),)
    assert fitted.left_out == ("two",)


def test_a_rest_goes_with_the_drill_before_it() -> None:
    drills = make_library(lying("bridge"), standing("stand"))
    routine = make_routine(Item("stand"), Item(rest=7), Item("bridge"), Item(rest=20))
    assert without_floor(routine, drills).routine.items == (Item("stand"), Item(rest=7))


def test_a_stand_in_has_as_much_of_its_own_dose() -> None:
    sit = make_drill("sit", reps=10, tempo=2)
    drills = make_library(replace(lying("bridge", "sit"), sides=Sides.UNILATERAL), sit)
    routine = make_routine(Item("bridge", reps=2, tempo=9, sides=WhichSides.AFFECTED, priority=1))
    assert without_floor(routine, drills).routine.items == (Item("sit", reps=7, priority=1),)


def test_a_stand_in_moves_to_its_like_so_that_nobody_gets_up_for_it() -> None:
    drills = make_library(
        make_drill("sit"),
        make_drill("clock"),
        lying("bridge"),
        kneeling("cat", "clock"),
        lying("slide"),
        standing("hinge"),
    )
    fitted = without_kneeling(routine_of("sit", "bridge", "cat", "slide", "hinge"), drills)
    assert names_in(fitted.routine) == ["sit", "clock", "bridge", "slide", "hinge"]
    drills["cat"] = kneeling("cat", "swing")
    drills["swing"] = standing("swing")
    fitted = without_kneeling(routine_of("sit", "bridge", "cat", "slide", "hinge"), drills)
    assert names_in(fitted.routine) == ["sit", "bridge", "slide", "swing", "hinge"]


def test_of_two_likes_it_moves_to_the_nearest_and_to_its_own_set_up_first() -> None:
    wall = replace(standing("wall"), base_pose="standing_wall")
    drills = make_library(
        *(make_drill(name) for name in ("sit", "clock", "chair")),
        *(lying(name) for name in ("bridge", "lie", "slide")),
        *(standing("hinge"), wall, replace(wall, id="swing"), kneeling("cat", "clock"), kneeling("dog", "swing")),
    )
    fitted = without_kneeling(routine_of("sit", "hinge", "bridge", "lie", "cat", "slide", "chair"), drills)
    assert names_in(fitted.routine) == ["sit", "hinge", "bridge", "lie", "slide", "clock", "chair"]
    fitted = without_kneeling(routine_of("bridge", "dog", "slide", "hinge", "wall"), drills)
    assert names_in(fitted.routine) == ["bridge", "slide", "hinge", "swing", "wall"]


def test_a_routine_that_is_all_floor_says_so() -> None:
    with pytest.raises(UsageError, match="Nothing of 'Made for tests' is left without the floor"):
        without_floor(make_routine(Item(rest=5), Item("bridge")), make_library(lying("bridge")))


def test_a_routine_that_asks_for_neither_stays_as_it_is() -> None:
    routine = ROUTINES["no-kneeling"]
    assert without_floor(routine, DRILLS) == without_kneeling(routine, DRILLS) == Fitted(routine)


@pytest.mark.parametrize("name", ROUTINES)
def test_shipped_routines_fit_people_who_stay_off_the_floor_or_their_knees(name: str) -> None:
    routine = ROUTINES[name]
    on_floor = {drill.id for drill in DRILLS.values() if drill.position.is_on_floor}
    on_knees = {drill.id for drill in DRILLS.values() if drill.knee.kneeling}
    for fitted, refused in ((without_floor(routine, DRILLS), on_floor), (without_kneeling(routine, DRILLS), on_knees)):
        kept = names_in(fitted.routine)
        assert refused.isdisjoint(kept)
        assert len(set(kept)) == len(kept)
        gone = {before for before, _ in fitted.swapped} | set(fitted.left_out)
        assert gone == refused.intersection(names_in(routine))
        assert trips(fitted.routine) <= trips(routine)


def trips(routine: Routine) -> int:
    """How often a routine goes down to the floor."""
    floors = [DRILLS[name].position.is_on_floor for name in names_in(routine)]
    return sum(is_floor for is_floor, _ in groupby(floors))


# Within the time there is


def test_a_routine_that_fits_is_left_alone() -> None:
    routine = ROUTINES["gym-floor-quick"]
    assert within(routine, DRILLS, 297.0).routine is routine
    assert within(routine, DRILLS, 296.9).routine != routine


def test_what_matters_least_goes_first() -> None:
    drills = make_library(*(make_drill(name, reps=10, tempo=2) for name in ("first", "usual", "spare", "free")))
    drills["free"] = replace(drills["free"], optional=True)
    routine = make_routine(Item("free"), Item("spare", priority=3), Item("usual"), Item("first", priority=1))
    left = [within(routine, drills, seconds).left_out for seconds in (97, 75, 60, 48, 40, 29)]
    assert left == [(), ("free",), ("free", "spare"), ("free", "spare"), ("free", "spare"), ("free", "spare", "usual")]
    assert names_in(within(routine, drills, 10).routine) == ["first"]
    assert within(routine, drills, 12).routine.items == (Item("first", reps=3, priority=1),)


def test_what_needs_no_cutting_stays_as_it_was_written() -> None:
    drills = make_library(make_drill("usual", reps=10), make_drill("spare", reps=10))
    fitted = within(make_routine(Item("usual"), Item("spare", priority=3)), drills, 80)
    assert fitted.routine.items == (Item("usual"), Item("spare", reps=7, priority=3))


def test_doses_give_evenly() -> None:
    drills = make_library(*(make_drill(name, reps=10, tempo=2) for name in ("one", "two", "three")))
    fitted = within(routine_of("one", "two", "three"), drills, 14 + 21 * 2)
    assert [item.reps for item in fitted.routine.items] == [7, 7, 7]


def test_a_small_drill_comes_back_where_a_large_one_left_room() -> None:
    drills = make_library(
        make_drill("kept", reps=2, tempo=2), make_drill("large", reps=2, tempo=20), make_drill("small", reps=2, tempo=2)
    )
    routine = make_routine(Item("kept", priority=1), Item("large", priority=3), Item("small", priority=3))
    assert within(routine, drills, 20).left_out == ("large",)


def test_timed_work_is_not_cut_to_nothing() -> None:
    routine = make_routine(Item("one", time=12, priority=1))
    with pytest.raises(UsageError, match=r"takes 0:16\.0"):
        within(routine, make_library(make_drill("one")), 15)


def test_a_hair_less_than_a_whole_millisecond_is_less() -> None:
    timeline = Timeline.of(routine_of("one"), make_library(make_drill("one", reps=1, tempo=HAIR_S - 6)))
    assert timeline.total_s == HAIR_S
    assert spare_ms(HAIR_S, timeline) == 0
    assert spare_ms(nextafter(HAIR_S, 0), timeline) == -1
    assert spare_ms(HAIR_S + 0.0006, timeline) == 0


def test_less_than_the_least_is_refused_with_what_it_takes() -> None:
    drills = make_library(make_drill("first", reps=10, tempo=2))
    with pytest.raises(UsageError, match=r"'Made for tests' cannot be done in that time. The least of it takes 0:10.0"):
        within(make_routine(Item("first", priority=1)), drills, 9.9)


def test_of_two_usual_drills_the_region_with_more_gives() -> None:
    names = ("ankle-1", "ankle-2", "ankle-3", "hand")
    drills = make_library(*(make_drill(name, reps=4, tempo=5) for name in names))
    drills["hand"] = replace(drills["hand"], region="hand")
    assert within(routine_of(*names), drills, 50).left_out == ("ankle-3",)


def test_a_long_cut_still_sits_lies_and_stands() -> None:
    fitted = within(ROUTINES["every-joint"], DRILLS, 300)
    positions = [DRILLS[name].position for name in names_in(fitted.routine)]
    assert positions[0] is Position.SEATED
    assert any(position.is_on_floor for position in positions)
    assert positions[-1].is_upright


def test_timed_work_and_rests_are_cut_to_half_and_no_line_changes_that_need_not() -> None:
    drills = make_library(make_drill("one", sides=Sides.UNILATERAL), make_drill("two"))
    routine = make_routine(Item("one", time=40), Item(rest=30), Item("two", tempo=1.5))
    fitted = within(routine, drills, 6 + 40 + 3 + 4 + 3 + 15 + 40)
    one, rest, two = fitted.routine.items
    assert one.time is not None
    assert rest.rest is not None
    assert two.reps in (2, 3, None)
    assert 20 <= one.time <= 40
    assert 15 <= rest.rest <= 30
    assert Timeline.of(fitted.routine, drills).total_s >= 110


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    items = []
    for name in draw(st.lists(st.sampled_from(sorted(DRILLS)), min_size=1, max_size=14)):
        amount = draw(st.one_of(st.none(), st.integers(1, 20), st.floats(1, 90).map(lambda s: round(s, 2))))
        items.append(
            Item(
                name,
                reps=amount if isinstance(amount, int) else None,
                time=amount if isinstance(amount, float) else None,
                tempo=draw(st.sampled_from((None, 0.7, 2.3335, 6.0))),
                sides=draw(st.sampled_from(WhichSides)) if DRILLS[name].is_one_sided else WhichSides.BOTH,
                priority=draw(st.integers(1, 3)),
            )
        )
        if draw(st.integers(0, 4)) == 0:
            items.append(Item(rest=draw(st.sampled_from((1.0, 12.5, 60.0))), priority=draw(st.integers(1, 3))))
    return make_routine(*([Item(rest=5.0)] if draw(st.booleans()) else []), *items)


@settings(max_examples=150, deadline=None)
@given(
    routine=routines(),
    part=st.floats(0.02, 1.1),
    affected=st.sampled_from((None, *Affected)),
    stretch=st.sampled_from((0.5, 1.0, 1.7, 3.0)),
)
def test_a_cut_routine_is_a_shorter_one_of_the_same_and_as_long_as_can_be(
    routine: Routine, part: float, affected: Affected | None, stretch: float
) -> None:
    whole = total(Fitted(routine), affected=affected, stretch=stretch)
    seconds = whole * part
    try:
        fitted = within(routine, DRILLS, seconds, affected=affected, stretch=stretch)
    except UsageError:
        assert part < 1
        return
    now = total(fitted, affected=affected, stretch=stretch)
    assert now <= seconds
    if part >= 1:
        assert fitted == Fitted(routine)
    wanted = iter(routine.items)
    for item in fitted.routine.items:
        planned = next(
            each
            for each in wanted
            if replace(item, reps=None, time=None, rest=None) == replace(each, reps=None, time=None, rest=None)
            and (item.rest is None) == (each.rest is None)
            and (item.time is None) == (each.time is None)
        )
        if item.drill is not None and item.time is None:
            most = planned.reps or DRILLS[item.drill].dose.reps
            reps = item.reps or DRILLS[item.drill].dose.reps
            assert min(2, most) <= reps <= most
            if reps < most:
                more = tuple(replace(item, reps=reps + 1) if each is item else each for each in fitted.routine.items)
                longer = Fitted(replace(routine, items=more))
                assert total(longer, affected=affected, stretch=stretch) > seconds
    counts = [names_in(routine).count(name) - names_in(fitted.routine).count(name) for name in DRILLS]
    assert sum(counts) == len(fitted.left_out)
    precious = [item.drill for item in routine.items if item.drill and item.priority == 1]
    kept = [item.drill for item in fitted.routine.items if item.drill and item.priority == 1]
    assert kept == precious


# A routine made for the time there is


WISHES = st.fixed_dictionaries(
    {
        "no_floor": st.booleans(),
        "no_kneeling": st.booleans(),
        "focus": st.lists(st.sampled_from(REGIONS), unique=True, max_size=3).map(tuple),
        "affected": st.sampled_from((None, *Affected)),
        "stretch": st.sampled_from((0.5, 1.0, 1.5, 3.0)),
    }
)


@st.composite
def drill_sets(draw: st.DrawFn) -> dict[str, Drill]:
    """Libraries nobody wrote: any mixture of positions, regions, doses and loads."""
    drills = {}
    for number in range(draw(st.integers(1, 12))):
        position = draw(st.sampled_from(Position))
        drill = make_drill(
            f"drill-{number}",
            sides=draw(st.sampled_from(Sides)),
            reps=draw(st.integers(1, 30)),
            tempo=draw(st.sampled_from((0.5, 2.5, 4.0, 2.3335, 12.0))),
            position=position,
            base_pose=f"{position.value}-{draw(st.integers(1, 2))}",
            turns=draw(st.booleans()),
        )
        region = draw(st.sampled_from(REGIONS))
        load = draw(st.sampled_from(Load))
        knee = Knee(load, kneeling=position in (Position.QUADRUPED, Position.HALF_KNEELING))
        drills[drill.id] = replace(drill, region=region, knee=knee, optional=draw(st.booleans()))
    return drills


def positions_keep_together(routine: Routine, drills: dict[str, Drill]) -> None:
    used = [drills[name] for name in names_in(routine)]
    stages = [key for key, _ in groupby((drill.position.is_on_floor, drill.position.is_upright) for drill in used)]
    early_neck = any(drill.region == "neck" and drill.position is not Position.SEATED for drill in used)
    if not early_neck:
        assert stages == sorted(set(stages), key=((False, False), (True, False), (False, True)).index)
        poses = [key for key, _ in groupby(drill.base_pose for drill in used)]
        assert len(poses) == len(set(poses))
    assert sum(is_floor for is_floor, _ in stages) <= 1


@settings(max_examples=120, deadline=None)
@given(drills=drill_sets(), seconds=st.floats(20, 1500), wishes=WISHES, seed=st.integers(0, 9))
def test_a_plan_of_any_library_keeps_to_the_time_and_the_wishes(
    drills: dict[str, Drill], seconds: float, wishes: dict[str, object], seed: int
) -> None:
    try:
        fitted = plan(drills, seconds, rng=random.Random(seed), **wishes)  # type: ignore[arg-type]
    except UsageError:
        return
    routine = fitted.routine
    kept = names_in(routine)
    timeline = Timeline.of(routine, drills, affected=wishes["affected"], stretch=wishes["stretch"])  # type: ignore[arg-type]
    assert timeline.total_s <= seconds
    assert len(set(kept)) == len(kept) == len(routine.items)
    assert all(item.sides is WhichSides.BOTH for item in routine.items)
    assert not (wishes["no_floor"] and any(drills[name].position.is_on_floor for name in kept))
    assert not (wishes["no_kneeling"] and any(drills[name].knee.kneeling for name in kept))
    assert set(kept).isdisjoint(fitted.left_out)
    positions_keep_together(routine, drills)
    assert fitted == plan(drills, seconds, rng=random.Random(seed), **wishes)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(minutes=st.floats(3, 45), wishes=WISHES, seed=st.integers(0, 1000))
def test_a_plan_of_the_shipped_drills_uses_the_time(minutes: float, wishes: dict[str, object], seed: int) -> None:
    seconds = minutes * 60
    fitted = plan(DRILLS, seconds, rng=random.Random(seed), **wishes)  # type: ignore[arg-type]
    used = [DRILLS[name] for name in names_in(fitted.routine)]
    timeline = Timeline.of(fitted.routine, DRILLS, affected=wishes["affected"], stretch=wishes["stretch"])  # type: ignore[arg-type]
    assert 0.95 * seconds <= timeline.total_s <= seconds
    assert set(wishes["focus"]) <= {drill.region for drill in used}  # type: ignore[call-overload]
    positions_keep_together(fitted.routine, dict(DRILLS))
    for before, drill in pairwise(used):
        assert not (drill.region == "neck" and before.position.is_on_floor)
    for item, drill in zip(fitted.routine.items, used, strict=False):
        assert item.reps is not None
        assert min(2, drill.dose.reps) <= item.reps <= drill.dose.reps * LONGEST_DOSE
        if drill.knee.load is Load.MODERATE:
            assert item.reps <= drill.dose.reps
            assert seconds >= ROOM_S
        works = [phase for phase in timeline.phases if phase.drill is drill and phase.kind is PhaseKind.WORK]
        assert len(works) == (2 if drill.is_one_sided else 1)
        assert {phase.reps for phase in works} == {item.reps}
    floor = sum(drill.position.is_on_floor for drill in used)
    assert floor == 0 or (floor >= FEWEST_ON_FLOOR and seconds >= ROOM_S)


@pytest.mark.parametrize("seed", range(5))
def test_the_neighbours_of_the_knee_come_first_and_then_everything(seed: int) -> None:
    def regions(minutes: float) -> set[str]:
        routine = plan(DRILLS, minutes * 60, rng=random.Random(seed)).routine
        return {DRILLS[name].region for name in names_in(routine)}

    assert {"foot", "ankle", "hip", "knee"} <= regions(3)
    assert {*REGIONS} - {"eyes"} <= regions(10)
    assert {*REGIONS} == regions(20)


def test_focus_gets_more_than_its_usual_share() -> None:
    def reps(focus: tuple[str, ...]) -> float:
        routine = plan(DRILLS, 600, rng=random.Random(1), focus=focus).routine
        return sum(item.reps or 0 for item in routine.items if item.drill and DRILLS[item.drill].region == "neck")

    assert reps(("neck",)) >= 3 * reps(())


def test_where_everything_is_in_it_focus_still_gets_more_of_each() -> None:
    def dose(focus: tuple[str, ...]) -> int | None:
        routine = plan(DRILLS, 1800, rng=random.Random(1), focus=focus).routine
        return next(item.reps for item in routine.items if item.drill == "neck-rotation")

    assert (dose(("neck",)) or 0) > (dose(()) or 0)


def test_two_regions_that_were_asked_for_share_even_little_time() -> None:
    drills = make_library(
        make_drill("circles", reps=2, tempo=4), replace(make_drill("swing", reps=10, tempo=6), region="hip")
    )
    routine = plan(drills, 40, rng=random.Random(1), focus=("ankle", "hip")).routine
    assert names_in(routine) == ["circles", "swing"]


def test_a_short_plan_stays_off_the_floor() -> None:
    regions = ("hip", "knee", "thoracic", "neck")
    drills = make_library(make_drill("sit"), *(replace(lying(name), region=name) for name in regions))
    assert names_in(plan(drills, 300, rng=random.Random(1)).routine) == ["sit"]
    assert len(names_in(plan(drills, 480, rng=random.Random(1)).routine)) == 5


def test_set_ups_come_from_the_ground_up_and_stay_together() -> None:
    swing, roll = DRILLS["leg-swing-sagittal"], DRILLS["foot-roll-in-out"]
    assert in_order([swing, roll]) == [roll, swing]
    one, two = make_drill("one", base_pose="a"), make_drill("two", base_pose="b")
    assert in_order([one, two, replace(one, id="three")]) == [one, replace(one, id="three"), two]


def test_another_seed_makes_another_routine() -> None:
    made = {plan(DRILLS, 360, rng=random.Random(seed)).routine.items for seed in range(8)}
    assert len(made) >= 6


def test_what_there_was_no_time_for_is_told_but_not_what_was_refused() -> None:
    fitted = plan(DRILLS, 600, rng=random.Random(1), no_floor=True)
    rest = {drill.id for drill in DRILLS.values() if not drill.position.is_on_floor}
    assert {*names_in(fitted.routine), *fitted.left_out} == rest


def test_a_region_that_was_asked_for_is_there_even_where_it_takes_the_floor() -> None:
    drills = {name: drill for name, drill in DRILLS.items() if drill.region != "knee" or name == "heel-slide"}
    assert "heel-slide" not in names_in(plan(drills, 240, rng=random.Random(1)).routine)
    assert "heel-slide" in names_in(plan(drills, 240, rng=random.Random(1), focus=("knee",)).routine)
    assert "heel-slide" not in names_in(plan(drills, 240, rng=random.Random(1), focus=("knee",), no_floor=True).routine)


def test_optional_drills_are_chosen_last() -> None:
    drills = make_library(replace(make_drill("extra"), optional=True), make_drill("usual"))
    for seed in range(6):
        assert names_in(plan(drills, 20, rng=random.Random(seed)).routine) == ["usual"]


def test_a_neck_drill_never_comes_right_after_the_floor() -> None:
    nod = replace(standing("nod"), region="neck")
    assert [drill.id for drill in in_order([nod, lying("bridge"), make_drill("sit")])] == ["sit", "nod", "bridge"]
    assert [drill.id for drill in in_order([nod, standing("hinge"), make_drill("sit")])] == ["sit", "hinge", "nod"]


def test_equipment_follows_from_the_positions() -> None:
    def needs(*drills: Drill) -> tuple[str, ...]:
        return plan(make_library(*drills), 600, rng=random.Random(1)).routine.equipment

    assert needs(make_drill("sit")) == ("chair",)
    assert needs(standing("hinge")) == ()
    assert needs(kneeling("cat")) == ("mat", "thick pad for the knees")


def test_wishes_that_leave_nothing_are_told() -> None:
    with pytest.raises(UsageError, match="No drill is left"):
        plan(make_library(lying("bridge")), 600, rng=random.Random(1), no_floor=True)
    with pytest.raises(UsageError, match="no drill as short"):
        plan(make_library(make_drill("slow", tempo=60)), 100, rng=random.Random(1))
