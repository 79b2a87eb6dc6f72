"""The default device from a process of its own: whoever paints, however busily, never keeps the mixer waiting.

Only one thread of a Python process runs at a time. While two other programs kept both cores of a machine busy, the
thread that draws held the sound's up for as long as 120 ms, once in a minute, where the device waits for some 70; in a
process of its own the mixer was never late. See benchmarks/README.md.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeAlias

from trainer.audio.bank import Bank, Samples
from trainer.audio.booth import Cancel, Latency, Learn, Opened, Opening, Order, Play, Refused, Turn
from trainer.audio.cues import SOUNDS, sounding
from trainer.audio.news import News, Newsboard
from trainer.audio.utterance import key_of, phrases_of
from trainer.core.errors import SoundError
from trainer.paths import child_environ

OPENING_S = 5.0
"""How long opening waits for an answer: the start of a process, and a driver that does not answer."""
CLOSING_S = 2.0
"""How long closing waits."""
AGAIN_S = 1.5
"""Seconds from the end of a process that was not asked to end to the start of the next."""
_CODE = "from trainer.audio.booth import main; main()"

Booth: TypeAlias = "subprocess.Popen[bytes]"


def start_booth() -> Booth:
    """Start the process. What its drivers write goes nowhere, and no key of the terminal reaches it.

    In a session of its own Linux would wake it later: it shares the cores out by session, and one that sleeps most of
    the time has a small share. Raises OSError where the system has no room for a process.
    """
    return subprocess.Popen(  # noqa: S603 (our own code, our own interpreter)
        [sys.executable, "-c", _CODE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=child_environ(os.environ),
        process_group=0,
    )


class ApartOutput:
    """As MiniaudioOutput, with the device at the far end of two pipes. A process that dies is replaced."""

    name = "miniaudio"

    def __init__(
        self,
        sounds: Path | Bank,
        *,
        volume: float = 1.0,
        was_asked_for: bool = True,
        start: Callable[[], Booth] = start_booth,
    ) -> None:
        """Start the process and have it open the device; raises SoundError, or OSError where there is no process."""
        self._start = start
        self._sounds, self._was_asked_for = sounds, was_asked_for
        self._volume, self._muted = volume, False
        self._learnt: Mapping[str, Samples] = {}
        self._board = Newsboard()
        self._over = threading.Event()
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._booth = booth = start()
        opened = self._open(booth)
        if isinstance(opened, SoundError):
            _end(booth, 0.0)
            raise opened
        self.detail, self.warning, self._latency_s = opened.detail, opened.warning, opened.latency_s
        self._listening = threading.Thread(target=self._listen, name="trainer-sound-news", daemon=True)
        self._passing = threading.Thread(target=self._pass_on, name="trainer-sound-orders", daemon=True)
        self._listening.start()
        self._passing.start()
        atexit.register(self.close)

    @property
    def latency_s(self) -> float:
        """Seconds ahead by which ``play_at`` must be told."""
        return self._latency_s

    @property
    def volume(self) -> float:
        """Loudness from 0 to 1."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(1.0, max(0.0, volume))
        self._orders.put(Turn(self._volume, self._muted))

    @property
    def muted(self) -> bool:
        """Whether nothing is heard; the stream goes on."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        self._orders.put(Turn(self._volume, self._muted))

    def play_at(self, sound: str, wall: float, gain: float = 1.0, *, latest: float | None = None) -> None:
        """Place ``sound`` on the frame that is heard at ``wall``."""
        last = wall + sounding(sound).expiry_s if latest is None else latest
        self._orders.put(Play(sound, wall, gain, last))

    def cancel(self, *, is_cut: bool = True) -> None:
        """Drop what has not begun, and fade what sounds where it is to be cut off."""
        self._orders.put(Cancel(is_cut))

    def learn(self, clips: Mapping[str, Samples]) -> None:
        """Take these clips in place of those learnt before."""
        self._learnt = clips
        self._orders.put(Learn(clips))

    def knows(self, sound: str) -> bool:
        """Say whether ``sound`` would be heard."""
        learnt = self._learnt
        return sound in SOUNDS or sound in learnt or self._can_say(phrases_of(sound), learnt)

    def news(self) -> News | None:
        """Return what happened since the last call, one piece at a time."""
        return self._board.take()

    def close(self) -> None:
        """End the process. One that does not answer is ended after two seconds."""
        atexit.unregister(self.close)
        if not self._over.is_set():
            self._over.set()
            self._orders.put(None)
        self._passing.join(CLOSING_S)
        _end(self._booth, CLOSING_S)
        self._listening.join(CLOSING_S)

    @staticmethod
    def _can_say(phrases: tuple[str, ...], learnt: Mapping[str, Samples]) -> bool:
        return bool(phrases) and all(key_of(text) in learnt for text in phrases)

    def _open(self, booth: Booth) -> Opened | SoundError:
        """Have a new process open the device; the first answer, or why there is none."""
        alarm = threading.Timer(OPENING_S, booth.kill)
        alarm.daemon = True
        alarm.start()
        try:
            _send(booth, Opening(self._sounds, self._volume, self._was_asked_for))
            answer = _receive(booth)
        except OSError:
            answer = None
        finally:
            alarm.cancel()
        if isinstance(answer, Opened):
            return answer
        if isinstance(answer, Refused):
            return SoundError(answer.message, answer.hint)
        return SoundError("The sound device does not answer.", "Choose --audio bell or --audio off.")

    def _listen(self) -> None:
        """Hear what the process tells, and start another where it ends unasked."""
        while not self._over.is_set():
            answer = _receive(self._booth)
            if isinstance(answer, Latency):
                self._latency_s = answer.seconds
            elif isinstance(answer, News):
                self._board.pin(answer.words, is_trouble=answer.is_trouble)
            elif answer is None:
                self._replace()

    def _replace(self) -> None:
        """Start processes until one plays, or until this output is closed."""
        _end(self._booth, 0.0)
        if self._over.is_set():
            return
        words = "The sound stopped by itself. Going on in silence; it is started again."
        self._board.pin(words, is_trouble=True)
        while not self._over.wait(AGAIN_S):
            with suppress(OSError):
                booth = self._start()
                if isinstance(opened := self._open(booth), Opened):
                    self._booth, self._latency_s = booth, opened.latency_s
                    if self._over.is_set():  # whoever closes may have seen only the one before
                        _end(booth, 0.0)
                        return
                    self._orders.put(Learn(self._learnt))
                    self._orders.put(Turn(self._volume, self._muted))
                    self._board.pin("The sound is back.", is_trouble=False)
                    return
                _end(booth, 0.0)

    def _pass_on(self) -> None:
        """Write the orders; what a dead process cannot take is left out."""
        while (order := self._orders.get()) is not None:
            with suppress(OSError, ValueError):
                _send(self._booth, order)
        with suppress(OSError, ValueError):
            assert self._booth.stdin is not None
            self._booth.stdin.close()


def _send(booth: Booth, message: object) -> None:
    """Raises OSError where nobody reads, ValueError where the pipe is closed."""
    assert booth.stdin is not None
    pickle.dump(message, booth.stdin, pickle.HIGHEST_PROTOCOL)
    booth.stdin.flush()


def _receive(booth: Booth) -> Any:
    """The next answer; None where there will be none."""
    assert booth.stdout is not None
    try:
        return pickle.load(booth.stdout)  # noqa: S301 (what our own process wrote)
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return None


def _end(booth: Booth, patience_s: float) -> None:
    """Wait for the process to end, and end it where it does not; its pipes are closed."""
    try:
        booth.wait(patience_s)
    except subprocess.TimeoutExpired:
        booth.kill()
        booth.wait()
    for pipe in (booth.stdin, booth.stdout):
        if pipe is not None:
            with suppress(OSError, ValueError):
                pipe.close()
