"""Home in small windows: the reason for its suggestion is whole, a long list scrolls, and a mark hides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app import NOW, SET_UP, Room, make_app, running, screen_text, shipped
from tests.test_ui_caring import after_higher, rate_mornings
from trainer.core.care import MORE_AFTER
from trainer.core.rating import Moment, Rating
from trainer.core.record import Outcome, Result
from trainer.core.side import Side
from trainer.ui.marked import MarkedApp

SMALL = [(60, 18), (80, 18), (60, 24), (80, 24)]
MARK = "made-up data"


def flat(room: Room) -> str:
    return " ".join(screen_text(room.app).split())


@pytest.mark.parametrize("size", SMALL)
async def test_the_reason_is_whole_beside_what_hurt(tmp_path: Path, size: tuple[int, int]) -> None:
    room = after_higher(tmp_path)
    for place, drill in enumerate(("ankle-circles", "ankle-pumps")):
        room.diary.keep("s", place, Outcome(drill, Side.LEFT, Result.HURT, 4, 4), 60.0 + place)
    async with running(room, size):
        words = beside_digits(room)
        assert "Ankle circles hurt on the left the last time, and 1 more drill." in words
        assert MORE_AFTER.reason in words
        assert "Last four weeks" in flat(room)


def beside_digits(room: Room) -> str:
    """What can be read of the offer, without the large digits beside it."""
    offer, hero = (room.app.screen.query_one(name).region for name in ("#offer", "#hero"))
    rows = screen_text(room.app).splitlines()[offer.y : min(offer.bottom, hero.bottom)]
    return " ".join(" ".join(row[offer.x : offer.right] for row in rows).split())


@pytest.mark.parametrize("size", SMALL)
async def test_a_long_list_scrolls_and_the_last_weeks_stay(tmp_path: Path, size: tuple[int, int]) -> None:
    one = shipped().routines["desk-break"]
    own = {f"own-{n}": replace(one, id=f"own-{n}", name=f"Own {n}") for n in range(9)}
    room = make_app(tmp_path, library=replace(shipped(), routines={**shipped().routines, **own}))
    rate_mornings(room, 3, 3)
    async with running(room, size) as pilot:
        assert "Last four weeks" in flat(room)
        await pilot.press("end")
        await pilot.pause()
        assert "Own 8" in flat(room)
        assert "Last four weeks" in flat(room)


@pytest.mark.parametrize("size", [(60, 18), (80, 18), (60, 24), (120, 36)])
async def test_the_mark_of_made_up_data_hides_no_word(tmp_path: Path, size: tuple[int, int]) -> None:
    shown: list[list[str]] = []
    for app in (MarkedApp, None):
        room = make_app(tmp_path / str(app), now=NOW.replace(hour=9))
        rate_mornings(room, *[3] * 7, 5)
        room.app = MarkedApp(room.kit, None, MARK) if app else room.app
        async with running(room, size) as pilot:
            room.app.clear_notifications()
            texts = []
            for key in ("", "i"):
                await pilot.press(*key)
                await pilot.pause()
                texts.append(flat(room))
        shown.append(texts)
    for marked, plain in zip(*shown, strict=True):
        assert marked.count(MARK) == 1
        head = marked.replace(MARK, "").split()[:12]
        assert head == plain.split()[:12]


@pytest.mark.parametrize(("ago", "words"), [(0, "knee 5 today."), (1, "knee 5 yesterday."), (2, "knee 5, 2 days ago.")])
async def test_the_last_rating_is_told_without_two_numbers_in_a_row(tmp_path: Path, ago: int, words: str) -> None:
    room = make_app(tmp_path, settings=replace(SET_UP, ask_morning=False))
    room.diary.rate(Rating("r", NOW - timedelta(days=ago), Moment.NOW, Side.RIGHT, 5))
    async with running(room):
        assert f"Right {words}" in flat(room)


@pytest.mark.parametrize("size", [(76, 24), (80, 24), (120, 36)])
async def test_the_last_weeks_name_their_knee_and_are_not_cut(tmp_path: Path, size: tuple[int, int]) -> None:
    room = make_app(tmp_path)
    for ago in range(28):
        for knee, score in ((Side.LEFT, 2), (Side.RIGHT, 4)):
            room.diary.rate(Rating(f"{knee}{ago}", NOW - timedelta(days=ago), Moment.MORNING, knee, score))
    async with running(room, size):
        assert "0 warm-ups, right knee mornings 4.0 on average" in screen_text(room.app)
