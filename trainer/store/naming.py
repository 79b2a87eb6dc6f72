"""Ids as a person types them: the first letters will do, as long as they mean one thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from trainer.core.correction import What
from trainer.core.errors import UsageError
from trainer.store.correcting import TABLES

if TYPE_CHECKING:
    from trainer.store.reading import Reader

SHOWN = 8
"""Letters of an id that are shown, where they mean one thing."""
LEAST = 4
"""Letters below which the beginning of an id could be anything mistyped."""
_LISTS = {
    What.RATING: "trainer history --ratings",
    What.SESSION: "trainer history",
    What.EVENT: "trainer event --list",
    What.FREEZE: "trainer pause --list",
}
"""What tells the ids of a kind."""
_LAST = "\U0010ffff"


def short(reader: Reader, id_: str) -> str:
    """The beginning of an id that no other one here has."""
    longest = 0
    for table in TABLES.values():
        for sign, order in (("<", "DESC"), (">", "ASC")):
            beside = f"SELECT id FROM {table} WHERE id {sign} ? ORDER BY id {order} LIMIT 1"  # noqa: S608 (our words)
            for (other,) in reader.rows(beside, (id_,)):
                longest = max(longest, _alike(id_, str(other)))
    return id_[: max(SHOWN, longest + 1)]


def _alike(one: str, other: str) -> int:
    """How many letters the two begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _either(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def find(reader: Reader, start: str, among: Iterable[What] = What, *, is_deleted: bool = False) -> tuple[What, str]:
    """What is meant by an id or its beginning. Raises UsageError where that is nothing, or several things."""
    mark = "NOT NULL" if is_deleted else "NULL"
    found: list[tuple[What, str]] = []
    for what in (kinds := tuple(among)):
        rows = reader.rows(
            f"SELECT id FROM {TABLES[what]} WHERE id BETWEEN ? AND ? AND deleted_us IS {mark} ORDER BY id LIMIT 2",  # noqa: S608
            (start, start + _LAST if len(start) >= LEAST else start),
        )
        found += [(what, id_) for (id_,) in rows]
    exact = [one for one in found if one[1] == start]
    if len(exact or found) > 1:
        raise UsageError(f"Several ids begin with {start[:60]!a}.", "Write more of it.")
    if not found:
        lists = ("trainer deleted",) if is_deleted else tuple(_LISTS[what] for what in kinds)
        least = f"Write at least its first {LEAST} letters. " if len(start) < LEAST else ""
        where = f"{least}{_either(lists)} tells the ids."
        raise UsageError(f"There is nothing with the id {start[:60]!a}.", where)
    return (exact or found)[0]
