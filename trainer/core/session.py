"""A session: a position on a timeline, moved by a clock and by the person's keys.

The session has no clock of its own. It asks the one it was given, so that everything that shows or sounds it (the
count, the rep, the figure, the speaker) is a function of the same instant. Between two questions any time may pass:
what fell due meanwhile is reported once, in order, with the exact instant at which it was due.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from trainer.core.cue import Cue
from trainer.core.event import Due, Event, EventKind, Events
from trainer.core.lead import LEAD_S, Lead
from trainer.core.ledger import Ledger
from trainer.core.pace import bounded, faster_than, rate_of, reps_whole, seconds_between, slower_than
from trainer.core.record import Outcome, Status
from trainer.core.timeline import Phase, PhaseKind, Timeline

Clock = Callable[[], float]
"""Seconds since some instant; never runs backward for long."""

TWICE_S = 2.0
"""Going back again within this time goes back further."""
MORE_S = 10.0
LATE_S = 0.15
"""A cue that is later than this when it is handed out is not worth hearing any more."""


class State(StrEnum):
    """How a session stands."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    RESUMING = "resuming"
    """Counting three, two, one before it goes on."""
    ENDED = "ended"


class Session:
    """One run of a timeline. Ask :meth:`due` at every tick, and the properties whenever something is drawn."""

    def __init__(self, timeline: Timeline, clock: Clock) -> None:
        self.timeline = timeline
        self.planned_s = timeline.total_s
        self.status = Status.RUNNING
        self.revision = 0
        """Grows whenever cues that were handed out by :meth:`coming` no longer hold."""
        self.leaps = 0
        """Grows whenever it stands still or jumps: then what is being said no longer holds either."""
        self._clock = clock
        self._ledger = Ledger()
        self._state = State.READY
        self._pace = 1.0
        self._position = 0.0
        self._anchor = clock()
        """The clock's second at which the position was, or will be, ``_position``."""
        self._heard = 0.0
        """Every cue before this position was reported."""
        self._handed = 0.0
        """Every cue before this position was handed out to be played."""
        self._lead: Lead | None = None
        self._lead_s = LEAD_S
        self._ready_s: float | None = None
        """Seconds to get into position before a session that is taken up again goes on; none for a fresh one."""
        self._events = Events()
        self._back_at = -math.inf

    # What anyone may ask

    @property
    def state(self) -> State:
        """How it stands now."""
        self._advance()
        return self._state

    @property
    def position(self) -> float:
        """Seconds from the start of the timeline."""
        self._advance()
        return self._position

    @property
    def phase(self) -> Phase:
        """The phase under way; after the end, the last one."""
        return self.timeline.phase_at(self.position)

    @property
    def pace(self) -> float:
        """How many times as fast as planned the work runs, 0.5 to 2."""
        return self._pace

    @property
    def phase_left(self) -> float:
        """Seconds of the clock until this phase ends, if nothing intervenes."""
        return seconds_between(self.timeline, self.position, self.phase.end_s, self._pace)

    @property
    def time_left(self) -> float:
        """Seconds of the clock until the session ends, if nothing intervenes."""
        return seconds_between(self.timeline, self.position, self.timeline.total_s, self._pace)

    @property
    def lead_left(self) -> float:
        """Seconds until a resuming session moves again; 0 in any other state."""
        return min(max(0.0, self._anchor - self._clock()), self._lead_s) if self.state is State.RESUMING else 0.0

    @property
    def rep(self) -> int | None:
        """The repetition under way, from 1; none outside counted work."""
        phase = self.phase
        if phase.reps is None or phase.tempo_s is None:
            return None
        return min(phase.reps, 1 + reps_whole(self._position - phase.start_s, phase.tempo_s))

    @property
    def rep_phase(self) -> float | None:
        """How far the repetition under way has come, 0 to below 1; none outside work."""
        phase = self.phase
        if phase.tempo_s is None:
            return None
        return ((self._position - phase.start_s) / phase.tempo_s) % 1.0

    @property
    def eased(self) -> frozenset[str]:
        """Ids of drills that were marked as hurting: their easier option is shown from then on."""
        return self._ledger.eased

    @property
    def hurting(self) -> tuple[int, ...]:
        """Indexes of the phases that were marked as hurting, in order."""
        return self._ledger.hurting

    @property
    def outcomes(self) -> tuple[tuple[int, Outcome], ...]:
        """Phase index and outcome of every work phase that was begun and left, in order."""
        self._advance()
        return self._ledger.outcomes

    @property
    def moved_s(self) -> float:
        """Seconds of work so far, pauses not counted."""
        self._advance()
        return round(self._ledger.moved_s, 3)

    def following(self) -> Phase | None:
        """The next phase of work after this one."""
        later = self.timeline.phases[self.phase.index + 1 :]
        return next((phase for phase in later if phase.is_work), None)

    # What falls due

    def due(self) -> tuple[Event, ...]:
        """Everything that happened since the last time, in order, each once."""
        self._advance()
        return self._events.take()

    def coming(self, within_s: float) -> tuple[Due, ...]:
        """Cues that fall due within the next ``within_s`` seconds of the clock and were not handed out yet.

        What is already past, after a late tick or a jump, is left out.
        """
        self._advance()
        now = self._clock()
        ready = list(self._lead.hand_out(now + within_s)) if self._lead is not None else []
        if self._state not in (State.READY, State.PAUSED) and self.status in (Status.RUNNING, Status.FINISHED):
            for cue in self.timeline.between(self._handed, math.inf):
                instant = self._anchor + seconds_between(self.timeline, self._position, cue.at_s, self._pace)
                if instant > now + within_s:
                    break
                ready.append(Due(instant, cue))
                self._handed = math.nextafter(cue.at_s, math.inf)
        return tuple(due for due in ready if due.clock >= now - LATE_S)

    def hand_out_anew(self) -> None:
        """Take back the cues that were handed out ahead: they are to sound otherwise."""
        self._unhand()

    # What the person does

    def take_up(self, position_s: float, *, pace: float, ledger: Ledger, ready_s: float) -> None:
        """Before the start: begin at ``position_s``, with what was done by then, ``ready_s`` before three, two, one."""
        self._position = self._heard = self._handed = position_s
        self._pace, self._ledger, self._ready_s = bounded(pace), ledger, ready_s

    def start(self, after_s: float = 0.0) -> None:
        """Begin, ``after_s`` seconds from now: time for the first sound to be in time."""
        if self._state is not State.READY:
            return
        self._anchor = self._clock() + after_s
        self._note(EventKind.STARTED, self._anchor, routine=self.timeline.routine, title=self.timeline.title)
        self._note(EventKind.PHASE, self._anchor)
        if self._ready_s is not None:
            self._state = State.PAUSED
            self.resume(after_s, self._ready_s)
            return
        self._state = State.RUNNING
        self._advance()

    def pause(self, reason: str = "key") -> None:
        """Stand still, also out of the three-two-one."""
        if self.state not in (State.RUNNING, State.RESUMING):
            return
        self._stand_still(reason)

    def resume(self, after_s: float = 0.0, ready_s: float = 0.0) -> None:
        """Count three, two, one, ``after_s`` seconds from now, then go on with exactly the time that was left.

        ``ready_s``: seconds before that, counted down with it, to get into position.
        """
        if self.state is not State.PAUSED:
            return
        now = self._clock() + after_s + ready_s
        self._state = State.RESUMING
        self._lead_s = ready_s + LEAD_S
        self._anchor = now + LEAD_S
        index = self.timeline.phase_at(self._position).index
        self._lead = Lead(now, self._position, index)
        self._unhand(is_leap=True)
        self._advance()

    def toggle(self, after_s: float = 0.0) -> None:
        """Pause, or go on ``after_s`` seconds from now."""
        if self.state is State.PAUSED:
            self.resume(after_s)
        else:
            self.pause()

    def wake(self) -> None:
        """Pause where the person last saw it: the machine, or this program, was asleep meanwhile.

        Ask for it before anything else after the sleep, so that the lost time is not counted.
        """
        if self._state in (State.RUNNING, State.RESUMING):
            self._stand_still("asleep")

    def skip(self) -> None:
        """Go on to the next phase; from the last one, to the end."""
        if not self._is_live:
            return
        phase = self.phase
        now = self._clock()
        self._note(EventKind.SKIPPED, now, phase=phase)
        if phase.is_work:
            self._leave(phase, self._position)
        if phase.index + 1 == len(self.timeline.phases):
            self._position = self._heard = self.timeline.total_s
            self._anchor = now
            self._unhand(is_leap=True)
            self._finish(Status.FINISHED, now)
            return
        self._jump(self.timeline.phases[phase.index + 1], now)

    def back(self) -> None:
        """Restart this phase; again within two seconds, the one before."""
        if not self._is_live:
            return
        phase, now = self.phase, self._clock()
        again = now - self._back_at <= TWICE_S
        self._back_at = now
        target = self.timeline.phases[max(0, phase.index - 1)] if again else phase
        self._note(EventKind.BACK, now, phase=target)
        self._jump(target, now)

    def slower(self) -> float:
        """Slow the work down by a step and give the new pace."""
        return self.set_pace(slower_than(self._pace))

    def faster(self) -> float:
        """Speed the work up by a step and give the new pace."""
        return self.set_pace(faster_than(self._pace))

    def set_pace(self, pace: float) -> float:
        """Run the work ``pace`` times as fast as planned, 0.5 to 2; what is left is rescaled, the rep stays."""
        self._advance()
        self._pace = bounded(pace)
        self._unhand()
        return self._pace

    def add(self, seconds: float = MORE_S) -> None:
        """Give the phase under way more seconds of the clock."""
        if not self._is_live:
            return
        phase = self.phase
        by_s = seconds * rate_of(phase, self._pace)
        self.timeline = self.timeline.extended(phase.index, by_s, heard_s=self._position)
        self._unhand()

    def hurt(self) -> Phase | None:
        """Mark the drill under way as hurting, or the one just done; gives the phase of work that was marked."""
        if not self._is_live:
            return None
        phase = self.phase
        if not phase.is_work:
            done = [index for index, _ in self._ledger.outcomes if index < phase.index]
            if not done or phase.kind is PhaseKind.REST:
                return None
            phase = self.timeline.phases[done[-1]]
        rep = self.rep if phase is self.phase else None
        self._ledger.mark_hurt(phase)
        self._note(EventKind.HURT, self._clock(), phase=phase, rep=rep)
        return phase

    def stop(self, status: Status = Status.STOPPED) -> None:
        """End here and keep what was done; ``status`` says whether it was meant."""
        if not self._is_live:
            return
        phase = self.phase
        if phase.is_work:
            self._leave(phase, self._position)
        self._finish(status, self._clock())

    # Inside

    @property
    def _is_live(self) -> bool:
        return self.state in (State.RUNNING, State.PAUSED, State.RESUMING)

    def _advance(self) -> None:
        """Move to where the clock says, through every boundary on the way."""
        if self._state not in (State.RUNNING, State.RESUMING):
            return
        now = self._clock()
        for due in self._lead.tell(now) if self._lead is not None else ():
            self._report(due.cue, due.clock)
        if now < self._anchor:
            return
        if self._state is State.RESUMING:
            self._state = State.RUNNING
            self._note(EventKind.RESUMED, self._anchor)
        while self._state is State.RUNNING:
            phase = self.timeline.phase_at(self._position)
            rate = rate_of(phase, self._pace)
            boundary = self._anchor + (phase.end_s - self._position) / rate
            if now < boundary:
                reached = min(self._position + (now - self._anchor) * rate, phase.end_s)
                self._travel(phase, reached, rate)
                self._position, self._anchor = reached, now
                return
            self._travel(phase, phase.end_s, rate, whole=True)
            self._position, self._anchor = phase.end_s, boundary
            if phase.is_work:
                self._leave(phase, phase.end_s)
            if phase.index + 1 == len(self.timeline.phases):
                self._finish(Status.FINISHED, boundary)
            else:
                self._enter(self.timeline.phases[phase.index + 1], boundary)

    def _travel(self, phase: Phase, reached: float, rate: float, *, whole: bool = False) -> None:
        """Report the cues on the way inside one phase; its last instant belongs to the next."""
        until = phase.end_s if whole else min(math.nextafter(reached, math.inf), phase.end_s)
        for cue in self.timeline.between(self._heard, until):
            self._report(cue, self._anchor + (cue.at_s - self._position) / rate)
        self._heard = max(self._heard, until)
        if phase.is_work:
            self._ledger.moved_s += (reached - self._position) / rate

    def _report(self, cue: Cue, instant: float) -> None:
        self._events.cue(cue, instant, self.timeline.phases[cue.phase])

    def _note(self, kind: EventKind, instant: float, phase: Phase | None = None, **data: Any) -> None:
        where = phase or self.timeline.phase_at(self._position)
        self._events.note(kind, self._position, instant, where, **data)

    def _enter(self, phase: Phase, instant: float) -> None:
        self._events.note(EventKind.PHASE, phase.start_s, instant, phase)

    def _leave(self, phase: Phase, position: float) -> None:
        if phase.reps is None or phase.tempo_s is None:
            self._ledger.close(phase, None, is_done=position >= phase.end_s)
            return
        reps = phase.reps if position >= phase.end_s else reps_whole(position - phase.start_s, phase.tempo_s)
        self._ledger.close(phase, reps, is_done=position >= phase.end_s)

    def _jump(self, phase: Phase, now: float) -> None:
        self._position = phase.start_s
        if self._state is State.RUNNING:
            self._anchor = now
        self._heard = phase.start_s
        self._unhand(is_leap=True)
        self._enter(phase, now)
        self._advance()

    def _stand_still(self, reason: str) -> None:
        self._state = State.PAUSED
        self._lead = None
        self._unhand(is_leap=True)
        self._note(EventKind.PAUSED, self._clock(), reason=reason)

    def _unhand(self, *, is_leap: bool = False) -> None:
        """Take back the cues that were handed out ahead: their instants no longer hold."""
        self._handed = self._heard
        if self._lead is not None:
            self._lead.take_back()
        self.revision += 1
        self.leaps += is_leap

    def _finish(self, status: Status, instant: float) -> None:
        self._state, self._lead, self._heard = State.ENDED, None, math.inf
        self.status = status
        if status is Status.FINISHED:
            for cue in self.timeline.between(self.timeline.total_s, math.inf):
                self._report(cue, instant)
        else:
            self._unhand(is_leap=True)
        self._note(EventKind.ENDED, instant, status=status.value)
