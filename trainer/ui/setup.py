"""The first start: the safety text once, and which knee it is about."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.core.safety import SAFETY
from trainer.core.side import Affected


class SafetyScreen(ModalScreen[bool]):
    """Shows the safety text; dismisses with whether it was accepted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "I have read this", id="safety.yes"),
        Binding("q,escape", "answer(False)", "Leave", key_display="q", id="safety.no"),
    ]

    def compose(self) -> ComposeResult:
        """The text and the two answers."""
        with VerticalScroll(classes="card wide tall"):
            yield Static(Content("Before you start"), classes="headline")
            yield Static(Content("\n\n".join(SAFETY)))
            yield Static(Content("y  I have read this      q  leave"), classes="keys")

    def action_answer(self, is_accepted: bool) -> None:
        """Give the answer."""
        self.dismiss(is_accepted)


class KneeScreen(ModalScreen[Affected | None]):
    """Asks which knee; dismisses with none when left unanswered."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "choose('left')", "Left", id="knee.left"),
        Binding("r", "choose('right')", "Right", id="knee.right"),
        Binding("b", "choose('both')", "Both", id="knee.both"),
        Binding("escape,q", "choose('')", "Not now", key_display="escape", id="knee.none"),
    ]

    def compose(self) -> ComposeResult:
        """The question and its three answers."""
        with VerticalScroll(classes="card"):
            yield Static(Content("Which knee troubles you?"), classes="headline")
            yield Static(Content("l   left\n\nr   right\n\nb   both"), id="knees")
            yield Static(Content("The other side goes first in every drill."), classes="keys")

    def action_choose(self, knee: str) -> None:
        """Give the answer."""
        self.dismiss(Affected(knee) if knee else None)
