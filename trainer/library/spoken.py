"""What only shows when a file is said aloud: words that take longer than there is time for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from trainer.core.drill import Drill
from trainer.core.routine import Item, Routine
from trainer.core.timeline import PhaseKind, Timeline
from trainer.library.rules import Slip
from trainer.library.words import quoted


@dataclass(frozen=True, slots=True)
class TooLong:
    """Words that do not fit into their phase, whatever is left out."""

    phase: int
    """Index of the phase."""
    says: tuple[str, ...]
    """What has to be said: the drill's name, and its side where it has one."""
    takes_s: float
    """Seconds that takes."""
    has_s: float
    """Seconds there are."""
    is_guess: bool = False
    """Whether nobody has recorded all of it: ``takes_s`` is then what it can take."""


Reading = Callable[[Timeline], Iterable[TooLong]]
"""Says a timeline aloud, and where that takes too long."""


def spoken_slips(value: Drill | Routine, drills: Mapping[str, Drill], read: Reading) -> Iterator[Slip]:
    """Where the words of a routine are too long, or those of a drill in the least time that it is ever given.

    A person's own settings do not matter: a file is as good as it is at the usual lengths. For a file in which nothing
    else is wrong.
    """
    if isinstance(value, Drill):
        twice = Routine(id=value.id, name=value.name, items=(Item(drill=value.id), Item(drill=value.id)))
        found = list(read(Timeline.of(twice, {value.id: value})))
        if found:  # coming out of the same set-up leaves the least time
            yield ("name",), _told("name", min(found, key=lambda each: each.has_s))
        return
    timeline = Timeline.of(value, drills)
    lines = [index for index, item in enumerate(value.items) if item.drill is not None]
    for each in read(timeline):
        before = timeline.phases[: each.phase + 1]
        if before[-1].kind is PhaseKind.PREPARE:  # what comes after it is pushed on, and has no name to shorten
            line = lines[sum(phase.kind is PhaseKind.PREPARE for phase in before) - 1]
            yield ("items", line, "drill"), _told("drill", each)


def _told(field: str, found: TooLong) -> str:
    name, *more = found.says
    sided = ", with its side," if more else ""
    takes = "can take" if found.is_guess else "takes"
    # Rounded away from each other: "takes 4.0 s, and there are 4.0 s" would say nothing.
    wants, has = math.ceil(found.takes_s * 10) / 10, math.floor(found.has_s * 10) / 10
    told = f"{quoted(name)}{sided} {takes} {wants:.1f} s to say, and there are {has:.1f} s for it"
    return f"{field}: {told}; give the drill a shorter name"
