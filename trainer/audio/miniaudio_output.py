"""Sound through miniaudio: placed by frame, taken back within a period, and found again when the device went away.

Two threads work here beside the program's own. The device's asks for frames; nothing may be raised or waited for in it.
The watch looks on from the side, and opens a new stream when the old one has died; the mixer and all that is scheduled
in it live on, so that what falls due after the return is heard on its instant.
"""

from __future__ import annotations

import atexit
import importlib
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trainer.audio.bank import Bank, Samples, bank_of
from trainer.audio.buffering import WHOLE, Buffering
from trainer.audio.clock import StreamClock
from trainer.audio.cues import sounding
from trainer.audio.hush import stderr_held
from trainer.audio.mixer import Mixer
from trainer.audio.news import News, Newsboard
from trainer.audio.stream import NO_DEVICE_HINT, Stream
from trainer.audio.watch import Verdict, Watch
from trainer.core.errors import SoundError

_OPENING_S = 3.0
"""How long opening waits for a driver that does not answer."""
_CLOSING_S = 1.5
"""How long closing does."""
_HELD_S = 1.0
"""How long file descriptor 2 is held away for one attempt to open a device again."""


class MiniaudioOutput:
    """The system's default device through miniaudio: sounds are placed by frame, so their distances are exact.

    The stream stays open as long as the output does: a Bluetooth speaker that is allowed to doze swallows the first
    third of a second of the next sound.
    """

    name = "miniaudio"

    def __init__(
        self,
        sounds: Path | Bank,
        *,
        volume: float = 1.0,
        was_asked_for: bool = True,
        buffering: Buffering | None = None,
    ) -> None:
        """Open and start the device; raises SoundError. ``buffering``: instead of the best for the device."""
        with stderr_held():
            try:
                self._binding: Any = importlib.import_module("miniaudio")
            except (ImportError, OSError) as error:
                raise SoundError(
                    "The sound library miniaudio cannot be loaded.", "Install the trainer anew."
                ) from error
            bank = bank_of(sounds)
            self.warning = bank.warning
            self._rate, self._buffering = bank.rate, buffering
            self._lock = threading.Lock()
            self._mixer = Mixer(bank, volume=volume)
            self._clock = StreamClock(bank.rate, (buffering or WHOLE).length_ms / 1000, time.monotonic())
            self._stream: Stream | None = None
            self._step_s = WHOLE.step_s
            self._backend = ""
            self._error: SoundError | None = None
            self._board = Newsboard()
            self._has_stumbled = False
            self._over = threading.Event()
            self._opening = self._begin_opening()
            self._opening.join(_OPENING_S)
        with self._lock:
            self._backend = self._stream.backend if self._stream is not None else ""
            if not self._backend:
                self._over.set()  # one that opens after all is closed at once
                raise self._error or SoundError("The sound device does not answer.", NO_DEVICE_HINT)
        why = "as asked for" if was_asked_for else "picked by itself"
        self.detail = f"the default device through {self._backend} at {self._rate / 1000:g} kHz, {why}"
        self._watch = Watch()
        self._watching = threading.Thread(target=self._look_on, name="trainer-sound-watch", daemon=True)
        self._watching.start()
        atexit.register(self.close)

    @property
    def latency_s(self) -> float:
        """Seconds ahead by which ``play_at`` must be told: what the device holds, and one step of asking."""
        return self._clock.lead_s + self._step_s

    @property
    def volume(self) -> float:
        """Loudness from 0 to 1."""
        return self._mixer.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._mixer.volume = volume

    @property
    def muted(self) -> bool:
        """Whether nothing is heard; the stream goes on."""
        return self._mixer.muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._mixer.muted = muted

    def play_at(self, sound: str, wall: float, gain: float = 1.0, *, latest: float | None = None) -> None:
        """Place ``sound`` on the frame that is heard at ``wall``."""
        last = wall + sounding(sound).expiry_s if latest is None else latest
        with self._lock:
            self._mixer.schedule(sound, self._clock.frame_at(wall), gain, self._clock.frame_at(last))

    def cancel(self, *, is_cut: bool = True) -> None:
        """Drop what has not begun, and fade what sounds where it is to be cut off."""
        self._mixer.cancel(is_cut=is_cut)

    def learn(self, clips: Mapping[str, Samples]) -> None:
        """Take these clips in place of those learnt before."""
        self._mixer.learn(clips)

    def knows(self, sound: str) -> bool:
        """Say whether ``sound`` would be heard."""
        return self._mixer.knows(sound)

    def news(self) -> News | None:
        """Return what happened since the last call, one piece at a time."""
        return self._board.take()

    def close(self) -> None:
        """Stop the stream. A driver that does not answer is left behind after a second and a half."""
        atexit.unregister(self.close)
        self._over.set()
        self._watching.join(_CLOSING_S)

    def _give(self, stream: Stream, count: int) -> bytes:
        """Return the next frames, in the device's thread; nothing for a stream that was given up."""
        try:
            with self._lock:
                if stream is not self._stream:
                    return bytes(2 * count)
                moved = self._clock.asked(time.monotonic(), self._mixer.frame)
                if moved:
                    self._mixer.shift(moved)
            return self._mixer.render(count)
        except Exception:  # anything raised would end the stream and print across the screen
            if not self._has_stumbled:
                self._has_stumbled = True
                words = "The sound stumbled; going on without what could not be played."
                self._board.pin(words, is_trouble=True)
            return bytes(2 * count)

    def _begin_opening(self) -> threading.Thread:
        """Open a stream in a thread of its own: a driver may never answer."""
        opening = threading.Thread(target=self._open, name="trainer-sound-open", daemon=True)
        opening.start()
        return opening

    def _open(self) -> None:
        """Open and start a stream, and lay a new line from it; leave the reason where it cannot be had."""
        try:
            stream = Stream(
                self._binding,
                self._rate,
                self._give,
                backend=self._backend,
                buffering=self._buffering,
            )
        except SoundError as error:
            self._error = error
            return
        with self._lock:
            is_wanted = not self._over.is_set()
            if is_wanted:
                self._clock.begin_anew()
                self._stream, self._step_s = stream, stream.buffering.step_s
        try:
            if is_wanted:
                stream.start()
                return
        except SoundError as error:
            self._error = error
            with self._lock:
                self._stream = None
        stream.close()

    def _look_on(self) -> None:
        """Look at the stream now and then until the end, and close it then."""
        while not self._over.wait(self._watch.wait_s):
            self._look()
        with self._lock:
            stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _look(self) -> None:
        stream = self._stream
        verdict = self._watch.look(None if stream is None else stream.asks)
        if stream is not None and verdict in (Verdict.LOST, Verdict.DEAD):
            with self._lock:
                self._stream = None
            threading.Thread(target=stream.close, name="trainer-sound-drop", daemon=True).start()
        if self._stream is None:
            self._mixer.give_up(self._clock.frame_at(time.monotonic()))
        if verdict is Verdict.LOST:
            words = "The sound device went away. Going on in silence; the sound comes back when the device does."
            self._board.pin(words, is_trouble=True)
        elif verdict is Verdict.BACK:
            self._board.pin("The sound is back.", is_trouble=False)
        elif verdict is Verdict.TRY and not self._opening.is_alive():
            with stderr_held():
                self._opening = self._begin_opening()
                self._opening.join(_HELD_S)
