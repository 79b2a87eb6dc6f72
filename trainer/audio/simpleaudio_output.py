"""Sound through simpleaudio, an optional extra: started by a timer, so a busy machine is heard."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from trainer.audio.alarm import Alarms
from trainer.audio.bank import Bank, Repertoire, Samples, bank_of
from trainer.audio.cues import sounding
from trainer.audio.hush import stderr_held
from trainer.audio.mixer import amplitude, scaled
from trainer.audio.news import News, Newsboard
from trainer.audio.stream import NO_DEVICE_HINT
from trainer.core.errors import SoundError


class SimpleaudioOutput:
    """Each sound is opened, played and ended by itself, all of it in one thread at the side: a device may never answer.

    It needs no watch: where the device went away the next sound fails, and where it is back the next one is heard.
    """

    name = "simpleaudio"
    latency_s = 0.02

    def __init__(self, sounds: Path | Bank, *, volume: float = 1.0) -> None:
        """Load the binding and try the device with a moment of silence; raises SoundError."""
        if sys.version_info >= (3, 12):
            raise SoundError("simpleaudio crashes on Python 3.12 and newer.", "Choose --audio miniaudio.")
        with stderr_held():
            try:
                self._binding: Any = importlib.import_module("simpleaudio")
            except (ImportError, OSError) as error:
                hint = "Install it with: pip install 'joint-trainer[simpleaudio]', or choose --audio miniaudio."
                raise SoundError("simpleaudio is not installed.", hint) from error
            bank = bank_of(sounds)
            try:
                self._binding.play_buffer(bytes(2 * bank.rate // 50), 1, 2, bank.rate).wait_done()
            except Exception as error:  # its error is private to a C module
                raise SoundError("simpleaudio could not open a sound device.", NO_DEVICE_HINT) from error
        self.detail = f"the default device at {bank.rate / 1000:g} kHz, from timers, as asked for"
        self.warning = bank.warning
        self.volume = volume
        self._rate = bank.rate
        self._repertoire = Repertoire(bank)
        self._muted = False
        self._is_lost = False
        self._board = Newsboard()
        self._playing: list[Any] = []  # touched by the thread of the alarms alone
        self._alarms = Alarms()

    @property
    def muted(self) -> bool:
        """Whether nothing is heard."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        if muted:
            self._alarms.at(0.0, self._stop)

    def play_at(self, sound: str, wall: float, gain: float = 1.0, *, latest: float | None = None) -> None:
        """Start ``sound`` at ``wall``, as near as a timer comes; what the device then takes is not known."""
        clip = self._repertoire.find(sound)
        if clip is None:
            return
        data = scaled(clip, gain * amplitude(self.volume)).tobytes()
        last = wall + sounding(sound).expiry_s if latest is None else latest
        self._alarms.at(wall, lambda: self._play(data, last))

    def cancel(self, *, is_cut: bool = True) -> None:
        """Drop what has not begun, and stop what sounds where it is to be cut off."""
        self._alarms.clear()
        if is_cut:
            self._alarms.at(0.0, self._stop)

    def learn(self, clips: Mapping[str, Samples]) -> None:
        """Take these clips in place of those learnt before."""
        self._repertoire.learn(clips)

    def knows(self, sound: str) -> bool:
        """Say whether ``sound`` would be heard."""
        return self._repertoire.find(sound) is not None

    def news(self) -> News | None:
        """Return what happened since the last call, one piece at a time."""
        return self._board.take()

    def close(self) -> None:
        """Drop what has not begun and end the timer; what sounds ends with the program."""
        self._alarms.close()

    def _play(self, data: bytes, latest: float) -> None:
        if self._muted or time.monotonic() > latest:
            return
        try:
            with stderr_held():
                play = self._binding.play_buffer(data, 1, 2, self._rate)
        except Exception:  # its error is private to a C module
            if not self._is_lost:
                self._is_lost = True
                words = "The sound device went away. Going on in silence; the sound comes back when the device does."
                self._board.pin(words, is_trouble=True)
            return
        if self._is_lost:
            self._is_lost = False
            self._board.pin("The sound is back.", is_trouble=False)
        self._playing = [play for play in self._playing if play.is_playing()]
        self._playing.append(play)

    def _stop(self) -> None:
        with suppress(Exception):  # its error is private to a C module
            for play in self._playing:
                play.stop()
        self._playing = []
