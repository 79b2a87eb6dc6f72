"""A list of any length, of which only the lines in sight are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

Parts = tuple[tuple[str, str], ...]
"""A line: texts, each with its role: ``plain``, ``muted`` or ``strong``."""


class LongList(ScrollView, can_focus=True):
    """Shows ``count`` lines and a cursor; knows nothing of what they say."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "long-list--plain",
        "long-list--muted",
        "long-list--strong",
        "long-list--cursor",
    }
    DEFAULT_CSS = """
    LongList { scrollbar-size-vertical: 1; overflow-x: hidden; }
    LongList .long-list--muted { color: $text-muted; }
    LongList .long-list--strong { text-style: bold; }
    LongList .long-list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="list.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="list.down"),
        Binding("pageup", "leaf(-1)", "Page up", show=False, id="list.page_up"),
        Binding("pagedown", "leaf(1)", "Page down", show=False, id="list.page_down"),
        Binding("home", "move_to(0)", "Newest", show=False, id="list.first"),
        Binding("end", "move_to(-1)", "Oldest", show=False, id="list.last"),
    ]
    cursor: reactive[int] = reactive(0)
    """Place of the chosen line; 0 where there are none."""

    def __init__(self, line: Callable[[int, bool, int], Parts], *, id: str | None = None, mark: str = "▸") -> None:  # noqa: A002
        """``line`` gives the parts of one: its place, whether it is the first in sight, the columns there are."""
        super().__init__(id=id)
        self._line = line
        self._mark = mark
        self._dots = "." if mark.isascii() else "…"
        self.count = 0

    def show(self, count: int, cursor: int | None = None) -> None:
        """Show that many lines, all of which may have changed."""
        self.count = count
        self.virtual_size = Size(self.size.width, count)
        self.cursor = self.cursor if cursor is None else cursor
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Stay on the list."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self) -> None:
        """Keep the chosen line in sight."""
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)
        self.refresh()

    def on_resize(self) -> None:
        """Keep the length, and the chosen line in sight."""
        self.virtual_size = Size(self.size.width, self.count)
        self.watch_cursor()

    def render_line(self, y: int) -> Strip:
        """One line, as wide as the list."""
        width, place = self.size.width, self.scroll_offset.y + y
        if not 0 <= place < self.count:
            return Strip.blank(width, self.rich_style)
        is_chosen = place == self.cursor
        chosen = self.get_component_rich_style("long-list--cursor")
        parts = ((f"{self._mark} " if is_chosen else "  ", "plain"), *self._line(place, y == 0, max(0, width - 2)))
        segments = []
        for text, role in parts:
            style = self.get_component_rich_style(f"long-list--{role}")
            segments.append(Segment(text, style + chosen if is_chosen else style))
        line, rest = Strip(segments), chosen if is_chosen else self.rich_style
        if line.cell_length > width > 0:
            line = Strip([*line.crop(0, width - 1), Segment(self._dots, rest)])
        return line.adjust_cell_length(width, rest)

    def on_click(self, event: events.Click) -> None:
        """Choose the line under the mouse."""
        place = self.scroll_offset.y + event.y
        if 0 <= place < self.count:
            self.cursor = place

    def action_move(self, by: int) -> None:
        """Choose a line near by."""
        self.cursor += by

    def action_leaf(self, pages: int) -> None:
        """Choose the line a page away."""
        self.cursor += pages * max(1, self.size.height - 1)

    def action_move_to(self, place: int) -> None:
        """Choose the first line, or the last (-1)."""
        self.cursor = place if place >= 0 else self.count - 1
