"""A cue: a thing to be heard at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trainer.core.words import Phrase


class CueKind(StrEnum):
    """What a cue tells the person. Each kind has a sound of its own."""

    THREE = "three"
    TWO = "two"
    ONE = "one"
    GO = "go"
    REP = "rep"
    HALFWAY = "halfway"
    SWITCH = "switch"
    DONE = "done"
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Cue:
    """One sound at one instant of a timeline."""

    at_s: float
    """Seconds from the start of the timeline."""
    kind: CueKind
    phase: int
    """Index of the phase it belongs to."""
    text: str | None = None
    """What it tells, where it tells something: the next drill and its side, or a number."""
    rep: int | None = None
    """For a rep cue: which repetition begins, counted from 1."""
    phrases: tuple[Phrase, ...] = ()
    """What is spoken where there is time for it, in order."""
