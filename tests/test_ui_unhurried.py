"""Keys and clicks that come faster than screens do: none is for a screen that nobody has seen, or that is closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.css.query import NoMatches
from textual.events import MouseDown, MouseUp
from textual.widgets._toast import Toast

from tests.app import make_app, running
from tests.test_ui_attending import BOTH, at_once, over_home, ratings
from trainer.core.asking import Question
from trainer.core.rating import Moment
from trainer.core.side import Side
from trainer.ui.rate import RateScreen


async def test_a_list_with_no_room_yet_is_not_leafed_through(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room, (60, 18)) as pilot:
        assert await at_once(pilot, "ctrl+p", "pageup", "pagedown") == ["Palette"]
        assert await at_once(pilot, "q", "pageup", "u", "pagedown", "escape", "escape") == []
    room = make_app(tmp_path)
    async with running(room, (60, 2)) as pilot:
        await pilot.press("pagedown", "pageup")


@pytest.mark.parametrize(
    ("before", "screens"),
    [
        (("i",), ["RateScreen"]),
        (("enter", "9"), ["QuestionsScreen"]),
        (("t", "n"), ["TrialSetup", "Confirm"]),
    ],
)
async def test_a_list_is_answered_once(tmp_path: Path, before: tuple[str, ...], screens: list[str]) -> None:
    room = make_app(tmp_path)
    async with running(room) as pilot:
        for key in before:
            await at_once(pilot, key)
        assert await at_once(pilot, "enter", "enter") == screens


@pytest.mark.parametrize("below", ["", "d"])
async def test_a_double_click_beside_the_palette_closes_it_alone(tmp_path: Path, below: str) -> None:
    room = make_app(tmp_path)
    async with running(room) as pilot:
        screens = await at_once(pilot, below) if below else []
        await at_once(pilot, "ctrl+p")
        for kind in (MouseDown, MouseUp) * 2:
            room.app.post_message(kind(None, 1, 28, 0, 0, 1, shift=False, meta=False, ctrl=False))
        assert await at_once(pilot) == screens


async def test_a_toast_that_was_just_taken_away_is_pressed_without_harm(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room) as pilot:
        room.app.notify("Read me.")
        await pilot.pause()
        toast = room.app.screen.query_one(Toast)
        x, y = toast.region.x + 3, toast.region.y + 1
        await toast.remove()
        await room.app.on_event(MouseDown(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False))
        await pilot.pause()
        assert over_home(pilot) == []


async def test_a_screen_that_comes_while_all_ends_is_no_fault(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room):
        room.app.exit()
        room.app.push_screen(RateScreen(Question(Moment.NOW, Side.LEFT)))
    assert room.app._exception is None


async def test_a_part_that_a_screen_lacks_is_a_fault_before_the_end(tmp_path: Path) -> None:
    room = make_app(tmp_path)

    async def look() -> None:
        async with running(room) as pilot:
            room.app.call_later(lambda: room.app.screen.query_one("#nothing"))
            await pilot.pause()

    with pytest.raises(NoMatches):
        await look()


@pytest.mark.parametrize("keys", [("5", "5"), ("s", "s"), ("enter", "enter")])
async def test_a_question_that_nobody_has_seen_is_not_answered(tmp_path: Path, keys: tuple[str, str]) -> None:
    room = make_app(tmp_path, settings=BOTH)
    async with running(room) as pilot:
        await at_once(pilot, "enter")
        if keys[0] == "enter":
            await at_once(pilot, "1")
        assert await at_once(pilot, *keys) == ["RateScreen"]
        assert len(ratings(room)) == 1
        await at_once(pilot, "4")
        assert over_home(pilot) == ["SessionScreen"]
