"""A session that ended in the middle goes on where it stood, whatever was done in it; and from nowhere else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import FakeClock
from tests.diaries import make_rating
from tests.made import make_drill, make_routine
from trainer.core.cue import CueKind
from trainer.core.drill import Drill, Position, Sides
from trainer.core.event import EventKind
from trainer.core.place import data_of, place_of
from trainer.core.rating import Moment
from trainer.core.record import Outcome, Result, SessionRecord, Status
from trainer.core.resume import Place, take_up, unrated
from trainer.core.routine import Item
from trainer.core.session import Session, State
from trainer.core.side import Side
from trainer.core.timeline import Timeline

NOW = datetime(2026, 10, 5, 14, 5, tzinfo=UTC)
ID = "0123456789abcdef" * 2
CIRCLES = make_drill("ankle-circles", sides=Sides.UNILATERAL, reps=3, tempo=4)
CURLS = make_drill("toe-curls", reps=8, tempo=3)
FLOOR = make_drill("heel-slide", position=Position.SUPINE, base_pose="supine", reps=4, tempo=4)
DRILLS = {drill.id: drill for drill in (CIRCLES, CURLS, FLOOR)}
ITEMS = (Item(drill="ankle-circles"), Item(rest=10), Item(drill="toe-curls"), Item(drill="heel-slide", time=30))
TIMELINE = Timeline.of(make_routine(*ITEMS), DRILLS)
# prepare 0-6, right 6-18, switch 18-21, left 21-33, rest 33-43, prepare 43-47, curls 47-71, prepare 71-83, slide 83-113


def place_at(position_s: float, session: Session | None = None, **changes: Any) -> Place:
    session = session or Session(TIMELINE, FakeClock())
    place = Place(
        session=ID,
        kept_at=NOW,
        started_at=NOW - timedelta(minutes=2),
        planned_s=session.planned_s,
        speed=1.0,
        timeline=session.timeline,
        position_s=position_s,
        pace=session.pace,
        moved_s=session.moved_s or 1.0,
        outcomes=session.outcomes,
        hurting=session.hurting,
        before=((Side.RIGHT, 4), (Side.LEFT, None)),
    )
    return replace(place, **changes)


def again(place: Place, drills: dict[str, Drill] = DRILLS) -> Place:
    """Through a file and back."""
    return place_of(json.loads(json.dumps(data_of(place))), drills)


def record(**changes: Any) -> SessionRecord:
    made = SessionRecord(ID, "made", "Made", NOW - timedelta(minutes=9), NOW, Status.FINISHED, 60.0, 30.0, 1.0)
    return replace(made, **changes)


def test_a_place_comes_back_from_its_file_as_it_was() -> None:
    clock = FakeClock()
    session = Session(TIMELINE, clock)
    session.start()
    clock.advance(48)
    session.add(25)
    clock.advance(20)  # halfway was told; the curls are longer now, and go on as they went
    session.add(30)
    session.hurt()
    session.faster()
    place = place_at(session.position, session)
    assert again(place) == place
    assert again(place).timeline.cues == session.timeline.cues


@given(st.floats(0, TIMELINE.total_s), st.sampled_from([0.5, 1.0, 2.0]))
def test_what_is_gone_on_with_begins_no_later_than_it_stood_and_no_drill_earlier(at_s: float, pace: float) -> None:
    place = again(place_at(at_s, pace=pace))
    assert place.begins_s <= at_s
    here, there = (place.timeline.phase_at(s) for s in (at_s, place.begins_s))
    assert (there.drill, there.side) == (here.drill, here.side)
    session = take_up(place, FakeClock())
    session.start()
    assert session.position == place.begins_s


@pytest.mark.parametrize(
    ("at_s", "begins_s", "rep"),
    [
        (0.0, 0.0, 1),
        (5.0, 0.0, 1),
        (7.0, 0.0, 1),
        (10.0, 10.0, 2),
        (17.9, 14.0, 3),
        (19.0, 18.0, 1),
        (22.0, 18.0, 1),
        (26.0, 25.0, 2),
        (40.0, 40.0, 1),
        (82.0, 71.0, None),
        (90.0, 87.0, None),
        (112.9, 111.0, None),
    ],
)
def test_it_goes_on_at_a_repetition_or_at_the_words_before_the_first(
    at_s: float, begins_s: float, rep: int | None
) -> None:
    place = place_at(at_s)
    assert (place.begins_s, place.rep) == (begins_s, rep)
    assert place.time_left_s == pytest.approx(TIMELINE.total_s - begins_s)


def test_in_the_middle_of_a_drill_there_is_time_to_get_ready_then_three_two_one_at_that_rep() -> None:
    clock = FakeClock()
    session = take_up(place_at(17.0), clock)
    session.start(0.5)
    assert (session.state, session.lead_left) == (State.RESUMING, 9.0)
    assert [(due.clock - clock.now, due.cue.kind.value) for due in session.coming(9.0)] == [
        (6.5, "three"),
        (7.5, "two"),
        (8.5, "one"),
    ]
    clock.advance(9.5 + 1.0)
    assert (session.position, session.rep, session.moved_s) == (15.0, 3, 2.0)
    kinds = [(event.kind, event.t) for event in session.due() if event.kind is not EventKind.CUE]
    assert kinds == [
        (EventKind.STARTED, 14.0),
        (EventKind.PHASE, 14.0),
        (EventKind.RESUMED, 14.0),
        (EventKind.REP, 14.0),
    ]
    session.pause()
    session.resume()
    assert session.lead_left == 3.0


@pytest.mark.parametrize(("at_s", "ready_s"), [(1.0, 3.0), (19.0, 9.0), (90.0, 15.0)])
def test_getting_down_to_the_floor_takes_longer_and_a_prepare_phase_is_time_enough(at_s: float, ready_s: float) -> None:
    session = take_up(place_at(at_s), FakeClock())
    session.start()
    assert session.lead_left == ready_s


def test_the_first_rep_is_announced_and_goes_off_once() -> None:
    clock = FakeClock()
    session = take_up(place_at(7.0), clock)
    session.start()
    clock.advance(3.0 + 18.0)
    kinds = [event.cue.kind for event in session.due() if event.cue is not None and event.cue.at_s < 18.0]
    assert kinds.count(CueKind.SAY) == 1
    assert kinds.count(CueKind.GO) == 2  # out of the three-two-one, and into the drill


def test_nothing_done_is_lost_or_doubled_to_the_end() -> None:
    clock = FakeClock()
    first = Session(TIMELINE, clock)
    first.start()
    clock.advance(28)
    first.hurt()
    place = again(place_at(first.position, first))
    second = take_up(place, clock)
    second.start()
    assert second.eased == {"ankle-circles"}
    clock.advance(200)
    assert second.state is State.ENDED
    assert second.status is Status.FINISHED
    results = [(outcome.drill, outcome.side, outcome.result) for _, outcome in second.outcomes]
    assert results == [
        ("ankle-circles", Side.RIGHT, Result.DONE),
        ("ankle-circles", Side.LEFT, Result.HURT),
        ("toe-curls", Side.BOTH, Result.DONE),
        ("heel-slide", Side.BOTH, Result.DONE),
    ]
    assert second.moved_s == pytest.approx(12 + 7 + 8 + 24 + 30)  # the rep under way was moved in twice
    assert second.planned_s == first.planned_s


def test_what_the_diary_knows_and_an_older_place_does_not_is_kept() -> None:
    done = Outcome("ankle-circles", Side.RIGHT, Result.DONE, 3, 3)
    hurt = Outcome("ankle-circles", Side.LEFT, Result.HURT, 2, 3)
    session = take_up(place_at(10.0), FakeClock(), known=record(moved_s=20.0, outcomes=(done, hurt)))
    session.start()
    assert session.outcomes == ((1, done), (3, hurt))
    assert session.moved_s == 20.0
    for _ in range(4):
        session.skip()
    assert session.outcomes == ((1, done), (3, hurt))


def test_what_was_left_out_before_it_began_hides_nothing_that_the_diary_knows() -> None:
    out = Outcome("neck", Side.BOTH, Result.SKIPPED, 0, 3)
    done = Outcome("ankle-circles", Side.RIGHT, Result.DONE, 3, 3)
    assert take_up(place_at(10.0), FakeClock(), known=record(outcomes=(out, done))).outcomes == ((1, done),)


def test_outcomes_that_fit_no_phase_are_left_alone() -> None:
    other = Outcome("neck", Side.BOTH, Result.DONE, 3, 3)
    assert take_up(place_at(10.0), FakeClock(), known=record(outcomes=(other,))).outcomes == ()


def test_a_place_is_gone_on_with_for_two_hours_by_a_clock_that_may_have_been_set() -> None:
    place = place_at(10.0)
    assert place.is_fresh(NOW + timedelta(hours=2))
    assert place.is_fresh(NOW - timedelta(hours=1))
    assert not place.is_fresh(NOW + timedelta(hours=2, seconds=1))
    assert not place.is_fresh(NOW - timedelta(days=2))


def test_there_must_be_something_done_and_something_to_do() -> None:
    assert place_at(10.0).is_worth_it
    assert not place_at(TIMELINE.total_s).is_worth_it
    assert not place_at(3.0, moved_s=0.0).is_worth_it


SPOILED: list[tuple[str, Any]] = [
    ("version", 2),
    ("version", None),
    ("session", "../../etc/passwd"),
    ("session", 7),
    ("kept_at", "yesterday"),
    ("kept_at", "2026-10-05T14:05:00"),
    ("kept_at", 5),
    ("started_at", "1970-01-01T00:00:00+00:00"),
    ("started_at", None),
    ("planned_s", float("nan")),
    ("planned_s", "60"),
    ("speed", 0),
    ("speed", True),
    ("routine", "\x1b[2J"),
    ("title", "x" * 61),
    ("title", "\u202eevil"),
    ("title", ["Made"]),
    ("phases", []),
    ("phases", {}),
    ("phases", [["work", "toe-curls", "both", 9, 3, 3.0, None]] * 1001),
    ("phases", [["prepare", "toe-curls", "both", 6.0, None, None, None]]),
    ("phases", [["work", "no-such-drill", "both", 9.0, 3, 3.0, None]]),
    ("phases", [["work", ["toe-curls"], "both", 9.0, 3, 3.0, None]]),
    ("phases", [["work", "toe-curls", "left", 9.0, 3, 3.0, None]]),
    ("phases", [["work", "toe-curls", "both", 9.0, 3, None, None]]),
    ("phases", [["work", "toe-curls", "both", 9.0, 3, 0, None]]),
    ("phases", [["work", "toe-curls", "both", 9.0, 999, 3.0, None]]),
    ("phases", [["work", "toe-curls", "both", -1, 3, 3.0, None]]),
    ("phases", [["dance", "toe-curls", "both", 9.0, 3, 3.0, None]]),
    ("phases", [["work", "toe-curls", "both", 9.0, 3, 3.0, 4]]),
    ("phases", [["work", "toe-curls"]]),
    ("phases", [5]),
    ("halfway_told", None),
    ("halfway_told", ["1"]),
    ("position_s", 1e6),
    ("position_s", -1),
    ("position_s", 10**400),
    ("pace", 20),
    ("moved_s", float("inf")),
    ("outcomes", [[0, "done", 3]]),
    ("outcomes", [[99, "done", 3]]),
    ("outcomes", [[1, "won", 3]]),
    ("outcomes", [[1, "done", "3"]]),
    ("outcomes", 5),
    ("hurting", [0]),
    ("hurting", [[]]),
    ("before", [["both", 3]]),
    ("before", [["right", 11]]),
    ("before", [["right", True]]),
]


@pytest.mark.parametrize(("name", "value"), SPOILED, ids=lambda value: ascii(value)[:40])
def test_a_spoiled_place_is_no_place(name: str, value: Any) -> None:
    data = data_of(place_at(10.0))
    place_of(data, DRILLS)
    with pytest.raises(ValueError, match=r"\w"):
        place_of(data | {name: value}, DRILLS)
    del data[name]
    with pytest.raises(ValueError, match=r"\w"):
        place_of(data, DRILLS)


@pytest.mark.parametrize("data", [None, [], "x", 3, {}, {"version": 1}])
def test_what_is_no_place_at_all_is_none(data: object) -> None:
    with pytest.raises(ValueError, match="place"):
        place_of(data, DRILLS)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=6)


@given(st.sampled_from(sorted(data_of(place_at(10.0)))), JSON)
def test_any_value_anywhere_is_a_sound_place_or_none(name: str, value: object) -> None:
    try:
        place = place_of(data_of(place_at(10.0)) | {name: value}, DRILLS)
    except ValueError:
        return
    session = take_up(place, FakeClock())
    session.start()
    assert session.state is not State.READY


def test_a_drill_that_has_other_sides_by_now_is_not_gone_on_with() -> None:
    changed = DRILLS | {"ankle-circles": make_drill("ankle-circles", reps=3, tempo=4)}
    with pytest.raises(ValueError, match="other sides"):
        again(place_at(10.0), changed)


def test_the_knees_without_an_after_are_asked_about_while_it_makes_sense() -> None:
    knees = (Side.LEFT, Side.RIGHT)
    assert unrated(record(), knees, NOW) == knees
    assert unrated(record(status=Status.INTERRUPTED, ended_at=None), knees, NOW) == knees
    assert unrated(record(), knees, NOW + timedelta(hours=2)) == knees
    assert unrated(record(), knees, NOW + timedelta(hours=2, seconds=1)) == ()
    assert unrated(record(ended_at=None), knees, NOW + timedelta(hours=2)) == ()
    assert unrated(record(status=Status.RUNNING), knees, NOW) == ()
    assert unrated(record(moved_s=0.0), knees, NOW) == ()
    assert unrated(record(planned_s=0.0), knees, NOW) == ()  # done elsewhere, and only noted here


def test_rather_not_say_is_an_answer_and_before_is_none() -> None:
    ratings = (
        make_rating("a", None, knee=Side.LEFT, moment=Moment.AFTER),
        make_rating("b", 4, knee=Side.RIGHT, moment=Moment.BEFORE),
    )
    assert unrated(record(ratings=ratings), (Side.LEFT, Side.RIGHT), NOW) == (Side.RIGHT,)
