"""A file that one window holds for itself: whoever asks knows whether that window is still there.

A lock of the operating system is gone with whoever held it, however that ended; a file that is merely there is not.
Unlike ``holding``, which lets go of its worries where there are no locks, this tells whether it holds.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from trainer.paths import PRIVATE_FILE


class HeldElsewhereError(OSError):
    """Another window holds it."""


def claim(path: Path) -> Callable[[], None]:
    """Holds the file, made where it is not there, until the answer is called; no link is followed.

    Raises HeldElsewhereError where another window holds it, OSError where it cannot be opened or locked at all.
    """
    flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags, PRIVATE_FILE)
    try:
        _lock(handle)
    except (BlockingIOError, PermissionError) as error:
        os.close(handle)
        raise HeldElsewhereError(str(path)) from error
    except BaseException:
        os.close(handle)
        raise
    return lambda: os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # PermissionError where another one has it
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
