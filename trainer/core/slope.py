"""How steep some days are, and whether chance could do the same: Theil-Sen's slope and Mann-Kendall's test.

The formulas are those of the project's clinical notes, section 2.3, with its check values as tests. Days are whole day
numbers, so gaps are fine; values are whole or half points, as ratings and medians of ratings are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import erfc, sqrt
from typing import TYPE_CHECKING

from trainer.core.steps import Steps, count_steps

if TYPE_CHECKING:
    from collections.abc import Sequence

ENOUGH_FOR_LIKENESS = 21
"""Days with a rating below which the likeness of neighbouring days is assumed rather than estimated (section 2.3)."""
ASSUMED_LIKENESS = 0.3
"""Lag-1 autocorrelation assumed for short series (section 1.4)."""
MOST_LIKENESS = 0.9
"""The largest that is corrected for (section 2.3)."""
Z_95 = 1.96
"""Normal deviate of a two-sided 95 % interval."""
FEW_DAYS = 150
"""Days up to which the slopes of all pairs are simply sorted; beyond, they are counted (same answer, less work)."""


@dataclass(frozen=True, slots=True)
class MannKendall:
    """Mann-Kendall's test of values in order of time."""

    s: int
    """Rising pairs less falling pairs."""
    var: float
    """Variance of S where nothing changes, after the tie correction and the factor."""
    z: float
    """S in standard deviations, one step nearer to 0."""
    p: float
    """Chance of a z at least as far from 0 where nothing changes, two-sided."""


@dataclass(frozen=True, slots=True)
class Slope:
    """A Theil-Sen slope in units a day, with its 95 % interval."""

    middle: float
    """Median of the slopes of all pairs."""
    low: float
    """Lower end."""
    high: float
    """Upper end."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A series of days put to both, corrected for the likeness of neighbouring days."""

    slope: Slope
    """Points a day, with the interval of the corrected variance."""
    test: MannKendall
    """With the corrected variance."""
    likeness: float
    """The lag-1 autocorrelation that was corrected with, 0 to 0.9."""


def median(values: Sequence[float]) -> float:
    """Return the middle value, or the mean of the two in the middle. Raises ``ValueError`` where there is none."""
    if not values:
        raise ValueError("the median of nothing")
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def judge(times: Sequence[int], values: Sequence[float]) -> Judged:
    """Return slope, interval and test of values at day numbers that rise strictly, corrected as section 2.3 says."""
    plain = mann_kendall(values)
    slopes = _slopes(times, values)
    middle = _middle(slopes)
    r = likeness(times, values, middle)
    factor = widening(len(values), r)
    var = plain.var * factor
    z = plain.z / sqrt(factor)
    return Judged(_interval(slopes, middle, var), MannKendall(plain.s, var, z, erfc(abs(z) / sqrt(2))), r)


def mann_kendall(values: Sequence[float], factor: float = 1.0) -> MannKendall:
    """Test values in order of time for a trend; ``factor`` widens the variance for autocorrelation."""
    n, s = len(values), 0
    earlier: list[float] = []
    for value in values:
        s += bisect_left(earlier, value) - (len(earlier) - bisect_right(earlier, value))
        insort(earlier, value)
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(values).values())
    var = (n * (n - 1) * (2 * n + 5) - ties) / 18 * factor
    z = (s - (s > 0) + (s < 0)) / sqrt(var) if var > 0 else 0.0
    return MannKendall(s, var, z, erfc(abs(z) / sqrt(2)))


def theil_sen(times: Sequence[int], values: Sequence[float], var: float) -> Slope:
    """Return the median slope of all pairs and Sen's interval from ``var``, the variance of Mann-Kendall's S.

    ``times`` rise strictly; fewer than two give a slope of 0.
    """
    slopes = _slopes(times, values)
    return _interval(slopes, _middle(slopes), var)


def likeness(times: Sequence[float], values: Sequence[float], slope: float) -> float:
    """Return the lag-1 autocorrelation to correct with, 0 to 0.9; below 21 values it is assumed to be 0.3.

    It is lifted by the bias of short series (section 2.3).
    """
    n = len(values)
    if n < ENOUGH_FOR_LIKENESS:
        return ASSUMED_LIKENESS
    r = lag_one(times, values, slope)
    return min(max(r + (1 + 4 * max(r, 0.0)) / n, 0.0), MOST_LIKENESS)


def lag_one(times: Sequence[float], values: Sequence[float], slope: float) -> float:
    """Return the autocorrelation from one rated day to the next, after the slope is removed, as it is found."""
    rest = [value - slope * time for time, value in zip(times, values, strict=True)]
    mean = sum(rest) / max(1, len(rest))
    rest = [value - mean for value in rest]
    spread = sum(value * value for value in rest)
    # What is left of a straight line is rounding, not likeness.
    return sum(a * b for a, b in pairwise(rest)) / spread if spread > 1e-9 else 0.0


def widening(n: int, r: float) -> float:
    """Return the factor by which autocorrelation ``r`` widens the variance of S over ``n`` values."""
    return 1 + 2 * sum((1 - k / n) * r**k for k in range(1, n))


def _slopes(times: Sequence[int], values: Sequence[float]) -> Sequence[float] | Steps:
    """All slopes of pairs from the lowest to the highest, as a list or as what answers like one."""
    if len(values) > FEW_DAYS:
        return count_steps(times, values)
    return sorted(
        (late - values[i]) / (time - times[i])
        for i in range(len(values))
        for time, late in zip(times[i + 1 :], values[i + 1 :], strict=True)
    )


def _middle(slopes: Sequence[float] | Steps) -> float:
    n = len(slopes)
    return (slopes[(n - 1) // 2] + slopes[n // 2]) / 2 if n else 0.0


def _interval(slopes: Sequence[float] | Steps, middle: float, var: float) -> Slope:
    n = len(slopes)
    if not n:
        return Slope(0.0, 0.0, 0.0)
    reach = Z_95 * sqrt(var)
    low = max(round((n - reach) / 2) - 1, 0)
    high = min(round((n + reach) / 2), n - 1)
    return Slope(middle, slopes[low], slopes[high])
