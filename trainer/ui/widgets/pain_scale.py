"""Eleven numbers to choose one of; nothing is chosen beforehand."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.reactive import reactive

from trainer.core.rating import HIGHEST, LOWEST, NO_PAIN, WORST_PAIN
from trainer.drawing.frame import Frame
from trainer.drawing.scale import scale, score_at
from trainer.ui.widgets.frame_view import FrameView


class PainScale(FrameView):
    """Shows the scale; digits, arrows and clicks choose."""

    DEFAULT_CSS = "PainScale { height: 4; }"

    chosen: reactive[int | None] = reactive(None)
    """The number chosen so far."""

    class Chosen(Message):
        """A number was chosen."""

        def __init__(self, score: int) -> None:
            super().__init__()
            self.score = score

    def __init__(
        self,
        *,
        ends: tuple[str, str] = (NO_PAIN, WORST_PAIN),
        is_ascii: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """``ends``: what 0 and 10 mean."""
        super().__init__(self._paint, id=id)
        self._ends = ends
        self._is_ascii = is_ascii
        self._typed_one = False

    def type_digit(self, digit: int) -> None:
        """Choose ``digit``; a 0 right after a 1 makes ten."""
        is_ten = digit == 0 and self._typed_one and self.chosen == 1
        self._typed_one = digit == 1
        self._choose(HIGHEST if is_ten else digit)

    def move(self, by: int) -> None:
        """Choose the neighbour; from nothing, the end one comes from."""
        self._typed_one = False
        if self.chosen is None:
            self._choose(LOWEST if by > 0 else HIGHEST)
        else:
            self._choose(min(max(self.chosen + by, LOWEST), HIGHEST))

    def watch_chosen(self) -> None:
        """Paint the choice."""
        self.show(self._paint)

    def on_click(self, event: events.Click) -> None:
        """Choose the number under the mouse."""
        score = score_at(event.x, self.size.width)
        if score is not None:
            event.stop()
            self._typed_one = False
            self._choose(score)

    def _choose(self, score: int) -> None:
        self.chosen = score
        self.post_message(self.Chosen(score))

    def _paint(self, width: int, _height: int) -> Frame:
        return scale(width, self.chosen, ends=self._ends, is_ascii=self._is_ascii)
