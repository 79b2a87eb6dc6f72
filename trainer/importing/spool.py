"""What was read, aside until all of it was: a little in memory, the rest in a nameless file that only we can read.

Of the values that come by the hundred thousand only what they were made of is written; pickle alone asks each of them
for the names of its fields, which takes half of all the writing.
"""

from __future__ import annotations

import pickle
import tempfile
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from trainer.core.errors import StoreError
from trainer.core.rating import Rating
from trainer.core.record import Outcome, SessionRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = TypeVar("Kind")
IN_MEMORY = 4 * 2**20
"""Bytes that need no file: some years of a diary."""
TOGETHER = 200
"""Values that are written at once: what they have in common is written once."""

_PARTS = MappingProxyType(
    {kind: attrgetter(*(field.name for field in fields(kind))) for kind in (Rating, Outcome, SessionRecord)}
)


class Spool(Generic[Kind]):
    """Values in the order in which they came, to be gone through as often as needed. Raises StoreError."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed by close)
        self._last: list[Kind] = []
        self._batches = 0
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._file.close()

    def __len__(self) -> int:
        return self._count

    def add(self, value: Kind) -> None:
        """Puts it at the end."""
        self._last.append(value)
        self._count += 1
        if len(self._last) == TOGETHER:
            self._put()

    def fill(self, values: Iterable[Kind]) -> None:
        """Puts all of them at the end."""
        for value in values:
            self.add(value)

    def __iter__(self) -> Iterator[Kind]:
        """From the first to the last; nothing may be added meanwhile."""
        self._put()
        try:
            self._file.seek(0)
            for _ in range(self._batches):
                yield from pickle.load(self._file)  # noqa: S301 (our own, from a file without a name)
        except OSError as error:
            raise _unusable(error) from error

    def _put(self) -> None:
        if not self._last:
            return
        try:
            pickler = pickle.Pickler(self._file, pickle.HIGHEST_PROTOCOL)
            pickler.dispatch_table = {**dict.fromkeys(_PARTS, _made_of), datetime: _time_made_of}
            pickler.dump(self._last)
        except OSError as error:
            raise _unusable(error) from error
        self._last = []
        self._batches += 1


def _made_of(value: Any) -> tuple[type, Any]:
    """What makes it again."""
    return type(value), _PARTS[type(value)](value)


def _time_made_of(value: datetime) -> tuple[Any, tuple[str]]:
    return datetime.fromisoformat, (value.isoformat(),)


def _unusable(error: OSError) -> StoreError:
    why = (error.strerror or str(error)).lower()
    where = tempfile.gettempdir()
    return StoreError(f"The folder {where} cannot hold what is read: {why}.", "Make some room there, or set TMPDIR.")
