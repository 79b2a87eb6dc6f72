"""What a person meets when the place of the diary fails, with the real program: docs/faults.md, row by row."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pty", reason="needs a pseudo-terminal, which this platform does not have")

from tests.diaries import make_rating
from tests.program import HOME, QUESTION, QUICK, SHORT, TRAINER, ask, folder, open_trainer, told
from tests.terminal import Terminal, environment
from trainer.store import Store
from trainer.store.backups import list_backups

__all__ = ["folder"]
SOON_OVER = (*SHORT, "--speed", "60")
HOMELESS = """
import pwd, sys
def nobody(uid): raise KeyError(uid)
pwd.getpwuid = nobody
from trainer import cli
sys.exit(cli.main(sys.argv[1:]))
"""


def answer(terminal: Terminal, score: str, *words: str) -> str:
    """Rate the knee at the end of a session; gives the summary, once ``words`` are there."""
    terminal.wait_for(QUESTION, "enter saves")
    terminal.press(score)
    terminal.wait_for(f"{score} chosen")
    terminal.press("\r")
    # A long path is broken anywhere at the end of a line.
    sought = ["".join(word.split()) for word in words]
    return terminal.wait_until(lambda text: all(word in "".join(text.split()) for word in sought), " and ".join(words))


def leave(terminal: Terminal, code: int = 0) -> None:
    """From the summary home and out; the terminal is whole and nothing looks like a crash."""
    terminal.press("\r")
    terminal.wait_for(HOME)
    terminal.press("q")
    assert terminal.end() == code
    assert terminal.left_behind() == []
    assert b"Traceback" not in terminal.raw


def come_and_go(folder: Path) -> None:
    """The next start, which takes in what was kept."""
    with open_trainer(folder) as terminal:
        terminal.wait_for(HOME, "Gym floor, quick")
        terminal.wait_until(lambda text: "Last four weeks" in text, "what the diary says")
        terminal.press("q")
        assert terminal.end() == 0


def the_session(folder: Path) -> dict[str, Any]:
    """The one session there is: finished, every drill of it, rated."""
    session: dict[str, Any]
    (session,) = told(folder, "history", "--json")
    assert session["status"] == "finished"
    assert len({drill["drill"] for drill in session["drills"]}) == 3
    return session


def database(folder: Path) -> Path:
    return folder / "data" / "trainer.db"


def unsaved(folder: Path) -> list[Path]:
    return sorted(folder.rglob("unsaved-*.jsonl"))


def test_two_windows_at_once_keep_both_sessions(folder: Path) -> None:
    with open_trainer(folder, *SOON_OVER) as one, open_trainer(folder, *SOON_OVER) as other:
        for terminal, score in ((one, "3"), (other, "4")):
            answer(terminal, score, "Saved.")
        for terminal in (one, other):
            leave(terminal)
    sessions = told(folder, "history", "--json")
    assert [session["status"] for session in sessions] == ["finished", "finished"]
    assert {rating["score"] for session in sessions for rating in session["ratings"]} == {3, 4}
    assert unsaved(folder) == []


def test_a_diary_locked_from_beginning_to_end_is_told_and_caught_up_at_the_next_start(folder: Path) -> None:
    ask(folder, "rate", "9", "--at", "2026-01-02T08:00")
    with closing(sqlite3.connect(database(folder), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with open_trainer(folder, *SOON_OVER) as terminal:
            answer(terminal, "3", "Not saved", "in use by another window", "unsaved-")
            leave(terminal, 2)
            assert b"trainer: The diary" in terminal.raw
        other.execute("ROLLBACK")
    assert told(folder, "history", "--json") == []
    assert len(unsaved(folder)) == 1
    come_and_go(folder)
    assert [rating["score"] for rating in the_session(folder)["ratings"]] == [3]
    assert unsaved(folder) == []


def test_a_lock_that_goes_in_time_is_no_loss_and_nobody_need_care(folder: Path) -> None:
    ask(folder, "rate", "9", "--at", "2026-01-02T08:00")
    with closing(sqlite3.connect(database(folder), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with open_trainer(folder, *SOON_OVER) as terminal:
            terminal.wait_for(QUESTION)
            other.execute("ROLLBACK")
            assert "Not saved" not in answer(terminal, "3", "Saved.")
            leave(terminal)
    the_session(folder)
    assert unsaved(folder) == []


def grow(folder: Path) -> None:
    """A diary that is larger than what may be written in the test that follows."""
    with Store.open(database(folder)) as store:
        for number in range(100):
            store.rate(make_rating(f"r{number}", note="x" * 900))


def test_a_disk_that_takes_no_more_of_the_diary_is_told_and_caught_up(folder: Path) -> None:
    """The system's own limit of a file's size stands for it: what is beside the diary still fits."""
    grow(folder)
    words = ("sh", "-c", 'ulimit -f 64; exec "$@"', "sh", *TRAINER, *SOON_OVER)
    with Terminal(words, environment(folder)) as terminal:
        answer(terminal, "3", "Not saved", "unsaved-")
        leave(terminal, 2)
    come_and_go(folder)
    assert [rating["score"] for rating in the_session(folder)["ratings"]] == [3]
    assert unsaved(folder) == []


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """A disk of its own at ``place``; skips where none can be had."""
    place.mkdir(parents=True, exist_ok=True)
    mount = shutil.which("mount")
    words = [str(mount), "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(place)]
    if mount is None or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("a small disk can only be mounted by root")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], capture_output=True)


def test_a_full_disk_is_told_and_what_was_done_lies_on_another_one(folder: Path) -> None:
    with small_disk(folder / "data", "4m"):
        grow(folder)
        filler = folder / "data" / "film"
        with filler.open("wb", buffering=0) as file:
            try:
                while file.write(b"x" * 4096):
                    pass
            except OSError:
                pass
        with open_trainer(folder, *SOON_OVER) as terminal:
            answer(terminal, "3", "Not saved", "the disk is full", "unsaved-")
            leave(terminal, 2)
        (kept,) = unsaved(folder)
        assert kept.parent == folder / "config"
        filler.unlink()
        come_and_go(folder)
        the_session(folder)
        assert unsaved(folder) == []


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    """A folder in which nothing can be written, not even by root."""
    if os.geteuid():
        place.chmod(0o500)
        try:
            yield
        finally:
            place.chmod(0o700)
        return
    with small_disk(place, "4m"):
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True, capture_output=True)
        try:
            yield
        finally:
            subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True, capture_output=True)


def test_a_read_only_folder_is_told_and_what_was_done_lies_in_another_one(folder: Path) -> None:
    (folder / "data").mkdir(mode=0o700, exist_ok=True)
    with read_only(folder / "data"):
        with open_trainer(folder, *SOON_OVER) as terminal:
            answer(terminal, "3", "Not saved", "unsaved-")
            leave(terminal, 2)
        (kept,) = unsaved(folder)
        assert kept.parent == folder / "config"
    come_and_go(folder)
    the_session(folder)
    assert unsaved(folder) == []


def test_without_a_home_everything_works_in_a_makeshift_place_and_says_so(tmp_path: Path) -> None:
    environ = {**environment(tmp_path), "TMPDIR": str(tmp_path)}
    for name in ("HOME", "TRAINER_DATA_DIR", "TRAINER_CONFIG_DIR"):
        del environ[name]
    place = tmp_path / f"joint-trainer-{os.getuid()}"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-c", HOMELESS, *words], env=environ, capture_output=True, text=True)

    said = run("setup", "--knee", "right", "--accept-safety")
    assert (said.returncode, len(said.stderr.splitlines())) == (0, 1)
    assert f"There is no home folder: everything is kept in {place}" in said.stderr
    assert place.stat().st_mode & 0o777 == 0o700
    with Terminal((sys.executable, "-c", HOMELESS, *QUICK, "--speed", "60"), environ) as terminal:
        terminal.wait_for("There is no home folder")
        answer(terminal, "3", "Saved.")
        leave(terminal)
    assert [session["status"] for session in json.loads(run("history", "--json").stdout)] == ["finished"]
    shutil.rmtree(place)
    place.symlink_to(tmp_path)
    said = run("rate", "3")
    assert (said.returncode, said.stdout, len(said.stderr.splitlines())) == (2, "", 1)
    assert "cannot be used" in said.stderr


@pytest.mark.parametrize(
    ("kind", "told_of"),
    [
        ("text", "is not a database"),
        ("cut", "is damaged"),
        ("bits", "is damaged"),
        ("newer", "newer version"),
        ("foreign", "not this program's"),
        ("lone log", "is gone, but its log"),
    ],
)
def test_a_damaged_or_foreign_diary_is_left_as_it_is_and_trained_on(folder: Path, kind: str, told_of: str) -> None:
    grow(folder)
    assert ask(folder, "backup", "now").returncode == 0
    path = database(folder)
    spoil(path, kind)
    before = {file.name: file.read_bytes() for file in path.parent.glob("trainer.db*")}
    with open_trainer(folder, *SOON_OVER) as terminal:
        answer(terminal, "3", "Not saved", "unsaved-", told_of)
        leave(terminal, 2)
        assert (b"trainer backup restore trainer-" in terminal.raw) is (kind != "newer")  # said once more at the end
    assert {file.name: file.read_bytes() for file in path.parent.glob("trainer.db*")} == before
    (backup,) = list_backups(folder / "data" / "backups")
    name = backup.name
    assert ask(folder, "backup", "restore", name).returncode == 0
    come_and_go(folder)
    the_session(folder)
    assert unsaved(folder) == []


def spoil(path: Path, kind: str) -> None:
    match kind:
        case "text":
            path.write_text("dear diary", encoding="utf-8")
        case "cut":
            os.truncate(path, path.stat().st_size // 2 // 4096 * 4096 + 100)
        case "bits":
            data = bytearray(path.read_bytes())
            for place in range(4096, len(data), 97):
                data[place] ^= 0xFF
            path.write_bytes(data)
        case "newer":
            with closing(sqlite3.connect(path)) as file:
                file.execute("PRAGMA user_version = 999")
        case "foreign":
            path.unlink()
            with closing(sqlite3.connect(path)) as file:
                file.execute("CREATE TABLE songs (title)")
        case "lone log":
            path.rename(path.with_name("trainer.db-wal"))
