"""A line on stderr while something takes longer than a second: nothing hangs, it goes on.

In a terminal it moves, and is gone once it is done. A file or another program that reads stderr gets one line, after
the first second, that says how long it may take.
"""

from __future__ import annotations

import math
import sys
import time
from typing import TYPE_CHECKING, Generic, TypeVar

from trainer.verbs.out import write_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Kind = TypeVar("Kind")
SOON_S = 1.0
"""Seconds before anything is said."""
PAUSE_S = 0.2
"""Seconds between two tellings."""
LOOK_EVERY = 100
"""Things between two looks at the clock."""
_STOP = "ctrl+c leaves the diary as it was"
_ERASE = "\r\x1b[2K"


class Watched(Generic[Kind]):
    """Goes through things as they are, and tells how many went by; each time through it has the next of its words."""

    def __init__(
        self,
        things: Iterable[Kind],
        *words: str,
        of: int | None = None,
        share: Callable[[], float | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``words``: what is done, such as ``Reading``; ``of``: how many there are, where that is known.

        ``share``: else how much went by, 0 to 1, where that is known.
        """
        self._things = things
        self._words = list(words)
        self._of = of
        self._share = share
        self._clock = clock

    def __iter__(self) -> Iterator[Kind]:
        words = self._words.pop(0) if len(self._words) > 1 else self._words[0]
        is_terminal = sys.stderr is not None and sys.stderr.isatty()
        began = self._clock()
        due = began + SOON_S
        was_told = False
        try:
            for number, thing in enumerate(self._things):
                if number % LOOK_EVERY == 0 and (now := self._clock()) >= due:
                    write_aside(self._line(words, number, now - began, moves=is_terminal))
                    due = now + PAUSE_S if is_terminal else math.inf
                    was_told = True
                yield thing
        finally:
            if was_told and is_terminal:
                write_aside(_ERASE)

    def _line(self, words: str, number: int, gone_s: float, *, moves: bool) -> str:
        share = number / self._of if self._of else self._share()
        done = f"{number:,} entries" if share is None else f"{share:.0%}"
        if moves:
            return f"{_ERASE}trainer: {words}: {done} ({_STOP})"
        left = f", some {math.ceil(gone_s / share - gone_s)} seconds to go" if share else " so far"
        return f"trainer: {words} takes a while: {done}{left} ({_STOP}).\n"
