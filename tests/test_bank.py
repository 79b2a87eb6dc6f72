from __future__ import annotations

import math
import os
import sys
import tempfile
import wave
from array import array
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trainer.audio.bank import RATE, Bank, beep, load_bank, resample


def write(path: Path, samples: array[int], *, rate: int = RATE, channels: int = 1, width: int = 2) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        if sys.byteorder == "big":
            samples = samples[:]
            samples.byteswap()
        file.writeframes(samples.tobytes())


def tone(rate: int, pitch_hz: float, length_s: float = 0.2) -> array[int]:
    return array(
        "h", [round(20_000 * math.sin(2 * math.pi * pitch_hz * i / rate)) for i in range(int(rate * length_s))]
    )


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "go.wav", array("h", [0, 1, -32768, 32767]))
    bank = load_bank(tmp_path, sounds=["go"])
    assert bank.clip("go") == array("h", [0, 1, -32768, 32767])
    assert bank.warnings == ()


def test_more_channels_are_folded_into_one(tmp_path: Path) -> None:
    write(tmp_path / "go.wav", array("h", [100, 300, -10, -20]), channels=2)
    assert load_bank(tmp_path, sounds=["go"]).clip("go") == array("h", [200, -15])


def damage_nothing_there(path: Path) -> None:
    assert not path.exists()


def damage_folder(path: Path) -> None:
    path.mkdir()


def damage_empty(path: Path) -> None:
    path.write_bytes(b"")


def damage_noise(path: Path) -> None:
    path.write_bytes(b"\x1b[31mnot a sound" * 50)


def damage_header_alone(path: Path) -> None:
    write(path, array("h"))


def damage_cut_off(path: Path) -> None:
    write(path, tone(RATE, 440))
    path.write_bytes(path.read_bytes()[:30])


def damage_eight_bit(path: Path) -> None:
    write(path, tone(RATE, 440), width=1)


def damage_too_long(path: Path) -> None:
    write(path, array("h", bytes(2 * 1_000 * 31)), rate=1_000)


def damage_twenty_four_bit(path: Path) -> None:
    write(path, array("h", bytes(2 * 300)), width=3)


def damage_no_channels(path: Path) -> None:
    write(path, tone(RATE, 440))
    with path.open("r+b") as file:
        file.seek(22)
        file.write(bytes(2))


def damage_pipe(path: Path) -> None:
    os.mkfifo(path)


def damage_huge(path: Path) -> None:
    write(path, tone(RATE, 440))
    os.truncate(path, 13_000_000)


def damage_link_in_a_ring(path: Path) -> None:
    path.symlink_to(path)


def damage_locked(path: Path) -> None:
    write(path, tone(RATE, 440))
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")


@pytest.mark.parametrize(
    "damage",
    [
        damage_twenty_four_bit,
        damage_no_channels,
        pytest.param(damage_pipe, marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")),
        damage_huge,
        damage_link_in_a_ring,
        damage_locked,
        damage_nothing_there,
        damage_folder,
        damage_empty,
        damage_noise,
        damage_header_alone,
        damage_cut_off,
        damage_eight_bit,
        damage_too_long,
    ],
)
def test_a_sound_that_cannot_be_read_is_a_beep_and_one_sentence(damage: object, tmp_path: Path) -> None:
    assert callable(damage)
    damage(tmp_path / "go.wav")
    write(tmp_path / "rep.wav", tone(RATE, 440))
    bank = load_bank(tmp_path, sounds=["go", "rep"])
    assert bank.clip("go") == beep(RATE)
    assert bank.clip("rep") == tone(RATE, 440)
    (warning,) = bank.warnings
    assert warning.startswith("The sound 'go' is a plain beep: ")
    assert warning.isprintable()


@settings(deadline=None)
@example({39: 11, 43: 11, 44: 11, 40: 11}, 360)
@given(st.dictionaries(st.integers(0, 60), st.integers(0, 255), max_size=6), st.integers(0, 400))
def test_no_damage_to_a_file_is_more_than_a_beep(bytes_at: dict[int, int], length: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "go.wav"
        write(path, array("h", range(170)))
        damaged = bytearray(path.read_bytes()[:length])
        for at, value in bytes_at.items():
            damaged[at : at + 1] = [value]
        path.write_bytes(damaged)
        bank = load_bank(path.parent, sounds=["go"])
    assert bank.clip("go")
    assert all(warning.isprintable() for warning in bank.warnings)


def test_all_that_a_beep_replaces_is_one_sentence(tmp_path: Path) -> None:
    assert Bank(RATE, {}, array("h")).warning is None
    write(tmp_path / "go.wav", tone(RATE, 440))
    counts = {1: "", 2: "So is 1 more.", 4: "So are 3 more."}
    for count, end in counts.items():
        warning = load_bank(tmp_path, sounds=["one", "two", "three", "rep"][:count]).warning
        assert warning is not None
        assert warning.startswith("The sound 'one' is a plain beep: No such file")
        assert warning.endswith(end)


@pytest.mark.parametrize(("source", "target"), [(44_100, 48_000), (48_000, 44_100), (22_050, 48_000)])
def test_a_tone_stays_the_same_tone_at_another_rate(source: int, target: int) -> None:
    changed, expected = resample(tone(source, 880), source, target), tone(target, 880)
    assert len(changed) == pytest.approx(len(expected), abs=1)
    error = max(abs(a - b) for a, b in zip(changed[10:-10], expected[10:-10], strict=False))
    assert error < 20_000 * (0.002 if source >= 44_100 else 0.02)


def test_the_loudest_sound_does_not_wrap_at_another_rate() -> None:
    square = array("h", [32767, 32767, -32768, -32768] * 500)
    changed = resample(square, 44_100, 48_000)
    assert max(changed) == 32767
    assert min(changed) == -32768


def test_the_beep_begins_and_ends_at_nought() -> None:
    for rate in (8_000, 44_100, 48_000):
        assert beep(rate)[0] == beep(rate)[-1] == 0
        assert max(beep(rate)) > 5_000
