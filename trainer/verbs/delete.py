"""``trainer delete ID``: takes a rating or a session out of the diary; for 30 days it can be brought back."""

from __future__ import annotations

import argparse

from trainer.paths import Folders
from trainer.store import Store
from trainer.store.correcting import delete, find_item
from trainer.store.naming import find
from trainer.verbs.entry import words_of
from trainer.verbs.out import put

NAME = "delete"
HELP = "delete a rating or a session; for 30 days it can be brought back"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer delete`` takes."""
    parser.add_argument("id", metavar="ID", help="of a rating or a session, or its beginning, as trainer history tells")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Deletes it and says so in a line. Raises UsageError or StoreError, then nothing is deleted."""
    with Store.open(folders.database) as store:
        what, id_ = find(store, arguments.id)
        item = find_item(store, what, id_)
        delete(store, what, id_)
    put([f"Deleted: {words_of(item)}. trainer undo brings it back.\n"])
    return 0
