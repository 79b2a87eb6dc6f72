"""From a path to its text: UTF-8 of any length, read piece by piece, or one sentence."""

from __future__ import annotations

import codecs
import io
import os
import stat
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from trainer.core.errors import UsageError
from trainer.importing.values import HINT

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 2**20
"""Bytes that are looked through at once."""
MOST_LINES = 1_000_001
"""Of a table, its head included. Where a file has more, somebody made it so, and it is refused unread."""
MOST_RECORDS = 5_000_000
"""Of JSON, those inside others too: four hundred years of a warm-up a day."""
_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)


@contextmanager
def open_source(path: str) -> Iterator[Source]:
    """The text at the path; ``-`` is stdin. Raises UsageError, also while it is read; never waits for a named pipe."""
    if path == "-":
        if sys.stdin is None:
            raise UsageError("There is no stdin to read from.", "Give the name of a file.")
        yield Source(sys.stdin.buffer)
        return
    try:
        handle = os.open(Path(path), os.O_RDONLY | _FLAGS)
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UsageError("This is no file.", "Give a file that trainer export wrote, or - for stdin.")
    with os.fdopen(handle, "rb") as file:
        _check_count(file)
        yield Source(file, os.fstat(handle).st_size)


class Source(io.TextIOWrapper):
    """Text that knows how much of it was read."""

    def __init__(self, file: BinaryIO, size: int = 0) -> None:
        """``size``: bytes it has; 0 where nobody knows."""
        self._checked = _Checked(file)
        self._size = size
        super().__init__(io.BufferedReader(self._checked, CHUNK // 4), encoding="utf-8-sig", newline="")

    def share(self) -> float | None:
        """How much of it was read, 0 to 1; none where nobody knows."""
        return min(1.0, self._checked.count / self._size) if self._size else None


def _unreadable(error: Exception) -> UsageError:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UsageError(f"The file could not be read: {why.lower()}.", "Check its name and its rights.")


def _check_count(file: BinaryIO) -> None:
    """Refuses what has more records, or lines of a table, than any diary, within a second: it only counts.

    And that only where the beginning lets it expect as many: a gigabyte of something else need not be read for it.
    """
    try:
        begin, size = file.read(CHUNK), os.fstat(file.fileno()).st_size
        is_json = begin.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")
        what, most = ("Record", MOST_RECORDS) if is_json else ("Line", MOST_LINES)
        for sign in (b"{",) if is_json else (b"\n", b"\r"):
            if begin.count(sign) * size > most * len(begin):
                file.seek(0)
                count = 0
                while piece := file.read(CHUNK):
                    count += piece.count(sign)
                    if count > most:
                        raise too_many(what, most)
        file.seek(0)
    except OSError as error:
        raise _unreadable(error) from error


def too_many(what: str, most: int) -> UsageError:
    """The complaint about a file that goes on where no diary does."""
    return UsageError(f"{what} {most + 1}: no diary has as many.", HINT)


class _Checked(io.RawIOBase):
    """Bytes, once they are seen to be UTF-8: what is none is told with its line."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._lines = 0
        self.count = 0
        """Bytes that went by."""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads what is there."""
        room = memoryview(buffer)
        try:
            data = self._file.read1(len(room))  # type: ignore[attr-defined]
        except OSError as error:
            raise _unreadable(error) from error
        begun = len(self._decoder.getstate()[0])
        try:
            self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            line = self._lines + data.count(b"\n", 0, max(0, error.start - begun)) + 1
            raise UsageError(f"Line {line}: this is not UTF-8.", "Save it as UTF-8, or export it again.") from error
        self._lines += data.count(b"\n")
        self.count += len(data)
        room[: len(data)] = data
        return len(data)
