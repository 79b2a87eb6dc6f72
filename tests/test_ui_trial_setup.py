"""A fair test put together in the app: what it can find is said first, then it is drawn, written down, and ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.app import NOW, SET_UP, Room, make_app, running, screen_text, settle
from tests.test_ui_preview import SHIPPED_LIBRARY
from tests.trials import begin, plan, rate
from trainer.core.errors import UsageError
from trainer.core.happening import Trial, TrialStatus
from trainer.core.trial import plan_trial
from trainer.core.trial_written import OUTSIDE, read_trial, write_trial
from trainer.store import Store
from trainer.store.happenings import list_trials
from trainer.ui.home import HomeScreen
from trainer.ui.trial import TrialCard
from trainer.ui.trial_day import make_offer
from trainer.ui.trial_setup import COUNTING, TrialSetup
from trainer.ui.trial_wish import Wish, dials

TODAY = NOW.date()


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys; wait for what is simulated meanwhile."""
    await pilot.press(*keys)
    await settle(pilot)
    await pilot.pause()
    for worker in [worker for worker in pilot.app.workers if worker.group == "offer"]:
        await worker.wait()
    await pilot.pause()
    return screen_text(pilot.app)


def offer(room: Room) -> str:
    return " ".join(str(room.app.screen.query_one("#offer").render()).split())


def trials(room: Room) -> tuple[Trial, ...]:
    with Store.open(room.database) as store:
        return list_trials(store)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_it_says_what_it_can_and_cannot_find_before_anything_is_kept(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    room = make_app(tmp_path, library=SHIPPED_LIBRARY)
    async with running(room, size) as pilot:
        text = await press(pilot, "t", "n")
        assert isinstance(room.app.screen, TrialSetup)
        for words in (
            "Knee neighbours",
            "foam rolling",
            "14, which takes 28 days",
            "single days",
            "tomorrow, Tuesday 6",
        ):
            assert words in text
        said = offer(room)
        assert said.startswith("Knee neighbours against foam rolling, from Tuesday 6 October 2026.")
        assert "1 point in 44, 1.5 points in 82, 2 points in 97." in said  # section 2.5
        assert "You will know which day is which" in said
        assert "right knee" in said
        assert "Write it down" in text
        assert "escape Not now" in text
        assert trials(room) == ()
        await press(pilot, "escape")
        assert trials(room) == ()
        assert isinstance(room.app.screen, HomeScreen)


async def test_it_is_drawn_and_written_down_before_it_starts_and_asked_for_first(tmp_path: Path) -> None:
    room = make_app(tmp_path, library=SHIPPED_LIBRARY)
    async with running(room, (100, 30)) as pilot:
        await press(pilot, "t", "n", "down", "right", "down", "left", "left", "left", "down", "down", "down", "left")
        text = await press(pilot, "enter")
        assert "Begin this test?" in text
        await press(pilot, "escape")
        assert trials(room) == ()
        text = await press(pilot, "enter", "enter")
        (kept,) = trials(room)
        plan = read_trial(kept)
        assert (plan.start, plan.pairs, plan.block_days) == (TODAY, 8, 1)
        assert plan.arms[0] == "knee-neighbours" != plan.arms[1] != OUTSIDE
        assert plan.is_as_drawn
        assert kept.days == write_trial(plan, kept.id, NOW).days
        assert f"Written down, with seed {plan.seed}." in " ".join(text.split())
        assert "today's day of your test" in text
        assert "0 of 8" in await press(pilot, "t")


async def test_the_dials_turn_and_what_no_longer_goes_together_gives_way() -> None:
    every = {one.name: one for one in dials({"a": "A", "b": "B", OUTSIDE: "foam rolling"}, ("a", "b"), TODAY)}
    wish = Wish("a", OUTSIDE)
    assert wish.turned(every["washout_days"], 1).washout_days == 0  # single days have none
    blocks = wish.turned(every["block_days"], 1).turned(every["washout_days"], 9)
    assert (blocks.block_days, blocks.washout_days) == (3, 2)
    assert every["block_days"].show(blocks) == "3 days of one, then 3 of the other"
    assert every["washout_days"].show(blocks) == "the first 2 days of each"
    assert blocks.turned(every["block_days"], -1) == wish
    assert wish.turned(every["pairs"], 99).pairs == 60
    assert wish.turned(every["pairs"], -99).pairs == 6
    assert wish.turned(every["against"], -1).against == "b"
    assert wish.turned(every["begins_in"], -9).begins_in == 0
    assert [every["begins_in"].show(replace(wish, begins_in=n)).split(",")[0] for n in (0, 1)] == ["today", "tomorrow"]
    assert wish.plan(TODAY, 3).order == plan_trial(("a", OUTSIDE), seed=3, start=TODAY + timedelta(days=1)).order
    with pytest.raises(UsageError, match="within a year"):
        replace(wish, begins_in=-1).plan(TODAY, 3)


async def test_the_same_twice_is_no_test(tmp_path: Path) -> None:
    room = make_app(tmp_path, library=SHIPPED_LIBRARY)
    async with running(room, (100, 30)) as pilot:
        await press(pilot, "t", "n", "down", *("right",) * 6)
        for _ in range(6):
            if "two different routines" in offer(room):
                break
            await press(pilot, "right")
        assert "two different routines" in offer(room)
        await press(pilot, "enter")
        assert isinstance(room.app.screen, TrialSetup)
        assert trials(room) == ()


async def test_one_s_own_mornings_are_used_once_there_are_enough(tmp_path: Path) -> None:
    room = make_app(tmp_path, library=SHIPPED_LIBRARY, settings=replace(SET_UP, ask_morning=False))
    with Store.open(room.database) as store:
        for gone in range(14):
            rate(store, TODAY - timedelta(days=gone), 4 + gone % 2)
    async with running(room, (100, 30)) as pilot:
        await press(pilot, "t", "n", "down", "down", *("left",) * 5)
        assert COUNTING not in offer(room)
        assert "as your last 14 mornings did" in offer(room)


async def test_a_test_that_runs_is_ended_only_when_that_was_meant(tmp_path: Path) -> None:
    room = make_app(tmp_path, library=SHIPPED_LIBRARY)
    async with running(room, (60, 18)) as pilot:
        text = await press(pilot, "t", "n", "enter", "enter", "t")
        assert isinstance(room.app.screen, TrialCard)
        assert "x  end it" in text
        assert "n  set one up" not in text
        await press(pilot, "x", "escape")
        assert trials(room)[0].status is TrialStatus.RUNNING
        await press(pilot, "t", "x", "enter")
        assert trials(room)[0].status is TrialStatus.STOPPED
        await press(pilot, "t")
        assert isinstance(room.app.screen, TrialCard)
        assert room.app.screen._shown.can_set_up
        assert not room.app.screen._shown.can_end


def test_nobody_is_tested_whose_knee_is_not_known(tmp_path: Path) -> None:
    room = make_app(tmp_path, library=SHIPPED_LIBRARY, settings=replace(SET_UP, affected_knee=None))
    with pytest.raises(UsageError, match="which knee"):
        make_offer(room.kit, room.kit.read_library())


async def test_a_test_that_another_window_began_meanwhile_is_told_with_the_keys_of_the_app(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room) as pilot:
        await press(pilot, "t", "n")
        with Store.open(room.database) as store:
            begin(store, plan(TODAY))
        text = " ".join((await press(pilot, "enter", "enter")).split())
        assert "A test is under way already." in text
        assert "t at home tells how far it is" in text
    assert len(trials(room)) == 1
