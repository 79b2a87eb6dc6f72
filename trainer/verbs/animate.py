"""A moving picture in the shell, until a key is pressed; the terminal is left as it was found."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType

_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
"""The screen aside and no cursor; and back."""
FRAMES_PER_S = 20


def animate(picture: Callable[[float], str], *, now: Callable[[], float] = time.monotonic) -> None:
    """Print ``picture(seconds)`` again and again until a key comes, or Ctrl+C.

    Raises ``KeyboardInterrupt`` for the latter, and ``SystemExit`` with 128 + N when ended by signal N.
    """
    with _bare_terminal() as key_within:
        begun, shown = now(), ""
        while True:
            current = picture(now() - begun)
            if current != shown:
                lines = current.replace("\n", "\x1b[K\r\n")
                sys.stdout.write(f"\x1b[H{lines}\x1b[K\x1b[J")
                sys.stdout.flush()
                shown = current
            if key_within(1 / FRAMES_PER_S):
                return


@contextlib.contextmanager
def _bare_terminal() -> Iterator[Callable[[float], bool]]:
    """Give a way to wait for a key; whatever ends it, the terminal is restored."""
    ended = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), _leave) for name in ended}
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
