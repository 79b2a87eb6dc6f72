"""Who has the diary open: windows side by side, or one alone that may put another file in its place.

SQLite's own locks last for one write. A restored backup takes the place of the whole file, and a window that still had
the old one open would go on writing into a file with no name. So everybody who opens the diary holds its folder (an
advisory lock on the folder itself: no extra file, gone with whoever held it). Where there are no such locks (Windows,
some network drives) nothing is held; Windows itself refuses to replace a file that is open.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from trainer.store.faults import BusyError

PAUSE_S = 0.02
"""Seconds between two looks at a lock that somebody else has."""


def hold(path: Path, *, alone: bool, patience_s: float) -> Callable[[], None]:
    """Holds a file or folder, beside others or alone, until the answer is called.

    ``patience_s``: seconds to wait for it. Raises BusyError where others hold it for longer.
    """
    try:
        import fcntl

        handle = os.open(path, os.O_RDONLY)
    except (ImportError, OSError):
        return _nothing
    until = time.monotonic() + patience_s
    while True:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < until:
                time.sleep(PAUSE_S)
                continue
            os.close(handle)
            raise BusyError(
                f"{path} is in use by another window.", "Close the trainer there, then try again."
            ) from None
        except OSError:
            os.close(handle)
            return _nothing
        return lambda: os.close(handle)


def _nothing() -> None:
    """There is nothing to let go of."""
