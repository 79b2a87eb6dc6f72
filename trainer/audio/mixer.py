"""Frames in, frames out: sounds scheduled at absolute frame numbers, mixed exactly, with no device and no clock.

All that costs (scaling, fading) is done by whoever schedules, cancels or turns the volume; rendering, which the
device's thread does, is then mostly copying.
"""

from __future__ import annotations

import threading
from array import array
from operator import add

from trainer.audio.bank import Bank, Samples

FADE_S = 0.005
"""Seconds over which a sound that is cut off, muted or turned up changes: at once to the ear, and without a click."""
_KEPT = 64
"""Scaled copies of clips held at a time; a session needs a dozen."""


class _Voice:
    """One sound under way or to come."""

    __slots__ = ("gain", "is_ending", "latest", "samples", "sound", "start")

    def __init__(self, sound: str, gain: float, start: int, latest: int | None, samples: Samples) -> None:
        self.sound, self.gain, self.start, self.latest, self.samples = sound, gain, start, latest, samples
        self.is_ending = False


class Mixer:
    """Mixes the sounds of a bank into one stream of signed 16-bit frames, from frame 0 on. Safe between threads."""

    def __init__(self, bank: Bank, *, channels: int = 1, volume: float = 1.0) -> None:
        self._bank = bank
        self._channels = channels
        self._voices: list[_Voice] = []
        self._scaled: dict[tuple[str, float], Samples] = {}
        self._lock = threading.Lock()
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
            return max([self._frame, *(voice.start + len(voice.samples) for voice in self._voices)])

    @property
    def volume(self) -> float:
        """Loudness from 0 to 1, of everything."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = _between_0_and_1(volume)
        self._rescale()

    @property
    def muted(self) -> bool:
        """Whether nothing is heard, though time goes on: what is under way is heard again when this ends."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        self._rescale()

    def make_ready(self) -> None:
        """Scale every clip to the volume now, which takes some 20 ms, so that nothing is left to do when it plays."""
        for sound in self._bank.clips:
            self._scale(sound, 1.0)

    def schedule(self, sound: str, frame: int, gain: float = 1.0, latest: int | None = None) -> None:
        """Let ``sound`` begin exactly at ``frame``, or at once where that frame is already rendered.

        ``gain`` from 0 to 1 is its own loudness. One that could only begin after the frame ``latest`` is left out.
        """
        gain = _between_0_and_1(gain)
        samples = self._scale(sound, gain)
        with self._lock:
            start = max(frame, self._frame)
            if latest is None or start <= latest:
                self._voices.append(_Voice(sound, gain, start, latest, samples))

    def cancel(self) -> None:
        """Drop what has not begun and fade what sounds within ``FADE_S``."""
        with self._lock:
            now = self._frame
            self._voices = [voice for voice in self._voices if voice.start < now]
            for voice in self._voices:
                if voice.is_ending:
                    continue
                voice.is_ending = True
                at = now - voice.start
                old = voice.samples[at : at + self._fade]
                voice.samples = voice.samples[:at] + _ramp(old, None, self._fade)

    def shift(self, frames: int) -> None:
        """Move what has not begun by ``frames`` (negative: earlier); what thereby comes too late is dropped."""
        with self._lock:
            for voice in self._voices:
                if voice.start >= self._frame:
                    if voice.latest is not None:
                        voice.latest += frames
                    voice.start = max(voice.start + frames, self._frame)
            self._voices = [v for v in self._voices if v.latest is None or v.start <= v.latest]

    def render(self, count: int) -> bytes:
        """Return the next ``count`` frames: ``2 * channels * count`` bytes."""
        if count <= 0:
            return b""
        with self._lock:
            start, stop = self._frame, self._frame + count
            self._frame = stop
            live = [voice for voice in self._voices if voice.start < stop] if self._voices else []
            if live:
                self._voices = [voice for voice in self._voices if voice.start + len(voice.samples) > stop]
        if not live:
            return bytes(2 * self._channels * count)
        mono = _mix(live, start, count)
        if self._channels == 1:
            return mono.tobytes()
        out = array("h", bytes(2 * self._channels * count))
        for lane in range(self._channels):
            out[lane :: self._channels] = mono
        return out.tobytes()

    def _scale(self, sound: str, gain: float) -> Samples:
        """Return the clip as loud as it is to be, from the shelf where it is there."""
        loudness = 0.0 if self._muted else round(gain * amplitude(self._volume), 4)
        clip = self._bank.clip(sound)
        if loudness == 1.0:
            return clip
        shelf = self._scaled
        if (found := shelf.get((sound, loudness))) is None:
            if len(shelf) >= _KEPT:
                shelf.clear()
            found = shelf[sound, loudness] = scaled(clip, loudness)
        return found

    def _rescale(self) -> None:
        """Give every voice the new loudness; one that sounds crosses over to it."""
        with self._lock:
            for voice in self._voices:
                if voice.is_ending:
                    continue
                new = self._scale(voice.sound, voice.gain)
                at = self._frame - voice.start
                if at > 0:
                    old, new = voice.samples, new[:]
                    new[at : at + self._fade] = _ramp(old[at : at + self._fade], new[at : at + self._fade], self._fade)
                voice.samples = new


def amplitude(volume: float) -> float:
    """Return the factor for samples at ``volume``: its square, so that half the number sounds about half as loud."""
    return _between_0_and_1(volume) ** 2


def scaled(clip: Samples, loudness: float) -> Samples:
    """Return ``clip`` with every sample multiplied by ``loudness`` (0 to 1)."""
    return array("h", [round(loudness * sample) for sample in clip] if loudness else bytes(2 * len(clip)))


def _mix(voices: list[_Voice], first: int, count: int) -> Samples:
    """Return the sum of what ``voices`` have between frame ``first`` and ``first + count``, held within 16 bits."""
    if len(voices) == 1:
        return _part(voices[0], first, count)
    total = array("i", bytes(4 * count))
    for voice in voices:
        total = array("i", map(add, total, _part(voice, first, count)))
    if max(total) > 32767 or min(total) < -32768:
        return array("h", [32767 if s > 32767 else -32768 if s < -32768 else s for s in total])
    return array("h", total)


def _part(voice: _Voice, first: int, count: int) -> Samples:
    """Return ``count`` samples of one voice from frame ``first`` on, nought where it does not sound."""
    at = first - voice.start
    part = voice.samples[max(at, 0) : max(at + count, 0)]
    if len(part) < count:
        before = array("h", bytes(2 * min(count, max(-at, 0))))
        part = before + part
        part.frombytes(bytes(2 * (count - len(part))))
    return part


def _ramp(old: Samples, new: Samples | None, length: int) -> Samples:
    """Return ``old`` turning evenly into ``new``, or into nothing, over ``length`` samples."""
    target = new if new is not None else bytes(len(old))
    return array("h", [round(o + (n - o) * (i + 1) / length) for i, (o, n) in enumerate(zip(old, target, strict=True))])


def _between_0_and_1(value: float) -> float:
    """Return ``value`` held within 0 and 1."""
    return min(1.0, max(0.0, value))
