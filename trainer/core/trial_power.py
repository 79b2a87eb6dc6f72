"""What a fair test can find and what it cannot, said before it starts: the table of the notes, or the person's own.

The table is that of the clinical notes, section 2.5: mornings that wander by 1.4 points with a likeness of .3 from one
day to the next, rated in whole numbers, two-sided 5 %. Once there are 14 mornings the same simulation is run with the
person's own spread (section 1.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from types import MappingProxyType

from trainer.core.chance import Chance
from trainer.core.sign_flip import sign_flip
from trainer.core.slope import ASSUMED_LIKENESS, likeness, mann_kendall, theil_sen

USUAL_SD = 1.4
"""Standard deviation of mornings, where one's own is not known (section 1.4)."""
USUAL_LEVEL = 4.0
"""Their mean; it matters only near the ends of the scale."""
ENOUGH_MORNINGS = 14
"""Mornings from which one's own spread is taken (section 1.4)."""
SIGNIFICANT = 0.05
"""Two-sided p below which a difference is said to be found."""
OFTEN_FOUND = 0.8
"""Share of tests that find a difference, from which it is one that would hardly be missed."""
TRIALS = 500
"""Tests simulated for one number: it then wanders by about 4 in 100."""
SEED = 20_260_302
"""What the simulation draws with, so that the same mornings give the same numbers."""

POWER: Mapping[float, Mapping[int, float]] = MappingProxyType(
    {
        1.0: MappingProxyType({7: 0.12, 10: 0.26, 14: 0.44, 21: 0.69, 28: 0.83}),
        1.5: MappingProxyType({7: 0.26, 10: 0.61, 14: 0.82, 21: 0.97, 28: 0.99}),
        2.0: MappingProxyType({7: 0.58, 10: 0.85, 14: 0.97, 21: 1.0, 28: 1.0}),
    }
)
"""Share of tests that find a true difference (points) with so many pairs of days (section 2.5)."""
CARRY_OVER_POWER = (0.09, 0.19)
"""The same at 28 pairs of days where half of what one day does lasts a second day (section 2.5)."""
BLOCK_POWER: Mapping[float, float] = MappingProxyType({1.0: 0.23, 2.0: 0.75})
"""The same for six pairs of blocks of 7 days, 84 days, where it lasts so (section 2.5; 1 point: .23 to .26)."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the mornings of one knee wander."""

    sd: float
    """Standard deviation from day to day, after the trend is removed, points."""
    likeness: float
    """Lag-1 autocorrelation, 0 to 0.9; below 21 mornings assumed to be .3."""
    level: float
    """Mean, 0 to 10."""
    mornings: int
    """How many it was taken from; 0 for the usual one."""


USUAL_SPREAD = Spread(USUAL_SD, ASSUMED_LIKENESS, USUAL_LEVEL, 0)
"""What the table was made with."""


def own_spread(mornings: Mapping[date, float]) -> Spread:
    """Return the spread of one's own mornings, or the usual one where there are fewer than 14."""
    n = len(mornings)
    if n < ENOUGH_MORNINGS:
        return USUAL_SPREAD
    times = [day.toordinal() for day in sorted(mornings)]
    values = [mornings[day] for day in sorted(mornings)]
    slope = theil_sen(times, values, mann_kendall(values).var).middle
    rest = [value - slope * time for time, value in zip(times, values, strict=True)]
    mean = sum(rest) / n
    # The whole numbers add a twelfth that the simulation adds again.
    variance = sum((value - mean) ** 2 for value in rest) / (n - 1) - 1 / 12
    return Spread(sqrt(max(variance, 0.0)), likeness(times, values, slope), sum(values) / n, n)


def find_chance(
    difference: float,
    *,
    pairs: int,
    block_days: int = 1,
    washout_days: int = 0,
    spread: Spread = USUAL_SPREAD,
    trials: int = TRIALS,
    seed: int = SEED,
) -> float:
    """Return the share of simulated tests in which a true difference (points) reaches p < .05.

    With a difference of 0 it is the share of false alarms. No day is missed, and nothing lasts into the next day.
    """
    chance = Chance(seed)
    found = 0
    for _ in range(trials):
        found += sign_flip(_differences(chance, difference, pairs, block_days, washout_days, spread)) < SIGNIFICANT
    return found / trials


def power_of(
    pairs: int, spread: Spread = USUAL_SPREAD, *, block_days: int = 1, washout_days: int = 0
) -> dict[float, float]:
    """Return the share of tests that find 1, 1.5 and 2 points: of the table where it has them, else simulated."""
    is_in_table = spread == USUAL_SPREAD and block_days == 1 and pairs in POWER[1.0]
    return {
        difference: POWER[difference][pairs]
        if is_in_table
        else find_chance(difference, pairs=pairs, block_days=block_days, washout_days=washout_days, spread=spread)
        for difference in POWER
    }


def easily_missed(power: Mapping[float, float]) -> float | None:
    """Return the points below which a difference could easily be missed: the least that 80 of 100 tests find.

    None where even the largest that was asked about is not found so often.
    """
    return next((points for points in sorted(power) if power[points] >= OFTEN_FOUND), None)


def _differences(
    chance: Chance, difference: float, pairs: int, block_days: int, washout_days: int, spread: Spread
) -> list[float]:
    r = spread.likeness
    fresh = sqrt(1 - r * r) * spread.sd
    wander = spread.sd * chance.normal()
    counted = block_days - washout_days
    found = []
    for _ in range(pairs):
        comes_first = chance.coin()
        sums = [0, 0]
        for half in (0, 1):
            level = spread.level - (difference if (half == 0) == comes_first else 0.0)
            for day in range(block_days):
                if day >= washout_days:
                    sums[half] += min(10, max(0, round(level + wander)))
                wander = r * wander + fresh * chance.normal()
        apart = sums[1] - sums[0] if comes_first else sums[0] - sums[1]
        found.append(apart / counted)
    return found
