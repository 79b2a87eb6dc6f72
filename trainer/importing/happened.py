"""Events, freezes and trials as ``trainer export`` writes them, each value checked."""

from __future__ import annotations

from itertools import pairwise

from trainer.core.happening import Arm, Design, Event, Freeze, Trial, TrialDay, TrialStatus
from trainer.importing.values import Record, refuse

LARGEST_SEED = 2**63 - 1
"""What the diary's column takes."""
MOST_DAYS = 10_000
"""Bound of a number of days or pairs, far beyond any trial."""
_TRIAL = (
    *("id", "started_at", "seed", "design", "block_days", "washout_days", "first", "second", "status"),
    "days",
)


def event_from(value: object, place: str) -> Event:
    """An event from its JSON. Raises UsageError."""
    record = Record(value, ("id", "day", "words"), place)
    return Event(record.name("id"), record.day("day"), record.text("words"))


def freeze_from(value: object, place: str) -> Freeze:
    """A freeze from its JSON. Raises UsageError."""
    record = Record(value, ("id", "first_day", "last_day", "words"), place)
    first, last = record.day("first_day"), record.day_or_none("last_day")
    if last is not None and last < first:
        raise record.wrong("last_day", "first_day or later")
    return Freeze(record.name("id"), first, last, record.text("words"))


def trial_from(value: object, place: str) -> Trial:
    """A trial from its JSON. Raises UsageError."""
    record = Record(value, _TRIAL, place)
    block = record.whole("block_days", 1, MOST_DAYS)
    days = tuple(_day(day, f"{place}, day {number}") for number, day in enumerate(record.each("days"), 1))
    for number, (one, other) in enumerate(pairwise(days), 2):
        if one.day >= other.day:
            raise refuse(f"{place}, day {number}", "it does not come after the one before")
    return Trial(
        id=record.name("id"),
        started_at=record.time("started_at"),
        seed=record.whole("seed", 0, LARGEST_SEED),
        design=record.choice("design", Design),
        first=record.text("first"),
        second=record.text("second"),
        status=record.choice("status", TrialStatus),
        block_days=block,
        washout_days=record.whole("washout_days", 0, block - 1),
        days=days,
    )


def _day(value: object, place: str) -> TrialDay:
    record = Record(value, ("day", "pair", "arm", "planned"), place)
    pair = record.whole("pair", 1, MOST_DAYS)
    return TrialDay(record.day("day"), pair, record.choice("arm", Arm), record.truth("planned"))
