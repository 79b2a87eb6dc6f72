"""The figure: exactly as large as asked, standing still, left the mirror of right, and readable without colour."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.golden import assert_golden
from trainer.body.motion import Motion
from trainer.core.drill import Drill, Sides
from trainer.core.side import Side
from trainer.drawing.accent import Accent
from trainer.drawing.arrow import Path as Way
from trainer.drawing.arrow import clear_of
from trainer.drawing.camera import View
from trainer.drawing.canvas import Canvas
from trainer.drawing.figure import ROOM_FOR_BOTH, Shown, Stage
from trainer.drawing.frame import Frame
from trainer.drawing.glyphs import ALL_GLYPHS, Glyphs
from trainer.drawing.limbs import far_limbs, fleshed, whole_body
from trainer.drawing.loop import FEWEST, MOST, FigureLoop, frames_for
from trainer.library import Library, read_library

SHIPPED = Path(__file__).parent.parent / "routines"
PHASES = (0.0, 0.25, 0.5, 0.75)


@lru_cache(maxsize=1)
def library() -> Library:
    return read_library(SHIPPED)


def drill(name: str) -> Drill:
    return library().drills[name]


def stage(name: str, side: Side = Side.RIGHT, size: tuple[int, int] = (60, 30), **more: object) -> Stage:
    return Stage(library().body, drill(name), side, *size, **more)  # type: ignore[arg-type]


def cells_of(frame: Frame, *roles: str) -> set[tuple[int, int]]:
    """Where these roles are, as column and row."""
    found: set[tuple[int, int]] = set()
    for y, row in enumerate(frame.rows):
        x = 0
        for run in row:
            for character in run.text:
                if run.role in roles and character != " ":
                    found.add((x, y))
                x += 1
    return found


EVERY = sorted(library().drills)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(EVERY), st.sampled_from([Side.LEFT, Side.RIGHT, Side.BOTH]),
    st.integers(1, 200), st.integers(1, 80), st.sampled_from(ALL_GLYPHS), st.sampled_from(["auto", "full", "focus"]),
    st.none() | st.floats(-360, 360), st.none() | st.floats(-90, 90),
    st.booleans(), st.booleans(), st.floats(0, 1), st.floats(0, 1), st.floats(0.5, 4), st.booleans(),
)  # fmt: skip
def test_a_frame_is_exactly_as_large_as_asked(
    name: str, side: Side, width: int, height: int, glyphs: Glyphs, view: Shown,
    azimuth: float | None, elevation: float | None,
    mirror: bool, behind: bool, phase: float, reach: float, aspect: float, backward: bool,
) -> None:  # fmt: skip
    one = Stage(
        library().body, drill(name), side, width, height, glyphs=glyphs, view=view, azimuth=azimuth,
        elevation=elevation, mirror=mirror, behind=behind, aspect=aspect,
    )  # fmt: skip
    frame = one.frame(phase, reach=reach, backward=backward)
    assert (frame.width, frame.height) == (width, height)


@pytest.mark.parametrize("size", [(0, 0), (0, 5), (5, 0), (-3, 4)])
def test_no_room_is_no_error(size: tuple[int, int]) -> None:
    frame = stage("ankle-circles", size=size).frame(0.3)
    assert (frame.width, frame.height) == (max(0, size[0]), max(0, size[1]))


@pytest.mark.parametrize("name", EVERY)
def test_every_drill_shows_what_moves_and_where_it_goes(name: str) -> None:
    one = stage(name)
    frames = [one.frame(phase) for phase in PHASES]
    for frame in frames:
        assert "path" in frame.roles()
        assert len(cells_of(frame, "path")) >= 5
    assert any("moving" in frame.roles() for frame in frames)
    assert len({frame.text() for frame in frames}) >= 2


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("size", [(60, 30), (38, 17)], ids=str)
def test_nothing_of_the_body_is_cut_off_in_the_whole_view(name: str, size: tuple[int, int]) -> None:
    one = stage(name, size=size, view="full")
    limbs = "limb", "limb.left", "limb.right", "limb.far", "moving"
    rows, columns = set[int](), set[int]()
    for i in range(12):
        for x, y in cells_of(one.frame(i / 12), *limbs):
            columns.add(x)
            rows.add(y)
    assert min(columns) >= 0
    assert max(columns) < size[0]
    # It fills its room one way or the other.
    assert (max(columns) - min(columns)) / size[0] > 0.55 or (max(rows) - min(rows)) / size[1] > 0.55


@pytest.mark.parametrize("name", ["seated-knee-extension", "standing-side-bend", "cat-camel", "gaze-tracking"])
def test_what_rests_never_jumps(name: str) -> None:
    one = stage(name, view="full")
    floors = [cells_of(one.frame(i / 12), "floor") for i in range(12)]
    always = set.intersection(*floors)
    # The body hides parts of the floor and chair, but what is seen of it stands in one place.
    assert len(always) > 0.5 * max(len(floor) for floor in floors)


def test_the_far_arm_holds_on_and_the_far_leg_stands_still() -> None:
    one = stage("leg-swing-sagittal")
    still = set.intersection(*[cells_of(one.frame(i / 12), "limb.far") for i in range(12)])
    assert len({cell for cell in still if cell[1] < 15}) >= 8
    # The letter beside the foot is one cell.
    assert len({cell for cell in still if cell[1] > 15}) >= 3


@pytest.mark.parametrize("name", [name for name in EVERY if drill(name).sides is Sides.UNILATERAL])
def test_left_is_right_in_a_mirror(name: str) -> None:
    # Pixels are cut at their middles, so a line may fall on either side of one: nearly all must agree.
    right, left = (stage(name, side, size=(40, 20), view="full", glyphs="octant") for side in (Side.RIGHT, Side.LEFT))
    for phase in PHASES:
        here = cells_of(right.frame(phase), "limb.right", "limb.left", "limb.far", "limb", "moving")
        there = {
            (39 - x, y) for x, y in cells_of(left.frame(phase), "limb.right", "limb.left", "limb.far", "limb", "moving")
        }
        assert len(here & there) >= 0.88 * len(here | there)
        sides = cells_of(right.frame(phase), "limb.right"), cells_of(left.frame(phase), "limb.left")
        assert len({(39 - x, y) for x, y in sides[1]} ^ sides[0]) <= 0.2 * len(sides[0] | sides[1]) + 4


def test_a_mirror_moves_on_the_side_that_you_move_on() -> None:
    def middle(mirror: bool) -> float:
        cells = cells_of(stage("leg-swing-frontal", mirror=mirror).frame(0.0), "moving")
        return sum(x for x, _ in cells) / len(cells)

    assert middle(False) < 30 < middle(True)


def test_from_behind_the_face_is_not_seen() -> None:
    facing, away = (View(azimuth, 8).see_all(_points("neck-rotation")) for azimuth in (0.0, 180.0))
    assert facing["nose"][2] > facing["head"][2]
    assert away["nose"][2] < away["head"][2]
    frames = [stage("neck-rotation", behind=behind).frame(0.0) for behind in (False, True)]
    heads = [_holes(frame) for frame in frames]
    assert heads[0] >= heads[1] + 4


def _points(name: str) -> dict[str, tuple[float, float, float]]:
    return fleshed(Motion.of(library().body, drill(name)).points(0.0, close_up=True))


def _holes(frame: Frame) -> int:
    """Cells inside the lit head, between its edges, that are not full."""
    count = 0
    for row in frame.rows:
        text = "".join(run.text if run.role == "moving" else " " * len(run.text) for run in row)
        right = text[26:].strip()
        count += sum(1 for character in right[2:-2] if character != "█")
    return count


@pytest.mark.parametrize("name", EVERY)
def test_left_and_right_are_told_apart_without_colour(name: str) -> None:
    for side in (Side.RIGHT, Side.LEFT):
        text = stage(name, side, glyphs="half").frame(0.0).text()
        letter = "L" if side is Side.LEFT and drill(name).is_one_sided else "R"
        assert letter in text


@pytest.mark.parametrize("name", ["ankle-circles", "cat-camel", "neck-rotation", "finger-splay"])
def test_ascii_is_ascii(name: str) -> None:
    for phase in PHASES:
        assert stage(name, glyphs="ascii").frame(phase).text().isascii()


def test_a_close_up_stands_beside_the_body_where_there_is_room_for_both() -> None:
    width, height = ROOM_FOR_BOTH
    assert "floor" in stage("wrist-circles", size=(width, height)).frame(0.1).roles()
    for size in ((width - 1, height), (width, height - 1)):
        # Hands are seen alone: no chair.
        assert "floor" not in stage("wrist-circles", size=size).frame(0.1).roles()
    assert "floor" not in stage("wrist-circles", view="focus").frame(0.1).roles()


def test_the_hand_is_larger_alone() -> None:
    both, alone = (len(cells_of(stage("wrist-circles", view=v).frame(0.2), "moving")) for v in ("auto", "focus"))
    assert alone > both


def test_only_the_leg_whose_turn_it_is_is_lit() -> None:
    one = stage("seated-knee-extension")
    assert {part for part in one.accent.parts(0.2) if part.startswith("shank")} == {"shank_r"}
    assert {part for part in one.accent.parts(0.7) if part.startswith("shank")} == {"shank_l"}
    assert "shank_l" in one.accent.parts(0.5)
    assert "shank_r" in one.accent.parts(0.5, backward=True)


@pytest.mark.parametrize(
    ("name", "lit", "calm"),
    [
        ("hip-hinge", "thorax", "thigh_r"),
        ("hip-circles-standing", "shank_r", "pelvis"),
        ("knee-to-wall", "shank_r", "foot_r"),
        ("heel-raise-toe-break", "foot_r", "shank_r"),
        ("cat-camel", "lumbar", "upper_arm_r"),
        ("short-foot", "arch_r", "toe1_r"),
        ("toe-yoga", "toe1_r", "foot_r"),
        ("gaze-tracking", "eye", "upper_arm_r"),
        ("thoracic-extension-seated", "thorax", "upper_arm_r"),
    ],
)
def test_the_accent_is_on_what_the_drill_is_about(name: str, lit: str, calm: str) -> None:
    parts = stage(name).accent.all_parts
    assert lit in parts
    assert calm not in parts


def test_a_drill_of_an_unknown_kind_lights_what_it_moves() -> None:
    odd = replace(drill("cat-camel"), region="eyes")
    motion = Motion.of(library().body, odd)
    looks = [fleshed(motion.points(i / 24, close_up=True)) for i in range(24)]
    assert "thigh_r" in Accent(odd, Side.BOTH, motion, looks).all_parts


def test_the_path_turns_round_where_the_repetition_runs_backward() -> None:
    one = stage("ankle-circles")
    there, back = (cells_of(one.frame(0.4, backward=backward), "path") for backward in (False, True))
    assert there != back
    body = [cells_of(one.frame(0.4, backward=b), "limb.right", "moving") for b in (False, True)]
    assert len(body[0] ^ body[1]) < 0.1 * len(body[0])


def test_a_small_range_is_drawn_smaller() -> None:
    one = stage("seated-knee-extension")
    full, part = (cells_of(one.frame(0.25, reach=reach), "moving") for reach in (1.0, 0.4))
    assert min(y for _, y in full) <= min(y for _, y in part)
    assert max(x for x, _ in full) > max(x for x, _ in part)


def test_any_pose_can_be_drawn_on_a_stage() -> None:
    one = stage("seated-knee-extension")
    frame = one.still(one.motion.points(0.25, close_up=True))
    assert (frame.width, frame.height) == (60, 30)
    assert frame.roles().isdisjoint({"path", "moving"})


def test_the_nearer_leg_is_bright_and_the_other_one_dim() -> None:
    seen = View(75).see_all(_points("leg-swing-sagittal"))
    assert far_limbs(whole_body(), [seen]) >= {"leg_l", "arm_l"}
    assert "leg_r" not in far_limbs(whole_body(), [seen])
    front = View(0).see_all(_points("standing-side-bend"))
    assert far_limbs(whole_body(), [front]) == frozenset()


def test_crossing_limbs_part() -> None:
    canvas = Canvas(20, 10, "quadrant")
    canvas.limb([((2.0, 10.0), 1.5, (18.0, 10.0), 1.5, "limb.left")])
    canvas.limb([((10.0, 2.0), 1.5, (10.0, 18.0), 1.5, "limb.right")])
    row = canvas.frame().lines()[5]
    assert row[8] in "▘▝▖▗▌▐ "
    assert "█" in row[:7]


def test_bones_of_one_limb_grow_together() -> None:
    canvas = Canvas(20, 10, "quadrant")
    canvas.limb([((2.0, 10.0), 1.5, (10.0, 10.0), 1.5, "moving"), ((10.0, 10.0), 1.5, (18.0, 10.0), 1.5, "limb")])
    assert " " not in canvas.frame().lines()[4][3:17]


class TestWay:
    ROUND = Way.of([(10.0, 0.0), (20.0, 10.0), (10.0, 20.0), (0.0, 10.0)] * 1)
    THERE_AND_BACK = Way.of([(float(x), 5.0) for x in (0, 1, 2, 3, 4, 5, 6, 7, 8, 7, 6, 5, 4, 3, 2, 1)])

    def test_round_is_told_from_there_and_back(self) -> None:
        assert self.ROUND.is_round
        assert not self.THERE_AND_BACK.is_round

    def test_what_comes_next_ends_at_the_turn(self) -> None:
        assert self.THERE_AND_BACK.stretch(0.25)[-1] == (8.0, 5.0)
        assert self.THERE_AND_BACK.stretch(0.25, backward=True)[-1] == (0.0, 5.0)

    def test_just_before_the_turn_the_way_back_is_shown(self) -> None:
        assert self.THERE_AND_BACK.stretch(0.45)[-1] == (0.0, 5.0)

    def test_a_rest_is_passed_over(self) -> None:
        way = Way.of([(0.0, 0.0), (4.0, 0.0), (8.0, 0.0), (8.0, 0.0), (8.0, 0.0), (4.0, 0.0)])
        assert way.stretch(0.0)[-1] == (8.0, 0.0)
        assert way.stretch(0.5)[-1] == (0.0, 0.0)

    def test_trembling_is_a_rest(self) -> None:
        way = Way.of([(0.0, 0.0), (4.0, 0.0), (8.0, 0.0), (7.99, 0.0), (8.0, 0.0), (4.0, 0.0)])
        assert len(way.stretch(0.0)) == 5

    def test_it_steps_aside_from_the_body(self) -> None:
        mask = tuple("   ######   " + " " * 28 for _ in range(20))
        way = Way.of([(4.0 + x, 20.0) for x in (0, 1, 2, 3, 4, 3, 2, 1)])
        (moved,) = clear_of([way], (4.0, 20.0), [mask] * 4, 2.0)
        ahead = [spot for i in range(4) for spot in moved.stretch(i / 4)]
        assert sum(2 <= x < 10 for x, _ in ahead) < len(ahead) / 2
        assert all(0 < x < 40 and 0 < y < 40 for x, y in ahead)


class TestLoop:
    def test_the_number_of_frames_follows_the_tempo_within_bounds(self) -> None:
        slow = replace(drill("ankle-pumps"), dose=replace(drill("ankle-pumps").dose, tempo=60.0))
        assert FigureLoop(Stage(library().body, slow, Side.BOTH, 20, 10)).count == MOST
        short = replace(drill("ankle-pumps"), dose=replace(drill("ankle-pumps").dose, tempo=0.5, hold=0.0))
        assert FigureLoop(Stage(library().body, short, Side.BOTH, 20, 10)).count == 10
        assert FigureLoop(stage("ankle-pumps"), frames=2).count == 2
        assert FigureLoop(stage("ankle-pumps"), frames=0).count == 1
        assert [frames_for(seconds, 20) for seconds in (0.1, 4, 12, 60)] == [FEWEST, 80, 240, 240]

    @pytest.mark.parametrize("name", EVERY)
    def test_twenty_pictures_a_second_whatever_goes_there_and_back_or_round(self, name: str) -> None:
        loop = FigureLoop(Stage(library().body, drill(name), Side.RIGHT, 20, 10))
        assert loop.count / drill(name).dose.tempo == pytest.approx(20)

    def test_a_frame_is_drawn_once(self) -> None:
        loop = FigureLoop(stage("heel-slide", size=(30, 12)), frames=8)
        assert loop.frame_at(0.25) is loop.frame_at(0.26)
        assert loop.frame_at(0.25) is not loop.frame_at(0.5)
        assert loop.frame_at(0.99) is loop.frame_at(0.0) is loop.frame_at(1.0)

    def test_equal_rows_and_frames_are_one_object(self) -> None:
        loop = FigureLoop(stage("heel-slide", size=(30, 12)), frames=12)
        loop.build(60.0, lambda: 0.0)
        rows = [row for i in range(12) for row in loop.frame_at(i / 12).rows]
        assert len({id(row) for row in rows}) == len(set(rows)) < len(rows)

    def test_it_is_built_in_slices_from_where_it_is_needed(self) -> None:
        ticks = iter(range(1000))
        loop = FigureLoop(stage("heel-slide", size=(30, 12)), frames=6)
        assert not loop.build(1.5, lambda: float(next(ticks)), start=0.5)
        drawn = [i for i, frame in enumerate(loop._frames) if frame is not None]
        assert drawn == [3, 4]
        slices = 1
        while not loop.build(0.0, lambda: float(next(ticks))):
            slices += 1
        assert slices == 4
        assert loop.is_complete
        assert loop.build(0.0, lambda: 0.0)

    def test_backward_and_small_are_drawn_so(self) -> None:
        one = stage("ankle-circles", size=(30, 14))
        assert FigureLoop(one, frames=8, backward=True, reach=0.4).frame_at(0.25) == one.frame(
            0.25, reach=0.4, backward=True
        )


@pytest.mark.parametrize(
    ("name", "phase", "view", "size", "glyphs"),
    [
        ("ankle-circles", 0.25, "focus", (36, 16), "quadrant"),
        ("cat-camel", 0.25, "full", (60, 24), "quadrant"),
        ("neck-rotation", 0.25, "auto", (60, 24), "quadrant"),
        ("seated-knee-extension", 0.25, "full", (50, 24), "ascii"),
        ("finger-splay", 0.5, "focus", (36, 20), "octant"),
    ],
)
def test_pictures_are_as_they_were(name: str, phase: float, view: Shown, size: tuple[int, int], glyphs: Glyphs) -> None:
    frame = stage(name, size=size, view=view, glyphs=glyphs).frame(phase)
    assert_golden(f"figure_{name}_{view}_{glyphs}", frame)
