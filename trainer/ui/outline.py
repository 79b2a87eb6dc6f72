"""What is in a routine: its drills in order, each with dose, sides and start, as its timeline has them; or why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from trainer.core.drill import Drill, Sides
from trainer.core.drill_record import DrillRecord, of_drill
from trainer.core.letters import printable
from trainer.core.routine import leave_out
from trainer.core.side import Side
from trainer.core.timeline import Phase, PhaseKind, Timeline
from trainer.library import Broken, Kind, Library
from trainer.settings import Settings

IN_WORDS = {
    "standing": "standing",
    "standing-supported": "standing",
    "seated": "sitting",
    "half-kneeling": "kneeling",
    "quadruped": "kneeling",
    "supine": "lying",
    "side-lying": "lying",
}
"""Positions as people say them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One drill of a routine, or a rest."""

    drill: Drill
    """The drill; for a rest, the one just done or about to come."""
    start_s: float
    """Seconds from the start of the routine to its first instant, getting ready included."""
    dose: str
    """How much of it on each side: "6 x 4 s", or "30 s"."""
    sides: tuple[Side, ...]
    """The sides in the order in which they are done."""
    tempo_s: float | None
    """Seconds of a repetition; none where nothing moves."""
    is_rest: bool = False
    """Whether it is a rest."""
    lately: tuple[DrillRecord, ...] = ()
    """What became of it on these sides the last times, where it hurt or was skipped."""

    @property
    def name(self) -> str:
        """What it is called."""
        return "Rest" if self.is_rest else self.drill.name

    @property
    def sides_in_words(self) -> str:
        """Such as "left, right", "both sides" or "in turn"; empty for a rest."""
        if self.is_rest:
            return ""
        if self.sides == (Side.BOTH,):
            return "in turn" if self.drill.sides is Sides.ALTERNATING else "both sides"
        return ", ".join(side.value for side in self.sides)

    @property
    def position(self) -> str:
        """How the body rests, as people say it."""
        return "" if self.is_rest else IN_WORDS[self.drill.position.value]


@dataclass(frozen=True, slots=True)
class Outline:
    """A routine before it is done."""

    title: str
    """Its name."""
    total_s: float = 0.0
    """Its length."""
    purpose: str = ""
    """What it is for."""
    when: str = ""
    """When to do it."""
    needs: str = ""
    """What to have at hand."""
    by: str = ""
    """Who wrote or prescribed it."""
    lines: tuple[Line, ...] = ()
    """What is done, in order."""
    complaints: tuple[str, ...] = ()
    """Every mistake in its file; empty where it can be done."""


def broken_routines(library: Library) -> dict[str, Broken]:
    """Those that cannot be done, by a name for each that no routine can have."""
    return {f"broken:{n}": broken for n, broken in enumerate(library.broken) if broken.kind is Kind.ROUTINE}


def outline_of(library: Library, name: str, settings: Settings, records: Iterable[DrillRecord] = ()) -> Outline:
    """What is in a routine; ``name``: its id, or the name of a broken one. ``records``: what became of its drills."""
    broken = broken_routines(library).get(name)
    if broken is not None:
        file = printable(broken.path.name)
        return Outline(
            broken.title,
            complaints=tuple(f"{file}:{one.line}:{one.column}: {one.message}" for one in broken.complaints),
        )
    routine = library.routines[name]
    timeline = Timeline.of(routine, library.drills, affected=settings.affected_knee, stretch=settings.prepare_stretch)
    return Outline(
        routine.name,
        timeline.total_s,
        routine.purpose,
        routine.when,
        ", ".join(routine.equipment),
        routine.by,
        tuple(_lines(timeline, tuple(records))),
    )


def lasts_without(library: Library, name: str, settings: Settings) -> Callable[[frozenset[str]], float]:
    """What tells the seconds a routine takes where some of its drills (ids) are left out."""

    def lasts(out: frozenset[str]) -> float:
        shorter = leave_out(library.routines[name], out)
        stretch = settings.prepare_stretch
        return Timeline.of(shorter, library.drills, affected=settings.affected_knee, stretch=stretch).total_s

    return lasts


def _lines(timeline: Timeline, records: tuple[DrillRecord, ...]) -> Iterator[Line]:
    ready: Phase | None = None
    sides: list[Side] = []
    for phase, follows in zip(timeline.phases, (*timeline.phases[1:], None), strict=True):
        match phase.kind:
            case PhaseKind.REST:
                yield Line(phase.drill, phase.start_s, f"{phase.duration_s:g} s", (phase.side,), None, is_rest=True)
            case PhaseKind.PREPARE:
                ready, sides = phase, []
            case PhaseKind.WORK:
                sides.append(phase.side)
                if ready is not None and (follows is None or follows.kind is not PhaseKind.SWITCH):
                    lately = of_drill(records, phase.drill.id, sides)
                    yield Line(phase.drill, ready.start_s, _dose(phase), tuple(sides), phase.tempo_s, lately=lately)


def _dose(phase: Phase) -> str:
    if phase.reps is None:
        return f"{phase.duration_s:g} s"
    return f"{phase.reps} x {phase.tempo_s:g} s"
