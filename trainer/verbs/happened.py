"""Event lines and days off as a list, each with the beginning of its id; and taking one of them out again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from trainer.core.happening import Event
from trainer.store import Store
from trainer.store.correcting import delete, find_item
from trainer.store.naming import find, short
from trainer.verbs.entry import words_of
from trainer.verbs.out import put

if TYPE_CHECKING:
    from trainer.core.correction import What
    from trainer.core.happening import Freeze
    from trainer.paths import Folders
    from trainer.store.reading import Reader


def put_list(reader: Reader, found: Sequence[Event | Freeze], none_yet: str, *, is_json: bool) -> None:
    """Print them, the latest first; as JSON as ``trainer export`` writes them."""
    if is_json:
        put([json.dumps([_json(one) for one in found[::-1]], ensure_ascii=False, indent=2) + "\n"], as_data=True)
    elif found:
        put(_lines(reader, found[::-1]))
    else:
        put([none_yet + "\n"])


def take_out(folders: Folders, what: What, start: str) -> None:
    """Delete the one whose id begins so. Raises UsageError where there is none; for 30 days it can be brought back."""
    with Store.open(folders.database) as store:
        _, id_ = find(store, start, (what,))
        item = find_item(store, what, id_)
        delete(store, what, id_)
    put([f"Deleted: {words_of(item)}. trainer undo brings it back.\n"])


def _lines(reader: Reader, found: Sequence[Event | Freeze]) -> Iterator[str]:
    names = [short(reader, one.id) for one in found]
    widest = max(map(len, names))
    for name, one in zip(names, found, strict=True):
        yield f"{name:<{widest}}  {_days(one)}  {one.words}".rstrip() + "\n"


def _days(one: Event | Freeze) -> str:
    if isinstance(one, Event):
        return f"{one.day}"
    return f"{one.first_day} to {one.last_day or 'now       '}"


def _json(one: Event | Freeze) -> dict[str, Any]:
    from trainer.export import event_json, freeze_json

    return event_json(one) if isinstance(one, Event) else freeze_json(one)
