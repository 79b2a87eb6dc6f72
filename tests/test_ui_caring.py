"""Going easier: offered in kind words, once, and never in front of a rating."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.app import NOW, SET_UP, Room, make_app, running
from tests.test_ui_moments import press
from trainer.core.rating import Moment, Rating
from trainer.core.record import Status
from trainer.core.side import Side
from trainer.ui.care import CareCard, QuestionsScreen
from trainer.ui.home import HomeScreen
from trainer.ui.kit import Order
from trainer.ui.session import SessionScreen


def words(room: Room) -> str:
    """What the screen on top says, without what lies below it."""
    return " ".join(str(line.render()) for line in room.app.screen.query(Static)).replace("\n", " ")


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_a_high_rating_before_offers_the_gentle_routine_and_the_questions(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    room = make_app(tmp_path, order=Order("knee-neighbours"))
    async with running(room, size) as pilot:
        await press(pilot, "8")
        assert isinstance(room.app.screen, CareCard)
        assert "Seated drills or a rest: both are fine." in words(room)
        await press(pilot, "enter")
        assert isinstance(room.app.screen, QuestionsScreen)
        await press(pilot, "down", "down", "down", "down", "space")
        assert "Please have it looked at today" in words(room)
        await press(pilot, "escape")
        assert "Please have it looked at today" in words(room)
        await press(pilot, "down", "enter")
        screen = room.app.screen
        assert isinstance(screen, SessionScreen)
        assert screen.session.timeline.routine == "desk-break"
    (record,) = room.diary.read(lambda store: store.sessions(), ())
    assert [(rating.moment, rating.score) for rating in record.ratings] == [(Moment.BEFORE, 8)]
    assert room.written[-1].cautions_said == ("high-before:2026-10-05",)


async def test_who_goes_on_goes_on_and_is_not_told_again_that_day(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("knee-neighbours"))
    async with running(room) as pilot:
        await press(pilot, "7")
        await press(pilot, "escape")
        assert isinstance(room.app.screen, SessionScreen)
    said = room.written[-1]
    room = make_app(tmp_path / "next", order=Order("knee-neighbours"), settings=said)
    async with running(room) as pilot:
        await press(pilot, "7")
        assert isinstance(room.app.screen, SessionScreen)


async def test_a_rest_is_fine_too_and_the_rating_is_kept(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("desk-break"))
    async with running(room) as pilot:
        await press(pilot, "9")
        await press(pilot, "down", "enter")
        assert isinstance(room.app.screen, HomeScreen)
    ratings = room.diary.read(lambda store: store.ratings(), ())
    assert [rating.score for rating in ratings] == [9]
    assert room.diary.read(lambda store: store.sessions(), ()) == ()


def to_another(screen: SessionScreen) -> None:
    """To the work of a drill that did not hurt."""
    session = screen.session
    while session.phase.drill.id in session.eased or not session.phase.is_work:
        session.skip()


async def test_two_drills_that_hurt_offer_to_end_once(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("desk-break", skips_before=True))
    async with running(room) as pilot:
        screen = room.app.screen
        assert isinstance(screen, SessionScreen)
        for count in range(3):
            to_another(screen)
            await press(pilot, "h")
            assert ("Two drills hurt" in words(room)) is (count == 1)
            if count == 1:
                await press(pilot, "escape")
                assert isinstance(room.app.screen, SessionScreen)
    assert room.written[-1].cautions_said == ("two-drills:2026-10-05",)


async def test_who_has_enough_ends_and_what_was_done_is_kept(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("desk-break", skips_before=True))
    async with running(room) as pilot:
        screen = room.app.screen
        assert isinstance(screen, SessionScreen)
        for _ in range(2):
            to_another(screen)
            await press(pilot, "h")
        await press(pilot, "enter")
        assert "How is your RIGHT knee right now?" in words(room)
        await press(pilot, "s")
    (record,) = room.diary.read(lambda store: store.sessions(), ())
    assert record.status is Status.STOPPED


async def test_three_bad_mornings_running_suggest_a_professional_once(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    for ago in range(9, -1, -1):
        score = 6 if ago < 3 else 3
        at = NOW.replace(hour=7) - timedelta(days=ago)
        room.diary.rate(Rating(f"m{ago}", at, Moment.MORNING, Side.RIGHT, score))
    async with running(room) as pilot:
        assert "show your ratings to a professional" in words(room)
        await press(pilot, "escape")
        assert isinstance(room.app.screen, HomeScreen)
    assert room.written[-1].cautions_said == ("bad-mornings:2026-10-03",)
    room = make_app(tmp_path, settings=room.written[-1])
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)
    assert SET_UP.cautions_said == ()
