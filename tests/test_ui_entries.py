"""The list of entries: corrected, deleted and brought back by key; ten years long, and in two windows at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.app import NOW, SET_UP, Room, make_app, resize, running, screen_text, settle
from tests.diaries import by_hand, fill, make_rating, make_record
from tests.test_ui_attending import at_once
from trainer.core.correction import What
from trainer.core.errors import StoreError
from trainer.core.rating import Moment, Rating
from trainer.core.record import Outcome, Result, SessionRecord, Status
from trainer.core.side import Side
from trainer.store import Store
from trainer.store.correcting import correct, delete, list_deleted, undo
from trainer.store.faults import DamagedError
from trainer.ui.entries import PAGE, EntriesScreen
from trainer.ui.entry_lines import entry_parts
from trainer.ui.progress import ProgressScreen
from trainer.ui.session_card import SessionCard
from trainer.ui.widgets.long_list import LongList


@pytest.fixture
def room(tmp_path: Path) -> Room:
    room = make_app(tmp_path)
    with Store.open(room.database) as store:
        store.begin(replace(make_record("s1", at=NOW, status=Status.FINISHED), moved_s=590.0))
        store.rate(make_rating("before", 5, at=NOW - timedelta(minutes=1), moment=Moment.BEFORE, session="s1"))
        store.rate(make_rating("after", 3, at=NOW + timedelta(minutes=9), moment=Moment.AFTER, session="s1", note="ok"))
        store.rate(make_rating("old", None, at=NOW - timedelta(days=2), knee=Side.LEFT))
    return room


@contextmanager
def other_window(room: Room) -> Iterator[Store]:
    with Store.open(room.database) as store:
        yield store


async def press(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await settle(pilot)
    return screen_text(pilot.app)


async def opened(pilot: Pilot[None]) -> str:
    return await press(pilot, "p", "e")


def stored(room: Room) -> dict[str, Rating]:
    with other_window(room) as store:
        return {rating.id: rating for rating in store.every_rating()}


def toasts(room: Room) -> list[str]:
    return [f"{toast.title} {toast.message}".strip() for toast in room.app._notifications]


async def test_entries_are_listed_newest_first_with_their_day_once(room: Room) -> None:
    async with running(room, (80, 24)) as pilot:
        lines = (await opened(pilot)).splitlines()
        assert lines[1] == "  Warm-ups and ratings, newest first: 4"
        assert lines[3:7] == [
            " ▸ Mon  5 Oct 2026  18:39  right knee  3  after    ok",
            "                    18:30  Knee neighbours, 10 min, finished",
            "                    18:29  right knee  5  before",
            "   Sat  3 Oct 2026  18:30  left  knee  –",
        ]
        assert "enter Correct  x Delete  u Undo  d Deleted  escape Back" in lines[-1]


async def test_a_digit_corrects_the_score_and_u_takes_it_back(room: Room) -> None:
    async with running(room) as pilot:
        await opened(pilot)
        assert "RIGHT knee, Mon 5 Oct 2026, 18:39, after" in await press(pilot, "1", "0")
        assert "right knee 10  after    ok" in await press(pilot, "enter")
        assert stored(room)["after"].score == 10
        assert toasts(room)[-1] == "Corrected. u takes it back."
        assert "right knee  3  after    ok" in await press(pilot, "u")
        assert (stored(room)["after"].score, toasts(room)[-1]) == (3, "As it was before.")
        await press(pilot, "u")
        assert toasts(room)[-1] == "There is nothing to undo."


async def test_the_card_shows_what_it_was_and_escape_leaves_it(room: Room) -> None:
    async with running(room) as pilot:
        await opened(pilot)
        assert "[3]" in await press(pilot, "enter")
        await press(pilot, "7", "escape")
        assert stored(room)["after"] == replace(stored(room)["after"], score=3, note="ok")
        assert "Not answered." in await press(pilot, "enter", "s")
        await press(pilot, "enter")
        assert stored(room)["after"].score is None


async def test_a_note_is_written_and_taken_away(room: Room) -> None:
    async with running(room) as pilot:
        await opened(pilot)
        await press(pilot, "n", "end", "space", "5", "enter")
        assert (stored(room)["after"].note, stored(room)["after"].score) == ("ok 5", 3)
        await press(pilot, "n", "home", "shift+end", "delete", "enter")
        assert stored(room)["after"].note is None


async def test_knee_and_time_are_put_right_and_u_takes_them_back(room: Room) -> None:
    before = stored(room)
    async with running(room, (80, 24)) as pilot:
        await opened(pilot)
        assert "LEFT knee, Mon 5 Oct 2026, 18:39, after" in await press(pilot, "enter", "k")
        assert "is not a date and time" in await press(pilot, "t", "end", "x", "enter")
        await press(pilot, "home", "shift+end", "delete", *"2026-10-04T06:30+02:00")
        assert "Sun  4 Oct 2026  06:30  left  knee  3  after    ok" in await press(pilot, "enter")
        after = stored(room)["after"]
        assert after == replace(before["after"], knee=Side.LEFT, at=NOW - timedelta(days=1, hours=12))
        await press(pilot, "u")
        assert stored(room) == before


async def test_a_rating_is_deleted_listed_and_brought_back(room: Room) -> None:
    async with running(room) as pilot:
        await opened(pilot)
        text = await press(pilot, "x")
        assert "newest first: 3" in text
        assert "18:39" not in text
        assert "u brings it back; for 30 days also d" in toasts(room)[-1]
        assert "after" not in stored(room)
        text = await press(pilot, "d")
        assert "Deleted in the last 30 days: 1" in text
        assert "Mon  5 Oct 2026  18:39  right knee  3  after    ok" in text
        await press(pilot, "7", "x")
        assert isinstance(pilot.app.screen, EntriesScreen)
        assert "Deleted in the last 30 days: nothing yet" in await press(pilot, "enter")
        assert "newest first: 4" in await press(pilot, "escape")
        assert stored(room)["after"].score == 3


async def test_a_warm_up_goes_with_its_ratings_and_comes_back_with_them(room: Room) -> None:
    async with running(room) as pilot:
        await opened(pilot)
        await press(pilot, "down", "7", "n")
        assert isinstance(pilot.app.screen, EntriesScreen)
        assert "newest first: 1" in await press(pilot, "delete")
        assert toasts(room)[-1].startswith("Deleted, with its 2 ratings.")
        assert set(stored(room)) == {"old"}
        await press(pilot, "u")
        assert set(stored(room)) == {"old", "before", "after"}


def session_in(room: Room) -> SessionRecord:
    with other_window(room) as store:
        (found,) = store.every_session()
    return found


async def test_a_warm_up_is_put_right_and_u_takes_it_back(room: Room) -> None:
    with other_window(room) as store:
        store.keep("s1", 1, Outcome("ankle-circles", Side.LEFT, Result.SKIPPED, 0, 8, "no-time"), 590.0)
        store.keep("s1", 3, Outcome("ankle-circles", Side.RIGHT, Result.DONE, 8, 8), 590.0)
    before = session_in(room)
    async with running(room, (80, 24)) as pilot:
        await opened(pilot)
        lines = (await press(pilot, "down", "enter")).splitlines()
        assert [line.split() for line in lines if "ankle circles" in line] == [
            ["▸", "ankle", "circles", "left", "skipped", "0/8"],
            ["ankle", "circles", "right", "done", "8/8"],
        ]
        await press(pilot, "h", "d", "down", "h", "b", "t")
        await press(pilot, "home", "shift+end", "delete", *"2026-10-05T07:15+02:00")
        await press(pilot, "enter")
        assert toasts(room)[-1] == "Corrected. u takes it back."
        assert "07:15  Knee neighbours, 10 min, finished, 1 hurt" in screen_text(pilot.app)
        after = session_in(room)
        assert (after.started_at.hour, after.started_at.minute) == (7, 15)
        assert after.outcomes == (
            Outcome("ankle-circles", Side.LEFT, Result.DONE, 8, 8),
            Outcome("ankle-circles", Side.BOTH, Result.HURT, 8, 8),
        )
        await press(pilot, "u")
        assert session_in(room) == before


async def test_a_time_that_is_none_is_told_and_escape_leaves_all(room: Room) -> None:
    before = session_in(room)
    async with running(room, (80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "down", "enter", "d", "t", "backspace")
        text = await press(pilot, "x", "enter")
        assert "is not a date and time" in text
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, SessionCard)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, EntriesScreen)
        assert session_in(room) == before


async def test_what_was_corrected_is_shown_on_the_way_back(room: Room) -> None:
    async with running(room) as pilot:
        await press(pilot, "p")
        progress = pilot.app.screen
        await press(pilot, "e", "escape")
        assert pilot.app.screen is progress
        await press(pilot, "e", "down", "x", "escape")
        assert type(pilot.app.screen) is ProgressScreen
        assert pilot.app.screen is not progress
        text = await press(pilot, "escape")
        assert pilot.app.screen.query("#routines")
        assert "warm-up" not in text.split("Last four weeks")[-1]


async def test_two_windows_correct_at_once(room: Room) -> None:
    async with running(room) as pilot:
        await opened(pilot)
        await press(pilot, "8")
        with other_window(room) as store:
            correct(store, "after", lambda rating: replace(rating, note="theirs"))
        await press(pilot, "enter")
        assert (stored(room)["after"].score, stored(room)["after"].note) == (8, "theirs")
        with other_window(room) as store:
            delete(store, What.RATING, "after")
        await press(pilot, "x")
        assert toasts(room)[-1].startswith("It is not there any more.")
        assert "newest first: 3" in screen_text(pilot.app)
        await press(pilot, "u")
        assert toasts(room)[-1].startswith("It was changed again since.")
        with other_window(room) as store:
            undo(store)
            assert list_deleted(store) == ()


async def test_u_takes_back_what_was_done_in_this_window(room: Room) -> None:
    async with running(room) as pilot:
        await opened(pilot)
        await press(pilot, "x")
        with other_window(room) as store:
            delete(store, What.RATING, "old")
        await press(pilot, "u")
        assert set(stored(room)) == {"before", "after"}
        await press(pilot, "u")
        assert set(stored(room)) == {"before", "after", "old"}


async def test_what_waits_is_written_before_anything_is_corrected(room: Room) -> None:
    open_store = room.diary._open_store

    def locked() -> Store:
        raise StoreError("The diary is in use by another window.")

    room.diary._open_store = locked
    assert not room.diary.rate(make_rating("late", 6, at=NOW + timedelta(hours=1)))
    assert room.diary.change(lambda store: delete(store, What.RATING, "late"), "nothing") == "nothing"
    room.diary._open_store = open_store
    room.diary.change(lambda store: correct(store, "late", lambda rating: replace(rating, score=2)), None)
    assert stored(room)["late"].score == 2
    room.diary._damage = DamagedError("The diary is damaged.")
    assert room.diary.change(lambda store: delete(store, What.RATING, "late"), "nothing") == "nothing"


async def test_what_cannot_be_written_changes_nothing_and_says_why(room: Room) -> None:
    async with running(room) as pilot:
        await opened(pilot)
        with by_hand(room.database) as file:
            file.execute("BEGIN IMMEDIATE")
            room.diary._open_store = lambda: Store.open(room.database, patience_s=0)
            await press(pilot, "x")
            assert "Nothing was changed" in toasts(room)[-1]
            assert "in use by another window" in toasts(room)[-1]
            file.execute("ROLLBACK")
        assert "newest first: 4" in screen_text(pilot.app)
        assert "after" in stored(room)


async def test_an_empty_diary_has_an_empty_list(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room) as pilot:
        assert "newest first: nothing yet" in await opened(pilot)
        await press(pilot, "x", "enter", "5", "u", "end", "d", "enter", "escape", "escape")
        assert isinstance(pilot.app.screen, ProgressScreen)


async def test_of_ten_years_only_what_is_in_sight_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_app(tmp_path, settings=replace(SET_UP, ask_morning=False))
    Store.open(room.database).close()
    fill(room.database, 3650)
    asked: list[int] = []
    ask = Store.entries

    def entries(store: Store, offset: int, limit: int) -> tuple[object, ...]:
        asked.append(offset)
        return ask(store, offset, limit)

    monkeypatch.setattr(Store, "entries", entries)
    async with running(room, (80, 24)) as pilot:
        assert "newest first: 7300" in await opened(pilot)
        assert set(asked) == {0}
        text = await press(pilot, "end")
        assert text.splitlines()[-2] == " ▸                  12:00  R, 0 min, finished"
        assert set(asked) == {0, 7300 - PAGE}
        await press(pilot, "home", "pagedown")
        assert pilot.app.screen.query_one(LongList).cursor == 19


async def test_a_click_chooses(room: Room) -> None:
    async with running(room, (80, 24)) as pilot:
        await opened(pilot)
        await pilot.click(LongList, offset=(10, 2))
        assert pilot.app.screen.query_one(LongList).cursor == 2


@pytest.mark.parametrize("size", [(20, 6), (40, 10), (1, 1), (200, 60)])
async def test_no_size_breaks_it(room: Room, size: tuple[int, int]) -> None:
    async with running(room, (80, 24)) as pilot:
        await opened(pilot)
        await resize(pilot, *size)
        await press(pilot, "down", "4", "enter", "end", "x", "d", "enter")


async def test_in_the_smallest_window_the_keys_of_both_cards_are_in_sight(room: Room) -> None:
    async with running(room, (60, 18)) as pilot:
        await opened(pilot)
        assert "enter saves  escape leaves it" in await press(pilot, "enter")
        assert "escape leaves it" in await press(pilot, "escape", "down", "enter")


@pytest.mark.parametrize(("width", "words"), [(60, "Knee neighbours, 10 min, finished"), (44, "Knee neighbours, 10…")])
async def test_a_line_that_is_cut_says_so(room: Room, width: int, words: str) -> None:
    async with running(room, (width, 18)) as pilot:
        lines = [line.rstrip() for line in (await opened(pilot)).splitlines()]
        assert next(line for line in lines if "Knee neighbours" in line).endswith(words)


def test_a_note_is_text_whatever_it_says() -> None:
    rating = make_rating(note="[red]x[/red] [/]", at=NOW)
    assert "".join(text for text, _ in entry_parts(rating, None, 100)).endswith("[red]x[/red] [/]")
    assert entry_parts(None, rating, 100) == (("An entry that makes no sense.", "muted"),)


def test_plain_ascii_where_nothing_else_is_shown() -> None:
    line = "".join(text for text, _ in entry_parts(make_rating(score=None, at=NOW), None, 50, is_ascii=True))
    assert line.isascii()
    assert line == " 5 Oct 26  18:30  right  -           "


@pytest.mark.parametrize(("before", "card"), [(("n",), "CorrectionCard"), (("down", "enter", "t"), "SessionCard")])
@pytest.mark.parametrize("keys", [("enter", "enter"), ("enter", "tab", "enter")], ids=str)
async def test_a_card_is_closed_once_and_closes_nothing_else(
    room: Room, before: tuple[str, ...], card: str, keys: tuple[str, ...]
) -> None:
    async with running(room) as pilot:
        await opened(pilot)
        for key in before:
            await press(pilot, key)
        screens = await at_once(pilot, *keys)
        assert screens[:2] == ["ProgressScreen", "EntriesScreen"]
        assert screens[2:] in ([], [card])
