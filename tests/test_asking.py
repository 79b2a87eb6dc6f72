"""Which question is due: never twice in its time, never after it was left unanswered, never on the first day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.asking import Question, Wishes, due, is_of_activity, same_activity
from trainer.core.day import day_of
from trainer.core.rating import Moment, Rating
from trainer.core.side import Side

HERE = timezone(timedelta(hours=2))
SEVEN = datetime(2026, 10, 5, 7, 0, tzinfo=HERE)
YESTERDAY = date(2026, 10, 4)
RIGHT = (Side.RIGHT,)
BOTH = (Side.LEFT, Side.RIGHT)
ALL = Wishes(morning=True, evening=True, activities=("stairs down", "Squat"))
TIMES = st.integers(0, 30 * 24 * 60).map(lambda minutes: SEVEN + timedelta(minutes=minutes))


def rated(at: datetime, moment: Moment, knee: Side = Side.RIGHT, score: int | None = 3, **more: str) -> Rating:
    return Rating("r", at, moment, knee, score, **more)


def asked(
    ratings: Sequence[Rating] = (), now: datetime = SEVEN, wishes: Wishes = ALL, knees: Sequence[Side] = RIGHT
) -> list[tuple[str, str | None]]:
    questions = due(ratings, wishes, knees, now, first_day=YESTERDAY)
    return [(question.moment.value, question.activity) for question in questions]


def test_the_first_stairs_come_first_then_the_week_and_the_day_only_in_the_evening() -> None:
    week = [("now", "stairs down"), ("now", "Squat")]
    assert asked() == [("morning", None), *week]
    assert asked(now=SEVEN.replace(hour=17, minute=59)) == [("morning", None), *week]
    assert asked(now=SEVEN.replace(hour=18)) == [("morning", None), *week, ("evening", None)]
    assert asked(now=SEVEN.replace(hour=3, minute=59)) == []  # still the first day
    assert asked(now=SEVEN + timedelta(hours=20, minutes=59)) == [("morning", None), *week, ("evening", None)]


def test_what_is_not_wanted_is_not_asked() -> None:
    assert asked(wishes=Wishes(morning=False), now=SEVEN.replace(hour=20)) == []
    assert asked(wishes=Wishes()) == [("morning", None)]


@pytest.mark.parametrize("first_day", [None, SEVEN.date(), date(2027, 1, 1)])
def test_nothing_is_asked_on_the_first_day(first_day: date | None) -> None:
    assert due((), ALL, BOTH, SEVEN, first_day=first_day) == ()


@pytest.mark.parametrize("score", [0, 4, None])
def test_a_morning_is_asked_for_once_answered_or_not(score: int | None) -> None:
    only = Wishes()
    assert asked([rated(SEVEN, Moment.MORNING, score=score)], SEVEN.replace(hour=23), only) == []
    assert asked([rated(SEVEN, Moment.MORNING, score=score)], SEVEN + timedelta(days=1), only) == [("morning", None)]
    assert asked([rated(SEVEN, Moment.NOW, score=score)], wishes=only) == [("morning", None)]


def test_each_knee_is_asked_about_by_itself() -> None:
    left = rated(SEVEN, Moment.MORNING, Side.LEFT)
    assert due([left], Wishes(), BOTH, SEVEN, first_day=YESTERDAY) == (Question(Moment.MORNING, Side.RIGHT),)


def test_a_day_begins_at_four() -> None:
    late = rated(SEVEN.replace(hour=3, minute=59), Moment.MORNING)
    assert asked([late], wishes=Wishes()) == [("morning", None)]
    assert asked([rated(SEVEN.replace(hour=4), Moment.MORNING)], wishes=Wishes()) == []


def test_a_journey_west_asks_for_no_morning_twice() -> None:
    tokyo = rated(datetime(2026, 10, 6, 7, 0, tzinfo=timezone(timedelta(hours=9))), Moment.MORNING)
    los_angeles = tokyo.at.astimezone(timezone(timedelta(hours=-7))) + timedelta(hours=2)
    assert day_of(los_angeles) == date(2026, 10, 5)
    assert asked([tokyo], los_angeles, Wishes()) == []


@pytest.mark.parametrize("written", ["stairs-down", "Stairs  Down"])
def test_an_activity_is_asked_for_once_in_seven_days_however_it_is_written(written: str) -> None:
    wishes = Wishes(morning=False, activities=("stairs down",))
    answer = rated(SEVEN, Moment.NOW, activity=written)
    assert asked([answer], SEVEN + timedelta(days=6), wishes) == []
    assert asked([answer], SEVEN + timedelta(days=7), wishes) == [("now", "stairs down")]
    assert asked([replace(answer, activity="walking")], SEVEN, wishes) == [("now", "stairs down")]
    assert asked([replace(answer, moment=Moment.MORNING)], SEVEN, wishes) == [("now", "stairs down")]
    assert is_of_activity(answer)
    assert not is_of_activity(replace(answer, moment=Moment.MORNING))
    assert same_activity(written, "stairs down")


@given(
    starts=st.lists(st.tuples(TIMES, st.sampled_from([None, 0, 7])), max_size=12),
    knees=st.sampled_from([RIGHT, BOTH]),
    wishes=st.builds(
        Wishes,
        morning=st.booleans(),
        evening=st.booleans(),
        activities=st.sampled_from([(), ("stairs down",), ("squat", "walking")]),
    ),
)
def test_whatever_starts_there_are_nothing_is_asked_twice_in_its_time(
    starts: list[tuple[datetime, int | None]], knees: Sequence[Side], wishes: Wishes
) -> None:
    ratings: list[Rating] = []
    seen: set[object] = set()
    weeks: dict[object, date] = {}
    for now, score in sorted(starts, key=lambda start: start[0]):
        for question in due(ratings, wishes, knees, now, first_day=date(2026, 9, 1)):
            if question.activity is None:
                assert (question, day_of(now)) not in seen
                seen.add((question, day_of(now)))
            else:
                assert question not in weeks or (day_of(now) - weeks[question]).days >= 7
                weeks[question] = day_of(now)
            ratings.append(Rating("r", now, question.moment, question.knee, score, activity=question.activity))
        assert due(ratings, wishes, knees, now, first_day=date(2026, 9, 1)) == ()


def test_a_question_says_what_it_is_about() -> None:
    morning = Question(Moment.MORNING, Side.RIGHT)
    assert morning.words == "First stairs today, RIGHT knee: how bad was the pain?"
    assert morning.ends is None
    week = Question(Moment.NOW, Side.LEFT, "stairs down")
    assert week.words == "Stairs down, LEFT knee: how hard was it this week?"
    assert week.ends == ("no problem", "cannot do it")
