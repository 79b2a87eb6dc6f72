"""What many ratings say, and when they are too few to say it.

Weeks are judged, not days: Theil-Sen slope with Sen's interval, and Mann-Kendall's test corrected for ties and for
the likeness of neighbouring days (the clinical notes, sections 2.3 and 2.6); slopes are never called an effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.core.answer import ENOUGH_FOR_MEAN, ENOUGH_FOR_SLOPE, FEW, Verdict, pick_verdict, trend_words
from trainer.core.answer import change_words as change_words
from trainer.core.slope import Slope, judge
from trainer.core.slope import median as median

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

DEFAULT_DAYS = 90
"""Calendar days looked at when nobody says how many."""
MOST_DAYS = 7305
"""Calendar days looked at however many are asked for: twenty years, which take a tenth of a second."""


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


def trend(
    ratings: Iterable[tuple[date, int | None]],
    *,
    knee: str,
    series: str,
    today: date,
    days: int = DEFAULT_DAYS,
) -> Trend:
    """Say what the ratings of the last ``days`` calendar days up to ``today`` carry, at most twenty years of them.

    A score of None (asked and not answered) counts as no rating, never as 0.
    """
    last = today.toordinal()
    first = last - min(max(1, days), MOST_DAYS) + 1
    by_day = {day: value for day, value in daily(ratings).items() if first <= day.toordinal() <= last}
    times = [day.toordinal() for day in sorted(by_day)]
    return _judge(times, [by_day[day] for day in sorted(by_day)], knee, series, last)


def daily(ratings: Iterable[tuple[date, int | None]]) -> dict[date, float]:
    """Return one value a day: the median of its ratings; days asked about and not answered are left out."""
    by_day: dict[date, list[int]] = {}
    for day, score in ratings:
        if score is not None:
            by_day.setdefault(day, []).append(score)
    return {day: scores[0] if len(scores) == 1 else median(scores) for day, scores in by_day.items()}


def _judge(times: Sequence[int], values: Sequence[float], knee: str, series: str, last: int) -> Trend:
    n = len(values)
    days = last - times[0] + 1 if times else 0
    missing = 1 - n / days if days else 0.0
    weekly: Slope | None = None
    p: float | None = None
    if n >= ENOUGH_FOR_SLOPE:
        judged = judge(times, values)
        weekly = Slope(judged.slope.middle * 7, judged.slope.low * 7, judged.slope.high * 7)
        p = judged.test.p
    return Trend(
        knee=knee,
        series=series,
        n=n,
        days=days,
        missing=missing,
        lowest=min(values) if n >= FEW else None,
        highest=max(values) if n >= FEW else None,
        mean=sum(values) / n if n >= ENOUGH_FOR_MEAN else None,
        slope_per_week=weekly.middle if weekly else None,
        slope_low=weekly.low if weekly else None,
        slope_high=weekly.high if weekly else None,
        p=p,
        verdict=pick_verdict(n, weekly),
        sentence=trend_words(values, weekly, missing, series),
    )
