"""Outputs that need no device: nothing at all, the terminal's bell, and a file to listen to later."""

from __future__ import annotations

import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path

from trainer.audio.alarm import Alarms
from trainer.audio.bank import Bank
from trainer.audio.cues import is_useful
from trainer.audio.mixer import Mixer
from trainer.core.cue import CueKind

RINGS: dict[str, int] = {
    CueKind.GO.value: 1,
    CueKind.HALFWAY.value: 1,
    CueKind.SWITCH.value: 2,
    CueKind.DONE.value: 3,
}
"""How often the bell rings for a sound; for the others, each rep above all, it would be maddening. Read it only."""
_RING_APART_S = 0.25
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

    def play_at(self, sound: str, wall: float, gain: float = 1.0) -> None:
        """Play nothing."""

    def cancel(self) -> None:
        """Nothing is to be dropped."""

    def close(self) -> None:
        """Nothing is open."""


class BellOutput:
    """Rings the terminal's bell for the few sounds that matter most, through a function of the app's."""

    name = "bell"
    detail = "the terminal's bell, for go, halfway, switch and done"
    latency_s = 0.0
    warning: str | None = None

    def __init__(self, ring: Callable[[], None], *, volume: float = 1.0) -> None:
        self.volume = volume
        self.muted = False
        self._ring = ring
        self._alarms = Alarms()

    def play_at(self, sound: str, wall: float, gain: float = 1.0) -> None:
        """Ring at ``wall``, once or more often, if ``sound`` is one that the bell rings for."""
        if gain <= 0:
            return
        for count in range(RINGS.get(sound, 0)):
            self._alarms.at(wall + count * _RING_APART_S, self._ring_aloud)

    def cancel(self) -> None:
        """Drop every ring to come."""
        self._alarms.clear()

    def close(self) -> None:
        """End the thread that rings."""
        self._alarms.close()

    def _ring_aloud(self) -> None:
        if not self.muted and self.volume > 0:
            self._ring()


class WavOutput:
    """Writes what would be heard to a WAV file, as it would be heard: the file begins when the output is opened."""

    name = "wav"
    latency_s = 0.0
    warning: str | None = None

    def __init__(
        self, path: Path, bank: Bank, *, volume: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Open ``path`` for writing; raises OSError."""
        self.detail = f"the file {path.name}, {bank.rate / 1000:g} kHz"
        self._clock = clock
        self._began = clock()
        self._rate = bank.rate
        self._mixer = Mixer(bank, volume=volume)
        self._lock = threading.Lock()
        self._file: wave.Wave_write | None = wave.open(str(path), "wb")  # noqa: SIM115  (close() closes it)
        self._file.setnchannels(1)
        self._file.setsampwidth(2)
        self._file.setframerate(bank.rate)

    @property
    def volume(self) -> float:
        """Loudness from 0 to 1."""
        return self._mixer.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._write_until_now()
        self._mixer.volume = volume

    @property
    def muted(self) -> bool:
        """Whether silence is written."""
        return self._mixer.muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._write_until_now()
        self._mixer.muted = muted

    def play_at(self, sound: str, wall: float, gain: float = 1.0) -> None:
        """Let ``sound`` begin in the file where the clock shows ``wall``."""
        self._write_until_now()
        if is_useful(sound, self._clock() - wall):
            self._mixer.schedule(sound, self._frame(wall), gain)

    def cancel(self) -> None:
        """Drop what has not begun and fade what sounds."""
        self._write_until_now()
        self._mixer.cancel()

    def close(self) -> None:
        """Write to the end of the last sound and close the file."""
        self._write_until_now()
        with self._lock:
            self._write_until(self._mixer.end)
            if self._file is not None:
                self._file.close()
            self._file = None

    def _frame(self, wall: float) -> int:
        return round((wall - self._began) * self._rate)

    def _write_until_now(self) -> None:
        with self._lock:
            self._write_until(self._frame(self._clock()))

    def _write_until(self, frame: int) -> None:
        while self._file is not None and (left := frame - self._mixer.frame) > 0:
            self._file.writeframesraw(self._mixer.render(min(left, _BLOCK)))
