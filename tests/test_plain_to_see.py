"""What makes a movement plain to see: rings, both ways at once, where it began, the sole, the palm, the eyes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import dist, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_figure import EVERY, cells_of, drill, library, stage
from trainer.body.motion import Motion
from trainer.drawing.camera import Framing, View
from trainer.drawing.canvas import Canvas
from trainer.drawing.closeup import close_limbs, draw_underside
from trainer.drawing.limbs import fleshed
from trainer.drawing.ring import Ring, Round

Vec = tuple[float, float, float]


@lru_cache(maxsize=8)
def looks(name: str) -> tuple[Mapping[str, Vec], ...]:
    motion = Motion.of(library().body, drill(name))
    return tuple(fleshed(motion.points(i / 24, close_up=True)) for i in range(24))


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("size", [(60, 30), (38, 17)], ids=str)
def test_where_it_goes_is_seen_all_along(name: str, size: tuple[int, int]) -> None:
    one = stage(name, size=size)
    for i in range(8):
        assert len(cells_of(one.frame(i / 8), "path")) >= 3


@pytest.mark.parametrize("name", ["toe-splay", "finger-splay"])
def test_what_spreads_has_an_arrow_on_either_side(name: str) -> None:
    one = stage(name, view="focus")
    for phase in (0.05, 0.5):
        lit = [x for x, _ in cells_of(one.frame(phase), "moving")]
        middle = (min(lit) + max(lit)) / 2
        ways = [x for x, _ in cells_of(one.frame(phase), "path")]
        assert min(ways) < middle < max(ways)
    assert len(one.accent.sides) == 2


def test_big_and_small_toes_have_ways_of_their_own() -> None:
    one = stage("toe-yoga")
    assert {"toe1_tip_r", "toe3_tip_r"} <= set(one.accent.points)
    assert cells_of(one.frame(0.02), "path") != cells_of(one.frame(0.52), "path")
    assert set(stage("toe-flexion-extension").accent.points) == {"toe1_tip_r", "toe1_tip_l"}


def test_feet_that_take_turns_show_the_way_of_the_nearer_one() -> None:
    def head_is_up(azimuth: float) -> bool:
        one = stage("ankle-pumps", view="focus", azimuth=azimuth)
        ways = cells_of(one.frame(0.5), "path")
        middle = (min(y for _, y in ways) + max(y for _, y in ways)) / 2
        return sum(y < middle for _, y in ways) > sum(y > middle for _, y in ways)

    # At half the repetition the right foot has to rise and the left one to sink.
    assert head_is_up(75.0)
    assert not head_is_up(-75.0)


@pytest.mark.parametrize(
    ("name", "around"),
    [
        ("pelvic-clock-seated", "t12"),
        ("thoracic-rotation-seated", "hands"),
        ("neck-rotation", "nose"),
        ("scapular-circles", "shoulder_r"),
        ("wrist-circles", "finger3_knuckle_r"),
        ("hip-circles-standing", "knee_r"),
        ("standing-side-bend", ""),
        ("leg-swing-sagittal", ""),
        ("neck-flexion-extension", ""),
        ("open-book", ""),
    ],
)
def test_what_goes_round_is_drawn_round(name: str, around: str) -> None:
    found = stage(name).accent.round
    assert (found.name if found else "") == around


@pytest.mark.parametrize("name", ["pelvic-clock-seated", "scapular-circles", "neck-rotation"])
def test_a_ring_is_as_wide_as_asked_and_level_where_asked(name: str) -> None:
    way = stage(name).accent.round
    assert way is not None
    places = way.places(looks(name))
    about = looks(name)[0][way.axis] if way.axis else None
    if about is not None and way.level:
        reach = max(dist((about[0], about[2]), (x, z)) for x, _, z in places)
        assert reach == pytest.approx(way.radius_m, abs=0.02)
    if way.level:
        assert len({round(y, 9) for _, y, _ in places}) == 1
    assert max(dist(a, b) for a in places for b in places) <= 2 * way.radius_m + 1e-9


def test_a_ring_round_the_pelvis_tips_as_it_does_and_farther() -> None:
    way, seen = stage("pelvic-clock-seated").accent.round, looks("pelvic-clock-seated")
    assert way is not None
    level = way.places(seen)

    def lean(phase: float) -> tuple[float, float]:
        """How far below the back the front is, and below the left the right."""
        tipped = way.tipped(level, seen[round(phase * 24)])
        assert [(x, z) for x, _, z in tipped] == [(x, z) for x, _, z in level]
        front, back = max(tipped), min(tipped)
        right, left = max(tipped, key=lambda place: place[2]), min(tipped, key=lambda place: place[2])
        return back[1] - front[1], left[1] - right[1]

    # Rolled back, to the left, forward, to the right; by 14 degrees of the pelvis a level of 0.7 m leans 0.17.
    assert lean(0.0)[0] < -0.2
    assert lean(0.5)[0] > 0.2
    assert lean(0.25)[1] == pytest.approx(-lean(0.75)[1])
    assert abs(lean(0.25)[1]) > 0.1


def test_a_long_hold_shows_a_bar_and_no_arrow() -> None:
    one = stage("short-foot", view="focus")
    rising, held, later, melting = (cells_of(one.frame(p), "path") for p in (0.0, 0.3, 0.5, 0.75))
    assert held == later
    assert rising != held != melting
    rows = [y for _, y in held]
    # A bar across the top of the dots.
    assert rows.count(min(rows)) > max(rows.count(y) for y in set(rows) - {min(rows)})


def test_arms_in_the_lap_do_not_hide_the_waist_in_a_close_up() -> None:
    assert {limb.name[:3] for limb in close_limbs("trunk", ("r", "l"))} == {"tru", "hea", "leg"}
    assert "arm" in {limb.name[:3] for limb in close_limbs("upper", ("r", "l"))}


def test_a_ring_passes_before_and_behind() -> None:
    from math import cos, sin

    places = [(cos(i * pi / 12), 0.0, sin(i * pi / 12)) for i in range(24)]
    view = View(0, 20)
    ring = Ring.of(places, (0.0, 0.0, 0.0), view, Framing(10.0, -2.0, 2.0))
    assert ring.path.is_round
    assert 11 <= len(ring.nearer) <= 14
    canvas = Canvas(40, 20)
    canvas.disc((20.0, 20.0), 7.0, "limb")
    before = canvas.rows()
    ring.draw_before(canvas, 0.0)
    assert canvas.rows() != before
    whole = Ring.of(places, None, view, Framing(10.0, -2.0, 2.0))
    assert len(whole.nearer) == 24


def test_where_a_trunk_began_stays_dotted() -> None:
    one = stage("half-kneeling-hip-rock")
    assert len(cells_of(one.frame(0.0), "muted")) + 5 < len(cells_of(one.frame(0.5), "muted"))
    assert "muted" not in one.still(one.motion.points(0.5, close_up=True)).roles()
    assert "muted" not in stage("leg-swing-sagittal").frame(0.5).roles()


def test_an_arch_opens_as_it_lifts_seen_from_within_only() -> None:
    def open_columns(azimuth: float | None, phase: float) -> int:
        one = stage("short-foot", view="focus", azimuth=azimuth)
        lit = cells_of(one.frame(phase), "moving", "limb.right")
        low = max(y for _, y in lit)
        lowest = {x: max(y for at, y in lit if at == x) for x, _ in lit}
        return sum(1 for y in lowest.values() if y <= low - 2)

    assert open_columns(None, 0.5) >= open_columns(None, 0.0) + 3
    # The outer edge stays on the floor.
    assert open_columns(85.0, 0.5) <= open_columns(85.0, 0.0) - 2


def test_the_weight_goes_to_the_edge_that_a_foot_rolls_onto() -> None:
    one = stage("foot-roll-in-out", view="focus")

    def bar(phase: float) -> list[int]:
        cells = cells_of(one.frame(phase), "path")
        low = max(y for _, y in cells)
        return sorted(x for x, y in cells if y == low)

    level, outer, inner = bar(0.0), bar(0.25), bar(0.75)
    assert max(len(outer), len(inner)) < len(level)
    # Seen from the front the right foot's outer edge is on the left.
    assert sum(outer) / len(outer) < sum(level) / len(level) < sum(inner) / len(inner)


def test_soles_turn_inward_then_outward() -> None:
    one = stage("ankle-inversion-eversion", view="focus")

    def soles(phase: float) -> tuple[float, float]:
        frame = one.frame(phase)
        low = max(y for _, y in cells_of(frame, "moving")) - 6
        return tuple(  # type: ignore[return-value]
            sum(found) / len(found)
            for role in ("limb.right", "limb.left")
            if (found := [x for x, y in cells_of(frame, role) if y >= low])
        )

    (right_in, left_in), (right_out, left_out) = soles(0.0), soles(0.5)
    # The person's right foot is on the left: turned in, its sole lies further to the right.
    assert left_in - right_in < left_out - right_out


def test_soles_that_turn_are_seen_all_along_and_the_feet_stay_two() -> None:
    one = stage("ankle-inversion-eversion", view="focus")
    for i in range(8):
        frame = one.frame(i / 8)
        feet = cells_of(frame, "moving")
        columns = {x for x, _ in feet}
        low = max(y for _, y in feet) - 6
        assert not columns >= set(range(min(columns), max(columns))), i
        for role in ("limb.right", "limb.left"):
            assert sum(y >= low for _, y in cells_of(frame, role)) >= 12, (i, role)


def test_palms_are_seen_up_and_not_down() -> None:
    up, down = (
        cells_of(stage("forearm-pronation-supination", view="focus").frame(p), "limb.right") for p in (0.0, 0.5)
    )
    assert len(up) >= len(down) + 8


@pytest.mark.parametrize("is_mirrored", [False, True])
@pytest.mark.parametrize("side", ["r", "l"])
def test_only_a_palm_is_shaded(side: str, is_mirrored: bool) -> None:
    def shaded(turned: float) -> bool:
        flip = turned * (1 if side == "r" else -1) * (-1 if is_mirrored else 1)
        seen = {
            f"wrist_{side}": (0.0, 0.0, 0.0),
            f"finger2_knuckle_{side}": (-0.04 * flip, -0.1, 0.0),
            f"finger5_knuckle_{side}": (0.04 * flip, -0.1, 0.0),
        }
        canvas = Canvas(30, 15)
        canvas.disc((15.0, 15.0), 14.0, "moving")
        before = canvas.rows()
        draw_underside(canvas, seen, Framing(120.0, -0.12, 0.06), side, "arm", "limb.right", is_mirrored=is_mirrored)
        return canvas.rows() != before

    assert [shaded(1.0), shaded(-1.0)] == [True, False]


def test_the_eyes_look_where_the_thumb_is() -> None:
    one = stage("gaze-tracking", view="focus")

    def thumb_and_eyes(phase: float) -> tuple[float, float]:
        cells = cells_of(one.frame(phase), "moving")
        middle = (min(y for _, y in cells) + max(y for _, y in cells)) / 2
        parts = [[x for x, y in cells if (y > middle) is low] for low in (True, False)]
        return sum(parts[0]) / len(parts[0]), sum(parts[1]) / len(parts[1])

    (left_thumb, left_eyes), (right_thumb, right_eyes) = thumb_and_eyes(0.75), thumb_and_eyes(0.25)
    assert right_thumb - left_thumb > 6
    assert right_eyes - left_eyes > 1


@given(st.floats(15, 60))
def test_the_thumb_comes_for_one_finger_at_a_time(across: float) -> None:
    from trainer.body.kinematics import points

    body = library().body
    straight = points(body, {"thumb_flex_r": across}, close_up=True)
    bent = points(body, {"thumb_flex_r": across, "finger_mcp_r": 60, "finger_pip_r": 60}, close_up=True)
    moved = [dist(straight[f"finger{n}_tip_r"], bent[f"finger{n}_tip_r"]) for n in range(2, 6)]
    assert sum(far > 0.045 for far in moved) <= 2
    fist = points(body, {"finger_mcp_r": 60, "finger_pip_r": 60}, close_up=True)
    assert all(dist(straight[f"finger{n}_tip_r"], fist[f"finger{n}_tip_r"]) > 0.045 for n in range(2, 6))


def test_a_triangle_is_full_and_no_more() -> None:
    canvas = Canvas(20, 10)
    canvas.wedge(((2.0, 2.0), (2.0, 18.0), (18.0, 10.0)), "path")
    lines = canvas.frame().lines()
    assert lines[5].startswith("  ████")
    assert not lines[0].strip()
    assert all(line[0] == " " and line[19] == " " for line in lines)
    widths = [len(line.strip()) for line in lines if line.strip()]
    assert widths[: len(widths) // 2] == sorted(widths[: len(widths) // 2])


def test_the_outline_is_the_rim_alone() -> None:
    canvas = Canvas(20, 10)
    canvas.disc((10.0, 10.0), 6.0, "limb")
    rim = canvas.edge()
    assert len(rim) > 8
    assert all(4.0 < dist(spot, (10.0, 10.0)) < 6.8 for spot in rim)


def test_a_level_way_lies_at_its_own_point() -> None:
    way = Round("nose", "c2", 0.2, "c2")
    first = looks("neck-rotation")[0]
    assert all(y == pytest.approx(first["c2"][1]) for _, y, _ in way.places(looks("neck-rotation")))
    assert way.middle(looks("neck-rotation")) == first["c2"]
    assert Round("shoulder_r", "", 0.1, "").middle(looks("scapular-circles")) is None


@pytest.mark.parametrize(("azimuth", "role"), [(75.0, "limb.right"), (-75.0, "limb.left")])
def test_feet_that_take_turns_do_not_hide_each_other(azimuth: float, role: str) -> None:
    """From the side only the nearer one is seen close, from the front both."""
    roles = {"limb.right", "limb.left", "limb.far"}
    close = stage("ankle-pumps", view="focus", azimuth=azimuth).frame(0.5)
    assert {name for name in roles if cells_of(close, name)} == {role}
    front = stage("ankle-pumps", view="focus", azimuth=0.0).frame(0.5)
    assert {name for name in roles if cells_of(front, name)} == {"limb.right", "limb.left"}


def test_toes_that_lift_are_seen_on_their_foot() -> None:
    frame = stage("toe-flexion-extension", view="focus").frame(0.25)
    assert len(cells_of(frame, "limb.right")) > 2 * len(cells_of(frame, "moving")) > 0
