"""Keeping the chatter of C libraries off the screen: ALSA and JACK write dozens of lines to file descriptor 2."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# The descriptor belongs to the whole program, so the right to borrow it does too.
_BORROWED = threading.RLock()
_PATIENCE_S = 3.0


@contextmanager
def stderr_held() -> Iterator[None]:
    """Send whatever is written to file descriptor 2 into nothing; restored however the block ends.

    Two threads take turns. Textual on Linux draws through this very descriptor: an app that is on the screen
    meanwhile runs inside ``screen_apart``, or a frame may be lost.
    """
    with _turn():
        try:
            kept = os.dup(2)
        except OSError:  # the program was started without one
            yield
            return
        try:
            _point_at_nothing()
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


@contextmanager
def screen_apart() -> Iterator[None]:
    """Give Python's own standard error a descriptor of its own, and silence descriptor 2 until the block ends.

    What Python writes there (frames of the app, a traceback) still arrives; what a C library writes at any time, as
    when a sound server goes away in the middle of a session, does not. Wrap the run of an app in it.
    """
    try:
        real = os.dup(2)
    except OSError:  # the program was started without one
        yield
        return
    # Where standard error leads into a file, the screen is drawn on standard output instead of into that file.
    apart = os.dup(1) if not os.isatty(2) and os.isatty(1) else os.dup(2)
    before = sys.stderr, sys.__stderr__
    encoding = getattr(sys.__stderr__, "encoding", None) or "utf-8"
    stream = os.fdopen(apart, "w", encoding=encoding, errors="backslashreplace", buffering=1)
    try:
        with _turn():
            _point_at_nothing()
        sys.stderr = sys.__stderr__ = stream  # type: ignore[misc]
        yield
    finally:
        sys.stderr, sys.__stderr__ = before  # type: ignore[misc]
        with suppress(OSError):
            stream.flush()
        with _turn():
            os.dup2(real, 2)
            os.close(real)
        with suppress(OSError):
            stream.close()


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for another thread to give descriptor 2 back, but not for ever: it may hang in a driver."""
    has_turn = _BORROWED.acquire(timeout=_PATIENCE_S)
    try:
        yield
    finally:
        if has_turn:
            _BORROWED.release()


def _point_at_nothing() -> None:
    """Let descriptor 2 lead nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
    finally:
        os.close(nowhere)
