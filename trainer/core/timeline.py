"""A routine compiled to phases with absolute start and end, and the cues that fall on them.

A timeline never changes. Instants are held to the millisecond, so that every phase starts exactly where the one
before it ends and the total is the sum that a stopwatch shows.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from trainer.core import words
from trainer.core.cue import Cue, CueKind
from trainer.core.drill import Directions, Drill, runs_backward
from trainer.core.routine import Item, Routine, WhichSides
from trainer.core.side import Affected, Side
from trainer.core.words import Phrase

START_S = 6.0
SAME_SETUP_S = 4.0
SAME_POSITION_S = 5.0
SIT_STAND_S = 8.0
FLOOR_S = 12.0
SWITCH_S = 3.0
SWITCH_TURN_S = 5.0
HALFWAY_OVER_S = 20.0
"""Work longer than this is told its halfway point."""


class PhaseKind(StrEnum):
    """What a phase is for."""

    PREPARE = "prepare"
    WORK = "work"
    SWITCH = "switch"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a timeline in which one thing goes on."""

    index: int
    """Its place in the timeline, from 0."""
    kind: PhaseKind
    """Getting ready, working, changing sides or resting."""
    drill: Drill
    """The drill it belongs to; for a rest, the one just done or about to come."""
    side: Side
    """The side that works, or is about to."""
    start_s: float
    """Seconds from the start of the timeline."""
    end_s: float
    """Exactly where the next phase starts."""
    reps: int | None = None
    """Repetitions; none where time alone counts."""
    tempo_s: float | None = None
    """Seconds of one repetition; only work has one."""
    paced_reps: int | None = None
    """Repetitions over which range and direction change; none where these are all there are."""

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return round(self.end_s - self.start_s, 3)

    @property
    def is_work(self) -> bool:
        """Whether the person moves."""
        return self.kind is PhaseKind.WORK


@dataclass(frozen=True, slots=True)
class Timeline:
    """Phases that touch, and cues in the order in which they fall due."""

    routine: str
    """Id of the routine."""
    title: str
    """Its name."""
    phases: tuple[Phase, ...]
    """At least one."""
    cues: tuple[Cue, ...]
    """By rising instant."""

    @classmethod
    def of(
        cls,
        routine: Routine,
        drills: Mapping[str, Drill],
        *,
        affected: Affected | None = None,
        stretch: float = 1.0,
    ) -> Timeline:
        """Compile ``routine``; ``drills`` must hold every drill that it names.

        ``affected`` puts the good side first; ``stretch`` multiplies every prepare phase.
        """
        return cls.through(routine.id, routine.name, tuple(_number(_phases(routine, drills, affected, stretch))))

    @classmethod
    def through(cls, routine: str, title: str, phases: tuple[Phase, ...]) -> Timeline:
        """The timeline of these phases, with every cue that falls on them."""
        return cls(routine, title, phases, _all_cues(phases))

    @property
    def total_s(self) -> float:
        """Seconds from the first instant to the last."""
        return self.phases[-1].end_s

    def phase_at(self, position_s: float) -> Phase:
        """The phase that holds an instant; a boundary belongs to the phase that starts there."""
        index = bisect_right(self.phases, position_s, key=lambda phase: phase.start_s) - 1
        return self.phases[max(index, 0)]

    def between(self, from_s: float, until_s: float) -> tuple[Cue, ...]:
        """The cues with ``from_s <= at_s < until_s``: half open, so that no tick loses or doubles one."""
        first = bisect_left(self.cues, from_s, key=lambda cue: cue.at_s)
        last = bisect_left(self.cues, until_s, key=lambda cue: cue.at_s)
        return self.cues[first:last]

    def extended(self, index: int, by_s: float, *, heard_s: float) -> Timeline:
        """The same timeline with phase ``index`` longer and all later phases moved.

        Counted work gains the repetitions that begin in the added time. ``heard_s`` is how far the person has
        come: a halfway that was told already is not told again, and who has turned the other way does not turn back.
        """
        by_s = round(by_s, 3)
        old = self.phases[index]
        longer = replace(old, end_s=round(old.end_s + by_s, 3))
        if old.reps is not None and old.tempo_s is not None:
            reps = math.ceil(round(longer.duration_s / old.tempo_s, 6))
            longer = replace(longer, reps=reps, paced_reps=_paced_reps(old, heard_s))
        later = tuple(
            replace(phase, start_s=round(phase.start_s + by_s, 3), end_s=round(phase.end_s + by_s, 3))
            for phase in self.phases[index + 1 :]
        )
        phases = (*self.phases[:index], longer, *later)
        told = any(cue.kind is CueKind.HALFWAY and cue.phase == index and cue.at_s <= heard_s for cue in self.cues)
        cues = _all_cues(phases)
        if told:
            cues = tuple(cue for cue in cues if not (cue.kind is CueKind.HALFWAY and cue.phase == index))
        return Timeline(self.routine, self.title, phases, cues)


def _paced_reps(phase: Phase, heard_s: float) -> int | None:
    """The repetitions by which a phase goes on as it went, once it gets more of them; none where it may begin anew."""
    reps = phase.paced_reps or phase.reps
    if reps is None or phase.tempo_s is None or phase.drill.directions is Directions.SINGLE:
        return reps
    return reps if heard_s >= phase.start_s + math.ceil(reps / 2) * phase.tempo_s else None


def prepare_seconds(before: Drill | None, drill: Drill) -> float:
    """How long it takes to get from one drill's set-up into the next one's."""
    if before is None:
        return START_S
    if before.base_pose == drill.base_pose:
        return SAME_SETUP_S
    here, there = before.position, drill.position
    if here == there or (here.is_upright and there.is_upright):
        return SAME_POSITION_S
    return FLOOR_S if here.is_on_floor != there.is_on_floor else SIT_STAND_S


def sides_in_order(drill: Drill, which: WhichSides, affected: Affected | None) -> tuple[Side, ...]:
    """The sides of a drill in the order in which they are done: the good one first where it is known."""
    if not drill.is_one_sided:
        return (Side.BOTH,)
    if which in (WhichSides.LEFT, WhichSides.RIGHT):
        return (Side(which.value),)
    if affected in (Affected.LEFT, Affected.RIGHT):
        sore = Side(affected.value)
        return (sore,) if which is WhichSides.AFFECTED else (sore.other, sore)
    return (Side.RIGHT, Side.LEFT)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A phase that does not know its place yet."""

    kind: PhaseKind
    drill: Drill
    side: Side
    seconds: float
    reps: int | None = None
    tempo_s: float | None = None


def _number(stretches: Iterable[_Stretch]) -> Iterator[Phase]:
    at_ms = 0
    for index, piece in enumerate(stretches):
        end_ms = at_ms + round(piece.seconds * 1000)
        yield Phase(index, piece.kind, piece.drill, piece.side, at_ms / 1000, end_ms / 1000, piece.reps, piece.tempo_s)
        at_ms = end_ms


def _phases(
    routine: Routine, drills: Mapping[str, Drill], affected: Affected | None, stretch: float
) -> Iterator[_Stretch]:
    before: Drill | None = None
    for number, item in enumerate(routine.items):
        if item.drill is None:
            yield _rest(item, before or _first_drill(routine.items[number:], drills))
            continue
        drill = drills[item.drill]
        sides = sides_in_order(drill, item.sides, affected)
        yield _Stretch(PhaseKind.PREPARE, drill, sides[0], prepare_seconds(before, drill) * stretch)
        yield _work(item, drill, sides[0])
        for _, side in pairwise(sides):
            yield _Stretch(PhaseKind.SWITCH, drill, side, SWITCH_TURN_S if drill.turns else SWITCH_S)
            yield _work(item, drill, side)
        before = drill


def _first_drill(items: tuple[Item, ...], drills: Mapping[str, Drill]) -> Drill:
    return next(drills[item.drill] for item in items if item.drill is not None)


def _rest(item: Item, drill: Drill) -> _Stretch:
    assert item.rest is not None
    return _Stretch(PhaseKind.REST, drill, Side.BOTH, item.rest)


def _work(item: Item, drill: Drill, side: Side) -> _Stretch:
    tempo = item.tempo or drill.dose.tempo
    if item.time is not None:
        return _Stretch(PhaseKind.WORK, drill, side, item.time, None, tempo)
    reps = item.reps or drill.dose.reps
    return _Stretch(PhaseKind.WORK, drill, side, reps * tempo, reps, tempo)


def _all_cues(phases: tuple[Phase, ...]) -> tuple[Cue, ...]:
    cues = [cue for phase in phases for cue in _cues(phase, phases)]
    last = phases[-1]
    cues.append(_saying(last.end_s, CueKind.DONE, last, Phrase(words.WELL_DONE), Phrase(words.RATE)))
    return tuple(sorted(cues, key=lambda cue: cue.at_s))


_COUNTDOWN = ((3, CueKind.THREE), (2, CueKind.TWO), (1, CueKind.ONE))


def _cues(phase: Phase, phases: tuple[Phase, ...]) -> Iterator[Cue]:
    if phase.kind is PhaseKind.WORK:
        yield from _work_cues(phase)
        return
    if phase.kind is PhaseKind.PREPARE:
        yield _saying(phase.start_s, CueKind.SAY, phase, *announcement(phase, phases))
    elif phase.kind is PhaseKind.REST:
        yield _saying(phase.start_s, CueKind.SAY, phase, Phrase(words.REST))
    else:
        turned = (Phrase(words.posture(phase.drill, phase.side), 4),) if phase.drill.turns else ()
        side = words.side_phrase(phase.drill, phase.side)
        yield _saying(phase.start_s, CueKind.SWITCH, phase, Phrase(words.SWITCH), *turned, *side)
    follows = phases[phase.index + 1] if phase.index + 1 < len(phases) else None
    if follows is not None and follows.is_work:
        for seconds, kind in _COUNTDOWN:
            if phase.duration_s >= seconds:
                yield Cue(round(phase.end_s - seconds, 3), kind, phase.index)


def _work_cues(phase: Phase) -> Iterator[Cue]:
    yield Cue(phase.start_s, CueKind.GO, phase.index)
    if phase.reps is not None and phase.tempo_s is not None:
        for rep in range(1, phase.reps + 1):
            at_s = round(phase.start_s + (rep - 1) * phase.tempo_s, 3)
            back, forth = (runs_backward(phase.drill, n, phase.paced_reps or phase.reps) for n in (rep - 1, rep - 2))
            phrase = words.rep_phrase(rep, phase.reps, turns_back=back and not forth)
            yield Cue(at_s, CueKind.REP, phase.index, str(rep), rep, (phrase,))
    if phase.duration_s > HALFWAY_OVER_S:
        at_s = round(phase.start_s + phase.duration_s / 2, 3)
        yield _saying(at_s, CueKind.HALFWAY, phase, Phrase(words.HALFWAY))


def _saying(at_s: float, kind: CueKind, phase: Phase, *phrases: Phrase) -> Cue:
    return Cue(at_s, kind, phase.index, words.sentence(phrases), None, phrases)


def announcement(phase: Phase, phases: tuple[Phase, ...]) -> tuple[Phrase, ...]:
    """What is said when a drill comes up: how to get there, its name, the side it starts on, and its dose."""
    work = phases[phase.index + 1]
    before = phases[phase.index - 1].drill if phase.index else None
    is_last = not any(later.kind is PhaseKind.PREPARE for later in phases[phase.index + 1 :])
    lead_in = () if before is None else (Phrase(words.LAST_DRILL, 2) if is_last else Phrase(words.NEXT, 1),)
    return (
        *lead_in,
        *words.set_up_phrase(before, phase.drill, phase.side),
        Phrase(phase.drill.name),
        *words.side_phrase(phase.drill, phase.side),
        words.dose_phrase(phase.drill, work.reps, work.duration_s),
    )
