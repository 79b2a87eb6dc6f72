"""Which sound an event makes, which of several at one instant is heard, and how late it may still start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trainer.core.cue import Cue, CueKind

SAME_INSTANT_S = 0.05
"""Seconds within which two cues fall together: the ear hears one blurred sound, so the weightier one plays alone."""

HURT = "hurt"
"""The sound that acknowledges "that hurt"."""
PAUSE = "pause"
"""The sound of pausing."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """How one sound is treated, whatever made it."""

    priority: int
    """Of two at one instant the higher is heard."""
    expiry_s: float
    """Seconds it may start late and still help; later it would mislead and is not played."""


# A late "three" beside a "two" is worse than none; the end of a session is worth hearing whenever it comes.
SOUNDINGS: dict[str, Sounding] = {
    CueKind.DONE.value: Sounding(100, 10.0),
    HURT: Sounding(90, 1.0),
    PAUSE: Sounding(90, 1.0),
    CueKind.SWITCH.value: Sounding(80, 1.0),
    CueKind.GO.value: Sounding(70, 0.4),
    CueKind.SAY.value: Sounding(60, 1.0),
    CueKind.HALFWAY.value: Sounding(50, 1.0),
    CueKind.ONE.value: Sounding(40, 0.25),
    CueKind.TWO.value: Sounding(30, 0.25),
    CueKind.THREE.value: Sounding(20, 0.25),
    CueKind.REP.value: Sounding(10, 0.25),
}
"""Every sound that ships, weightiest first. Read it, never write it."""

SOUNDS: tuple[str, ...] = tuple(SOUNDINGS)
"""The names of all sounds: each is a file ``sounds/NAME.wav``."""


def sound_of(kind: CueKind) -> str:
    """Return the name of the sound that this kind of cue makes."""
    return kind.value


def sounding(sound: str) -> Sounding:
    """Return how ``sound`` is treated; one that does not ship is treated as a spoken prompt would be."""
    return SOUNDINGS.get(sound) or Sounding(SOUNDINGS[CueKind.SAY.value].priority, 1.0)


def heard(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Return the cues whose sounds are heard, in time order: of those at one instant only the weightiest.

    An instant lasts ``SAME_INSTANT_S`` from its first cue. The words of a cue that is left out are not lost by
    this: it decides about tones alone.
    """
    kept: list[Cue] = []
    began: float | None = None
    for cue in sorted(cues, key=lambda cue: cue.at_s):
        if began is None or cue.at_s - began > SAME_INSTANT_S:
            began = cue.at_s
            kept.append(cue)
        elif sounding(sound_of(cue.kind)).priority > sounding(sound_of(kept[-1].kind)).priority:
            kept[-1] = cue
    return tuple(kept)
