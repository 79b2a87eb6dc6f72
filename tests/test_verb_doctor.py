"""What the doctor says of terminal, glyphs, colours, sound and voice, under the environments people have."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from tests.app import RecordedOutput
from tests.diaries import by_hand, make_rating, reopened
from tests.verbs import run
from trainer.audio.renderer import LiveVoice, Renderer
from trainer.audio.voice import read_voice
from trainer.paths import Folders, find_folders
from trainer.settings import Settings, write_settings
from trainer.store.backups import Reason, back_up
from trainer.verbs import doctor
from trainer.verbs.examined import Finding

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


class TestFoldersAndDiary:
    @pytest.fixture(autouse=True)
    def silent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TRAINER_AUDIO", "off")

    def filled(self, folders: Folders) -> None:
        with reopened(folders.database) as store:
            store.rate(make_rating())

    def test_it_makes_nothing_and_says_what_is_not_there_yet(self, folders: Folders, tmp_path: Path) -> None:
        for what in ("data", "config", "state"):
            assert heard_of(folders, what) == Finding(what, True, f"{getattr(folders, what)}, not there yet")
        assert heard_of(folders, "diary").says == f"none yet; it will be {folders.database}"
        assert heard_of(folders, "backup") == Finding("backup", True, "none, and nothing to back up")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
    def test_it_tells_modes_and_what_others_may_read_and_changes_neither(self, folders: Folders) -> None:
        self.filled(folders)
        assert heard_of(folders, "data").says == f"{folders.data}, drwx------"
        assert heard_of(folders, "private").is_fine
        folders.data.chmod(0o755)
        folders.database.chmod(0o644)
        assert heard_of(folders, "data").says.endswith("drwxr-xr-x")
        found = heard_of(folders, "private")
        assert not found.is_fine
        assert found.says == f"others may read {folders.data}, {folders.database}"
        assert "chmod" in found.advice
        assert folders.database.stat().st_mode & 0o777 == 0o644

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights that root does not mind")
    def test_a_folder_that_cannot_be_written_is_told(self, folders: Folders) -> None:
        self.filled(folders)
        folders.data.chmod(0o500)
        try:
            assert "cannot be written" in heard_of(folders, "data").says
        finally:
            folders.data.chmod(0o700)

    def test_a_file_in_the_place_of_a_folder_is_told(self, folders: Folders) -> None:
        folders.config.write_text("", encoding="utf-8")
        assert heard_of(folders, "config").says == f"{folders.config} is no folder"
        assert not heard_of(folders, "config").is_fine

    def test_the_diary_is_read_from_end_to_end(self, folders: Folders) -> None:
        self.filled(folders)
        assert heard_of(folders, "diary").says == f"{folders.database}, sound, 0 sessions, 1 rating"
        with by_hand(folders.database) as file:
            (root,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ratings_by_time'").fetchone()
            (size,) = file.execute("PRAGMA page_size").fetchone()
        data = bytearray(folders.database.read_bytes())
        data[(root - 1) * size + 8 : root * size] = bytes(size - 8)
        folders.database.write_bytes(data)
        found = heard_of(folders, "diary")
        assert (found.is_fine, found.says) == (False, f"The diary {folders.database} is damaged.")
        assert "move it away" in found.advice

    @pytest.mark.parametrize(("log", "is_fine"), [(b"", True), (b"\1" * 64, False)])
    def test_a_log_whose_diary_is_gone_is_told_where_something_is_in_it(
        self, folders: Folders, log: bytes, is_fine: bool
    ) -> None:
        folders.data.mkdir()
        folders.database.with_name("trainer.db-journal").write_bytes(log)
        found = heard_of(folders, "diary")
        assert found.is_fine is is_fine
        assert ("none yet" if is_fine else "its log trainer.db-journal is still there") in found.says

    def test_what_is_no_diary_and_what_waits_beside_it_are_told(self, folders: Folders) -> None:
        folders.data.mkdir()
        folders.database.write_text("dear diary", encoding="utf-8")
        (folders.data / "unsaved-1.jsonl").write_text("", encoding="utf-8")
        assert heard_of(folders, "diary").says == f"The diary {folders.database} is not a database."
        found = heard_of(folders, "unsaved")
        assert (found.is_fine, found.says[:1]) == (False, "1")
        assert "Start the trainer" in found.advice

    @pytest.mark.parametrize(("days", "age"), [(0, "today"), (1, "1 day old"), (40, "40 days old")])
    def test_the_newest_sound_backup_is_told_with_its_age(self, folders: Folders, days: int, age: str) -> None:
        self.filled(folders)
        assert heard_of(folders, "backup").says == "none yet"
        made = back_up(folders.database, Reason.ASKED, datetime.now().astimezone() - timedelta(days=days, hours=1))
        found = heard_of(folders, "backup")
        assert (found.is_fine, found.says) == (True, f"{made.name}, {age}, one of 1 in {folders.backups}")
        assert bool(found.advice) is (days > 30)

    def test_backups_that_are_not_sound_are_told(self, folders: Folders) -> None:
        self.filled(folders)
        now = datetime.now().astimezone()
        older = back_up(folders.database, Reason.ASKED, now - timedelta(days=3))
        newer = back_up(folders.database, Reason.ASKED, now)
        (folders.backups / newer.name).write_bytes(b"SQLite format 3\0" + b"x" * 900)
        found = heard_of(folders, "backup")
        assert (found.is_fine, found.says.split(",")[0]) == (False, older.name)
        (folders.backups / older.name).unlink()
        assert heard_of(folders, "backup").says == "none of 1 is sound"

    def test_versions_and_locale_are_told(self, folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
        says = heard_of(folders, "built on").says
        assert [part.split()[0] for part in says.split(", ")][:2] == ["SQLite", "textual"]
        monkeypatch.setenv("LC_ALL", "C\x1b[2J")
        assert "LC_ALL=C?[2J" in heard_of(folders, "locale").says

    def test_json_has_the_same_names_as_ever_for_each(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(doctor, folders, "--json")
        findings = json.loads(capsys.readouterr().out)
        assert {tuple(finding) for finding in findings} == {("what", "is_fine", "says", "advice")}
        assert {"version", "terminal", "glyphs", "colours", "settings", "diary", "sound", "voice", "routines"} <= {
            finding["what"] for finding in findings
        }
