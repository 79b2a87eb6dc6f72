from __future__ import annotations

from dataclasses import replace
from math import dist

import pytest

from tests.app import SHIPPED
from tests.clock import FakeClock
from tests.made import make_routine
from trainer.body.acting import act, between
from trainer.body.motion import Motion
from trainer.core.drill import Directions
from trainer.core.routine import Item, WhichSides
from trainer.core.session import Session
from trainer.core.side import Side
from trainer.core.timeline import PhaseKind, Timeline
from trainer.library import read_library

LIBRARY = read_library(SHIPPED.shipped_routines)
ROUTINE = make_routine(Item(drill="ankle-circles", reps=4), Item(drill="cat-camel", reps=3), Item(rest=5))
# prepare 0-6, right 6-22, switch 22-25, left 25-41, prepare 41-53, cat-camel 53-71, rest 71-76


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def session(clock: FakeClock) -> Session:
    session = Session(Timeline.of(ROUTINE, LIBRARY.drills), clock)
    session.start()
    return session


def test_in_work_the_figure_is_where_the_rep_is(session: Session, clock: FakeClock) -> None:
    clock.advance(6)
    for _ in range(30):
        clock.advance(0.25)
        now = act(session)
        assert (now.drill.id, now.side) == ("ankle-circles", Side.RIGHT)
        assert session.rep is not None
        assert session.rep_phase is not None
        expected = session.rep_phase if session.rep <= 2 else -session.rep_phase % 1.0
        assert now.phase == pytest.approx(expected, abs=1e-5)
        assert now.backward == (session.rep > 2)


def test_the_range_grows_over_the_reps(session: Session, clock: FakeClock) -> None:
    clock.advance(6)
    reaches = []
    for _ in range(31):
        reaches.append(act(session).reach)
        clock.advance(0.5)
    assert reaches == sorted(reaches)
    assert (reaches[0], reaches[-1]) == (0.4, 1.0)


def test_it_says_how_long_a_repetition_lasts_on_the_clock(session: Session, clock: FakeClock) -> None:
    clock.advance(1)
    assert act(session).lasts_s == pytest.approx(5.5)  # the slow one that is shown
    clock.advance(6)
    assert act(session).lasts_s == pytest.approx(4.0)
    session.set_pace(0.5)
    assert act(session).lasts_s == pytest.approx(8.0)


def test_a_paused_session_is_a_figure_that_stands_still(session: Session, clock: FakeClock) -> None:
    clock.advance(9.3)
    before = act(session)
    session.pause()
    clock.advance(100)
    assert act(session) == before


def test_the_first_prepare_shows_one_slow_repetition_and_waits_at_its_start(session: Session, clock: FakeClock) -> None:
    phases = []
    for _ in range(59):
        phases.append(act(session).phase)
        clock.advance(0.1)
    assert phases[:55] == sorted(phases[:55])
    assert max(phases) > 0.9
    assert phases[-3:] == [0.0, 0.0, 0.0]
    assert act(session).came_from is None


def test_getting_into_the_next_set_up_comes_from_the_last_one(session: Session, clock: FakeClock) -> None:
    clock.advance(41)
    first = act(session)
    assert first.drill.id == "cat-camel"
    assert first.came_from is not None
    assert (first.came_from[0].id, first.came_from[1], first.share) == ("ankle-circles", Side.LEFT, 0.0)
    clock.advance(1)
    assert 0 < act(session).share < 1
    clock.advance(3)
    assert act(session).came_from is None


def test_at_the_switch_the_body_turns(session: Session, clock: FakeClock) -> None:
    clock.advance(22)
    shares = []
    for _ in range(24):
        shares.append(act(session).share)
        clock.advance(0.1)
    assert act(session).side is Side.LEFT
    assert shares == sorted(shares)
    assert shares[0] == 0.0


def test_a_rest_is_still_and_the_end_too(session: Session, clock: FakeClock) -> None:
    clock.advance(73)
    assert act(session).phase == 0.0
    clock.advance(100)
    assert act(session).phase == 0.0


def test_more_time_neither_turns_the_body_back_nor_makes_its_range_smaller(session: Session, clock: FakeClock) -> None:
    clock.advance(6 + 2.3 * 4)  # ankle circles have turned the other way
    before = act(session)
    assert before.backward
    session.add()
    assert act(session) == before
    ways = [cue.phrases[0].text for cue in session.timeline.cues if cue.phase == session.phase.index and cue.rep]
    assert ways == ["One", "Two", "Other way", "Four", "Five", "Six", "Last one"]
    clock.advance(10)
    assert (session.rep, act(session).backward, act(session).reach) == (5, True, 1.0)
    session.add()
    assert act(session).backward


def test_more_time_before_the_turn_moves_the_turn(session: Session, clock: FakeClock) -> None:
    clock.advance(6 + 0.3 * 4)
    session.add()
    clock.advance(3 * 4)
    assert (session.rep, act(session).backward) == (4, False)


@pytest.mark.parametrize(
    ("items", "at_s", "side"),
    [
        ((Item(drill="ankle-circles", reps=1), Item(rest=5)), 18, Side.LEFT),
        ((Item(rest=5), Item(drill="ankle-circles", reps=1, sides=WhichSides.LEFT)), 2, Side.LEFT),
    ],
)
def test_in_a_rest_the_body_does_not_turn_round(
    clock: FakeClock, items: tuple[Item, ...], at_s: float, side: Side
) -> None:
    session = Session(Timeline.of(make_routine(*items), LIBRARY.drills), clock)
    session.start()
    clock.advance(at_s)
    assert session.phase.kind is PhaseKind.REST
    assert (act(session).drill.id, act(session).side) == ("ankle-circles", side)


def test_a_drill_that_goes_one_way_never_runs_backward(clock: FakeClock) -> None:
    drills = {**LIBRARY.drills, "cat-camel": replace(LIBRARY.drills["cat-camel"], directions=Directions.SINGLE)}
    session = Session(Timeline.of(make_routine(Item(drill="cat-camel", reps=4)), drills), clock)
    session.start()
    clock.advance(6)
    for _ in range(90):
        assert not act(session).backward
        clock.advance(0.25)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 1.0])
def test_on_the_way_no_bone_changes_its_length(share: float) -> None:
    here = Motion.of(LIBRARY.body, LIBRARY.drills["ankle-circles"], Side.LEFT)
    there = Motion.of(LIBRARY.body, LIBRARY.drills["cat-camel"])
    found, home = between(here, there, share), there.points(0.0)
    for one, other in (("hip_r", "knee_r"), ("knee_l", "ankle_l"), ("shoulder_r", "elbow_r"), ("pelvis", "l5")):
        assert dist(found[one], found[other]) == pytest.approx(dist(home[one], home[other]), abs=1e-6)


def test_the_way_begins_and_ends_where_the_motions_do() -> None:
    here = Motion.of(LIBRARY.body, LIBRARY.drills["ankle-pumps"])
    there = Motion.of(LIBRARY.body, LIBRARY.drills["hip-hinge"])
    for share, motion in ((0.0, here), (1.0, there)):
        found = between(here, there, share)
        for name, place in motion.points(0.0, held=False).items():
            assert dist(found[name], place) < 0.02, name
