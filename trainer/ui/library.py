"""How does this drill go? Every drill, moving, with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from trainer.body.acting import Act
from trainer.core.drill import Drill
from trainer.core.side import Side
from trainer.ui.drill_card import drill_words
from trainer.ui.stance import show_next_stance
from trainer.ui.widgets.figure_view import FigureView
from trainer.ui.widgets.plain import PlainHorizontal, PlainVertical

if TYPE_CHECKING:
    from trainer.library import Library
    from trainer.ui.kit import Kit


class LibraryScreen(Screen[None]):
    """Lists the drills beside the selected one: how it moves, and its words."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-usual")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d", "dismiss", "Back", key_display="escape", id="library.back"),
        Binding("shift+left", "turn(-15)", "Walk round", key_display="shift+←→", id="library.turn.left"),
        Binding("shift+right", "turn(15)", show=False, id="library.turn.right"),
        Binding("v", "stance", "Stance", id="library.stance", tooltip="Facing you, as in a mirror, from behind"),
    ]

    def __init__(self, library: Library, kit: Kit) -> None:
        super().__init__()
        self._library = library
        self._kit = kit
        self._drill: Drill | None = None
        self._since = 0.0

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
            with PlainVertical(id="drill"):
                yield FigureView(
                    self._library.body,
                    glyphs=self._kit.glyphs,
                    frames_a_second=self._kit.figure_rate(self.app.animation_level),
                    stance=self._kit.settings.figure,
                    id="figure",
                )
                with VerticalScroll(id="words"):
                    yield Static(id="text")
        yield Footer()

    def on_mount(self) -> None:
        """Let the figure move."""
        if self._kit.tick_s > 0 and self._kit.figure_rate(self.app.animation_level):
            self.set_interval(1 / self._kit.figure_rate(self.app.animation_level), self.move_figure)

    def move_figure(self) -> None:
        """Show where the selected drill has come to."""
        if self._drill is None or not self.is_current:
            return
        phase = (self._kit.monotonic() - self._since) / self._drill.dose.tempo % 1.0
        side = Side.RIGHT if self._drill.is_one_sided else Side.BOTH
        self.query_one(FigureView).perform(Act(self._drill, side, phase))

    def action_turn(self, degrees: int) -> None:
        """Walk round the figure."""
        self.query_one(FigureView).turn(degrees)

    def action_stance(self) -> None:
        """See the figure facing you, as in a mirror, or from behind."""
        show_next_stance(self.query_one(FigureView), self._kit)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        drill = self._library.drills.get(event.option_id or "")
        if drill is not None:
            self._drill, self._since = drill, self._kit.monotonic()
            self.query_one("#text", Static).update(drill_words(drill))
            self.move_figure()
