"""Make the cue sounds: notes added up from sines, brought to one loudness, written as WAV files.

    python scripts/make_sounds.py [FOLDER]

The same bytes come out every time. Only the standard library is used, so that anyone can change a note and listen.
"""

from __future__ import annotations

import math
import struct
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RATE = 48_000
"""Frames a second."""
PEAK = 0.7
"""No sample is larger than this, so that two sounds at once still fit."""
EDGE_S = 0.012
"""The last moment of every sound sinks to nought evenly, so that nothing clicks."""

C5, D5, E5, G5, A5, C6, E6 = 523.25, 587.33, 659.26, 783.99, 880.00, 1046.50, 1318.51
G4, A4 = 392.00, 440.00
"""Pitches in hertz. All lie where small laptop speakers are strong and older ears still good."""

Timbre = tuple[tuple[float, float, float], ...]
"""Partials: multiple of the pitch, strength, and how many times as fast as the pitch itself they die away."""
PLAIN: Timbre = ((1, 1.0, 1.0), (2, 0.12, 1.6))
BAR: Timbre = ((1, 1.0, 1.0), (2, 0.18, 1.5), (4, 0.16, 3.0))
BELL: Timbre = ((1, 1.0, 1.0), (2, 0.35, 1.2), (2.76, 0.30, 2.0), (5.4, 0.12, 4.0))
WOOD: Timbre = ((1, 1.0, 1.0), (2.57, 0.5, 1.8), (4.2, 0.15, 3.0))


@dataclass(frozen=True, slots=True)
class Note:
    """One tone that swells and dies away."""

    start_s: float
    """Seconds from the beginning of the sound."""
    pitch_hz: float
    """Hertz at its beginning."""
    fade_s: float
    """Seconds in which it dies away to about a third."""
    timbre: Timbre = BAR
    """What it is made of."""
    attack_s: float = 0.005
    """Seconds in which it swells."""
    strength: float = 1.0
    """Beside the other notes of the sound."""
    glide_to_hz: float | None = None
    """Pitch that it slides to, where it slides."""
    glide_s: float = 0.14
    """Seconds the slide takes."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Some notes, how long they are let ring, and how loud they are."""

    length_s: float
    """Seconds."""
    loudness: float
    """Loudness of its loudest tenth of a second in LKFS (ITU-R BS.1770)."""
    notes: tuple[Note, ...]
    """What is heard."""


SOUNDS: dict[str, Sound] = {
    # Counting down climbs a scale, and go is where it leads: even who hears only "one" knows what comes.
    "three": Sound(0.22, -16, (Note(0, C5, 0.07),)),
    "two": Sound(0.22, -16, (Note(0, D5, 0.07),)),
    "one": Sound(0.22, -16, (Note(0, E5, 0.07),)),
    "go": Sound(0.55, -14, (Note(0, G5, 0.16), Note(0, C6, 0.18))),
    # Heard hundreds of times: short, dry, and quieter than the rest.
    "rep": Sound(0.12, -19, (Note(0, G5, 0.025, WOOD, 0.002),)),
    "halfway": Sound(0.60, -16, (Note(0, A5, 0.10, BELL), Note(0.17, A5, 0.16, BELL))),
    # To and fro, as the sides are.
    "switch": Sound(0.62, -15, tuple(Note(0.13 * i, (C5, G5)[i % 2], 0.07) for i in range(4))),
    # The one long sound: a climb that comes to rest on a chord.
    "done": Sound(
        1.75,
        -14,
        (
            *(Note(0.15 * i, pitch, 0.16, BELL) for i, pitch in enumerate((C5, E5, G5))),
            *(Note(0.45, pitch, 0.42, BELL, strength=0.6) for pitch in (C5, E5, G5, C6)),
        ),
    ),
    "say": Sound(0.50, -18, (Note(0, E6, 0.11, PLAIN, 0.02), Note(0.16, C6, 0.13, PLAIN, 0.02))),
    # Soft and low: heard, noted, nothing to be ashamed of.
    "hurt": Sound(0.70, -18, tuple(Note(0, pitch, 0.24, PLAIN, 0.06) for pitch in (A4, C5, E5))),
    "pause": Sound(0.34, -16, (Note(0, G5, 0.12, PLAIN, 0.01, glide_to_hz=G4),)),
}


def render(sound: Sound) -> list[float]:
    """Return the samples of ``sound``, at the loudness it asks for."""
    out = [0.0] * round(sound.length_s * RATE)
    for note in sound.notes:
        add(note, out)
    edge = round(EDGE_S * RATE)
    for back in range(edge):
        out[-1 - back] *= 0.5 - 0.5 * math.cos(math.pi * back / edge)
    factor = 10 ** ((sound.loudness - loudness(out)) / 20)
    peak = max(abs(value) for value in out) * factor
    if peak > PEAK:
        raise SystemExit(f"a peak of {peak:.2f} is too high: ask for less loudness, or for longer notes")
    return [value * factor for value in out]


def add(note: Note, out: list[float]) -> None:
    """Add ``note`` to ``out``."""
    first = round(note.start_s * RATE)
    for multiple, strength, haste in note.timbre:
        step = 2 * math.pi * note.pitch_hz * multiple / RATE
        end_step = 2 * math.pi * (note.glide_to_hz or note.pitch_hz) * multiple / RATE
        angle = 0.0
        decay = math.exp(-haste / (note.fade_s * RATE))
        level = strength * note.strength
        for index in range(first, len(out)):
            t = (index - first) / RATE
            swell = 0.5 - 0.5 * math.cos(math.pi * t / note.attack_s) if t < note.attack_s else 1.0
            out[index] += level * swell * math.sin(angle)
            slid = min(1.0, t / note.glide_s)
            angle += step + (end_step - step) * slid
            level *= decay


def loudness(samples: Sequence[float]) -> float:
    """Return the loudness of the loudest 100 ms in LKFS: K-weighting at 48 kHz as in ITU-R BS.1770-4, annex 1."""
    shelf = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (-1.69065929318241, 0.73248077421585))
    high_pass = ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
    for (b0, b1, b2), (a1, a2) in (shelf, high_pass):
        x1 = x2 = y1 = y2 = 0.0
        filtered = []
        for x in samples:
            y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            x1, x2, y1, y2 = x, x1, y, y1
            filtered.append(y)
        samples = filtered
    squares = [y * y for y in samples]
    window, hop = RATE // 10, RATE // 200
    power = max(sum(squares[at : at + window]) for at in range(0, max(1, len(squares) - window + hop), hop)) / window
    return -0.691 + 10 * math.log10(power)


def write(path: Path, samples: Sequence[float]) -> None:
    """Write ``samples`` (-1 to 1) as a mono WAV file of 16 bits."""
    frames = [round(32767 * value) for value in samples]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(frames)}h", *frames))


def main(folder: Path) -> None:
    """Write every sound into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sound in SOUNDS.items():
        write(folder / f"{name}.wav", render(sound))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "sounds")
