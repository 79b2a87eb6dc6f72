"""Paints any Frame in the theme's colours, and repaints the rows that changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from trainer.drawing.frame import Frame
from trainer.ui.palette import inks

Painter = Callable[[int, int], Frame]
"""Draws a Frame for a width and a height in cells."""


class FrameView(Widget):
    """Shows what a painter draws, at whatever size there is."""

    def __init__(self, painter: Painter = Frame.blank, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._painter = painter
        self._frame = Frame.blank(0, 0)
        self._inks: Mapping[str, Style] = {}

    def on_mount(self) -> None:
        """Follow the theme."""
        self._inks = inks(self.app.current_theme)
        self.app.theme_changed_signal.subscribe(self, self._dye)

    def show(self, painter: Painter) -> None:
        """Draw with ``painter`` from now on; a frame equal to the last one costs nothing."""
        self._painter = painter
        self._draw()

    @property
    def frame(self) -> Frame:
        """What is shown."""
        return self._frame

    def on_resize(self) -> None:
        """Draw anew at the new size."""
        self._draw()

    def render_line(self, y: int) -> Strip:
        """One row of the frame; below it, nothing."""
        base = self.rich_style
        if y >= self._frame.height:
            return Strip.blank(self.size.width, base)
        row = self._frame.rows[y]
        segments = [Segment(text, base + self._inks[role] if role in self._inks else base) for text, role in row]
        return Strip(segments, self._frame.width)

    def _draw(self) -> None:
        width, height = self.size
        before, self._frame = self._frame, self._painter(width, height)
        if (before.width, before.height) != (self._frame.width, self._frame.height):
            self.refresh()
            return
        changed = [Region(0, y, width, 1) for y, row in enumerate(self._frame.rows) if row != before.rows[y]]
        if changed:
            self.refresh(*changed)

    def _dye(self, theme: Theme) -> None:
        self._inks = inks(theme)
        self.refresh()
