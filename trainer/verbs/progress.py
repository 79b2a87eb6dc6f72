"""A line on stderr while something takes longer than a second, gone once it is done: nothing hangs, it goes on.

Only a terminal gets it. A file or another program that reads stderr gets complaints and nothing else.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Kind = TypeVar("Kind")
SOON_S = 1.0
"""Seconds before anything is said."""
PAUSE_S = 0.2
"""Seconds between two tellings."""
LOOK_EVERY = 100
"""Things between two looks at the clock."""
_ERASE = "\r\x1b[2K"


class Watched(Generic[Kind]):
    """Goes through things as they are, and tells how many went by; each time through it has the next of its words."""

    def __init__(
        self, things: Iterable[Kind], *words: str, of: int | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``words``: what is done, such as ``Reading``; ``of``: how many there are, where that is known."""
        self._things = things
        self._words = list(words)
        self._of = of
        self._clock = clock

    def __iter__(self) -> Iterator[Kind]:
        words = self._words.pop(0) if len(self._words) > 1 else self._words[0]
        is_seen = sys.stderr is not None and sys.stderr.isatty()
        due = self._clock() + SOON_S
        was_told = False
        try:
            for number, thing in enumerate(self._things):
                if is_seen and number % LOOK_EVERY == 0 and self._clock() >= due:
                    done = f"{number:,} entries" if self._of is None else f"{number / self._of:.0%}"
                    sys.stderr.write(f"{_ERASE}trainer: {words}: {done} (ctrl+c leaves the diary as it was)")
                    sys.stderr.flush()
                    due = self._clock() + PAUSE_S
                    was_told = True
                yield thing
        finally:
            if was_told:
                sys.stderr.write(_ERASE)
                sys.stderr.flush()
