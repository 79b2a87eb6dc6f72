"""What a session does when a drill hurts: the easier way, then the next drill; after two, an offer to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.dom import DOMNode
from textual.screen import Screen

from trainer.core.care import Care
from trainer.core.caution import after_hurt, in_drill, remembered, unsaid
from trainer.core.day import day_of
from trainer.core.errors import TrainerError

if TYPE_CHECKING:
    from trainer.core.session import Session
    from trainer.core.timeline import Phase
    from trainer.ui.kit import Kit

AGAIN_S = 2.0
"""Seconds within which a second press is the same mark: a key that bounced, or a hand that was not sure."""


class Sparing(DOMNode):
    """For a screen that has a session and a kit."""

    _kit: Kit
    session: Session
    _marks: tuple[tuple[str, float], ...] = ()
    """Drills (ids) that were marked, and when, by the clock that no one sets; in order."""

    def tell_hurt(self, phase: Phase) -> None:
        """Tell the easier way, or leave a drill that hurts with it too; after two drills, offer to end kindly."""
        today = day_of(self._kit.now())
        drill, caution = phase.drill, in_drill(self._marked(phase), today=today)
        is_under_way = self.session.phase.drill.id == drill.id
        if not is_under_way:  # the next one gets ready already
            self._warn(f"{drill.name} is marked.", f"An easier way the next time: {drill.easier}")
        elif caution is not None and Care.LEAVE_DRILL in caution.rule.care:
            self._warn("Marked.", caution.rule.words)
            self._leave(phase)
        elif caution is not None and Care.EASIER in caution.rule.care:
            self._warn(caution.rule.words, f"{drill.easier} Stop it if: {drill.stop_if}")
        enough = after_hurt(self.session.eased, today=today)
        said = self._kit.settings.cautions_said
        if enough is None or Care.END_SESSION not in enough.rule.care or not unsaid((enough,), said):
            return
        try:
            self._kit.keep(cautions_said=remembered(said, enough))
        except TrainerError as error:
            self.app.notify(error.hint, title=error.message, severity="warning", markup=False)
        from trainer.ui.confirm import Confirm

        question = Confirm("Enough for today?", enough.rule.words, yes="End here", no="Go on")
        self.app.push_screen(question, self._answer)

    def _warn(self, title: str, words: str) -> None:
        self.app.notify(words, title=title, severity="warning", timeout=8, markup=False)

    def _marked(self, phase: Phase) -> int:
        """How often the drill was marked by now, on either side."""
        drill, now = phase.drill.id, self._kit.monotonic()
        if not any(one == drill and now - at < AGAIN_S for one, at in self._marks):
            self._marks = (*self._marks, (drill, now))
        return sum(one == drill for one, _ in self._marks)

    def _leave(self, phase: Phase) -> None:
        """On to the next drill, past its other side."""
        for _ in self.session.timeline.phases[self.session.phase.index :]:
            if self.session.phase.drill.id == phase.drill.id:
                self.session.skip()

    def _answer(self, is_enough: bool | None) -> None:
        if is_enough:
            self.session.stop()
        assert isinstance(self, Screen)
        self.call_after_refresh(self.tick)  # type: ignore[attr-defined]
