"""Events and days off from the app: added, changed, taken out, undone; the chart shows them at once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.app import NOW, Room, make_app, running, screen_text, settle
from tests.diaries import make_rating
from tests.test_ui_attending import at_once
from tests.test_ui_preview import SHIPPED_LIBRARY
from trainer.core.happening import Event, Freeze
from trainer.core.rating import Moment
from trainer.store import Store
from trainer.store.correcting import list_deleted
from trainer.store.happenings import list_events, list_freezes, save
from trainer.ui.happening_card import HappeningCard
from trainer.ui.happenings import HappeningsScreen
from trainer.ui.progress import ProgressScreen

TODAY = NOW.date()


def ago(days: int) -> object:
    return TODAY - timedelta(days=days)


def rated(data: Path, **wishes: object) -> Room:
    """A month of mornings, so that there is a chart."""
    room = make_app(data, library=SHIPPED_LIBRARY, **wishes)
    with Store.open(room.database) as store:
        for gone in range(30):
            at = (NOW - timedelta(days=gone)).replace(hour=7)
            store.rate(make_rating(f"m{gone}", 4, at=at, moment=Moment.MORNING))
    return room


async def press(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await settle(pilot)
    return screen_text(pilot.app)


def events(room: Room) -> list[tuple[object, str]]:
    with Store.open(room.database) as store:
        return [(one.day, one.words) for one in list_events(store)]


def freezes(room: Room) -> list[tuple[object, object, str]]:
    with Store.open(room.database) as store:
        return [(one.first_day, one.last_day, one.words) for one in list_freezes(store)]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_an_event_is_marked_on_the_day_under_the_cursor_and_on_the_chart_at_once(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    room = rated(tmp_path)
    async with running(room, size) as pilot:
        await press(pilot, "p", "left", "left", "left")
        text = await press(pilot, "a")
        assert isinstance(room.app.screen, HappeningsScreen)
        assert "Nothing yet" in text
        assert "escape Back" in text
        text = await press(pilot, "a")
        assert isinstance(room.app.screen, HappeningCard)
        assert "Friday 2 October 2026" in text
        assert "enter  save" in text
        text = await press(pilot, "down", "right", "up", *"shoes", "enter")
        assert events(room) == [(ago(2), "shoes")]
        assert "Sat  3 Oct 2026  shoes" in text
        await press(pilot, "escape")
        assert isinstance(room.app.screen, ProgressScreen)
        assert "Sat 3 Oct 2026: 4" in (text := await press(pilot, "right")).replace("morning ", "")
        assert "shoes" in text


async def test_what_was_done_is_undone_step_by_step(tmp_path: Path) -> None:
    room = rated(tmp_path)
    async with running(room) as pilot:
        await press(pilot, "p", "a", "a", *"one", "enter", "a", *"two", "enter")
        await press(pilot, "home", "e", *"!", "enter")
        assert len(events(room)) == 2
        changed = [words for _, words in events(room) if words.endswith("!")]
        assert len(changed) == 1
        await press(pilot, "x")
        assert len(events(room)) == 1
        await press(pilot, "u")
        assert len(events(room)) == 2
        await press(pilot, "u")
        assert sorted(words for _, words in events(room)) == ["one", "two"]
        await press(pilot, "u", "u")
        assert events(room) == []
        assert "There is nothing to undo here." in await press(pilot, "u")
    with Store.open(room.database) as store:
        assert len(list_deleted(store)) == 2  # as elsewhere: it can still be brought back


async def test_days_off_begin_and_end(tmp_path: Path) -> None:
    room = rated(tmp_path)
    async with running(room) as pilot:
        text = await press(pilot, "p", "a")
        assert "o Days off" in text
        await press(pilot, "o", "down", "left", "left", "left", "left", "enter")
        assert freezes(room) == [(ago(4), None, "")]
        text = screen_text(room.app)
        assert "o Back again" in text
        assert "o Days off" not in text
        await press(pilot, "o")
        assert freezes(room) == [(ago(4), ago(1), "")]
        await press(pilot, "u")
        assert freezes(room) == [(ago(4), None, "")]
        await press(pilot, "enter", *"ill", "enter")
        assert freezes(room) == [(ago(4), None, "ill")]
        await press(pilot, "o", "escape", "left")
        assert "days off" in screen_text(room.app)


async def test_the_last_day_is_never_before_the_first(tmp_path: Path) -> None:
    room = rated(tmp_path)
    async with running(room) as pilot:
        await press(pilot, "p", "a", "o", "down", "down", "right", "left", "left")
        await press(pilot, "enter")
        assert freezes(room) == [(ago(2), ago(2), "")]
        await press(pilot, "enter", "down", "right", "enter")
        assert freezes(room) == [(ago(1), ago(1), "")]
        text = await press(pilot, "enter", "down", "down", "delete")
        assert "until you are back" in text
        await press(pilot, "enter")
        assert freezes(room) == [(ago(1), None, "")]


async def test_days_off_within_days_off_are_refused_and_what_was_typed_stays(tmp_path: Path) -> None:
    room = rated(tmp_path)
    with Store.open(room.database) as store:
        save(store, Freeze("f", TODAY + timedelta(days=3), None, "hiking"))
    async with running(room) as pilot:
        text = await press(pilot, "p", "a", "o", *"ill", "enter")
        assert isinstance(room.app.screen, HappeningCard)
        assert "There are days off already" in text
        assert "ill" in text
        await press(pilot, "escape")
        assert len(freezes(room)) == 1


async def test_an_event_without_words_is_none(tmp_path: Path) -> None:
    room = rated(tmp_path)
    async with running(room) as pilot:
        assert "A word or two first" in await press(pilot, "p", "a", "a", "enter")
        await press(pilot, "escape", "escape")
        assert events(room) == []
        assert isinstance(room.app.screen, ProgressScreen)


async def test_a_diary_that_cannot_be_written_says_so_and_keeps_the_card(tmp_path: Path) -> None:
    room = rated(tmp_path)
    async with running(room) as pilot:
        await press(pilot, "p", "a", "a", *"x")
        room.diary.change = lambda _write, otherwise: otherwise  # type: ignore[method-assign,assignment]
        text = await press(pilot, "enter")
        assert "Nothing was changed" in text
        assert isinstance(room.app.screen, HappeningCard)


async def test_words_are_shown_as_they_are_and_in_ascii_every_sign_is_ascii(tmp_path: Path) -> None:
    room = rated(tmp_path, glyphs="ascii")
    with Store.open(room.database) as store:
        save(store, Event("e", TODAY, "[b]bold[/x]"), Freeze("f", TODAY - timedelta(days=9), TODAY - timedelta(days=5)))
    async with running(room) as pilot:
        text = await press(pilot, "p", "a")
        assert "[b]bold[/x]" in text
        assert "Sat 26 Sep 2026 - Wed 30 Sep 2026  days off" in text
        assert text.isascii()
        assert (await press(pilot, "enter")).isascii()


@pytest.mark.parametrize(
    "keys",
    [("enter", "enter"), ("enter", "tab", "enter"), ("enter", "tab", "escape"), ("enter", "ctrl+p", "escape")],
    ids=str,
)
async def test_a_card_is_closed_once_and_closes_nothing_else(tmp_path: Path, keys: tuple[str, ...]) -> None:
    room = rated(tmp_path)
    async with running(room) as pilot:
        await press(pilot, "p")
        await press(pilot, "a")
        await press(pilot, "a")
        await press(pilot, "h", "m")
        screens = await at_once(pilot, *keys)
        assert screens[:2] == ["ProgressScreen", "HappeningsScreen"]
        assert screens[2:] in ([], ["HappeningCard"])
