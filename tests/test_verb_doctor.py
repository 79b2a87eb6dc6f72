"""What the doctor says of terminal, glyphs, colours, sound and voice, under the environments people have."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from tests.app import RecordedOutput
from trainer.audio.renderer import LiveVoice, Renderer
from trainer.audio.voice import read_voice
from trainer.paths import Folders, find_folders
from trainer.settings import Settings, write_settings
from trainer.verbs import doctor
from trainer.verbs.doctor import Finding

UTF8 = {"LANG": "C.UTF-8"}


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


def looked_at(folders: Folders, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> dict[str, Finding]:
    for key in list(os.environ):
        monkeypatch.delenv(key)
    for key, value in {"COLUMNS": "120", "LINES": "36", **environ}.items():
        monkeypatch.setenv(key, value)
    return {finding.what: finding for finding in islice(doctor.examine(folders), 4)}


@pytest.mark.parametrize(
    ("environ", "terminal", "glyphs", "colours"),
    [
        ({"TERM": "linux", **UTF8}, "linux, 120x36", "ascii: the Linux console", "16"),
        ({"TERM": "xterm", "LANG": "C"}, "xterm, 120x36", "ascii: the locale", "16"),
        ({"TERM": "xterm", "XTERM_VERSION": "XTerm(379)", **UTF8}, "xterm XTerm(379), ", "quadrant: nearly", "16"),
        ({"TERM": "screen", "STY": "1.a", "VTE_VERSION": "8001", **UTF8}, "screen, 120", "quadrant: screen", "16"),
        (
            {"TERM": "tmux-256color", "TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.5a", **UTF8},
            "tmux-256color tmux 3.5a, ",
            "quadrant: tmux stands between",
            "256",
        ),
        (
            {"TERM": "xterm-256color", "VTE_VERSION": "8001", "COLORTERM": "truecolor", **UTF8},
            "xterm-256color VTE 8001, ",
            "octant: this terminal is built on VTE",
            "true colour",
        ),
        ({"TERM": "xterm-256color", "NO_COLOR": "1", **UTF8}, "xterm", "quadrant", "greys only, for NO_COLOR is set"),
        (UTF8, "no TERM", "quadrant", "none"),
        ({"TERM": "x\x1b[31m", **UTF8}, "x?[31m, ", "quadrant", "16"),
    ],
)
def test_it_names_terminal_glyphs_and_colours(
    folders: Folders,
    monkeypatch: pytest.MonkeyPatch,
    environ: dict[str, str],
    terminal: str,
    glyphs: str,
    colours: str,
) -> None:
    found = looked_at(folders, monkeypatch, environ)
    assert found["terminal"].says.startswith(terminal)
    assert found["glyphs"].says.startswith(glyphs)
    assert found["colours"].says.startswith(colours)
    assert all(finding.is_fine for finding in found.values())


def test_a_locale_that_is_not_utf8_is_told_what_to_set_and_the_linux_console_is_not(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "LANG=C.UTF-8" in looked_at(folders, monkeypatch, {"TERM": "xterm", "LANG": "C"})["glyphs"].advice
    advice = looked_at(folders, monkeypatch, {"TERM": "linux", **UTF8})["glyphs"].advice
    assert "window" in advice
    assert "LANG" not in advice


def test_a_dumb_terminal_and_a_small_window_are_not_fine(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    dumb = looked_at(folders, monkeypatch, {"TERM": "dumb", **UTF8})
    assert not dumb["terminal"].is_fine
    assert dumb["colours"].says == "none"
    assert "at least" in looked_at(folders, monkeypatch, {"TERM": "xterm", "COLUMNS": "20", **UTF8})["terminal"].advice


def test_a_set_chosen_in_the_settings_is_said_to_be_chosen(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    write_settings(folders.settings, Settings(glyphs="octant"))
    found = looked_at(folders, monkeypatch, {"TERM": "foot", **UTF8})["glyphs"]
    assert found.says.startswith("octant, as the settings say (by itself it would be quadrant")
    assert not found.advice


def heard_of(folders: Folders, what: str) -> Finding:
    """The one finding of this name."""
    (found,) = [finding for finding in doctor.examine(folders) if finding.what == what]
    return found


def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.audio.renderer.find_renderer", lambda: None)
    monkeypatch.setattr("trainer.audio.renderer.find_live_voice", lambda: None)


def test_over_ssh_it_says_that_the_app_would_ring_the_bell(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRAINER_AUDIO", "PULSE_SERVER", "PIPEWIRE_REMOTE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "here there")
    found = heard_of(folders, "sound")
    assert found.is_fine
    assert found.says.startswith("bell, ")
    assert "SSH" in found.says


@pytest.mark.parametrize("environ", [True, False])
def test_sound_that_is_off_is_fine_where_it_was_chosen(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, environ: bool
) -> None:
    monkeypatch.delenv("TRAINER_AUDIO", raising=False)
    if environ:
        monkeypatch.setenv("TRAINER_AUDIO", "off")
    else:
        write_settings(folders.settings, Settings(audio="off"))
    assert heard_of(folders, "sound") == Finding("sound", True, "off, sound is off")


def test_sound_that_nobody_makes_is_told_with_what_to_do(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAINER_AUDIO", "loud")
    found = heard_of(folders, "sound")
    assert (found.is_fine, found.says) == (False, "There is no sound output called 'loud'.")
    assert "auto" in found.advice
    monkeypatch.delenv("TRAINER_AUDIO")
    silent = RecordedOutput(name="off", detail="silent", warning="Going on without sound. Plug one in.")
    monkeypatch.setattr("trainer.audio.output.open_output", lambda *_, **__: silent)
    assert heard_of(folders, "sound") == Finding("sound", False, "none", "Going on without sound. Plug one in.")


def test_the_latency_is_told_and_the_device_let_go(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    device = RecordedOutput(name="miniaudio", detail="the default device", latency_s=0.0452)
    monkeypatch.setattr("trainer.audio.output.open_output", lambda *_, **__: device)
    assert heard_of(folders, "sound") == Finding("sound", True, "miniaudio, the default device, 45 ms of latency")
    assert device.is_closed


def test_it_says_who_speaks_the_names_of_ones_own_drills_or_what_to_install(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = len(read_voice(folders.sounds / "voice").prompts)
    monkeypatch.setenv("TRAINER_AUDIO", "off")
    nobody(monkeypatch)
    found = heard_of(folders, "voice")
    assert found.is_fine
    assert found.says == f"{count} prompts; a chime stands for the names of your own drills"
    assert "espeak-ng" in found.advice
    monkeypatch.setattr("trainer.audio.renderer.find_live_voice", lambda: LiveVoice("/usr/bin/spd-say"))
    says = f"{count} prompts; spd-say speaks the names of your own drills"
    assert heard_of(folders, "voice") == Finding("voice", True, says)
    monkeypatch.setattr("trainer.audio.renderer.find_renderer", lambda: Renderer("espeak-ng", ("espeak-ng",)))
    assert "; espeak-ng speaks" in heard_of(folders, "voice").says


@pytest.mark.parametrize(
    ("index", "says"),
    [
        (None, "The trainer does not speak: the list of its prompts: No such file or directory."),
        ("{", "The trainer does not speak: the list of its prompts is broken."),
        ('{"rate": 22050, "prompts": {}}', "there is not one prompt"),
        (
            '{"rate": 22050, "prompts": {"One": {"file": "one.flac", "frames": 9000}, "Two": 2}}',
            "The list of prompts is broken in 1 of 2 places.",
        ),
        ('{"rate": 22050, "prompts": {"One": {"file": "one.flac", "frames": 9000}}}', "1 of 1 prompts have no file"),
    ],
)
def test_a_broken_list_of_prompts_is_a_finding_with_advice(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, index: str | None, says: str
) -> None:
    monkeypatch.setenv("TRAINER_AUDIO", "off")
    shutil.copytree(folders.sounds, tmp_path / "sounds", ignore=shutil.ignore_patterns("voice"))
    if index is not None:
        (tmp_path / "sounds" / "voice").mkdir()
        (tmp_path / "sounds" / "voice" / "index.json").write_text(index, encoding="utf-8")
    found = heard_of(replace(folders, sounds=tmp_path / "sounds"), "voice")
    assert found == Finding("voice", False, says, "Install the trainer again.")
