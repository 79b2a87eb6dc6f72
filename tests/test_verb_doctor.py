"""What the doctor says of terminal, glyphs and colours, under the environments people have."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

import pytest

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
