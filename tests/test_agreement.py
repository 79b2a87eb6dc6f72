"""The arithmetic agrees with two packages on a thousand random series with ties and gaps.

Where they define things otherwise, they are asked for what they should say: scipy for its interval at our 1.96, not at
1.959964; pymannkendall for days in a row, as it knows no day numbers once a correction is asked for.
Its own corrections (Hamed and Rao; Yue and Wang) use the correlations found at all lags, which in short series are
mostly chance; ours (clinical notes, section 2.3) uses the first, lifted for its bias, and lets the others follow from
it. So from them only the first lag is compared, through the factor of Yue and Wang's method at one lag.
"""

from __future__ import annotations

import random
from math import erfc, isnan, nan, sqrt

import pymannkendall
import pytest
from scipy.stats import kendalltau, theilslopes

from trainer.core.slope import Z_95, judge, lag_one, mann_kendall, theil_sen, widening

SERIES = 1000


def rated_days(seed: int) -> tuple[list[int], list[float]]:
    """Days with gaps, and what was rated on them: whole numbers, or halves where a day was rated twice."""
    draw = random.Random(seed)
    span = draw.randint(4, 70)
    days = sorted(draw.sample(range(span), draw.randint(3, span)))
    drift, level, slope, halves = 0.0, draw.uniform(1, 9), draw.uniform(-0.1, 0.1), draw.choice([1, 1, 2])
    values = []
    for day in days:
        drift = 0.3 * drift + draw.gauss(0, 1.4)
        values.append(min(10, max(0, round((level + slope * day + drift) * halves) / halves)))
    return days, values


@pytest.mark.parametrize("part", range(10))
def test_a_thousand_series_agree(part: int) -> None:
    for seed in range(part * SERIES // 10, (part + 1) * SERIES // 10):
        days, values = rated_days(seed)
        if len(set(values)) == 1:
            continue
        test = mann_kendall(values)
        found = theil_sen(days, values, test.var)

        at_196 = theilslopes(values, days, alpha=erfc(Z_95 / sqrt(2)))
        assert (found.middle, found.low, found.high) == pytest.approx(
            (at_196.slope, at_196.low_slope, at_196.high_slope), abs=1e-12
        ), seed

        in_time = pymannkendall.original_test(values)
        assert (test.s, test.var, test.z) == pytest.approx((in_time.s, in_time.var_s, in_time.z)), seed
        assert test.p == pytest.approx(in_time.p, abs=1e-12), seed

        # With a gap written as not a number, its slope knows the days too.
        by_day = dict(zip(days, values, strict=True))
        gaps = [by_day.get(day, nan) for day in range(days[0], days[-1] + 1)]
        assert found.middle == pytest.approx(pymannkendall.sens_slope(gaps).slope, abs=1e-12), seed
        assert sum(not isnan(value) for value in gaps) == len(days)


@pytest.mark.parametrize("part", range(4))
def test_the_likeness_of_neighbours_agrees(part: int) -> None:
    for seed in range(part * 100, part * 100 + 100):
        _, values = rated_days(seed)
        n = len(values)
        test = mann_kendall(values)
        slope = theil_sen(range(n), values, test.var).middle
        if n < 4 or len(set(values)) == 1:
            continue
        r = lag_one(range(n), values, slope)
        factor = 1 + 2 * (1 - 1 / n) * r
        if factor <= 0:
            continue
        theirs = pymannkendall.yue_wang_modification_test(values, lag=1)
        assert theirs.var_s == pytest.approx(test.var * factor), seed
        # Of ours the first term is the same, and what follows from it is added.
        assert widening(n, abs(r)) >= 1 + 2 * (1 - 1 / n) * abs(r) - 1e-12


def test_s_is_kendalls_without_its_denominator() -> None:
    for seed in range(50):
        days, values = rated_days(seed)
        tau = kendalltau(days, values, variant="c")
        levels = len(set(values))
        if levels == 1:
            continue
        least = min(levels, len(values))
        expected = 2 * mann_kendall(values).s / (len(values) ** 2 * (least - 1) / least)
        assert tau.statistic == pytest.approx(expected)


def test_hundreds_of_days_agree() -> None:
    draw = random.Random(1)
    days = sorted(draw.sample(range(700), 500))
    values = [min(10, max(0, round(6 - 0.004 * day + draw.gauss(0, 1.4)))) for day in days]
    found = judge(days, values)
    theirs = theilslopes(values, days, alpha=erfc(Z_95 / sqrt(2)))
    plain = theil_sen(days, values, mann_kendall(values).var)
    assert found.slope.middle == plain.middle == pytest.approx(theirs.slope, abs=1e-15)
    assert (plain.low, plain.high) == pytest.approx((theirs.low_slope, theirs.high_slope), abs=1e-15)
    assert found.slope.low <= plain.low <= plain.high <= found.slope.high
