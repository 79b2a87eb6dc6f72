"""The calendar: every day in its week's column and its weekday's row, rests no worse than other days, at any size."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden import assert_golden
from trainer.core.regularity import Mark
from trainer.drawing.calendar import Page, calendar_frame
from trainer.drawing.frame import ROLES
from trainer.drawing.glyphs import ALL_GLYPHS, Glyphs

LAST = date(2026, 10, 7)


def a_year(days: int = 420) -> dict[date, Mark]:
    """Three warm-ups a week, an illness, and a beginning some time ago."""
    out: dict[date, Mark] = {}
    for ago in range(days):
        mark = Mark.WARM_UP if (LAST - timedelta(days=ago)).weekday() in (0, 2, 5) else Mark.REST
        out[LAST - timedelta(days=ago)] = Mark.FROZEN if 60 <= ago < 74 else mark
    return out


@pytest.mark.parametrize(
    ("name", "width", "height", "glyphs"),
    [
        ("calendar_76x12", 76, 12, "quadrant"),
        ("calendar_76x12_ascii", 76, 12, "ascii"),
        ("calendar_196x50", 196, 50, "quadrant"),
    ],
)
def test_calendars_look_as_they_were_approved(name: str, width: int, height: int, glyphs: Glyphs) -> None:
    page = Page(width, height, LAST)
    assert_golden(name, calendar_frame(a_year(), page, cursor=LAST - timedelta(days=30), glyphs=glyphs))


@given(
    st.integers(-1, 220),
    st.integers(-1, 80),
    st.dates() | st.just(LAST),
    st.dictionaries(st.dates(date(2024, 1, 1), LAST), st.sampled_from(Mark), max_size=30),
    st.none() | st.dates(),
    st.sampled_from(ALL_GLYPHS),
)
def test_any_year_fits_any_box(
    width: int, height: int, last: date, days: dict[date, Mark], cursor: date | None, glyphs: Glyphs
) -> None:
    frame = calendar_frame(days, Page(width, height, last), cursor=cursor, glyphs=glyphs)
    assert (frame.width, frame.height) == (max(0, width), max(0, height))
    assert frame.roles() <= {*ROLES, ""}
    if glyphs == "ascii":
        assert frame.text().isascii()


@given(st.integers(30, 220), st.integers(10, 80), st.dates(date(100, 1, 1)), st.integers(0, 3000))
def test_every_day_stands_alone_in_its_place(width: int, height: int, last: date, ago: int) -> None:
    page = Page(width, height, last)
    day = last - timedelta(days=ago)
    place = page.place(day)
    if ago < 7 * (page.weeks - 1) or day >= page.first:
        assert place is not None
        assert page.day_at(*place) == day
        (x, y) = place
        lines = calendar_frame({day: Mark.WARM_UP}, page).lines()
        assert [(line.index("■"), row) for row, line in enumerate(lines) if "■" in line and row] == [(x, y)]
        assert (y - 2) % 9 == day.weekday()
    else:
        assert place is None


@given(st.integers(0, 220), st.integers(0, 80), st.integers(-5, 230), st.integers(-5, 90))
def test_a_place_is_that_of_its_day_or_of_none(width: int, height: int, x: int, y: int) -> None:
    page = Page(width, height, LAST)
    day = page.day_at(x, y)
    if day is not None:
        place = page.place(day)
        assert place is not None
        assert place[1] == y
        assert place[0] <= x < place[0] + page.step


@given(st.integers(0, 4000), st.integers(10, 80))
def test_years_with_nothing_to_show_are_left_out_and_no_other(ago: int, height: int) -> None:
    since = LAST - timedelta(days=ago)
    page, most = Page(80, height, LAST, since), Page(80, height, LAST)
    assert page.first <= since or page.years == most.years
    assert page.years == 1 or page.first + timedelta(days=7 * 53) > since


@given(
    st.integers(30, 220),
    st.integers(10, 40),
    st.integers(0, 6000),
    st.integers(0, 6000),
    st.lists(st.integers(-60, 60), max_size=6),
)
def test_every_day_there_is_can_be_reached_and_nothing_else(
    width: int, height: int, since: int, ago: int, steps: list[int]
) -> None:
    first = LAST - timedelta(days=since)
    page = start = Page(width, height, LAST, first)
    for weeks in steps:
        page = page.scrolled(weeks, LAST)
        assert page.years == start.years
        assert page.last == LAST or page.last.weekday() == 6
        assert page.first >= min(first - timedelta(days=first.weekday()), start.first)
    day = LAST - timedelta(days=min(ago, since))
    shown = page.showing(day, LAST)
    assert shown.place(day) is not None
    assert shown == page if page.place(day) else shown != page
    assert shown.showing(day, LAST) == shown
    assert shown.scrolled(-10_000, LAST).place(first) is not None
    assert shown.scrolled(10_000, LAST) == start


def test_a_page_moves_no_further_than_it_must() -> None:
    page = Page(80, 12, LAST, LAST - timedelta(days=2000))
    earlier = page.first - timedelta(days=1)
    shown = page.showing(earlier, LAST)
    assert shown.place(earlier) == (4, 8)
    assert shown.last == LAST - timedelta(days=LAST.weekday() + 1)
    assert shown.showing(LAST, LAST) == page
    assert page.scrolled(-26, LAST).last == date(2026, 4, 12)


def test_days_stand_farther_apart_where_all_years_have_room() -> None:
    page = Page(196, 50, LAST, LAST - timedelta(days=700))
    assert (page.years, page.drop) == (2, 2)
    lines = calendar_frame(a_year(), page).lines()
    assert [row for row, line in enumerate(lines) if "■" in line and row] == [2, 6, 12, 18, 22, 28]
    assert [line[:3] for line in lines[2:16:4]] == ["Mon", "Wed", "Fri", "Sun"]
    for day in (LAST, LAST - timedelta(days=1), LAST - timedelta(days=600)):
        place = page.place(day)
        assert place is not None
        assert page.day_at(*place) == day
    assert Page(196, 32, LAST, LAST - timedelta(days=700)).drop == 1
    assert Page(120, 50, LAST, LAST - timedelta(days=700)).drop == 1


def test_half_a_year_has_room_in_a_narrow_window() -> None:
    page = Page(36, 11, LAST)
    lines = calendar_frame(a_year(), page, cursor=LAST).lines()
    assert page.weeks == 32
    assert lines[1].split() == ["Apr", "May", "Jun", "Jul", "Aug", "Sep"]
    assert lines[4].rstrip().endswith("●")
    assert lines[2].rstrip().endswith("■")


def test_months_have_names_and_january_its_year_where_there_is_room() -> None:
    months = calendar_frame({}, Page(80, 12, LAST)).lines()[1]
    assert months.split() == ["Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"]
    wide = calendar_frame({}, Page(120, 12, LAST)).lines()[1]
    assert wide.split() == ["Nov", "Dec", "2026", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"]


def test_the_cursor_is_seen_without_colour() -> None:
    page = Page(80, 12, LAST)
    for mark in Mark:
        day = LAST - timedelta(days=20)
        plain, marked = (calendar_frame({day: mark}, page, cursor=cursor).text() for cursor in (None, day))
        assert plain != marked


def test_too_small_a_box_says_what_it_needs() -> None:
    assert "30 by 10" in " ".join(calendar_frame({}, Page(29, 12, LAST)).text().split())
