"""Whether a stream still lives, judged from how often it was asked for frames: pure, with no thread and no clock.

A sound server that dies tells nobody: miniaudio calls no stop function on PulseAudio, the device only stops asking.
Looks are counted, not seconds: a program that itself stood still for a minute (Ctrl-Z) has lost nothing.
"""

from __future__ import annotations

from enum import Enum

CALM_S = 0.5
"""Seconds to the next look while all is well: each wakes a thread, and costs more than what it does."""
LOOK_S = 0.25
"""Seconds to the next look otherwise."""
SILENT_LOOKS = 4
"""Looks in a row without a request after which a stream is dead. A living one asks some six times between two."""
STEADY_LOOKS = 3
"""Looks in a row with requests after which a new stream is trusted: a sleeping device asks once and never again."""
LOOKS_APART = 6
"""Looks from one attempt to open a device to the next: 1.5 s."""


class Verdict(Enum):
    """What one look found."""

    FINE = "nothing is to be done"
    LOST = "the stream died: drop it, and say so"
    DEAD = "a stream opened since died too: drop it, it was never said to be back"
    TRY = "there is no stream: try to open one now"
    BACK = "the new stream runs: say so"


class Watch:
    """Looks at one stream after the other."""

    def __init__(self) -> None:
        self.is_lost = False
        self._asks = -1
        self._silent = 0
        self._steady = 0
        self._until_next = 0

    @property
    def wait_s(self) -> float:
        """Seconds to the next look."""
        return LOOK_S if self.is_lost or self._silent else CALM_S

    def look(self, asks: int | None) -> Verdict:
        """Judge a stream that was asked ``asks`` times up to now; None where there is no stream."""
        if asks is None:
            self._until_next -= 1
            if self._until_next > 0:
                return Verdict.FINE
            self._until_next = LOOKS_APART
            return Verdict.TRY
        if asks != self._asks:
            self._asks = asks
            self._silent = 0
            self._steady += 1
            if self.is_lost and self._steady >= STEADY_LOOKS:
                self.is_lost = False
                return Verdict.BACK
            return Verdict.FINE
        self._steady = 0
        self._silent += 1
        if self._silent < SILENT_LOOKS:
            return Verdict.FINE
        verdict = Verdict.DEAD if self.is_lost else Verdict.LOST
        self._until_next = LOOKS_APART if self.is_lost else 1
        self.is_lost = True
        self._asks, self._silent = -1, 0
        return verdict
