from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.answer import change_words, trend_words
from trainer.core.slope import Slope, likeness, mann_kendall, theil_sen, widening
from trainer.core.trend import Trend, daily, trend

if TYPE_CHECKING:
    from collections.abc import Sequence

START = date(2026, 3, 2)


def judge(scores: Sequence[int | None], *, series: str = "morning", days: int = 90) -> Trend:
    """One rating a day from the start; the last is today's."""
    ratings = [(START + timedelta(days=i), score) for i, score in enumerate(scores)]
    today = START + timedelta(days=max(0, len(scores) - 1))
    return trend(ratings, knee="right", series=series, today=today, days=days)


def noisy(n: int, slope: float) -> list[int | None]:
    draw = random.Random(n)
    return [max(0, min(10, round(5 + slope * i + draw.gauss(0, 1)))) for i in range(n)]


# The ladder of section 2.6.


def test_the_interval_said_is_corrected_and_weekly() -> None:
    draw, drift, scores = random.Random(4), 0.0, []
    for i in range(40):
        drift = 0.7 * drift + draw.gauss(0, 1)
        scores.append(min(10, max(0, round(9 - 0.15 * i + drift))))
    plain = mann_kendall(scores)
    factor = widening(40, likeness(range(40), scores, theil_sen(range(40), scores, plain.var).middle))
    expected = theil_sen(range(40), scores, plain.var * factor)
    uncorrected = theil_sen(range(40), scores, plain.var)
    said = judge(scores)
    assert (said.slope_low, said.slope_high) == pytest.approx((expected.low * 7, expected.high * 7))
    assert (expected.low, expected.high) != (uncorrected.low, uncorrected.high)
    assert expected.low != 0 != expected.high
    assert said.p == pytest.approx(mann_kendall(scores, factor).p)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_up_to_two_days_the_numbers_only(n: int) -> None:
    said = judge([6, 4][:n])
    assert said.verdict == "too early"
    assert said.sentence == ("", "6. ", "6, 4. ")[n] + "Too early. Come back after 7 mornings."
    assert (said.lowest, said.highest, said.mean, said.slope_per_week, said.p) == (None,) * 5


@pytest.mark.parametrize("n", [3, 6])
def test_from_three_days_lowest_and_highest_but_no_mean(n: int) -> None:
    said = judge([6, 4, 7, 5, 5, 6][:n])
    assert (said.lowest, said.highest, said.mean, said.verdict) == (4, 7, None, "too early")
    assert "Lowest 4, highest 7." in said.sentence
    assert "ean" not in said.sentence


def test_missing_days_are_said_of_few_days_too() -> None:
    said = judge([6, None, None, None, 4, 4])
    assert said.sentence.startswith("3 mornings: 6, 4, 4. Lowest 4, highest 6. Too early to say more. Many days are")
    assert "Many days" not in judge([6, None, None, None, 4]).sentence


@pytest.mark.parametrize("n", [7, 13])
def test_from_seven_days_a_mean_but_no_slope(n: int) -> None:
    said = judge([2, 7, *[4] * 11][:n])
    assert said.sentence == f"Mean of {n} mornings {said.mean:.1f} (2 to 7). Too few for a trend."
    assert (said.slope_per_week, said.slope_low, said.slope_high, said.p) == (None,) * 4
    assert said.verdict == "too early"


@pytest.mark.parametrize("n", [14, 27])
def test_from_fourteen_days_a_slope_with_its_warning(n: int) -> None:
    said = judge(noisy(n, 0))
    assert said.verdict == "no clear trend"
    assert said.slope_per_week is not None
    assert "95% interval" in said.sentence
    assert said.sentence.endswith(f": no clear trend. With {n} mornings only very large trends can show.")


def test_below_four_weeks_nothing_is_called_falling() -> None:
    said = judge([max(0, 10 - i // 2) for i in range(27)])
    assert said.slope_high is not None
    assert said.slope_high < 0
    assert said.verdict == "too early"
    assert "falling" not in said.sentence


def test_from_four_weeks_falling_rising_or_neither() -> None:
    falling, rising, neither = judge(noisy(60, -0.05)), judge(noisy(60, 0.05)), judge(noisy(60, 0))
    assert [said.verdict for said in (falling, rising, neither)] == ["falling", "rising", "no clear trend"]
    assert falling.sentence.endswith(": falling.")
    assert rising.sentence.endswith(": rising.")
    assert neither.sentence.endswith(": no clear trend (this is not proof of no change).")
    assert falling.slope_per_week is not None
    assert falling.slope_per_week == pytest.approx(-0.35, abs=0.15)
    assert f"{falling.slope_per_week:+.1f} points a week" in falling.sentence
    assert falling.p is not None
    assert falling.p < 0.05


def test_an_interval_that_touches_nothing_is_no_trend() -> None:
    said = judge([4] * 40)
    assert (said.verdict, said.p, said.slope_low, said.slope_high) == ("no clear trend", 1, 0, 0)
    assert "Slope 0 points a week (95% interval 0 to 0): no clear trend" in said.sentence


@pytest.mark.parametrize(
    ("weekly", "words"),
    [
        (Slope(-0.35, -0.51, -0.2), "Slope -0.3 points a week (95% interval -0.5 to -0.2): falling."),
        (Slope(-0.042, -0.058, -0.026), "Slope -0.04 points a week (95% interval -0.06 to -0.03): falling."),
        (Slope(0.5, 0.0, 1.04), "Slope +0.5 points a week (95% interval 0 to +1.0): no clear trend"),
        (Slope(-0.0007, -0.002, -0.0004), "Slope -0.0007 points a week (95% interval -0.0020 to -0.0004): falling."),
    ],
)
def test_slope_and_interval_are_said_equally_finely(weekly: Slope, words: str) -> None:
    assert words in trend_words([4.0] * 30, weekly, 0.0, "morning")


def test_the_verdict_is_corrected_for_alike_days() -> None:
    scores = [6, 6, 6, 6, 6, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, *[4] * 4, *[5] * 4]
    scores += [4, 4, 4, 4]
    said = judge(scores)
    plain = mann_kendall([score for score in scores if score is not None])
    assert plain.p < 0.01
    assert said.p is not None
    assert said.p > 0.05


@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=60))
def test_no_sentence_claims_too_much(scores: list[int | None]) -> None:
    said = judge(scores)
    for word in ("stable", "effect", "p =", "improve", "better", "worse", "because"):
        assert word not in said.sentence
    if said.slope_low is not None and said.slope_high is not None and said.slope_low <= 0 <= said.slope_high:
        assert said.verdict == "no clear trend"
        assert "no clear trend" in said.sentence
    if said.verdict in ("falling", "rising"):
        assert said.n >= 28
    assert 0 <= said.missing <= 1
    assert (said.mean is None) == (said.n < 7)
    assert (said.p is None) == (said.n < 14)


def test_missing_days_are_said() -> None:
    half: list[int | None] = [5 if i % 2 else None for i in range(40)]
    said = judge([4, *half])
    assert (said.n, said.days) == (21, 41)
    assert said.missing == pytest.approx(1 - 21 / 41)
    assert said.sentence.endswith("read this with care.")
    assert "Many days" not in judge([5] * 20).sentence
    late = trend(
        [(START + timedelta(days=i), 5) for i in range(10)],
        knee="left",
        series="before",
        today=START + timedelta(days=29),
    )
    assert (late.n, late.days) == (10, 30)
    assert "Many days are missing" in late.sentence


def test_not_answered_is_no_rating() -> None:
    assert judge([None] * 30).n == 0
    said = judge([5, None, 5, None, 5, 5, 5, 5, 5])
    assert (said.n, said.mean, said.lowest) == (7, 5, 5)


def test_several_ratings_of_a_day_count_as_their_median() -> None:
    ratings = [(START + timedelta(days=i), score) for i in range(7) for score in (2, 3, 9)]
    said = trend(reversed(ratings), knee="left", series="before", today=START + timedelta(days=6))
    assert (said.n, said.mean) == (7, 3)
    assert (said.knee, said.series) == ("left", "before")
    assert said.sentence.startswith("Mean of 7 ratings 3.0 (3 to 3).")


def test_only_the_days_asked_for_are_looked_at() -> None:
    scores = [9] * 50 + [2] * 10
    assert judge(scores, days=10).mean == 2
    assert judge(scores, days=11).highest == 9
    assert judge(scores, days=0).n == 1
    assert judge([3] * 8000, days=9000).n == 7305
    tomorrow = trend([(START + timedelta(days=1), 5)], knee="left", series="before", today=START)
    assert tomorrow.n == 0


def test_twenty_years_are_judged_whole() -> None:
    said = judge(noisy(7300, -0.0003), days=7300)
    assert (said.n, said.days, said.verdict) == (7300, 7300, "falling")
    assert said.slope_per_week == pytest.approx(-0.0021, abs=0.0004)


def test_a_day_is_the_median_of_its_ratings() -> None:
    other = START + timedelta(days=1)
    assert daily([(START, 3), (other, None), (START, 6), (START, None)]) == {START: 4.5}
    assert daily([(other, 0)]) == {other: 0}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (6, 4, "After this session you rated 2 lower."),
        (2, 5, "After this session you rated 3 higher."),
        (5, 4, "You rated 5 before this session and 4 after it."),
        (4, 4, "You rated 4 before this session and 4 after it."),
        (0, None, "You rated 0 before this session; there is no rating after it."),
        (None, 0, "You rated 0 after this session; there is no rating before it."),
        (None, None, "Not rated this time."),
    ],
)
def test_a_small_change_is_not_remarked_on(before: int | None, after: int | None, words: str) -> None:
    assert change_words(before, after) == words
