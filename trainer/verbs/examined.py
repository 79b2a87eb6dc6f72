"""What the doctor finds of a person's folders, diary and backups; looks, and changes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from trainer.core.errors import StoreError
from trainer.paths import PRIVATE_FILE, PRIVATE_FOLDER, Folders, own_files, own_folders, unsaved
from trainer.verbs.words import count_words

STALE_DAYS = 30
"""A newest backup older than this is worth a word."""
MOST_LOOSE = 3
"""How many files that others may read are named."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    """Its name."""
    is_fine: bool
    """Whether it is as it should be."""
    says: str
    """What was found."""
    advice: str = ""
    """What to do."""


def examine_folders(folders: Folders) -> Iterator[Finding]:
    """Each of the three folders: where it is, its rights, whether it can be written; then what others may read."""
    for what, folder in (("data", folders.data), ("config", folders.config), ("state", folders.state)):
        yield _folder(what, folder)
    loose = [path for path in own_folders(folders) if _others_may(path, PRIVATE_FOLDER)]
    loose += [path for path in own_files(folders) if _others_may(path, PRIVATE_FILE)]
    if loose:
        named = ", ".join(map(str, loose[:MOST_LOOSE])) + (" …" if len(loose) > MOST_LOOSE else "")
        advice = "The next start of the trainer makes them private where they are yours, or: chmod go= FILE."
        yield Finding("private", False, f"others may read {named}", advice)
    else:
        yield Finding("private", True, "nobody else can read what is yours")


def _folder(what: str, folder: Path) -> Finding:
    try:
        found = folder.stat()
    except FileNotFoundError:
        return Finding(what, True, f"{folder}, not there yet")
    except OSError as error:
        return Finding(
            what, False, f"{folder}: {(error.strerror or str(error)).lower()}", "Check the folders above it."
        )
    if not stat.S_ISDIR(found.st_mode):
        return Finding(what, False, f"{folder} is no folder", "Move it away; a folder belongs there.")
    says = f"{folder}, {stat.filemode(found.st_mode)}" if os.name == "posix" else str(folder)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Finding(what, False, f"{says}, cannot be written", "Check its owner and rights: ls -ld names them.")
    return Finding(what, True, says)


def _others_may(path: Path, mode: int) -> bool:
    if os.name != "posix":
        return False
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & ~mode & 0o077)
    except OSError:
        return False


def examine_diary(folders: Folders) -> Iterator[Finding]:
    """The diary from end to end, what waits beside it, and its newest sound backup with its age."""
    yield _diary(folders.database)
    waiting = unsaved(folders)
    if waiting:
        says = f"{len(waiting)} with entries that are not in the diary yet: {waiting[0].parent}"
        yield Finding(
            "unsaved", False, says, "Start the trainer once: it takes them in as soon as the diary can be written."
        )
    yield _backup(folders)


def _diary(path: Path) -> Finding:
    from trainer.store.copying import reading
    from trainer.store.faults import told
    from trainer.store.opening import check_place

    try:
        with told(path):
            check_place(path)
        if not os.path.lexists(path):
            return Finding("diary", True, f"none yet; it will be {path}")
        with reading(path) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")  # odd values are no damage
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            counts = "SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM ratings)"
            sessions, ratings = connection.execute(counts).fetchone()
    except StoreError as error:
        return Finding("diary", False, error.message, error.hint)
    if verdict != "ok":
        from trainer.store.faults import DamagedError

        damaged = DamagedError.of(path)
        return Finding("diary", False, damaged.message, damaged.hint)
    return Finding(
        "diary", True, f"{path}, sound, {count_words(sessions, 'session')}, {count_words(ratings, 'rating')}"
    )


def _backup(folders: Folders) -> Finding:
    from trainer.store.backups import list_backups, newest_good

    there = list_backups(folders.backups)
    if not there:
        if not folders.database.exists():
            return Finding("backup", True, "none, and nothing to back up")
        return Finding("backup", True, "none yet", "The next start makes one; trainer backup now makes one at once.")
    newest = newest_good(folders.backups)
    if newest is None:
        return Finding("backup", False, f"none of {len(there)} is sound", "trainer backup now makes one.")
    days = max(0, (datetime.now().astimezone() - newest.at).days)
    age = "today" if days == 0 else f"{count_words(days, 'day')} old"
    says = f"{newest.name}, {age}, one of {len(there)} in {folders.backups}"
    if newest.name != there[0].name:
        advice = f"{there[0].name} is newer, but no sound copy. trainer backup now makes one."
        return Finding("backup", there[0].reason.value == "damaged", says, advice)
    if days > STALE_DAYS:
        return Finding("backup", True, says, "trainer backup now makes a new one.")
    return Finding("backup", True, says)
