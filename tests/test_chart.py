from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden import assert_golden
from trainer.drawing.chart import Point, chart, sparkline
from trainer.drawing.days import Days
from trainer.drawing.frame import ROLES, Frame
from trainer.drawing.glyphs import ALL_GLYPHS, Glyphs

START = date(2026, 5, 4)


def a_day(i: int, moment: str = "before", value: float = 5, knee: str = "right", time: float = 0.5) -> Point:
    return Point(START + timedelta(days=i), value, moment, knee, time)


def diary(days: int, *knees: str) -> list[Point]:
    """A made-up diary that falls slowly, with a gap in its middle and rests every third day."""
    out: list[Point] = []
    for knee in knees or ("right",):
        for i in range(days):
            if 0.4 < i / days < 0.5 or i % 3 == 2:
                continue
            level = 7 - 4 * i / days - (1 if knee == "left" else 0)
            wave = (i * 7 % 5) - 2
            before = round(min(10, max(0, level + wave)))
            out.append(a_day(i, "before", before, knee, 0.7))
            out.append(a_day(i, "after", max(0, before - i % 4), knee, 0.72))
            if i % 2:
                out.append(a_day(i, "morning", round(min(10, max(0, level + 1 - wave))), knee, 0.3))
    return out


def draw(points: list[Point], width: int = 76, height: int = 14, days: int = 90, glyphs: Glyphs = "quadrant") -> Frame:
    return chart(points, width, height, start=START, end=START + timedelta(days=days - 1), glyphs=glyphs)


@pytest.mark.parametrize(
    ("name", "width", "height", "days", "glyphs", "knees"),
    [
        ("chart_76x14_90_days", 76, 14, 90, "quadrant", ("right",)),
        ("chart_76x14_28_days", 76, 14, 28, "quadrant", ("right",)),
        ("chart_76x14_ascii", 76, 14, 90, "ascii", ("right",)),
        ("chart_76x14_10_years", 76, 14, 3650, "quadrant", ("right",)),
        ("chart_100x24_both_knees", 100, 24, 60, "quadrant", ("left", "right")),
        ("chart_200x60_90_days", 200, 60, 90, "quadrant", ("right",)),
        ("chart_20x6_28_days", 20, 6, 28, "quadrant", ("right",)),
    ],
)
def test_charts_look_as_they_were_approved(
    name: str, width: int, height: int, days: int, glyphs: Glyphs, knees: tuple[str, ...]
) -> None:
    assert_golden(name, draw(diary(days, *knees), width, height, days, glyphs))


values = st.one_of(st.integers(-2, 12), st.floats(allow_nan=True))
points = st.builds(
    a_day,
    st.integers(-5, 4000),
    st.sampled_from(["before", "after", "morning", "evening", "now", "?"]),
    values,
    st.sampled_from(["left", "right"]),
    st.floats(-1, 2),
)


@given(
    st.lists(points, max_size=30),
    st.integers(-1, 200),
    st.integers(-1, 80),
    st.integers(-3, 4000),
    st.sampled_from(ALL_GLYPHS),
)
def test_any_diary_fits_any_box(some: list[Point], width: int, height: int, days: int, glyphs: Glyphs) -> None:
    frame = draw(some, width, height, days, glyphs)
    assert (frame.width, frame.height) == (max(0, width), max(0, height))
    assert frame.roles() <= {*ROLES, ""}
    if glyphs == "ascii":
        assert frame.text().isascii()


@pytest.mark.parametrize("height", [14, 16, 24, 35, 60])
def test_every_whole_number_has_a_row_of_its_own(height: int) -> None:
    rows = []
    for value in range(11):
        lines = draw([a_day(40, value=value)], height=height).lines()
        (row,) = (i for i, line in enumerate(lines) if "●" in line[3:] and "before" not in line)
        rows.append(row)
        label = lines[row][:2].strip()
        assert label in ("", str(value))
    assert len(set(rows)) == 11
    assert rows == sorted(rows, reverse=True)


def test_zero_and_ten_are_the_ends_however_low_the_ratings() -> None:
    for some in ([], [a_day(3, value=1)], [a_day(3, value=9)]):
        labels = [line[:2].strip() for line in draw(some).lines()]
        assert [label for label in labels if label] == ["10", "8", "6", "4", "3", "2", "0"]


def _plot(frame: Frame) -> list[str]:
    """The columns of the plot, without legend, axis and the line at 3, each from the top."""
    rows = [line[3:] for line in frame.lines()[1:-2]]
    return ["".join(column).replace("·", " ") for column in zip(*rows, strict=True)]


def test_gaps_stay_open() -> None:
    days = [*range(10), *range(60, 70)]
    columns = _plot(draw([a_day(i) for i in days]))
    filled = [i for i, column in enumerate(columns) if column.strip()]
    assert all(column.strip() in ("", "●") for column in columns)
    assert not any(10 < i < 47 for i in filled)


def test_gaps_stay_open_in_ten_years_too() -> None:
    days = [*range(1000), *range(2000, 3650)]
    columns = _plot(draw([a_day(i, value=i % 7) for i in days], days=3650))
    is_blank = [not column.strip() for column in columns]
    assert is_blank[21:40] == [True] * 19
    assert not any(is_blank[:20])
    assert not any(is_blank[41:])


def test_before_and_after_are_joined_by_a_stroke() -> None:
    frame = draw([a_day(29, "before", 8, time=0.4), a_day(29, "after", 3, time=0.99)], days=30, width=63)
    (column,) = (column for column in _plot(frame) if column.strip())
    assert column == "  ●││││○   "
    rising = draw([a_day(29, "after", 8, time=0.5), a_day(29, "before", 3, time=0.5)])
    (column,) = (column for column in _plot(rising) if column.strip())
    assert column == "  ○││││●   "


def test_only_one_session_of_one_knee_is_joined() -> None:
    apart = (
        [a_day(30, "before", 8), a_day(31, "after", 3)],
        [a_day(30, "before", 8, "left"), a_day(30, "after", 3, "right")],
        [a_day(30, "after", 8, time=0.2), a_day(30, "before", 3, time=0.8)],
        [a_day(30, "before", 8), a_day(30, "morning", 3)],
    )
    for some in apart:
        assert "│" not in draw(some).text()
    twice = draw(
        [
            a_day(30, m, v, time=t)
            for m, v, t in (("before", 9, 0.3), ("after", 6, 0.4), ("before", 5, 0.6), ("after", 0, 0.7))
        ]
    )
    strokes = sorted(column.strip() for column in _plot(twice) if column.strip())
    assert "".join(strokes).count("│") == 2 + 4


def test_moments_have_shapes_and_roles_of_their_own() -> None:
    some = [a_day(10, "before"), a_day(20, "after"), a_day(30, "morning"), a_day(40, "evening")]
    frame = draw(some)
    for sign, words, role in (
        ("●", "before", "chart.before"),
        ("○", "after", "chart.after"),
        ("×", "morning", "chart.morning"),
        ("◦", "other", "muted"),
    ):
        assert f"{sign} {words}" in frame.lines()[0]
        assert sum(sign in column for column in _plot(frame)) == 1
        drawn = [run.role for row in frame.rows[1:] for run in row if sign in run.text]
        assert drawn == [role]


def test_knees_differ_by_shape_and_by_role() -> None:
    some = [
        a_day(i, m, v, k) for k, v in (("left", 8), ("right", 2)) for i, m in enumerate(("before", "after", "morning"))
    ]
    frame = draw(some, width=110)
    assert "left knee:  ● before  ○ after  × morning  right knee:  ■ before  □ after  + morning" in frame.lines()[0]
    assert {run.role for run in frame.rows[3] if run.text.strip(" ·8")} == {"limb.left"}
    assert {run.role for run in frame.rows[9] if run.text.strip(" ·2")} == {"limb.right"}
    one = draw([a_day(3, knee="left")]).text()
    assert "■" not in one
    assert "●" in one


def test_what_meets_in_one_cell_is_not_hidden() -> None:
    frame = draw([a_day(30, "before", 5, time=0.5), a_day(30, "after", 5, time=0.6)])
    assert "◊ several" in frame.lines()[0]
    assert [column.strip() for column in _plot(frame) if column.strip()] == ["◊"]
    assert "several" not in draw([a_day(30), a_day(30)]).text()


def test_unusable_values_and_days_are_left_out() -> None:
    wrong = [a_day(3, value=v) for v in (-1, 11, math.nan, math.inf)] + [a_day(-1), a_day(90)]
    assert "No ratings from 4 May to 1 Aug." in draw(wrong).text()


def test_an_empty_chart_says_so() -> None:
    assert "No ratings from 4 May to 1 Aug." in draw([]).text()
    assert "No ratings here." in draw([], width=20, height=6).text()
    assert "No ratings in these days." in draw([], width=30, height=6).text()
    assert "────" in draw([]).text()
    assert "●" not in draw([]).text()


def test_the_line_at_three_is_explained_where_there_is_room() -> None:
    lines = draw([a_day(3)]).lines()
    assert lines[0].rstrip().endswith("··· many people call this acceptable")
    assert lines[8].startswith(" 3 · · ")
    assert "acceptable" not in draw([a_day(3)], width=40).text()
    assert "·" not in draw([a_day(3)], height=10).text()
    assert "goal" not in draw([a_day(3)]).text()


def test_many_days_become_medians_with_their_reach() -> None:
    some = [a_day(i, "before", value) for i in range(3650) for value in (1, 4, 4, 4, 4, 4, 4, 4, 4, 9)]
    frame = draw(some, days=3650)
    assert frame.lines()[0].strip().startswith("50-day medians:  ● before  ░ 8 in 10 before")
    columns = _plot(frame)
    assert {column.strip() for column in columns} == {"●"}
    wide = draw([a_day(i, "before", 2 + i % 5) for i in range(3650)], days=3650)
    assert {column.strip() for column in _plot(wide)} == {"░░●░░"}
    assert "chart.band" in wide.roles()
    assert (
        "░"
        not in draw([a_day(i, "before", i % 5, k) for i in range(3650) for k in ("left", "right")], days=3650).text()
    )


def test_ratings_stay_single_up_to_two_days_a_column() -> None:
    some = [a_day(i) for i in range(200)]
    assert "medians" not in draw(some, days=146).text()
    assert "3-day medians" in draw(some, days=200).text()


def test_a_bucket_shows_the_kind_with_the_reach_where_medians_meet() -> None:
    some = [a_day(i, m) for i in range(3650) for m in ("morning", "before", "morning")]
    columns = _plot(draw(some, days=3650))
    assert {column.strip() for column in columns} == {"×"}


def test_too_small_a_box_says_what_it_needs() -> None:
    assert draw([a_day(3)], width=19, height=9).text().split() == ["The", "chart", "needs", "20", "by", "6."]
    assert "needs" in draw([a_day(3)], width=60, height=5).text()


@given(
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.integers(0, 5000),
    st.integers(1, 200),
)
def test_ticks_never_touch(start: date, count: int, width: int) -> None:
    end = date.fromordinal(min(start.toordinal() + count, date.max.toordinal()))
    days = Days(start, end, width)
    ticks = days.ticks()
    for one, other in pairwise(ticks):
        assert one.start + len(one.label) < other.start
        assert one.column < other.column
    for tick in ticks:
        assert tick.start >= 0
        assert tick.start + len(tick.label) <= width
        assert 0 <= tick.column < width
    assert days.column(start, 0) == 0
    assert days.column(end, 0.999) == width - 1


@pytest.mark.parametrize(
    ("start", "days", "width", "labels"),
    [
        (date(2026, 5, 4), 7, 73, "4 May|5 May|6 May|7 May|8 May|9 May|10 May"),
        (date(2026, 5, 5), 28, 73, "11 May|18 May|25 May|1 Jun"),
        (date(2026, 5, 4), 90, 73, "4 May|18 May|1 Jun|15 Jun|29 Jun|13 Jul|27 Jul"),
        (date(2026, 2, 4), 170, 40, "Mar 2026|Apr|May|Jun|Jul"),
        (date(2025, 6, 10), 365, 73, "Jul|Aug|Sep|Oct|Nov|Dec|2026|Feb|Mar|Apr|May|Jun"),
        (date(2016, 8, 4), 3650, 73, "2017|2018|2019|2020|2021|2022|2023|2024|2025|2026"),
        (date(2026, 5, 5), 20, 17, "5 May|24 May"),
        (date(2026, 5, 4), 20, 9, ""),
    ],
)
def test_ticks_are_days_people_know(start: date, days: int, width: int, labels: str) -> None:
    ticks = Days(start, start + timedelta(days=days - 1), width).ticks()
    assert "|".join(tick.label for tick in ticks) == labels


def test_a_sparkline_keeps_its_scale_and_its_gaps() -> None:
    some = [0, None, 5, 10, 3.5]
    assert sparkline(some, 8).text() == "▁ ▄█▃   "
    assert sparkline(some, 8, glyphs="ascii").text() == "0 5X4   "
    assert sparkline(some, 8, glyphs="half").text() == "_ ▄█▄   "
    assert sparkline(some, 4, glyphs="braille").text() == "⡀⠊⠄ "
    assert sparkline([2, 2], 3).text() == sparkline([2, 9], 3).text()[0] * 2 + " "
    assert sparkline(some, 3, role="accent").roles() == {"accent"}


def test_a_sparkline_of_many_values_shows_medians() -> None:
    assert sparkline([0, 0, 10, None, None, None, 10, 10, 0], 3, glyphs="ascii").text() == "0 X"
    assert sparkline([0, 1, 2, 3, 10, 10], 3, glyphs="ascii").text() == "13X"


@given(st.lists(st.one_of(st.none(), values), max_size=80), st.integers(-1, 60), st.sampled_from(ALL_GLYPHS))
def test_a_sparkline_is_one_row(some: list[float | None], width: int, glyphs: Glyphs) -> None:
    frame = sparkline(some, width, glyphs=glyphs)
    assert (frame.width, frame.height) == (max(0, width), 1)
    if glyphs == "ascii":
        assert frame.text().isascii()
