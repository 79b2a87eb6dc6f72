"""Keys that come faster than screens do: none is for a screen that nobody has seen, and home starts one thing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.css.query import NoMatches
from textual.events import Key, MouseDown, MouseUp
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from tests.app import SET_UP, RecordedOutput, Room, make_app, running, settle, shipped
from trainer.audio.output import Output
from trainer.core.asking import Question
from trainer.core.rating import Moment, Rating
from trainer.core.side import Affected, Side
from trainer.library import Library
from trainer.ui.kit import Order
from trainer.ui.rate import RateScreen

BOTH = replace(SET_UP, affected_knee=Affected.BOTH)


async def at_once(pilot: Pilot[None], *keys: str) -> list[str]:
    """Press keys that arrive together; the screens that lie over home afterwards."""
    for key in keys:
        pilot.app.post_message(Key(key, key if len(key) == 1 else None))
    for _ in range(5):
        await pilot.pause()
    return over_home(pilot)


def over_home(pilot: Pilot[None]) -> list[str]:
    return [type(screen).__name__ for screen in pilot.app.screen_stack[1:]]


def ratings(room: Room) -> list[Rating]:
    return list(room.diary.read(lambda store: store.ratings(), ()))


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


class Gate:
    """Holds up whatever goes through it until it is opened."""

    def __init__(self) -> None:
        self._opened = threading.Event()

    def open(self) -> None:
        self._opened.set()

    def library(self) -> Library:
        assert self._opened.wait(60)
        return shipped()

    def output(self, output: Output) -> Callable[[], Output]:
        def open_output() -> Output:
            assert self._opened.wait(60)
            return output

        return open_output


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


@pytest.mark.parametrize(
    ("keys", "screen"),
    [
        (("enter", "enter"), "RateScreen"),
        (("i", "enter"), "PreviewScreen"),
        (("r", "enter"), "RateScreen"),
        (("r", "k"), "RateScreen"),
        (("p", "p"), "ProgressScreen"),
        (("d", "d"), "LibraryScreen"),
        (("s", "i"), "SettingsPage"),
    ],
)
async def test_home_opens_one_thing(tmp_path: Path, keys: tuple[str, ...], screen: str) -> None:
    room = make_app(tmp_path, settings=BOTH)
    async with running(room) as pilot:
        assert await at_once(pilot, *keys) == [screen]


async def test_home_between_two_questions_starts_nothing(tmp_path: Path) -> None:
    room = make_app(tmp_path, settings=BOTH, order=Order("desk-break", skips_before=True))
    async with running(room) as pilot:
        room.advance(30)
        await at_once(pilot, "q")
        await at_once(pilot, "enter")
        assert await at_once(pilot, "3", "enter", "enter", "enter") == ["RateScreen"]
        assert [rating.moment for rating in ratings(room)] == [Moment.AFTER]
        await at_once(pilot, "4")
        assert await at_once(pilot, "enter", "enter") == ["SummaryScreen"]


async def test_what_was_begun_before_all_was_read_comes_before_what_is_due(tmp_path: Path) -> None:
    gate = Gate()
    room = make_app(tmp_path, read_library=gate.library, order=Order("desk-break"))
    async with room.app.run_test(notifications=True) as pilot:
        assert await at_once(pilot, "r") == ["RateScreen"]
        gate.open()
        await settle(pilot)
        await at_once(pilot, "4")
        await at_once(pilot, "enter")
        assert [(rating.moment, rating.score) for rating in ratings(room)] == [(Moment.NOW, 4)]
        assert over_home(pilot) == ["RateScreen"]  # the one before the warm-up that was ordered
        assert await at_once(pilot, "5") == ["SessionScreen"]


async def test_a_warm_up_waits_for_the_sound(tmp_path: Path) -> None:
    gate, output = Gate(), RecordedOutput()
    room = make_app(tmp_path, open_output=gate.output(output))
    async with room.app.run_test(notifications=True) as pilot:
        for _ in range(6000):
            if room.app.library is not None:
                break
            await pilot.pause(0.01)
        assert await at_once(pilot, "enter") == ["RateScreen"]
        assert await at_once(pilot, "4") == []
        gate.open()
        await settle(pilot)
        assert await at_once(pilot) == ["SessionScreen"]
        room.advance(10)
        assert output.played
