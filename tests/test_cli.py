"""The command line itself: what it says of commands, and that it says it in one line, wherever that goes."""

from __future__ import annotations

import gc
import os
import stat
import sys
from pathlib import Path

import pytest

from trainer import __version__, cli
from trainer.core.errors import UsageError
from trainer.events import EventLog

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"TRAINER_DATA_DIR": str(tmp_path / "data"), "TRAINER_CONFIG_DIR": str(tmp_path / "config")}


def test_the_overview_says_a_line_of_each_command_and_where_there_is_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(sum(line.startswith(f"  {name} ") for line in said.splitlines()) == 1 for name in cli.VERBS)
    assert "trainer start --help" in said
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"trainer {__version__}\n"


@needs_full
@pytest.mark.parametrize("words", [["--help"], ["--version"], ["rate", "--help"]], ids=" ".join)
def test_a_full_disk_behind_stdout_is_one_line(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with FULL.open("w", encoding="utf-8") as full:
        monkeypatch.setattr("sys.stdout", full)
        assert cli.main(words) == 2
        monkeypatch.undo()
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())  # what is in the buffer would fail once more
    assert capsys.readouterr().err == "trainer: The output could not be written: no space left on device.\n"


@needs_full
def test_a_complaint_that_nobody_can_read_changes_no_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    with FULL.open("w", encoding="utf-8", buffering=1) as full:
        monkeypatch.setattr("sys.stderr", full)
        assert cli.main(["rat"]) == 2
        monkeypatch.undo()


@pytest.mark.parametrize("words", [["--" + "x" * 9999], ["rate", "3", *["y" * 99] * 99], ["z" * 9999]])
def test_a_complaint_is_no_longer_than_a_line_or_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 2
    said = capsys.readouterr().err
    assert said.startswith("trainer: ")
    assert len(said.splitlines()) == 1
    assert len(said) < 300


def test_no_color_may_be_said_twice(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert cli.main(["--no-color", "event", "--list", "--no-color"], environ) == 0
    assert "Nothing marked yet" in capsys.readouterr().out
    assert os.environ["NO_COLOR"] == "1"


@pytest.mark.parametrize("name", ["trainer.db", "backups/{backup}", "settings.yaml"])
@pytest.mark.parametrize("words", [["export", "-o"], ["report", "--replace", "-o"], ["--events"], ["undo", "--log"]])
def test_no_output_is_written_over_what_is_kept(
    environ: dict[str, str], words: list[str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    environ["TRAINER_CONFIG_DIR"] = environ["TRAINER_DATA_DIR"]
    folder = Path(environ["TRAINER_DATA_DIR"])
    assert cli.main(["setup", "--knee", "left"], environ) == cli.main(["rate", "4"], environ) == 0
    assert cli.main(["backup", "now"], environ) == 0
    (backup,) = (folder / "backups").iterdir()
    path = folder / name.format(backup=backup.name)
    before = path.read_bytes()
    assert cli.main([*words, os.path.relpath(path)], environ) == 2
    assert "is where the trainer keeps what is yours. Choose another name." in capsys.readouterr().err
    assert path.read_bytes() == before


def test_rubbish_is_collected_again_after_a_command_that_cannot_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trainer.verbs", None)
    monkeypatch.delitem(sys.modules, "trainer.verbs.undo", raising=False)
    with pytest.raises(ImportError):
        cli.load_verb("undo")
    assert gc.isenabled()


def test_a_folder_where_events_should_go_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(0o755)
    with pytest.raises(UsageError, match=r"Cannot write events to .*: Is a directory\."):
        EventLog.open(folder, float)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
