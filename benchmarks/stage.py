"""A screen with nothing but one moving figure of 60x30, for ``moving.py``: python stage.py view|naive RATE."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from rich.text import Text
from textual.app import App, ComposeResult
from textual.widgets import Static

from trainer.body.acting import Act
from trainer.core.side import Side
from trainer.drawing.frame import Frame
from trainer.drawing.loop import FigureLoop
from trainer.library import read_library
from trainer.ui.palette import GYM_DARK, inks
from trainer.ui.widgets.figure_view import FigureView

ROUTINES = Path(__file__).resolve().parent.parent / "routines"


class Stage(App[None]):
    """Shows ankle circles, over and over."""

    CSS = "FigureView, Static { width: 60; height: 30; }"

    def __init__(self, way: str, rate: float) -> None:
        super().__init__()
        self._way, self._rate = way, rate
        self._library = read_library(ROUTINES)
        self._drill = self._library.drills["ankle-circles"]
        self._drawn: FigureLoop | None = None

    def compose(self) -> ComposeResult:
        """The figure, in one way or the other."""
        figure = FigureView(
            self._library.body, glyphs="quadrant", frames_a_second=max(self._rate, 1.0), aspect=lambda: 2.0
        )
        figure.display = self._way == "view"
        yield figure
        yield Static("First frame")

    def on_mount(self) -> None:
        """Let it move, or stand still."""
        if self._rate:
            self.set_interval(1 / self._rate, self.move_figure)
        else:
            self.call_after_refresh(self.move_figure)

    def move_figure(self) -> None:
        """Show this moment."""
        phase = time.monotonic() / self._drill.dose.tempo % 1.0
        if self._way == "view":
            self.query_one(FigureView).perform(Act(self._drill, Side.RIGHT, phase))
        else:
            self.query_one(Static).update(painted(self._frame(phase)))

    def _frame(self, phase: float) -> Frame:
        if self._drawn is None:
            from trainer.drawing.figure import Stage as Drawn

            count = round(self._drill.dose.tempo * max(self._rate, 1.0))
            stage = Drawn(self._library.body, self._drill, Side.RIGHT, 60, 30)
            self._drawn = FigureLoop(stage, frames=count)
        return self._drawn.frame_at(phase)


def painted(frame: Frame) -> Text:
    """A frame as the usual widget takes it."""
    colours = inks(GYM_DARK)
    text = Text()
    for row in frame.rows:
        for run in row:
            text.append(run.text, colours.get(run.role))
        text.append("\n")
    return text


if __name__ == "__main__":
    Stage(sys.argv[1], float(sys.argv[2])).run()
