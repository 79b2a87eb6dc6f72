"""The pen writes on the terminal in its own time: whoever gives it text never waits, however slow the terminal is."""

from __future__ import annotations

import os
import select
import termios
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread
from typing import TextIO

MOST = 200_000
"""Bytes that may wait: a few pictures of a large window. A terminal that is further behind is painted anew instead."""
PIECE = 4096
"""Bytes of one writing. It cannot be taken back once begun, so it has to fit a terminal that was emptied for it."""
SYNC_END = b"\x1b[?2026l"
"""Shows what was painted so far, where the end of a picture was left out."""


def make_room(descriptor: int) -> None:
    """Take back what the terminal has not taken yet, so that there is room for what matters more.

    Whoever waits there to write is woken by stopping and starting it; taking back alone does not.
    """
    with suppress(termios.error):
        termios.tcflush(descriptor, termios.TCOFLUSH)
        termios.tcflow(descriptor, termios.TCOOFF)
        termios.tcflow(descriptor, termios.TCOON)


class Pen:
    """Writes what it is given, in order, from a thread of its own."""

    def __init__(self, file: TextIO, *, lost: Callable[[], None], caught_up: Callable[[], None]) -> None:
        """Both functions are called from the pen's thread.

        ``lost`` when the terminal takes nothing any more, once; ``caught_up`` whenever text was left out because the
        terminal was too far behind, and it takes text again.
        """
        self._descriptor = file.fileno()
        self._encoding = file.encoding
        self._lost = lost
        self._caught_up = caught_up
        self._waiting: deque[bytes] = deque()
        self._unwritten = 0
        self._is_behind = False
        self._is_down = False
        self._has_given_up = False
        self._turn = Condition()
        self._thread = Thread(target=self._write_on, name="pen", daemon=True)
        self._thread.start()

    def write(self, text: str) -> None:
        """Take text, to be written soon; leave it out where the terminal is too far behind."""
        piece = text.encode(self._encoding, "backslashreplace")
        with self._turn:
            if self._unwritten and self._unwritten + len(piece) > MOST:
                self._is_behind = True
            if not (self._is_behind or self._is_down):
                self._unwritten += len(piece)
                self._waiting.append(piece)
                self._turn.notify()

    def skip(self) -> None:
        """Leave out the pictures that a terminal far behind still waits for: what comes now is more urgent."""
        with self._turn:
            if self._is_behind:
                self._is_behind = False
                self._unwritten -= sum(map(len, self._waiting)) - len(SYNC_END)
                self._waiting.clear()
                self._waiting.append(SYNC_END)
                self._turn.notify()

    def lay_down(self, within_s: float, instead: bytes) -> None:
        """Write what waits, and no more; where the terminal takes too little in that time, write this instead."""
        with self._turn:
            self._is_down = True
            self._turn.notify()
        self._thread.join(within_s)
        if self._thread.is_alive() and self.drop(within_s):
            last = Thread(target=self._put, args=(memoryview(instead),), name="pen-at-last", daemon=True)
            last.start()
            last.join(within_s)

    def drop(self, within_s: float) -> bool:
        """Write no more, and take back what was not taken yet; whether that could be done in time."""
        with self._turn:
            self._has_given_up = self._is_down = True
            self._waiting.clear()
            self._turn.notify()
        make_room(self._descriptor)
        self._thread.join(within_s)
        return not self._thread.is_alive()

    def _write_on(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._waiting or self._is_down)
                if not self._waiting:
                    return
                piece = memoryview(b"".join(self._waiting))
                self._waiting.clear()
            for start in range(0, len(piece), PIECE):
                if self._has_given_up:
                    return
                if not self._put(piece[start : start + PIECE]):
                    with self._turn:
                        self._is_down = True
                    self._lost()
                    return
            with self._turn:
                self._unwritten -= len(piece)
                has_caught_up = self._is_behind and not self._waiting
                self._is_behind = self._is_behind and not has_caught_up
            if has_caught_up:
                self._caught_up()

    def _put(self, rest: memoryview) -> bool:
        """Write all of it, around any buffer whose lock a terminal that stands still would hold for ever."""
        while rest:
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:  # another program made the terminal so
                select.select([], [self._descriptor], [])
            except OSError:
                return False
        return True
