"""What ratings are said as: the ladder of section 2.6 of the project's clinical notes, and no more than it allows.

An interval that holds 0 is said as ``no clear trend``, never as ``stable`` or ``no effect``; p is never said without
the days; nothing is called an effect (section 3.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from trainer.core.rating import NOTICEABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.core.slope import Slope

Verdict = Literal["too early", "no clear trend", "falling", "rising"]

FEW = 3
"""Days with a rating from which the lowest and highest are named (section 2.6)."""
ENOUGH_FOR_MEAN = 7
"""Days with a rating from which a mean is said."""
ENOUGH_FOR_SLOPE = 14
"""Days with a rating from which a slope is said; only very large trends can show."""
ENOUGH_FOR_TREND = 28
"""Days with a rating from which falling or rising is said."""
MANY_MISSING = 0.4
"""Share of days without a rating above which the sentence warns."""


def pick_verdict(n: int, slope: Slope | None) -> Verdict:
    """Return which of the four ``n`` days carry; ``slope`` is None below 14 of them."""
    if slope is None:
        return "too early"
    if slope.low <= 0 <= slope.high:
        return "no clear trend"
    if n < ENOUGH_FOR_TREND:
        return "too early"
    return "falling" if slope.high < 0 else "rising"


def trend_words(values: Sequence[float], weekly: Slope | None, missing: float, series: str) -> str:
    """Say a series of days, one value a day, oldest first.

    ``weekly`` is the slope in points a week, None below 14 days; ``missing`` the share of days without a rating;
    ``series`` the moment that was rated.
    """
    n, many = len(values), "mornings" if series == "morning" else "ratings"
    listed = ", ".join(f"{value:g}" for value in values)
    if n < FEW:
        return f"{listed}{'. ' if listed else ''}Too early. Come back after {ENOUGH_FOR_MEAN} {many}."
    if n < ENOUGH_FOR_MEAN:
        said = [f"{n} {many}: {listed}. Lowest {min(values):g}, highest {max(values):g}. Too early to say more."]
    else:
        said = [f"Mean of {n} {many} {sum(values) / n:.1f} ({min(values):g} to {max(values):g})."]
        said += ["Too few for a trend."] if weekly is None else _slope_words(n, weekly, many)
    if missing > MANY_MISSING:
        said.append("Many days are missing; people skip good or bad days, so read this with care.")
    return " ".join(said)


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


def _slope_words(n: int, weekly: Slope, many: str) -> list[str]:
    verdict = pick_verdict(n, weekly)
    middle, low, high = _signed(weekly.middle, weekly.low, weekly.high)
    numbers = f"Slope {middle} points a week (95% interval {low} to {high})"
    if n < ENOUGH_FOR_TREND:
        numbers += ": no clear trend." if verdict == "no clear trend" else "."
        return [numbers, f"With {n} {many} only very large trends can show."]
    if verdict == "no clear trend":
        return [f"{numbers}: no clear trend (this is not proof of no change)."]
    return [f"{numbers}: {verdict}."]


def _signed(*points: float) -> tuple[str, ...]:
    """Return points with their signs, to as many places as it takes that none of them only looks like 0."""
    least = min((abs(one) for one in points if one), default=1.0)
    places = next((count for count in (1, 2, 3) if least >= 0.5 / 10**count), 4)
    return tuple(f"{one:+.{places}f}" if one else "0" for one in points)
