"""How a terminal's cells are shaped: a figure drawn for cells twice as high as wide is too tall in others."""

from __future__ import annotations

import struct
from typing import TextIO

USUAL_ASPECT = 2.0
"""Height of a cell in its widths, where the terminal does not say or says what cannot be."""
LEAST_ASPECT, MOST_ASPECT = 1.4, 3.0
"""Between what heights a cell can be."""


def cell_aspect(stream: TextIO) -> float:
    """Return how many times as high as wide a cell is, by how many pixels the window has.

    ``stream``: what is written to the terminal. Many terminals say; tmux, screen and the Linux console do not.
    """
    try:
        import fcntl
        import termios

        found = fcntl.ioctl(stream.fileno(), termios.TIOCGWINSZ, bytes(8))
    except (ImportError, OSError, ValueError):  # not on Windows; not a terminal
        return USUAL_ASPECT
    lines, columns, wide, high = struct.unpack("4H", found)
    aspect: float = high * columns / (wide * lines) if wide and lines else 0.0
    return aspect if LEAST_ASPECT <= aspect <= MOST_ASPECT else USUAL_ASPECT
