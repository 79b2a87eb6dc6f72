"""What ``trainer show --json`` lists is what a session plays, sound for sound and second for second."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.app import SET_UP, SHIPPED, RecordedOutput, make_app, running
from tests.verbs import run
from trainer.audio.renderer import find_module
from trainer.audio.speech import Speech
from trainer.audio.utterance import phrases_of
from trainer.core.side import Affected
from trainer.core.timeline import Timeline
from trainer.library import read_library
from trainer.paths import Folders, find_folders
from trainer.settings import Settings, write_settings
from trainer.ui.kit import Order
from trainer.verbs import show

LIBRARY = read_library(SHIPPED.shipped_routines)
LINE = "id: mine\nname: Mine\nitems:\n- {drill: %s, reps: 3, tempo: 3s}\n"
Sounds = list[dict[str, Any]]


@dataclass
class FullyRecorded(RecordedOutput):
    """Remembers too until when each sound would have been of use."""

    latests: list[float | None] = field(default_factory=list)

    def play_at(self, sound: str, wall: float, gain: float = 1.0, *, latest: float | None = None) -> None:
        super().play_at(sound, wall, gain, latest=latest)
        self.latests.append(latest)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


def shown(folders: Folders, routine: str, capsys: pytest.CaptureFixture[str]) -> Mapping[str, Any]:
    assert run(show, folders, routine, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def sounds_of(found: Mapping[str, Any]) -> Sounds:
    return [sound for cue in found["cues"] for sound in cue["heard"]]


def in_order(sounds: Sounds) -> Sounds:
    return sorted(sounds, key=lambda each: (each["at_s"], each["sound"] or "", each["words"] or ""))


def as_listed(output: FullyRecorded, began: float, lengths: Mapping[str, float]) -> Sounds:
    """What an output was told, in the words of the list."""
    told = []
    for (name, wall), gain, latest in zip(output.played, output.gains, output.latests, strict=True):
        assert latest is not None
        says = phrases_of(name)
        samples = [output.learnt[f"say:{text}"] for text in says]
        told.append(
            {
                "at_s": round(wall - began, 6),
                "sound": None if says else name,
                "words": " ".join(f"{text}." for text in says) or None,
                "length_s": lengths[name] if not says else sum(map(len, samples)) / 48_000 + 0.12 * (len(says) - 1),
                "gain": round(gain, 6),
                "latest_s": round(latest - began, 6),
            }
        )
    return told


@pytest.mark.parametrize(
    ("routine", "settings"),
    [
        ("knee-neighbours", SET_UP),
        ("gym-floor-quick", replace(SET_UP, reps="tick", prepare_stretch=0.5, voice_volume=0.6, tone_volume=0.9)),
        ("every-joint", replace(SET_UP, reps="silent", prepare_stretch=2.0, affected_knee=Affected.BOTH)),
        ("desk-break", replace(SET_UP, voice_volume=0.0)),
    ],
)
async def test_all_that_a_session_plays_is_listed_and_nothing_else(
    tmp_path: Path, folders: Folders, capsys: pytest.CaptureFixture[str], routine: str, settings: Settings
) -> None:
    write_settings(folders.settings, settings)
    found = shown(folders, routine, capsys)
    output = FullyRecorded()
    speech = Speech(SHIPPED.sounds / "voice", tmp_path / "none", find=lambda: None, find_live=lambda: None)
    room = make_app(
        tmp_path,
        settings=settings,
        order=Order(routine, True),
        library=LIBRARY,
        open_output=lambda: output,
        speech=speech,
    )
    began = room.clock.now
    async with running(room, (30, 8)):  # no room for a figure, which plays nothing and takes the most time
        room.advance(found["total_s"] - 0.25)
    told = as_listed(output, began, speech.tones())
    listed = sounds_of(found)
    assert len(listed) > 50
    for heard, planned in zip(in_order(told), in_order(listed), strict=True):
        assert heard == {**planned, **{key: pytest.approx(planned[key], abs=2e-6) for key in ("at_s", "latest_s")}} | {
            "length_s": pytest.approx(planned["length_s"], abs=1e-3)
        }


def test_the_old_fields_of_a_cue_stay_and_a_cue_that_makes_no_sound_lists_none(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    write_settings(folders.settings, Settings(reps="silent"))
    found = shown(folders, "knee-neighbours", capsys)
    timeline = Timeline.of(LIBRARY.routines["knee-neighbours"], LIBRARY.drills)
    assert [(cue["at_s"], cue["kind"], cue["text"]) for cue in found["cues"]] == [
        (cue.at_s, cue.kind.value, cue.text) for cue in timeline.cues
    ]
    reps = [sound["words"] for cue in found["cues"] if cue["kind"] == "rep" for sound in cue["heard"]]
    assert set(reps) == {"Other way."}
    assert all(cue["heard"] for cue in found["cues"] if cue["kind"] == "go")


@pytest.mark.skipif(bool(find_module("piper")), reason="the extra voice speaks every name")
@pytest.mark.parametrize("speaks", [False, True], ids=["nothing here speaks", "the system speaks"])
def test_a_name_without_a_prompt_is_listed_as_what_is_heard(
    speaks: bool, tmp_path: Path, folders: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    if speaks:
        program = tmp_path / "bin" / "espeak-ng"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\n/bin/cp "{SHIPPED.sounds / "go.wav"}" "$4"\n', encoding="utf-8")
        program.chmod(0o755)
    text = (SHIPPED.shipped_routines / "drills" / "ankle.yaml").read_text(encoding="utf-8")
    folders.own_drills.mkdir(parents=True)
    (folders.own_drills / "ankle.yaml").write_text(
        text.replace("name: Ankle circles", "name: Zirkel"), encoding="utf-8"
    )
    path = tmp_path / "mine.yaml"
    path.write_text(LINE % "ankle-circles", encoding="utf-8")
    first = shown(folders, str(path), capsys)["cues"][0]
    assert "Zirkel" in first["text"]
    if speaks:
        assert [sound["sound"] for sound in first["heard"]] == [None]
        assert "Zirkel" in first["heard"][0]["words"]
    else:
        assert [sound["sound"] for sound in first["heard"]] == ["say", None]
        assert "Zirkel" not in first["heard"][1]["words"]


def test_all_routines_together_are_listed_fast(folders: Folders) -> None:
    began = time.process_time()
    for routine in LIBRARY.routines.values():
        timeline = Timeline.of(routine, LIBRARY.drills)
        show.timeline_json(timeline, show.plan(timeline, folders, Settings()))
    assert time.process_time() - began < 0.5 * len(LIBRARY.routines)


def test_a_second_that_is_nearly_up_is_the_next_minute(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "id: mine\nname: Mine\nitems:\n- {drill: ankle-pumps, reps: 1}\n- {rest: 51.47s}\n"
        "- {drill: ankle-pumps, reps: 1}\n",
        "utf-8",
    )
    assert run(show, folders, str(path)) == 0
    printed = capsys.readouterr().out
    assert "1:00.0" in printed
    assert ":60.0" not in printed
