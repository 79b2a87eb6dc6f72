"""A routine made for the time there is: which drills, in which order, and how much of each.

The order follows the drill library's clinical notes, section 6: far small joints first, then the neighbours of the
knee, then the knee; sit, then floor, then stand, so that the last thing before training is upright; one trip to the
floor; the neck never right after floor work.

What counts as needed follows one table of shares: the neighbours of the knee (foot, ankle, hip) come first, then the
knee, the spine, the shoulders, hands and neck. Drills are given to regions as seats are given to parties
(Sainte-Lague), so that a region with a small share still gets one before a large one gets its fifth.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from trainer.core.drill import REGIONS, Drill, Load, Position
from trainer.core.errors import UsageError
from trainer.core.fitting import FEWEST_REPS, MOST_REPS
from trainer.core.routine import Item, Routine
from trainer.core.side import Affected
from trainer.core.timeline import Timeline

SHARES = dict(zip(REGIONS, (3, 3, 2, 3, 1.5, 1.5, 1.3, 0.8, 0.9, 1.1, 1.1, 0.4), strict=True))
"""How much of a warm-up for a knee each region should have, beside the others. Our own judgement, no study."""
FOCUS_SHARE = 3 * max(SHARES.values())
"""The share of a region that was asked for."""
FOCUS_DOSE = 1.5
"""Times as many repetitions there, for their usual dose."""
LIGHT = 0.8
"""Part of its usual dose with which a drill is chosen; about what the shipped routines give."""
LONGEST_DOSE = 3
"""Times its usual dose that a drill may get in a long plan; one with moderate knee load gets no more than usual."""
ROOM_S = 480.0
"""Seconds from which a plan has room for the floor, and for moderate knee load."""
FEWEST_ON_FLOOR = 3
"""The way down and up again is not worth it for fewer drills."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A routine made to fit, and what that took."""

    routine: Routine
    """What is left to do."""
    left_out: tuple[str, ...] = ()
    """Ids of drills that are not in it."""


class Chance(Protocol):
    """Where chance comes from: a ``random.Random`` with a seed of its own."""

    def random(self) -> float:
        """A number from 0 to below 1."""


def plan(
    drills: Mapping[str, Drill],
    seconds: float,
    *,
    rng: Chance,
    no_floor: bool = False,
    no_kneeling: bool = False,
    focus: Sequence[str] = (),
    affected: Affected | None = None,
    stretch: float = 1.0,
) -> Fitted:
    """A routine of at most ``seconds``, each drill at most once; ``left_out`` names what there was no time for.

    ``focus`` holds regions that come first in the choice and get more. The same ``rng`` gives the same routine.
    ``affected`` and ``stretch`` as for ``Timeline.of``. Raises UsageError where nothing can be chosen.
    """
    wanted = [
        drill
        for drill in drills.values()
        if not (no_floor and drill.position.is_on_floor) and not (no_kneeling and drill.knee.kneeling)
    ]
    if not wanted:
        raise UsageError("No drill is left with these wishes.", "Leave one of them out.")
    luck = {drill.id: rng.random() for drill in drills.values()}

    def routine(doses: Mapping[str, int]) -> Routine:
        chosen = in_order([drills[name] for name in doses])
        return _routine(chosen, doses, seconds, focus)

    def spare(doses: Mapping[str, int]) -> int:
        return spare_ms(seconds, Timeline.of(routine(doses), drills, affected=affected, stretch=stretch))

    def choose(pool: Sequence[Drill]) -> dict[str, int]:
        doses: dict[str, int] = {}
        regions: set[str] = set()
        is_full = False
        for drill in _by_need(pool, focus, luck):
            is_new = drill.region not in regions
            if is_full and not is_new:
                continue
            tries = [_light(drill)]
            if is_new and (drill.region in focus or not doses):
                tries.append(min(FEWEST_REPS, drill.dose.reps))
            for reps in tries:
                if spare({**doses, drill.id: reps}) >= 0:
                    doses[drill.id] = reps
                    regions.add(drill.region)
                    break
            else:
                is_full = True
        return doses

    pool = wanted
    if seconds < ROOM_S:
        pool = _avoiding(pool, focus, lambda drill: drill.position.is_on_floor or drill.knee.load is Load.MODERATE)
    doses = choose(pool)
    if 0 < sum(drills[name].position.is_on_floor for name in doses) < FEWEST_ON_FLOOR:
        doses = choose(_avoiding(pool, focus, lambda drill: drill.position.is_on_floor))
    if not doses:
        raise UsageError("There is no drill as short as that.", "Give it more time.")
    works = [_work(drills[name], focus) for name in doses]
    filled = fill(works, list(doses.values()), spare(doses))
    doses = {name: int(reps) for name, reps in zip(doses, filled, strict=True)}
    return Fitted(routine(doses), left_out=tuple(drill.id for drill in wanted if drill.id not in doses))


def _avoiding(pool: Sequence[Drill], focus: Sequence[str], is_avoided: Callable[[Drill], bool]) -> list[Drill]:
    """The pool without some drills, unless a region that was asked for, or the whole pool, has no others."""
    others = {drill.region for drill in pool if not is_avoided(drill)}
    return [
        drill
        for drill in pool
        if not is_avoided(drill) or (drill.region in focus and drill.region not in others) or not others
    ]


def _by_need(pool: Sequence[Drill], focus: Sequence[str], luck: Mapping[str, float]) -> Iterator[Drill]:
    """All of the pool, the most needed first; which of a region's drills comes first is chance, optional ones last."""
    waiting = {
        region: sorted(
            (drill for drill in pool if drill.region == region), key=lambda drill: (drill.optional, luck[drill.id])
        )
        for region in REGIONS
    }
    taken: Counter[str] = Counter()
    for _ in pool:
        region = max(
            (region for region in REGIONS if waiting[region]),
            key=lambda region: quotient(region, taken[region], FOCUS_SHARE if region in focus else None),
        )
        taken[region] += 1
        yield waiting[region].pop(0)


def _light(drill: Drill) -> int:
    return min(drill.dose.reps, max(FEWEST_REPS, round(drill.dose.reps * LIGHT)))


def _work(drill: Drill, focus: Sequence[str]) -> Work:
    usual = drill.dose.reps
    most = usual if drill.knee.load is Load.MODERATE else min(usual * LONGEST_DOSE, MOST_REPS)
    return Work(
        drill.dose.tempo, 2 if drill.is_one_sided else 1, usual * (FOCUS_DOSE if drill.region in focus else 1), most
    )


_POSITIONS = (
    Position.SEATED,
    Position.SUPINE,
    Position.SIDE_LYING,
    Position.QUADRUPED,
    Position.HALF_KNEELING,
    Position.STANDING_SUPPORTED,
    Position.STANDING,
)
"""From the chair, down, and up again by way of the knees."""


def in_order(chosen: Sequence[Drill]) -> list[Drill]:
    """Sitting, then the floor, then standing; set-ups together; in each from the ground up.

    Where there is floor work, a neck drill that is not done sitting comes before it.
    """
    has_floor = any(drill.position.is_on_floor for drill in chosen)
    lowest: dict[str, int] = {}
    for drill in chosen:
        region = REGIONS.index(drill.region)
        lowest[drill.base_pose] = min(lowest.get(drill.base_pose, region), region)

    def place(drill: Drill) -> tuple[int, int, int, str, int]:
        position = _POSITIONS.index(drill.position)
        is_early = drill.region == "neck" and has_floor and position > 0
        stage = 0 if position == 0 else 1 + drill.position.is_on_floor if is_early else 3
        return stage, position, lowest[drill.base_pose], drill.base_pose, REGIONS.index(drill.region)

    return sorted(chosen, key=place)


def _routine(chosen: Sequence[Drill], doses: Mapping[str, int], seconds: float, focus: Sequence[str]) -> Routine:
    minutes = f"{seconds / 60:g}"
    more = f", with more for {' and '.join(focus)}" if focus else ""
    return Routine(
        id=f"plan-{minutes.replace('.', '-')}-minutes",
        name=f"{minutes} minutes",
        items=tuple(Item(drill=drill.id, reps=doses[drill.id]) for drill in chosen),
        purpose=f"Made for the {minutes} minutes there are{more}.",
        equipment=_equipment(chosen),
    )


def _equipment(chosen: Sequence[Drill]) -> tuple[str, ...]:
    """What the positions need; drills do not say more."""
    needs = (
        ("chair", any(drill.position is Position.SEATED for drill in chosen)),
        ("mat", any(drill.position.is_on_floor for drill in chosen)),
        ("thick pad for the knees", any(drill.knee.kneeling for drill in chosen)),
        ("wall or counter", any(drill.position is Position.STANDING_SUPPORTED for drill in chosen)),
    )
    return tuple(thing for thing, is_needed in needs if is_needed)


def quotient(region: str, taken: int, share: float | None = None) -> float:
    """How strongly a region asks for one more drill when it has ``taken`` already."""
    return (SHARES[region] if share is None else share) / (2 * taken + 1)


@dataclass(frozen=True, slots=True)
class Work:
    """What a line of a routine asks for, as it can grow."""

    rate_s: float
    """Seconds of one more: a repetition's tempo, or one second of time or rest."""
    sides: int
    """How many sides take that long."""
    aim: float
    """Repetitions or seconds; the line that has least of its own is given the next one."""
    most: float
    """Repetitions or seconds at which it is not given any more."""

    def ms(self, amount: float) -> int:
        """Milliseconds on all sides, rounded as a timeline rounds them."""
        return round(amount * self.rate_s * 1000) * self.sides


def fill(works: Sequence[Work], amounts: Sequence[float], spare: int) -> list[float]:
    """The amounts raised one at a time, evenly, until no line's next one fits into the spare milliseconds."""
    filled = list(amounts)
    growing = set(range(len(works)))
    while growing:
        place = min(growing, key=lambda each: (filled[each] / works[each].aim, each))
        more = min(filled[place] + 1, works[place].most)
        cost = works[place].ms(more) - works[place].ms(filled[place])
        if more <= filled[place] or cost > spare:
            growing.remove(place)
        else:
            spare -= cost
            filled[place] = more
    return filled


def spare_ms(seconds: float, timeline: Timeline) -> int:
    """Whole milliseconds that are left of ``seconds``; below 0 where the timeline is longer."""
    there_is = math.floor(seconds * 1000)
    if there_is / 1000 > seconds:
        there_is -= 1
    return there_is - round(timeline.total_s * 1000)
