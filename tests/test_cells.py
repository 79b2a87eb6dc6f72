"""The shape of a cell: what the terminal says of it, and what is drawn by it."""

from __future__ import annotations

import struct
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.app import make_app, running
from trainer.cells import cell_aspect
from trainer.ui.kit import Order
from trainer.ui.widgets.figure_view import FigureView


@pytest.mark.parametrize(
    ("window", "aspect"),
    [
        ((24, 80, 720, 360), 15 / 9),
        ((24, 80, 0, 0), 2.0),
        ((24, 80, 720, 0), 2.0),
        ((24, 80, 80, 24), 2.0),
        ((0, 0, 640, 480), 2.0),
        (None, 2.0),
    ],
)
def test_cells_are_as_high_as_the_terminal_says(
    window: tuple[int, int, int, int] | None, aspect: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fcntl", reason="no terminal here says how many pixels it has")

    def answered(*_: object) -> bytes:
        if window is None:
            raise OSError(25, "no terminal")
        return struct.pack("4H", *window)

    monkeypatch.setattr("fcntl.ioctl", answered)
    assert cell_aspect(sys.stdout) == pytest.approx(aspect)


async def test_a_figure_is_drawn_for_the_cells_there_are(tmp_path: Path) -> None:
    shapes = []
    for aspect in (2.0, 1.5):
        room = make_app(tmp_path / str(aspect), order=Order("desk-break", skips_before=True))
        room.kit.aspect = partial(float, aspect)
        async with running(room, (200, 60)):
            frame = room.app.screen.query_one(FigureView).frame
            lines = ["".join(run.text for run in row) for row in frame.rows]
            wide = max(len(line.rstrip()) for line in lines) - min(len(line) - len(line.lstrip()) for line in lines)
            shapes.append(wide / sum(bool(line.strip()) for line in lines))
    assert shapes[1] < 0.85 * shapes[0]
