"""The printed chart: well-formed, nothing outside the page, every score in its place, readable without colour."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_chart import START, a_day, diary, everything, extras, points
from trainer.drawing.chart import Change, Extras, Point
from trainer.drawing.chart_svg import HEIGHT, WIDTH, chart_svg

SVG = "{http://www.w3.org/2000/svg}"


def draw(some: list[Point], days: int = 90, beside: Extras = Extras()) -> ElementTree.Element:  # noqa: B008
    text = chart_svg(some, start=START, end=START + timedelta(days=days - 1), extras=beside)
    return ElementTree.fromstring(text)


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


@given(st.lists(points, max_size=40), st.integers(1, 400) | st.integers(1, 4000), extras)
def test_any_diary_is_well_formed_and_stays_on_the_page(some: list[Point], days: int, beside: Extras) -> None:
    picture = draw(some, days, beside)
    limits = {"x": WIDTH, "x1": WIDTH, "x2": WIDTH, "cx": WIDTH, "y": HEIGHT, "y1": HEIGHT, "y2": HEIGHT, "cy": HEIGHT}
    for element in picture.iter():
        for name, limit in limits.items():
            assert 0 <= float(element.get(name, "0")) <= limit
        for place in element.get("points", "").split():
            x, y = map(float, place.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


@pytest.mark.parametrize("value", range(11))
def test_every_score_lies_on_its_line(value: int) -> None:
    picture = draw([a_day(40, "morning", value)])
    (mark,) = (circle for circle in picture.iter(f"{SVG}circle") if float(circle.get("cy", "0")) > 40)
    (label,) = (text for text in picture.iter(f"{SVG}text") if text.text == str(value))
    assert float(label.get("y", "0")) == pytest.approx(float(mark.get("cy", "0")) + 4, abs=0.11)


def test_knees_differ_without_colour() -> None:
    picture = draw(diary(60, "left", "right"), 60)
    lines = {line.get("stroke-dasharray") for line in picture.iter(f"{SVG}polyline")}
    assert lines == {None, "6 3"}
    assert "left knee:" in words(picture)
    assert "right knee:" in words(picture)
    one = draw(diary(60, "right"), 60)
    assert {line.get("stroke-dasharray") for line in one.iter(f"{SVG}polyline")} == {None}


def test_gaps_stay_open() -> None:
    picture = draw([a_day(i, "morning", 5) for i in (*range(10), *range(40, 50))])
    assert len(list(picture.iter(f"{SVG}polyline"))) == 2
    years = draw([a_day(i, "morning", 5) for i in (*range(400), *range(800, 1200))], 1200)
    assert len(list(years.iter(f"{SVG}polyline"))) == 2


def test_years_are_medians_of_weeks() -> None:
    picture = draw(diary(400), 400)
    assert "morning, median of each week" in words(picture)
    assert "before to after, medians of 2 weeks" in words(picture)
    bands = [rect for rect in picture.iter(f"{SVG}rect") if rect.get("fill") == "#dddddd"]
    assert max(float(rect.get("x", "0")) + float(rect.get("width", "0")) for rect in bands) == 712
    marks = [circle for circle in picture.iter(f"{SVG}circle") if float(circle.get("cy", "0")) > 40]
    assert 40 <= len(marks) <= 2 * 400 / 14
    mornings = draw([a_day(i, "morning", 5) for i in range(400)], 400)
    assert not list(mornings.iter(f"{SVG}circle"))
    assert not any("before" in text for text in words(mornings))
    assert "before to after, medians of 2 weeks" in words(draw(diary(203), 203))
    ten_years = draw(diary(3650), 3650)
    assert "before to after, medians of 18 weeks" in words(ten_years)
    two = draw(diary(400, "left", "right"), 400)
    assert not list(two.iter(f"{SVG}circle"))


def test_strokes_of_years_lie_where_their_medians_are() -> None:
    picture = draw([a_day(i, m, v) for i in range(400) for m, v in (("before", 8), ("after", 3))], 400)
    rows = {text.text: float(text.get("y", "0")) - 4 for text in picture.iter(f"{SVG}text") if text.text in ("3", "8")}
    strokes = [
        (float(line.get("y1", "0")), float(line.get("y2", "0")))
        for line in picture.iter(f"{SVG}line")
        if line.get("stroke") == "#9c3500" and line.get("x1") == line.get("x2")
    ]
    assert len(strokes) == 29
    assert [one for one, _ in strokes] == pytest.approx([rows["8"]] * 29, abs=0.11)
    assert [other for _, other in strokes] == pytest.approx([rows["3"]] * 29, abs=0.11)


def test_words_of_a_person_are_only_words() -> None:
    change = Change(START + timedelta(days=5), "<script>&\x1b]0;\x07")
    text = chart_svg([], start=START, end=START, extras=Extras(changes=(change,)), title="<b>")
    assert "<script" not in text
    assert "\x1b" not in text
    picture = draw([], 90, Extras(changes=(change,)))
    assert "<script>&?]0;?" in words(picture)


def test_words_of_changes_do_not_lie_over_each_other() -> None:
    days = (3, 4, 5, 6, 20, 40, 41, 60, 85, 89)
    changes = tuple(Change(START + timedelta(days=i), f"change {i} with more words") for i in days)
    picture = draw([], 90, Extras(changes=changes))
    said = [text for text in picture.iter(f"{SVG}text") if (text.text or "").startswith("change ")]
    rows: dict[str, list[tuple[float, float]]] = {}
    for text in said:
        x, wide = float(text.get("x", "")), 6.4 * len(text.text or "")
        begin = x - wide if text.get("text-anchor") == "end" else x
        assert begin >= 0
        assert begin + wide <= WIDTH
        rows.setdefault(text.get("y", ""), []).append((begin, begin + wide))
    assert len(rows) == 2
    lines = [line for line in picture.iter(f"{SVG}line") if line.get("stroke-dasharray") == "5 2"]
    assert len(lines) == len(days)
    for y, row in rows.items():
        for (_, end), (begin, _) in pairwise(sorted(row)):
            assert end < begin
        for line in lines:
            is_crossed = float(line.get("y1", "")) < float(y)
            assert not any(begin < float(line.get("x1", "")) < end for begin, end in row if is_crossed)
    assert any(text.text == changes[7].words for text in said)
    assert sum("…" in (text.text or "") for text in said) >= 3


def test_warm_ups_days_off_and_the_line_at_three_are_explained() -> None:
    said = words(draw(diary(90), 90, everything(90)))
    for expected in ("day with a warm-up", "day off, such as an illness", "many people call this acceptable"):
        assert expected in said
    assert "new shoes" in said
    assert "No ratings in these days." in words(draw([]))
