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
from trainer.core.fitting import lighter, without_standing
from trainer.core.planning import FEWEST_ON_FLOOR, LONGEST_DOSE, ROOM_S, in_order, plan, spare_ms
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


def total(routine: Routine) -> float:
    return Timeline.of(routine, DRILLS).total_s


# Without what stands; lighter


def test_a_drill_that_stands_gives_way_to_its_stand_in() -> None:
    drills = make_library(standing("hinge", "sit"), make_drill("sit"), lying("bridge"))
    fitted = without_standing(routine_of("hinge", "bridge"), drills)
    assert names_in(fitted) == ["sit", "bridge"]
    assert (fitted.id, fitted.name) == ("made", "Made for tests (no standing)")


@pytest.mark.parametrize("knee", [Knee(Load.LOW, kneeling=True), Knee(Load.LOW, weight_bearing=True)])
def test_kneeling_and_weight_on_a_knee_are_standing_too(knee: Knee) -> None:
    drills = make_library(replace(lying("rock"), knee=knee), make_drill("sit"))
    assert names_in(without_standing(routine_of("rock", "sit"), drills)) == ["sit"]


def test_a_stand_in_that_stands_itself_gives_way_in_turn() -> None:
    drills = make_library(kneeling("rock", "hinge"), standing("hinge", "sit"), make_drill("sit"))
    assert names_in(without_standing(routine_of("rock"), drills)) == ["sit"]
    assert names_in(lighter(routine_of("rock"), drills)) == ["hinge"]


def test_stand_ins_that_go_in_a_circle_are_none() -> None:
    drills = make_library(standing("one", "two"), standing("two", "one"), make_drill("sit"))
    assert names_in(without_standing(routine_of("one", "sit"), drills)) == ["sit"]


@pytest.mark.parametrize("order", [("sit", "hinge"), ("hinge", "sit")])
def test_a_stand_in_that_is_there_already_is_not_done_twice(order: tuple[str, ...]) -> None:
    drills = make_library(standing("hinge", "sit"), make_drill("sit"))
    assert names_in(without_standing(routine_of(*order), drills)) == ["sit"]


def test_two_drills_with_one_stand_in_bring_it_once() -> None:
    drills = make_library(standing("one", "sit"), standing("two", "sit"), make_drill("sit"), lying("bridge"))
    assert names_in(without_standing(routine_of("one", "two", "bridge"), drills)) == ["sit", "bridge"]


def test_a_rest_goes_with_the_drill_before_it() -> None:
    drills = make_library(standing("hinge"), make_drill("sit"))
    routine = make_routine(Item("sit"), Item(rest=7), Item("hinge"), Item(rest=20))
    assert without_standing(routine, drills).items == (Item("sit"), Item(rest=7))


def test_a_stand_in_has_as_much_of_its_own_dose() -> None:
    sit = make_drill("sit", reps=10, tempo=2)
    drills = make_library(replace(standing("hinge", "sit"), sides=Sides.UNILATERAL), sit)
    routine = make_routine(Item("hinge", reps=2, tempo=9, sides=WhichSides.AFFECTED, priority=1))
    assert without_standing(routine, drills).items == (Item("sit", reps=7, priority=1),)


def test_a_stand_in_moves_to_its_like_so_that_nobody_gets_up_for_it() -> None:
    drills = make_library(
        make_drill("sit"),
        make_drill("clock"),
        lying("bridge"),
        kneeling("cat", "clock"),
        lying("slide"),
        standing("hinge"),
    )
    fitted = lighter(routine_of("sit", "bridge", "cat", "slide", "hinge"), drills)
    assert names_in(fitted) == ["sit", "clock", "bridge", "slide", "hinge"]
    drills["cat"] = kneeling("cat", "swing")
    drills["swing"] = standing("swing")
    fitted = lighter(routine_of("sit", "bridge", "cat", "slide", "hinge"), drills)
    assert names_in(fitted) == ["sit", "bridge", "slide", "swing", "hinge"]


def test_of_two_likes_it_moves_to_the_nearest_and_to_its_own_set_up_first() -> None:
    wall = replace(standing("wall"), base_pose="standing_wall")
    drills = make_library(
        *(make_drill(name) for name in ("sit", "clock", "chair")),
        *(lying(name) for name in ("bridge", "lie", "slide")),
        *(standing("hinge"), wall, replace(wall, id="swing"), kneeling("cat", "clock"), kneeling("dog", "swing")),
    )
    fitted = lighter(routine_of("sit", "hinge", "bridge", "lie", "cat", "slide", "chair"), drills)
    assert names_in(fitted) == ["sit", "hinge", "bridge", "lie", "slide", "clock", "chair"]
    fitted = lighter(routine_of("bridge", "dog", "slide", "hinge", "wall"), drills)
    assert names_in(fitted) == ["bridge", "slide", "hinge", "swing", "wall"]


def test_a_routine_of_which_too_little_is_left_says_so() -> None:
    with pytest.raises(UsageError, match="Too little of 'Made for tests' is left without standing"):
        without_standing(make_routine(Item(rest=5), Item("hinge")), make_library(standing("hinge")))
    four = make_library(make_drill("sit"), *(standing(name) for name in ("hinge", "swing", "turn")))
    assert names_in(without_standing(routine_of("sit", "hinge", "swing"), four)) == ["sit"]
    with pytest.raises(UsageError, match="Too little"):
        without_standing(routine_of(*four), four)
    with pytest.raises(UsageError, match="left without a moderate load"):
        lighter(routine_of("rock"), make_library(kneeling("rock")))


def test_a_routine_that_asks_for_no_standing_stays_as_it_is() -> None:
    routine = ROUTINES["desk-break"]
    assert without_standing(routine, DRILLS) is routine


def test_lighter_has_fewer_reps_of_everything_but_never_fewer_than_two() -> None:
    drills = make_library(*(make_drill(name, reps=10) for name in ("one", "two", "three", "four", "usual")))
    items = (Item("one", reps=1), Item("two", reps=2), Item("three", reps=3), Item("four", reps=8), Item("usual"))
    made = lighter(make_routine(*items), drills)
    assert [item.reps for item in made.items] == [1, 2, 2, 5, 6]
    assert lighter(replace(made, name="Made (no standing)"), drills).name == "Made (no standing, lighter)"
    assert (made.id, made.name) == ("made", "Made for tests (lighter)")


def test_lighter_shortens_timed_work_and_leaves_rests() -> None:
    routine = make_routine(Item("one", time=60), Item(rest=30), Item("two", time=12), Item("three", time=4))
    drills = make_library(*(make_drill(name) for name in ("one", "two", "three")))
    assert [item.time or item.rest for item in lighter(routine, drills).items] == [40, 30, 10, 4]


def test_what_its_author_would_leave_out_first_goes_where_anything_else_stays() -> None:
    drills = make_library(make_drill("one"), make_drill("gaze"))
    spare = (Item("gaze", priority=3), Item(rest=9))
    assert names_in(lighter(make_routine(*spare, Item("one")), drills)) == ["one"]
    assert names_in(lighter(make_routine(*spare), drills)) == ["gaze"]


@pytest.mark.parametrize("name", ROUTINES)
def test_shipped_routines_are_lighter_and_shorter_and_keep_their_trips_to_the_floor(name: str) -> None:
    routine = ROUTINES[name]
    made = lighter(routine, DRILLS)
    assert all(DRILLS[drill].knee.load is not Load.MODERATE for drill in names_in(made))
    assert total(made) < total(routine)
    assert trips(made) <= trips(routine)
    assert len(set(names_in(made))) == len(names_in(made))


@pytest.mark.parametrize("name", [name for name in ROUTINES if name != "gym-floor-quick"])
def test_shipped_routines_can_be_done_without_standing(name: str) -> None:
    made = without_standing(ROUTINES[name], DRILLS)
    used = [DRILLS[drill] for drill in names_in(made)]
    assert not any(drill.position.is_upright or drill.knee.kneeling or drill.knee.weight_bearing for drill in used)
    assert trips(made) <= trips(ROUTINES[name])


def trips(routine: Routine) -> int:
    """How often a routine goes down to the floor."""
    floors = [DRILLS[name].position.is_on_floor for name in names_in(routine)]
    return sum(is_floor for is_floor, _ in groupby(floors))


# A routine made for the time there is


def test_a_hair_less_than_a_whole_millisecond_is_less() -> None:
    timeline = Timeline.of(routine_of("one"), make_library(make_drill("one", reps=1, tempo=HAIR_S - 6)))
    assert timeline.total_s == HAIR_S
    assert spare_ms(HAIR_S, timeline) == 0
    assert spare_ms(nextafter(HAIR_S, 0), timeline) == -1
    assert spare_ms(HAIR_S + 0.0006, timeline) == 0


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
