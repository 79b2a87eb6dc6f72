"""How a session is heard: its keys for the sound, and what is told when something happens to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.dom import DOMNode
from textual.widget import Widget

from trainer.audio.sheet import Reps
from trainer.core.errors import TrainerError

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from trainer.ui.kit import Kit
    from trainer.ui.speaker import Speaker

SOUND_KEYS = (
    Binding("m", "mute", "Sound off, or on again", show=False, id="session.mute"),
    Binding("c", "count", "Count aloud, tick, or silence", show=False, id="session.count"),
)
_SAID = {
    Reps.ALOUD: "Counting aloud.",
    Reps.TICK: "A tick for each rep.",
    Reps.SILENT: "Reps in silence.",
}


class Listener(DOMNode):
    """What these keys do, for a screen that has a speaker and a kit."""

    _kit: Kit
    speaker: Speaker

    def action_mute(self) -> None:
        """Sound off, or on again."""
        output = self.speaker.output
        output.muted = not output.muted
        self._tell("Sound off." if output.muted else "Sound on.")

    def action_count(self) -> None:
        """Count aloud, tick, or be silent; remembered for the next time."""
        every = tuple(Reps)
        self.speaker.reps = every[(every.index(self.speaker.reps) + 1) % len(every)]
        self._tell(_SAID[self.speaker.reps])
        try:
            self._kit.keep(reps=self.speaker.reps.value)
        except TrainerError as error:
            self._tell(error.message)

    def tell_news(self) -> None:
        """Tell, once, what happened to the sound."""
        while (news := self.speaker.output.news()) is not None:
            severity: SeverityLevel = "warning" if news.is_trouble else "information"
            self.app.notify(news.words, title="Sound", severity=severity, timeout=8, markup=False)

    def _tell(self, words: str) -> None:
        assert isinstance(self, Widget)
        self.notify(words, timeout=2, markup=False)
