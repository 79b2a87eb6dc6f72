"""Putting text and data on stdout, and quietly no further when the reader has gone (``| head``); a word on stderr."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import TextIO

from trainer.core.errors import TrainerError
from trainer.core.letters import printable


def put(pieces: Iterable[str], *, as_data: bool = False, is_painted: bool = False) -> None:
    """Writes the pieces to stdout and flushes it. Raises TrainerError where the disk behind it is full.

    ``as_data``: for a program to read, which wants UTF-8 whatever the locale, and everything as it is. Text for a
    person stays in their locale, and nothing in it steers their terminal, but where it ``is_painted`` by ourselves.
    """
    if sys.stdout is None:  # started with stdout closed
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8" if as_data else None, errors="replace")
    try:
        for piece in pieces:
            sys.stdout.write(piece if as_data or is_painted else _still(piece))
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer would complain once more when Python closes stdout.
        _lead_nowhere(sys.stdout)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise TrainerError(f"The output could not be written: {why}.") from error


def tell(words: str) -> None:
    """A line on stderr, beside what the command was asked for."""
    write_aside(f"trainer: {_still(words)}\n")


def write_aside(text: str) -> None:
    """Writes text of our own to stderr as it is; quietly nothing where there is nobody to read it."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:  # Python would try again at its end, and exit with 120
        _lead_nowhere(sys.stderr)


def _lead_nowhere(stream: TextIO) -> None:
    """From now on all that is written to it, and all that waits in it, is thrown away."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _still(text: str) -> str:
    """The text, its lines kept, with nothing that steers a terminal."""
    return "\n".join(map(printable, text.split("\n")))
