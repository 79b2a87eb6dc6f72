"""Many days a column: windows of some parts, the medians of sessions, and points that stand for many."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from trainer.drawing.gathered import parts, running, shifts
from trainer.drawing.series import Point

START = date(2026, 1, 1)
ratings = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 10), st.sampled_from(["morning", "before", "after"])), max_size=60
)


def week(point: Point) -> int:
    return (point.day - START).days // 7


def a_point(day: int, value: float, moment: str = "morning", count: int = 1) -> Point:
    return Point(START + timedelta(days=day), value, moment, "left", 0.5, count)


@given(ratings, st.integers(1, 4))
def test_a_window_holds_its_part_and_those_before_it(some: list[tuple[int, int, str]], window: int) -> None:
    points = [a_point(*one) for one in some]
    found = running(points, week, window)
    assert list(found) == sorted({week(point) for point in points})
    for part, inside in found.items():
        assert Counter(inside) == Counter(point for point in points if part - window < week(point) <= part)


@given(ratings)
def test_a_shift_is_from_the_middle_before_to_the_middle_after(some: list[tuple[int, int, str]]) -> None:
    found = {one.part: one for one in shifts((a_point(*one) for one in some), week)}
    for part in range(9):
        before, after = (
            [value for day, value, of in some if of == moment and day // 7 == part] for moment in ("before", "after")
        )
        if before and after:
            assert found[part] == (part, median(before), median(after))
        else:
            assert part not in found


def test_points_count_as_often_as_they_say() -> None:
    some = [a_point(0, 2, "before", 3), a_point(1, 9, "before"), a_point(2, 1, "after"), a_point(2, 4, "after")]
    assert shifts(some, week) == ((0, 2, 2.5),)


def test_parts_go_from_left_to_right() -> None:
    assert list(parts([a_point(30, 1), a_point(2, 1), a_point(8, 1)], week)) == [0, 1, 4]
