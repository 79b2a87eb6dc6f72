"""A fair test before it starts: what is said of it, in the shell and in the app, so that nobody begins one unawares."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from trainer.core.errors import UsageError
from trainer.core.trial_words import expectations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trainer.core.side import Side
    from trainer.core.trial import Plan
    from trainer.core.trial_power import Spread

MOST_SEED = 999_999_999
"""The largest seed that is drawn by itself: nine digits can be read out and typed."""
LATEST_START = timedelta(days=366)
"""How far ahead a test may begin: what one knows about the knee before it should still be true."""


def mind_start(first: date, today: date) -> None:
    """Raises UsageError where a test cannot begin on that day."""
    if not today <= first <= today + LATEST_START:
        raise UsageError("A test begins today or later, within a year.", "Tomorrow is usual.")


def offer_lines(plan: Plan, spread: Spread, titles: Mapping[str, str], knees: Sequence[Side]) -> tuple[str, ...]:
    """Say which two it holds against each other, then what it can find and what it cannot, and what it is judged by.

    ``titles``: names by id. Simulates with one's own ``spread``, which takes a moment.
    """
    against = f"{titles[plan.arms[0]]} against {titles[plan.arms[1]]}"
    knee = f"{knees[0].value} knee" if len(knees) == 1 else "both knees: the mean of the two"
    return (
        f"{against[0].upper()}{against[1:]}, from {full_day(plan.start)}.",
        *expectations(plan, spread),
        f"It is judged by the first stairs of the morning after, {knee}.",
    )


def full_day(day: date) -> str:
    """A day in words: ``Tuesday 6 October 2026``."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"
