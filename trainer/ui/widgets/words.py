"""A few words that change while a session runs: as they are, never markup, and painted only when they changed."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Words(Static):
    """Words in a place of a fixed size."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._said = ""

    def say(self, words: str) -> None:
        """Show these words; the same as before cost nothing."""
        if words != self._said:
            self._said = words
            self.update(Content(words), layout=False)
