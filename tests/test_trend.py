from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.trend import (
    Trend,
    change_words,
    likeness,
    mann_kendall,
    median,
    theil_sen,
    trend,
    widening,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

START = date(2026, 3, 2)
FALLING = tuple(int(v) for v in "65675564554453")
LEVEL = tuple(int(v) for v in "54655465456554")


def judge(scores: Sequence[int | None], *, series: str = "morning", days: int = 90) -> Trend:
    """One rating a day from the start; the last is today's."""
    ratings = [(START + timedelta(days=i), score) for i, score in enumerate(scores)]
    today = START + timedelta(days=max(0, len(scores) - 1))
    return trend(ratings, knee="right", series=series, today=today, days=days)


def noisy(n: int, slope: float) -> list[int | None]:
    draw = random.Random(n)
    return [max(0, min(10, round(5 + slope * i + draw.gauss(0, 1)))) for i in range(n)]


# The check values of the clinical notes, section 2.3.


def test_a_fall_with_ties() -> None:
    test = mann_kendall(FALLING)
    assert (test.s, test.var) == (-46, 298)
    assert test.z == pytest.approx(-2.6068, abs=5e-5)
    assert test.p == pytest.approx(0.0091, abs=5e-5)
    slope = theil_sen(range(14), FALLING, test.var)
    assert (slope.middle, slope.low, slope.high) == pytest.approx((-1 / 6, -1 / 3, 0))


def test_no_fall() -> None:
    test = mann_kendall(LEVEL)
    assert (test.s, test.var) == (-5, 277)
    assert test.z == pytest.approx(-0.2403, abs=5e-5)
    assert test.p == pytest.approx(0.8101, abs=5e-5)
    assert theil_sen(range(14), LEVEL, test.var).middle == 0


def test_all_the_same() -> None:
    test = mann_kendall([4] * 10)
    assert (test.s, test.var, test.z, test.p) == (0, 0, 0, 1)
    slope = theil_sen(range(10), [4] * 10, 0)
    assert (slope.middle, slope.low, slope.high) == (0, 0, 0)


def test_three_points_can_never_be_significant() -> None:
    test = mann_kendall([6, 5, 4])
    assert test.s == -3
    assert test.var == pytest.approx(3.66667, abs=5e-6)
    assert test.p == pytest.approx(0.2963, abs=5e-5)


def test_the_interval_is_sens() -> None:
    values = [1, 5, 2, 8, 3, 9, 4, 7, 6, 10]
    slopes = sorted((values[j] - values[i]) / (j - i) for i, j in combinations(range(10), 2))
    slope = theil_sen(range(10), values, mann_kendall(values).var)
    # 45 pairs, var 125, C = 21.9: ranks 11.5 and 33.5, the lower counted from 1; scipy says the same.
    assert (slope.low, slope.high) == (slopes[11], slopes[33])
    assert len({slopes[i] for i in (10, 11, 12)}) == len({slopes[i] for i in (32, 33, 34)}) == 3


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


def test_autocorrelation_widens_the_variance() -> None:
    assert widening(10, 0) == 1
    assert widening(2, 0.5) == pytest.approx(1.5)
    assert widening(3, 0.5) == pytest.approx(1 + 2 * (2 / 3 * 0.5 + 1 / 3 * 0.25))
    assert mann_kendall(FALLING, 2).var == 596


def test_short_series_are_assumed_to_be_alike() -> None:
    assert likeness(range(20), [1, 9] * 10, 0) == 0.3
    assert likeness(range(22), [1, 9] * 11, 0) == 0
    assert likeness(range(40), [1] * 20 + [9] * 20, 0) == 0.9
    values = [3, 5, 4, 4, 6, 5, 3, 4, 6, 7, 5, 4, 2, 3, 4, 5, 5, 6, 4, 3, 5]
    rest = [value - sum(values) / 21 for value in values]
    r = sum(rest[i] * rest[i + 1] for i in range(20)) / sum(value**2 for value in rest)
    assert 0 < r < 0.5
    assert likeness(range(21), values, 0) == pytest.approx(r + (1 + 4 * r) / 21)
    assert likeness(range(21), [v + 0.5 * i for i, v in enumerate(values)], 0.5) == pytest.approx(r + (1 + 4 * r) / 21)


def test_a_straight_line_has_nothing_left_to_be_alike() -> None:
    assert likeness(range(30), [10 - 0.3 * i for i in range(30)], -0.3) == pytest.approx(1 / 30)


series = st.lists(st.integers(0, 10), min_size=2, max_size=40)
days_apart = st.lists(st.integers(1, 9), min_size=40, max_size=40)


@given(series, days_apart)
def test_slopes_and_test_agree_with_their_definitions(values: list[int], steps: list[int]) -> None:
    times = [sum(steps[: i + 1]) for i in range(len(values))]
    pairs = list(combinations(range(len(values)), 2))
    test = mann_kendall(values)
    assert test.s == sum((values[j] > values[i]) - (values[j] < values[i]) for i, j in pairs)
    slope = theil_sen(times, values, test.var)
    assert slope.middle == median([(values[j] - values[i]) / (times[j] - times[i]) for i, j in pairs])
    assert slope.low <= slope.middle <= slope.high
    assert 0 <= test.p <= 1


@given(series, st.integers(-5, 5))
def test_adding_the_same_to_all_changes_nothing(values: list[int], more: int) -> None:
    moved = [value + more for value in values]
    assert mann_kendall(moved) == mann_kendall(values)
    var = mann_kendall(values).var
    assert theil_sen(range(len(values)), moved, var) == theil_sen(range(len(values)), values, var)
    assert likeness(range(len(values)), moved, 0) == pytest.approx(likeness(range(len(values)), values, 0))


@given(series)
def test_turning_time_round_turns_the_sign(values: list[int]) -> None:
    there, back = mann_kendall(values), mann_kendall(values[::-1])
    assert (back.s, back.var, back.p) == (-there.s, there.var, there.p)
    slope = theil_sen(range(len(values)), values, there.var)
    turned = theil_sen(range(len(values)), values[::-1], there.var)
    assert turned.middle == -slope.middle


@given(series, st.integers(2, 5), st.integers(2, 5))
def test_slopes_scale_with_points_and_days(values: list[int], up: int, apart: int) -> None:
    var = mann_kendall(values).var
    plain = theil_sen(range(len(values)), values, var)
    times = [i * apart for i in range(len(values))]
    scaled = theil_sen(times, [value * up for value in values], var)
    for one, other in zip((plain.middle, plain.low, plain.high), (scaled.middle, scaled.low, scaled.high), strict=True):
        assert other == pytest.approx(one * up / apart)


def test_a_median_needs_a_value() -> None:
    assert median([3, 1]) == 2
    assert median([5, 1, 4]) == 4
    with pytest.raises(ValueError, match="nothing"):
        median([])


# The ladder of section 2.6.


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
    assert judge([3] * 900, days=900).n == 400
    tomorrow = trend([(START + timedelta(days=1), 5)], knee="left", series="before", today=START)
    assert tomorrow.n == 0


def test_ten_years_cost_no_more_than_four_hundred_days() -> None:
    said = judge(noisy(3650, 0), days=3650)
    assert (said.n, said.days) == (400, 400)


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
