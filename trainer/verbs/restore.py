"""``trainer restore ID``: brings back what was deleted less than 30 days ago."""

from __future__ import annotations

import argparse

from trainer.paths import Folders
from trainer.store import Store
from trainer.store.correcting import find_item, restore
from trainer.store.naming import find
from trainer.verbs.entry import words_of
from trainer.verbs.out import put

NAME = "restore"
HELP = "bring back what was deleted"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer restore`` takes."""
    parser.add_argument("id", metavar="ID", help="of what was deleted, or its beginning, as trainer deleted tells")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Brings it back and says so in a line. Raises UsageError or StoreError."""
    with Store.open(folders.database) as store:
        what, id_ = find(store, arguments.id, is_deleted=True)
        restore(store, what, id_)
        item = find_item(store, what, id_)
    put([f"Brought back: {words_of(item)}.\n"])
    return 0
