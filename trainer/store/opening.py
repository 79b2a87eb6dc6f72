"""From a path to an open database: private from its first byte, ours, of the latest version, safe on a power cut.

Rollback journal rather than write-ahead log, chosen by measurement (ext4, SQLite 3.40, full synchronous writes): a
write takes 0.9 ms against 0.3, which nobody feels once a drill; opening, one rating and closing, all that ``trainer
rate`` does, takes 1.2 ms against 1.6. For that the diary is always one file that can be copied, needs no shared memory
(which fails on a network drive), and can be read in a folder that cannot be written. ``EXTRA`` also syncs the folder
once the journal is gone: a rating said to be saved is not rolled back by a power cut a moment later (0.1 ms more).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from trainer.paths import PRIVATE_FILE, create_file, make_folder, tighten
from trainer.store.faults import DamagedError, told
from trainer.store.schema import LATEST, check_ours, migrate, version

MAGIC = b"SQLite format 3\0"
SQLITE = sqlite3.sqlite_version
"""The library's version."""

JOURNAL_PAGES = slice(16, 20)
"""Where a rollback journal says how many pages the database had (https://www.sqlite.org/fileformat.html, section 3)."""


def _nothing() -> None:
    """Nothing is done before an upgrade."""


def open_database(path: Path, patience_s: float, before_upgrade: Callable[[], None] = _nothing) -> sqlite3.Connection:
    """Opens the database, making folder and file where they are missing.

    ``patience_s``: seconds to wait for another window's lock. ``before_upgrade`` is called before an older diary is
    changed. Raises StoreError; what is not ours is never written to.
    """
    with told(path):
        make_folder(path.parent)
        check_place(path)
        create_file(path)
        connection = sqlite3.connect(path, timeout=patience_s, isolation_level=None)
    try:
        with told(path):
            connection.text_factory = _text
            check_ours(connection, path)
            for suffix in ("", "-journal", "-wal", "-shm"):
                tighten(path.with_name(path.name + suffix), PRIVATE_FILE)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA fullfsync = ON")  # macOS: to the platter, not only to the drive
            if 0 < version(connection) < LATEST:
                before_upgrade()
            migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def check_place(path: Path) -> None:
    """Raises DamagedError where something else lies in the place of the diary, or where the diary is gone from it.

    SQLite would find out too, but only after having looked for journals to play back into the file; and it throws away
    a journal whose file is gone, with the only copy of what was in it.
    """
    if path.exists() and not path.is_file():
        raise DamagedError.of(path, "is no file")
    start = b""
    if path.exists():
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    if start and start != MAGIC:
        raise DamagedError.of(path, "is not a database")
    if not start and (lone := _lone_log(path)):
        raise DamagedError.of(path, f"is gone, but its log {lone} is still there")
    if not start and path.exists() and _has_backups(path):
        raise DamagedError.of(path, "is empty, and was not always")
    if not path.exists() and _has_good_backup(path):
        raise DamagedError.of(path, "is gone, but there are backups of it", is_there=False)


def _lone_log(path: Path) -> str | None:
    """The name of a log that holds pages of a diary which is not there."""
    log, journal = (path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
    if log.is_file() and log.stat().st_size:
        return log.name
    if not journal.is_file():
        return None
    with journal.open("rb") as file:
        start = file.read(JOURNAL_PAGES.stop)
    return journal.name if any(start[JOURNAL_PAGES]) else None


def _has_backups(path: Path) -> bool:
    from trainer.store.backups import FOLDER, list_backups

    return bool(list_backups(path.with_name(FOLDER)))


def _has_good_backup(path: Path) -> bool:
    from trainer.store.backups import FOLDER, newest_good

    return newest_good(path.with_name(FOLDER)) is not None


def _text(stored: bytes) -> str:
    """Text that is no UTF-8 spoils its own row, not the whole reading."""
    return stored.decode("utf-8", "replace")
