"""Everything is for its owner alone, also what was there before; and nothing ever speaks to a network."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="needs a pseudo-terminal, which this platform does not have")

from tests.program import HOME, SHORT, TRAINER, ask, folder, rate, told
from tests.terminal import Terminal, environment
from trainer.paths import find_folders, own_files, own_folders, tighten

__all__ = ["folder"]
FAMILY = re.compile(r"\b(?:AF|PF)_(\w+)")


def loose(folder: Path) -> list[str]:
    """Every file and folder below, itself included, that others may read or enter."""
    return [str(path) for path in (folder, *folder.rglob("*")) if stat.S_IMODE(path.lstat().st_mode) & 0o077]


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def whole_run(folder: Path) -> None:
    """A session, its rating, a command of each kind that writes, and one more start."""
    events = folder / "config" / "events.jsonl"
    with Terminal([*TRAINER, *SHORT, "--speed", "60", "--events", str(events)], environment(folder)) as terminal:
        rate(terminal, "3")
        terminal.press("\r")
        terminal.wait_for(HOME)
        terminal.press("q")
        assert terminal.end() == 0
    exported = str(folder / "config" / "all.json")
    for words in (
        ("rate", "3", "--log", str(folder / "config" / "log")),
        ("export", "-o", exported),
        ("import", exported),
        ("backup", "now"),
    ):
        answer = ask(folder, *words)
        assert (answer.returncode, answer.stderr) == (0, ""), words
    with Terminal(TRAINER, environment(folder)) as terminal:
        terminal.wait_for(HOME)
        terminal.press("q")
        assert terminal.end() == 0


def test_whatever_the_umask_nobody_else_can_read_anything(folder: Path) -> None:
    with umask(0):
        whole_run(folder)
    assert {path.name for path in folder.rglob("*")} >= {"trainer.db", "backups", "events.jsonl", "log", "trainer.log"}
    assert loose(folder / "data") + loose(folder / "config") == []


def test_what_others_could_read_before_is_tightened_by_a_start(folder: Path) -> None:
    with umask(0):
        whole_run(folder)
    (folder / "data" / "unsaved-old.jsonl.unread").write_text("", encoding="utf-8")
    folders = find_folders(environment(folder))
    for own in own_folders(folders):
        own.mkdir(exist_ok=True)
    foreign = folder / "data" / "photo.jpg"
    foreign.write_text("", encoding="utf-8")
    for path in (*own_folders(folders), *own_files(folders), foreign):
        path.chmod(0o777 if path.is_dir() else 0o666)
    with Terminal(TRAINER, environment(folder)) as terminal:
        terminal.wait_for(HOME)
        terminal.press("q")
        assert terminal.end() == 0
    kept = {"config/events.jsonl", "config/all.json", "config/log"}  # named by the person, not opened by this start
    left = {str(Path(path).relative_to(folder)) for path in loose(folder / "data") + loose(folder / "config")}
    assert left - kept == {"data/photo.jpg"}


def test_events_and_logs_that_were_open_to_others_are_tightened_when_they_are_written(folder: Path) -> None:
    for name in ("e", "l"):
        (folder / name).write_text("", encoding="utf-8")
        (folder / name).chmod(0o644)
    with Terminal(
        [*TRAINER, "--events", str(folder / "e"), "--log", str(folder / "l")], environment(folder)
    ) as terminal:
        terminal.wait_for(HOME)
        terminal.press("q")
        assert terminal.end() == 0
    assert [stat.S_IMODE((folder / name).stat().st_mode) for name in ("e", "l")] == [0o600, 0o600]


def test_a_device_is_everybodys(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo, 0o644)
    tighten(fifo, 0o600)
    assert stat.S_IMODE(fifo.stat().st_mode) == 0o644


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_session_speaks_to_no_network(folder: Path) -> None:
    """Nothing but local sockets (a sound server's), in the program and whatever it starts."""
    log = folder / "calls"
    own = folder / "config" / "routines"
    spoken = "id: own\nname: Own\npurpose: x\nitems:\n- {drill: toe-splay, reps: 2, tempo: 2s}\n"
    (own / "own.yaml").write_text(spoken, encoding="utf-8")
    start = ("start", "own", "--skip-before", "--speed", "20")
    with Terminal(
        ["strace", "-f", "-e", "trace=network", "-o", str(log), *TRAINER, *start], environment(folder)
    ) as terminal:
        try:
            terminal.wait_until(lambda text: "0-9 choose" in text or "ptrace" in text, "the question")
        except AssertionError:
            if "ptrace" in terminal.text():
                pytest.skip("strace may not trace here")
            raise
        if "ptrace" in terminal.text():
            pytest.skip("strace may not trace here")
        rate(terminal, "3")
        terminal.press("\r")
        terminal.wait_for(HOME)
        terminal.press("q")
        assert terminal.end() == 0
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert calls, "strace saw not even the end of the program"
    assert [line for line in calls if any(name not in ("UNIX", "LOCAL") for name in FAMILY.findall(line))] == []
    assert len(told(folder, "history", "--json")) == 1


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_the_look_for_networks_would_see_one(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    with Terminal(
        ["strace", "-f", "-e", "trace=network", "-o", str(log), sys.executable, "-c", code], environment(tmp_path)
    ) as terminal:
        if terminal.end() and "ptrace" in terminal.text():
            pytest.skip("strace may not trace here")
    assert "INET" in FAMILY.findall(log.read_text(encoding="utf-8"))
