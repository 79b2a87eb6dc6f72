"""Fitting a routine to a person: without the floor, without kneeling, within the time there is.

What counts as needed follows one table of shares: the neighbours of the knee (foot, ankle, hip) come first, then the
knee, the spine, the shoulders, hands and neck. Drills are given to regions, and taken from them, as seats are given to
parties (Sainte-Lague), so that a region with a small share still gets one before a large one gets its fifth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.core.drill import REGIONS, Drill
from trainer.core.errors import UsageError
from trainer.core.routine import Item, Routine, WhichSides
from trainer.core.side import Affected
from trainer.core.timeline import Timeline, sides_in_order

SHARES = dict(zip(REGIONS, (3, 3, 2, 3, 1.5, 1.5, 1.3, 0.8, 0.9, 1.1, 1.1, 0.4), strict=True))
"""How much of a warm-up for a knee each region should have, beside the others. Our own judgement, no study."""
FEWEST_REPS = 2
"""Less than this is no drill: time is then saved by leaving drills out."""
SHORTEST_TIME_S = 10.0
"""Timed work is not made shorter than this."""
MOST_REPS = 200

Unit = tuple[Item, ...]
"""A drill of a routine with the rests that follow it: they stay or go together."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A routine made to fit, and what that took."""

    routine: Routine
    """What is left to do."""
    swapped: tuple[tuple[str, str], ...] = ()
    """Ids of drills, each with its stand-in."""
    left_out: tuple[str, ...] = ()
    """Ids of drills that are not in it."""


def without_floor(routine: Routine, drills: Mapping[str, Drill]) -> Fitted:
    """The routine with every drill on the floor swapped for its stand-in, or left out where it has none.

    A stand-in that the routine holds already is not done twice; one in another position moves beside its like.
    ``drills`` must hold every drill of the routine. Raises UsageError where no drill is left.
    """
    return _without(routine, drills, lambda drill: drill.position.is_on_floor, "the floor")


def without_kneeling(routine: Routine, drills: Mapping[str, Drill]) -> Fitted:
    """The routine with every kneeling drill swapped or left out, as ``without_floor`` does. Raises UsageError."""
    return _without(routine, drills, lambda drill: drill.knee.kneeling, "kneeling")


def _without(routine: Routine, drills: Mapping[str, Drill], is_refused: Callable[[Drill], bool], what: str) -> Fitted:
    taken = {item.drill for item in routine.items}
    units: list[Unit] = []
    moved: list[Unit] = []
    swapped: list[tuple[str, str]] = []
    left_out: list[str] = []
    for unit in _units(routine.items):
        name = unit[0].drill
        if name is None or not is_refused(drills[name]):
            units.append(unit)
            continue
        other = _stand_in(drills[name], drills, is_refused)
        if other is None or other.id in taken:
            left_out.append(name)
            continue
        taken.add(other.id)
        swapped.append((name, other.id))
        moved.append((_redosed(unit[0], drills[name], other), *unit[1:]))
        units.append(moved[-1])
    if all(unit[0].drill is None for unit in units):
        raise UsageError(f"Nothing of '{routine.name}' is left without {what}.", "Choose another routine.")
    for unit in moved:
        _settle(units, unit, moved, drills)
    items = tuple(item for unit in units for item in unit)
    return Fitted(replace(routine, items=items), tuple(swapped), tuple(left_out))


def _units(items: Iterable[Item]) -> list[Unit]:
    """Rests belong to the drill before them; those at the very start stand alone."""
    units: list[Unit] = []
    for item in items:
        if item.drill is None and units:
            units[-1] = (*units[-1], item)
        else:
            units.append((item,))
    return units


def _stand_in(drill: Drill, drills: Mapping[str, Drill], is_refused: Callable[[Drill], bool]) -> Drill | None:
    seen: set[str] = set()
    while drill.swap is not None and drill.swap in drills and drill.swap not in seen:
        seen.add(drill.swap)
        drill = drills[drill.swap]
        if not is_refused(drill):
            return drill
    return None


def _redosed(item: Item, drill: Drill, other: Drill) -> Item:
    """The line for a stand-in: as much of its own dose as there was of the first drill's."""
    reps = None
    if item.reps is not None:
        reps = min(max(round(item.reps / drill.dose.reps * other.dose.reps), 1), MOST_REPS)
    sides = item.sides if other.is_one_sided else WhichSides.BOTH
    return replace(item, drill=other.id, reps=reps, tempo=None, sides=sides)


def _settle(units: list[Unit], unit: Unit, moved: Sequence[Unit], drills: Mapping[str, Drill]) -> None:
    """Put a stand-in where the body is in its position anyway: getting up and down is what hurts."""
    here = next(place for place, each in enumerate(units) if each is unit)
    drill = _drill(unit, drills)
    assert drill is not None
    later = moved[next(place for place, each in enumerate(moved) if each is unit) :]
    poses: dict[int, Drill] = {
        place: other
        for place, each in enumerate(units)
        if (other := _drill(each, drills)) is not None and not any(each is one for one in later)
    }
    near = [poses[place] for place in (here - 1, here + 1) if place in poses]
    if any(other.position is drill.position for other in near):
        return
    like = [place for place, other in poses.items() if other.base_pose == drill.base_pose]
    like = like or [place for place, other in poses.items() if other.position is drill.position]
    if like:
        there = min(like, key=lambda place: abs(place - here))
        del units[here]
        units.insert(there + 1 if there < here else there - 1, unit)


def _drill(unit: Unit, drills: Mapping[str, Drill]) -> Drill | None:
    return None if unit[0].drill is None else drills[unit[0].drill]


def within(
    routine: Routine,
    drills: Mapping[str, Drill],
    seconds: float,
    *,
    affected: Affected | None = None,
    stretch: float = 1.0,
) -> Fitted:
    """The routine cut to at most ``seconds``, and as near to it as a repetition allows; longer it never gets.

    Optional drills and those of priority 3 give first, then priority 2, then 1: of each, doses come down to half (of
    priority 1 further), never below 2 repetitions; then the least needed drills go, but none of priority 1. Both
    sides of a drill always stay alike. ``affected`` and ``stretch`` as for ``Timeline.of``. Raises UsageError where
    even the least is longer than ``seconds``.
    """
    units = _units(routine.items)
    lines = [(number, item) for number, unit in enumerate(units) for item in unit]
    works = [work_of(item, drills, affected) for _, item in lines]
    amounts = [work.most for work in works]
    kept = set(range(len(units)))

    def fitted() -> Routine:
        # A line that lost nothing stays as its author wrote it.
        items = tuple(
            item if amount == work.most else _dosed(item, amount)
            for (number, item), work, amount in zip(lines, works, amounts, strict=True)
            if number in kept
        )
        return replace(routine, items=items)

    def spare() -> int:
        return spare_ms(seconds, Timeline.of(fitted(), drills, affected=affected, stretch=stretch))

    if spare() >= 0:
        return Fitted(routine)
    gone: list[int] = []
    for tier in (3, 2, 1):
        mine = {number for number in kept if _tier(units[number], drills) == tier}
        for place, (number, item) in enumerate(lines):
            if number in mine:
                amounts[place] = _least(item, works[place].most, is_precious=tier == 1)
        while tier > 1 and spare() < 0 and (able := _able_to_go(units, kept, mine)):
            gone.append(min(able, key=lambda number: _need(number, units, kept, drills)))
            mine.remove(gone[-1])
            kept.remove(gone[-1])
        if spare() >= 0:
            break
    else:
        least = Timeline.of(fitted(), drills, affected=affected, stretch=stretch).total_s
        raise UsageError(f"'{routine.name}' cannot be done in that time.", f"The least of it takes {_clock(least)}.")
    for again in (None, *reversed(gone)):
        if again is not None:
            kept.add(again)
            if spare() < 0:
                kept.remove(again)
                continue
        inside = [place for place, (each, _) in enumerate(lines) if each in kept]
        filled = fill([works[place] for place in inside], [amounts[place] for place in inside], spare())
        for place, amount in zip(inside, filled, strict=True):
            amounts[place] = amount
    out = [units[number][0].drill for number in sorted(set(gone) - kept)]
    return Fitted(fitted(), left_out=tuple(name for name in out if name is not None))


def _tier(unit: Unit, drills: Mapping[str, Drill]) -> int:
    drill = _drill(unit, drills)
    return 3 if drill is not None and drill.optional and unit[0].priority == 2 else unit[0].priority


def _able_to_go(units: Sequence[Unit], kept: set[int], mine: set[int]) -> set[int]:
    """Those of ``mine`` without which there is still a drill."""
    drills = {number for number in kept if units[number][0].drill is not None}
    return mine if len(drills) > 1 else mine - drills


def _need(number: int, units: Sequence[Unit], kept: set[int], drills: Mapping[str, Drill]) -> tuple[float, ...]:
    """How much a drill is needed: least a lone rest, then what is optional, then one of a region that has many.

    Of these, the one whose position has lost least goes, so that a routine that sits, lies and stands still does.
    """
    drill = _drill(units[number], drills)
    if drill is None:
        return (0,)
    before = [other for unit in units if (other := _drill(unit, drills)) is not None]
    beside = [other for each in kept if (other := _drill(units[each], drills)) is not None]
    many = sum(other.region == drill.region for other in beside)
    left = sum(_stage(other) == _stage(drill) for other in beside) / sum(
        _stage(other) == _stage(drill) for other in before
    )
    return (1 if drill.optional else 2, quotient(drill.region, many - 1), -left, -number)


def _stage(drill: Drill) -> tuple[bool, bool]:
    return drill.position.is_on_floor, drill.position.is_upright


def quotient(region: str, taken: int, share: float | None = None) -> float:
    """How strongly a region asks for one more drill when it has ``taken`` already."""
    return (SHARES[region] if share is None else share) / (2 * taken + 1)


def _least(item: Item, planned: float, *, is_precious: bool) -> float:
    if item.drill is not None and item.time is None:
        return min(planned, max(FEWEST_REPS, 0 if is_precious else -(-planned // 2)))
    return min(planned, max(SHORTEST_TIME_S if item.drill else 1.0, round(planned / 2)))


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


def work_of(item: Item, drills: Mapping[str, Drill], affected: Affected | None) -> Work:
    """What a line asks for at its full dose."""
    if item.drill is None:
        assert item.rest is not None
        return Work(1.0, 1, item.rest, item.rest)
    drill = drills[item.drill]
    sides = len(sides_in_order(drill, item.sides, affected))
    if item.time is not None:
        return Work(1.0, sides, item.time, item.time)
    reps = item.reps or drill.dose.reps
    return Work(item.tempo or drill.dose.tempo, sides, reps, reps)


def _dosed(item: Item, amount: float) -> Item:
    if item.drill is None:
        return replace(item, rest=amount)
    return replace(item, time=amount) if item.time is not None else replace(item, reps=int(amount))


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


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60)}:{seconds % 60:04.1f}"
