"""A routine: drills in an order, as its author wrote it, and what it asks of a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, ClassVar

from trainer.core.drill import Drill, Load
from trainer.core.marks import DURATION, STRICT, between, count, letters


class WhichSides(StrEnum):
    """Which sides of a one-sided drill a routine wants."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    AFFECTED = "affected"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a routine: a drill with its dose there, or a rest."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    drill: str | None = None
    """Id of the drill; none for a rest."""
    reps: int | None = field(default=None, metadata=between(1, 200))
    """Repetitions per side, instead of the drill's own."""
    tempo: float | None = field(default=None, metadata=DURATION | between(0.5, 60))
    """Seconds of one repetition, instead of the drill's own."""
    time: float | None = field(default=None, metadata=DURATION | between(1, 3600))
    """Seconds per side, instead of counted reps."""
    sides: WhichSides = WhichSides.BOTH
    """Which sides of a one-sided drill."""
    priority: int = field(default=2, metadata=between(1, 3))
    """1 = keep whatever happens, 2 = usual, 3 = goes first when time is short."""
    rest: float | None = field(default=None, metadata=DURATION | between(1, 3600))
    """Seconds of rest; such a line names no drill."""


@dataclass(frozen=True, slots=True)
class Routine:
    """A warm-up, in order."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str = field(metadata=letters(60))
    """Lower case words joined by hyphens."""
    name: str = field(metadata=letters(60))
    """What it is called."""
    items: tuple[Item, ...] = field(metadata=count(1, 200))
    """What is done, in order."""
    purpose: str = field(default="", metadata=letters(300))
    """What it is for, in a sentence."""
    when: str = field(default="", metadata=letters(120))
    """When to do it."""
    equipment: tuple[str, ...] = field(default=(), metadata=letters(60) | count(0, 12))
    """What to have at hand."""
    by: str = field(default="", metadata=letters(120))
    """Who wrote or prescribed it, and when."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What a routine asks of a person before it starts."""

    floor: bool
    """Whether it means getting down to the floor or a bed."""
    kneeling: bool
    """Whether it means kneeling."""
    load: Load
    """The highest knee load in it."""
    positions: tuple[str, ...]
    """The positions it passes through, each once, in order."""
    drills: int
    """How many drills it holds."""


_LOADS = (Load.NONE, Load.LOW, Load.MODERATE)


def demands(routine: Routine, drills: Mapping[str, Drill]) -> Demands:
    """What the routine asks; ``drills`` must hold every drill it names."""
    used = [drills[item.drill] for item in routine.items if item.drill is not None]
    return Demands(
        floor=any(drill.position.is_on_floor for drill in used),
        kneeling=any(drill.knee.kneeling for drill in used),
        load=max((drill.knee.load for drill in used), key=_LOADS.index, default=Load.NONE),
        positions=tuple(dict.fromkeys(drill.position.value for drill in used)),
        drills=len(used),
    )


def leave_out(routine: Routine, drills: Collection[str]) -> Routine:
    """The routine without these drills (ids) for one time, and without the rests that follow them.

    Where nothing would be left, it stays as it is: a warm-up of nothing is none.
    """
    kept: list[Item] = []
    is_out = False
    for item in routine.items:
        is_out = is_out if item.drill is None else item.drill in drills
        if not is_out:
            kept.append(item)
    return replace(routine, items=tuple(kept)) if any(item.drill is not None for item in kept) else routine
