"""Backups: which there are, when one is due, which are kept.

A name tells when it was made (UTC, so that names sort as time does, whatever the time zone) and what for:
``trainer-20261002T103000Z-daily.db``. Other files in the folder are nobody's business and are left alone.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from trainer.core.errors import StoreError
from trainer.store.copying import PART, copy_diary, counted, reading
from trainer.store.faults import DamagedError

FOLDER = "backups"
"""Beside the diary."""
DAYS, WEEKS, MONTHS = 7, 4, 12
"""Of how many of the latest days, weeks and months that have a backup the newest one is kept."""
OCCASIONS = 10
"""How many of the latest are kept that were made for an occasion, whenever that was."""
TABLES = frozenset({"sessions", "ratings", "events", "freezes", "trials"})
"""What a person put into a diary lies in one of these."""
STALE_S = 3600
"""Age of an unfinished copy after which nobody is still at work on it."""


class Reason(StrEnum):
    """What a backup was made for."""

    DAILY = "daily"
    UPGRADE = "before-upgrade"
    IMPORT = "before-import"
    RESTORE = "before-restore"
    ASKED = "asked"
    DAMAGED = "damaged"
    """No copy: the damaged diary itself, set aside for a restored one. Never taken away by the trainer."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One file in the folder of backups."""

    name: str
    """Its name."""
    at: datetime
    """When it was made."""
    reason: Reason
    """What for."""


_NAME = re.compile(rf"trainer-(\d{{8}}T\d{{6}}Z)-({'|'.join(Reason)})(-\d+)?\.db", re.ASCII)


def backup_from(name: str) -> Backup | None:
    """What a file's name tells; none where it is no backup's."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        at = datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return Backup(name, at, Reason(found[2]))


def backup_name(at: datetime, reason: Reason, place: int = 1) -> str:
    """The name of a backup; ``place`` tells apart those of one second."""
    return f"trainer-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{reason}{f'-{place}' if place > 1 else ''}.db"


def kept(backups: Iterable[Backup]) -> frozenset[str]:
    """Names of those to keep: the newest of each day, week and month, as many as said above, and the occasions.

    Days that have no backup are not counted: after a month without training the last seven are still there.
    """
    newest_first = sorted(backups, key=lambda backup: (backup.at, backup.name), reverse=True)
    names = {backup.name for backup in newest_first if backup.reason is Reason.DAMAGED}
    copies = [backup for backup in newest_first if backup.reason is not Reason.DAMAGED]
    names.update([backup.name for backup in copies if backup.reason is not Reason.DAILY][:OCCASIONS])
    for count, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        newest: dict[str, str] = {}
        for backup in copies:
            newest.setdefault(backup.at.strftime(period), backup.name)
        names.update(list(newest.values())[:count])
    return frozenset(names)


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """All backups in the folder, newest first; none where there is no such folder."""
    try:
        names = [entry.name for entry in folder.iterdir() if not entry.is_dir()]
    except OSError:
        return ()
    found = (backup_from(name) for name in names)
    return tuple(sorted((one for one in found if one), key=lambda one: (one.at, one.name), reverse=True))


def newest_good(folder: Path) -> Backup | None:
    """The newest backup that is sound from end to end."""
    copies = (backup for backup in list_backups(folder) if backup.reason is not Reason.DAMAGED)
    return next((backup for backup in copies if counted(folder / backup.name) is not None), None)


def free_place(folder: Path, at: datetime, reason: Reason) -> Path:
    """A path in the folder that nothing has yet."""
    place = 1
    while (path := folder / backup_name(at, reason, place)).exists() or path.is_symlink():
        place += 1
    return path


def back_up(database: Path, reason: Reason, now: datetime, patience_s: float = 0.5) -> Backup:
    """Makes a backup and takes away those that are no longer kept.

    Raises DamagedError where the diary is not sound, StoreError where the copy cannot be written; then no backup was
    made, and none was taken away.
    """
    folder = database.with_name(FOLDER)
    path = free_place(folder, now, reason)
    try:
        copy_diary(database, path, patience_s)
    except DamagedError:
        raise
    except StoreError as error:
        raise StoreError(f"No backup of the diary was made. {error.message}", error.hint) from error
    backup = backup_from(path.name)
    assert backup is not None
    prune(folder, now)
    return backup


def back_up_daily(database: Path, now: datetime) -> Backup | None:
    """Makes the day's backup, unless there is one, or nothing to keep. Raises as ``back_up`` does."""
    if not database.exists() or (database.is_file() and database.stat().st_size == 0):
        return None
    for backup in list_backups(database.with_name(FOLDER)):
        if backup.reason is Reason.DAILY and backup.at.astimezone(now.tzinfo).date() == now.date():
            return None
    return None if is_empty(database) else back_up(database, Reason.DAILY, now)


def is_empty(database: Path) -> bool:
    """Whether a diary holds nothing yet. Raises StoreError where it cannot be read."""
    with reading(database) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        filled = (connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in names & TABLES)  # noqa: S608
        return not any(filled)


def prune(folder: Path, now: datetime) -> None:
    """Takes away backups that are not kept, and copies that were never finished."""
    backups = list_backups(folder)
    names = kept(backups)
    with contextlib.suppress(OSError):
        for backup in backups:
            if backup.name not in names:
                (folder / backup.name).unlink(missing_ok=True)
        for part in folder.glob(f".*{PART}*"):
            if now.timestamp() - part.stat().st_mtime > STALE_S:
                part.unlink(missing_ok=True)
