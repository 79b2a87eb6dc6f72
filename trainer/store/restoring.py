"""A backup in the place of the diary; what was there is kept as one more backup, damaged or not."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from trainer.core.errors import StoreError, UsageError
from trainer.paths import make_folder
from trainer.store.backups import FOLDER, Backup, Reason, back_up, free_place, list_backups
from trainer.store.copying import copied, is_sound, reading
from trainer.store.faults import DamagedError, told
from trainer.store.holding import hold
from trainer.store.opening import check_place

ASIDE = ("", "-journal", "-wal", "-shm")
"""A diary's file and those that SQLite may keep beside it."""


def restore(database: Path, name: str, now: datetime) -> Backup | None:
    """Puts the backup ``name`` in the place of the diary; gives what was there before, where there was anything.

    Raises UsageError where there is no such backup, StoreError where it is damaged, another window has the diary open,
    what is there cannot be kept, or the disk is full; the diary is then as it was.
    """
    folder = database.with_name(FOLDER)
    if all(backup.name != name for backup in list_backups(folder)):
        raise UsageError(f"There is no backup called {name[:60]!a}.", "trainer backup list tells which there are.")
    _check(folder / name)
    let_go = hold(database.parent, alone=True, patience_s=0.0)
    try:
        # Whole on the disk before anything is moved, or taken away to make room among the backups.
        with copied(folder / name, database) as put_in_place:
            before = _keep(database, now)
            put_in_place()
    finally:
        let_go()
    return before


def _check(backup: Path) -> None:
    if is_sound(backup):
        return
    try:
        with reading(backup):  # says better what is wrong, where it is another program's or of a newer version
            pass
    except DamagedError as error:
        if error.__cause__ is None:
            raise
    raise StoreError(f"The backup {backup.name} is damaged.", "trainer backup list tells which are sound.")


def _keep(database: Path, now: datetime) -> Backup | None:
    if not any(os.path.lexists(database.with_name(database.name + suffix)) for suffix in ASIDE):
        return None
    try:
        check_place(database)
        if database.is_file() and database.stat().st_size:
            return back_up(database, Reason.RESTORE, now)
    except DamagedError:
        pass
    return _set_aside(database, now)


def _set_aside(database: Path, now: datetime) -> Backup | None:
    """Moves what is no diary, or a damaged one, with all that belongs to it, among the backups."""
    with told(database):
        path = free_place(make_folder(database.with_name(FOLDER)), now, Reason.DAMAGED)
        for suffix in ASIDE:
            beside = database.with_name(database.name + suffix)
            if os.path.lexists(beside):
                beside.rename(path.with_name(path.name + suffix))
    return Backup(path.name, now, Reason.DAMAGED)
