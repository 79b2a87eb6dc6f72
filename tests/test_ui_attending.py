"""One thing at a time: whatever is pressed meanwhile, home opens nothing else while a way is led."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from tests.app import SET_UP, RecordedOutput, Room, make_app, opened, running, settle, shipped
from trainer.audio.output import Output
from trainer.core.rating import Moment, Rating
from trainer.core.side import Affected
from trainer.library import Library
from trainer.ui.kit import Order

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
    async with opened(room.app) as pilot:
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
    async with opened(room.app) as pilot:
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
