"""What a session does when a drill hurts: it shows the easier way, and after two drills offers to end, once a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.dom import DOMNode
from textual.screen import Screen

from trainer.core.caution import after_hurt, unsaid
from trainer.core.day import day_of
from trainer.core.errors import TrainerError
from trainer.settings import MOST_SAID

if TYPE_CHECKING:
    from trainer.core.session import Session
    from trainer.core.timeline import Phase
    from trainer.ui.kit import Kit


class Sparing(DOMNode):
    """For a screen that has a session and a kit."""

    _kit: Kit
    session: Session

    def tell_hurt(self, phase: Phase) -> None:
        """Tell the easier way; after two drills that hurt, offer to end the session kindly."""
        drill = phase.drill
        words, title = f"{drill.easier} Stop it if: {drill.stop_if}", "Marked. Easier from here:"
        self.app.notify(words, title=title, severity="warning", timeout=8, markup=False)
        caution = after_hurt(self.session.eased, today=day_of(self._kit.now()))
        said = self._kit.settings.cautions_said
        if caution is None or not unsaid((caution,), said):
            return
        try:
            self._kit.keep(cautions_said=(*said, caution.key)[-MOST_SAID:])
        except TrainerError as error:
            self.app.notify(error.hint, title=error.message, severity="warning", markup=False)
        from trainer.ui.confirm import Confirm

        question = Confirm("Enough for today?", caution.rule.words, yes="End here", no="Go on")
        self.app.push_screen(question, self._answer)

    def _answer(self, is_enough: bool | None) -> None:
        if is_enough:
            self.session.stop()
        assert isinstance(self, Screen)
        self.call_after_refresh(self.tick)  # type: ignore[attr-defined]
