from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.app import SHIPPED, Room, make_app, running, screen_text
from tests.golden import assert_golden
from tests.made import make_routine
from trainer.body.ladder import Way
from trainer.body.motion import Motion
from trainer.core.routine import Item
from trainer.library import read_library
from trainer.ui.kit import Order
from trainer.ui.widgets.figure_view import FigureView, Kept, full_range

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
        assert all(got[name] == pytest.approx(degrees, abs=0.5) for name, degrees in wanted.items())


def test_a_circle_keeps_its_own_range() -> None:
    way = Motion.of(LIBRARY.body, LIBRARY.drills["ankle-circles"]).way
    assert full_range(way, 0.3, 0.4) == (0.3, 0.4)
