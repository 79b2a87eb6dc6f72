"""A whole, sound, private copy of a diary, or none: beside its place first, checked, on the disk, then in its place.

The copy is made by SQLite's own backup call within one reading transaction, so it is the diary of one instant, however
much another window writes meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from trainer.core.errors import StoreError
from trainer.paths import create_file, make_folder, sync_folder
from trainer.store.faults import DamagedError, told
from trainer.store.opening import check_place
from trainer.store.rows import new_id
from trainer.store.schema import check_ours

PART = ".part"
"""How the name of a copy ends that is not whole yet."""


def copy_diary(source: Path, target: Path, patience_s: float = 0.5) -> None:
    """Copies the diary ``source`` to ``target``, over what is there; raises as ``copied`` does."""
    with copied(source, target, patience_s) as put_in_place:
        put_in_place()


@contextmanager
def copied(source: Path, target: Path, patience_s: float = 0.5) -> Iterator[Callable[[], None]]:
    """A copy of the diary ``source``, whole and on the disk; the answer puts it at ``target``, over what is there.

    Raises DamagedError where the source is not sound (then there is no copy), StoreError for anything else.
    """
    part = target.with_name(f".{new_id()}{PART}")
    try:
        with _writing(target):
            make_folder(target.parent)
            create_file(part)
        with reading(source, patience_s) as connection, _writing(target):
            _copy(connection, part)
        if not is_sound(part):
            raise DamagedError.of(source)
        with _writing(target):
            _settle(part)
        yield lambda: _put(part, target)
    finally:
        for suffix in ("", "-journal"):
            with contextlib.suppress(OSError):
                part.with_name(part.name + suffix).unlink(missing_ok=True)


def _put(part: Path, target: Path) -> None:
    with _writing(target):
        part.replace(target)
        sync_folder(target.parent)


@contextmanager
def reading(path: Path, patience_s: float = 0.5) -> Iterator[sqlite3.Connection]:
    """An open diary, within one reading transaction. Makes no file; raises StoreError for what is no diary."""
    with told(path):
        check_place(path)
        if not path.exists():
            raise StoreError(f"There is no diary at {path}.")
        address = f"{path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(address, uri=True, timeout=patience_s, isolation_level=None)
        with closing(connection):
            connection.execute("PRAGMA trusted_schema = OFF")
            check_ours(connection, path)
            connection.execute("BEGIN")
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            yield connection


def _copy(connection: sqlite3.Connection, part: Path) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        target.execute("PRAGMA journal_mode = MEMORY")
        target.execute("PRAGMA synchronous = OFF")  # the whole file is put on the disk at the end
        connection.backup(target)


def is_sound(path: Path) -> bool:
    """Whether the file is a diary, every page and index of it; reads it whole, writes nothing.

    Values that make no sense are no damage: the reader leaves such a row out, and the others are worth keeping.
    """
    return counted(path) is not None


def counted(path: Path) -> tuple[int, int] | None:
    """How many sessions and ratings a sound copy holds; none where it is damaged or no diary of ours."""
    try:
        # A copy that nobody writes to: no locks, no journal, and nothing is made beside it.
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            check_ours(connection, path)
            connection.execute("PRAGMA ignore_check_constraints = ON")
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            counts = "SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM ratings)"
            sessions, ratings = connection.execute(counts).fetchone()
            return int(sessions), int(ratings)
    except (sqlite3.Error, StoreError, OSError, ValueError):
        return None


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise  # it is the source that is damaged
        why = "the disk is full" if name == "SQLITE_FULL" else str(error)
        raise _unwritten(target, why) from error
    except OSError as error:
        raise _unwritten(target, (error.strerror or str(error)).lower()) from error


def _unwritten(target: Path, why: str) -> StoreError:
    return StoreError(f"{target} could not be written: {why}.", f"Check {target.parent} and the room on its disk.")


def _settle(path: Path) -> None:
    """Puts a file's content on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
