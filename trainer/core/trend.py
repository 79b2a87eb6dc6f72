"""What many ratings say, and when they are too few to say it.

Weeks are judged, not days: Theil-Sen slope with Sen's interval, and Mann-Kendall's test corrected for ties and for
the likeness of neighbouring days. The arithmetic, the ladder of what may be said at how many days, and the check
values are those of the project's clinical notes, sections 2.3 and 2.6; slopes are never called an effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import erfc, sqrt
from typing import TYPE_CHECKING, Literal

from trainer.core.rating import NOTICEABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

Verdict = Literal["too early", "no clear trend", "falling", "rising"]

DEFAULT_DAYS = 90
"""Calendar days looked at when nobody says how many."""
MOST_DAYS = 400
"""Calendar days looked at however many are asked for: the slope compares every pair of days."""
FEW = 3
"""Days with a rating from which the lowest and highest are named (section 2.6)."""
ENOUGH_FOR_MEAN = 7
"""Days with a rating from which a mean is said."""
ENOUGH_FOR_SLOPE = 14
"""Days with a rating from which a slope is said; only very large trends can show."""
ENOUGH_FOR_TREND = 28
"""Days with a rating from which falling or rising is said."""
ENOUGH_FOR_LIKENESS = 21
"""Days with a rating below which the likeness of neighbouring days is assumed rather than estimated."""
ASSUMED_LIKENESS = 0.3
"""Lag-1 autocorrelation assumed for short series (section 1.4)."""
MANY_MISSING = 0.4
"""Share of days without a rating above which the sentence warns."""
Z_95 = 1.96
"""Normal deviate of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Trend:
    """What the ratings of one knee in one series carry; numbers are None where there are too few to say them."""

    knee: str
    """Left or right."""
    series: str
    """The moment rated: morning, before, after …"""
    n: int
    """Days with a rating; several on one day count as their median."""
    days: int
    """Calendar days from the first of them to the day it was asked, both counted."""
    missing: float
    """Share of those days without a rating, 0 to 1."""
    lowest: float | None
    """Lowest rating."""
    highest: float | None
    """Highest rating."""
    mean: float | None
    """Mean rating, 0 to 10."""
    slope_per_week: float | None
    """Theil-Sen slope, points a week; negative is less pain."""
    slope_low: float | None
    """Lower end of its 95 % interval."""
    slope_high: float | None
    """Upper end of its 95 % interval."""
    p: float | None
    """Corrected Mann-Kendall p, two-sided; say it only together with the days."""
    verdict: Verdict
    """One of four; falling and rising only from 28 days and with an interval that leaves out 0."""
    sentence: str
    """The same for a person."""


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


def trend(
    ratings: Iterable[tuple[date, int | None]],
    *,
    knee: str,
    series: str,
    today: date,
    days: int = DEFAULT_DAYS,
) -> Trend:
    """Say what the ratings of the last ``days`` calendar days up to ``today`` carry, at most 400 of them.

    A score of None (asked and not answered) counts as no rating, never as 0.
    """
    last = today.toordinal()
    first = last - min(max(1, days), MOST_DAYS) + 1
    by_day: dict[int, list[int]] = {}
    for day, score in ratings:
        if score is not None and first <= day.toordinal() <= last:
            by_day.setdefault(day.toordinal(), []).append(score)
    times = sorted(by_day)
    return _judge(times, [median(by_day[time]) for time in times], knee, series, last)


def median(values: Sequence[float]) -> float:
    """Return the middle value, or the mean of the two in the middle. Raises ``ValueError`` where there is none."""
    if not values:
        raise ValueError("the median of nothing")
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def mann_kendall(values: Sequence[float], factor: float = 1.0) -> MannKendall:
    """Test values in order of time for a trend; ``factor`` widens the variance for autocorrelation."""
    n = len(values)
    s = sum((late > early) - (late < early) for i, early in enumerate(values) for late in values[i + 1 :])
    counts: dict[float, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    ties = sum(t * (t - 1) * (2 * t + 5) for t in counts.values())
    var = (n * (n - 1) * (2 * n + 5) - ties) / 18 * factor
    z = (s - (s > 0) + (s < 0)) / sqrt(var) if var > 0 else 0.0
    return MannKendall(s, var, z, erfc(abs(z) / sqrt(2)))


def theil_sen(times: Sequence[float], values: Sequence[float], var: float) -> Slope:
    """Return the median slope of all pairs and Sen's interval from ``var``, the variance of Mann-Kendall's S.

    ``times`` rise strictly; fewer than two give a slope of 0.
    """
    slopes = sorted(
        (late - values[i]) / (time - times[i])
        for i in range(len(values))
        for time, late in zip(times[i + 1 :], values[i + 1 :], strict=True)
    )
    if not slopes:
        return Slope(0.0, 0.0, 0.0)
    reach = Z_95 * sqrt(var)
    low = max(round((len(slopes) - reach) / 2) - 1, 0)
    high = min(round((len(slopes) + reach) / 2), len(slopes) - 1)
    return Slope(median(slopes), slopes[low], slopes[high])


def likeness(times: Sequence[float], values: Sequence[float], slope: float) -> float:
    """Return the lag-1 autocorrelation to correct with, 0 to 0.9; below 21 values it is assumed to be 0.3.

    It is taken from one rated day to the next, after the slope is removed, and lifted by the bias of short series.
    """
    n = len(values)
    if n < ENOUGH_FOR_LIKENESS:
        return ASSUMED_LIKENESS
    rest = [value - slope * time for time, value in zip(times, values, strict=True)]
    mean = sum(rest) / n
    rest = [value - mean for value in rest]
    spread = sum(value * value for value in rest)
    # What is left of a straight line is rounding, not likeness.
    r = sum(a * b for a, b in pairwise(rest)) / spread if spread > 1e-9 else 0.0
    return min(max(r + (1 + 4 * max(r, 0.0)) / n, 0.0), 0.9)


def widening(n: int, r: float) -> float:
    """Return the factor by which autocorrelation ``r`` widens the variance of S over ``n`` values."""
    return 1 + 2 * sum((1 - k / n) * r**k for k in range(1, n))


def change_words(before: int | None, after: int | None) -> str:
    """Say one session's two ratings of a knee; a change under two points is not remarked on.

    Two single ratings must differ by 2 before the difference means anything (section 1.3: a change of 1.33 can be
    detected on a scale of whole numbers), and even then it is not called an effect (section 3.4).
    """
    if before is None and after is None:
        return "Not rated this time."
    if after is None:
        return f"You rated {before} before this session; there is no rating after it."
    if before is None:
        return f"You rated {after} after this session; there is no rating before it."
    if abs(after - before) < NOTICEABLE:
        return f"You rated {before} before this session and {after} after it."
    return f"After this session you rated {abs(after - before)} {'lower' if after < before else 'higher'}."


def _judge(times: Sequence[int], values: Sequence[float], knee: str, series: str, last: int) -> Trend:
    n = len(values)
    days = last - times[0] + 1 if times else 0
    missing = 1 - n / days if days else 0.0
    mean = sum(values) / n if n >= ENOUGH_FOR_MEAN else None
    weekly: Slope | None = None
    p: float | None = None
    verdict: Verdict = "too early"
    if n >= ENOUGH_FOR_SLOPE:
        plain = mann_kendall(values)
        middle = theil_sen(times, values, plain.var).middle
        factor = widening(n, likeness(times, values, middle))
        daily = theil_sen(times, values, plain.var * factor)
        weekly = Slope(daily.middle * 7, daily.low * 7, daily.high * 7)
        z = plain.z / sqrt(factor)
        p = erfc(abs(z) / sqrt(2))
        if weekly.low <= 0 <= weekly.high:
            verdict = "no clear trend"
        elif n >= ENOUGH_FOR_TREND:
            verdict = "falling" if weekly.high < 0 else "rising"
    return Trend(
        knee=knee,
        series=series,
        n=n,
        days=days,
        missing=missing,
        lowest=min(values) if n >= FEW else None,
        highest=max(values) if n >= FEW else None,
        mean=mean,
        slope_per_week=weekly.middle if weekly else None,
        slope_low=weekly.low if weekly else None,
        slope_high=weekly.high if weekly else None,
        p=p,
        verdict=verdict,
        sentence=_sentence(values, mean, weekly, verdict, missing, series),
    )


def _sentence(
    values: Sequence[float], mean: float | None, weekly: Slope | None, verdict: Verdict, missing: float, series: str
) -> str:
    n, many = len(values), "mornings" if series == "morning" else "ratings"
    listed = ", ".join(f"{value:g}" for value in values)
    if mean is None:
        if n < FEW:
            return f"{listed}{'. ' if listed else ''}Too early. Come back after {ENOUGH_FOR_MEAN} {many}."
        return f"{n} {many}: {listed}. Lowest {min(values):g}, highest {max(values):g}. Too early to say more."
    said = [f"Mean of {n} {many} {mean:.1f} ({min(values):g} to {max(values):g})."]
    if weekly is None:
        said.append("Too few for a trend.")
    else:
        ends = f"95% interval {_points(weekly.low)} to {_points(weekly.high)}"
        said.append(f"Slope {_points(weekly.middle)} points a week ({ends})")
        if n < ENOUGH_FOR_TREND:
            said[-1] += f"{': no clear trend' if verdict == 'no clear trend' else ''}."
            said.append(f"With {n} {many} only very large trends can show.")
        elif verdict == "no clear trend":
            said[-1] += ": no clear trend (this is not proof of no change)."
        else:
            said[-1] += f": {verdict}."
    if missing > MANY_MISSING:
        said.append("Many days are missing; people skip good or bad days, so read this with care.")
    return " ".join(said)


def _points(value: float) -> str:
    """Return a slope with its sign; one that only rounds to 0 keeps enough places not to look like it."""
    places = 1 if value == 0 or abs(value) >= 0.05 else 2 if abs(value) >= 0.005 else 3
    return "0" if value == 0 else f"{value:+.{places}f}"
