"""From an instant of a session to what the body does: a phase of a repetition, or the way from one set-up to the next.

Everything comes from the session's position, so that figure, rep number, count and time left never disagree: a paused
session is a figure that stands still.
"""

from __future__ import annotations

from dataclasses import dataclass

from trainer.body.axes import Vec
from trainer.body.kinematics import points
from trainer.body.ladder import reach_at
from trainer.body.motion import Motion, rep_phase
from trainer.core.drill import Drill, runs_backward
from trainer.core.pace import reps_whole
from trainer.core.session import Session
from trainer.core.side import Side
from trainer.core.timeline import Phase, PhaseKind

MOST_MOVING_S = 2.5
"""The longest that getting from one set-up into the next is shown."""
HOLD_S = 0.5
"""Stillness between the shown repetition and the first real one."""


@dataclass(frozen=True, slots=True)
class Act:
    """What the body does at one instant."""

    drill: Drill
    """The drill that is shown."""
    side: Side
    """The side that works, or is about to."""
    phase: float
    """0 to below 1 over one repetition."""
    reach: float = 1.0
    """The part of the range that is used."""
    backward: bool = False
    """Whether this repetition runs the other way."""
    came_from: tuple[Drill, Side] | None = None
    """Where the body comes from, while it gets from one set-up into the next."""
    share: float = 1.0
    """How far it has come on that way, 0 to 1."""
    lasts_s: float | None = None
    """Seconds of the clock that this repetition takes; the drill's own where none are given."""


def act(session: Session) -> Act:
    """What to show now."""
    position, phase = session.position, session.phase
    seconds = position - phase.start_s
    if phase.kind is PhaseKind.WORK:
        return _work(phase, seconds, session.pace)
    before = _work_before(session, phase)
    if phase.kind is PhaseKind.REST:
        # A rest has no side: the body stays on that of the work before it, or waits on that of the first.
        work = before or session.following() or phase
        return Act(work.drill, work.side, 0.0)
    moving = min(MOST_MOVING_S, phase.duration_s * 0.4) if before is not None else 0.0
    if phase.kind is PhaseKind.SWITCH:
        moving = phase.duration_s * 0.8
    if before is not None and seconds < moving:
        return Act(phase.drill, phase.side, 0.0, came_from=(before.drill, before.side), share=_eased(seconds / moving))
    if phase.kind is PhaseKind.SWITCH:
        return Act(phase.drill, phase.side, 0.0)
    lasts_s = max(phase.duration_s - moving - HOLD_S, 0.001)
    shown = (seconds - moving) / lasts_s
    return Act(phase.drill, phase.side, shown if shown < 1.0 else 0.0, lasts_s=lasts_s)


def between(came_from: Motion, going_to: Motion, share: float) -> dict[str, Vec]:
    """The body on its way from the start of one motion to the start of another: every joint turns part of the way."""
    first, last = came_from.pose(0.0), going_to.pose(0.0)
    pose = {
        name: first.get(name, 0.0) + share * (last.get(name, 0.0) - first.get(name, 0.0)) for name in {**first, **last}
    }
    found = points(going_to.body, pose, close_up=True)
    here, there = came_from.points(0.0)["pelvis"], going_to.points(0.0)["pelvis"]
    x, y, z = (a + share * (b - a) for a, b in zip(here, there, strict=True))
    return {name: (px + x, py + y, pz + z) for name, (px, py, pz) in found.items()}


def _work(phase: Phase, seconds: float, pace: float) -> Act:
    tempo = phase.tempo_s or 1.0
    whole = reps_whole(seconds, tempo)
    part = min(max(seconds / tempo - whole, 0.0), 0.999999)
    reps = phase.paced_reps or phase.reps or max(1, reps_whole(phase.duration_s, tempo))
    shown = rep_phase(phase.drill, whole, reps, part)
    backward = runs_backward(phase.drill, whole, reps)
    return Act(phase.drill, phase.side, shown, reach_at(whole + part, reps), backward, lasts_s=tempo / pace)


def _work_before(session: Session, phase: Phase) -> Phase | None:
    earlier = (other for other in reversed(session.timeline.phases[: phase.index]) if other.is_work)
    return next(earlier, None)


def _eased(share: float) -> float:
    return share * share * (3.0 - 2.0 * share)
