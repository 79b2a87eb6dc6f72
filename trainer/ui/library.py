"""How does this drill go? Every drill, moving, with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList
from textual.widgets.option_list import Option

from trainer.core.side import Side
from trainer.ui.drill_card import drill_words
from trainer.ui.onlooker import Onlooker, figure_keys
from trainer.ui.widgets.moving_drill import MovingDrill
from trainer.ui.widgets.plain import PlainHorizontal

if TYPE_CHECKING:
    from trainer.library import Library
    from trainer.ui.kit import Kit


class LibraryScreen(Screen[None], Onlooker):
    """Lists the drills beside the selected one: how it moves, and its words."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-usual")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d", "dismiss", "Back", key_display="escape", id="library.back"),
        *figure_keys(is_shown=True),
    ]

    def __init__(self, library: Library, kit: Kit) -> None:
        super().__init__()
        self._library = library
        self._kit = kit

    def compose(self) -> ComposeResult:
        """The list, the figure, the words."""
        with PlainHorizontal():
            yield OptionList(
                *(
                    Option(Content.assemble(drill.name, (f"  {drill.region}", "$text-muted")), id=drill.id)
                    for drill in self._library.drills.values()
                ),
                id="drills",
            )
            yield MovingDrill(self._library.body, self._kit, id="drill")
        yield Footer(show_command_palette=False)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        drill = self._library.drills.get(event.option_id or "")
        if drill is not None:
            side = Side.RIGHT if drill.is_one_sided else Side.BOTH
            self.query_one(MovingDrill).show(drill, side, drill_words(drill), tempo=drill.dose.tempo)
