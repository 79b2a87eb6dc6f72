"""A Frame that says where the mouse is on it, and when its wheel turns."""

from __future__ import annotations

from textual import events
from textual.message import Message

from trainer.ui.widgets.frame_view import FrameView


class PointedView(FrameView):
    """Paints a Frame, and tells of the mouse in its cells."""

    class Pointed(Message):
        """The mouse is over a cell, or was pressed there."""

        def __init__(self, x: int, y: int) -> None:
            super().__init__()
            self.x = x
            self.y = y

    class Wheeled(Message):
        """The wheel was turned, away from the person or towards them."""

        def __init__(self, *, is_up: bool) -> None:
            super().__init__()
            self.is_up = is_up

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell where it is."""
        self.post_message(self.Pointed(event.x, event.y))

    def on_click(self, event: events.Click) -> None:
        """Tell where it was pressed; some terminals tell of nothing else."""
        self.post_message(self.Pointed(event.x, event.y))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Tell of the wheel."""
        event.stop()
        self.post_message(self.Wheeled(is_up=True))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Tell of the wheel."""
        event.stop()
        self.post_message(self.Wheeled(is_up=False))
