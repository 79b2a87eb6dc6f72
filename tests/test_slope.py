from __future__ import annotations

import random
from itertools import combinations
from math import erfc, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.core.slope import ENOUGH_FOR_LIKENESS, FEW_DAYS, judge, likeness, mann_kendall, median, theil_sen, widening
from trainer.core.steps import count_steps

FALLING = tuple(int(v) for v in "65675564554453")
LEVEL = tuple(int(v) for v in "54655465456554")


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


# What a package does one way, this does two: few days are sorted, many are counted.


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 20), min_size=2, max_size=40),
    st.lists(st.integers(1, 9), min_size=40, max_size=40),
    st.sampled_from([1, 2]),
)
def test_counted_slopes_are_the_sorted_ones(units: list[int], steps: list[int], per_point: int) -> None:
    values = [unit / per_point for unit in units]
    times = [20_000 + sum(steps[: i + 1]) for i in range(len(values))]
    counted = count_steps(times, values)
    listed = sorted((values[j] - values[i]) / (times[j] - times[i]) for i, j in combinations(range(len(values)), 2))
    assert len(counted) == len(listed)
    assert [counted[i] for i in range(len(counted))] == listed


def test_a_place_outside_is_refused() -> None:
    counted = count_steps([1, 2], [3, 4])
    assert (len(counted), counted[0]) == (1, 1.0)
    for place in (-1, 1):
        with pytest.raises(IndexError):
            counted[place]


def test_what_is_counted_is_whole_or_half() -> None:
    with pytest.raises(ValueError, match="half points"):
        count_steps([1, 2], [3, 4.25])


@pytest.mark.parametrize("n", [FEW_DAYS, FEW_DAYS + 1, 400])
def test_many_days_get_the_answer_of_few(n: int) -> None:
    draw = random.Random(n)
    values = [max(0, min(10, round(6 - 0.01 * i + draw.gauss(0, 1.4)))) for i in range(n)]
    times = sorted(draw.sample(range(2 * n), n))
    var = mann_kendall(values).var
    listed = sorted((values[j] - values[i]) / (times[j] - times[i]) for i, j in combinations(range(n), 2))
    found = theil_sen(times, values, var)
    assert found.middle == median(listed)
    reach = 1.96 * sqrt(var)
    assert (found.low, found.high) == (
        listed[round((len(listed) - reach) / 2) - 1],
        listed[round((len(listed) + reach) / 2)],
    )


def test_judging_corrects_test_and_interval_alike() -> None:
    draw, drift, values = random.Random(4), 0.0, []
    for i in range(60):
        drift = 0.7 * drift + draw.gauss(0, 1)
        values.append(min(10, max(0, round(9 - 0.1 * i + drift))))
    times = [3 * i for i in range(60)]
    plain = mann_kendall(values)
    r = likeness(times, values, theil_sen(times, values, plain.var).middle)
    factor = widening(60, r)
    found = judge(times, values)
    assert found.likeness == r > 0.3
    assert found.test.s == plain.s
    assert (found.test.var, found.test.p) == pytest.approx((plain.var * factor, erfc(abs(found.test.z) / sqrt(2))))
    assert found.test.p == pytest.approx(mann_kendall(values, factor).p)
    assert found.slope == theil_sen(times, values, found.test.var)
    assert ENOUGH_FOR_LIKENESS == 21
