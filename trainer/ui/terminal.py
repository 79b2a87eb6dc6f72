"""The terminal belongs to the screen: whatever native code writes to descriptor 2 meanwhile goes nowhere.

Sound drivers write warnings straight to descriptor 2, at any time and from any thread, and Textual draws on that very
descriptor. So the screen is given a copy of its own, and descriptor 2 leads to the null device until the app has ended.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def terminal_kept() -> Iterator[None]:
    """Let Textual draw on a copy of the terminal. Does nothing on Windows, where it draws on stdout."""
    shown = next(
        (stream for stream in (sys.__stderr__, sys.__stdout__) if stream is not None and stream.isatty()), None
    )
    if shown is None or os.name == "nt":
        yield
        return
    before = sys.__stderr__, sys.stderr
    real = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with os.fdopen(os.dup(shown.fileno()), "w", encoding=shown.encoding, errors="replace") as screen:
        sys.__stderr__ = sys.stderr = screen  # type: ignore[misc]
        os.dup2(nowhere, 2)
        try:
            yield
        finally:
            screen.flush()
            os.dup2(real, 2)
            sys.__stderr__, sys.stderr = before  # type: ignore[misc]
            os.close(real)
            os.close(nowhere)
