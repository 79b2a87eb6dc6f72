"""``trainer undo``: takes back the latest correction or deletion, and the next time the one before."""

from __future__ import annotations

import argparse

from trainer.paths import Folders
from trainer.store import Store
from trainer.store.correcting import find_item, undo
from trainer.verbs.entry import words_of
from trainer.verbs.out import put

NAME = "undo"
HELP = "take back the latest correction or deletion"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer undo`` takes: nothing."""


def run(arguments: argparse.Namespace, folders: Folders) -> int:  # noqa: ARG001 (it takes nothing)
    """Takes it back and says what that was. Raises UsageError or StoreError."""
    with Store.open(folders.database) as store:
        act = undo(store)
        if act is None:
            put(["Nothing was corrected or deleted in the last 30 days.\n"])
            return 0
        item = find_item(store, act.what, act.id)
    what = "Brought back" if act.is_deletion else "As it was before"
    put([f"{what}: {words_of(item)}.\n"])
    return 0
