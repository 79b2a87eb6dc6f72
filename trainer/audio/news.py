"""What happened to the sound since it was opened: each piece is handed out once, to whoever asks first."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened to the sound while it was in use."""

    words: str
    """One sentence or two, for a toast."""
    is_trouble: bool
    """Whether to show it as a warning; else it is good to know, and no more."""


class Newsboard:
    """News that wait to be fetched. Any thread may pin and take."""

    def __init__(self) -> None:
        self._waiting: deque[News] = deque()

    def pin(self, words: str, *, is_trouble: bool) -> None:
        """Put up one piece of news."""
        self._waiting.append(News(words, is_trouble))

    def take(self) -> News | None:
        """Take down the oldest piece, or None where nothing is new."""
        with suppress(IndexError):
            return self._waiting.popleft()
        return None
