"""Before and since: a baseline held against the weeks of a programme, with what chance alone would do.

It describes and cannot test: people start when it hurts most, and then it gets better by itself (clinical notes,
section 2.1). So it is said together with the difference that chance alone gives, and with that it shows no cause (2.2,
2.4, 2.6).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from trainer.core.slope import Z_95, widening
from trainer.core.trial_power import USUAL_SPREAD, Spread

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_BASELINE = 7
"""Days of baseline, and of the programme, below which the two are not compared; 14 are clearly better (section 2.2)."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Every later day held against every day of the baseline, lower being better."""

    better: int
    """Pairs in which the later day is lower."""
    worse: int
    """Pairs in which it is higher."""
    pairs: int
    """All of them."""

    @property
    def tau(self) -> float:
        """Better less worse as a share of all, -1 to 1; 0 without a pair. Not corrected for a trend in the baseline."""
        return (self.better - self.worse) / self.pairs if self.pairs else 0.0

    @property
    def nap(self) -> float:
        """Non-overlap of all pairs, 0 to 1: better ones and half of the equal ones."""
        return (self.tau + 1) / 2

    @property
    def words(self) -> str:
        """The plain version for a person (section 2.4)."""
        return f"On {self.better} of {self.pairs} baseline/programme pairs the programme day was better."


@dataclass(frozen=True, slots=True)
class Phases:
    """A baseline and what came after it."""

    baseline: float
    """Mean of the baseline, 0 to 10."""
    later: float
    """Mean of the later days."""
    chance: float
    """What chance alone stays within in 95 of 100 such comparisons, points."""
    overlap: Overlap
    """The same day by day."""
    words: str
    """The same for a person."""


def overlap(baseline: Sequence[float], later: Sequence[float]) -> Overlap:
    """Hold every later day against every day of the baseline."""
    ordered = sorted(baseline)
    better = sum(len(ordered) - bisect_right(ordered, value) for value in later)
    worse = sum(bisect_left(ordered, value) for value in later)
    return Overlap(better, worse, len(baseline) * len(later))


def chance_difference(before: int, after: int, spread: Spread = USUAL_SPREAD) -> float:
    """Return what the means of so many days before and after differ by at most, in 95 of 100 times, by chance alone.

    Points. The two phases touch, so the first later days are like the last days of the baseline. Whole-number ratings
    add a twelfth to the variance of a day.
    """
    r, variance = spread.likeness, spread.sd**2
    of_means = sum(variance * widening(n, r) / n + 1 / (12 * n) for n in (before, after))
    # All pairs of a day before and a day after: r ** (days between them).
    alike = r * sum(r**i for i in range(before)) * sum(r**i for i in range(after)) / (before * after)
    return Z_95 * sqrt(max(0.0, of_means - 2 * variance * alike))


def compare(baseline: Sequence[float], later: Sequence[float], spread: Spread = USUAL_SPREAD) -> Phases | None:
    """Hold the mornings of a programme against those of its baseline, one value a day; None below 7 days of either."""
    if min(len(baseline), len(later)) < FEWEST_BASELINE:
        return None
    before, after = sum(baseline) / len(baseline), sum(later) / len(later)
    chance = chance_difference(len(baseline), len(later), spread)
    found = overlap(baseline, later)
    less = round(before - after, 1)
    how = "the same as" if less == 0 else f"{abs(less):.1f} {'lower' if less > 0 else 'higher'} than"
    words = (
        f"Programme weeks are {how} baseline. Chance alone gives {chance:.1f} or less in 95 of 100 such comparisons. "
        f"This cannot show that the programme caused it. {found.words}"
    )
    return Phases(before, after, chance, found, words)
