"""Paints any Frame in the theme's colours; repaints the rows that changed, straight to the terminal where it can."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Self

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from trainer.drawing.frame import Frame, Row
from trainer.ui.palette import inks
from trainer.ui.widgets.straight import Straight

STRIPS_KEPT = 1600
"""Rows whose colours are remembered: those of a few repetitions, or of one slow circle."""
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
        self._style: tuple[Style, tuple[LineFilter, ...], Color] = (Style.null(), (), _NO_COLOUR)
        self._base: Style | None = None
        """The style behind it, once looked up; anew when it is refreshed as a whole, as for every change of that."""
        self._tints: dict[str, Style] = {}
        """Each role as it is painted, filters and all."""
        self._lines: list[tuple[Row | None, Strip]] = []
        """What is on the screen: each row and how it is painted."""
        self._lines_width = 0
        self._ground: Color | None = None
        self._straight = Straight(self)

    def on_mount(self) -> None:
        """Follow the theme."""
        self._inks = self._inks_of(self.app.current_theme)
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
        self._forget()
        self._draw()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in ``crop``, each coloured once; asked for all of them, however few have changed.

        A frame has neither border nor padding, so what Textual does for those is left out: at twenty pictures a
        second that is a third of the whole cost. Its filters (no colour, dimmed) are applied as everywhere.
        """
        lines, width = self._painted(crop.bottom), self.size.width
        strips = [strip for _, strip in lines[crop.y : crop.bottom]]
        return strips if crop.width == width else [strip.crop(crop.x, crop.right) for strip in strips]

    def _painted(self, bottom: int) -> list[tuple[Row | None, Strip]]:
        """Return what is on the screen, the rows above ``bottom`` as they are now."""
        filters = tuple(self.get_line_filters())
        if filters and self._ground is None:
            _, self._ground = self.background_colors
        if self._base is None:
            self._base = self.rich_style
        style = self._base, filters, self._ground or _NO_COLOUR
        if style != self._style or len(self._strips) > STRIPS_KEPT:
            self._style = style
            self._forget()
        width = self.size.width
        if bottom > len(self._lines) or width != self._lines_width:
            self._lines_width = width
            self._lines = [(None, Strip.blank(width, style[0]))] * max(bottom, self._frame.height)
        lines = self._lines
        for y, row in enumerate(self._frame.rows[:bottom]):
            if lines[y][0] is not row:
                lines[y] = row, self._strip(row)
        return lines

    def notify_style_update(self) -> None:
        """Look for the colour behind it anew: finding it costs as much as painting."""
        super().notify_style_update()
        self._base = self._ground = None

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint anew; as a whole, also in another style: whatever changes that, behind it too, asks for all of it."""
        if not regions:
            self._base = self._ground = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _strip(self, row: Row) -> Strip:
        strip = self._strips.get(row)
        if strip is None:
            segments = [Segment(text, self._tint(role)) for text, role in row]
            strip = Strip(segments, self._frame.width).adjust_cell_length(self.size.width, self._tint(""))
            self._strips[row] = strip
        return strip

    def _tint(self, role: str) -> Style:
        """Return how a role is painted: filters see a style and what lies behind it, never the text."""
        tint = self._tints.get(role)
        if tint is None:
            base, filters, ground = self._style
            segments = [Segment(" ", base + self._inks[role] if role in self._inks else base)]
            for line_filter in filters:
                segments = line_filter.apply(segments, ground)
            tint = self._tints[role] = segments[0].style or Style.null()
        return tint

    def _forget(self) -> None:
        """Colour everything anew."""
        self._strips.clear()
        self._tints.clear()
        self._lines = []

    def _draw(self) -> None:
        width, height = self.size
        before, self._frame = self._frame, self._painter(width, height)
        if (before.width, before.height) != (self._frame.width, self._frame.height):
            self.refresh()
            return
        changed = [y for y, row in enumerate(self._frame.rows) if row != before.rows[y]]
        if changed and not self._straight.write(self._rows(changed)):
            self.refresh(*[Region(0, y, width, 1) for y in changed])

    def _rows(self, numbers: list[int]) -> Iterator[tuple[int, Strip]]:
        lines = self._painted(numbers[-1] + 1)
        yield from ((y, lines[y][1]) for y in numbers)

    def _inks_of(self, theme: Theme) -> Mapping[str, Style]:
        return inks(theme, is_of_sixteen=self.app.console.color_system == "standard")

    def _dye(self, theme: Theme) -> None:
        self._ground = None
        self._inks = self._inks_of(theme)
        self._forget()
        self.refresh()
