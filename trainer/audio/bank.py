"""The sounds in memory: files read once, brought to the device's rate, and a plain beep for any that is missing."""

from __future__ import annotations

import math
import stat
import sys
import wave
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from trainer.audio.cues import SOUNDS
from trainer.audio.utterance import GAP_S, key_of, phrases_of

RATE = 48_000
"""Frames a second that most devices run at, and that the shipped sounds are made in."""
LONGEST_S = 30.0
"""A longer file is no cue: it is refused before it fills the memory."""
LARGEST_BYTES = 12_000_000
"""Nor is a larger one: 30 s in stereo at 96 kHz."""

Samples: TypeAlias = "array[int]"  # the class itself takes no brackets before Python 3.12
"""Mono, signed 16 bit, in the machine's own byte order: ``array("h")``."""


@dataclass(frozen=True, slots=True)
class Bank:
    """Sounds by name, all mono at one rate."""

    rate: int
    """Frames a second."""
    clips: Mapping[str, Samples]
    """Samples by the name of the sound."""
    beep: Samples
    """What is played for a name that is not there."""
    warnings: tuple[str, ...] = field(default=())
    """One sentence for each sound that a beep had to replace."""

    def clip(self, sound: str) -> Samples:
        """Return the samples of ``sound``, or the beep."""
        return self.clips.get(sound, self.beep)

    def seconds(self) -> dict[str, float]:
        """Return how long each tone that ships is."""
        return {sound: len(self.clip(sound)) / self.rate for sound in SOUNDS}

    @property
    def warning(self) -> str | None:
        """One sentence about all the sounds that a beep had to replace, or None."""
        others = len(self.warnings) - 1
        if others < 0:
            return None
        return self.warnings[0] + (f" So {'are' if others > 1 else 'is'} {others} more." if others else "")


class Repertoire:
    """What an output can play: the bank it was opened with, and the clips it was taught since. Safe between threads."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._learnt: Mapping[str, Samples] = {}

    def learn(self, clips: Mapping[str, Samples]) -> None:
        """Take these clips, mono at the bank's rate, in place of those learnt before: never two sessions' worth."""
        self._learnt = dict(clips)

    def find(self, sound: str) -> Samples | None:
        """Return the samples of ``sound``; the beep for a tone that ships; None for what nobody taught."""
        found = self._learnt.get(sound)
        if found is None:
            found = self._bank.clips.get(sound)
        if found is None and len(phrases := phrases_of(sound)) > 1:
            return self._together(phrases)
        return self._bank.beep if found is None and sound in SOUNDS else found

    def _together(self, phrases: tuple[str, ...]) -> Samples | None:
        """Return the phrases one after the other as one sound; None where one of them is not known."""
        clips = [clip for text in phrases if (clip := self._learnt.get(key_of(text))) is not None]
        if len(clips) < len(phrases):
            return None
        whole = clips[0][:]
        for clip in clips[1:]:
            whole.frombytes(bytes(2 * round(GAP_S * self._bank.rate)))
            whole.extend(clip)
        return whole


def bank_of(sounds: Path | Bank) -> Bank:
    """Return the bank itself, or the one that a folder holds."""
    return sounds if isinstance(sounds, Bank) else load_bank(sounds)


def load_bank(folder: Path, rate: int = RATE, sounds: Iterable[str] = SOUNDS) -> Bank:
    """Read ``NAME.wav`` of each sound from ``folder`` at ``rate``. Never raises: a beep replaces what is wrong."""
    clips: dict[str, Samples] = {}
    warnings: list[str] = []
    for sound in sounds:
        try:
            clips[sound] = read_clip(folder / f"{sound}.wav", rate)
        except (OSError, EOFError, wave.Error, ValueError, RuntimeError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            warnings.append(f"The sound '{sound}' is a plain beep: {reason or 'its file ends too early'}.")
    return Bank(rate, clips, beep(rate), tuple(warnings))


def read_clip(path: Path, rate: int) -> Samples:
    """Return the WAV file at ``path`` as mono at ``rate``.

    Raises OSError, EOFError, wave.Error, ValueError, or RuntimeError: wave's own, where one chunk claims to go on
    beyond the next.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for without end
        raise ValueError("it is not a plain file")
    if found.st_size > LARGEST_BYTES:
        raise ValueError(f"its file is larger than {LARGEST_BYTES / 1e6:.0f} MB")
    with path.open("rb") as file, wave.open(file) as source:
        shape = source.getparams()
        if shape.sampwidth != 2:
            raise ValueError(f"its samples are {8 * shape.sampwidth} bit, not 16")
        if not 1_000 <= shape.framerate <= 400_000 or not 1 <= shape.nchannels <= 8:
            raise ValueError("its header makes no sense")
        if shape.nframes > LONGEST_S * shape.framerate:
            raise ValueError(f"it is longer than {LONGEST_S:.0f} seconds")
        data = source.readframes(shape.nframes)
    whole = 2 * shape.nchannels
    samples = array("h", data[: len(data) // whole * whole])
    if sys.byteorder == "big":
        samples.byteswap()
    if not samples:
        raise ValueError("its file holds no sound")
    if shape.nchannels > 1:
        lanes = [samples[lane :: shape.nchannels] for lane in range(shape.nchannels)]
        samples = array("h", [sum(frame) // shape.nchannels for frame in zip(*lanes, strict=True)])
    return resample(samples, shape.framerate, rate)


def resample(samples: Samples, source: int, target: int) -> Samples:
    """Return ``samples`` of rate ``source`` at rate ``target``, by a cubic through the four nearest.

    For tones under 2 kHz between 44.1 and 48 kHz what it adds lies 80 dB below the tone. Catmull and Rom, "A class of
    local interpolating splines", 1974.
    """
    if source == target:
        return samples
    count = max(1, len(samples) * target // source)
    padded = array("h", [samples[0], *samples, samples[-1], samples[-1]])
    out = array("h", bytes(2 * count))
    for index in range(count):
        whole, part = divmod(index * source, target)
        t = part / target
        a, b, c, d = padded[whole : whole + 4]
        value = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
        out[index] = max(-32768, min(32767, round(value)))
    return out


def beep(rate: int, *, pitch_hz: float = 880.0, length_s: float = 0.15) -> Samples:
    """Return a plain tone that rises and falls without a click: the sound of last resort."""
    count = int(rate * length_s)
    edge = max(1, int(rate * 0.01))
    return array(
        "h",
        [
            round(9_000 * min(1.0, i / edge, (count - 1 - i) / edge) * math.sin(2 * math.pi * pitch_hz * i / rate))
            for i in range(count)
        ],
    )
