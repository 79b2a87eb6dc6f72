"""The fair test of two routines on one person: pairs of days or blocks, in an order that only chance chose.

The design is that of the clinical notes, section 2.5 (after the AHRQ guide to one-person trials): in each pair a coin
decides which routine comes first; the next morning's first stairs belong to the day before; a missed day drops both
days of its pair and a new pair is added at the end. The whole order, spare pairs too, is drawn and written down with
its seed before the first day, so that nobody chooses later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from trainer.core.chance import MOST_SEEDS, Chance
from trainer.core.errors import UsageError

FEWEST_PAIRS = 6
"""Fewer can never reach p < .05: the smallest p of 5 pairs is .0625 (section 2.5)."""
USUAL_PAIRS = 14
"""28 days (section 2.5)."""
MOST_PAIRS = 60
BLOCK_DAYS = (1, 3, 4, 5, 6, 7)
"""Days of one routine in a row: one, or blocks of 3 to 7 where a day's work may last into the next (section 2.5)."""
MOST_WASHOUT = 2
"""First days of a block that may be left out: 1 or 2 (section 2.5)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A trial as it is written down before it starts. Make it with ``plan_trial``."""

    arms: tuple[str, str]
    """Ids of the two routines."""
    seed: int
    """What the order was drawn with."""
    start: date
    """The first day."""
    pairs: int
    """Pairs that are wanted."""
    block_days: int
    """Days of one routine in a row."""
    washout_days: int
    """First days of each block that do not count."""
    order: tuple[str, ...]
    """The routine that comes first, of each pair; as many spare pairs follow the wanted ones."""

    @property
    def pair_days(self) -> int:
        """Days a pair takes."""
        return 2 * self.block_days

    @property
    def days(self) -> int:
        """Days it takes where none is missed."""
        return self.pairs * self.pair_days

    @property
    def is_as_drawn(self) -> bool:
        """Whether the order is the one its seed draws: a file that was changed by hand is not."""
        return self.order == draw_order(self.arms, self.seed, len(self.order))


@dataclass(frozen=True, slots=True)
class Place:
    """What a day is in a trial."""

    day: date
    """Which."""
    pair: int
    """Index of its pair, from 0."""
    is_second: bool
    """Whether it lies in the second half of the pair."""
    arm: str
    """Id of the routine of this day."""
    counts: bool
    """Whether its next morning counts; not in the washout."""


class State(StrEnum):
    """How a pair stands."""

    AHEAD = "ahead"
    OPEN = "open"
    """Under way, or a morning may still be rated."""
    DONE = "done"
    DROPPED = "dropped"
    """A day of it was missed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair, as it went."""

    state: State
    """How it stands."""
    means: tuple[float, float] | None
    """Mean of the counted mornings after the first and after the second routine of ``Plan.arms``; None unless done."""

    @property
    def difference(self) -> float:
        """Mornings after the first routine less those after the second. Raises ValueError unless it is done."""
        if self.means is None:
            raise ValueError("a pair that is not done has no difference")
        return self.means[0] - self.means[1]


@dataclass(frozen=True, slots=True)
class Standing:
    """A trial as it stands on some day."""

    plan: Plan
    """The trial."""
    day: date
    """The day."""
    pairs: tuple[Pair, ...]
    """Every pair that began, oldest first."""
    place: Place | None
    """What today is; None before the first day, once it is over, and while only this morning's rating is missing."""
    is_over: bool
    """Whether the wanted pairs are done, or the spare ones are used up."""

    @property
    def differences(self) -> tuple[float, ...]:
        """Of the pairs that are done, in order."""
        return tuple(pair.difference for pair in self.pairs if pair.state is State.DONE)

    @property
    def done(self) -> int:
        """Pairs that are done."""
        return len(self.differences)

    @property
    def dropped(self) -> int:
        """Pairs in which a day was missed."""
        return sum(pair.state is State.DROPPED for pair in self.pairs)

    @property
    def is_free_day(self) -> bool:
        """Whether today's pair is dropped already, so that nothing depends on today."""
        return self.place is not None and self.pairs[self.place.pair].state is State.DROPPED


def plan_trial(
    arms: tuple[str, str],
    *,
    seed: int,
    start: date,
    pairs: int = USUAL_PAIRS,
    block_days: int = 1,
    washout_days: int = 0,
) -> Plan:
    """Draw the whole order of a trial. Raises UsageError where it could not answer anything."""
    if arms[0] == arms[1]:
        raise UsageError("A fair test needs two different routines.", "Name two.")
    if not 0 <= seed < MOST_SEEDS:
        raise UsageError(f"A seed is a whole number from 0 to {MOST_SEEDS - 1}.", "Leave it out to get any.")
    if not FEWEST_PAIRS <= pairs <= MOST_PAIRS:
        raise UsageError(
            f"A fair test takes {FEWEST_PAIRS} to {MOST_PAIRS} pairs.",
            f"Fewer than {FEWEST_PAIRS} cannot separate luck from effect; {USUAL_PAIRS} are usual.",
        )
    if block_days not in BLOCK_DAYS:
        raise UsageError("A block takes 3 to 7 days, or 1 for single days.", "Take 7 where you have the time.")
    if not 0 <= washout_days <= (MOST_WASHOUT if block_days > 1 else 0):
        raise UsageError(
            f"Of a block the first {MOST_WASHOUT} days at most may be left out, of single days none.",
            "Take blocks of 3 to 7 days for that.",
        )
    if (date.max - start).days <= 2 * pairs * 2 * block_days:
        raise UsageError(f"No calendar reaches far enough after {start}.", "Start earlier.")
    return Plan(arms, seed, start, pairs, block_days, washout_days, draw_order(arms, seed, 2 * pairs))


def draw_order(arms: tuple[str, str], seed: int, pairs: int) -> tuple[str, ...]:
    """Return the routine that comes first in each pair: the n-th coin of the seed decides the n-th pair.

    Heads is the second of ``arms``. More pairs continue the row and change nothing before.
    """
    chance = Chance(seed)
    return tuple(arms[1] if chance.coin() else arms[0] for _ in range(pairs))


def place_of(plan: Plan, day: date) -> Place | None:
    """Return what a day is, by the plan alone; None outside its pairs, spare ones included."""
    gone = (day - plan.start).days
    pair = gone // plan.pair_days
    if gone < 0 or pair >= len(plan.order):
        return None
    within = gone % plan.pair_days
    is_second = within >= plan.block_days
    first = plan.order[pair]
    arm = _other(plan, first) if is_second else first
    return Place(day, pair, is_second, arm, within % plan.block_days >= plan.washout_days)


def stand(plan: Plan, *, done: Mapping[date, Collection[str]], mornings: Mapping[date, float], today: date) -> Standing:
    """Return how a trial stands.

    ``done``: ids of the routines done on each day. ``mornings``: the first stairs of each morning, one knee. A day is
    missed where its routine was not done, where the other one was done too, or where the next morning was not rated.
    A pair of single days needs both; of a block, at least half of the days that count (our choice: the notes say it of
    days only).
    """
    pairs: list[Pair] = []
    for index in range(len(plan.order)):
        if sum(pair.state is State.DONE for pair in pairs) == plan.pairs:
            break
        pair = _pair(plan, index, done, mornings, today)
        if pair.state is State.AHEAD:
            break
        pairs.append(pair)
    finished = sum(pair.state is State.DONE for pair in pairs)
    is_used_up = len(pairs) == len(plan.order) and all(pair.state is not State.OPEN for pair in pairs)
    place = place_of(plan, today)
    is_over = finished == plan.pairs or (is_used_up and place is None)
    if place is not None:
        earlier = pairs[: place.pair]
        may_be_done = finished + sum(pair.state is State.OPEN for pair in earlier)
        place = None if is_over or may_be_done >= plan.pairs else place
    return Standing(plan, today, tuple(pairs), place, is_over)


def _pair(
    plan: Plan, index: int, done: Mapping[date, Collection[str]], mornings: Mapping[date, float], today: date
) -> Pair:
    first_day = plan.start + timedelta(days=index * plan.pair_days)
    if today < first_day:
        return Pair(State.AHEAD, None)
    values: dict[str, list[float]] = {arm: [] for arm in plan.arms}
    open_days = dict.fromkeys(plan.arms, 0)
    needed = (plan.block_days - plan.washout_days + 1) // 2
    for gone in range(plan.pair_days):
        day = first_day + timedelta(days=gone)
        place = place_of(plan, day)
        if place is None or not place.counts:
            continue
        morning = day + timedelta(days=1)
        was_mixed = _other(plan, place.arm) in done.get(day, ())
        was_done = place.arm in done.get(day, ()) and not was_mixed
        if was_done and morning in mornings and morning <= today:
            values[place.arm].append(mornings[morning])
        elif (day >= today and not was_mixed) or (was_done and morning >= today):
            open_days[place.arm] += 1
    if any(len(values[arm]) + open_days[arm] < needed for arm in plan.arms):
        return Pair(State.DROPPED, None)
    if any(open_days.values()):
        return Pair(State.OPEN, None)
    first, second = (sum(values[arm]) / len(values[arm]) for arm in plan.arms)
    return Pair(State.DONE, (first, second))


def _other(plan: Plan, arm: str) -> str:
    return plan.arms[1] if arm == plan.arms[0] else plan.arms[0]
