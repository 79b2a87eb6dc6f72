"""How the figure is looked at: the keys that every screen with a figure shares, and what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.dom import DOMNode

from trainer.core.errors import TrainerError
from trainer.ui.widgets.figure_view import FigureView

if TYPE_CHECKING:
    from trainer.ui.kit import Kit

_SAID = {
    "facing": "The figure faces you.",
    "mirror": "As in a mirror: it moves on the side you move on.",
    "behind": "Seen from behind.",
}


def figure_keys(*, is_shown: bool) -> tuple[Binding, ...]:
    """The keys that move whoever looks, 15 degrees a press; ``is_shown`` puts one into the bottom line."""
    return (
        Binding(
            "shift+left",
            "turn(-15)",
            "Turn",
            show=is_shown,
            key_display="shift+←→",
            tooltip="Walk round the figure",
            id="figure.turn.left",
        ),
        Binding("shift+right", "turn(15)", show=False, id="figure.turn.right"),
        Binding(
            "shift+up",
            "climb(15)",
            "See the figure from higher up, from lower down",
            show=False,
            key_display="shift+↑↓",
            id="figure.climb.up",
        ),
        Binding("shift+down", "climb(-15)", show=False, id="figure.climb.down"),
        Binding("shift+home", "walk_back", "The figure as the drill shows best", show=False, id="figure.walk_back"),
        Binding("v", "stance", "The figure facing you, as in a mirror, from behind", show=False, id="figure.stance"),
    )


class Onlooker(DOMNode):
    """What these keys do, for a screen that holds one figure and a kit."""

    _kit: Kit

    def action_turn(self, degrees: int) -> None:
        """Walk round the figure."""
        self.query_one(FigureView).turn(degrees)

    def action_climb(self, degrees: int) -> None:
        """See it from higher up or lower down."""
        self.query_one(FigureView).climb(degrees)

    def action_walk_back(self) -> None:
        """See it from where the drill shows best."""
        self.query_one(FigureView).walk_back()

    def action_stance(self) -> None:
        """See it facing you, as in a mirror, or from behind; kept for the next time."""
        figure = self.query_one(FigureView)
        try:
            stance = self._kit.next_stance()
        except TrainerError as error:
            stance = self._kit.settings.figure
            figure.notify(error.hint, title=error.message, severity="warning", markup=False)
        figure.stand(stance)
        figure.notify(_SAID[stance], timeout=3, markup=False)
