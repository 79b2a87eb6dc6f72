"""How the figure stands: changed by a key, kept for the next time, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.core.errors import TrainerError
from trainer.ui.widgets.figure_view import FigureView

if TYPE_CHECKING:
    from trainer.ui.kit import Kit

_SAID = {
    "facing": "The figure faces you.",
    "mirror": "As in a mirror: it moves on the side you move on.",
    "behind": "Seen from behind.",
}


def show_next_stance(figure: FigureView, kit: Kit) -> None:
    """Let the figure stand in the next way."""
    try:
        stance = kit.next_stance()
    except TrainerError as error:
        stance = kit.settings.figure
        figure.notify(error.hint, title=error.message, severity="warning", markup=False)
    figure.stand(stance)
    figure.notify(_SAID[stance], timeout=3, markup=False)
