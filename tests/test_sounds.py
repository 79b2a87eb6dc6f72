"""The shipped sounds: made by the script, all there, about equally loud, without clicks, each unlike the others."""

from __future__ import annotations

import math
import subprocess
import sys
import wave
from array import array
from itertools import combinations
from pathlib import Path

import pytest

from trainer.audio.bank import RATE, load_bank
from trainer.audio.cues import SOUNDS

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "sounds"
BANK = load_bank(FOLDER)
WINDOW = RATE // 10


def power_db(samples: array[int]) -> float:
    """The mean power of the loudest tenth of a second, in decibels below full scale."""
    squares = [sample * sample for sample in samples] + [0] * WINDOW
    loudest = max(sum(squares[at : at + WINDOW]) for at in range(0, len(samples), WINDOW // 10)) / WINDOW
    return 10 * math.log10(loudest / 32768**2)


def pitch_strength(samples: array[int], pitch_hz: float) -> float:
    """How much of one pitch is in the samples (Goertzel's filter)."""
    k = 2 * math.cos(2 * math.pi * pitch_hz / RATE)
    one = two = 0.0
    for sample in samples:
        one, two = sample + k * one - two, one
    return math.sqrt(max(0.0, one * one + two * two - k * one * two))


def colour(sound: str) -> list[float]:
    """Which pitches sound, in the first, second and third tenth of a second, and how long the whole is."""
    clip = BANK.clip(sound)
    pitches = [392 * 2 ** (step / 6) for step in range(14)]
    thirds = [clip[at : at + WINDOW] for at in (0, WINDOW, 2 * WINDOW)]
    found = [pitch_strength(third, pitch) for third in thirds for pitch in pitches]
    length = math.sqrt(sum(value * value for value in found)) or 1.0
    return [value / length for value in found]


def test_the_script_makes_exactly_the_files_that_ship(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "scripts" / "make_sounds.py"), str(tmp_path)], check=True, timeout=60)
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    shipped = {file.name: file.read_bytes() for file in FOLDER.glob("*.wav")}
    assert {f"{sound}.wav" for sound in SOUNDS} <= set(made)
    assert {name: shipped.get(name) for name in made} == made


def test_every_sound_is_there_and_together_they_are_small() -> None:
    assert BANK.warnings == ()
    assert set(BANK.clips) == set(SOUNDS)
    assert sum((FOLDER / f"{sound}.wav").stat().st_size for sound in SOUNDS) < 600_000


@pytest.mark.parametrize("sound", SOUNDS)
def test_a_sound_is_ready_to_play_without_a_click(sound: str) -> None:
    with wave.open(str(FOLDER / f"{sound}.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
    clip = BANK.clip(sound)
    peak = max(map(abs, clip))
    assert peak < 0.75 * 32768
    assert clip[0] == 0
    assert abs(clip[-1]) <= 2
    assert max(map(abs, clip[:12])) < 0.1 * peak
    bends = [abs(a - 2 * b + c) for a, b, c in zip(clip, clip[1:], clip[2:], strict=False)]
    fastest = 2 * math.pi * 6_000 / RATE
    assert max(bends) < peak * fastest**2 / 2


def test_all_are_about_equally_loud_and_a_rep_is_the_quietest() -> None:
    loudness = {sound: power_db(BANK.clip(sound)) for sound in SOUNDS}
    assert max(loudness.values()) - min(loudness.values()) < 7
    assert min(loudness, key=lambda sound: loudness[sound]) == "rep"


def test_the_end_is_by_far_the_longest() -> None:
    lengths = sorted(len(BANK.clip(sound)) for sound in SOUNDS)
    assert len(BANK.clip("done")) == lengths[-1] > 2 * lengths[-2]
    assert len(BANK.clip("rep")) == lengths[0]


def test_no_two_sounds_are_alike() -> None:
    colours = {sound: colour(sound) for sound in SOUNDS}
    for one, two in combinations(SOUNDS, 2):
        likeness = sum(a * b for a, b in zip(colours[one], colours[two], strict=True))
        lengths = sorted((len(BANK.clip(one)), len(BANK.clip(two))))
        assert likeness < 0.9 or lengths[1] > 1.5 * lengths[0], (one, two, likeness)
