"""Which drills were skipped, and why: a few plain reasons, each kept as a short code. Nobody has to give one."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from trainer.core.record import Outcome, Result

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from trainer.core.timeline import Timeline


class Why(StrEnum):
    """A reason, as it is kept."""

    IT_HURT = "it-hurt"
    NO_ROOM = "no-room"
    NO_TIME = "no-time"
    NOT_WANTED = "did-not-want-to"

    @property
    def words(self) -> str:
        """The same for a person."""
        return self.value.replace("-", " ")


def skipped_beforehand(timeline: Timeline, drills: Collection[str]) -> tuple[Outcome, ...]:
    """Return what is kept of drills (ids) that were left out before a session: each side of them once, skipped.

    ``timeline``: of the routine as it is with them.
    """
    phases = (phase for phase in timeline.phases if phase.is_work and phase.drill.id in drills)
    nothing = (
        Outcome(phase.drill.id, phase.side, Result.SKIPPED, None if phase.reps is None else 0, phase.reps)
        for phase in phases
    )
    return tuple({(one.drill, one.side): one for one in nothing}.values())


def left_out_of(timeline: Timeline, outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Return those that were left out before a session: it has no such drill."""
    drills = {phase.drill.id for phase in timeline.phases}
    return tuple(outcome for outcome in outcomes if outcome.drill not in drills)


def unexplained(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    """Return the drills (ids) to ask about, each once: skipped, on no side marked as hurting, and no reason given."""
    known = tuple(outcomes)
    hurt = {outcome.drill for outcome in known if outcome.result is Result.HURT}
    skipped = (one.drill for one in known if one.result is Result.SKIPPED and one.reason is None)
    return tuple(drill for drill in dict.fromkeys(skipped) if drill not in hurt)


def explained(outcome: Outcome, why: Why) -> Outcome:
    """Return a skipped drill with its reason; where that is that it hurt, as one that was marked as hurting."""
    return replace(outcome, reason=why.value, result=Result.HURT if why is Why.IT_HURT else outcome.result)
