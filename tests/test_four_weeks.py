"""The last four weeks in a line: never of two knees or two moments at once, and no mean of a few days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.diaries import make_rating
from trainer.core.four_weeks import DAYS, FourWeeks, four_weeks
from trainer.core.rating import Moment, Rating
from trainer.core.side import Side

AT = datetime.fromisoformat("2026-10-24T08:00:00+02:00")
TODAY = AT.date()


def rated(
    *scores: int | None, moment: Moment = Moment.MORNING, knee: Side = Side.RIGHT, hours: float = 0.0
) -> list[Rating]:
    """One rating a day, the last one today."""
    ago = range(len(scores) - 1, -1, -1)
    return [
        make_rating(f"{moment}{knee}{days}", score, at=AT - timedelta(days=days, hours=hours), moment=moment, knee=knee)
        for days, score in zip(ago, scores, strict=True)
    ]


def test_mornings_are_said_and_no_other_moment_beside_them() -> None:
    found = four_weeks([*rated(*[2] * 7), *rated(*[8] * 20, moment=Moment.AFTER)], TODAY)
    assert found == FourWeeks((None,) * 21 + (2,) * 7, 2, "mornings 2.0 on average")


def test_without_mornings_it_is_the_ratings_after_a_warm_up_and_without_those_before_it() -> None:
    before, after = rated(*[9] * 9, moment=Moment.BEFORE), rated(*[4] * 8, moment=Moment.AFTER)
    assert four_weeks([*before, *after, *rated(None)], TODAY).words == "afterwards 4.0 on average"
    assert four_weeks(before, TODAY).words == "beforehand 9.0 on average"
    assert four_weeks(rated(*[5] * 9, moment=Moment.EVENING), TODAY) == FourWeeks(())


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ([1] * 9, [7] * 8, "left knee mornings 1.0 on average"),
        ([1] * 8, [7] * 8, "right knee mornings 7.0 on average"),
        ([7] * 8, [1] * 8, "left knee mornings 7.0 on average"),
        ([None] * 8, [1] * 8, "mornings 1.0 on average"),
    ],
)
def test_of_two_knees_one_is_said_and_named(left: list[int | None], right: list[int | None], words: str) -> None:
    found = four_weeks([*rated(*left, knee=Side.LEFT), *rated(*right)], TODAY)
    assert found.words == words
    assert set(found.days) - {None} == {found.mean}


def test_six_days_have_no_mean_but_are_drawn() -> None:
    assert four_weeks(rated(*[3] * 6), TODAY) == FourWeeks((None,) * 22 + (3,) * 6)
    assert four_weeks([], TODAY) == FourWeeks(())


def test_several_ratings_of_a_day_are_its_median_and_days_outside_count_nothing() -> None:
    given = [*rated(*range(9), 9), *rated(0, hours=1), *rated(0, hours=2), *rated(*[10] * 40)[:-DAYS]]
    assert [day for day in four_weeks(given, TODAY).days if day is not None] == [*range(9), 0]
    tomorrow = [make_rating("t", 10, at=AT + timedelta(days=1), moment=Moment.MORNING)]
    assert four_weeks(tomorrow, TODAY) == FourWeeks(())


def test_the_first_days_of_the_calendar_break_nothing() -> None:
    assert four_weeks([], date.min) == FourWeeks(())
