"""A whole session as a WAV file, mixed as an output mixes it, but as fast as the machine can."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trainer.audio.bank import Bank, Samples
from trainer.audio.mixer import Mixer

MOST_FRAMES = 2_000_000_000
"""A WAV file holds its length in 32 bits: 4 GB, which is eleven and a half hours."""
_BLOCK = 48_000
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_PLAIN = 1
"""The number of uncompressed samples among the formats of a WAV file."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One sound of the file."""

    sound: str
    """The name of a tone or of an utterance."""
    frame: int
    """Where its first sample goes."""
    gain: float = 1.0
    """Its own loudness, 0 to 1."""


def wav_pieces(
    bank: Bank, clips: Mapping[str, Samples], placed: Iterable[Placed], frames: int, *, volume: float = 1.0
) -> Iterator[bytes]:
    """The bytes of a WAV file of so many ``frames``, mono, 16 bit, at the bank's rate, a second at a time.

    ``clips`` is what the bank does not know, as an output learns it. A sound is taken up only when its second comes, so
    that memory does not grow with the session.
    """
    mixer = Mixer(bank, volume=volume)
    mixer.learn(clips)
    size = 2 * frames
    yield _HEADER.pack(
        b"RIFF",
        _HEADER.size - 8 + size,
        b"WAVE",
        b"fmt ",
        16,
        _PLAIN,
        1,
        bank.rate,
        2 * bank.rate,
        2,
        16,
        b"data",
        size,
    )
    waiting = sorted(placed, key=lambda each: each.frame, reverse=True)
    while (left := frames - mixer.frame) > 0:
        block = min(left, _BLOCK)
        while waiting and waiting[-1].frame < mixer.frame + block:
            each = waiting.pop()
            mixer.schedule(each.sound, each.frame, each.gain)
        yield _little(mixer.render(block))


def _little(data: bytes) -> bytes:
    """Frames in the byte order of a WAV file."""
    if sys.byteorder == "little":
        return data
    samples = array("h", data)
    samples.byteswap()
    return samples.tobytes()
