"""The app on data that is nobody's: the same app, with a word on every screen that says so."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from trainer.ui.app import TrainerApp
from trainer.ui.kit import Kit
from trainer.ui.leaving import Leaving

ROOMY = (76, 22)
"""Columns and rows from which every screen leaves the mark a free place in its first row."""


class MarkedApp(TrainerApp):
    """The trainer with a mark on all it shows: where there is room for nothing else, in a row of its own."""

    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = """
    Screen { layers: default mark; }
    Mark { layer: mark; dock: left; width: auto; height: 1; offset: 38vw 0; padding: 0 1;
           background: $warning; color: $background; }
    Mark.-small { layer: default; dock: top; width: 100%; offset: 0 0; text-align: center; }
    SessionScreen Mark { offset: 27vw 0; }
    ProgressScreen Mark { dock: right; offset: 0 0; }
    """

    def __init__(self, kit: Kit, leaving: Leaving | None, mark: str) -> None:
        super().__init__(kit, leaving)
        self._mark = mark

    def on_mount(self) -> None:
        """Mark every screen that is shown, once."""
        self.screen_change_signal.subscribe(self, self._put_mark, immediate=True)
        self._put_mark(self.screen)

    def on_resize(self, event: events.Resize) -> None:
        """Give the mark its row, or take it back."""
        for screen in self.screen_stack:
            screen.query_children(Mark).set_class(_is_small(event.size), "-small")

    def _put_mark(self, screen: Screen[object]) -> None:
        if not screen.query_children(Mark):
            screen.mount(Mark(Content(self._mark), classes="-small" if _is_small(self.size) else ""))


class Mark(Static):
    """The word that stands there."""


def _is_small(window: Size) -> bool:
    return window.width < ROOMY[0] or window.height < ROOMY[1]
