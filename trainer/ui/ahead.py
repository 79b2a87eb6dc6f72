"""What has time while a session runs: the next drill's pictures, and what Python has to clear away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.core.timeline import PhaseKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.core.session import Session
    from trainer.ui.widgets.figure_view import FigureView


class Ahead:
    """Thinks ahead a little at a time, in moments in which nothing has just begun: that is to be seen first."""

    def __init__(self, session: Session, figure: FigureView, sweep: Callable[[], None]) -> None:
        """``sweep``: see Kit.swept."""
        self._session = session
        self._figure = figure
        self._sweep = sweep
        self._swept_in = -1

    def think(self) -> None:
        """Do one thing: clear away once while a drill gets ready, draw one picture of what follows."""
        phase = self._session.phase
        if phase.kind is PhaseKind.PREPARE and phase.index != self._swept_in:
            self._swept_in = phase.index
            self._sweep()
        elif (following := self._session.following()) is not None:
            self._figure.prepare(following.drill, following.side)
