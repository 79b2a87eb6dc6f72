"""What is said in passing lies over nothing that is asked, and over no screen but its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from tests.app import NOW, Room, make_app, running, screen_text
from tests.test_ui_caring import after_higher, on, rate_mornings, words
from tests.test_ui_moments import press, used
from trainer.ui.care import CareCard
from trainer.ui.home import HomeScreen
from trainer.ui.kit import Order
from trainer.ui.rate import RateScreen
from trainer.ui.saying import LONG_S
from trainer.ui.session import SessionScreen

COMPLAINT = "settings.yaml:1:1: this is no settings file"


def above(room: Room) -> str:
    """What lies over the screen on top."""
    return " ".join(str(toast.render()) for toast in room.app.screen.query(Toast))


async def say_short(pilot: Pilot[None]) -> None:
    """Say what is not worth coming back for, for as long as that may take: a slow machine is to see it too."""
    pilot.app.notify("Short.", timeout=LONG_S - 0.1)
    await pilot.pause()


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_what_went_wrong_at_the_start_is_told_after_the_question(tmp_path: Path, size: tuple[int, int]) -> None:
    room = used(tmp_path, complaints=(COMPLAINT,))
    async with running(room, size) as pilot:
        assert isinstance(room.app.screen, RateScreen)
        assert "settings.yaml" not in screen_text(room.app)
        assert "settings.yaml" in await press(pilot, "4", "enter")


async def test_what_was_told_at_home_is_not_over_a_session_and_comes_back_where_it_is_worth_reading(
    tmp_path: Path,
) -> None:
    room = make_app(tmp_path, complaints=(COMPLAINT,), order=Order("desk-break", skips_before=True))
    async with running(room) as pilot:
        await say_short(pilot)
        assert isinstance(room.app.screen, SessionScreen)
        assert "settings.yaml" not in screen_text(room.app)
        room.advance(30)
        for keys in (("q", "enter"), ("3", "enter")):
            assert "settings.yaml" not in await press(pilot, *keys)
        text = await press(pilot, "enter")
        assert isinstance(room.app.screen, HomeScreen)
        assert "settings.yaml" in text
        assert "Short." not in text


async def test_what_went_wrong_with_the_sound_goes_along_to_the_session_and_waits_for_a_question(
    tmp_path: Path,
) -> None:
    room = make_app(tmp_path, complaints=(COMPLAINT,), order=Order("desk-break"))
    async with running(room) as pilot:
        assert isinstance(room.app.screen, RateScreen)
        room.app.tell_sound("Nothing plays.")
        await pilot.pause()
        assert above(room) == ""
        assert "Nothing plays." in await press(pilot, "4", "enter")
        assert isinstance(room.app.screen, SessionScreen)
        assert "settings.yaml" not in screen_text(room.app)


async def test_what_goes_along_is_shown_once_more_where_another_toast_is_taken_down(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room) as pilot:
        room.app.tell_sound("Nothing plays.")
        await say_short(pilot)
        assert "Short." in above(room)
        await press(pilot, "p")
        assert above(room) == "Sound\nNothing plays."
        room.app._said[-1].toast.raised_at -= 60  # long over
        await press(pilot, "escape")
        assert room.app._said == ()


async def test_what_is_short_is_over_once_another_screen_came(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room) as pilot:
        await say_short(pilot)
        assert "Short." in screen_text(room.app)
        await press(pilot, "question_mark")
        assert above(room) == ""  # nothing lies over a card
        assert "Short." in await press(pilot, "escape")
        assert "Short." not in await press(pilot, "p")
        assert "Short." not in await press(pilot, "escape")


async def test_what_is_said_in_a_session_waits_for_a_question_and_ends_with_the_session(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("desk-break", skips_before=True))
    async with running(room) as pilot:
        room.advance(30)
        assert "Easier from here" in await press(pilot, "h")
        await press(pilot, "q")
        assert above(room) == ""
        assert "Easier from here" in await press(pilot, "escape")
        await press(pilot, "q")
        for keys in (("enter",), ("3", "enter"), ("enter",)):
            assert "Easier from here" not in await press(pilot, *keys)
        assert isinstance(room.app.screen, HomeScreen)
        assert room.app._said == ()


async def test_what_is_said_while_something_is_asked_comes_after_the_answer(tmp_path: Path) -> None:
    room = used(tmp_path)
    async with running(room) as pilot:
        await say_short(pilot)
        assert above(room) == ""
        assert "Short." in await press(pilot, "4", "enter")


async def test_what_was_read_does_not_come_back(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room) as pilot:
        for shown_s, is_back in ((20.0, True), (40.0, False)):
            room.app.notify("A long one.", timeout=60)
            await pilot.pause()
            room.app._said[-1].toast.raised_at -= shown_s
            await press(pilot, "p")
            await press(pilot, "escape")
            assert (above(room) == "A long one.") is is_back
            room.app.clear_notifications()
            room.app._said = ()


async def test_that_a_session_is_another_one_than_usual_is_said_in_it(tmp_path: Path) -> None:
    room = after_higher(tmp_path, order=Order("every-joint", skips_before=True))
    async with running(room):
        assert on(room).session.timeline.title == "Every joint (lighter)"
        assert "This time: Every joint (lighter)." in screen_text(room.app)


async def test_a_morning_above_the_usual_is_said_before_a_warm_up_that_begins_at_once(tmp_path: Path) -> None:
    room = make_app(tmp_path, now=NOW.replace(hour=9), order=Order("every-joint"))
    rate_mornings(room, *[3] * 7, 5)
    async with running(room) as pilot:
        assert isinstance(room.app.screen, CareCard)
        assert "This morning was above your usual. An easier round suits today." in words(room)
        assert "right now" in await press(pilot, "enter")
