"""The fair test in the app: home says which day it is, the card how far it is, and no number before the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.app import NOW, Room, make_app, running, screen_text, settle
from tests.diaries import by_hand, make_rating
from tests.trials import ROUTINE, begin, live, plan
from trainer.core.happening import TrialStatus
from trainer.core.rating import Moment
from trainer.core.trial import plan_trial
from trainer.core.trial_written import OUTSIDE
from trainer.store import Store
from trainer.store.happenings import list_trials
from trainer.store.trials import done_days, end_trials
from trainer.ui.home import HomeScreen
from trainer.ui.trial import TrialCard

TODAY = NOW.date()


def seed_for(first: str) -> int:
    return next(seed for seed in range(99) if plan(TODAY, seed=seed).order[0] == first)


def begun(path: Path, first: str, start: date = TODAY, **wishes: object) -> Room:
    room = make_app(path, **wishes)
    with Store.open(room.database) as store:
        begin(store, plan(start, seed=seed_for(first)))
    return room


def flat(text: str) -> str:
    """The words without the breaks of their lines."""
    return " ".join(text.split())


async def press(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await settle(pilot)
    return screen_text(pilot.app)


def first_row(room: Room) -> str:
    home = next(screen for screen in room.app.screen_stack if isinstance(screen, HomeScreen))
    assert home._facts is not None
    return home._facts.rows[0].id


async def test_without_a_test_home_says_nothing_and_the_card_how_to_begin(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room) as pilot:
        assert "test" not in screen_text(pilot.app).lower()
        text = await press(pilot, "t")
        assert "n puts one together, and says what it can find and what it cannot before" in flat(text)
        assert "start it" not in text
        assert "end it" not in text
        await press(pilot, "enter", "d", "x")
        assert isinstance(room.app.screen, TrialCard)
        await press(pilot, "escape")
        assert isinstance(room.app.screen, HomeScreen)


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_a_rolling_day_is_told_and_noted(tmp_path: Path, size: tuple[int, int]) -> None:
    room = begun(tmp_path, OUTSIDE)
    async with running(room, size) as pilot:
        text = screen_text(pilot.app)
        assert "Fair test: today is a day for foam rolling." in flat(text)
        assert "minutes of it instead; t notes it." in flat(text)
        assert "not today: a day for foam rolling" in text
        text = await press(pilot, "t")
        assert "Today: foam rolling. Pair 1, 0 of 6 done." in text
        assert "□□□□□□  0 of 6 pairs" in text
        assert "start it" not in text
        await press(pilot, "d")
        assert [toast.message for toast in room.app._notifications] == [
            "Saved: foam rolling today. Tomorrow, rate the first stairs."
        ]
        assert "Fair test: done for today." in flat(screen_text(pilot.app))
        with Store.open(room.database) as store:
            assert done_days(store, TODAY, TODAY) == {TODAY: frozenset({OUTSIDE})}
        text = await press(pilot, "t")
        assert "Done for today." in text
        assert "it was done" not in text


async def test_a_moving_day_suggests_its_routine_and_enter_starts_it(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    with Store.open(room.database) as store:
        begin(store, plan_trial(("desk-break", "every-joint"), seed=3, start=TODAY, pairs=6))
    with Store.open(room.database) as store:
        arm = "desk-break" if list_trials(store)[0].days[0].arm.value == "first" else "every-joint"
    async with running(room) as pilot:
        assert first_row(room) == arm
        assert "today's day of your test" in screen_text(pilot.app)
        await press(pilot, "t", "enter")
        assert not isinstance(room.app.screen, TrialCard | HomeScreen)


async def test_on_a_sore_day_the_gentler_round_stays_first(tmp_path: Path) -> None:
    room = begun(tmp_path, ROUTINE)
    with Store.open(room.database) as store:
        store.rate(make_rating("sore", 7, at=NOW - timedelta(minutes=5), moment=Moment.NOW))
    async with running(room) as pilot:
        assert first_row(room) == "no-kneeling"
        assert "Fair test: today is a day for Knee neighbours, without foam rolling." in flat(screen_text(pilot.app))


async def test_the_card_tells_no_number_before_the_end(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    with Store.open(room.database) as store:
        made = plan(TODAY - timedelta(days=9), pairs=6)
        begin(store, made)
        live(store, made, 9, missed={2})
    async with running(room) as pilot:
        text = await press(pilot, "t")
        assert "■■■□□□  3 of 6 pairs, 1 dropped and made up at the end" in text
        assert "lower" not in text
        assert "p =" not in text


async def test_at_the_end_the_answer_is_told_and_kept_as_told(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    with Store.open(room.database) as store:
        made = plan(TODAY - timedelta(days=12))
        begin(store, made)
        live(store, made, 12)
    async with running(room) as pilot:
        assert "Your fair test is over: t tells its answer." in flat(screen_text(pilot.app))
        await press(pilot, "t")
        assert isinstance(room.app.screen, TrialCard)
        text = " ".join(room.app.screen._shown.lines)
        assert "mornings after Knee neighbours were 2.0 lower (p = .03, 12 days)." in text
        assert "You knew which day was which." in text
        await press(pilot, "escape")
        assert "Your fair test" not in screen_text(pilot.app)
        assert "6 warm-ups" in screen_text(pilot.app)
    with Store.open(room.database) as store:
        assert list_trials(store)[0].status is TrialStatus.FINISHED


async def test_a_clock_far_ahead_closes_nothing(tmp_path: Path) -> None:
    room = begun(tmp_path, ROUTINE, TODAY - timedelta(days=400))
    async with running(room) as pilot:
        assert "0 pairs done." in await press(pilot, "t")
    with Store.open(room.database) as store:
        assert list_trials(store)[0].status is TrialStatus.RUNNING


async def test_days_that_make_no_sense_stop_nothing(tmp_path: Path) -> None:
    room = begun(tmp_path, ROUTINE)
    with by_hand(room.database) as file:
        file.execute("UPDATE trial_days SET arm = 'first'")
    async with running(room) as pilot:
        assert "Fair test" not in screen_text(pilot.app)
        text = await press(pilot, "t")
        assert "make no sense any more" in text
        assert "t at home and then x ends it" in flat(text)
        await press(pilot, "escape")
        assert isinstance(room.app.screen, HomeScreen)


async def test_stopped_is_said_on_the_card_alone(tmp_path: Path) -> None:
    room = begun(tmp_path, ROUTINE)
    with Store.open(room.database) as store:
        end_trials(store, TODAY)
    async with running(room) as pilot:
        assert "Fair test" not in screen_text(pilot.app)
        assert "0 pairs done." in await press(pilot, "t")


async def test_in_ascii_the_track_is_ascii(tmp_path: Path) -> None:
    room = begun(tmp_path, OUTSIDE, glyphs="ascii")
    async with running(room) as pilot:
        assert "......  0 of 6 pairs" in await press(pilot, "t")


async def test_a_routine_that_is_gone_is_named_and_not_started(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    with Store.open(room.database) as store:
        begin(store, replace(plan_trial(("gone", "lost"), seed=1, start=TODAY, pairs=6)))
    async with running(room) as pilot:
        text = await press(pilot, "t")
        assert "gone against lost" in text
        assert "start it" not in text
