from __future__ import annotations

from dataclasses import replace
from math import atan2, degrees
from pathlib import Path

import pytest
from textual.geometry import Region

from tests.app import SET_UP, SHIPPED, Room, make_app, running, screen_text
from tests.golden import assert_golden
from tests.made import make_routine
from trainer.body.acting import Act
from trainer.body.ladder import Way
from trainer.body.motion import Motion
from trainer.core.drill import Drill
from trainer.core.routine import Item
from trainer.core.side import Side
from trainer.drawing.figure import Stage
from trainer.drawing.glyphs import Glyphs
from trainer.drawing.kept import Kept
from trainer.drawing.loop import frames_for
from trainer.library import read_library
from trainer.ui.kit import Order
from trainer.ui.widgets.figure_view import FigureView, full_range

SHIPPED_LIBRARY = read_library(SHIPPED.shipped_routines)
MADE = make_routine(Item(drill="cat-camel", reps=3), Item(drill="ankle-circles", reps=4))
LIBRARY = replace(SHIPPED_LIBRARY, routines={"made": MADE})
# prepare 0-6, cat-camel 6-24, prepare 24-36, circles 36-52 …


def opened(data: Path) -> Room:
    return make_app(data, library=LIBRARY, order=Order("made", skips_before=True))


def figure(room: Room) -> str:
    return room.app.screen.query_one(FigureView).frame.text()


async def test_the_screen_as_it_was_approved(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room, (100, 30)) as pilot:
        room.advance(8)
        await pilot.pause()
        assert_golden("session_100x30", screen_text(room.app))


async def test_the_figure_moves_with_the_clock_and_stands_still_in_a_pause(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room) as pilot:
        room.advance(8)
        await pilot.pause()
        first = figure(room)
        room.advance(1)
        await pilot.pause()
        second = figure(room)
        assert first != second
        await pilot.press("space")
        room.advance(30)
        await pilot.pause()
        assert figure(room) == second


async def test_an_equal_moment_is_not_drawn_again(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room) as pilot:
        room.advance(8)
        view = room.app.screen.query_one(FigureView)
        before = view.frame
        room.app.screen.tick()  # type: ignore[attr-defined]
        await pilot.pause()
        assert view.frame is before


async def test_a_small_window_shows_the_count_and_a_key_swaps_it_for_the_figure(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room, (60, 18)) as pilot:
        room.advance(8)
        await pilot.pause()
        assert not room.app.screen.query_one(FigureView).has_room
        await pilot.press("f")
        await pilot.pause()
        room.advance(0.5)
        await pilot.pause()
        assert room.app.screen.query_one(FigureView).has_room
        assert figure(room).strip()
        assert "Rep 1/3" in screen_text(room.app)


async def test_keys_turn_it_mirror_it_and_change_its_glyphs(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room) as pilot:
        room.advance(8)
        await pilot.pause()
        pictures = [figure(room)]
        for key in ("shift+right", "v", "g"):
            await pilot.press(key)
            await pilot.pause()
            pictures.append(figure(room))
        assert len(set(pictures)) == 4
        await pilot.press("v", "v", "shift+left", *"ggggg")
        await pilot.pause()
        assert figure(room) == pictures[0]


async def test_how_it_stands_is_kept(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room) as pilot:
        room.advance(8)
        await pilot.press("v")
        await pilot.pause()
        assert room.written[-1].figure == "mirror"
        assert "As in a mirror" in screen_text(room.app)


async def test_without_animations_only_key_poses_are_shown(tmp_path: Path) -> None:
    room = opened(tmp_path)
    room.app.animation_level = "none"
    async with running(room) as pilot:
        room.advance(6)
        pictures = set()
        for _ in range(24):
            room.advance(0.25)
            await pilot.pause()
            pictures.add(figure(room))
        assert 2 <= len(pictures) <= 5


def test_what_is_kept_is_bounded_and_the_longest_unused_goes_first() -> None:
    kept: Kept[int, str] = Kept(2)
    made: list[int] = []

    def get(key: int) -> str:
        def make() -> str:
            made.append(key)
            return str(key)

        return kept.get(key, make)

    for key in (1, 2, 1, 3, 1, 2):
        assert get(key) == str(key)
    assert made == [1, 2, 3, 2]


@pytest.mark.parametrize("drill", ["cat-camel", "knee-to-wall", "hip-hinge", "neck-rotation"])
def test_a_smaller_range_is_a_picture_of_the_whole_one(drill: str) -> None:
    motion = Motion.of(LIBRARY.body, LIBRARY.drills[drill])
    assert isinstance(motion.way, Way)
    for step in range(20):
        phase, reach = full_range(motion.way, step / 20, 0.4)
        assert reach == 1.0
        wanted, got = motion.pose(step / 20, 0.4), motion.pose(phase)
        assert all(got[name] == pytest.approx(wide, abs=0.5) for name, wide in wanted.items())


def test_a_circle_keeps_its_own_range() -> None:
    way = Motion.of(LIBRARY.body, LIBRARY.drills["ankle-circles"]).way
    assert full_range(way, 0.3, 0.4) == (0.3, 0.4)


async def test_the_eye_rises_and_sinks_within_bounds_and_comes_back(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room) as pilot:
        room.advance(8)
        await pilot.pause()
        usual = figure(room)
        pictures = []
        for _ in range(8):
            await pilot.press("shift+up")
            pictures.append(figure(room))
        assert len(set(pictures)) == 5  # from 8 degrees to 75
        assert pictures[-1] == pictures[-2]
        for _ in range(9):
            await pilot.press("shift+down")
        lowest = figure(room)
        await pilot.press("shift+down")
        assert figure(room) == lowest
        assert lowest not in (usual, *pictures)
        await pilot.press("shift+right", "shift+home")
        assert figure(room) == usual


async def test_a_drill_stays_turned_and_the_next_one_is_seen_as_it_shows_best(tmp_path: Path) -> None:
    plain, turned = opened(tmp_path / "a"), opened(tmp_path / "b")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    shown: list[list[str]] = []
    for room, keys in ((plain, ()), (turned, ("shift+right", "shift+up"))):
        shown.append([])
        async with running(room) as pilot:
            room.advance(8)
            await pilot.press(*keys)
            for seconds in (0, 6, 32):  # cat-camel, its next repetition, circles
                room.advance(seconds)
                await pilot.pause()
                shown[-1].append(figure(room))
            await pilot.press("left", "left", "left", "left")  # back to cat-camel
            room.advance(8)
            await pilot.pause()
            shown[-1].append(figure(room))
    assert [a == b for a, b in zip(*shown, strict=True)] == [False, False, True, False]


@pytest.mark.parametrize("stance", ["facing", "mirror", "behind"])
@pytest.mark.parametrize("side", [Side.RIGHT, Side.LEFT])
async def test_right_turns_it_the_same_way_on_the_screen_however_it_stands(
    tmp_path: Path, stance: str, side: Side
) -> None:
    room = make_app(tmp_path, library=LIBRARY, settings=replace(SET_UP, figure=stance))
    async with running(room) as pilot:
        await pilot.press("d")
        await pilot.pause()
        view = room.app.screen.query_one(FigureView)
        drill = LIBRARY.drills["leg-swing-sagittal"]
        view.perform(Act(drill, side, 0.0))
        before = front(view, drill, side)
        await pilot.press("shift+right")
        assert (front(view, drill, side) - before + 180) % 360 - 180 == pytest.approx(15, abs=1)


def front(view: FigureView, drill: Drill, side: Side) -> float:
    """Degrees on the screen, from straight at whoever looks towards the right, that the body's front points to."""
    eye = view._stage(drill, side)._view("full")
    ahead = eye.see((1.0, 0.0, 0.0))
    return degrees(atan2(ahead[0], ahead[2]))


@pytest.mark.parametrize(("glyphs", "arrows"), [("ascii", "<> Back, next"), ("quadrant", "←→ Back, next")])
async def test_the_keys_are_named_in_ascii_where_nothing_else_can_be_shown(
    tmp_path: Path, glyphs: Glyphs, arrows: str
) -> None:
    room = opened(tmp_path)
    room.kit.glyphs = glyphs
    async with running(room) as pilot:
        room.advance(8)
        await pilot.pause()
        assert arrows in screen_text(room.app)
        await pilot.press("f1")
        await pilot.pause()
        assert ("shift+left/right" in screen_text(room.app)) is (glyphs == "ascii")


async def test_what_changed_is_painted_as_a_new_window_would_paint_it(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room) as pilot:
        room.advance(8)
        await pilot.pause()
        view = room.app.screen.query_one(FigureView)
        whole = Region(0, 0, *view.size)
        for _ in range(12):
            room.advance(0.35)
            await pilot.pause()
            at_once = [list(strip) for strip in view.render_lines(whole)]
            assert ["".join(segment.text for segment in strip) for strip in at_once] == list(view.frame.lines())
            view._forget()
            assert [list(strip) for strip in view.render_lines(whole)] == at_once
        right = Region(5, 2, 20, 4)
        assert [strip.text for strip in view.render_lines(right)] == [line[5:25] for line in view.frame.lines()[2:6]]


async def test_the_figure_stands_on_whatever_colour_comes_to_lie_behind_it(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room) as pilot:
        room.advance(8)
        await pilot.pause()
        view = room.app.screen.query_one(FigureView)
        whole = Region(0, 0, *view.size)
        for colour in ("#800000", "#000080"):
            room.app.screen.query_one("#stage").styles.background = colour
            room.app.screen.query_one("#show").styles.background = "transparent"
            await pilot.pause()
            assert {
                segment.style.bgcolor.get_truecolor().hex
                for strip in view.render_lines(whole)
                for segment in strip
                if segment.style is not None and segment.style.bgcolor is not None
            } == {colour}


async def test_a_slow_repetition_has_as_many_pictures_a_second_as_a_quick_one(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room) as pilot:
        await pilot.pause()
        view = room.app.screen.query_one(FigureView)
        circles = LIBRARY.drills["ankle-circles"]
        for lasts_s in (4.0, 9.0):
            seen = set()
            for i in range(40):  # two seconds
                view.perform(Act(circles, Side.RIGHT, i / 20 / lasts_s, lasts_s=lasts_s))
                seen.add(view.frame)
            assert len(seen) > 35


async def test_a_circle_is_drawn_ahead_in_the_range_that_it_begins_with(tmp_path: Path) -> None:
    room = opened(tmp_path)
    async with running(room) as pilot:
        await pilot.pause()
        view = room.app.screen.query_one(FigureView)
        circles = LIBRARY.drills["ankle-circles"]
        for _ in range(frames_for(circles.dose.tempo, view._rate)):
            view.prepare(circles, Side.RIGHT)
        stage = view._stage(circles, Side.RIGHT)
        drawn: list[float] = []
        stage.frame = lambda phase, **_: drawn.append(phase)  # type: ignore[assignment, method-assign]
        view.perform(Act(circles, Side.RIGHT, 0.3, reach=0.4))
        assert not drawn
        assert view.frame == Stage(LIBRARY.body, circles, Side.RIGHT, *view.size, glyphs=view._glyphs).frame(
            0.3, reach=0.4
        )
