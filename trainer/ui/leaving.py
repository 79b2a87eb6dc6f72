"""Leaving because someone outside says so: a signal, a lost terminal. In good order, or in three seconds without."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name))
PATIENCE_S = 3.0
"""How long the app may take to leave in good order. What was done is on the disk already, phase by phase."""
LAST_WORD_S = 1.0
"""How long the last word may take, where a stuck app holds the diary as well."""
TIDYING_S = 0.5
"""How long a terminal that stands still may hold up the very end."""
WHOLE = (
    b"\x18\x1b[?2026l\x1b[<u\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"
    b"\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""Undoes, one after the other, whatever a full screen may have switched on; first of all a sequence cut in two."""


class Leaving:
    """Listens for what ends the app from outside, from before its first paint until it is gone.

    The signals' numbers arrive in a thread of their own as well, so that an app that stands still (in a driver, on a
    disk that does not answer) ends all the same. On Windows it listens to nothing.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self.code = 0
        """128 and the number of the signal that ends the app; 0 where none does."""
        self.at_last: Callable[[], None] | None = None
        """What is still to be done, from a thread of its own, where the app does not leave in time."""
        self.hush: Callable[[], object] | None = None
        """Ends whatever writes on the terminal, so that the words that make it whole are the last."""
        self._patience_s = patience_s
        self._loop: AbstractEventLoop | None = None
        self._leave: Callable[[int], None] | None = None
        self._before: dict[int, Any] = {}
        self._ends: tuple[int, int] | None = None
        self._found: list[Any] | None = None

    def __enter__(self) -> Leaving:
        """Listen."""
        if sys.platform != "win32":
            self._found = _modes()
            self._ends = reading, writing = os.pipe()
            os.set_blocking(writing, False)
            for number in SIGNALS:
                self._before[number] = signal.signal(number, self._hear)
            signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
            Thread(target=self._watch, args=(reading,), name="leaving", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Listen no more; but once asked to leave, see to it until the program is gone."""
        if self._ends is None or self.code:
            return
        signal.set_wakeup_fd(-1)
        for number, before in self._before.items():
            signal.signal(number, before)
        os.close(self._ends[1])  # and so the thread ends

    def follow(self, loop: AbstractEventLoop, leave: Callable[[int], None]) -> None:
        """Call ``leave`` with the exit code, in ``loop``, when it is time; that may be at once."""
        self._loop, self._leave = loop, leave
        if self.code:
            leave(self.code)

    def ask(self, number: int) -> None:
        """Ask the app to leave, as signal ``number`` would."""
        if self._ends is None:
            self._take(number)
        else:
            os.kill(os.getpid(), number)

    def _hear(self, number: int, _: FrameType | None) -> None:
        self._take(number)

    def _take(self, number: int) -> None:
        """Only the first counts: a shell whose window is closed says it twice."""
        if not self.code:
            self.code = 128 + number
            self._soon(self._go)

    def _go(self) -> None:
        if self._leave is not None:
            self._leave(self.code)

    def _soon(self, do: Callable[[], None]) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended
                self._loop.call_soon_threadsafe(do)

    def _watch(self, reading: int) -> None:
        """Take in every signal that Python minds, whatever the rest of the program does."""
        while number := os.read(reading, 1):
            if number[0] in SIGNALS:
                self._take(number[0])
                self._see_to_it()
            self._soon(_look_up)
        os.close(reading)

    def _see_to_it(self) -> NoReturn:
        """Give the app its time; then say the last word, make the terminal whole, and be gone."""
        Event().wait(self._patience_s)
        _in_time(self.at_last, LAST_WORD_S)
        _in_time(self.hush, TIDYING_S)
        _in_time(lambda: _make_whole(self._found), TIDYING_S)
        os._exit(self.code)


def _in_time(do: Callable[[], object] | None, seconds: float) -> None:
    """Do it, where there is something to do, but wait for it no longer than this."""
    if do is None:
        return
    doing = Thread(target=do, name="leaving-at-last", daemon=True)
    doing.start()
    doing.join(seconds)


def _look_up() -> None:
    """Do nothing, but in the loop: what signals ask for is done as soon as it looks up."""


def _modes() -> list[Any] | None:
    """How the terminal takes what is typed; None where there is none."""
    if sys.platform == "win32":
        return None
    import termios

    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def _make_whole(found: list[Any] | None) -> None:
    if sys.platform == "win32":
        return
    import termios

    with suppress(OSError, termios.error):
        if found is not None and os.tcgetpgrp(0) == os.getpgrp():
            termios.tcsetattr(0, termios.TCSANOW, found)
    with suppress(OSError):
        os.write(1, WHOLE)
