"""After a crash, a closed window or a flat battery: back where you were, and asked for what was never asked."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.app import NOW, SET_UP, Room, make_app, running, screen_text
from tests.test_ui_session import LIBRARY
from trainer.core.rating import Moment
from trainer.core.record import Result, SessionRecord, Status
from trainer.core.session import State
from trainer.core.side import Affected, Side
from trainer.store.entries import PhaseEnded
from trainer.ui.go_on import GoOnScreen
from trainer.ui.home import HomeScreen
from trainer.ui.kit import Order
from trainer.ui.rate import RateScreen
from trainer.ui.session import SessionScreen
from trainer.ui.summary import SummaryScreen

# prepare 0-6, left 6-18, switch 18-21, right 21-33, prepare 33-37, curls 37-61
LATER = timedelta(minutes=10)


def again(data: Path, *, later: timedelta = LATER, **wishes: object) -> Room:
    """The next start."""
    return make_app(data, library=LIBRARY, now=NOW + later, **wishes)


async def begin(pilot: Pilot[None], room: Room, seconds: float, score: str = "5") -> None:
    """From home into the session, so far."""
    await pilot.press("enter")
    await pilot.pause()
    await pilot.press(score)
    await pilot.pause()
    assert isinstance(room.app.screen, SessionScreen)
    room.advance(seconds)
    await pilot.pause()


@asynccontextmanager
async def cut_off(data: Path, seconds: float, **wishes: object) -> AsyncIterator[tuple[Room, Pilot[None]]]:
    """A session in whose middle the window is closed: a small one, in which no figure takes the test's time."""
    room = make_app(data, library=LIBRARY, **wishes)
    async with running(room, (60, 8)) as pilot:
        await begin(pilot, room, seconds)
        yield room, pilot


def session(room: Room) -> SessionRecord:
    """The one session of the diary."""
    (record,) = room.diary.read(lambda store: store.sessions(), ())
    return record


def on(room: Room) -> SessionScreen:
    screen = room.app.screen
    assert isinstance(screen, SessionScreen)
    return screen


def places(data: Path) -> list[Path]:
    return sorted((data / "under-way").glob("*.json"))


def shown(room: Room) -> type[object]:
    """Ask afresh: the screen of an app that goes on is not what it was."""
    return type(room.app.screen)


def settle_place(room: Room) -> None:
    """Wait until the place that was kept last is in its file."""
    held = on(room)._around.recorder._held
    assert held is not None
    held.settle(60)


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.pause()


async def test_the_next_start_offers_to_go_on_from_that_drill_side_and_rep(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 27) as (room, _):
        pass
    cut = session(room)
    assert (cut.status, len(cut.outcomes), cut.moved_s) == (Status.INTERRUPTED, 2, 18.0)

    room = again(tmp_path)
    async with running(room) as pilot:
        assert shown(room) is GoOnScreen
        text = screen_text(room.app)
        for words in (
            "Go on with Made for tests?",
            "Ankle circles, RIGHT foot",
            "rep 2 of 3, 0:36 left",
            "today 18:30",
        ):
            assert words in text
        await press(pilot, "enter")
        screen = on(room)
        assert screen.session.state is State.RESUMING
        text = screen_text(room.app)
        for words in ("GET READY", "Ankle circles", "RIGHT foot", "Rep 2/3"):
            assert words in text
        room.advance(6.5)
        await pilot.pause()
        assert "GOING ON" in screen_text(room.app)
        running_again = session(room)
        assert (running_again.id, running_again.status, running_again.ended_at) == (cut.id, Status.RUNNING, None)
        assert (running_again.started_at, running_again.planned_s) == (cut.started_at, cut.planned_s)
        room.advance(3 + 36)
        await pilot.pause()
        assert "After" not in screen_text(room.app)
        await press(pilot, "3", "enter")
        assert shown(room) is SummaryScreen
        text = screen_text(room.app)
        assert "After this session you rated 2 lower." in text
        assert "2 drills" in text
        await press(pilot, "enter")
        assert shown(room) is HomeScreen
    done = session(room)
    assert (done.id, done.status) == (cut.id, Status.FINISHED)
    assert [(o.drill, o.side, o.result, o.reps_done) for o in done.outcomes] == [
        ("ankle-circles", Side.LEFT, Result.DONE, 3),
        ("ankle-circles", Side.RIGHT, Result.DONE, 3),
        ("toe-curls", Side.BOTH, Result.DONE, 8),
    ]
    assert [(rating.moment, rating.score) for rating in done.ratings] == [(Moment.BEFORE, 5), (Moment.AFTER, 3)]
    assert done.moved_s == pytest.approx(18 + 8 + 24)
    assert list((tmp_path / "under-way").iterdir()) == []

    room = again(tmp_path)
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)


async def test_pace_added_seconds_and_pain_marks_are_there_again(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 8) as (_, pilot):
        await press(pilot, "right_square_bracket", "plus", "h")
    room = again(tmp_path)
    async with running(room) as pilot:
        await press(pilot, "enter")
        screen = on(room)
        assert screen.session.pace == 1.1
        assert screen.session.eased == {"ankle-circles"}
        assert screen.session.timeline.total_s == pytest.approx(61 + 11)
        room.advance(3 + 6 + 6)
        await pilot.pause()
        assert "Easier: Smaller circles." in screen_text(room.app)


async def test_it_can_be_cut_off_again_and_stopped_at_last(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 27):
        pass
    room = again(tmp_path)
    async with running(room) as pilot:
        await press(pilot, "space")
        room.advance(9 + 9)
        await pilot.pause()
    assert session(room).status is Status.INTERRUPTED
    room = again(tmp_path, later=2 * LATER)
    async with running(room) as pilot:
        assert "Toe curls" in screen_text(room.app)
        await press(pilot, "enter")
        await press(pilot, "q")
        await press(pilot, "enter")
        await press(pilot, "s")
        assert "stopped early" in screen_text(room.app)
    done = session(room)
    assert (done.status, len(done.outcomes)) == (Status.STOPPED, 2)
    assert places(tmp_path) == []


async def test_who_leaves_it_is_asked_for_the_rating_of_what_was_done(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 27):
        pass
    room = again(tmp_path)
    async with running(room) as pilot:
        await press(pilot, "escape")
        assert isinstance(room.app.screen, RateScreen)
        text = screen_text(room.app)
        assert "After Made for tests, today 18:30" in text
        assert "How is your RIGHT knee right now?" in text
        await press(pilot, "4", "enter")
        assert isinstance(room.app.screen, HomeScreen)
        assert "Saved." in screen_text(room.app)
    left = session(room)
    assert left.status is Status.INTERRUPTED
    assert [(rating.moment, rating.score) for rating in left.ratings] == [(Moment.BEFORE, 5), (Moment.AFTER, 4)]
    assert left.ratings[-1].at >= NOW + LATER
    room = again(tmp_path)
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)


@pytest.mark.parametrize("seconds", [62, 30])
async def test_a_rating_that_was_never_given_is_asked_for_once(tmp_path: Path, seconds: int) -> None:
    room = make_app(tmp_path, library=LIBRARY)
    async with running(room) as pilot:
        await begin(pilot, room, seconds)
        if seconds == 30:
            await press(pilot, "q")
            await press(pilot, "enter")
        assert isinstance(room.app.screen, RateScreen)
    room = again(tmp_path)
    async with running(room) as pilot:
        assert isinstance(room.app.screen, RateScreen)
        assert "After Made for tests, today 18:30" in screen_text(room.app)
        await press(pilot, "s")
        assert isinstance(room.app.screen, HomeScreen)
    assert [rating.score for rating in session(room).ratings if rating.moment is Moment.AFTER] == [None]
    room = again(tmp_path)
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)


async def test_only_the_knee_that_was_not_asked_about_is_asked_about(tmp_path: Path) -> None:
    settings = replace(SET_UP, affected_knee=Affected.BOTH)
    room = make_app(tmp_path, library=LIBRARY, settings=settings)
    async with running(room) as pilot:
        await press(pilot, "enter")
        await press(pilot, "5")
        await press(pilot, "5")
        room.advance(62)
        await pilot.pause()
        await press(pilot, "2", "enter")
    room = again(tmp_path, settings=settings)
    async with running(room) as pilot:
        assert "RIGHT knee" in screen_text(room.app)
        await press(pilot, "3", "enter")
        assert isinstance(room.app.screen, HomeScreen)


@pytest.mark.parametrize("later", [timedelta(hours=2, minutes=1), timedelta(days=3)])
async def test_after_two_hours_nothing_is_offered_and_nothing_asked(tmp_path: Path, later: timedelta) -> None:
    async with cut_off(tmp_path, 27):
        pass
    room = again(tmp_path, later=later, settings=replace(SET_UP, ask_morning=False))
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)
    assert session(room).status is Status.INTERRUPTED
    assert places(tmp_path) == []


async def test_where_nothing_was_moved_there_is_nothing_to_ask(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 3):
        pass
    room = again(tmp_path)
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)


async def test_a_start_of_the_same_routine_offers_it_too(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 27):
        pass
    room = again(tmp_path, order=Order("made"))
    async with running(room) as pilot:
        assert isinstance(room.app.screen, GoOnScreen)
        await press(pilot, "enter")
        assert on(room).session.position == 25


async def test_a_start_that_leaves_it_begins_anew_after_the_rating(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 27):
        pass
    room = again(tmp_path, order=Order("made"))
    async with running(room) as pilot:
        await press(pilot, "escape")
        assert "After Made for tests" in screen_text(room.app)
        await press(pilot, "3", "enter")
        assert isinstance(room.app.screen, RateScreen)
        await press(pilot, "3")
        assert on(room).session.position == 0
    sessions = room.diary.read(lambda store: store.sessions(), ())
    assert len(sessions) == 2


@pytest.mark.parametrize("order", [Order("other"), Order("made", skips_before=True)])
async def test_a_start_of_another_routine_or_one_that_asks_nothing_is_not_held_up(tmp_path: Path, order: Order) -> None:
    async with cut_off(tmp_path, 27):
        pass
    library = replace(LIBRARY, routines={**LIBRARY.routines, "other": replace(LIBRARY.routines["made"], id="other")})
    room = make_app(tmp_path, library=library, now=NOW + LATER, order=order)
    async with running(room) as pilot:
        if not order.skips_before:
            assert "After" not in screen_text(room.app)
            assert isinstance(room.app.screen, RateScreen)
    if order.skips_before:
        room = again(tmp_path, later=2 * LATER)
        async with running(room) as pilot:  # the later session was cut off before anything was done
            assert isinstance(room.app.screen, HomeScreen)
        return
    room = again(tmp_path, later=2 * LATER)
    async with running(room) as pilot:
        assert isinstance(room.app.screen, GoOnScreen)
        await press(pilot, "escape")
        await press(pilot, "s")


@pytest.mark.parametrize("order", ["made", "other"])
async def test_a_missing_rating_is_asked_for_before_the_same_routine_and_not_before_another(
    tmp_path: Path, order: str
) -> None:
    room = make_app(tmp_path, library=LIBRARY)
    async with running(room) as pilot:
        await begin(pilot, room, 62)
    library = replace(LIBRARY, routines={**LIBRARY.routines, "other": replace(LIBRARY.routines["made"], id="other")})
    room = make_app(tmp_path, library=library, now=NOW + LATER, order=Order(order))
    async with running(room) as pilot:
        assert ("After Made for tests" in screen_text(room.app)) is (order == "made")
        await pilot.press("s")


async def test_closing_the_window_over_the_question_is_no_answer(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 27):
        pass
    for _ in range(2):
        room = again(tmp_path)
        async with running(room):
            assert isinstance(room.app.screen, GoOnScreen)


def spoil(data: Path, **changes: Any) -> None:
    (path,) = places(data)
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 99},
        {"position_s": 1e9},
        {"session": "0" * 32},
        {"phases": [["work", "gone", "both", 9.0, 3, 3.0]]},
        {"title": "\x1b[2J"},
        {"moved_s": None},
    ],
    ids=str,
)
async def test_a_spoiled_place_is_no_offer_and_the_rating_is_asked_for_all_the_same(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    async with cut_off(tmp_path, 27):
        pass
    spoil(tmp_path, **changes)
    room = again(tmp_path)
    async with running(room) as pilot:
        assert isinstance(room.app.screen, RateScreen)
        await press(pilot, "s")
        assert isinstance(room.app.screen, HomeScreen)
    assert session(room).status is Status.INTERRUPTED


async def test_names_from_a_file_are_shown_as_they_are_written(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 27):
        pass
    spoil(tmp_path, title="[/b] $primary [red]x")
    room = again(tmp_path)
    async with running(room):
        assert "Go on with [/b] $primary [red]x?" in screen_text(room.app)


async def test_a_session_that_the_diary_knows_nothing_of_is_not_gone_on_with(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 27):
        pass
    (tmp_path / "trainer.db").unlink()
    room = again(tmp_path)
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)
    assert places(tmp_path) == []


async def test_a_diary_that_cannot_be_read_stops_nobody_from_going_on(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 27):
        pass
    (tmp_path / "trainer.db").unlink()
    (tmp_path / "trainer.db").mkdir()
    room = again(tmp_path)
    async with running(room) as pilot:
        assert isinstance(room.app.screen, GoOnScreen)
        await press(pilot, "enter")
        room.advance(9 + 40)
        await pilot.pause()
        assert isinstance(room.app.screen, RateScreen)
    kept = {entry.index: entry.outcome.result for entry in room.diary.waiting if isinstance(entry, PhaseEnded)}
    assert kept == {1: Result.DONE, 3: Result.DONE, 5: Result.DONE}


async def test_a_folder_that_keeps_no_place_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "under-way").write_text("in the way")
    async with cut_off(tmp_path, 27):
        pass
    room = again(tmp_path)
    async with running(room) as pilot:
        assert isinstance(room.app.screen, RateScreen)
        await press(pilot, "s")


async def test_what_nobody_saw_end_ends_where_its_place_was_kept(tmp_path: Path) -> None:
    async with cut_off(tmp_path, 15) as (room, _):
        crashed = session(room)
        settle_place(room)
        (path,) = places(tmp_path)
        text = path.read_text()
    assert room.diary.under_way.living() == frozenset()
    room.diary.begin(replace(crashed, outcomes=(), ratings=()))  # as a crash would have left it
    path.write_text(text)
    room = again(tmp_path)
    async with running(room) as pilot:
        await press(pilot, "escape")
        assert "After Made for tests" in screen_text(room.app)
        await press(pilot, "s")
    left = session(room)
    assert left.status is Status.INTERRUPTED
    assert left.moved_s == 8.0  # the third repetition began then
    assert left.ended_at == NOW + timedelta(seconds=14)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_the_question_is_whole_in_every_window(tmp_path: Path, size: tuple[int, int]) -> None:
    async with cut_off(tmp_path, 27):
        pass
    room = again(tmp_path)
    async with running(room, size):
        text = screen_text(room.app)
        for words in ("Go on with", "RIGHT foot", "rep 2 of 3", "enter  go on", "escape  leave it"):
            assert words in text
