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


class BusyError(StoreError):
    """Another window has it; a moment later it may have no more."""


class RefusedError(StoreError):
    """One entry does not fit the diary and never will; trying again is no use."""


class DamagedError(StoreError):
    """What lies in the place of the diary is damaged, or no diary: it is never written to."""

    @classmethod
    def of(cls, path: Path, what: str = "is damaged", *, is_there: bool = True) -> DamagedError:
        """Says so, and how to come back: by the newest backup that is sound, where there is one."""
        from trainer.store.backups import FOLDER, newest_good  # which needs this file in turn

        folder = path.with_name(FOLDER)
        backup = newest_good(folder)
        if backup is None:
            return cls(f"The diary {path} {what}.", "It was left as it is; move it away to begin a new one.")
        way_back = f"trainer backup restore {backup.name} brings back how it was on {backup.at:%Y-%m-%d %H:%M}."
        hint = f"It was left as it is. {way_back}" if is_there else f"{way_back} To begin anew, move {folder} away."
        return cls(f"The diary {path} {what}.", hint)


_SAYINGS = (
    ("SQLITE_BUSY", "is in use by another window", "Close the other window, or try again."),
    ("SQLITE_LOCKED", "is in use by another window", "Close the other window, or try again."),
    ("SQLITE_FULL", "could not be written: the disk is full", "Make some room."),
    ("SQLITE_READONLY", "can be read but not written", "Check the rights of the file and its folder."),
    ("SQLITE_CANTOPEN", "could not be opened", "Check that its folder exists and that you may write there."),
    ("SQLITE_PERM", "may not be opened", "Check the rights of the file and its folder."),
    (
        "SQLITE_IOERR",
        "could not be read or written: the disk failed",
        "Check the disk, and that there is room on it.",
    ),
)
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_MISFITS = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, OverflowError, UnicodeEncodeError)
"""What is said of one value that no column takes."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns every error of the database at ``path`` into a StoreError."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except _MISFITS as error:
        raise RefusedError(f"An entry does not fit the diary {path} ({error}).", "Please report this.") from error
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema quotes it
        raise DamagedError.of(path) from error
    except sqlite3.Error as error:
        raise _saying(path, error) from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise StoreError(f"The diary {path} could not be opened: {why}.", "Check the rights of its folder.") from error


def _saying(path: Path, error: sqlite3.Error) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    for start, what in (("SQLITE_NOTADB", "is not a diary"), ("SQLITE_CORRUPT", "is damaged")):
        if name.startswith(start):
            return DamagedError.of(path, what)
    for start, what, hint in _SAYINGS:
        if name.startswith(start):
            kind = BusyError if start in _BUSY else StoreError
            return kind(f"The diary {path} {what}.", hint)
    return StoreError(f"The diary {path} could not be used ({error}).", "A backup may help.")
