from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.happening import Freeze
from trainer.core.regularity import Mark, calendar, regularity

TODAY = date(2026, 3, 2)


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def figure(*ago: int, freezes: tuple[Freeze, ...] = ()) -> float:
    found = regularity([back(days) for days in ago], today=TODAY, freezes=freezes).per_week
    assert found is not None
    return found


def test_every_day_is_seven_and_every_other_about_half() -> None:
    assert figure(*range(40)) == pytest.approx(7)
    assert figure(*range(0, 400, 2)) == pytest.approx(3.5, abs=0.1)


def test_a_day_two_weeks_ago_counts_half() -> None:
    everything = sum(0.5 ** (i / 14) for i in range(43))
    assert figure(0, 42) == pytest.approx(7 * (1 + 0.5**3) / everything)
    assert figure(14, 43) > figure(28, 43)


def test_a_rest_takes_little_and_a_warm_up_gives_little() -> None:
    before = figure(*range(1, 40))
    after = figure(*range(2, 40))
    assert before == 7
    assert 6.5 < after < 7
    assert figure(*range(100, 400)) < 0.1


def test_today_is_not_over() -> None:
    assert figure(*range(1, 30)) == figure(*range(30)) == pytest.approx(7)


def test_freezes_leave_the_figure_as_it_was() -> None:
    done = [back(days) for days in (0, 2, 3, 7, 9, 12, 20)]
    ill = 6
    later = TODAY + timedelta(days=ill)
    frozen = Freeze("f", TODAY + timedelta(days=1), later, "a cold")
    before = regularity(done, today=TODAY)
    assert regularity(done, today=later, freezes=[frozen]) == before
    assert regularity(done, today=later, freezes=[Freeze("f", frozen.first_day, None)]) == before
    assert before.per_week is not None
    without = regularity(done, today=later).per_week
    assert without is not None
    assert without < before.per_week
    # A warm-up on such a day, and a second freeze over it, change nothing either.
    assert regularity([*done, frozen.first_day], today=later, freezes=[frozen, frozen]) == before


def test_a_freeze_in_the_past_is_as_if_it_had_not_been() -> None:
    gap = Freeze("f", back(9), back(5))
    assert figure(0, 1, 4, 10, 20, freezes=(gap,)) == pytest.approx(figure(0, 1, 4, 5, 15))


def test_the_first_week_has_no_figure() -> None:
    assert regularity([], today=TODAY).words == "No warm-up yet."
    assert regularity([TODAY + timedelta(days=1)], today=TODAY).per_week is None
    young = regularity([back(5), TODAY], today=TODAY)
    assert (young.per_week, young.days, young.words) == (None, 6, "The first week: too early for a figure.")
    assert regularity([back(6), TODAY], today=TODAY).per_week is not None


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (range(30), "Lately about 7 days a week."),
        (range(0, 300, 2), "Lately about 3.5 days a week."),
        (range(0, 300, 7), "Lately about 1 day a week."),
        (range(0, 300, 14), "Lately about half a day a week."),
        (range(200, 210), "Lately about no day a week."),
    ],
)
def test_the_figure_in_words(ago: range, words: str) -> None:
    said = regularity([back(days) for days in ago], today=TODAY).words
    assert said == words
    assert "streak" not in said


def test_very_long_ago_costs_nothing() -> None:
    found = regularity([date.min], today=date.max - timedelta(days=1))
    assert (found.per_week, found.days) == (0, 392)
    assert regularity([date.min], today=date.min).days == 1
    assert regularity([TODAY], today=TODAY, freezes=[Freeze("f", date.min, None)]).days == 0


def test_the_calendar_shows_rests_as_rests() -> None:
    done = [back(5), back(3), back(0), TODAY + timedelta(days=2)]
    shown = calendar(done, today=TODAY, freezes=[Freeze("f", back(3), back(2))], days=8)
    assert [day for day, _ in shown] == [back(days) for days in range(7, -1, -1)]
    assert [mark for _, mark in shown] == [
        Mark.BEFORE,
        Mark.BEFORE,
        Mark.WARM_UP,
        Mark.REST,
        Mark.WARM_UP,
        Mark.FROZEN,
        Mark.REST,
        Mark.WARM_UP,
    ]


def test_a_calendar_is_a_year_and_may_be_empty() -> None:
    assert len(calendar([], today=TODAY)) == 371
    assert {mark for _, mark in calendar([], today=TODAY)} == {Mark.BEFORE}
    assert len(calendar([], today=date(1, 1, 3))) == 3
    assert calendar([], today=TODAY, days=0) == ()


@given(st.sets(st.integers(0, 120)), st.integers(0, 120), st.integers(0, 30))
def test_the_figure_stays_between_none_and_seven(ago: set[int], start: int, length: int) -> None:
    freeze = Freeze("f", back(start), back(start) + timedelta(days=length))
    found = regularity([back(days) for days in ago], today=TODAY, freezes=[freeze])
    assert found.per_week is None or 0 <= found.per_week <= 7 + 1e-9
