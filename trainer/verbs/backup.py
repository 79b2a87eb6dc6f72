"""``trainer backup``: the copies of the diary: list them, make one, put one back."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import datetime

from trainer.core.errors import UsageError
from trainer.paths import Folders
from trainer.store.backups import Backup, Reason, back_up, list_backups
from trainer.store.copying import counted
from trainer.store.restoring import restore
from trainer.verbs.out import put
from trainer.verbs.words import count_words, shown

NAME = "backup"
HELP = "list backups of the diary, make one (now), or put one back (restore NAME)"
FOUND = "list", "now", "restore"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer backup`` takes."""
    parser.add_argument("what", metavar="|".join(FOUND), nargs="?", default="list", help="what to do (usual: list)")
    parser.add_argument("name", metavar="NAME", nargs="?", help="which to restore, as the list tells it")
    parser.add_argument("--json", action="store_true", help="the list as JSON")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Does it. Raises UsageError or StoreError; the diary is then as it was."""
    if arguments.what not in FOUND:
        raise UsageError(f"{shown(arguments.what)} is nothing to do with backups.", "Say list, now or restore NAME.")
    if arguments.what == "restore" and arguments.name is None:
        raise UsageError("Which backup?", "Say trainer backup restore NAME; trainer backup list tells the names.")
    if arguments.what != "restore" and arguments.name is not None:
        raise UsageError("Only restore takes the name of a backup.", "Say trainer backup restore NAME.")
    now = datetime.now().astimezone()
    if arguments.what == "list":
        backups = list_backups(folders.backups)
        put(_json(backups, folders) if arguments.json else _lines(backups, folders), as_data=arguments.json)
    elif arguments.what == "now":
        if not folders.database.exists():
            raise UsageError("There is no diary yet, so there is nothing to back up.")
        put([f"Backed up: {folders.backups / back_up(folders.database, Reason.ASKED, now, patience_s=2.0).name}\n"])
    else:
        before = restore(folders.database, arguments.name, now)
        kept = "" if before is None else f" What was there is kept as {before.name}."
        put([f"Restored: {arguments.name}.{kept}\n"])
    return 0


def _lines(backups: tuple[Backup, ...], folders: Folders) -> Iterator[str]:
    if not backups:
        yield "No backups yet. The app makes one each day it is opened; trainer backup now makes one.\n"
        return
    widest = max(len(backup.name) for backup in backups)
    for backup in backups:
        found = None if backup.reason is Reason.DAMAGED else counted(folders.backups / backup.name)
        holds = "damaged" if found is None else ", ".join(map(count_words, found, ("session", "rating")))
        yield f"{backup.at:%Y-%m-%d %H:%M}  {backup.name:<{widest}}  {holds}\n"


def _json(backups: tuple[Backup, ...], folders: Folders) -> Iterator[str]:
    found = [(backup, counted(folders.backups / backup.name)) for backup in backups]
    rows = [
        {
            "name": backup.name,
            "at": backup.at.isoformat(),
            "reason": backup.reason.value,
            "sound": counts is not None,
            "sessions": counts and counts[0],
            "ratings": counts and counts[1],
        }
        for backup, counts in found
    ]
    yield json.dumps(rows, indent=2) + "\n"
