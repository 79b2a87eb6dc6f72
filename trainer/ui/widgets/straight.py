"""Rows of a widget straight to the terminal, wherever nothing lies over it.

Whatever changes, Textual asks each widget whose room it touches for all its lines, cuts them and puts them together
anew, two messages and a timer later: more than half of what a moving figure costs. None of that can change what is seen
where a widget lies open. Where something lies over it (a toast, a card, another screen), or where a later Textual keeps
its things elsewhere, the usual way is left to be taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.segment import Segment, Segments
from textual.geometry import Offset, Region
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.strip import Strip

_Seen = Mapping[Widget, tuple[Region, Region]]
"""What is on a screen: where each widget lies, and what of that is shown."""


class Straight:
    """The way from one widget to the terminal."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._seen: _Seen | None = None
        self._open: Region | None = None

    def write(self, rows: Iterable[tuple[int, Strip]]) -> bool:
        """Write rows, each by its number and as wide as the widget; say whether that could be done."""
        app: Any = self._widget.app  # what Textual keeps to itself is looked for, not relied on
        display, place = getattr(app, "_display", None), self._place()
        if display is None or place is None:
            return False
        x, y = place.x + 1, place.y + 1
        text = "".join([f"\x1b[{y + row};{x}H{strip.render(app.console)}" for row, strip in rows])
        column, line = self._cursor()
        display(self._widget.screen, Segments([Segment(f"{text}\x1b[{line + 1};{column + 1}H")]))
        return True

    def _place(self) -> Region | None:
        """Return where the widget lies on the terminal; nothing where it does not lie open."""
        app, screen = self._widget.app, self._widget.screen
        is_held_back = getattr(app, "_batch_count", 1)
        if app.is_headless or app.is_inline or is_held_back or not screen.is_active:
            return None
        seen: _Seen | None = getattr(getattr(screen, "_compositor", None), "visible_widgets", None)
        if seen is not self._seen:
            self._seen, self._open = seen, open_region(self._widget, seen or {})
        return self._open if self._open is not None and self._open.size == self._widget.size else None

    def _cursor(self) -> Offset:
        """Return where the terminal's cursor rests between pictures."""
        return self._widget.screen.outer_size.clamp_offset(self._widget.app.cursor_position)


def open_region(widget: Widget, seen: _Seen) -> Region | None:
    """Return where a widget lies if all of it is shown and nothing lies over it.

    ``seen``: all that is on the screen, the topmost first.
    """
    if widget not in seen:
        return None
    region, shown = seen[widget]
    if not shown.contains_region(region):
        return None
    for other, (around, part) in seen.items():
        if other is widget:
            return region
        over = around.intersection(part)
        if over.area and over.overlaps(region):
            return None
    return None
