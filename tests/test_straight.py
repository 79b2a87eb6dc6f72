"""What is written straight to the terminal is what painting the whole screen anew would show, whatever lies over it."""

from __future__ import annotations

import pyte
import pytest
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from tests.app import opened
from trainer.drawing.frame import Frame, Run
from trainer.ui.widgets.frame_view import FrameView
from trainer.ui.widgets.straight import open_region


class Terminal:
    """What a terminal shows of the bytes that were written to it."""

    def __init__(self) -> None:
        self.writes = 0
        self._screen = pyte.Screen(40, 12)
        self._stream = pyte.Stream(self._screen)

    def take(self, data: str) -> None:
        """Show what is written."""
        self.writes += 1
        self._stream.feed(data)

    def shows(self) -> list[tuple[str, str]]:
        """By cell, its sign and its colour."""
        cells = (self._screen.buffer[y][x] for y in range(12) for x in range(40))
        return [(cell.data, cell.fg if cell.data.strip() else "") for cell in cells]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    monkeypatch.setattr(HeadlessDriver, "is_headless", False)
    monkeypatch.setattr(HeadlessDriver, "write", lambda _self, data: made.take(data))
    return made


class Over(ModalScreen[None]):
    """Lies over a part of the screen, and lets the rest be seen."""

    CSS = "Over { align: center middle; } Over Static { width: 9; height: 3; }"

    def compose(self) -> ComposeResult:
        yield Static("a question of three lines")


class Stage(App[None]):
    """A picture, with something over it at times."""

    CSS = """
    Screen { layers: low high; }
    FrameView { layer: low; width: 24; height: 7; margin: 2 4; }
    #card { layer: high; width: 6; height: 2; offset: 9 5; display: none; }
    """

    def compose(self) -> ComposeResult:
        yield FrameView()
        yield Static("over it, for a while", id="card")

    def picture(self, step: int) -> None:
        """Show one that differs from the last in some rows, in signs and in colours."""
        roles = ("limb.right", "moving")
        rows = tuple((Run(f"{step if y % 3 else y:>{w}}"), Run("x", roles[step % 2])) for y in range(7) for w in (23,))
        self.query_one(FrameView).show(lambda width, height: Frame(width, height, rows))


async def test_the_terminal_shows_what_painting_everything_anew_would_show(terminal: Terminal) -> None:
    app = Stage()
    async with opened(app, (40, 12)) as pilot:
        app.picture(0)
        await pilot.pause()
        direct = []

        async def show(step: int) -> None:
            before = terminal.writes
            app.picture(step)
            direct.append(terminal.writes - before)
            await pilot.pause()
            now = terminal.shows()
            app.screen.refresh()
            await pilot.pause()
            assert now == terminal.shows(), step
            assert any(sign == str(step)[-1] for sign, _ in now)

        await show(11)
        await show(12)
        card = app.query_one("#card")
        card.display = True
        await pilot.pause()
        await show(13)
        card.display = False
        await show(14)
        await show(15)
        app.query_one(FrameView).styles.margin = (1, 2)
        await show(16)
        with app.batch_update():
            app.picture(17)
        await show(18)
        app.push_screen(Over())
        await pilot.pause()
        await show(19)
        app.pop_screen()
        await pilot.pause()
        await show(20)
    # At once where it lies open, in one piece; not under a card or a question. A card that is about to go still counts.
    assert direct == [1, 1, 0, 0, 1, 1, 1, 0, 1]


async def test_what_lies_open_is_told_from_what_is_covered_or_cut_off() -> None:
    app = Stage()
    async with opened(app, (40, 12)) as pilot:
        await pilot.pause()
        view, card = app.query_one(FrameView), app.query_one("#card")
        around, wide = Region(4, 2, 24, 7), Region(0, 0, 40, 12)
        below: dict[Widget, tuple[Region, Region]] = {app.screen: (wide, wide)}
        here: dict[Widget, tuple[Region, Region]] = {view: (around, wide)}
        assert open_region(view, here | below) == around
        assert open_region(view, below) is None
        assert open_region(view, {view: (around, Region(0, 0, 40, 8))} | below) is None
        for over, lies_open in ((Region(27, 8, 5, 1), False), (Region(28, 8, 5, 1), True), (Region(5, 5, 0, 0), True)):
            found = open_region(view, {card: (over, wide)} | here | below)
            assert (found == around) is lies_open
        assert open_region(view, {card: (wide, Region(30, 0, 5, 12))} | here | below) == around


@pytest.mark.usefixtures("terminal")
async def test_a_textual_that_keeps_its_things_elsewhere_is_painted_the_usual_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Stage()
    async with opened(app, (40, 12)) as pilot:
        app.picture(0)
        await pilot.pause()
        view = app.query_one(FrameView)
        for name in ("_display", "_batch_count"):
            with monkeypatch.context() as gone:
                gone.setattr(Stage, "__getattribute__", _without(name), raising=False)
                assert not view._straight.write([])
        assert view._straight.write([])


def _without(name: str) -> object:
    def look(self: object, asked: str) -> object:
        if asked == name:
            raise AttributeError(asked)
        return object.__getattribute__(self, asked)

    return look
