"""Frames in, frames out: sounds scheduled at absolute frame numbers, mixed exactly, with no device and no clock.

A clip is made as loud as it is to be when it is scheduled, well ahead of its instant, and kept like that: a session
says the same numbers again and again. Only while the loudness changes is it made step by step as it is rendered.
"""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from operator import add

from trainer.audio.bank import Bank, Repertoire, Samples

FADE_S = 0.005
"""Seconds over which a sound that is cut off, muted or turned up changes: at once to the ear, and without a click."""
KEPT = 2_000_000
"""Samples that are kept at the loudness they were played with last: 4 MB, 40 seconds."""
_BITS = 15
_ONE = 1 << _BITS
"""The level of a sound as loud as it was recorded; levels are whole numbers from 0 to this."""
_HALF = _ONE >> 1


@dataclass(frozen=True, slots=True)
class _Ready:
    """A clip as loud as it is usually played: counting says the same words again and again."""

    clip: Samples
    """The clip itself."""
    level: int
    """How loud."""
    samples: Samples
    """The clip at this level."""


class _Voice:
    """One sound under way or to come."""

    __slots__ = ("before", "clip", "gain", "is_ending", "latest", "level", "ready", "start", "stop", "turned")

    def __init__(self, ready: _Ready, gain: float, start: int, latest: int | None) -> None:
        self.clip, self.ready, self.gain, self.start, self.latest = ready.clip, ready, gain, start, latest
        self.level = ready.level
        self.stop = start + len(self.clip)
        self.is_ending = False
        self.turned = start
        """The frame from which on the level changes, over a fade, from ``before`` to ``level``."""
        self.before = self.level

    def level_at(self, frame: int, fade: int) -> int:
        """Return how loud the sound is at ``frame``."""
        done = frame - self.turned + 1
        if done >= fade or self.before == self.level:
            return self.level
        return self.before + (self.level - self.before) * max(done, 0) // fade

    def turn(self, frame: int, level: int, fade: int) -> None:
        """Go over to ``level`` from ``frame`` on; at once where the sound has not begun."""
        self.before = self.level_at(frame - 1, fade) if self.start < frame else level
        self.turned, self.level = frame, level

    def move(self, frame: int) -> None:
        """Begin at ``frame``."""
        self.start, self.stop = frame, frame + len(self.clip)


class Mixer:
    """Mixes the sounds of a bank into one stream of signed 16-bit frames, from frame 0 on. Safe between threads."""

    def __init__(self, bank: Bank, *, channels: int = 1, volume: float = 1.0) -> None:
        self._repertoire = Repertoire(bank)
        self._ready: OrderedDict[tuple[str, int], _Ready] = OrderedDict()
        self._channels = channels
        self._voices: list[_Voice] = []
        self._lock = threading.Lock()
        self._making = threading.Lock()
        self._frame = 0
        self._volume = _between_0_and_1(volume)
        self._muted = False
        self._fade = max(1, round(bank.rate * FADE_S))

    @property
    def frame(self) -> int:
        """The number of the next frame to be rendered."""
        return self._frame

    @property
    def end(self) -> int:
        """The frame from which on nothing is scheduled to sound; never before ``frame``."""
        with self._lock:
            return max([self._frame, *(voice.stop for voice in self._voices)])

    @property
    def volume(self) -> float:
        """Loudness from 0 to 1, of everything."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = _between_0_and_1(volume)
        self._turn()

    @property
    def muted(self) -> bool:
        """Whether nothing is heard, though time goes on: what is under way is heard again when this ends."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        self._turn()

    def learn(self, clips: Mapping[str, Samples]) -> None:
        """Take these clips, mono at the bank's rate, in place of those learnt before. What sounds is left alone."""
        self._repertoire.learn(clips)
        with self._making:  # what was learnt before is not needed any more
            self._ready.clear()

    def knows(self, sound: str) -> bool:
        """Say whether ``sound`` would be heard."""
        return self._repertoire.find(sound) is not None

    def schedule(self, sound: str, frame: int, gain: float = 1.0, latest: int | None = None) -> None:
        """Let ``sound`` begin exactly at ``frame``, or at once where that frame is already rendered.

        ``gain`` from 0 to 1 is its own loudness. One that could only begin after the frame ``latest`` is left out, and
        so is one that nobody knows.
        """
        clip = self._repertoire.find(sound)
        if clip is None:
            return
        gain = _between_0_and_1(gain)
        ready = self._made_ready(sound, clip, self._level(gain))
        with self._lock:
            start = max(frame, self._frame)
            if latest is None or start <= latest:
                voice = _Voice(ready, gain, start, latest)
                voice.level = voice.before = self._level(gain)  # it may have been turned meanwhile
                self._voices.append(voice)

    def cancel(self, *, is_cut: bool = True) -> None:
        """Drop what has not begun, and where ``is_cut`` fade what sounds within ``FADE_S``."""
        with self._lock:
            now = self._frame
            self._voices = [voice for voice in self._voices if voice.start < now]
            for voice in self._voices if is_cut else ():
                if not voice.is_ending:
                    voice.is_ending = True
                    voice.turn(now, 0, self._fade)
                    voice.stop = min(voice.stop, now + self._fade)

    def shift(self, frames: int) -> None:
        """Move what has not begun by ``frames`` (negative: earlier); what thereby comes too late is dropped."""
        with self._lock:
            for voice in self._voices:
                if voice.start >= self._frame:
                    if voice.latest is not None:
                        voice.latest += frames
                    voice.move(max(voice.start + frames, self._frame))
            self._voices = [v for v in self._voices if v.latest is None or v.start <= v.latest]

    def give_up(self, frame: int) -> None:
        """Forget what was under way, and what could only begin before ``frame``: nobody renders it any more."""
        with self._lock:
            self._voices = [
                voice
                for voice in self._voices
                if voice.start >= self._frame and (voice.latest is None or voice.latest >= frame)
            ]

    def render(self, count: int) -> bytes:
        """Return the next ``count`` frames: ``2 * channels * count`` bytes."""
        if count <= 0:
            return b""
        with self._lock:
            start, stop = self._frame, self._frame + count
            self._frame = stop
            if not self._voices:
                return bytes(2 * self._channels * count)
            parts = [_part(voice, start, count, self._fade) for voice in self._voices if voice.start < stop]
            self._voices = [voice for voice in self._voices if voice.stop > stop]
        if not parts:
            return bytes(2 * self._channels * count)
        mono = _sum(parts)
        if self._channels == 1:
            return mono.tobytes()
        out = array("h", bytes(2 * self._channels * count))
        for lane in range(self._channels):
            out[lane :: self._channels] = mono
        return out.tobytes()

    def _made_ready(self, sound: str, clip: Samples, level: int) -> _Ready:
        """The clip at this level, made once; of all, what was played last is kept."""
        with self._making:  # not the lock that the device would wait for
            ready = self._ready.pop((sound, level), None)
            if ready is None or ready.clip is not clip:
                ready = _Ready(clip, level, _at_level(clip, level))
            self._ready[sound, level] = ready
            while sum(len(each.samples) for each in self._ready.values()) > KEPT and len(self._ready) > 1:
                self._ready.popitem(last=False)
            return ready

    def _level(self, gain: float) -> int:
        """Return the level of a sound of this gain as things are."""
        return 0 if self._muted else round(_ONE * gain * amplitude(self._volume))

    def _turn(self) -> None:
        """Let every voice go over to the loudness that is set now."""
        with self._lock:
            for voice in self._voices:
                if not voice.is_ending:
                    voice.turn(self._frame, self._level(voice.gain), self._fade)


def amplitude(volume: float) -> float:
    """Return the factor for samples at ``volume``: its square, so that half the number sounds about half as loud."""
    return _between_0_and_1(volume) ** 2


def scaled(clip: Samples, loudness: float) -> Samples:
    """Return ``clip`` with every sample multiplied by ``loudness`` (0 to 1)."""
    return _at_level(clip, round(_ONE * _between_0_and_1(loudness)))


def _at_level(samples: Samples, level: int) -> Samples:
    """Return ``samples`` multiplied by ``level / _ONE``, rounded; the samples themselves at full level."""
    if level == _ONE:
        return samples
    if level == 0:
        return array("h", bytes(2 * len(samples)))
    return array("h", [(level * sample + _HALF) >> _BITS for sample in samples])


def _part(voice: _Voice, first: int, count: int, fade: int) -> Samples:
    """Return ``count`` samples of one voice from frame ``first`` on, nought where it does not sound."""
    begin = max(first, voice.start)
    end = min(first + count, voice.stop)
    if end <= begin:
        return array("h", bytes(2 * count))
    place = slice(begin - voice.start, end - voice.start)
    if voice.level == voice.before == voice.ready.level:
        return _placed(voice.ready.samples[place], begin - first, count)
    samples = voice.clip[place]
    turning = min(max(voice.turned + fade - begin, 0), len(samples)) if voice.before != voice.level else 0
    if turning:
        levels = (voice.level_at(frame, fade) for frame in range(begin, begin + turning))
        turned = [(level * sample + _HALF) >> _BITS for level, sample in zip(levels, samples[:turning], strict=True)]
        samples = array("h", turned) + _at_level(samples[turning:], voice.level)
    else:
        samples = _at_level(samples, voice.level)
    return _placed(samples, begin - first, count)


def _placed(samples: Samples, at: int, count: int) -> Samples:
    """Return ``count`` samples, nought but for ``samples`` from ``at`` on."""
    if len(samples) == count:
        return samples
    part = array("h", bytes(2 * count))
    part[at : at + len(samples)] = samples
    return part


def _sum(parts: list[Samples]) -> Samples:
    """Return the sum of ``parts``, held within 16 bits."""
    total = parts[0]
    try:
        for part in parts[1:]:
            total = array("h", map(add, total, part))
    except OverflowError:  # too loud for 16 bits, if only on the way
        frames = zip(*parts, strict=True)
        return array("h", [max(-32768, min(32767, sum(frame))) for frame in frames])
    return total


def _between_0_and_1(value: float) -> float:
    """Return ``value`` held within 0 and 1."""
    return min(1.0, max(0.0, value))
