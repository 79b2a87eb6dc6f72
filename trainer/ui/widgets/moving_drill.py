"""A drill that moves, over its words: what the drill library and the look into a routine show beside their lists.

Nothing moves while something lies over the screen. Whoever hurries through a list sees the words of each drill, and
the figure of the one where the cursor comes to rest: to set the stage for a new drill costs more than a key press.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.body.acting import Act
from trainer.core.drill import Drill
from trainer.core.side import Side
from trainer.ui.widgets.figure_view import FigureView
from trainer.ui.widgets.plain import PlainVertical

if TYPE_CHECKING:
    from trainer.body.skeleton import Body
    from trainer.ui.kit import Kit

HURRY_S = 0.15
"""Seconds between two drills below which the second one's figure waits; a held key repeats every 0.03 to 0.1."""
POSE_S = 0.25
"""Seconds between two looks at the clock where only key poses are shown."""


class MovingDrill(PlainVertical):
    """Shows one drill at a time."""

    def __init__(self, body: Body, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._body = body
        self._kit = kit
        self._drill: Drill | None = None
        self._side = Side.BOTH
        self._tempo: float | None = None
        self._since = float("-inf")
        self._is_hurried = False

    def compose(self) -> ComposeResult:
        """The figure, then the words."""
        yield FigureView(
            self._body,
            glyphs=self._kit.glyphs,
            frames_a_second=self._kit.figure_rate(self.app.animation_level),
            aspect=self._kit.aspect,
            stance=self._kit.settings.figure,
            id="figure",
        )
        with VerticalScroll(id="words"):
            yield Static(id="text")

    def on_mount(self) -> None:
        """Let the figure move."""
        if self._kit.tick_s > 0:
            rate = self._kit.figure_rate(self.app.animation_level)
            self.set_interval(1 / rate if rate else POSE_S, self.move)

    def show(self, drill: Drill, side: Side, words: Content, *, tempo: float | None) -> None:
        """Show a drill; ``tempo``: seconds of a repetition, none to stand still."""
        now = self._kit.monotonic()
        self._is_hurried = now - self._since < HURRY_S
        self._drill, self._side, self._tempo, self._since = drill, side, tempo, now
        self.query_one("#text", Static).update(words)
        self.query_one("#words").scroll_home(animate=False)
        self.call_after_refresh(self.move)  # cursor and words first: they answer the key at once

    def move(self) -> None:
        """Show where the drill has come to."""
        if self._drill is None or not self.is_attached or not self.screen.is_active:
            return
        seconds = self._kit.monotonic() - self._since
        if self._is_hurried and seconds < HURRY_S:
            return
        phase = seconds / self._tempo % 1.0 if self._tempo is not None else 0.0
        self.query_one(FigureView).perform(Act(self._drill, self._side, phase, lasts_s=self._tempo))
