"""What a person wants to test, dial by dial, before anything is drawn. Pure: nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from trainer.core.suggestion import USUAL
from trainer.core.trial import BLOCK_DAYS, MOST_WASHOUT, USUAL_PAIRS, Plan, plan_trial
from trainer.core.trial_offer import full_day, mind_start
from trainer.core.trial_written import OUTSIDE, OUTSIDE_TITLE

if TYPE_CHECKING:
    from trainer.library import Library

PAIRS = (6, 7, 8, 10, 12, 14, 17, 21, 24, 28, 35, 42, 60)
BEGINS = tuple(range(15))
"""Days from today to the first day that can be chosen here."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A test as it is wanted."""

    first: str
    """Id of one routine."""
    against: str
    """Id of the other; rolling, outside the app, unless there is a routine of that id."""
    pairs: int = USUAL_PAIRS
    """Pairs of days or blocks."""
    block_days: int = 1
    """Days of one in a row."""
    washout_days: int = 0
    """First days of a block that do not count."""
    begins_in: int = 1
    """Days from today to the first day."""

    def plan(self, today: date, seed: int) -> Plan:
        """The plan it makes. Raises UsageError where it could not answer anything."""
        start = today + timedelta(days=self.begins_in)
        mind_start(start, today)
        return plan_trial(
            (self.first, self.against),
            seed=seed,
            start=start,
            pairs=self.pairs,
            block_days=self.block_days,
            washout_days=self.washout_days,
        )

    def turned(self, dial: Dial, by: int) -> Wish:
        """The same with the value beside; what no longer goes with it gives way."""
        values = dial.values
        place = values.index(getattr(self, dial.name)) + by
        place = place % len(values) if dial.goes_round else min(max(place, 0), len(values) - 1)
        change: dict[str, Any] = {dial.name: values[place]}
        turned = replace(self, **change)
        return turned if turned.block_days > 1 else replace(turned, washout_days=0)


@dataclass(frozen=True, slots=True)
class Dial:
    """One thing to choose."""

    name: str
    """Which part of the wish."""
    title: str
    """What it is called."""
    values: tuple[str | int, ...]
    """What it can be, in order."""
    show: Callable[[Wish], str]
    """What it is now, in words."""
    goes_round: bool = False
    """Whether the first follows the last."""


def titles_of(library: Library) -> dict[str, str]:
    """Every routine's name by id, and what is done outside the app."""
    return {OUTSIDE: OUTSIDE_TITLE} | {id_: routine.name for id_, routine in library.routines.items()}


def first_wish(library: Library) -> Wish:
    """What is offered first: the usual routine, or else the first, against rolling."""
    return Wish(USUAL if USUAL in library.routines else next(iter(library.routines)), OUTSIDE)


def dials(titles: Mapping[str, str], led: tuple[str, ...], today: date) -> tuple[Dial, ...]:
    """All there is to choose. ``led``: ids of the routines of the app; ``titles``: theirs, and that of rolling."""
    others = (OUTSIDE, *(id_ for id_ in led if id_ != OUTSIDE))
    return (
        Dial("first", "One", led, lambda wish: titles[wish.first], goes_round=True),
        Dial("against", "The other", others, lambda wish: titles[wish.against], goes_round=True),
        Dial("pairs", "Pairs", PAIRS, lambda wish: f"{wish.pairs}, which takes {_length(wish)}"),
        Dial("block_days", "In a row", BLOCK_DAYS, _block_words),
        Dial("washout_days", "Not counted", tuple(range(MOST_WASHOUT + 1)), _washout_words),
        Dial("begins_in", "First day", BEGINS, lambda wish: _begin_words(wish, today)),
    )


def _length(wish: Wish) -> str:
    return f"{wish.pairs * wish.block_days * 2} days"


def _block_words(wish: Wish) -> str:
    days = wish.block_days
    return "single days" if days == 1 else f"{days} days of one, then {days} of the other"


def _washout_words(wish: Wish) -> str:
    if wish.washout_days == 0:
        return "every day counts"
    days = wish.washout_days
    return "the first day of each" if days == 1 else f"the first {days} days of each"


def _begin_words(wish: Wish, today: date) -> str:
    near = {0: "today, ", 1: "tomorrow, "}.get(wish.begins_in, "")
    return near + full_day(today + timedelta(days=wish.begins_in))
