"""``trainer deleted``: what was deleted and can still be brought back, latest first."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from trainer.core.correction import Deleted, Item
from trainer.core.happening import Event, Freeze
from trainer.core.rating import Rating
from trainer.paths import Folders
from trainer.store import Store
from trainer.store.correcting import list_deleted
from trainer.store.naming import short
from trainer.verbs.entry import words_of
from trainer.verbs.out import put

NAME = "deleted"
HELP = "list what was deleted and can still be brought back"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer deleted`` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the list. Raises StoreError."""
    with Store.look(folders.database) as store:
        found = list_deleted(store)
        put(_json(found) if arguments.json else _lines(store, found), as_data=arguments.json)
    return 0


def _lines(store: Store, found: tuple[Deleted, ...]) -> Iterator[str]:
    if not found:
        yield "Nothing was deleted in the last 30 days.\n"
        return
    names = [short(store, one.item.id) for one in found]
    widest = max(map(len, names))
    for name, one in zip(names, found, strict=True):
        yield f"{name:<{widest}}  {one.what.value:<7}  {words_of(one.item)}  (until {one.until:%Y-%m-%d})\n"
    yield "trainer restore ID brings one back.\n"


def _json(found: tuple[Deleted, ...]) -> Iterator[str]:
    rows = [
        {
            "what": one.what.value,
            "id": one.item.id,
            "deleted_at": one.at.isoformat(),
            "until": one.until.isoformat(),
            "was": _item(one.item),
        }
        for one in found
    ]
    yield json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _item(item: Item) -> dict[str, Any]:
    from trainer.export import event_json, freeze_json, rating_json, session_json

    match item:
        case Rating():
            return rating_json(item)
        case Event():
            return event_json(item)
        case Freeze():
            return freeze_json(item)
    return session_json(item)
