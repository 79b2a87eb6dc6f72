"""From a session to the sound output: cues are handed over ahead of time, with the second at which they are due.

The screen may be late; a sound that was handed over half a second ago is not.
"""

from __future__ import annotations

from collections.abc import Callable

from trainer.audio.cues import heard, sound_of
from trainer.audio.output import Output
from trainer.core.cue import Cue, CueKind
from trainer.core.session import Session

TICK_S = 0.1
"""The longest that the screen usually takes until it hands cues over."""
AHEAD_S = 0.6
"""How far ahead cues are handed over, in seconds that a person hears."""


class Speaker:
    """Follows one session at a time."""

    def __init__(self, output: Output, *, wall: Callable[[float], float], speed: float, counts_reps: bool) -> None:
        self.output = output
        self._wall = wall
        self._speed = speed
        self._counts_reps = counts_reps
        self._revision = 0

    @property
    def notice(self) -> float:
        """Seconds of the session's clock by which the output must be told ahead for a sound to be in time."""
        return (self.output.latency_s + TICK_S) * self._speed if self.output.latency_s else 0.0

    def follow(self, session: Session) -> None:
        """Hand over what falls due soon, and take back what no longer holds."""
        if session.revision != self._revision:
            self._revision = session.revision
            self.output.cancel()
        coming = session.coming(AHEAD_S * self._speed)
        instants = {id(due.cue): due.clock for due in coming}
        for cue in heard(due.cue for due in coming if self._is_wanted(due.cue)):
            self.output.play_at(sound_of(cue.kind), self._wall(instants[id(cue)]))

    def sound(self, name: str, wall: float) -> None:
        """Play a sound that belongs to no cue: an acknowledged key."""
        self.output.play_at(name, wall)

    def _is_wanted(self, cue: Cue) -> bool:
        return self._counts_reps or cue.kind is not CueKind.REP
