"""What was read, aside until all of it was: a little in memory, the rest in a nameless file that only we can read."""

from __future__ import annotations

import pickle
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from trainer.core.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = TypeVar("Kind")
IN_MEMORY = 4 * 2**20
"""Bytes that need no file: some years of a diary."""
TOGETHER = 200
"""Values that are written at once: what they have in common is written once."""


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
            pickle.dump(self._last, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise _unusable(error) from error
        self._last = []
        self._batches += 1


def _unusable(error: OSError) -> StoreError:
    why = (error.strerror or str(error)).lower()
    where = tempfile.gettempdir()
    return StoreError(f"The folder {where} cannot hold what is read: {why}.", "Make some room there, or set TMPDIR.")
