"""One repetition as frames: drawn when first asked for or in small slices ahead of need, then kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.drawing.figure import Stage
    from trainer.drawing.frame import Frame, Row

PER_SECOND = 20
"""Frames a second of a repetition at its usual tempo."""
FEWEST, MOST = 8, 240
"""Bounds of the frames of a loop: twelve seconds of it move as smoothly as one."""


def frames_for(seconds: float, a_second: float) -> int:
    """Return how many frames a repetition of so many seconds is shown in."""
    return max(FEWEST, min(round(seconds * a_second), MOST))


class FigureLoop:
    """The frames of one repetition of what a stage shows.

    Equal rows of different frames are one object, and so are equal frames: to compare two of them costs nothing, and a
    loop holds little more than what really changes.
    """

    def __init__(self, stage: Stage, *, frames: int | None = None, reach: float = 1.0, backward: bool = False) -> None:
        """``frames``: how many; usually by the drill's tempo. ``reach`` and ``backward`` as for ``Stage.frame``."""
        usual = frames_for(stage.drill.dose.tempo, PER_SECOND)
        self.count = usual if frames is None else max(1, min(frames, MOST))
        self._stage = stage
        self._reach = reach
        self._backward = backward
        self._frames: list[Frame | None] = [None] * self.count
        self._rows: dict[Row, Row] = {}
        self._alike: dict[tuple[int, ...], Frame] = {}
        self._missing = self.count

    @property
    def is_complete(self) -> bool:
        """Whether every frame is there."""
        return self._missing == 0

    def index_at(self, phase: float) -> int:
        """Return which frame shows a phase: where it does not change there is nothing to paint."""
        return round(phase * self.count) % self.count

    def frame_at(self, phase: float) -> Frame:
        """Return the frame nearest to a phase, drawn now if it was not yet."""
        return self._frame(self.index_at(phase))

    def build(self, budget_s: float, clock: Callable[[], float], *, start: float = 0.0) -> bool:
        """Draw missing frames, from phase ``start`` on in the order they are shown, until ``budget_s`` have passed.

        Returns whether all are there. At least one is drawn, so that it comes to an end on the slowest machine.
        """
        begun = clock()
        step = -1 if self._backward else 1
        first = self.index_at(start)
        for i in range(self.count):
            at = (first + step * i) % self.count
            if self._frames[at] is None:
                self._frame(at)
                if clock() - begun >= budget_s:
                    break
        return self.is_complete

    def _frame(self, index: int) -> Frame:
        kept = self._frames[index]
        if kept is None:
            kept = self._shared(self._stage.frame(index / self.count, reach=self._reach, backward=self._backward))
            self._frames[index] = kept
            self._missing -= 1
        return kept

    def _shared(self, frame: Frame) -> Frame:
        """Return an equal frame whose rows are those already kept."""
        rows = tuple([self._rows.setdefault(row, row) for row in frame.rows])
        key = tuple([id(row) for row in rows])
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = type(frame)(frame.width, frame.height, rows)
        return found
