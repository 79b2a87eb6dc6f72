"""Paints any Frame in the theme's colours, and repaints the rows that changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from trainer.drawing.frame import Frame, Row
from trainer.ui.palette import inks

STRIPS_KEPT = 800
"""Rows whose colours are remembered: those of a few repetitions."""
_NO_COLOUR = Color(0, 0, 0)
Painter = Callable[[int, int], Frame]
"""Draws a Frame for a width and a height in cells."""


class FrameView(Widget):
    """Shows what a painter draws, at whatever size there is."""

    def __init__(self, painter: Painter = Frame.blank, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._painter = painter
        self._key: object = None
        self._frame = Frame.blank(0, 0)
        self._inks: Mapping[str, Style] = {}
        self._strips: dict[Row, Strip] = {}
        self._strips_base = Style.null()
        self._ground: Color | None = None

    def on_mount(self) -> None:
        """Follow the theme."""
        self._inks = inks(self.app.current_theme)
        self.app.theme_changed_signal.subscribe(self, self._dye)

    def show(self, painter: Painter, key: object = None) -> None:
        """Draw with ``painter`` from now on; what did not change is not painted.

        A painter with the same ``key`` as the last one would draw the same, and is not even asked.
        """
        self._painter = painter
        if key is None or key != self._key:
            self._key = key
            self._draw()

    @property
    def frame(self) -> Frame:
        """What is shown."""
        return self._frame

    def on_resize(self) -> None:
        """Draw anew at the new size."""
        self._strips.clear()
        self._draw()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in ``crop``, each coloured once.

        A frame has neither border nor padding, so what Textual does for those is left out: at twenty pictures a
        second that is a third of the whole cost. Its filters (no colour, dimmed) are applied as everywhere.
        """
        base = self.rich_style
        if base != self._strips_base or len(self._strips) > STRIPS_KEPT:
            self._strips.clear()
            self._strips_base = base
        filters = self.get_line_filters()
        if filters and self._ground is None:
            _, self._ground = self.background_colors
        strips: list[Strip] = []
        for y in crop.line_range:
            strip = self._strip(y, base)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, self._ground or _NO_COLOUR)
            strips.append(strip.crop(crop.x, crop.right))
        return strips

    def notify_style_update(self) -> None:
        """Look for the colour behind it anew: finding it costs as much as painting."""
        super().notify_style_update()
        self._ground = None

    def _strip(self, y: int, base: Style) -> Strip:
        if y >= self._frame.height:
            return Strip.blank(self.size.width, base)
        row = self._frame.rows[y]
        strip = self._strips.get(row)
        if strip is None:
            segments = [Segment(text, base + self._inks[role] if role in self._inks else base) for text, role in row]
            strip = self._strips[row] = Strip(segments, self._frame.width).adjust_cell_length(self.size.width, base)
        return strip

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
        self._ground = None
        self._inks = inks(theme)
        self._strips.clear()
        self.refresh()
