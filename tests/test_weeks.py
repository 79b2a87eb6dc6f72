from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from trainer.core.weeks import Week, monday_of, weeks

MONDAY = date(2026, 3, 2)


def day(gone: int) -> date:
    return MONDAY + timedelta(days=gone)


def test_a_week_has_mean_best_worst_and_n() -> None:
    scores = [4, 2, 7, None, 5, 3, 5]
    (week,) = weeks([(day(i), score) for i, score in enumerate(scores)], today=day(6))
    assert week == Week(MONDAY, 7, 6, 26 / 6, 2, 7)
    assert week.words == "mean 4.3  best 2  worst 7  n=6/7"


def test_weeks_without_a_rating_stay_in_the_row() -> None:
    found = weeks([(day(20), 5), (day(3), 1)], today=day(29))
    assert [(week.start, week.n, week.days) for week in found] == [
        (day(0), 1, 7),
        (day(7), 0, 7),
        (day(14), 1, 7),
        (day(21), 0, 7),
        (day(28), 0, 2),
    ]
    assert (found[1].mean, found[1].best, found[1].worst) == (None, None, None)
    assert found[1].words == "no rating  n=0/7"
    assert found[4].words == "no rating  n=0/2"


def test_a_day_counts_once_and_the_future_not_at_all() -> None:
    found = weeks([(day(0), 2), (day(0), 3), (day(1), 6), (day(2), 10)], today=day(1))
    assert [week.words for week in found] == ["mean 4.2  best 2.5  worst 6  n=2/2"]


def test_nothing_rated_no_weeks() -> None:
    assert weeks([], today=MONDAY) == ()
    assert weeks([(day(0), None)], today=day(3)) == ()
    assert weeks([(day(1), 3)], today=day(0)) == ()


def test_weeks_before_the_first_rating_are_there_where_they_are_asked_for() -> None:
    assert [week.n for week in weeks([(day(15), 3)], today=day(20), since=day(3))] == [0, 0, 1]
    assert [week.n for week in weeks([(day(1), 3)], today=day(8), since=day(8))] == [1, 0]
    assert [week.words for week in weeks([], today=day(1), since=day(0))] == ["no rating  n=0/2"]
    assert weeks([], today=day(1), since=day(9)) == ()


def test_a_week_begins_on_its_monday() -> None:
    assert [monday_of(day(i)) for i in (-1, 0, 6, 7)] == [day(-7), day(0), day(0), day(7)]
    assert monday_of(date.min) == date.min
    assert weeks([(date.max, 4)], today=date.max)[0].n == 1


@given(st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 10))), max_size=80))
def test_every_rated_day_is_in_one_week(given_: list[tuple[int, int | None]]) -> None:
    found = weeks([(day(gone), score) for gone, score in given_], today=day(60))
    assert sum(week.n for week in found) == len({gone for gone, score in given_ if score is not None})
    assert all(earlier.start + timedelta(days=7) == later.start for earlier, later in pairwise(found))
    for week in found:
        assert 0 <= week.n <= week.days <= 7
        if week.mean is not None and week.best is not None and week.worst is not None:
            assert week.best <= week.mean <= week.worst
