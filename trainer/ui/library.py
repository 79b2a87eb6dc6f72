"""How does this drill go? Every drill, moving, with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trainer.core.drill_record import of_drill
from trainer.core.side import Side
from trainer.ui.drill_card import MARK, drill_words
from trainer.ui.onlooker import Onlooker, figure_keys
from trainer.ui.widgets.footer import KeyFooter
from trainer.ui.widgets.moving_drill import MovingDrill
from trainer.ui.widgets.plain import PlainHorizontal

if TYPE_CHECKING:
    from trainer.core.drill import Drill
    from trainer.core.drill_record import DrillRecord
    from trainer.library import Library
    from trainer.ui.kit import Kit


WAYS_NEXT = "Next time take the easier way; or at home i, and x there leaves it out."
"""What can be done about a drill that hurt, where it is only looked at."""


class LibraryScreen(Screen[None], Onlooker):
    """Lists the drills beside the selected one: how it moves, and its words."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-usual")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d", "dismiss", "Back", key_display="escape", id="library.back"),
        *figure_keys(is_shown=True),
    ]

    def __init__(self, library: Library, kit: Kit, records: tuple[DrillRecord, ...] = ()) -> None:
        """``records``: what became of each drill lately."""
        super().__init__()
        self._library = library
        self._kit = kit
        self._records = records

    def compose(self) -> ComposeResult:
        """The list, the figure, the words."""
        with PlainHorizontal():
            yield OptionList(
                *(Option(self._row(drill), id=drill.id) for drill in self._library.drills.values()),
                id="drills",
            )
            yield MovingDrill(self._library.body, self._kit, id="drill")
        yield KeyFooter()

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        drill = self._library.drills.get(event.option_id or "")
        if drill is not None:
            side = Side.RIGHT if drill.is_one_sided else Side.BOTH
            words = drill_words(drill, lately=of_drill(self._records, drill.id), ways=WAYS_NEXT)
            self.query_one(MovingDrill).show(drill, side, words, tempo=drill.dose.tempo)

    def _row(self, drill: Drill) -> Content:
        mark = (MARK if of_drill(self._records, drill.id) else "", "bold $warning")
        return Content.assemble(drill.name, mark, (f"  {drill.region}", "$text-muted"))
