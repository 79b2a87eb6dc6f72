from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.app import SET_UP, Room, make_app, resize, running, screen_text
from tests.made import make_drill, make_routine
from trainer.audio.news import News
from trainer.core.drill import Sides
from trainer.core.record import Result, Status
from trainer.core.routine import Item
from trainer.library import Library, read_library
from trainer.ui.help import HelpScreen
from trainer.ui.kit import Order
from trainer.ui.rate import RateScreen
from trainer.ui.session import SessionScreen
from trainer.ui.summary import SummaryScreen

BODY = read_library(Path(__file__).parent.parent / "routines").body
CIRCLES = make_drill("ankle-circles", sides=Sides.UNILATERAL, reps=3, tempo=4)
CURLS = make_drill("toe-curls", reps=8, tempo=3)
MADE = make_routine(Item(drill="ankle-circles"), Item(drill="toe-curls"))
LIBRARY = Library({"ankle-circles": CIRCLES, "toe-curls": CURLS}, {"made": MADE}, BODY)
# For a right knee the left side goes first:
# prepare 0-6, left 6-18, switch 18-21, right 21-33, prepare 33-37, curls 37-61


def started(data: Path, **wishes: object) -> Room:
    return make_app(data, library=LIBRARY, order=Order("made", skips_before=True), **wishes)


def session_screen(pilot: Pilot[None]) -> SessionScreen:
    screen = pilot.app.screen
    assert isinstance(screen, SessionScreen)
    return screen


async def test_it_shows_drill_side_count_rep_and_what_is_next(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        text = screen_text(room.app)
        for words in ("GET READY", "Ankle circles", "LEFT foot", "drill 1 of 2", "1:01 left", "then RIGHT foot"):
            assert words in text
        room.advance(6 + 4)
        await pilot.pause()
        text = screen_text(room.app)
        for words in ("Rep 2/3", "Left foot only", "Lift the left foot.", "0:51 left"):
            assert words in text
        assert "GET READY" not in text
        room.advance(8)
        await pilot.pause()
        assert "SWITCH TO RIGHT" in screen_text(room.app)
        room.advance(4)
        await pilot.pause()
        assert "Lift the right foot." in screen_text(room.app)
        assert "then Toe curls" in screen_text(room.app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 18)])
async def test_how_it_goes_is_seen_in_a_pause(tmp_path: Path, size: tuple[int, int]) -> None:
    room = started(tmp_path)
    async with running(room, size) as pilot:
        room.advance(8)
        if size[0] < 76:
            await pilot.press("f")
        await pilot.press("space")
        figure, card = pilot.app.screen.query_one("#figure"), pilot.app.screen.query_one("#paused")
        assert figure.display
        assert card.display
        assert figure.region.area > 0
        assert not figure.region.overlaps(card.region)
        x, y, width, height = card.region
        rows = screen_text(room.app).splitlines()[y : y + height]
        words = " ".join(" ".join(row[x + 1 : x + width - 1] for row in rows).split())
        assert "PAUSED Ankle circles LEFT foot Rep 1/3 space goes on, after 3-2-1" in words


async def test_where_a_dot_for_each_rep_has_no_room_there_is_none(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room, (60, 18)) as pilot:
        await pilot.press("f")
        for seconds, words in ((8, "Rep 1/3    ◉ ○ ○"), (30, "Rep 1/8")):
            room.advance(seconds)
            await pilot.pause()
            (row,) = (row for row in screen_text(room.app).splitlines() if "Rep" in row)
            assert row[row.index("Rep") :] == words


async def test_what_is_opened_in_the_last_instant_lies_over_no_other_screen(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        screen = session_screen(pilot)
        room.advance(screen.session.time_left - 0.1)
        room.app.push_screen(HelpScreen(()))
        for clock in (room.clock, room.wall):
            clock.advance(0.2)
        screen.tick()
        assert isinstance(room.app.screen, HelpScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(room.app.screen, RateScreen)
        assert screen not in room.app.screen_stack


async def test_pause_stands_still_and_space_goes_on_after_three_two_one(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        screen = session_screen(pilot)
        room.advance(8)
        await pilot.press("space")
        assert "PAUSED" in screen_text(room.app)
        room.advance(60)
        assert screen.session.position == pytest.approx(8)
        await pilot.press("b")
        room.advance(1)
        await pilot.pause()
        text = screen_text(room.app)
        assert "GOING ON" in text
        assert "PAUSED" not in text
        room.advance(3)
        assert screen.session.position == pytest.approx(9)


@pytest.mark.parametrize("key", ["right", "n", "pagedown"])
async def test_next_moves_on(tmp_path: Path, key: str) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        screen = session_screen(pilot)
        await pilot.press(key)
        assert screen.session.position == 6
        assert "Rep 1/3" in screen_text(room.app)


@pytest.mark.parametrize("key", ["left", "p", "pageup"])
async def test_back_restarts_and_twice_goes_further(tmp_path: Path, key: str) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        screen = session_screen(pilot)
        room.advance(9)
        await pilot.press(key)
        assert screen.session.position == 6
        await pilot.press(key)
        assert screen.session.position == 0


async def test_pace_and_ten_seconds_more(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        screen = session_screen(pilot)
        room.advance(7)
        await pilot.press("left_square_bracket")
        assert screen.session.pace == 0.9
        assert "0.9x pace" in screen_text(room.app)
        await pilot.press("right_square_bracket", "right_square_bracket")
        assert screen.session.pace == 1.1
        left = screen.session.phase_left
        await pilot.press("plus")
        assert screen.session.phase_left == pytest.approx(left + 10)


async def test_that_hurt_shows_the_easier_way_from_here_on(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        screen = session_screen(pilot)
        room.advance(7)
        await pilot.press("h")
        text = screen_text(room.app)
        assert "Easier: Smaller circles." in text
        assert "Sharp pain." in text
        assert ("hurt", room.clock.now) in room.output.played
        room.advance(5)
        await pilot.press("n")
        assert screen.session.outcomes[0][1].result is Result.HURT


async def test_a_click_pauses(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        session_screen(pilot)
        await pilot.click("#count")
        assert "PAUSED" in screen_text(room.app)


async def test_mute_and_how_to(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        screen = session_screen(pilot)
        await pilot.press("m")
        assert room.output.muted
        room.advance(7)
        await pilot.press("i")
        assert "Stop if" in screen_text(room.app)
        room.clock.advance(30)
        await pilot.press("escape")
        room.advance(3)
        assert screen.session.position == pytest.approx(7)


@pytest.mark.parametrize("key", ["f1", "ctrl+p", "i", "q"])
async def test_whatever_is_laid_over_a_session_makes_it_wait(tmp_path: Path, key: str) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        screen = session_screen(pilot)
        room.advance(8)
        await pilot.press(key)
        await pilot.pause()
        for _ in range(30):
            room.clock.advance(1)
            room.wall.advance(1)
            screen.tick()
        assert screen.session.position == pytest.approx(8)
        await pilot.press("escape")
        await pilot.pause()
        room.advance(4)
        assert screen.session.position == pytest.approx(9)


async def test_a_person_who_paused_stays_paused_after_reading(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        screen = session_screen(pilot)
        room.advance(8)
        await pilot.press("space", "i", "escape")
        await pilot.pause()
        room.advance(10)
        assert screen.session.position == pytest.approx(8)


async def test_a_slept_laptop_pauses_and_says_so(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        screen = session_screen(pilot)
        room.advance(8)
        room.sleep(3600)
        screen.tick()
        await pilot.pause()
        text = screen_text(room.app)
        assert "PAUSED" in text
        assert "asleep" in text
        assert screen.session.position == pytest.approx(8)


async def test_every_cue_is_handed_to_the_sound_once_at_its_instant(tmp_path: Path) -> None:
    room = started(tmp_path)
    start = room.clock.now
    async with running(room) as pilot:
        session_screen(pilot)
        for _ in range(16):
            room.advance(4)
            await pilot.pause()
        played = [(sound, round(wall - start, 3)) for sound, wall in room.output.played]
        assert played[:6] == [("say", 0), ("three", 3), ("two", 4), ("one", 5), ("go", 6), ("rep", 10)]
        assert ("switch", 18) in played
        assert ("halfway", 49) in played
        assert played[-1] == ("done", 61.0)
        assert len(played) == len(set(played))


def shown(room: Room) -> type[object]:
    """What kind of screen is on top."""
    return type(room.app.screen)


async def test_the_whole_way_from_before_to_summary_is_kept(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    room = make_app(tmp_path, library=LIBRARY, events=events)
    async with running(room) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert shown(room) is RateScreen
        assert "How is your RIGHT knee right now?" in screen_text(room.app)
        await pilot.press("5")
        await pilot.pause()
        assert shown(room) is SessionScreen
        room.advance(62)
        await pilot.pause()
        assert shown(room) is RateScreen
        await pilot.press("3", "enter")
        await pilot.pause()
        assert shown(room) is SummaryScreen
        text = screen_text(room.app)
        assert "Saved." in text
        assert "After this session you rated 2 lower." in text
        await pilot.press("enter")
        await pilot.pause()
        assert "Right knee 3 today" in screen_text(room.app)
    session = room.diary.read(lambda store: store.last_session(), None)
    assert session is not None
    assert session.status is Status.FINISHED
    assert [(outcome.drill, outcome.side.value, outcome.reps_done) for outcome in session.outcomes] == [
        ("ankle-circles", "left", 3),
        ("ankle-circles", "right", 3),
        ("toe-curls", "both", 8),
    ]
    assert [(rating.moment.value, rating.score) for rating in session.ratings] == [("before", 5), ("after", 3)]
    lines = [json.loads(line) for line in events.read_text().splitlines()]
    assert [line["event"] for line in lines if line["event"] not in ("cue", "rep", "phase")] == [
        "rated",
        "started",
        "ended",
        "rated",
    ]
    cues = [(line["kind"], line["t"], line["wall"]) for line in lines if line["event"] == "cue"]
    assert len(cues) == 3 * 3 + 3 + 3 + 3 + 8 + 1 + 1 + 1 + 2
    first = cues[0][2]
    assert all(wall - first == pytest.approx(t) for _, t, wall in cues)


async def test_stopping_asks_first_then_keeps_and_rates(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        screen = session_screen(pilot)
        room.advance(12)
        await pilot.press("q")
        assert "Stop here?" in screen_text(room.app)
        await pilot.press("escape")
        room.advance(3)
        assert screen.session.position == pytest.approx(12)
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert shown(room) is RateScreen
        await pilot.press("s")
        await pilot.pause()
        assert "stopped early" in screen_text(room.app)
    session = room.diary.read(lambda store: store.last_session(), None)
    assert session is not None
    assert session.status is Status.STOPPED
    assert session.ratings[0].score is None


async def test_an_app_that_ends_in_the_middle_keeps_what_was_done(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        session_screen(pilot)
        room.advance(20)
    session = room.diary.read(lambda store: store.last_session(), None)
    assert session is not None
    assert session.status is Status.INTERRUPTED
    assert len(session.outcomes) == 1
    assert session.moved_s == pytest.approx(12)


async def test_a_drill_that_was_under_way_at_the_end_is_kept_too(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    room = started(tmp_path, events=events)
    async with running(room):
        room.advance(11)
    session = room.diary.read(lambda store: store.last_session(), None)
    assert session is not None
    assert [(outcome.result, outcome.reps_done) for outcome in session.outcomes] == [(Result.SKIPPED, 1)]
    last = json.loads(events.read_text().splitlines()[-1])
    assert (last["event"], last["status"]) == ("ended", "interrupted")


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36), (200, 60)])
async def test_everything_that_matters_is_on_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    room = started(tmp_path)
    async with running(room, size) as pilot:
        screen = session_screen(pilot)
        room.advance(8)
        await pilot.pause()
        text = screen_text(room.app)
        for words in ("Ankle circles", "LEFT foot", "Rep 1/3", "left", "then RIGHT foot", "drill 1 of 2"):
            assert words in text
        assert screen.query_one("#count").size.height >= (5 if size[1] < 60 else 12)


async def test_a_tiny_window_says_what_it_needs_and_goes_on(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room, (40, 10)) as pilot:
        screen = session_screen(pilot)
        room.advance(8)
        await pilot.pause()
        text = screen_text(room.app)
        assert "60x18" in text
        assert "Ankle circles" in text
        assert screen.session.position == pytest.approx(8)
        assert len(room.output.played) > 3
        await resize(pilot, 100, 30)
        await pilot.pause()
        assert "60x18" not in screen_text(room.app)


async def test_names_from_files_are_shown_as_they_are_written(tmp_path: Path) -> None:
    drill = make_drill("odd", reps=2)
    odd = type(drill)(**{name: getattr(drill, name) for name in drill.__slots__} | {"name": "[/b] $primary [red]x"})
    library = Library({"odd": odd}, {"made": make_routine(Item(drill="odd"))}, BODY)
    room = make_app(tmp_path, library=library, order=Order("made", skips_before=True))
    async with running(room) as pilot:
        session_screen(pilot)
        assert "[/b] $primary [red]x" in screen_text(room.app)
        await pilot.press("i")
        assert "[/b] $primary [red]x" in screen_text(room.app)


async def test_a_diary_that_cannot_be_written_stops_nothing_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "trainer.db").mkdir()
    room = started(tmp_path, settings=SET_UP)
    async with running(room) as pilot:
        session_screen(pilot)
        room.advance(62)
        await pilot.pause()
        await pilot.press("4", "enter")
        await pilot.pause()
        assert "Not saved yet." in screen_text(room.app)
    assert len(room.diary.waiting) > 2
    assert (room.kit.close() or "").endswith("What you did since then is not saved.")


@pytest.mark.parametrize(("name", "flash", "lit"), [("recorded", False, 0), ("recorded", True, 4), ("bell", False, 4)])
async def test_the_border_flashes_where_it_is_asked_for_or_a_bell_is_all_there_is(
    tmp_path: Path, name: str, flash: bool, lit: int
) -> None:
    room = started(tmp_path, settings=replace(SET_UP, flash=flash))
    room.output.name = name
    async with running(room) as pilot:
        seen = []
        for _ in range(26):  # getting ready takes six seconds: one flash as it begins, three at its end
            seen.append(room.app.screen.query_one("#stage").has_class("-flash"))
            room.advance(0.25)
            await pilot.pause()
        turns = sum(not before and now for before, now in pairwise([False, *seen[:24]]))
        assert turns == lit


async def test_what_happens_to_the_sound_is_told_once(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        room.output.waiting.append(News("The sound device went away.", is_trouble=True))
        room.advance(1)
        await pilot.pause()
        assert "The sound device went away." in screen_text(room.app)
        assert room.output.waiting == []


async def test_the_count_is_heard_as_one_likes_and_remembered(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert "A tick for each rep." in screen_text(room.app)
        assert room.written[-1].reps == "tick"


async def test_the_end_is_heard_to_its_end_and_a_stop_is_not(tmp_path: Path) -> None:
    room = started(tmp_path)
    async with running(room) as pilot:
        room.advance(62)
        await pilot.pause()
        assert shown(room) is RateScreen
        assert [sound for sound, _ in room.output.played][-1] == "done"
        assert room.output.cuts == 0


async def test_what_has_just_begun_is_seen_before_anything_is_thought_ahead(tmp_path: Path) -> None:
    thought: list[float] = []
    room = started(tmp_path)
    room.kit.swept = lambda: thought.append(round(session_screen(pilot).session.position, 3))
    async with running(room) as pilot:
        screen = session_screen(pilot)
        room.advance(32.5)
        room.kit.tick_s = 1.0  # from here on there is time
        room.advance(0.5)
        assert screen.session.phase.drill.id == "toe-curls"
        assert thought == []
        screen.tick()
        screen.tick()
        assert thought == [33]
