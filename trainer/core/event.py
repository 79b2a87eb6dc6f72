"""What happens in a session, and what is soon to be heard: plain values, each with its exact instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from trainer.core.cue import Cue, CueKind
from trainer.core.timeline import Phase


class EventKind(StrEnum):
    """What can happen in a session."""

    STARTED = "started"
    PHASE = "phase"
    REP = "rep"
    CUE = "cue"
    PAUSED = "paused"
    RESUMED = "resumed"
    SKIPPED = "skipped"
    BACK = "back"
    HURT = "hurt"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, at a position of the timeline and an instant of the clock."""

    kind: EventKind
    """What happened."""
    t: float
    """Position on the timeline, in seconds."""
    clock: float
    """The clock's second at which it was due."""
    cue: Cue | None = None
    """The cue, where it is one."""
    phase: Phase | None = None
    """The phase it happened in, or that began."""
    data: dict[str, Any] = field(default_factory=dict)
    """More, by name: the rep, the reason, the status."""


@dataclass(frozen=True, slots=True)
class Due:
    """A cue and the clock's second at which its first sample is meant to be heard."""

    clock: float
    """Second of the session's clock."""
    cue: Cue
    """What is to be heard."""
    leads: bool = False
    """Whether it belongs to the three-two-one before a session goes on, and to no timeline."""


class Events:
    """What happened and was not told yet, in order."""

    def __init__(self) -> None:
        self._waiting: list[Event] = []

    def take(self) -> tuple[Event, ...]:
        """Everything that waits; it waits no more."""
        taken, self._waiting = tuple(self._waiting), []
        return taken

    def note(self, kind: EventKind, t: float, clock: float, phase: Phase, **data: Any) -> None:
        """Something happened at position ``t`` and the clock's second ``clock``."""
        self._waiting.append(Event(kind, t, clock, phase=phase, data=data))

    def cue(self, cue: Cue, clock: float, phase: Phase) -> None:
        """A cue fell due; a rep begins with its cue."""
        if cue.kind is CueKind.REP:
            self.note(EventKind.REP, cue.at_s, clock, phase, rep=cue.rep)
        self._waiting.append(Event(EventKind.CUE, cue.at_s, clock, cue=cue, phase=phase))
