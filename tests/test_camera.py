from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.drawing.camera import Bounds, Framing, View

FORWARD, UP, RIGHT = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
places = st.tuples(*[st.floats(-3, 3) for _ in range(3)])
angles = st.floats(-360, 360)


def close(seen: tuple[float, ...], wanted: tuple[float, ...]) -> bool:
    return seen == pytest.approx(wanted, abs=1e-9)


def test_from_the_front_the_persons_right_is_on_the_left() -> None:
    view = View(0, 0)
    assert close(view.see(RIGHT), (-1, 0, 0))
    assert close(view.see(FORWARD), (0, 0, 1))


def test_from_the_right_the_person_faces_right() -> None:
    view = View(90, 0)
    assert close(view.see(FORWARD), (1, 0, 0))
    assert close(view.see(RIGHT), (0, 0, 1))


def test_from_behind_right_is_right() -> None:
    assert close(View(180, 0).see(RIGHT), (1, 0, 0))


def test_in_a_mirror_right_is_right_and_the_face_is_seen() -> None:
    view = View(0, 0, is_mirrored=True)
    assert close(view.see(RIGHT), (1, 0, 0))
    assert close(view.see(FORWARD), (0, 0, 1))


def test_from_above_what_is_nearer_is_lower_and_what_is_high_is_nearer() -> None:
    view = View(0, 30)
    assert view.see(FORWARD)[1] == pytest.approx(-0.5)
    assert view.see(UP)[2] == pytest.approx(0.5)


@given(places, angles, st.floats(-90, 90), st.booleans())
def test_a_view_keeps_lengths(place: tuple[float, float, float], azimuth: float, up: float, mirror: bool) -> None:
    view = View(azimuth, up, is_mirrored=mirror)
    assert hypot(*view.see(place)) == pytest.approx(hypot(*place), abs=1e-9)
    assert view.see_all({"a": place})["a"] == view.see(place)
    assert view.right_of(place) == view.see(place)[0]


def test_bounds_hold_the_discs() -> None:
    assert Bounds.around([(0.0, 0.0, 0.5), (2.0, 1.0, 0.1)]) == (-0.5, -0.5, 2.1, 1.1)
    assert Bounds.around([]) == (-0.5, -0.5, 0.5, 0.5)


@given(
    st.floats(-5, 5), st.floats(-5, 5), st.floats(0, 5), st.floats(0, 5),
    st.integers(1, 200), st.integers(1, 80), st.floats(0.5, 4),
)  # fmt: skip
def test_a_framing_holds_its_bounds_and_touches_two_edges(
    left: float, bottom: float, wide: float, tall: float, width: int, height: int, aspect: float
) -> None:
    bounds = Bounds(left, bottom, left + wide, bottom + tall)
    framing = Framing.fit(bounds, width, height, aspect=aspect, margin=0.0)
    x0, y0 = framing.spot((bounds.left, bounds.top, 0.0))
    x1, y1 = framing.spot((bounds.right, bounds.bottom, 0.0))
    room = width, height * aspect
    assert -1e-6 <= x0 <= x1 <= room[0] + 1e-6
    assert -1e-6 <= y0 <= y1 <= room[1] + 1e-6
    assert x0 + x1 == pytest.approx(room[0], abs=1e-5)
    assert y0 + y1 == pytest.approx(room[1], abs=1e-5)
    if min(wide, tall) > 0.01:
        assert max((x1 - x0) / room[0], (y1 - y0) / room[1]) == pytest.approx(1.0, rel=1e-6)


def test_the_margin_is_kept_where_there_is_room_for_it() -> None:
    bounds = Bounds(0, 0, 1, 1)
    assert Framing.fit(bounds, 40, 20, margin=2.0).scale == pytest.approx(36)
    assert Framing.fit(bounds, 4, 2, margin=2.0).scale == pytest.approx(4)
