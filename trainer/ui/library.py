"""How does this drill go? Every drill with its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from trainer.core.drill import Drill
from trainer.ui.drill_card import drill_words


class LibraryScreen(Screen[None]):
    """Lists the drills beside the words of the selected one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d", "dismiss", "Back", key_display="escape", id="library.back"),
    ]

    def __init__(self, drills: Mapping[str, Drill]) -> None:
        super().__init__()
        self._drills = drills

    def compose(self) -> ComposeResult:
        """The list and the words."""
        with Horizontal():
            yield OptionList(
                *(
                    Option(Content.assemble(drill.name, (f"  {drill.region}", "$text-muted")), id=drill.id)
                    for drill in self._drills.values()
                ),
                id="drills",
            )
            with VerticalScroll(id="words"):
                yield Static(id="drill")
        yield Footer()

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        drill = self._drills.get(event.option_id or "")
        if drill is not None:
            self.query_one("#drill", Static).update(drill_words(drill))
