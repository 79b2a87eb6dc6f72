"""However it ends, the terminal is whole and the session kept: signals, a lost terminal, ctrl+z, a hanging program."""

from __future__ import annotations

import json
import os
import re
import select
import shlex
import signal
import sys
import time
import tty
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

pytest.importorskip("pty", reason="needs a pseudo-terminal, which this platform does not have")

from tests.program import (
    HOME,
    LONG,
    QUESTION,
    QUICK,
    SHORT,
    TRAINER,
    ask,
    folder,
    open_trainer,
    reach_second_drill,
    rep,
    told,
)
from tests.terminal import PATIENCE_S, Terminal, environment
from trainer.ui.pen import MOST, PIECE, Pen
from trainer.ui.terminal import is_gone

__all__ = ["folder"]
SHELL = ("bash", "--norc", "--noprofile", "-i")
KEYBOARD_ON = b"\x1b[>"
STUCK = """
import ctypes, os, sys
from pathlib import Path
from trainer import cli
from trainer.ui.app import TrainerApp

def stand_still(self):
    lock = ctypes.create_string_buffer(64)
    Path(os.environ["HOME"], "stuck").touch()
    for _ in range(2):  # the second time for ever, and no signal gets in
        ctypes.CDLL(None).pthread_mutex_lock(lock)

TrainerApp.action_help = stand_still
sys.exit(cli.main(sys.argv[1:]))
"""
CUT = """
import errno, os, sys
from trainer import cli

def read(descriptor, most, read=os.read):
    if descriptor == 0:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return read(descriptor, most)

os.read = read
sys.exit(cli.main([]))
"""
HUNG_AT_THE_END = """
import sys, threading
from trainer import cli
from trainer.ui.home import HomeScreen

HomeScreen.on_unmount = lambda self: threading.Event().wait()
sys.exit(cli.main(sys.argv[1:]))
"""

LATE = """
import sys
from trainer import cli
from trainer.ui.leaving import Leaving

def take_late(self, number, take=Leaving._take):
    self._loop.call_soon_threadsafe(self._loop.call_later, 0.05, take, self, number)

Leaving._take = take_late
sys.exit(cli.main(sys.argv[1:]))
"""

LATE_TO_GO = """
import sys
from trainer import cli
from trainer.ui.leaving import Leaving
from trainer.ui.terminal import NAP_S

def go_late(self, go=Leaving._go):
    self._loop.call_later(2 * NAP_S, go, self)

Leaving._go = go_late
sys.exit(cli.main(sys.argv[1:]))
"""

SHELL_OF_TWO_WORDS = """
import os, signal, subprocess, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
job = subprocess.Popen(sys.argv[1:], process_group=0)
os.tcsetpgrp(0, job.pid)
os.waitpid(job.pid, os.WUNTRACED)
os.tcsetpgrp(0, os.getpgrp())
os.kill(job.pid, signal.SIGCONT)  # bg
job.wait()
"""
LIT = """
import os, sys
from trainer import cli
from trainer.ui.terminal import Terminal

def sleep_on(self, before=Terminal._sleep_on):
    os.tcsetpgrp(0, os.getpgrp())  # fg, as a shell says it to what runs already
    before(self)

Terminal._sleep_on = sleep_on
sys.exit(cli.main(sys.argv[1:]))
"""


def interrupted(folder: Path) -> dict[str, Any]:
    """The one session of the diary, broken off in its second drill."""
    session: dict[str, Any]
    (session,) = told(folder, "history", "--json")
    assert (session["status"], session["drills"][0]["outcome"]) == ("interrupted", "done")
    return session


# Lost


def test_a_terminal_that_vanishes_without_a_word_ends_the_session_as_a_hangup_does(folder: Path) -> None:
    words = [*TRAINER, *LONG, "--speed", "20"]
    with Terminal(words, environment(folder), is_controlling=False) as terminal:
        reach_second_drill(terminal)
        terminal.close_window()
        assert terminal.end() == 129
    interrupted(folder)


def test_a_terminal_that_vanishes_while_nothing_moves_is_noticed_too(folder: Path) -> None:
    with Terminal([*TRAINER], environment(folder, TEXTUAL_ANIMATIONS="none"), is_controlling=False) as terminal:
        terminal.wait_for(HOME)
        terminal.read_for(0.5)
        terminal.close_window()
        assert terminal.end() == 129


def test_nothing_to_read_tells_a_lost_terminal_from_one_where_nothing_is_typed() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    assert not is_gone(slave)
    os.write(master, b"x")
    select.select([slave], [], [], PATIENCE_S)
    assert not is_gone(slave)
    os.close(master)
    assert is_gone(slave)
    os.close(slave)
    assert is_gone(slave)


def test_an_error_while_reading_is_the_loss_of_the_terminal_and_no_traceback(folder: Path) -> None:
    with Terminal([sys.executable, "-c", CUT], environment(folder)) as terminal:
        terminal.wait_for(HOME)
        terminal.press("x")
        assert terminal.end() == 129
        assert terminal.left_behind() == []
        assert b"Traceback" not in terminal.raw


def test_a_lost_terminal_is_no_reason_for_a_traceback(folder: Path) -> None:
    log = folder / "stderr"
    words = ["sh", "-c", 'exec "$@" 2>"$0"', str(log), *TRAINER]
    with Terminal(words, environment(folder), is_controlling=False) as terminal:
        terminal.wait_for(HOME)
        terminal.close_window()
        assert terminal.end() == 129
    assert log.read_text() == ""


def test_a_lost_terminal_keeps_its_code_also_where_nothing_could_be_saved(tmp_path: Path) -> None:
    ask(tmp_path, "setup", "--knee", "right", "--accept-safety")
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    with open_trainer(tmp_path, *QUICK) as terminal:
        terminal.wait_for("Foot rolls", "drill 1 of 10")
        terminal.close_window()
        assert terminal.end() == 129


def test_the_two_signals_of_a_shell_whose_window_is_closed_end_the_session(folder: Path) -> None:
    with open_trainer(folder, *LONG, "--speed", "20") as terminal:
        reach_second_drill(terminal)
        terminal.close_window()
        for number in (signal.SIGHUP, signal.SIGCONT, signal.SIGHUP, signal.SIGCONT):
            if terminal.program.poll() is None:
                terminal.signal(number)
        assert terminal.end() == 129
    interrupted(folder)


# Signals


@pytest.mark.parametrize("numbers", [(signal.SIGTERM, signal.SIGHUP), (signal.SIGINT, signal.SIGINT)], ids=str)
def test_two_signals_at_once_end_it_once(folder: Path, numbers: tuple[signal.Signals, ...]) -> None:
    with open_trainer(folder, *LONG, "--speed", "20") as terminal:
        reach_second_drill(terminal)
        for number in numbers:
            terminal.signal(number)
        assert terminal.end() in {128 + number for number in numbers}
        assert terminal.left_behind() == []
        assert b"Traceback" not in terminal.raw
    interrupted(folder)


def test_ctrl_c_ends_it_as_everywhere_else(folder: Path) -> None:
    with open_trainer(folder, *LONG, "--speed", "20") as terminal:
        reach_second_drill(terminal)
        terminal.press("\x03")
        assert terminal.end() == 130
        assert terminal.left_behind() == []
    interrupted(folder)


def test_a_signal_while_the_knee_is_asked_keeps_what_was_done(folder: Path) -> None:
    with open_trainer(folder, *SHORT, "--speed", "60") as terminal:
        terminal.wait_for(QUESTION)
        terminal.signal(signal.SIGTERM)
        assert terminal.end() == 143
        assert terminal.left_behind() == []
    (session,) = told(folder, "history", "--json")
    assert (session["status"], len({drill["drill"] for drill in session["drills"]})) == ("finished", 3)


def test_a_signal_while_a_question_lies_over_the_session_keeps_what_was_done(folder: Path) -> None:
    with open_trainer(folder, *LONG, "--speed", "20") as terminal:
        reach_second_drill(terminal)
        terminal.press("q")
        terminal.wait_for("Stop here?")
        terminal.signal(signal.SIGTERM)
        assert terminal.end() == 143
        assert terminal.left_behind() == []
    interrupted(folder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=str)
def test_a_signal_before_the_first_paint_leaves_the_terminal_whole(folder: Path, number: signal.Signals) -> None:
    with open_trainer(folder) as terminal:
        terminal.wait_for_bytes("\x1b[?1049h")
        terminal.signal(number)
        assert terminal.end() == 128 + number
        assert terminal.left_behind() == []
        assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("after_s", [0.05, 0.15, 0.25, 0.35])
def test_a_signal_at_any_instant_of_the_start_leaves_the_terminal_whole(folder: Path, after_s: float) -> None:
    with open_trainer(folder) as terminal:
        terminal.read_for(after_s)
        terminal.signal(signal.SIGTERM)
        assert terminal.end() in (143, -signal.SIGTERM)  # the latter while Python itself starts
        assert terminal.left_behind() == []
        assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("after_s", [0.0, 0.05, 0.15])
def test_a_signal_during_the_end_leaves_the_terminal_whole(folder: Path, after_s: float) -> None:
    with open_trainer(folder) as terminal:
        terminal.wait_for(HOME)
        terminal.press("q")
        terminal.read_for(after_s)
        terminal.signal(signal.SIGTERM)
        assert terminal.end() in (0, 143, -signal.SIGTERM)
        assert terminal.left_behind() == []
        assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("code", [STUCK, HUNG_AT_THE_END], ids=["stuck", "hung-at-the-end"])
def test_an_app_that_does_not_come_to_its_end_is_ended_and_the_terminal_made_whole(folder: Path, code: str) -> None:
    words = [sys.executable, "-c", code, *LONG, "--speed", "20"]
    with Terminal(words, environment(folder)) as terminal:
        reach_second_drill(terminal)
        terminal.press("?")
        terminal.read_for(0.2)
        terminal.signal(signal.SIGTERM)
        assert terminal.end() == 143
        assert terminal.left_behind() == []
    interrupted(folder)


# Asleep


@pytest.mark.parametrize("numbers", [(signal.SIGCONT,), (signal.SIGSTOP, signal.SIGCONT)], ids=str)
def test_being_told_to_go_on_starts_nothing_twice_and_paints_anew(
    folder: Path, numbers: tuple[signal.Signals, ...]
) -> None:
    with open_trainer(folder, TEXTUAL_ANIMATIONS="none") as terminal:
        terminal.wait_for(HOME, "Gym floor, quick")
        terminal.read_for(0.5)
        before = len(terminal.raw)
        for number in numbers:
            terminal.signal(number)
        terminal.wait_for_bytes("Gym floor, quick", since=before)
        assert terminal.raw.count(KEYBOARD_ON) == 1
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.left_behind() == []


@contextmanager
def watching(terminal: Terminal, program: int) -> Iterator[Callable[[], bool]]:
    """Whether a program that is nobody's child here ends."""
    if not hasattr(os, "pidfd_open"):
        pytest.skip("needs Linux")
    watched = os.pidfd_open(program)
    try:
        yield lambda: terminal.read_until_ready(watched)
    finally:
        os.close(watched)


@contextmanager
def put_to_sleep(folder: Path, trainer: Sequence[str]) -> Iterator[tuple[Terminal, int]]:
    """A shell in a terminal, and a session in its second drill that ctrl+z has put to sleep; with the program's id."""
    with Terminal(SHELL, environment(folder, PS1="at-the-shell ")) as terminal:
        terminal.wait_for("at-the-shell")
        terminal.press(f"{shlex.join((*trainer, *LONG, '--speed', '20'))}\r")
        reach_second_drill(terminal)
        terminal.press("\x1a")
        terminal.wait_for("Stopped", "at-the-shell")
        terminal.press("echo job=$(jobs -p)\r")
        terminal.wait_until(lambda text: re.search(r"job=\d+", text) is not None, "the id")
        found = re.search(r"job=(\d+)", terminal.text())
        assert found is not None
        yield terminal, int(found[1])


@pytest.fixture
def asleep(folder: Path) -> Iterator[tuple[Terminal, int]]:
    with put_to_sleep(folder, TRAINER) as found:
        yield found


def test_ctrl_z_gives_the_shell_a_whole_terminal_and_fg_goes_on(asleep: tuple[Terminal, int]) -> None:
    terminal, _ = asleep
    assert [what for what in terminal.left_behind() if what not in ("raw input", "bracketed paste")] == []
    terminal.press("fg\r")  # the shell itself has those two while it waits for a line
    terminal.wait_for("PAUSED")
    terminal.press("q")
    terminal.wait_for("Stop here?")
    before = len(terminal.raw)
    terminal.press("\x03")
    terminal.wait_for_bytes("at-the-shell", since=before)
    terminal.press("echo code=$?\r")
    terminal.wait_for("code=130")


@pytest.mark.parametrize("name", ["TERM", "HUP"])
def test_a_signal_ends_what_ctrl_z_put_to_sleep(folder: Path, asleep: tuple[Terminal, int], name: str) -> None:
    terminal, program = asleep
    before = len(terminal.raw)
    with watching(terminal, program) as is_gone:
        terminal.press(f"kill -{name} %1\r")
        assert is_gone()
    terminal.press(f"wait {program}; echo code=$?\r")
    terminal.wait_for(f"code={128 + signal.Signals[f'SIG{name}']}")
    assert b"\x1b[?1049h" not in terminal.raw[before:]
    interrupted(folder)


@pytest.mark.parametrize("code", [LATE, LATE_TO_GO], ids=["heard", "done"])
def test_a_signal_heard_or_obeyed_only_after_the_one_that_wakes_ends_it_too(folder: Path, code: str) -> None:
    late = folder / "late.py"
    late.write_text(code, encoding="utf-8")
    with (
        put_to_sleep(folder, (sys.executable, str(late))) as (terminal, program),
        watching(terminal, program) as is_gone,
    ):
        terminal.press("kill -TERM %1\r")
        assert is_gone()
    interrupted(folder)


def test_fg_right_after_bg_wakes_it(folder: Path) -> None:
    words = [sys.executable, "-c", SHELL_OF_TWO_WORDS, sys.executable, "-c", LIT, *LONG]
    with Terminal(words, environment(folder)) as terminal:
        terminal.wait_for("drill 1 of 3")
        terminal.press("\x1a")
        terminal.wait_for("PAUSED", "drill 1 of 3")


def test_bg_leaves_it_asleep_and_fg_wakes_it(asleep: tuple[Terminal, int]) -> None:
    terminal, _ = asleep
    before = len(terminal.raw)
    terminal.press("bg\r")
    deadline = time.monotonic() + PATIENCE_S
    while b"Stopped" not in terminal.raw[before:] and time.monotonic() < deadline:
        terminal.press("\r")  # the shell tells before it asks anew
        terminal.read_for(0.1)
    assert terminal.raw[before:].count(b"Stopped") == 1
    assert b"\x1b[?1049h" not in terminal.raw[before:]
    terminal.press("fg\r")
    terminal.wait_for("PAUSED")


def test_closing_the_window_over_what_ctrl_z_put_to_sleep_ends_it(folder: Path, asleep: tuple[Terminal, int]) -> None:
    terminal, program = asleep
    with watching(terminal, program) as is_gone:
        terminal.close_window()
        assert is_gone()
    interrupted(folder)


def test_what_another_stopped_gives_the_terminal_back_when_it_is_ended_behind_the_shell(
    folder: Path, asleep: tuple[Terminal, int]
) -> None:
    terminal, program = asleep
    terminal.press("fg\r")
    terminal.wait_for("PAUSED")
    before = len(terminal.raw)
    os.kill(program, signal.SIGSTOP)
    terminal.wait_for_bytes("at-the-shell", since=before)
    with watching(terminal, program) as is_gone:
        terminal.press("kill %1\r")
        assert is_gone()
    terminal.wait_for_bytes("\x1b[?1049l", since=before)
    terminal.press(f"wait {program}; echo code=$?\r")
    terminal.wait_for("code=143")
    interrupted(folder)


def test_what_another_stopped_hears_every_key_again_after_fg(asleep: tuple[Terminal, int]) -> None:
    terminal, program = asleep
    terminal.press("fg\r")
    terminal.wait_for("PAUSED")
    before = len(terminal.raw)
    os.kill(program, signal.SIGSTOP)
    terminal.wait_for_bytes("at-the-shell", since=before)
    terminal.press("fg\r")
    terminal.wait_for_bytes("\x1b[?1049h", since=before)
    terminal.press("q")
    terminal.wait_for("Stop here?")


def test_what_another_stopped_waits_where_it_was_last_seen(folder: Path) -> None:
    """A stop too short to be seen by the clocks: without the signal the session would have gone on by 40 seconds."""
    with open_trainer(folder, *LONG, "--speed", "20", "--events", str(folder / "e.jsonl")) as terminal:
        reach_second_drill(terminal)
        terminal.signal(signal.SIGSTOP)
        os.waitid(os.P_PID, terminal.program.pid, os.WSTOPPED)
        terminal.read_for(2.0)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("PAUSED", "Heel raises")  # at which rep the stop came is chance; the events tell
        events = [json.loads(line) for line in (folder / "e.jsonl").read_text(encoding="utf-8").splitlines()]
        (paused,) = (event for event in events if event["event"] == "paused")
        before = max(event["t"] for event in events if event["event"] != "paused")
        assert paused["reason"] == "asleep"
        assert paused["t"] - before < 16  # two reps


def test_ctrl_z_where_nobody_could_wake_it_stops_nothing(folder: Path) -> None:
    with open_trainer(folder) as terminal:
        terminal.wait_for(HOME)
        terminal.press("\x1a")
        terminal.read_for(0.5)
        terminal.press("q")
        assert terminal.end() == 0


# Behind


def come(holds: Callable[[], bool]) -> None:
    """Wait, and read nothing meanwhile."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        select.select([], [], [], 0.02)


@contextmanager
def unread(folder: Path, words: Sequence[str]) -> Iterator[Terminal]:
    """A terminal that takes nothing any more, and a session that went on behind it for a drill and ten reps."""
    told_to = folder / "e.jsonl"
    words = (*words, *LONG, "--speed", "20", "--events", str(told_to))
    with Terminal(words, environment(folder), columns=200, rows=60) as terminal:
        terminal.wait_for("drill 1 of 3")
        come(lambda: '"rep": 10,' in told_to.read_text())
        yield terminal


@pytest.fixture
def behind(folder: Path) -> Iterator[Terminal]:
    with unread(folder, TRAINER) as terminal:
        yield terminal


def test_a_terminal_that_takes_nothing_holds_up_no_session_and_is_painted_anew_when_it_does(behind: Terminal) -> None:
    before = len(behind.raw)
    behind.wait_for_bytes("Long one", since=before)
    behind.wait_until(lambda text: "drill 2 of 3" in text and rep(text) >= 10, "where it stands now")


def test_a_terminal_far_behind_is_whole_at_the_end_once_it_is_read(behind: Terminal) -> None:
    behind.signal(signal.SIGTERM)
    assert behind.end() == 143
    assert behind.left_behind() == []


def test_a_terminal_read_no_more_does_not_hold_up_the_end_and_is_whole_when_it_is(
    folder: Path, behind: Terminal
) -> None:
    behind.signal(signal.SIGTERM)
    assert behind.program.wait(PATIENCE_S) == 143
    interrupted(folder)
    assert behind.end() == 143
    assert behind.left_behind() == []


def test_a_terminal_read_no_more_is_made_whole_for_an_app_that_stands_still_too(folder: Path) -> None:
    with unread(folder, (sys.executable, "-c", STUCK)) as terminal:
        terminal.press("?")
        come((folder / "stuck").exists)
        terminal.signal(signal.SIGTERM)
        assert terminal.program.wait(PATIENCE_S) == 143
        assert terminal.end() == 143
        assert terminal.left_behind() == []


# The pen


class Line:
    """A line of a few thousand bytes from a pen to whoever reads."""

    def __init__(self) -> None:
        self.reading, writing = os.pipe()
        self.file = os.fdopen(writing, "w", encoding="ascii")
        self.lost, self.caught_up = Event(), Event()
        self.pen = Pen(self.file, lost=self.lost.set, caught_up=self.caught_up.set)

    def read(self, holds: Callable[[bytes], bool]) -> bytes:
        taken = b""
        while not holds(taken) and select.select([self.reading], [], [], PATIENCE_S)[0]:
            taken += os.read(self.reading, 65536)
        return taken

    def close(self) -> None:
        self.pen.lay_down(PATIENCE_S, b"")
        self.file.close()
        os.close(self.reading)


def test_a_pen_writes_everything_in_order_and_what_the_line_cannot_say_in_ascii() -> None:
    line = Line()
    for word in ("one ", "two\u00b0 ", "three"):
        line.pen.write(word)
    assert line.read(lambda taken: taken.endswith(b"three")) == rb"one two\xb0 three"
    line.close()


def test_a_pen_far_behind_leaves_out_pictures_says_so_and_goes_on() -> None:
    line = Line()
    for _ in range(10):
        line.pen.write("x" * (MOST // 4))  # returns though nobody reads
    line.pen.write("never seen")
    assert not line.caught_up.is_set()
    reader = Thread(target=line.read, args=(lambda _: line.caught_up.is_set(),), daemon=True)
    reader.start()
    assert line.caught_up.wait(PATIENCE_S)
    line.pen.write("seen")
    reader.join(PATIENCE_S)
    line.pen.write("END")
    assert b"never" not in line.read(lambda taken: taken.endswith(b"END"))
    line.close()


def test_a_pen_that_must_be_quick_leaves_out_what_waits_and_writes_what_comes() -> None:
    line = Line()
    line.pen.write("x" * (MOST // 2))
    assert select.select([line.reading], [], [], PATIENCE_S)[0]  # it is under way, and the line is full
    for _ in range(9):
        line.pen.write("x" * (MOST // 2))
    line.pen.skip()
    line.pen.write("whole again")
    taken = line.read(lambda taken: taken.endswith(b"whole again"))
    assert taken.endswith(b"whole again")
    assert len(taken) <= MOST
    line.close()


@pytest.mark.parametrize("length", [MOST // 2, 20 * PIECE, PIECE])
def test_a_pen_laid_down_before_a_terminal_that_takes_nothing_leaves_it_the_last_words(length: int) -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    with os.fdopen(slave, "w", encoding="ascii") as file:
        pen = Pen(file, lost=lambda: None, caught_up=lambda: None)
        pen.write("x" * length)
        pen.write("END")
        pen.lay_down(0.5, b"LAST")
    taken = b""
    with suppress(OSError):  # Linux says so once nobody holds the other end
        while piece := os.read(master, 65536):
            taken += piece
    os.close(master)
    assert taken.endswith(b"END" if length == PIECE else b"LAST")


def test_a_pen_whose_line_is_cut_says_so_once_and_takes_no_more() -> None:
    line = Line()
    os.close(line.reading)
    line.pen.write("into nothing")
    assert line.lost.wait(PATIENCE_S)
    for _ in range(100):
        line.pen.write("x" * MOST)
    line.reading = os.open(os.devnull, os.O_RDONLY)
    line.close()
