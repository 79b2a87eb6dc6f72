from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.app import SET_UP, SHIPPED, Room, make_app, running, screen_text
from tests.made import make_routine
from trainer.body.acting import Act
from trainer.core.routine import Item, WhichSides
from trainer.core.side import Affected, Side
from trainer.library import Broken, Complaint, Kind, read_library
from trainer.ui.home import HomeScreen
from trainer.ui.onlooker import figure_keys
from trainer.ui.outline import broken_routines, outline_of
from trainer.ui.preview import rows
from trainer.ui.rate import RateScreen
from trainer.ui.widgets.figure_view import FigureView
from trainer.ui.widgets.moving_drill import HURRY_S, MovingDrill

SHIPPED_LIBRARY = read_library(SHIPPED.shipped_routines)
MADE = replace(
    make_routine(
        Item(drill="ankle-circles", reps=4),
        Item(drill="cat-camel", time=30),
        Item(rest=20),
        Item(drill="ankle-pumps", reps=2, tempo=3),
        Item(drill="ankle-circles", reps=1, sides=WhichSides.LEFT),
    ),
    purpose="A [b]purpose[/x].",
    when="every $morning",
    equipment=("chair", "[mat]"),
    by="Dr. [i]Who",
)
MISTAKES = (
    Complaint("mine.yaml", 3, 5, "'repz' is not a field; did you mean 'reps'?"),
    Complaint("mine.yaml", 7, 9, "[/b] is no drill."),
)
BROKEN = Broken(Path("/x/mine.yaml"), Kind.ROUTINE, "mine", "[b]My own[/c]", MISTAKES)
LIBRARY = replace(SHIPPED_LIBRARY, routines={"made": MADE}, broken=(BROKEN,))


def opened(data: Path, **wishes: object) -> Room:
    return make_app(data, library=LIBRARY, **wishes)


def picture(room: Room) -> str:
    """Where the figure has come to."""
    room.app.screen.query_one(MovingDrill).move()
    return room.app.screen.query_one(FigureView).frame.text()


def test_an_outline_is_the_routine_in_the_words_of_its_timeline() -> None:
    outline = outline_of(LIBRARY, "made", replace(SET_UP, affected_knee=Affected.RIGHT))
    told = [(line.name, line.dose, line.sides_in_words, line.position, line.start_s) for line in outline.lines]
    assert told == [
        ("Ankle circles", "4 x 4 s", "left, right", "sitting", 0),
        ("Cat-camel", "30 s", "both sides", "kneeling", 41),
        ("Rest", "20 s", "", "", 83),
        ("Ankle pumps", "2 x 3 s", "in turn", "sitting", 103),
        ("Ankle circles", "1 x 4 s", "left", "sitting", 121),
    ]
    assert outline.total_s == 129
    assert outline.lines[4].sides == (Side.LEFT,)


def test_a_broken_routine_can_have_no_routine_s_name() -> None:
    assert list(broken_routines(LIBRARY)) == ["broken:0"]
    assert outline_of(LIBRARY, "broken:0", SET_UP).lines == ()


@pytest.mark.parametrize("width", range(8, 90, 3))
def test_rows_show_what_fits_and_the_name_always(width: int) -> None:
    lines = outline_of(LIBRARY, "made", SET_UP).lines
    shown = [row.plain for row in rows(lines, width)]
    assert all(line.name in row for line, row in zip(lines, shown, strict=True))
    assert len({len(row) for row in shown}) == 1
    assert len(shown[0]) <= max(width, len("Ankle circles"))
    assert ("4 x 4 s" in shown[0]) == (width >= 22)
    assert ("0:00" in shown[0]) == (width >= 52)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36), (200, 60)])
async def test_at_every_size_there_are_drills_figure_dose_and_needs(tmp_path: Path, size: tuple[int, int]) -> None:
    room = opened(tmp_path)
    async with running(room, size) as pilot:
        await pilot.press("i")
        await pilot.pause()
        text = screen_text(room.app)
        for words in ("Made for tests   2:09 min · 4 drills", "every $morning · chair, [mat]", "Cat-camel", "4 x 4 s"):
            assert words in text
        assert ("A [b]purpose[/x]." in text) == (size[1] > 18)
        assert "enter Start" in text
        assert "? Keys" in text
        assert room.app.screen.query_one(FigureView).has_room
        assert room.app.screen.query_one(FigureView).frame.text().strip()


async def test_the_selected_drill_moves_on_its_side_and_stands_still_while_it_rests(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room, (120, 36)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "Lift the left foot" in screen_text(room.app)  # the good side comes first
        act = room.app.screen.query_one(FigureView)._act
        assert act is not None
        assert act.side is Side.LEFT
        first = picture(room)
        room.clock.advance(1)
        assert picture(room) != first
        await pilot.press("down", "down")
        room.clock.advance(1)
        resting = picture(room)
        room.clock.advance(1)
        assert picture(room) == resting
        await pilot.pause()
        assert "The next drill starts by itself." in screen_text(room.app)


async def test_enter_starts_the_routine_and_escape_goes_back(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room) as pilot:
        await pilot.press("i", "escape")
        await pilot.pause()
        assert isinstance(room.app.screen, HomeScreen)
        await pilot.press("i", "i")
        await pilot.pause()
        assert isinstance(room.app.screen, HomeScreen)
        await pilot.press("i", "down", "enter")
        await pilot.pause()
        assert isinstance(room.app.screen, RateScreen)
        await pilot.press("s")
        await pilot.pause()
        assert "Made for tests" in screen_text(room.app)
        assert "drill 1 of 4" in screen_text(room.app)


async def test_a_broken_routine_tells_every_mistake_and_does_not_start(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room, (60, 18)) as pilot:
        await pilot.press("end", "i")
        await pilot.pause()
        text = screen_text(room.app)
        assert "[b]My own[/c]" in text
        assert "cannot be started until its file is mended" in " ".join(text.split())
        assert "mine.yaml:3:5: 'repz' is not a field; did you mean 'reps'?" in " ".join(text.split())
        assert "mine.yaml:7:9: [/b] is no drill." in text
        assert "Start" not in text
        await pilot.press("enter", "space", "shift+up", "shift+left", "shift+home", "v")
        await pilot.pause()
        assert room.app.screen.query("#why-not")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(room.app.screen, HomeScreen)


@pytest.mark.parametrize("place", ["i", "d"])
async def test_nothing_moves_under_something_else(tmp_path: Path, place: str) -> None:
    room = opened(tmp_path)
    async with running(room) as pilot:
        await pilot.press(place)
        await pilot.pause()
        below = room.app.screen
        view, drill = below.query_one(FigureView), below.query_one(MovingDrill)
        await pilot.press("f1")
        await pilot.pause()
        before = view.frame
        room.clock.advance(1)
        drill.move()
        assert view.frame is before
        await pilot.press("escape")
        await pilot.pause()
        drill.move()
        assert view.frame is not before


@pytest.mark.parametrize("place", ["i", "d"])
async def test_hurrying_through_the_list_draws_only_where_it_ends(tmp_path: Path, place: str) -> None:
    room = opened(tmp_path)
    async with running(room, (120, 36)) as pilot:
        await pilot.press(place)
        await pilot.pause()
        room.clock.advance(1)
        before = picture(room)
        acted: list[str] = []
        view = room.app.screen.query_one(FigureView)
        perform = view.perform

        def watch(act: Act) -> None:
            acted.append(act.drill.id)
            perform(act)

        view.perform = watch  # type: ignore[method-assign]
        for _ in range(4):
            await pilot.press("down")
            room.clock.advance(HURRY_S / 2)
            room.app.screen.query_one(MovingDrill).move()
        assert len(set(acted)) == 1  # the first press came out of rest
        room.clock.advance(HURRY_S)
        assert picture(room) != before
        assert len(set(acted)) == 2
        drills = [item.drill for item in MADE.items] if place == "i" else list(LIBRARY.drills)
        assert acted[-1] == drills[4]


async def test_without_animations_only_key_poses_are_shown(tmp_path: Path) -> None:
    room = opened(tmp_path)
    room.app.animation_level = "none"
    async with running(room) as pilot:
        await pilot.press("i")
        await pilot.pause()
        pictures = set()
        for _ in range(40):
            room.clock.advance(0.1)
            pictures.add(picture(room))
        assert 2 <= len(pictures) <= 4


@pytest.mark.parametrize("place", ["i", "d", "enter"])
async def test_every_screen_with_a_figure_has_the_same_keys_for_it(tmp_path: Path, place: str) -> None:
    room = opened(tmp_path, settings=replace(SET_UP, ask_before=False))
    async with running(room, (120, 60)) as pilot:
        await pilot.press(place)
        await pilot.pause()
        bound = {active.binding.id for active in room.app.screen.active_bindings.values()}
        assert {binding.id for binding in figure_keys(is_shown=False)} <= bound
        view = room.app.screen.query_one(FigureView)
        pictures = [view.frame.text()]
        for key in ("shift+right", "shift+up", "v", "shift+home"):
            await pilot.press(key)
            await pilot.pause()
            pictures.append(view.frame.text())
        assert len(set(pictures)) == 5
        await pilot.press("f1")
        await pilot.pause()
        for words in ("shift+←→", "shift+↑↓", "shift+home", "as in a mirror"):
            assert words in screen_text(room.app)
