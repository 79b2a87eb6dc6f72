from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from trainer.audio.hush import stderr_held


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)


def test_what_is_written_meanwhile_is_gone_and_what_comes_after_is_not(capfd: pytest.CaptureFixture[str]) -> None:
    os.write(2, b"before ")
    with stderr_held():
        os.write(2, b"chatter ")
        with stderr_held():
            os.write(2, b"more ")
        os.write(2, b"and more ")
    os.write(2, b"after")
    assert capfd.readouterr().err == "before after"


def test_an_exception_gives_the_descriptor_back(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), stderr_held():
        raise ZeroDivisionError
    os.write(2, b"here")
    assert capfd.readouterr().err == "here"


def test_many_threads_leave_it_as_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    def hold() -> None:
        for _ in range(50):
            with stderr_held():
                os.write(2, b"chatter")

    threads = [threading.Thread(target=hold) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os.write(2, b"here")
    assert capfd.readouterr().err == "here"


def test_without_descriptor_2_nothing_is_lost() -> None:
    code = (
        "import os; os.close(2)\n"
        "from trainer.audio.hush import screen_apart, stderr_held\n"
        "with stderr_held(), screen_apart(): print('in')\n"
        "print('out')"
    )
    assert run(code).stdout == "in\nout\n"


def test_a_screen_set_apart_is_drawn_while_c_libraries_are_silent() -> None:
    code = """
import os, sys, threading
from trainer.audio.hush import screen_apart, stderr_held
screen = sys.__stderr__
with screen_apart():
    screen = sys.__stderr__
    os.write(2, b"chatter ")
    screen.write("frame 1 "); screen.flush()
    def probe():
        with stderr_held():
            os.write(2, b"more ")
            screen.write("frame 2 "); screen.flush()
    thread = threading.Thread(target=probe); thread.start(); thread.join()
    print("words", end=" ", file=sys.stderr)
os.write(2, b"after ")
print("all", file=sys.stderr)
"""
    done = run(code)
    assert done.returncode == 0
    assert done.stderr == "frame 1 frame 2 words after all\n"
