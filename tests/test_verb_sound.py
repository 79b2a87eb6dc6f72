"""What ``trainer sound`` plays and says, and that a session written to a file holds every sound on its exact frame."""

from __future__ import annotations

import json
import sys
import time
import wave
from array import array
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.app import SHIPPED, RecordedOutput
from tests.clock import FakeClock
from tests.verbs import run
from trainer.audio.bank import RATE, load_bank
from trainer.audio.cues import SOUNDS
from trainer.audio.speech import Speech, Spoken
from trainer.audio.utterance import GAP_S, key_of, phrases_of
from trainer.audio.wav import Placed, wav_pieces
from trainer.core.errors import TrainerError
from trainer.paths import Folders, find_folders
from trainer.settings import Settings, write_settings
from trainer.verbs import show, sound
from trainer.verbs.recording import TAIL_S, record

MINE = "id: mine\nname: Mine\nitems:\n- {drill: ankle-circles, reps: 4, tempo: 2s}\n- {drill: hip-hinge, time: 25s}\n"
OTHERS = "id: others\nname: Others\nitems:\n- {drill: heel-slide, reps: 2, tempo: 1s}\n"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


@pytest.fixture
def speech(tmp_path: Path) -> Speech:
    return Speech(SHIPPED.sounds / "voice", tmp_path / "none", find=lambda: None, find_live=lambda: None)


def written(path: Path, content: str) -> str:
    path.write_text(content, encoding="utf-8")
    return str(path)


def frames_of(path: Path) -> array[int]:
    """The frames of a WAV file of the one shape there is."""
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        frames = array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        frames.byteswap()
    return frames


def clip_of(name: str | None, words: str | None, speech: Speech) -> array[int]:
    """The samples of a tone, or of phrases with their gaps, as a list says them."""
    if name is not None:
        return load_bank(SHIPPED.sounds).clip(name)
    texts = (words or "").removesuffix(".").split(". ")
    clips = speech.shipped(texts).clips
    whole = array("h", clips[key_of(texts[0])])
    for text in texts[1:]:
        whole.extend([0] * round(GAP_S * RATE))
        whole.extend(clips[key_of(text)])
    return whole


@pytest.mark.parametrize(
    "settings", [Settings(), Settings(reps="tick", volume=1.0, voice_volume=0.5, tone_volume=0.8, prepare_stretch=0.5)]
)
def test_every_sound_that_is_listed_is_in_the_file_on_its_exact_frame_and_nothing_else(
    folders: Folders, speech: Speech, tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    write_settings(folders.settings, settings)
    routine, path = written(tmp_path / "mine.yaml", MINE), tmp_path / "mine.wav"
    assert run(show, folders, routine, "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert run(sound, folders, routine, "-o", str(path)) == 0
    found = frames_of(path)
    listed = [each for cue in shown["cues"] for each in cue["heard"]]
    assert {each["words"] for each in listed} >= {None, "Last one.", "Halfway."}
    wanted = [0.0] * len(found)
    for each in listed:
        clip, first = clip_of(each["sound"], each["words"], speech), round(each["at_s"] * RATE)
        loud = each["gain"] * settings.volume**2
        wanted[first : first + len(clip)] = [a + loud * b for a, b in zip(wanted[first:], clip, strict=False)]
    assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) < 2.5
    assert max(found) > 3000
    assert len(found) == round((max(each["at_s"] + each["length_s"] for each in listed) + TAIL_S) * RATE)


def test_a_sound_begins_on_its_frame_wherever_the_pieces_are_cut() -> None:
    bank = load_bank(SHIPPED.sounds)
    placed = [Placed("go", frame) for frame in (0, 47_999, 96_000, 143_123)]
    header, *pieces = wav_pieces(bank, {}, placed, 200_000)
    assert len(header) == 44
    frames = array("h", b"".join(pieces))
    first = next(index for index, sample in enumerate(bank.clip("go")) if sample)
    for each, later in pairwise([*placed, Placed("go", 200_000)]):
        until = min(later.frame, each.frame + len(bank.clip("go")))
        assert not any(frames[each.frame : each.frame + first])
        assert frames[each.frame + first : until] == bank.clip("go")[first : until - each.frame]


def test_ten_minutes_are_written_in_seconds(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "k.wav"
    began = time.process_time()
    assert run(sound, folders, "knee-neighbours", "-o", str(path)) == 0
    assert time.process_time() - began < 15
    assert "9:48 minutes, " in capsys.readouterr().out
    assert path.stat().st_size == 44 + 2 * len(frames_of(path))


def test_a_voice_that_is_turned_off_is_not_written_and_no_volume_at_all_is_told(
    folders: Folders, speech: Speech, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_settings(folders.settings, Settings(volume=0.0, voice_volume=0.0))
    path = tmp_path / "o.wav"
    assert record(written(tmp_path / "o.yaml", OTHERS), str(path), folders, speech) == 0
    told = capsys.readouterr().out
    assert "The volume in the settings is 0" in told
    assert "chime" not in told
    assert not any(frames_of(path))


def test_a_name_that_nobody_can_speak_is_told_and_one_that_somebody_can_is_not(
    folders: Folders, speech: Speech, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (SHIPPED.shipped_routines / "drills" / "ankle.yaml").read_text(encoding="utf-8")
    folders.own_drills.mkdir(parents=True)
    (folders.own_drills / "a.yaml").write_text(text.replace("name: Ankle circles", "name: Zirkel"), encoding="utf-8")
    routine = written(tmp_path / "mine.yaml", MINE)
    assert record(routine, str(tmp_path / "1.wav"), folders, speech) == 0
    assert "A chime stands for 'Zirkel'.\n" in capsys.readouterr().out

    class Speaking(Speech):
        def with_own(self, spoken: Spoken, texts: Iterable[str]) -> Spoken:
            assert "Zirkel" in texts
            there = replace(spoken.voice, prompts={**spoken.voice.prompts, "Zirkel": spoken.voice.prompts["Hip hinge"]})
            return Spoken(there, {**spoken.clips, key_of("Zirkel"): spoken.clips[key_of("Hip hinge")]})

    assert record(routine, str(tmp_path / "2.wav"), folders, Speaking(SHIPPED.sounds / "voice", tmp_path)) == 0
    assert "chime" not in capsys.readouterr().out
    first, second = frames_of(tmp_path / "1.wav"), frames_of(tmp_path / "2.wav")
    assert first[: 5 * RATE] != second[: 5 * RATE]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["-o", "new.wav"], "Which routine"),
        (["knee-neighbours"], "only be written to a file"),
        (["knee-neighbours", "-o", "-"], "only be written to a file"),
        (["knee-neighbours", "-o", ""], "only be written to a file"),
        (["no-such", "-o", "new.wav"], "no routine 'no-such'"),
        (["knee-neighbours", "-o", "old.wav"], "'old.wav' is there already"),
        (["knee-neighbours", "-o", "."], "'.' is there already"),
        (["knee-neighbours", "-o", "none/new.wav"], "'none/new.wav' could not be written"),
        (["knee-neighbours", "-o", "old.wav/new.wav"], "could not be written"),
        (["knee-neighbours", "-o", "a\0.wav"], "could not be written"),
        (["knee-neighbours", "-o", "new.wav", "--audio", "off"], "Leave them out"),
    ],
    ids=ascii,
)
def test_each_fault_is_a_sentence_and_nothing_is_written(
    folders: Folders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.wav").write_bytes(b"mine")
    with pytest.raises(TrainerError) as found:
        run(sound, folders, *words)
    assert says in str(found.value)
    assert str(found.value).isprintable()
    assert capsys.readouterr().out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["old.wav"]
    assert (tmp_path / "old.wav").read_bytes() == b"mine"


def test_a_session_that_no_wav_file_can_hold_is_refused(folders: Folders, speech: Speech, tmp_path: Path) -> None:
    lines = "".join("- {drill: hip-hinge, time: 60m}\n" for _ in range(12))
    routine = written(tmp_path / "long.yaml", f"id: long\nname: Long\nitems:\n{lines}")
    with pytest.raises(TrainerError, match="12 hours are too long for a WAV file"):
        record(routine, str(tmp_path / "long.wav"), folders, speech)
    assert not (tmp_path / "long.wav").exists()


def played(output: RecordedOutput, speech: Speech, settings: Settings) -> None:
    clock = FakeClock()
    sound.play(output, speech, settings, clock=clock, sleep=clock.advance)


def test_each_kind_of_cue_is_played_with_its_name_and_then_the_voice(
    speech: Speech, capsys: pytest.CaptureFixture[str]
) -> None:
    output = RecordedOutput()
    played(output, speech, Settings(voice_volume=0.5))
    names = [name for name, _ in output.played]
    assert names[: len(SOUNDS)] == list(SOUNDS)
    assert tuple(phrases_of(name) for name in names[len(SOUNDS) :]) == sound.SAID
    assert all(map(output.knows, names))
    assert output.gains == [1.0] * len(SOUNDS) + [0.25] * len(sound.SAID)
    lines = capsys.readouterr().out.splitlines()
    said = ["  Next. Sit down. Ankle circles. Right foot. Six circles.", "  One.", "  Two.", "  Three."]
    assert lines == ["Cues:", *(f"  {name}" for name in SOUNDS), "Voice:", *said]
    lengths = {**speech.tones(), names[-3]: 0.2}
    for (name, at), (_, later) in pairwise(output.played):
        assert later - at >= lengths.get(name, 0.3) + 0.3


@pytest.mark.parametrize(
    ("make", "settings", "says"),
    [
        (lambda: RecordedOutput(name="bell"), Settings(), "The bell speaks no words."),
        (RecordedOutput, Settings(voice_volume=0.0), "The voice is turned off in the settings."),
        (RecordedOutput, Settings(volume=0.0), "The volume in the settings is 0: nothing is heard."),
    ],
)
def test_why_there_is_nothing_to_hear_is_said(
    speech: Speech,
    capsys: pytest.CaptureFixture[str],
    make: Callable[[], RecordedOutput],
    settings: Settings,
    says: str,
) -> None:
    output = make()
    played(output, speech, settings)
    assert says in capsys.readouterr().out.splitlines()
    assert any(map(phrases_of, (name for name, _ in output.played))) == ("volume in" in says)


def test_a_voice_that_is_missing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = RecordedOutput()
    played(output, Speech(tmp_path / "voice", tmp_path / "none"), Settings())
    assert "The trainer does not speak: the list of its prompts" in capsys.readouterr().out
    assert [name for name, _ in output.played] == list(SOUNDS)


def test_output_device_and_latency_are_told(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    device = RecordedOutput(
        detail="the default device through PulseAudio at 48 kHz, picked by itself", latency_s=0.0452
    )
    monkeypatch.setattr("trainer.audio.output.open_output", lambda *_, **__: device)
    assert run(sound, folders, "--quiet") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Output: recorded, the default device through PulseAudio at 48 kHz, picked by itself.",
        "Latency: 45 ms; each sound is handed over that much ahead.",
    ]
    assert device.is_closed
    assert device.played == []


def test_sound_that_is_off_is_fine_only_where_it_was_asked_for(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TRAINER_AUDIO", raising=False)
    assert run(sound, folders, "--audio", "off") == 0
    assert capsys.readouterr().out == "Output: off, sound is off.\n"
    none = RecordedOutput(name="off", detail="silent: no device")
    monkeypatch.setattr("trainer.audio.output.open_output", lambda *_, **__: none)
    assert run(sound, folders) == 1
