"""The real program in a real pseudo-terminal: press keys, wait for words on the screen, look at what it leaves behind.

Nothing here sleeps: whoever waits, waits for words or for the end, and gives up at a deadline.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

PATIENCE_S = 60.0
"""What has not come by then never does. It fails tests alone, so a machine that has no time is given plenty."""
_TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
_PRIVATE_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[([<>])[0-9;]*u")
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]")
_CURSOR = 25
_NAMES = {
    1049: "alternate screen",
    1000: "mouse",
    1002: "mouse",
    1003: "mouse",
    1006: "mouse",
    1015: "mouse",
    1004: "focus reports",
    2004: "bracketed paste",
    2048: "resize reports",
}


def environment(folder: Path, **more: str) -> dict[str, str]:
    """A clean environment whose diary and settings live in ``folder``."""
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "TRAINER_DATA_DIR": str(folder / "data"),
        "TRAINER_CONFIG_DIR": str(folder / "config"),
        **more,
    }


class Terminal:
    """A program of its own in a terminal of its own; leaving the ``with`` ends it."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        columns: int = 120,
        rows: int = 36,
        is_controlling: bool = True,
    ) -> None:
        """Without ``is_controlling`` the program starts a little sooner, and closing the window tells it nothing."""
        self.raw = bytearray()
        """Every byte the program has written."""
        self._shown = 0
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        self._size(columns, rows)
        self._found = termios.tcgetattr(self._master)
        taking = (sys.executable, "-I", "-S", "-c", _TAKE_TERMINAL) if is_controlling else ()
        self.started = time.monotonic()
        """When the program was started."""
        self.program = subprocess.Popen(
            (*taking, *command), stdin=slave, stdout=slave, stderr=slave, env=dict(environ), start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the program, whatever it does."""
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        self.close_window()

    def text(self) -> str:
        """What is on the screen."""
        fresh, self._shown = bytes(self.raw[self._shown :]), len(self.raw)
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", fresh))
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for_bytes(self, words: str, within_s: float = PATIENCE_S, since: int = 0) -> float:
        """Read until ``words`` have been written after byte ``since``; give the seconds since the start.

        The screen is not reconstructed, so that measuring costs next to nothing.
        """
        deadline = time.monotonic() + within_s
        sought = words.encode()
        while self.raw.find(sought, since) < 0:
            if not self._read(deadline):
                raise AssertionError(f"never saw {words}; the screen:\n{self.text()}")
        return time.monotonic() - self.started

    def read_for(self, seconds: float) -> None:
        """Take in whatever is written in this time."""
        deadline = time.monotonic() + seconds
        while self._read(deadline):
            pass

    def wait_for(self, *words: str, within_s: float = PATIENCE_S) -> str:
        """Read until all ``words`` are on the screen together; give the screen."""
        return self.wait_until(lambda text: all(word in text for word in words), " and ".join(words), within_s)

    def wait_until(self, holds: Callable[[str], bool], what: str, within_s: float = PATIENCE_S) -> str:
        """Read until the screen is as it should be; give it."""
        deadline = time.monotonic() + within_s
        while not holds(self.text()):
            if not self._read(deadline):
                raise AssertionError(f"never saw {what}; the screen:\n{self.text()}")
            while self._read(0.0):  # all there is: the screen as it is now, not as it was
                pass
        return self.text()

    def press(self, keys: str) -> None:
        """Type, as a keyboard would."""
        os.write(self._master, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Pull at the window's corner."""
        self.text()
        self._screen.resize(rows, columns)
        self._size(columns, rows)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.program.send_signal(number)

    def close_window(self) -> None:
        """Close the terminal's window: the program loses its terminal and is told so."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def end(self, within_s: float = PATIENCE_S) -> int:
        """Read on until the program has ended; give its exit code, negative where a signal killed it."""
        deadline = time.monotonic() + within_s
        while self._master >= 0 and self._read(deadline):
            pass
        return self.program.wait(max(0.1, deadline - time.monotonic()))

    def read_until_ready(self, descriptor: int, within_s: float = PATIENCE_S) -> bool:
        """Read on, as a terminal does whatever one waits for, until there is something to be heard there."""
        deadline = time.monotonic() + within_s
        while self._master >= 0:
            heard, _, _ = select.select([descriptor, self._master], [], [], max(0.0, deadline - time.monotonic()))
            if descriptor in heard or not heard:
                return bool(heard)
            if not self._read(deadline):
                break
        return bool(select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0])

    def left_behind(self) -> list[str]:
        """What the program switched on and not off again, in words; empty where the terminal is as it was found."""
        on: dict[int, bool] = {}
        for numbers, letter in _PRIVATE_MODE.findall(bytes(self.raw)):
            for number in numbers.split(b";"):
                on[int(number)] = letter == b"h"
        left = [name for mode, name in _NAMES.items() if on.get(mode)]
        if not on.get(_CURSOR, True):
            left.append("hidden cursor")
        if sum(1 if sign == b">" else -1 for sign in _KEYBOARD.findall(bytes(self.raw))) > 0:
            left.append("keyboard protocol")
        if termios.tcgetattr(self._master) != self._found:
            left.append("raw input")
        return left

    def was_full_screen(self) -> bool:
        """Whether the program ever took the alternate screen."""
        return b"\x1b[?1049h" in self.raw

    def _read(self, deadline: float) -> bool:
        """Take in what there is; False at the deadline and once the program has let go of the terminal."""
        ready, _, _ = select.select([self._master], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return False
        try:
            piece = os.read(self._master, 65536)
        except OSError:  # Linux says so once nobody holds the other end
            return False
        self.raw += piece
        return bool(piece)

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
