from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clock import FakeClock
from tests.made import make_drill, make_routine
from tests.test_timeline import timelines
from trainer.core.cue import CueKind
from trainer.core.drill import Sides
from trainer.core.event import Event, EventKind
from trainer.core.record import Result, Status
from trainer.core.routine import Item
from trainer.core.session import Session, State
from trainer.core.side import Side
from trainer.core.timeline import PhaseKind, Timeline

CIRCLES = make_drill("ankle-circles", sides=Sides.UNILATERAL, reps=3, tempo=4)
CURLS = make_drill("toe-curls", reps=8, tempo=3)
DRILLS = {drill.id: drill for drill in (CIRCLES, CURLS)}
TIMELINE = Timeline.of(make_routine(Item(drill="ankle-circles"), Item(drill="toe-curls")), DRILLS)
# prepare 0-6, right 6-18, switch 18-21, left 21-33, prepare 33-37, curls 37-61


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def session(clock: FakeClock) -> Session:
    session = Session(TIMELINE, clock)
    session.start()
    return session


def state(session: Session) -> State:
    """Ask afresh: a property of a thing that moves is not a constant."""
    return session.state


def heard(session: Session) -> list[tuple[float, str]]:
    return [(event.t, event.cue.kind.value) for event in session.due() if event.cue is not None]


def test_it_stands_still_until_it_is_started(clock: FakeClock) -> None:
    session = Session(TIMELINE, clock)
    clock.advance(100)
    assert (session.state, session.position, session.due()) == (State.READY, 0.0, ())


def test_it_can_start_a_moment_later_so_that_the_first_sound_is_in_time(clock: FakeClock) -> None:
    session = Session(TIMELINE, clock)
    session.start(0.25)
    assert [(due.clock - 1000, due.cue.kind.value) for due in session.coming(1)] == [(0.25, "say")]
    clock.advance(0.2)
    assert (session.state, session.position) == (State.RUNNING, 0.0)
    clock.advance(1.05)
    assert session.position == pytest.approx(1)


def test_one_long_sleepy_tick_loses_nothing(session: Session, clock: FakeClock) -> None:
    clock.advance(TIMELINE.total_s)
    assert heard(session) == [(cue.at_s, cue.kind.value) for cue in TIMELINE.cues]
    assert state(session) is State.ENDED
    assert session.status is Status.FINISHED
    assert session.moved_s == 12 + 12 + 24


def test_rep_phase_and_time_left_tell_the_same_instant(session: Session, clock: FakeClock) -> None:
    clock.advance(6 + 4 + 1)
    assert session.phase.kind is PhaseKind.WORK
    assert session.rep == 2
    assert session.rep_phase == pytest.approx(0.25)
    assert session.phase_left == pytest.approx(7)
    assert session.time_left == pytest.approx(50)
    following = session.following()
    assert following is not None
    assert following.side is Side.LEFT


def test_events_carry_the_exact_instant_at_which_they_were_due(session: Session, clock: FakeClock) -> None:
    clock.advance(20)
    for event in session.due():
        if event.cue is not None:
            assert event.clock - 1000 == pytest.approx(event.t)


def test_pause_keeps_the_time_and_resume_counts_in_first(session: Session, clock: FakeClock) -> None:
    clock.advance(8)
    session.due()
    session.pause()
    clock.advance(60)
    assert state(session) is State.PAUSED
    assert session.phase_left == pytest.approx(10)
    session.resume()
    clock.advance(2.5)
    assert state(session) is State.RESUMING
    assert session.lead_left == pytest.approx(0.5)
    assert session.phase_left == pytest.approx(10)
    clock.advance(1.5)
    assert state(session) is State.RUNNING
    assert session.phase_left == pytest.approx(9)
    kinds = [kind for _, kind in heard(session)]
    assert kinds == ["three", "two", "one", "go"]


def test_pause_in_the_three_two_one_takes_it_back(session: Session, clock: FakeClock) -> None:
    clock.advance(8)
    session.pause()
    session.toggle()
    clock.advance(1)
    session.toggle()
    clock.advance(10)
    assert state(session) is State.PAUSED
    assert session.position == pytest.approx(8)


def test_skip_and_back_move_between_phases(session: Session, clock: FakeClock) -> None:
    clock.advance(3)
    session.skip()
    assert session.position == 6
    clock.advance(5)
    session.back()
    assert session.position == 6
    clock.advance(1)
    session.back()
    assert session.phase.kind is PhaseKind.PREPARE
    clock.advance(3)
    session.back()
    assert session.position == 0


def test_skipping_the_last_phase_ends_the_session(session: Session, clock: FakeClock) -> None:
    for _ in TIMELINE.phases:
        session.skip()
    assert session.status is Status.FINISHED
    assert [due.cue.kind for due in session.coming(0.5)] == [CueKind.DONE]
    assert {outcome.result for _, outcome in session.outcomes} == {Result.SKIPPED}
    clock.advance(5)
    session.skip()
    session.back()
    session.add()
    assert session.hurt() is None
    assert [event.kind for event in session.due()].count(EventKind.ENDED) == 1


def test_pace_rescales_what_remains_and_keeps_the_rep(session: Session, clock: FakeClock) -> None:
    clock.advance(6 + 6)
    rep, left = session.rep, session.phase_left
    assert session.set_pace(0.5) == 0.5
    assert session.rep == rep
    assert session.phase_left == pytest.approx(left * 2)
    clock.advance(6)
    assert session.position == pytest.approx(15)
    assert [session.slower(), session.faster()] == [0.5, 0.6]
    assert session.set_pace(9) == 2.0


def test_getting_ready_is_never_hurried(session: Session, clock: FakeClock) -> None:
    session.set_pace(2)
    clock.advance(3)
    assert session.position == pytest.approx(3)
    assert session.phase_left == pytest.approx(3)


def test_ten_seconds_more_are_ten_seconds_at_any_pace(session: Session, clock: FakeClock) -> None:
    clock.advance(7)
    session.set_pace(0.5)
    phase, whole, rep = session.phase_left, session.time_left, session.rep
    session.add()
    assert session.phase_left == pytest.approx(phase + 10)
    assert session.time_left == pytest.approx(whole + 10)
    assert session.rep == rep
    assert session.phase.reps == 5


def test_stopping_keeps_what_was_done(session: Session, clock: FakeClock) -> None:
    clock.advance(6 + 12 + 3 + 9)
    session.stop()
    assert session.status is Status.STOPPED
    done, broken = (outcome for _, outcome in session.outcomes)
    assert (done.side, done.result, done.reps_done) == (Side.RIGHT, Result.DONE, 3)
    assert (broken.side, broken.result, broken.reps_done, broken.reps_planned) == (Side.LEFT, Result.SKIPPED, 2, 3)
    assert session.moved_s == pytest.approx(21)


def test_hurt_marks_the_side_under_way_or_the_one_just_done(session: Session, clock: FakeClock) -> None:
    assert session.hurt() is None
    clock.advance(19)
    marked = session.hurt()
    assert marked is not None
    assert marked.side is Side.RIGHT
    assert session.eased == {"ankle-circles"}
    clock.advance(TIMELINE.total_s)
    results = [outcome.result for _, outcome in session.outcomes]
    assert results == [Result.HURT, Result.DONE, Result.DONE]


def test_a_drill_once_done_stays_done(session: Session, clock: FakeClock) -> None:
    clock.advance(19)
    session.back()
    session.back()
    clock.advance(1)
    session.skip()
    assert session.outcomes[0][1].result is Result.DONE


def test_waking_pauses_where_the_person_last_was(session: Session, clock: FakeClock) -> None:
    clock.advance(8)
    session.due()
    clock.advance(3600)
    session.wake()
    assert state(session) is State.PAUSED
    assert session.position == pytest.approx(8)
    assert session.due()[-1].data == {"reason": "asleep"}


def test_cues_are_handed_out_ahead_once_with_their_instant(session: Session, clock: FakeClock) -> None:
    assert [(due.clock - 1000, due.cue.kind.value) for due in session.coming(4)] == [
        (0, "say"),
        (3, "three"),
        (4, "two"),
    ]
    assert session.coming(4) == ()
    clock.advance(2)
    assert [due.cue.kind.value for due in session.coming(4)] == ["one", "go", "rep"]


def test_a_jump_takes_back_what_was_handed_out(session: Session, clock: FakeClock) -> None:
    session.coming(4)
    revision = session.revision
    clock.advance(1)
    session.back()
    assert session.revision > revision
    assert [due.cue.kind.value for due in session.coming(3.5)] == ["say", "three"]


def test_what_a_late_tick_missed_is_not_played_late(session: Session, clock: FakeClock) -> None:
    clock.advance(6.1)
    assert [due.cue.kind.value for due in session.coming(0.5)] == ["go", "rep"]


def test_a_resume_hands_out_its_three_two_one(session: Session, clock: FakeClock) -> None:
    clock.advance(6.5)
    session.pause()
    session.resume()
    assert [(due.clock - 1006.5, due.cue.kind.value) for due in session.coming(7)] == [
        (0, "three"),
        (1, "two"),
        (2, "one"),
        (3, "go"),
        (6.5, "rep"),
    ]


@pytest.mark.parametrize("key", ["faster", "add", "skip", "back", "hand_out_anew"])
def test_a_key_in_the_three_two_one_hands_out_anew_what_it_took_back(
    session: Session, clock: FakeClock, key: str
) -> None:
    clock.advance(6.5)
    session.pause()
    session.resume()
    assert [due.cue.kind.value for due in session.coming(1.5)] == ["three", "two"]
    clock.advance(0.5)
    getattr(session, key)()
    leads = [(due.clock - 1006.5, due.cue.kind.value) for due in session.coming(2.5) if due.leads]
    assert leads == [(1, "two"), (2, "one"), (3, "go")]


@pytest.mark.parametrize("key", ["skip", "stop"])
def test_nothing_counts_on_once_it_has_ended(session: Session, key: str) -> None:
    for _ in session.timeline.phases[1:]:
        session.skip()
    session.pause()
    session.resume()
    getattr(session, key)()
    assert session.state is State.ENDED
    said = [due.cue.kind.value for due in session.coming(7)]
    assert said == (["done"] if key == "skip" else [])
    session.faster()
    assert session.coming(7) == ()


ACTIONS = ("tick", "pause", "resume", "skip", "back", "slower", "faster", "add", "hurt", "coming")


@settings(max_examples=200)
@given(timelines(), st.lists(st.tuples(st.sampled_from(ACTIONS), st.floats(0, 30)), max_size=40))
def test_any_sequence_of_keys_keeps_the_promises(timeline: Timeline, script: list[tuple[str, float]]) -> None:
    clock = FakeClock()
    session = Session(timeline, clock)
    session.start()
    events = list(session.due())
    for action, wait in script:
        left = session.time_left
        clock.advance(wait)
        assert session.time_left <= left + 1e-6
        left, rep = session.time_left, session.rep
        if action == "coming":
            assert all(-0.15 <= due.clock - clock() <= wait for due in session.coming(wait))
        elif action != "tick":
            getattr(session, action)()
        if action in ("slower", "faster"):
            assert session.rep == rep
        if action not in ("slower", "add", "back"):
            assert session.time_left <= left + 1e-6
        events += session.due()
        if session.state is State.ENDED:
            break
    clock.advance(session.lead_left)
    if session.state is State.PAUSED:
        session.resume()
        clock.advance(3)
    clock.advance(session.time_left + 1e-6)
    events += session.due()
    assert session.status is Status.FINISHED
    check_order(session, events)
    check_record(session)


def check_order(session: Session, events: list[Event]) -> None:
    """Phases come in order but for jumps; between two jumps no cue is lost or doubled."""
    assert all(later.clock - earlier.clock > -1e-6 for earlier, later in pairwise(events))
    phases = [event.phase.index for event in events if event.kind is EventKind.PHASE and event.phase is not None]
    jumped = any(event.kind in (EventKind.SKIPPED, EventKind.BACK) for event in events)
    if not jumped:
        assert phases == list(range(len(session.timeline.phases)))
        added = session.timeline.total_s != session.planned_s
        lead = {CueKind.THREE, CueKind.TWO, CueKind.ONE, CueKind.GO}
        paused = any(event.kind is EventKind.PAUSED for event in events)
        told = [event.cue for event in events if event.cue is not None]
        ours = list(session.timeline.cues)
        if paused or added:
            told = [cue for cue in told if cue.kind not in lead | {CueKind.HALFWAY}]
            ours = [cue for cue in ours if cue.kind not in lead | {CueKind.HALFWAY}]
        assert [(cue.kind, cue.phase, cue.rep) for cue in told] == [(cue.kind, cue.phase, cue.rep) for cue in ours]


def check_record(session: Session) -> None:
    work = {phase.index: phase for phase in session.timeline.phases if phase.is_work}
    outcomes = dict(session.outcomes)
    assert set(outcomes) <= set(work)
    for index, outcome in outcomes.items():
        assert outcome.drill == work[index].drill.id
        assert outcome.side is work[index].side
        assert outcome.reps_planned == work[index].reps
        if outcome.reps_done is not None and outcome.reps_planned is not None:
            assert 0 <= outcome.reps_done <= outcome.reps_planned
    assert session.moved_s >= 0
    assert math.isfinite(session.moved_s)
