"""Is it getting better? The chart, then one honest sentence, then the sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from trainer.ui.widgets.frame_view import FrameView, Painter


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """What the diary says."""

    chart: Painter
    """Ratings by day."""
    sentences: tuple[str, ...]
    """One for each knee."""
    sessions: tuple[str, ...]
    """A line for each session, newest first."""


class ProgressScreen(Screen[None]):
    """Shows the diary."""

    AUTO_FOCUS = "#sessions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,p", "dismiss", "Back", key_display="escape", id="progress.back"),
        Binding("e", "app.show_entries", "Entries", id="progress.entries", tooltip="Correct or delete ratings"),
    ]

    def __init__(self, facts: ProgressFacts) -> None:
        super().__init__()
        self._facts = facts

    def compose(self) -> ComposeResult:
        """The chart, the sentence, the list."""
        yield FrameView(self._facts.chart, id="chart")
        yield Static(Content("\n".join(self._facts.sentences)), id="sentence")
        with VerticalScroll(id="sessions"):
            yield Static(Content("\n".join(self._facts.sessions) or "No warm-ups yet."))
        yield Footer()
