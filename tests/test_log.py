"""The log tells what a bug report needs, nothing of the person, and never stands in anybody's way."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from trainer.core.errors import ContentError, StoreError, UsageError
from trainer.log import LARGEST, OLDER, Log
from trainer.paths import Folders, find_folders

ROOT = Path(__file__).parent.parent
SHAPE = re.compile(
    r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ \d+ ("
    r"start (home|start|rate|import|history) trainer [\d.]+, Python [\d.]+, \w+"
    r"|terminal xterm-256color - 120x36, \w+, colours \w+, utf-8"
    r"|versions SQLite [\d.]+, textual [\d.]+, miniaudio [\d.]+"
    r"|sound off, sound is off, 0 ms"
    r"|fault ((Store|Damaged)Error: The diary DATA/trainer.db .*|UsageError|ContentError)"
    r"|mended the diary is written again, \d+ that had waited are in it"
    r"|end \d+)"
)
"""All that a log without bugs may say."""
OWN = """\
id: my-secret-routine
name: Grandmother's stairs
purpose: my secret purpose
items:
  - {drill: toe-splay, reps: 2, tempo: 2s}
"""
POSIX = pytest.mark.skipif(os.name != "posix", reason="rights of others are a matter of POSIX")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


def written(folders: Folders) -> str:
    return (folders.state / "trainer.log").read_text(encoding="utf-8")


class TestTheWholeProgram:
    def ask(self, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
        from tests.terminal import environment

        command = [sys.executable, "-m", "trainer", *words]
        return subprocess.run(command, env=environment(home), cwd=home, capture_output=True, text=True, input="")

    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        pytest.importorskip("pty", reason="needs a pseudo-terminal, which this platform does not have")
        home = tmp_path / "home-of-anna"
        home.mkdir()
        assert self.ask(home, "setup", "--knee", "right", "--accept-safety").returncode == 0
        return home

    def test_a_session_its_rating_and_a_fault_leave_nothing_personal(self, home: Path) -> None:
        from tests.terminal import Terminal, environment

        own = home / "my-secret-file.yaml"
        own.write_text(OWN, encoding="utf-8")
        more = ("--speed", "60", "--audio", "off", "--events", str(home / "my-secret-events"))
        with Terminal((sys.executable, "-m", "trainer", "start", str(own), *more), environment(home)) as terminal:
            terminal.wait_for("0-9 answers")
            terminal.press("4")
            terminal.wait_for("0-9 choose")
            terminal.press("3")
            terminal.wait_for("3 chosen")
            terminal.press("n")
            terminal.wait_for("a few words")
            terminal.press("hurts like my secret")
            terminal.wait_for("hurts like my secret")
            terminal.press("\r")
            terminal.wait_for("Rather not say")  # the note is left, and its keys with it
            terminal.press("\r")
            terminal.wait_for("aved.")
            terminal.press("\r")
            terminal.wait_for("enter starts it")
            terminal.press("q")
            assert terminal.end() == 0
        log = home / "data" / "state" / "trainer.log"
        assert self.ask(home, "history", "--json").stdout.count("my secret") == 1
        for told in (("rate", "9", "--note", "my secret"), ("rate", "my secret"), ("import", str(own))):
            self.ask(home, *told, "--log", str(log))
        (home / "data" / "trainer.db").write_text("my secret diary", encoding="utf-8")
        assert self.ask(home, "rate", "9", "--note", "my secret").returncode == 2
        text = log.read_text(encoding="utf-8")
        lines = text.splitlines()
        assert [line for line in lines if not SHAPE.fullmatch(line)] == []
        assert [
            word for word in ("start", "terminal", "versions", "sound", "fault", "end") if f" {word} " not in text
        ] == []
        assert "fault DamagedError: The diary DATA/trainer.db is not a database." in text
        for secret in ("secret", "Grandmother", "stairs", "anna", str(home), os.environ.get("USER") or "nobody at all"):
            assert secret.lower() not in text.lower().replace("pythonpath", "")

    def test_looking_and_mistyping_leave_no_log_and_a_fault_does(self, home: Path) -> None:
        log = home / "data" / "state" / "trainer.log"
        for words in (("history",), ("rate", "eleven"), ("no-such-verb",), ("start", "no-such-routine")):
            self.ask(home, *words)
        assert not log.exists()
        (home / "data").mkdir(exist_ok=True)
        (home / "data" / "trainer.db").mkdir()
        self.ask(home, "rate", "3")
        assert "is no file" in log.read_text(encoding="utf-8")
        assert stat.S_IMODE(log.stat().st_mode) == 0o600

    def test_a_name_that_cannot_be_written_is_told_and_nothing_is_done(self, home: Path) -> None:
        answer = self.ask(home, "rate", "3", "--log", "no/such/folder/log")
        assert (answer.returncode, answer.stdout, len(answer.stderr.splitlines())) == (2, "", 1)
        assert "Cannot write the log to no/such/folder/log" in answer.stderr
        assert not (home / "no").exists()
        (home / "folder").mkdir()
        (home / "folder").chmod(0o755)
        assert self.ask(home, "rate", "3", "--log", "folder").returncode == 2
        assert stat.S_IMODE((home / "folder").stat().st_mode) == 0o755
        assert self.ask(home, "history", "--json").stdout.strip() == "[]"

    def test_it_stands_before_or_behind_the_command_and_in_every_help(self, home: Path) -> None:
        assert self.ask(home, "--log", "l", "rate", "3").returncode == 0
        assert self.ask(home, "rate", "4", "--log", "l").returncode == 0
        assert (home / "l").read_text(encoding="utf-8").count(" start rate ") == 2
        assert "--log FILE" in self.ask(home, "rate", "--help").stdout
        assert "--log FILE" in self.ask(home, "--help").stdout

    def test_a_place_where_no_log_can_be_disturbs_nobody(self, home: Path) -> None:
        from tests.terminal import Terminal, environment

        (home / "data").mkdir(exist_ok=True)
        (home / "data" / "state").write_text("a file where the folder should be", encoding="utf-8")
        with Terminal((sys.executable, "-m", "trainer"), environment(home)) as terminal:
            terminal.wait_for("enter starts it")
            terminal.press("q")
            assert terminal.end() == 0
            assert b"Traceback" not in terminal.raw
            assert "log" not in terminal.text()


class TestItsOwnWays:
    def test_nothing_is_imported_for_it_before_it_is_opened(self) -> None:
        code = "import sys, trainer.cli; print(*sys.modules)"
        loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True).stdout.split()
        assert "trainer.log" in loaded
        assert {"logging", "threading", "platform", "traceback"}.isdisjoint(loaded)

    def test_it_is_turned_over_and_stays_small_and_private(self, folders: Folders) -> None:
        log = Log()
        log.belong(folders, None)
        log.open()
        for number in range(6000):
            log.tell("line", f"number {number}", "x" * 30)
        log.close(0, is_wanted=True)
        files = sorted(folders.state.iterdir())
        assert [file.name for file in files] == ["trainer.log", *(f"trainer.log.{n}" for n in range(1, OLDER + 1))]
        assert all(file.stat().st_size <= LARGEST for file in files)
        if os.name == "posix":
            assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
            assert stat.S_IMODE(folders.state.stat().st_mode) == 0o700
        assert "number 5999" in written(folders)

    @POSIX
    def test_a_log_that_others_can_read_is_tightened(self, folders: Folders, tmp_path: Path) -> None:
        path = tmp_path / "named"
        path.write_text("older\n", encoding="utf-8")
        path.chmod(0o644)
        log = Log()
        log.belong(folders, str(path))
        log.close(0)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_text(encoding="utf-8").startswith("older\n")

    def test_a_bug_tells_its_places_and_quotes_nothing(self, folders: Folders) -> None:
        log = Log()
        log.belong(folders, None)

        def read_note() -> None:
            try:
                int("my secret note")
            except ValueError as error:
                raise KeyError("my secret title") from error

        with pytest.raises(KeyError) as caught:
            read_note()
        log.bug(caught.value)
        log.bug(FileNotFoundError(2, "No such file", "my secret file"))
        log.bug(AttributeError("'NoneType' object has no attribute 'reps'"))
        log.close(1)
        text = written(folders)
        assert "secret" not in text
        assert re.search(r" bug KeyError\n.* at PROGRAM/tests/test_log\.py:\d+ ", text)
        assert " because ValueError\n" in text
        assert " bug FileNotFoundError: No such file\n" in text
        assert " bug AttributeError: 'NoneType' object has no attribute 'reps'\n" in text

    def test_faults_of_files_are_told_with_their_folders_hidden_and_others_by_name_alone(
        self, folders: Folders, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", "/home/anna")
        log = Log()
        log.belong(folders, None)
        log.fault(UsageError("'my secret' is not a command."))
        log.fault(ContentError("/home/anna/mine.yaml:1:1: my secret"))
        log.fault(StoreError(f"The diary {folders.database} on /home/anna/x\x1b[2J could not\nbe opened."))
        log.mended(3)
        log.close(2)
        said = [line.split(" ", 2)[2] for line in written(folders).splitlines()]
        assert said == [
            "fault UsageError",
            "fault ContentError",
            "fault StoreError: The diary DATA/trainer.db on ~/x?[2J could not be opened.",
            "mended the diary is written again, 3 that had waited are in it",
            "end 2",
        ]

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
    def test_a_full_disk_and_a_device_are_no_reason_to_complain(
        self, folders: Folders, capfd: pytest.CaptureFixture[str]
    ) -> None:
        mode = Path("/dev/full").stat().st_mode
        log = Log()
        log.belong(folders, "/dev/full")
        log.tell("line", "one")
        log.close(0)
        assert capfd.readouterr() == ("", "")
        assert Path("/dev/full").stat().st_mode == mode

    def test_a_log_that_belongs_nowhere_writes_nothing(self, tmp_path: Path) -> None:
        log = Log()
        log.tell("line")
        log.close(0, is_wanted=True)
        assert list(tmp_path.iterdir()) == []
