"""How regularly someone warms up: days a week, the last weeks counting most, with no run to break.

Each day counts half as much as a day two weeks later [our choice: no study is behind the number], so a rest lowers the
figure a little and a warm-up raises it a little, and nothing is ever lost at once. Days off for an illness are frozen:
they are left out as if they had not been, and the figure stays what it was.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from trainer.core.happening import Freeze

HALF_LIFE_DAYS = 14
"""Days after which a day counts half."""
ENOUGH_DAYS = 7
"""Days, freezes not counted, from the first warm-up on before a figure is said."""
REMEMBERED_DAYS = 28 * HALF_LIFE_DAYS
"""Days, freezes not counted, that are looked at: all before count for less than one in a hundred million."""
LOOKED_AT_DAYS = 2 * 365
"""Days, freezes and all, that need to be read for a figure: all before count for nothing in it."""
SHOWN_DAYS = 371
"""Days of a calendar: 53 weeks."""


class Mark(StrEnum):
    """What a day in the calendar is."""

    WARM_UP = "warm-up"
    REST = "rest"
    FROZEN = "frozen"
    """Off for an illness, or for whatever reason the person has."""
    BEFORE = "before"
    """Before the first warm-up: neither done nor rested."""


@dataclass(frozen=True, slots=True)
class Regularity:
    """The figure."""

    per_week: float | None
    """Days a week with a warm-up, 0 to 7, the last weeks counting most; None in the first week."""
    days: int
    """Days that were looked at, freezes not counted."""
    words: str
    """The same for a person."""


def regularity(done: Collection[date], *, today: date, freezes: Collection[Freeze] = ()) -> Regularity:
    """Return how regularly there was a warm-up on the days ``done``, up to ``today``.

    Today counts only once it has its warm-up: it is not over. Days after it are left out.
    """
    days = set(done)
    first = min((day for day in days if day <= today), default=None)
    if first is None:
        return Regularity(None, 0, "No warm-up yet.")
    keep = 0.5 ** (1 / HALF_LIFE_DAYS)
    weight, counted, hits, all_weights = 1.0, 0, 0.0, 0.0
    day = today if today in days else today - timedelta(days=1)
    while day >= first and counted < REMEMBERED_DAYS:
        if not any(freeze.covers(day) for freeze in freezes):
            hits += weight * (day in days)
            all_weights += weight
            weight *= keep
            counted += 1
        if day == date.min:
            break
        day -= timedelta(days=1)
    if counted < ENOUGH_DAYS:
        return Regularity(None, counted, "The first week: too early for a figure.")
    per_week = 7 * hits / all_weights
    return Regularity(per_week, counted, f"Lately about {_count(per_week)} a week.")


def calendar(
    done: Collection[date], *, today: date, freezes: Collection[Freeze] = (), days: int = SHOWN_DAYS
) -> tuple[tuple[date, Mark], ...]:
    """Return what each of the last ``days`` days up to ``today`` was, oldest first.

    A warm-up on a frozen day is shown as a warm-up.
    """
    made = set(done)
    first = min((day for day in made if day <= today), default=None)
    days = max(0, min(days, today.toordinal()))

    def mark(day: date) -> Mark:
        if day in made:
            return Mark.WARM_UP
        if any(freeze.covers(day) for freeze in freezes):
            return Mark.FROZEN
        return Mark.BEFORE if first is None or day < first else Mark.REST

    shown = (today - timedelta(days=back) for back in range(days - 1, -1, -1))
    return tuple((day, mark(day)) for day in shown)


def _count(per_week: float) -> str:
    halves = round(2 * per_week) / 2
    if halves < 1:
        return "half a day" if halves else "no day"
    return "1 day" if halves == 1 else f"{halves:g} days"
