from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden import assert_golden
from trainer.drawing.chart import Change, Extras, Point, chart, is_dense, plot_width, sparkline
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
            if i % 20:
                out.append(a_day(i, "morning", round(min(10, max(0, level + 1 - wave))), knee, 0.3))
    return out


def everything(days: int) -> Extras:
    """Two changes, a warm-up every third day, an illness, and the cursor on the last day."""
    day = [START + timedelta(days=i) for i in range(days)]
    return Extras(
        changes=(Change(day[days // 3], "new shoes"), Change(day[-3], "holiday")),
        warm_ups=frozenset(day[1::3]) - frozenset(day[days // 2 : days // 2 + 8]),
        frozen=frozenset(day[days // 2 : days // 2 + 8]),
        cursor=day[-1],
    )


def draw(
    points: list[Point],
    width: int = 76,
    height: int = 14,
    days: int = 90,
    glyphs: Glyphs = "quadrant",
    extras: Extras = Extras(),  # noqa: B008
) -> Frame:
    return chart(points, width, height, start=START, end=START + timedelta(days=days - 1), glyphs=glyphs, extras=extras)


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
        ("chart_80x24_with_everything", 80, 24, 90, "quadrant", ("right",)),
        ("chart_80x24_with_everything_ascii", 80, 24, 90, "ascii", ("left", "right")),
        ("chart_80x24_with_everything_half", 80, 24, 400, "half", ("right",)),
        ("chart_200x60_with_everything", 200, 60, 90, "quadrant", ("left", "right")),
    ],
)
def test_charts_look_as_they_were_approved(
    name: str, width: int, height: int, days: int, glyphs: Glyphs, knees: tuple[str, ...]
) -> None:
    extras = everything(days) if "everything" in name else Extras()
    assert_golden(name, draw(diary(days, *knees), width, height, days, glyphs, extras))


values = st.one_of(st.integers(-2, 12), st.floats(allow_nan=True))
moments = st.sampled_from(["before", "after", "morning", "evening", "now", "?"])
knees = st.sampled_from(["left", "right"])
points = st.builds(a_day, st.integers(-9, 400) | st.integers(-9, 4000), moments, values, knees, st.floats(-1, 2))
some_days = st.integers(-5, 400).map(lambda i: START + timedelta(days=i))
words = st.text(max_size=30)
changes = st.lists(st.builds(Change, some_days, words), max_size=5).map(tuple)
extras = st.builds(
    Extras, changes, st.none() | st.frozensets(some_days), st.frozensets(some_days), st.none() | some_days
)


@given(
    st.lists(points, max_size=60),
    st.integers(-1, 19) | st.integers(20, 220),
    st.integers(-1, 80),
    st.integers(-3, 400) | st.integers(-3, 4000),
    st.sampled_from(ALL_GLYPHS),
    extras,
)
def test_any_diary_fits_any_box(
    some: list[Point], width: int, height: int, days: int, glyphs: Glyphs, beside: Extras
) -> None:
    frame = draw(some, width, height, days, glyphs, beside)
    assert (frame.width, frame.height) == (max(0, width), max(0, height))
    assert frame.roles() <= {*ROLES, ""}
    if glyphs == "ascii" and not beside.changes:
        assert frame.text().isascii()


@given(
    st.integers(0, 10),
    st.integers(0, 89),
    moments,
    knees,
    st.floats(0, 0.99),
    st.integers(48, 220),
    st.integers(14, 60),
    extras,
)
def test_every_score_lies_on_its_row_at_any_size(
    value: int, day: int, moment: str, knee: str, time: float, width: int, height: int, beside: Extras
) -> None:
    beside = Extras(warm_ups=beside.warm_ups, frozen=beside.frozen, cursor=beside.cursor)
    frame = draw([a_day(day, moment, value, knee, time)], width, height, extras=beside)
    lines = frame.lines()
    axis = next(i for i, line in enumerate(lines) if line[3] in "─═≈┬╤▲")
    zero = axis - 1
    ten = next(i for i, line in enumerate(lines) if line.startswith("10"))
    (row,) = (i for i in range(ten, axis) if set(lines[i][3:]) & set("●○◦×"))
    assert row == ten + math.floor((10 - value) * (zero - ten) / 10 + 0.5)
    assert zero - ten >= 10


@given(st.lists(st.booleans(), min_size=90, max_size=90), st.integers(93, 220), st.integers(8, 60))
def test_gaps_of_a_week_stay_open_at_any_size(is_rated: list[bool], width: int, height: int) -> None:
    rated = [day for day, is_so in enumerate(is_rated) if is_so and not 30 <= day < 37 and not 60 <= day < 80]
    lines = draw([a_day(day, "morning", day % 11) for day in rated], width, height).lines()
    top = next(i for i, line in enumerate(lines) if line.startswith("10"))
    for gap in ((30, 37), (60, 80)):
        # A column holds at most a day here; the two at the edges may hold a part of a rated one.
        left, right = (3 + day * (width - 3) // 90 for day in gap)
        for line in lines[top:-2]:
            inside = line[left + 1 : right]
            assert set(inside) <= {" ", "·"} or "No ratings" in line


@given(st.integers(0, 399), st.integers(1, 400), st.integers(20, 220), st.integers(6, 60))
def test_the_cursor_stands_in_the_columns_of_its_day(day: int, days: int, width: int, height: int) -> None:
    cursor = START + timedelta(days=day)
    frame = draw([], width, height, days, extras=Extras(cursor=cursor))
    feet = [line.index("▲") - 3 for line in frame.lines() if "▲" in line]
    if day >= days:
        assert feet == []
    else:
        (foot,) = feet
        assert day * (width - 3) // days <= foot <= (day + 1) * (width - 3) / days


@pytest.mark.parametrize("height", [14, 16, 24, 35, 60])
def test_every_whole_number_has_a_row_of_its_own(height: int) -> None:
    rows = []
    for value in range(11):
        lines = draw([a_day(40, value=value)], height=height).lines()
        (row,) = (i for i, line in enumerate(lines) if "○" in line[3:] and "before" not in line)
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
    lines = frame.lines()
    top = next(i for i, line in enumerate(lines) if line.startswith("10"))
    rows = [line[3:] for line in lines[top:-2]]
    return ["".join(column).replace("·", " ") for column in zip(*rows, strict=True)]


def test_gaps_stay_open() -> None:
    days = [*range(10), *range(60, 70)]
    columns = _plot(draw([a_day(i) for i in days]))
    filled = [i for i, column in enumerate(columns) if column.strip()]
    assert all(set(column) <= set(" ○⠒⠐⠂") for column in columns)
    assert not any(10 < i < 47 for i in filled)


def test_gaps_stay_open_in_ten_years_too() -> None:
    days = [*range(1000), *range(2000, 3650)]
    for glyphs in ("quadrant", "half", "ascii"):
        columns = _plot(draw([a_day(i, "morning", i % 7) for i in days], days=3650, glyphs=glyphs))
        is_blank = [not column.replace(".", "").strip() for column in columns]
        assert is_blank[21:40] == [True] * 19
        assert not any(is_blank[:20])
        assert not any(is_blank[41:])


def test_a_line_follows_the_mornings_and_goes_on_over_two_missed_days_alone() -> None:
    def dotted(*days: int) -> list[int]:
        some = [a_day(i, "morning", 5) for i in days]
        columns = _plot(draw(some, width=93, glyphs="ascii"))
        return [i for i, column in enumerate(columns) if set("*-") & set(column)]

    assert dotted(*range(10), *range(12, 20)) == list(range(20))
    assert dotted(*range(10), *range(13, 20)) == [*range(10), *range(13, 20)]
    # Three ratings in seven days are too few for a median.
    assert "-" not in "".join(_plot(draw([a_day(i, "morning") for i in (0, 3, 6, 9)], glyphs="ascii")))


def test_the_line_needs_the_days_before_the_first_one_shown() -> None:
    some = [a_day(i, "morning", 8 if i < 0 else 2) for i in range(-6, 1)]
    (column,) = (column for column in _plot(draw(some, glyphs="half")) if column.strip())
    assert column == "  ─     ●  "


def test_before_and_after_are_joined_by_a_stroke() -> None:
    frame = draw([a_day(29, "before", 8, time=0.4), a_day(29, "after", 3, time=0.99)], days=30, width=63)
    (column,) = (column for column in _plot(frame) if column.strip())
    assert column == "  ○││││◦   "
    rising = draw([a_day(29, "after", 8, time=0.5), a_day(29, "before", 3, time=0.5)])
    (column,) = (column for column in _plot(rising) if column.strip())
    assert column == "  ◦││││○   "


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
        ("●", "morning", "chart.morning"),
        ("○", "before", "chart.before"),
        ("◦", "after", "chart.after"),
        ("×", "other", "muted"),
    ):
        assert f"{sign} {words}" in frame.lines()[0]
        assert sum(sign in column for column in _plot(frame)) == 1
        drawn = [run.role for row in frame.rows[1:] for run in row if sign in run.text]
        assert drawn == [role]


def both_knees() -> list[Point]:
    """The left knee high, the right one low, each moment on a day of its own."""
    moments = enumerate(("before", "after", "morning"))
    return [a_day(i, m, v, k) for i, m in moments for k, v in (("left", 8), ("right", 2))]


def test_knees_differ_by_shape_and_by_role() -> None:
    frame = draw(both_knees(), width=130, height=26)
    lines = frame.lines()
    assert "left knee:  ● morning  ○ before  ◦ after" in lines[0]
    assert "right knee:  ■ morning  □ before  ▫ after" in lines[12]
    assert {run.role for run in frame.rows[3] if run.text.strip(" ·8")} == {"limb.left"}
    assert {run.role for run in frame.rows[21] if run.text.strip(" ·2")} == {"limb.right"}
    one = draw([a_day(3, knee="left")]).text()
    assert "■" not in one
    assert "○" in one


@given(
    st.integers(0, 10),
    st.integers(0, 10),
    st.integers(0, 89),
    st.integers(48, 220),
    st.integers(26, 80),
    extras,
)
def test_two_knees_have_a_field_each_where_every_score_has_a_row(
    left: int, right: int, day: int, width: int, height: int, beside: Extras
) -> None:
    beside = Extras(warm_ups=beside.warm_ups, frozen=beside.frozen, cursor=beside.cursor)
    some = [a_day(day, "before", left, "left"), a_day(day, "before", right, "right")]
    lines = draw(some, width, height, extras=beside).lines()
    tens = [i for i, line in enumerate(lines) if line.startswith("10")]
    zeros = [i for i, line in enumerate(lines) if line.startswith(" 0")]
    for ten, zero, sign, value in zip(tens, zeros, "○□", (left, right), strict=True):
        (row,) = (i for i in range(ten, zero + 1) if sign in lines[i])
        assert row == ten + math.floor((10 - value) * (zero - ten) / 10 + 0.5)
        assert zero - ten >= 10
    assert tens[1] - zeros[0] >= 2
    assert len({zero - ten for ten, zero in zip(tens, zeros, strict=True)}) == 1


def test_two_knees_in_one_low_field_show_only_what_their_lines_follow() -> None:
    shared = draw(both_knees(), width=100, height=13)
    assert "left knee:  ● morning  right knee:  ■ morning  one knee alone shows more" in shared.lines()[0]
    assert not set("○◦□▫│") & set(shared.text())
    assert {run.role for row in shared.rows for run in row if "●" in run.text} == {"limb.left"}
    mornings = [a_day(i, "morning", 4 + i % 2, k) for i in range(9) for k in ("left", "right")]
    text = draw(mornings).lines()[0]
    assert "◊ both" in text
    assert "one knee" not in text
    low = draw([*mornings, *both_knees()], 76, 13).lines()[0]
    assert " ".join(low.split()) == "left ● morn ⠒⠒ median right ■ morn ⠆⠆ median ◊ both one knee: more"
    assert [line.count("10") for line in shared.lines()[:5]].count(1) == 1


@pytest.mark.parametrize(("days", "a_stroke"), [(90, 7), (84, 6), (7, 1)])
def test_two_knees_in_one_field_have_strokes_of_some_days_beside_each_other(days: int, a_stroke: int) -> None:
    sessions = (("before", "left", 9), ("after", "left", 6), ("before", "right", 7), ("after", "right", 4))
    some = [a_day(i, m, v, k) for i in range(days) for m, k, v in (*sessions, ("morning", "left", 1))]
    some += [a_day(i, "morning", 0, "right") for i in range(days)]
    frame = draw(some, 87, 15, days, extras=Extras(warm_ups=frozenset()))
    legend = " ".join(" ".join(frame.lines()[:2]).split())
    assert f"{'' if a_stroke == 1 else f'{a_stroke}-day: '}○□ before ◦▫ after" in legend
    apart = 84 * a_stroke / days
    columns = _plot(frame)
    for sign, end in (("○", "◦"), ("□", "▫")):
        at = [i for i, column in enumerate(columns) if sign in column]
        assert [i for i, column in enumerate(columns) if end in column] == at
        assert len(at) == math.ceil(days / a_stroke)
        assert {other - one for one, other in pairwise(at)} <= {math.floor(apart), math.ceil(apart)}
        assert all(columns[i].strip()[:4] == f"{sign}││{end}" for i in at)
    assert not any("○" in column and "□" in column for column in columns)


def test_what_changed_runs_through_both_fields_and_is_named_once() -> None:
    beside = Extras(changes=(Change(START + timedelta(days=40), "new shoes"),), cursor=START + timedelta(days=80))
    for height, is_above in ((26, False), (30, True)):
        frame = draw(both_knees(), 130, height, extras=beside)
        text, lines = frame.text(), frame.lines()
        assert text.count("new shoes") == 1
        (named,) = (i for i, line in enumerate(lines) if "new shoes" in line)
        tens = [i for i, line in enumerate(lines) if line.startswith("10")]
        zeros = [i for i, line in enumerate(lines) if line.startswith(" 0")]
        assert named == tens[0] - is_above
        fields = [i for ten, zero in zip(tens, zeros, strict=True) for i in range(ten, zero + 1)]
        assert [i for i, line in enumerate(lines) if "¦" in line] == [*[named] * is_above, *fields]
        assert text.count("▲") == 1


def test_what_meets_in_one_cell_is_not_hidden() -> None:
    frame = draw([a_day(30, "before", 5, time=0.5), a_day(30, "after", 5, time=0.6)])
    assert "◊ several" in frame.lines()[0]
    assert [column.strip() for column in _plot(frame) if column.strip()] == ["◊"]
    assert "several" not in draw([a_day(30), a_day(30)]).text()


def test_unusable_values_and_days_are_left_out() -> None:
    wrong = [a_day(3, value=v) for v in (-1, 11, math.nan, math.inf)] + [a_day(-1), a_day(90)]
    assert "No ratings from 4 May to 1 Aug." in draw(wrong).text()


def test_a_change_is_a_line_with_its_words_where_they_fit() -> None:
    marks = (Change(START + timedelta(days=20), "new shoes"), Change(START + timedelta(days=87), "holiday\x1b[31m"))
    lines = draw([a_day(20, "morning", 4)], height=20, extras=Extras(changes=marks)).lines()
    assert lines[1].rstrip() == " " * 19 + "¦new shoes" + " " * 31 + "holiday?[31m ¦"
    assert [line[19] for line in lines[2:18]] == list("¦" * 9 + "●" + "¦·¦¦¦¦")
    low = draw([], height=8, extras=Extras(changes=marks)).lines()
    assert "¦new shoes" in low[1]
    ten = draw([a_day(20, "morning", 10)], height=8, extras=Extras(changes=marks)).lines()[1]
    assert ten[19] == "●", "a rating is not covered"
    many = tuple(Change(START + timedelta(days=i), f"change number {i}") for i in range(0, 90, 9))
    text = draw([], extras=Extras(changes=many), height=20).lines()[1]
    assert text.count("¦") == 10
    assert text.count("…") == 9


def test_the_axis_tells_days_with_a_warm_up_from_days_without() -> None:
    day = [START + timedelta(days=i) for i in range(9)]
    frame = draw([], width=48, days=9, extras=Extras(warm_ups=frozenset({day[1], day[4]}), frozen=frozenset({day[6]})))
    assert frame.lines()[-2][3:] == "──┬──═════──┬───────══╤══─────≈≈┬≈≈───────┬──"
    assert "══ warm-up  ── none  ≈≈ days off" in frame.lines()[0]
    assert "warm-up" not in draw([], width=48, days=9).text()
    rested = draw([], width=48, days=9, extras=Extras(warm_ups=frozenset()))
    assert "══ warm-up  ── none" in rested.lines()[0]


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
    some = [a_day(i, "morning", value) for i in range(3650) for value in (1, 4, 4, 4, 4, 4, 4, 4, 4, 9)]
    frame = draw(some, days=3650, glyphs="half")
    assert frame.lines()[0].strip().startswith("50-day medians:  ── morning  ░ 8 in 10")
    assert {column.strip() for column in _plot(frame)} == {"─"}
    wide = draw([a_day(i, "morning", 2 + i % 5) for i in range(3650)], days=3650, glyphs="half")
    assert {column.strip() for column in _plot(wide)} == {"░░─░░"}
    assert "chart.band" in wide.roles()
    two = draw([a_day(i, "morning", i % 5, k) for i in range(3650) for k in ("left", "right")], days=3650)
    assert "░" not in two.text()


def test_ratings_stay_single_up_to_two_days_a_column() -> None:
    some = [a_day(i) for i in range(200)]
    assert "medians" not in draw(some, days=146).text()
    assert "8-day medians" in draw(some, days=200).text(), "a week at the least"
    assert plot_width(76) == 73
    assert [is_dense(146, 76), is_dense(147, 76)] == [False, True]


def test_points_that_stand_for_many_give_the_same_medians_as_the_many() -> None:
    each = [a_day(i, m, (i * 7 + i // 9) % 11) for i in range(3650) for m in ("morning", "before")]
    gathered: dict[tuple[int, str, float], int] = {}
    for point in each:
        column = (point.day - START).days * 73 // 3650
        key = (column, point.moment, point.value)
        gathered[key] = gathered.get(key, 0) + 1
    some = [
        Point(START + timedelta(days=column * 50 + 25), value, moment, "right", count=count)
        for (column, moment, value), count in gathered.items()
    ]
    assert draw(some, days=3650) == draw(each, days=3650)


def test_over_years_strokes_are_medians_of_three_columns() -> None:
    some = [a_day(i, m, v) for i in range(3650) for m, v in (("morning", 5), ("before", 9), ("after", 7))]
    frame = draw(some, days=3650)
    assert "50-day medians:  ⠒⠒ morning  150-day:  ○ before  ◦ after" in frame.lines()[0]
    columns = [column for column in _plot(frame) if "○" in column]
    assert [column[:4] for column in columns] == [" ○│◦"] * 25
    year = draw([a_day(i, m, v) for i in range(300) for m, v in (("before", 3), ("after", 9))], days=300)
    assert "8-day medians:  ⠒⠒ after  12-day:  ○ before  ◦ after" in year.lines()[0]
    assert {column[:9] for column in _plot(year) if "○" in column} == {" ◦│││││○ "}
    ascii_ = draw(some, days=3650, glyphs="ascii")
    assert {column[:4] for column in _plot(ascii_) if "b" in column} == {" b|a"}


def test_no_group_of_signs_is_named_without_any() -> None:
    some = [a_day(i, m, 5) for i in range(400) for m in ("before", "after", "morning")]
    for width in range(20, 80):
        words = draw(some, width=width, height=8, days=400).lines()[0].split()
        assert not words[-1].endswith((":", "-day")), words
    assert draw(some, width=24, height=8, days=400).lines()[0].split() == ["19-day", "⠒⠒", "morn"]


def test_a_full_legend_stands_closer() -> None:
    some = [a_day(i, "morning", 4 + i % 2, k) for i in range(9) for k in ("left", "right")]
    assert "left ● morn ⠒⠒ median right ■ morn ⠆⠆ median ◊ both" in draw(some, width=56, height=10).lines()[0]
    loose = "left  ● morn  ⠒⠒ median  right  ■ morn  ⠆⠆ median  ◊ both"
    assert loose in draw(some, width=60, height=10).lines()[0]


def test_over_years_a_stroke_needs_both_its_ends_and_one_knee() -> None:
    halves = [a_day(i, "before" if i < 150 else "after", 5) for i in range(400) if not 150 <= i < 200]
    assert "○" not in draw(halves, days=400).text()
    alike = draw([a_day(i, m, 5) for i in range(400) for m in ("before", "after")], days=400)
    assert "◊ both" in alike.lines()[0]
    assert "○" not in "".join(_plot(alike))
    two = [a_day(i, m, 5, k) for i in range(400) for m in ("before", "after", "morning") for k in ("left", "right")]
    low = draw(two, width=120, height=13, days=400).text()
    assert "one knee alone shows more" in low
    assert "before" not in low
    assert "21-day:  ○□ before  ◦▫ after" in draw(two, width=120, days=400).text()
    assert "□ before" in draw(two, width=120, height=26, days=400).text()


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
