"""Fitting a routine to a day that asks for care: without what stands, or lighter."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from trainer.core.drill import Drill, Load
from trainer.core.errors import UsageError
from trainer.core.routine import Item, Routine, WhichSides

FEWEST_REPS = 2
"""Less than this is no drill: time is then saved by leaving drills out."""
SHORTEST_TIME_S = 10.0
"""Timed work is not made shorter than this."""
LIGHTER = 2 / 3
"""Part of each dose that a lighter routine has. Our own choice, no study: the notes (1.6) say fewer reps."""
ENOUGH_LEFT = 1 / 3
"""Part of a routine's drills that must be left [our choice]: of less, another routine makes more."""
FIRST_TO_GO = 3
"""The priority of what its author would leave out first."""
MOST_REPS = 200
NO_STANDING = "no standing"

Unit = tuple[Item, ...]
"""A drill of a routine with the rests that follow it: they stay or go together."""


def without_standing(routine: Routine, drills: Mapping[str, Drill]) -> Routine:
    """The routine with nothing that stands, kneels or carries the weight on a knee: sitting and lying remain.

    Each such drill is swapped for its stand-in, or left out where it has none. A stand-in that the routine holds
    already is not done twice; one in another position moves beside its like. A routine that asks for none of it stays
    as it is. ``drills`` must hold every drill of the routine. Raises UsageError where too little is left.
    """

    def is_refused(drill: Drill) -> bool:
        return drill.position.is_upright or drill.knee.kneeling or drill.knee.weight_bearing

    if not any(is_refused(drills[item.drill]) for item in routine.items if item.drill is not None):
        return routine
    return replace(_without(routine, drills, is_refused, "standing"), name=_called(routine, NO_STANDING))


def lighter(routine: Routine, drills: Mapping[str, Drill]) -> Routine:
    """The routine with fewer reps of each drill, and none with a moderate load on the knee.

    Two repetitions, and ten seconds of timed work, are the least that is left; rests stay, but what its author marked
    as the first to go (priority 3) goes. Loaded drills are swapped or left out as ``without_standing`` does. Raises
    UsageError where too little is left.
    """
    calm = _without(routine, drills, lambda drill: drill.knee.load is Load.MODERATE, "a moderate load")
    wanted = [unit for unit in _units(calm.items) if unit[0].priority < FIRST_TO_GO]
    units = wanted if any(unit[0].drill is not None for unit in wanted) else _units(calm.items)
    items = (item for unit in units for item in unit)
    less = tuple(item if item.drill is None else _less(item, drills[item.drill]) for item in items)
    return replace(calm, items=less, name=_called(routine, "lighter"))


def _called(routine: Routine, how: str) -> str:
    """Its name with how it is done this time, such as "Every joint (no standing, lighter)"."""
    name = routine.name.removesuffix(f" ({NO_STANDING})")
    return f"{name} ({how})" if name == routine.name else f"{name} ({NO_STANDING}, {how})"


def _less(item: Item, drill: Drill) -> Item:
    if item.time is not None:
        return replace(item, time=min(item.time, max(SHORTEST_TIME_S, round(item.time * LIGHTER))))
    reps = item.reps or drill.dose.reps
    return replace(item, reps=min(reps, max(FEWEST_REPS, math.floor(reps * LIGHTER))))


def _without(routine: Routine, drills: Mapping[str, Drill], is_refused: Callable[[Drill], bool], what: str) -> Routine:
    taken = {item.drill for item in routine.items}
    units: list[Unit] = []
    moved: list[Unit] = []
    for unit in _units(routine.items):
        name = unit[0].drill
        if name is None or not is_refused(drills[name]):
            units.append(unit)
            continue
        other = _stand_in(drills[name], drills, is_refused)
        if other is None or other.id in taken:
            continue
        taken.add(other.id)
        moved.append((_redosed(unit[0], drills[name], other), *unit[1:]))
        units.append(moved[-1])
    there, kept = (sum(unit[0].drill is not None for unit in some) for some in (_units(routine.items), units))
    if kept < there * ENOUGH_LEFT:
        raise UsageError(f"Too little of '{routine.name}' is left without {what}.", "Choose another routine.")
    for unit in moved:
        _settle(units, unit, moved, drills)
    return replace(routine, items=tuple(item for unit in units for item in unit))


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
