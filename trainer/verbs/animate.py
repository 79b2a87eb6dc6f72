"""A moving picture in the shell, until a key is pressed; the terminal is left as it was found."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType

_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l\x1b[?7l", "\x1b[?7h\x1b[?25h\x1b[?1049l"
"""The screen aside, no cursor, and what is too wide cut off; and back."""
FRAMES_PER_S = 20


class _StoppedError(Exception):
    """Ctrl+Z was pressed."""


def animate(picture: Callable[[float], str], *, now: Callable[[], float] = time.monotonic) -> None:
    """Print ``picture(seconds)`` again and again until a key comes, or Ctrl+C; rows without room are left out.

    Ctrl+Z gives the terminal back until it goes on. Raises ``KeyboardInterrupt`` for Ctrl+C, and ``SystemExit`` with
    128 + N when ended by signal N.
    """
    begun = now()
    while True:
        try:
            _show(lambda: picture(now() - begun))
        except _StoppedError:
            os.kill(os.getpid(), signal.SIGSTOP)
        else:
            return


def _show(picture: Callable[[], str]) -> None:
    with _bare_terminal() as key_within:
        shown: object = None
        while True:
            size = shutil.get_terminal_size()
            current = picture(), size
            if current != shown:
                lines = "\x1b[K\r\n".join(current[0].split("\n")[: size.lines])
                sys.stdout.write(f"\x1b[H{lines}\x1b[K\x1b[J")
                sys.stdout.flush()
                shown = current
            if key_within(1 / FRAMES_PER_S):
                return


@contextlib.contextmanager
def _bare_terminal() -> Iterator[Callable[[float], bool]]:
    """Give a way to wait for a key; whatever ends it, the terminal is restored."""
    # SIGINT too: a script that is started in the background hands on that it is not heard.
    told = {"SIGINT": signal.default_int_handler, "SIGTERM": _leave, "SIGHUP": _leave, "SIGTSTP": _stop}
    before = {
        name: signal.signal(getattr(signal, name), answer) for name, answer in told.items() if hasattr(signal, name)
    }
    try:
        with _keys() as key_within:
            sys.stdout.write(_ENTER)
            sys.stdout.flush()
            try:
                yield key_within
            finally:
                sys.stdout.write(_LEAVE)
                sys.stdout.flush()
    finally:
        for name, old in before.items():
            signal.signal(getattr(signal, name), old)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _StoppedError


@contextlib.contextmanager
def _keys() -> Iterator[Callable[[float], bool]]:
    if sys.platform == "win32":
        import msvcrt

        def pressed(seconds: float) -> bool:
            time.sleep(seconds)
            if not msvcrt.kbhit():
                return False
            msvcrt.getwch()
            return True

        yield pressed
        return
    import select
    import termios
    import tty

    def readable(seconds: float) -> bool:
        found = bool(select.select([sys.stdin], [], [], seconds)[0])
        if found:
            os.read(sys.stdin.fileno(), 64)
        return found

    kept = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        yield readable
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, kept)
