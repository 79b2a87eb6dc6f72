"""The least a Textual app can be: a label, digits and a footer. Everything else is measured beside it.

With the argument ``tick`` the digits count, once a second.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Digits, Footer, Label


class Minimal(App[None]):
    """Counts seconds and key presses."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "press", "Press"), Binding("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Label("First frame")
        yield Digits("0")
        yield Footer()

    def on_mount(self) -> None:
        self._seconds = 0
        self._presses = 0
        if "tick" in sys.argv:
            self.set_interval(1.0, self.tick)

    def tick(self) -> None:
        self._seconds += 1
        self.query_one(Digits).update(str(self._seconds))

    def action_press(self) -> None:
        self._presses += 1
        self.query_one(Label).update(f"PRESS {self._presses}.")


if __name__ == "__main__":
    Minimal().run()
