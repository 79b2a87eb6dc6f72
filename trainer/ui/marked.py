"""The app on data that is nobody's: the same app, with a word on every screen that says so."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from trainer.ui.app import TrainerApp
from trainer.ui.kit import Kit
from trainer.ui.leaving import Leaving


class MarkedApp(TrainerApp):
    """The trainer with a mark in a corner of all it shows; the mark takes no room from anything."""

    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = """
    Screen { layers: default mark; }
    Mark { layer: mark; dock: left; width: auto; height: 1; offset: 38vw 0; padding: 0 1;
           background: $warning; color: $background; }
    """

    def __init__(self, kit: Kit, leaving: Leaving | None, mark: str) -> None:
        super().__init__(kit, leaving)
        self._mark = mark

    def on_mount(self) -> None:
        """Mark every screen that is shown, once."""
        self.screen_change_signal.subscribe(self, self._put_mark, immediate=True)
        self._put_mark(self.screen)

    def _put_mark(self, screen: Screen[object]) -> None:
        if not screen.query_children(Mark):
            screen.mount(Mark(Content(self._mark)))


class Mark(Static):
    """The word in the corner."""
