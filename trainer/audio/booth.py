"""The far end of the sound's own process: opens the device, does what it is told, and tells what happens.

Both ends speak in pickled messages, one after the other: orders come on standard input, answers go to standard output.
The end of the orders, however it comes about, is the end of the process. ``time.monotonic`` is one clock for all
processes of a machine, so a sound's second means the same at both ends.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, TypeAlias

from trainer.audio.bank import Bank, Samples
from trainer.audio.news import News
from trainer.audio.output import Output
from trainer.audio.urgency import hurry
from trainer.core.errors import SoundError

TELLING_S = 0.5
"""Seconds between two looks for news."""


class Order(Protocol):
    """Something that an output is to do."""

    def give(self, output: Output) -> None:
        """Have it done."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The first message: what is to be opened."""

    sounds: Path | Bank
    """The tones."""
    volume: float
    """Loudness of everything, 0 to 1."""
    was_asked_for: bool
    """Whether a person named this output."""


@dataclass(frozen=True, slots=True)
class Play:
    """See Output.play_at."""

    sound: str
    wall: float
    gain: float
    latest: float

    def give(self, output: Output) -> None:
        """Place the sound."""
        output.play_at(self.sound, self.wall, self.gain, latest=self.latest)


@dataclass(frozen=True, slots=True)
class Cancel:
    """See Output.cancel."""

    is_cut: bool

    def give(self, output: Output) -> None:
        """Take back what has not begun."""
        output.cancel(is_cut=self.is_cut)


@dataclass(frozen=True, slots=True)
class Learn:
    """See Output.learn."""

    clips: Mapping[str, Samples]

    def give(self, output: Output) -> None:
        """Take these clips."""
        output.learn(self.clips)


@dataclass(frozen=True, slots=True)
class Turn:
    """How loud everything is from now on."""

    volume: float
    muted: bool

    def give(self, output: Output) -> None:
        """Turn it."""
        if output.volume != self.volume:
            output.volume = self.volume
        if output.muted != self.muted:
            output.muted = self.muted


@dataclass(frozen=True, slots=True)
class Opened:
    """The first answer: the device plays."""

    detail: str
    """For people: the device, its rate, why it was picked."""
    warning: str | None
    """One sentence where something was not as it should be."""
    latency_s: float
    """The seconds ahead by which a sound must be told, as far as is known."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The first answer: there is no device to be had."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Latency:
    """The seconds ahead by which a sound must be told, whenever they change."""

    seconds: float


Answer: TypeAlias = Opened | Refused | Latency | News


def serve(orders: BinaryIO, answers: BinaryIO, open_device: Callable[[Opening], Output]) -> None:
    """Open what the first order names, then do what the others say until they end; nothing is raised."""
    with suppress(EOFError, OSError, pickle.UnpicklingError):
        opening: Opening = pickle.load(orders)  # noqa: S301 (from the program that started us)
        try:
            output = open_device(opening)
        except SoundError as error:
            _answer(answers, Refused(error.message, error.hint))
            return
        over = threading.Event()
        telling = threading.Thread(target=_tell, args=(output, answers, over), daemon=True)
        try:
            _answer(answers, Opened(output.detail, output.warning, output.latency_s))
            telling.start()
            while True:
                pickle.load(orders).give(output)  # noqa: S301 (as above)
        finally:
            over.set()
            output.close()


def _tell(output: Output, answers: BinaryIO, over: threading.Event) -> None:
    """Look for news until the end; nobody at the other end is no reason to stop playing."""
    latency_s = output.latency_s
    with suppress(OSError):
        while not over.wait(TELLING_S):
            if output.latency_s != latency_s:
                latency_s = output.latency_s
                _answer(answers, Latency(latency_s))
            while (news := output.news()) is not None:
                _answer(answers, news)


def _answer(answers: BinaryIO, answer: Answer) -> None:
    pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _open_miniaudio(opening: Opening) -> Output:
    from trainer.audio.miniaudio_output import MiniaudioOutput

    return MiniaudioOutput(opening.sounds, volume=opening.volume, was_asked_for=opening.was_asked_for)


def main() -> None:
    """Run as the process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c is for the program on the screen
    hurry()
    gc.disable()  # nothing here is ever garbage that counting does not find
    serve(sys.stdin.buffer, sys.stdout.buffer, _open_miniaudio)
    os._exit(0)  # a driver that does not answer keeps a thread alive for ever
