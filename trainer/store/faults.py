"""What SQLite or the disk says, told as a sentence and a hint.

A mistake of ours (a closed store, another thread: ``sqlite3.ProgrammingError``) is not told: it is a bug and shows
itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trainer.core.errors import StoreError


class RefusedError(StoreError):
    """One entry does not fit the diary and never will; trying again is no use."""


_SAYINGS = (
    ("SQLITE_BUSY", "is in use by another window", "Close the other window, or try again."),
    ("SQLITE_LOCKED", "is in use by another window", "Close the other window, or try again."),
    ("SQLITE_FULL", "could not be written: the disk is full", "Make some room."),
    ("SQLITE_READONLY", "can be read but not written", "Check the rights of the file and its folder."),
    ("SQLITE_CANTOPEN", "could not be opened", "Check that its folder exists and that you may write there."),
    ("SQLITE_PERM", "may not be opened", "Check the rights of the file and its folder."),
    ("SQLITE_NOTADB", "is not a diary", "It was left as it is; move it away to begin a new one."),
    ("SQLITE_CORRUPT", "is damaged", "It was left as it is; a backup may help."),
    (
        "SQLITE_IOERR",
        "could not be read or written: the disk failed",
        "Check the disk, and that there is room on it.",
    ),
)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns every error of the database at ``path`` into a StoreError."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError) as error:
        raise RefusedError(f"An entry does not fit the diary {path} ({error}).", "Please report this.") from error
    except sqlite3.Error as error:
        raise _saying(path, error) from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise StoreError(f"The diary {path} could not be opened: {why}.", "Check the rights of its folder.") from error


def _saying(path: Path, error: sqlite3.Error) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    for start, what, hint in _SAYINGS:
        if name.startswith(start):
            return StoreError(f"The diary {path} {what}.", hint)
    return StoreError(f"The diary {path} could not be used ({error}).", "A backup may help.")
