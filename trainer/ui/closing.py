"""Closing one screen and no other: Textual's ``dismiss`` takes away whatever lies on top by then."""

from __future__ import annotations

from typing import Any

from textual.await_complete import AwaitComplete
from textual.screen import Screen


class ClosesOnce:
    """The part of a screen that a message closes: a click, enter in a field. Both may come twice, or after a key did.

    To be named before the screen that it is a part of.
    """

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close it, where it is not closed yet and nothing lies over it."""
        assert isinstance(self, Screen)
        return Screen.dismiss(self, result) if self.is_active else AwaitComplete()
