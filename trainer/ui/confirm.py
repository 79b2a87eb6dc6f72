"""One question with two answers; nothing happens by accident."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class Confirm(ModalScreen[bool]):
    """Asks, and dismisses with True for yes."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", "Yes", id="confirm.yes"),
        Binding("escape,n,space", "answer(False)", "No", id="confirm.no"),
    ]

    def __init__(self, question: str, detail: str, *, yes: str, no: str) -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._keys = f"enter  {yes}      escape  {no}"

    def compose(self) -> ComposeResult:
        """The question, what follows from it, and the keys."""
        with Vertical(classes="card"):
            yield Static(Content(self._question), classes="headline")
            yield Static(Content(self._detail))
            yield Static(Content(self._keys), classes="keys")

    def action_answer(self, is_yes: bool) -> None:
        """Give the answer."""
        self.dismiss(is_yes)
