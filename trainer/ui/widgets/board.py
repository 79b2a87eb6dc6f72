"""The board: what to do, on which side, the count as large as there is room, the rep, and one thing to mind.

In a pause the count makes room for the word: how the drill goes stays to be seen beside it.
"""

from __future__ import annotations

from textual.app import ComposeResult

from trainer.drawing.digits import digits
from trainer.drawing.frame import Frame
from trainer.drawing.glyphs import Glyphs
from trainer.ui.glance import Glance, paused_words
from trainer.ui.widgets.frame_view import FrameView
from trainer.ui.widgets.plain import PlainVertical
from trainer.ui.widgets.words import Words


class Board(PlainVertical):
    """Shows a glance."""

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Words(id="word")
        yield Words(id="name")
        yield Words(id="side")
        yield FrameView(id="count")
        yield Words(id="rep")
        yield Words(id="cue")
        yield Words(id="paused")

    def show(self, glance: Glance, glyphs: Glyphs) -> None:
        """Show what there is to see now."""
        rep, room = f"{glance.rep}    {glance.dots}".strip(), self.size.width
        for name, words in (
            ("word", glance.word),
            ("name", glance.name),
            ("side", glance.side),
            ("rep", rep if not room or len(rep) <= room else glance.rep),  # some of the dots would tell a lie
            ("cue", glance.cue),
            ("paused", paused_words(glance)),
        ):
            self.query_one(f"#{name}", Words).say(words)
        self.query_one("#paused").display = glance.is_paused
        self.query_one("#count").visible = not glance.is_paused
        # As wide as the longest count of the phase, so that 10 and 9 stand in the same place.
        text, like = glance.digits.rjust(len(glance.longest)), glance.longest
        role = "digit.last" if glance.is_last else "digit"

        def paint(width: int, height: int) -> Frame:
            return digits(text, width, height, glyphs=glyphs, role=role, align="left", like=like)

        self.query_one(FrameView).show(paint, key=(text, like, role, glyphs))
