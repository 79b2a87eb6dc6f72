"""Why a drill was skipped: asked in one line after the session, by one key; nobody has to say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app import Room, make_app, running, screen_text, shipped
from tests.made import make_routine
from tests.test_ui_moments import press
from tests.test_ui_session import LIBRARY
from trainer.core.record import Outcome, Result
from trainer.core.routine import Item
from trainer.core.side import Side
from trainer.core.skipping import Why, explained, skipped_beforehand, unexplained
from trainer.core.timeline import Timeline
from trainer.export import history_json
from trainer.ui.home import HomeScreen
from trainer.ui.kit import Order
from trainer.ui.summary import SummaryScreen

SKIPPED = Outcome("ankle-circles", Side.LEFT, Result.SKIPPED, 1, 3)
DONE = Outcome("toe-curls", Side.BOTH, Result.DONE, 8, 8)


def test_each_skipped_drill_is_asked_about_once_but_not_one_that_hurt() -> None:
    other = Outcome("ankle-circles", Side.RIGHT, Result.SKIPPED, 0, 3)
    hurt = Outcome("hinge", Side.RIGHT, Result.HURT, 0, 3)
    past = Outcome("hinge", Side.LEFT, Result.SKIPPED, 0, 3)
    assert unexplained((SKIPPED, other, DONE, hurt, past)) == ("ankle-circles",)
    assert unexplained((explained(SKIPPED, Why.NO_TIME),)) == ()


@pytest.mark.parametrize("why", Why)
def test_a_reason_is_kept_and_what_hurt_is_marked_so(why: Why) -> None:
    found = explained(SKIPPED, why)
    assert (found.reason, found.reps_done) == (why.value, 1)
    assert (found.result is Result.HURT) is (why is Why.IT_HURT)
    assert why.words in ("it hurt", "no room", "no time", "did not want to")


def test_a_drill_that_was_left_out_counts_once_for_each_side() -> None:
    twice = make_routine(Item(drill="ankle-circles", reps=4), Item(drill="cat-camel"), Item(drill="ankle-circles"))
    timeline = Timeline.of(twice, shipped().drills, affected=None)
    skipped = skipped_beforehand(timeline, {"ankle-circles"})
    assert {(one.drill, one.result, one.reps_done) for one in skipped} == {("ankle-circles", Result.SKIPPED, 0)}
    assert sorted(one.side for one in skipped) == ["left", "right"]
    assert skipped_beforehand(timeline, ()) == ()


def drills(room: Room) -> list[tuple[str, str, str, str | None]]:
    records = room.diary.read(lambda store: store.sessions(), ())
    (told,) = json.loads("".join(history_json(records)))
    return [(one["drill"], one["side"], one["outcome"], one["reason"]) for one in told["drills"]]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_one_key_says_why_and_the_diary_keeps_it(tmp_path: Path, size: tuple[int, int]) -> None:
    room = made(tmp_path)
    async with running(room, size) as pilot:
        room.advance(7)
        await press(pilot, "n")
        room.advance(7)
        await press(pilot, "n", "n", "n")
        text = " ".join((await press(pilot, "3", "enter")).split())
        assert isinstance(room.app.screen, SummaryScreen)
        assert "Why did you skip Ankle circles? 1 it hurt 2 no room 3 no time 4 did not want to" in text
        text = " ".join((await press(pilot, "3")).split())
        assert "Ankle circles: no time. Saved." in text
        assert "Why did you skip Toe curls?" in text
        assert [reason for *_, reason in drills(room)] == ["no-time", "no-time", None]
        text = " ".join((await press(pilot, "1")).split())
        assert "Toe curls: it hurt. Saved." in text
        assert "Why did you" not in text
        await press(pilot, "2")  # there is nothing more to ask
        assert drills(room) == [
            ("ankle-circles", "left", "skipped", "no-time"),
            ("ankle-circles", "right", "skipped", "no-time"),
            ("toe-curls", "both", "hurt", "it-hurt"),
        ]
        await press(pilot, "enter")
        assert isinstance(room.app.screen, HomeScreen)


def made(data: Path) -> Room:
    return make_app(data, library=LIBRARY, order=Order("made", skips_before=True))


async def test_nobody_has_to_say_and_who_skipped_nothing_is_not_asked(tmp_path: Path) -> None:
    room = made(tmp_path)
    async with running(room) as pilot:
        room.advance(7)
        await press(pilot, "n")
        room.advance(70)
        assert "Why did you skip" in await press(pilot, "s")
        await press(pilot, "enter")
        assert isinstance(room.app.screen, HomeScreen)
    assert [reason for *_, reason in drills(room)] == [None, None, None]
    room = made(tmp_path / "other")
    async with running(room) as pilot:
        room.advance(70)
        assert "Why did you" not in await press(pilot, "s")
        await press(pilot, "1")
        assert "Skipped" not in screen_text(room.app)
    assert [result for _, _, result, _ in drills(room)] == ["done"] * 3


async def test_a_diary_that_cannot_be_written_says_so_and_keeps_the_reason_for_later(tmp_path: Path) -> None:
    room = made(tmp_path)
    async with running(room) as pilot:
        room.advance(7)
        await press(pilot, "n")
        room.advance(70)
        await press(pilot, "s")
        room.database.rename(tmp_path / "away.db")
        room.database.mkdir()
        assert "Ankle circles: no room. Not saved yet." in " ".join((await press(pilot, "2")).split())
        room.database.rmdir()
        (tmp_path / "away.db").rename(room.database)
    assert room.diary.retry()
    assert drills(room)[0] == ("ankle-circles", "left", "skipped", "no-room")
