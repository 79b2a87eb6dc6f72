"""From a path to its text: a regular file of bounded size in UTF-8, or one sentence."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from trainer.core.errors import UsageError

LARGEST = 32 * 2**20
"""Bytes: twenty-five years of a warm-up a day (3.3 kB each, measured), read in five seconds and 150 MB of memory."""
IN_MEMORY = 3 * LARGEST
"""Bytes of the text once it is read: one picture in a note makes every letter take four, so that 24 MB are the most."""
_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)


def read_source(path: str) -> str:
    """The text at the path; ``-`` is stdin. Raises UsageError; never waits for a pipe that has a name."""
    if path == "-" and sys.stdin is None:
        raise UsageError("There is no stdin to read from.", "Give the name of a file.")
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if path == "-" else _read(Path(path))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"The file could not be read: {why.lower()}.", "Check its name and its rights.") from error
    if len(data) > LARGEST:
        raise UsageError(f"The file is larger than {LARGEST // 2**20} MB.", "No diary grows that large.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"Line {line}: this is not UTF-8.", "Save it as UTF-8, or export it again.") from error
    if sys.getsizeof(text) > IN_MEMORY:
        raise UsageError(f"The file is larger than {IN_MEMORY // 2**22} MB.", "No diary grows that large.")
    return text


def _read(path: Path) -> bytes:
    handle = os.open(path, os.O_RDONLY | _FLAGS)
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise UsageError("This is no file.", "Give a file that trainer export wrote, or - for stdin.")
        return file.read(LARGEST + 1)
