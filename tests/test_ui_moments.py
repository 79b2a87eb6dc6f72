"""The questions that come by themselves: once a day, in two keys, and in nobody's way."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.app import NOW, SET_UP, Room, make_app, running, screen_text, settle
from tests.verbs import run
from trainer.core.asking import Question
from trainer.core.rating import Moment, Rating
from trainer.core.side import Affected, Side
from trainer.paths import find_folders
from trainer.settings import write_settings
from trainer.ui.care import CareCard
from trainer.ui.home import HomeScreen
from trainer.ui.kit import Order
from trainer.ui.rate import RateScreen
from trainer.ui.session import SessionScreen
from trainer.verbs import rate

SEVEN = NOW.replace(hour=7, minute=0)
LAST_YEAR = SEVEN.replace(year=2025)
"""What the shell takes for a time that has come, whenever this is run."""
STAIRS = "First stairs today, RIGHT knee: how bad was the pain?"


def used(data: Path, **wishes: object) -> Room:
    """A room of somebody who rated the knee yesterday, at seven in the morning."""
    room = make_app(data, **{"now": SEVEN, **wishes})
    room.diary.rate(Rating("y", SEVEN - timedelta(days=1), Moment.NOW, Side.RIGHT, 5))
    return room


def mornings(room: Room) -> list[tuple[Side, int | None]]:
    found = room.diary.read(lambda store: store.ratings(moment=Moment.MORNING), ())
    return [(rating.knee, rating.score) for rating in reversed(found)]


async def press(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await settle(pilot)
    return screen_text(pilot.app)


async def test_the_first_start_of_a_day_asks_for_the_stairs_in_two_keys(tmp_path: Path) -> None:
    room = used(tmp_path)
    async with running(room) as pilot:
        shown = screen_text(room.app)
        assert STAIRS in shown
        assert "The worst pain on the first stairs after getting up." in shown
        text = await press(pilot, "4", "enter")
        assert isinstance(room.app.screen, HomeScreen)
        assert "Good morning.  This morning's stairs: right knee 4." in text
    assert mornings(room) == [(Side.RIGHT, 4)]
    room = make_app(tmp_path, now=SEVEN + timedelta(hours=3))
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)


async def test_no_answer_is_kept_and_not_asked_for_again_that_day(tmp_path: Path) -> None:
    room = used(tmp_path)
    async with running(room) as pilot:
        await press(pilot, "s")
    assert mornings(room) == [(Side.RIGHT, None)]
    room = make_app(tmp_path, now=SEVEN + timedelta(hours=20))
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)
    room = make_app(tmp_path, now=SEVEN + timedelta(hours=21))  # four in the morning: a new day
    async with running(room) as pilot:
        assert STAIRS in screen_text(room.app)
        await press(pilot, "s")


async def test_who_has_not_taken_the_stairs_yet_is_asked_later_and_can_say_so_at_home(tmp_path: Path) -> None:
    room = used(tmp_path)
    async with running(room) as pilot:
        text = await press(pilot, "l")
        assert isinstance(room.app.screen, HomeScreen)
        assert "First stairs today? m rates them." in text
        assert mornings(room) == []
        assert STAIRS in await press(pilot, "m")
        assert "This morning's stairs: right knee 2." in await press(pilot, "2", "enter")
        assert "Nothing to ask" in await press(pilot, "m")


async def test_both_knees_are_asked_about_and_both_may_wait(tmp_path: Path) -> None:
    room = used(tmp_path, settings=replace(SET_UP, affected_knee=Affected.BOTH))
    async with running(room) as pilot:
        await press(pilot, "l")
        assert isinstance(room.app.screen, HomeScreen)
        assert "LEFT knee" in await press(pilot, "m")
        assert "RIGHT knee" in await press(pilot, "2", "enter")
        assert "This morning's stairs: left knee 2, right knee 1." in await press(pilot, "1", "enter")


async def test_the_very_first_start_asks_nothing(tmp_path: Path) -> None:
    room = make_app(tmp_path, now=SEVEN)
    async with running(room) as pilot:
        assert isinstance(room.app.screen, HomeScreen)
        assert "First stairs" not in screen_text(room.app)
        await press(pilot, "r", "3", "enter")
    room = make_app(tmp_path, now=SEVEN + timedelta(hours=1))
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)


async def test_it_stands_before_a_routine_that_was_ordered_but_never_where_nothing_is_to_be_asked(
    tmp_path: Path,
) -> None:
    room = used(tmp_path, order=Order("desk-break"))
    async with running(room) as pilot:
        assert STAIRS in screen_text(room.app)
        assert "right now" in await press(pilot, "3", "enter")
        await press(pilot, "3")
        assert isinstance(room.app.screen, SessionScreen)
    room = used(tmp_path / "other", order=Order("desk-break", skips_before=True))
    async with running(room):
        assert isinstance(room.app.screen, SessionScreen)


async def test_closing_the_window_over_the_question_is_no_answer(tmp_path: Path) -> None:
    for _ in range(2):
        room = used(tmp_path)
        async with running(room):
            assert isinstance(room.app.screen, RateScreen)
    assert mornings(room) == []


async def test_who_wants_no_morning_question_has_none(tmp_path: Path) -> None:
    room = used(tmp_path, settings=replace(SET_UP, ask_morning=False))
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)
        assert "m rates them" not in screen_text(room.app)


async def test_evening_and_week_are_asked_where_they_are_wanted(tmp_path: Path) -> None:
    wants = replace(SET_UP, ask_evening=True, ask_weekly=True, activities=("stairs down",))
    room = used(tmp_path, settings=wants, now=NOW)
    async with running(room) as pilot:
        text = await press(pilot, "s")
        assert "Stairs down, RIGHT knee: how hard was it this week?" in text
        assert "cannot do it" in text
        assert "severe" not in text
        assert "Today on average, RIGHT knee" in await press(pilot, "9", "enter")
        text = await press(pilot, "3", "enter")
        assert "Right knee 3 today." in text  # an activity is no pain
    (week,) = [rating for rating in room.diary.read(lambda store: store.ratings(), ()) if rating.activity]
    assert (week.activity, week.moment, week.score) == ("stairs down", Moment.NOW, 9)
    room = make_app(tmp_path, settings=wants, now=NOW + timedelta(hours=2))
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)


async def test_after_a_session_nothing_is_asked_where_that_is_switched_off(tmp_path: Path) -> None:
    room = make_app(tmp_path, settings=replace(SET_UP, ask_after=False), order=Order("desk-break", skips_before=True))
    async with running(room) as pilot:
        room.advance(30)
        await press(pilot, "q", "enter")
        assert "Saved." in screen_text(room.app)
        assert not isinstance(room.app.screen, RateScreen)
    room = make_app(tmp_path, settings=replace(SET_UP, ask_after=False))
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_the_question_is_whole_in_every_window(tmp_path: Path, size: tuple[int, int]) -> None:
    room = used(tmp_path)
    async with running(room, size) as pilot:
        text = " ".join(screen_text(room.app).split())
        for words in (STAIRS, "The worst pain", "no pain", "worst pain imaginable", "enter saves", "No stairs yet"):
            assert words in text
        await press(pilot, "s")


async def test_stairs_that_were_rated_in_the_shell_are_not_asked_about_at_the_next_start(tmp_path: Path) -> None:
    folders = find_folders({"TRAINER_DATA_DIR": str(tmp_path), "TRAINER_CONFIG_DIR": str(tmp_path / "config")})
    write_settings(folders.settings, SET_UP)
    room = make_app(tmp_path, now=LAST_YEAR)
    assert room.database == folders.database
    room.diary.rate(Rating("d", LAST_YEAR - timedelta(days=1), Moment.NOW, Side.RIGHT, 5))
    assert run(rate, folders, "3", "--moment", "morning", "--at", LAST_YEAR.isoformat()) == 0
    async with running(room) as pilot:
        assert isinstance(room.app.screen, HomeScreen)
        assert "Good morning.  This morning's stairs: right knee 3." in screen_text(room.app)
        assert "Nothing to ask" in await press(pilot, "m")
    assert mornings(room) == [(Side.RIGHT, 3)]
    room = make_app(tmp_path, now=LAST_YEAR + timedelta(days=1))
    async with running(room):
        assert STAIRS in screen_text(room.app)


async def test_the_shell_answers_for_the_knee_it_names_and_no_other(tmp_path: Path) -> None:
    folders = find_folders({"TRAINER_DATA_DIR": str(tmp_path), "TRAINER_CONFIG_DIR": str(tmp_path / "config")})
    room = make_app(tmp_path, now=LAST_YEAR, settings=replace(SET_UP, affected_knee=Affected.BOTH))
    room.diary.rate(Rating("d", LAST_YEAR - timedelta(days=1), Moment.NOW, Side.RIGHT, 5))
    words = ("skip", "--knee", "left", "--moment", "morning", "--at", LAST_YEAR.isoformat())
    assert run(rate, folders, *words) == 0
    async with running(room) as pilot:
        assert STAIRS in screen_text(room.app)
        await press(pilot, "2", "enter")
        assert isinstance(room.app.screen, HomeScreen)
    assert mornings(room) == [(Side.LEFT, None), (Side.RIGHT, 2)]


async def test_a_high_rating_from_the_shell_brings_the_questions_at_the_next_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = find_folders({"TRAINER_DATA_DIR": str(tmp_path), "TRAINER_CONFIG_DIR": str(tmp_path / "config")})
    coming = "That is a high rating. Please go through a few questions again. They come with the next start"
    for words, is_high in ((("7",), False), (("9", "--at", LAST_YEAR.isoformat()), False), (("9",), True)):
        assert run(rate, folders, *words, "--knee", "right", "--moment", "evening") == 0
        assert (coming in capsys.readouterr().out) is is_high
    room = make_app(tmp_path, now=datetime.now().astimezone())
    async with running(room) as pilot:
        assert STAIRS in screen_text(room.app)
        await press(pilot, "3", "enter")
        assert isinstance(room.app.screen, CareCard)
        await press(pilot, "escape")
        assert isinstance(room.app.screen, HomeScreen)


async def test_there_is_a_way_back_from_a_warm_up_that_was_not_meant(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("desk-break"))
    async with running(room) as pilot:
        assert "esc Back" in screen_text(room.app)
        await press(pilot, "n", "x", "escape")  # from the note to the numbers
        assert isinstance(room.app.screen, RateScreen)
        await press(pilot, "escape")
        assert isinstance(room.app.screen, HomeScreen)
        await press(pilot, "r", "escape")
        assert isinstance(room.app.screen, HomeScreen)
        await press(pilot, "enter", "3")
        assert isinstance(room.app.screen, SessionScreen)
    assert [rating.score for rating in room.diary.read(lambda store: store.ratings(), ())] == [3]


async def test_what_was_said_of_one_knee_before_going_back_is_kept(tmp_path: Path) -> None:
    room = make_app(tmp_path, settings=replace(SET_UP, affected_knee=Affected.BOTH), order=Order("desk-break"))
    async with running(room) as pilot:
        await press(pilot, "3")
        await press(pilot, "escape")
        assert isinstance(room.app.screen, HomeScreen)
    (rating,) = room.diary.read(lambda store: store.ratings(), ())
    assert (rating.score, rating.moment) == (3, Moment.BEFORE)
    assert room.diary.read(lambda store: store.sessions(), ()) == ()


@pytest.mark.parametrize("moment", [Moment.AFTER, Moment.MORNING])
async def test_there_is_none_from_what_is_asked_by_itself(tmp_path: Path, moment: Moment) -> None:
    room = make_app(tmp_path)
    async with running(room) as pilot:
        room.app.push_screen(RateScreen(Question(moment, Side.RIGHT)))
        text = await press(pilot, "escape")
        assert isinstance(room.app.screen, RateScreen)
        assert "Back" not in text
