"""Outputs that need no device: nothing at all, and the terminal's bell."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from trainer.audio.alarm import Alarms
from trainer.audio.bank import Samples
from trainer.audio.cues import SOUNDS, sounding
from trainer.audio.news import News
from trainer.core.cue import CueKind

RINGS: dict[str, int] = {
    CueKind.REP.value: 1,
    CueKind.GO.value: 1,
    CueKind.HALFWAY.value: 1,
    CueKind.SWITCH.value: 2,
    CueKind.DONE.value: 3,
}
"""How often the bell rings for a sound. Words it does not ring for: they are read. Read it only."""
RINGS_APART_S = 0.25
"""Seconds between the rings of one sound."""
NEAREST_S = 0.15
"""Seconds before which the bell does not ring again: terminals swallow the second, or run both into one."""
_BLOCK = 4_800


class OffOutput:
    """Plays nothing, and takes everything an output takes."""

    name = "off"
    latency_s = 0.0

    def __init__(self, detail: str = "sound is off", *, volume: float = 1.0, warning: str | None = None) -> None:
        self.detail = detail
        self.warning = warning
        self.volume = volume
        self.muted = False

    def play_at(self, sound: str, wall: float, gain: float = 1.0, *, latest: float | None = None) -> None:
        """Play nothing."""

    def cancel(self, *, is_cut: bool = True) -> None:
        """Nothing is to be dropped."""

    def learn(self, clips: Mapping[str, Samples]) -> None:
        """Nothing is to be learnt where nothing is played."""

    def knows(self, sound: str) -> bool:
        """Say whether ``sound`` is a tone that ships."""
        return sound in SOUNDS

    def news(self) -> News | None:
        """Nothing ever happens."""
        return None

    def close(self) -> None:
        """Nothing is open."""


class BellOutput:
    """Rings the terminal's bell, through a function of the app's, for each repetition and what else matters most."""

    name = "bell"
    latency_s = 0.0

    def __init__(
        self,
        ring: Callable[[], None],
        why: str = "as asked for",
        *,
        warning: str | None = None,
        volume: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.warning = warning
        self.detail = f"the terminal's bell for each repetition, go, halfway, switch and done, {why}"
        self.volume = volume
        self.muted = False
        self._ring = ring
        self._clock = clock
        self._rang = -math.inf
        self._alarms = Alarms()

    def play_at(self, sound: str, wall: float, gain: float = 1.0, *, latest: float | None = None) -> None:
        """Ring at ``wall``, once or more often, if ``sound`` is one that the bell rings for."""
        if gain <= 0:
            return
        late_s = sounding(sound).expiry_s if latest is None else latest - wall
        for count in range(RINGS.get(sound, 0)):
            at = wall + count * RINGS_APART_S
            self._alarms.at(at, partial(self._ring_aloud, at + late_s))

    def cancel(self, *, is_cut: bool = True) -> None:  # noqa: ARG002  (a ring is over at once)
        """Drop every ring to come."""
        self._alarms.clear()

    def learn(self, clips: Mapping[str, Samples]) -> None:
        """A bell learns no words."""

    def knows(self, sound: str) -> bool:
        """Say whether ``sound`` is a tone that ships."""
        return sound in SOUNDS

    def news(self) -> News | None:
        """A bell rings or does not: nobody tells."""
        return None

    def close(self) -> None:
        """End the thread that rings, without waiting: it may be waiting for whoever calls this."""
        self._alarms.close(0.0)

    def _ring_aloud(self, latest: float) -> None:
        now = self._clock()
        if self.muted or self.volume <= 0 or now > latest or now - self._rang < NEAREST_S:
            return
        self._rang = now
        with suppress(Exception):  # whatever an app that is just ending raises: nothing is printed across the screen
            self._ring()
