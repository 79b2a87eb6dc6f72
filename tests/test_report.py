"""The page for the appointment: well-formed, by itself, and what people wrote is text in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages import Page, check_apart
from trainer.core.weeks import weeks
from trainer.report import DrillRow, KneePart, NoteRow, Report, page
from trainer.report.page import MOST_ROWS, MOST_WEEKS

LAST = date(2026, 11, 22)
HOSTILE = '</p><script>alert("1")</script><img src=x onerror=y> & \x1b[31m \u202e&lt;'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>Chart</title><line x1="0"/></svg>'


def part(knee: str = "right", days: int = 30) -> KneePart:
    table = weeks([(LAST - timedelta(days=ago), ago % 5) for ago in range(days)], today=LAST)
    return KneePart(knee, SVG, "first stairs of the day", "Mean of 30 mornings 2.0 (0 to 4).", "", table)


EMPTY = Report(LAST - timedelta(days=13), LAST, (part(days=0),), ("No warm-up in these 14 days.",), (), ())
DRILL = DrillRow("Knee to wall", "right", 40, 3, LAST)


def read(report: Report) -> Page:
    return check_apart("".join(page(report)))


def test_the_page_has_a_language_headings_in_order_and_one_main() -> None:
    found = read(replace(EMPTY, knees=(part("left"), part())))
    assert found.one("html").attributes["lang"] == "en"
    assert "22 Nov 2026" in found.all("title")[0].text
    assert "22 Nov 2026" in found.one("h1").text
    assert len(found.all("main")) == 1
    names = [one.text for one in found.all("h2")]
    assert names == [
        *("Left knee", "Right knee", "Week by week", "Warm-ups", "Drills that hurt", "What changed when"),
        *("How to read it", "What it does not say"),
    ]


def test_the_page_forbids_itself_all_that_it_does_not_need() -> None:
    policies = [one for one in read(EMPTY).all("meta") if one.attributes.get("http-equiv")]
    assert [one.attributes["content"] for one in policies] == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_every_table_names_its_columns_and_rows() -> None:
    report = replace(
        EMPTY,
        knees=(part("left"), part()),
        drills=(DRILL,),
        changes=(("4 May 2026", "New shoes"),),
        notes=(NoteRow(LAST, "right knee, morning", None, "slept badly"),),
    )
    for table in read(report).all("table"):
        heads = [one for one in table.below if one.name == "th"]
        assert all(one.attributes.get("scope") in {"col", "row", "colgroup"} for one in heads)
        rows = [one for one in table.below if one.name == "tr"]
        for row in rows:
            is_body = any(one.name == "td" for one in row.below)
            assert [one.attributes["scope"] for one in row.below if one.name == "th"][:1] == [
                "row" if is_body else "col"
            ]
        widths = {
            sum(int(one.attributes.get("colspan", "1")) for one in row.below)
            for row in rows
            if any(one.name == "td" for one in row.below)
        }
        assert len(widths) == 1


def test_a_week_stands_in_its_row_with_mean_best_worst_and_n() -> None:
    (table,) = [one for one in read(replace(EMPTY, knees=(part(days=7),))).all("table") if "Week of" in one.text]
    rows = [[cell.text for cell in row.below] for row in table.below if row.name == "tr"]
    assert rows[2] == ["16 Nov 2026", "1.6", "0", "4", "7/7"]


def test_a_week_without_a_rating_has_no_numbers() -> None:
    gap = weeks([(LAST, 3), (LAST - timedelta(days=15), 5)], today=LAST)
    found = read(replace(EMPTY, knees=(replace(part(), weeks=gap),)))
    rows = [[cell.text for cell in row.below] for row in found.all("tr") if "9 Nov" in row.text]
    assert rows == [["9 Nov 2026", "", "", "", "0/7"]]


def test_two_knees_share_a_row_and_a_knee_without_that_week_leaves_it_empty() -> None:
    found = read(replace(EMPTY, knees=(part("left", days=7), part("right", days=14))))
    rows = [[cell.text for cell in row.below] for row in found.all("tr") if "9 Nov" in row.text]
    assert rows == [["9 Nov 2026", "", "", "", "", "2.1", "0", "4", "7/7"]]


def test_twenty_years_show_the_last_weeks_and_say_what_is_left_out() -> None:
    found = read(replace(EMPTY, knees=(part(days=7 * 100),)))
    rows = [one for one in found.all("tr") if any(cell.text.endswith("/7") for cell in one.below)]
    assert len(rows) == MOST_WEEKS
    assert "16 Nov 2026" in rows[-1].text
    assert "47 earlier weeks are in the chart alone." in found.one("main").text


def test_long_lists_say_how_many_more_there_are() -> None:
    many = tuple((f"{day} May 2026", f"change {day}") for day in range(1, MOST_ROWS + 3))
    found = read(replace(EMPTY, drills=(DRILL,) * (MOST_ROWS + 1), changes=many)).one("main").text
    assert "1 more drills hurt less often." in found
    assert "2 more changes lie further back." in found
    assert "change 14" in found
    assert "change 2\n" not in found


def test_nothing_at_all_is_said_in_words() -> None:
    words = read(EMPTY).one("main").text
    for said in ("No week has a rating yet.", "No warm-up", "No drill was marked as hurting.", "Nothing was noted."):
        assert said in words


def test_notes_are_there_only_when_they_were_asked_for() -> None:
    note = NoteRow(LAST, "right knee, morning", 0, "slept badly")
    assert "Notes" not in [one.text for one in read(EMPTY).all("h2")]
    assert "There are none." in read(replace(EMPTY, notes=())).one("main").text
    (row,) = [one for one in read(replace(EMPTY, notes=(note,))).all("tr") if "slept badly" in one.text]
    assert [cell.text for cell in row.below] == ["22 Nov 2026", "right knee, morning", "0", "slept badly"]


def test_made_up_data_is_marked_at_the_very_top() -> None:
    assert read(EMPTY).one("header").below[0].name == "h1"
    assert read(replace(EMPTY, mark="made-up data")).one("header").below[0].text == "made-up data"


def all_words(text: str) -> Report:
    knee = replace(part(), knee=text, asked=text, sentence=text, compared=text)
    return Report(
        first=LAST,
        last=LAST,
        knees=(knee,),
        warm_ups=(text,),
        drills=(replace(DRILL, name=text, side=text),),
        changes=((text, text),),
        notes=(NoteRow(LAST, text, 3, text),),
        mark=text,
    )


def test_markup_and_control_characters_in_words_stay_words() -> None:
    text = "".join(page(all_words(HOSTILE)))
    read(all_words(HOSTILE))
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "&amp;lt;" in text
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text) is None


@given(st.text(max_size=60))
def test_whatever_a_person_writes_is_well_formed_and_adds_no_element(words: str) -> None:
    plain = read(all_words("x"))
    found = read(all_words(words))
    dropped = {"p"}  # an empty comparison or mark has no paragraph
    assert [e.name for e in found.elements if e.name not in dropped] == [
        e.name for e in plain.elements if e.name not in dropped
    ]


@pytest.mark.parametrize("words", ["cause", "diagnosis", "proof", "reviewed by no clinician"])
def test_it_says_what_it_does_not_say(words: str) -> None:
    sections = [one.text for one in read(EMPTY).all("section")]
    assert any("What it does not say" in one and words in one for one in sections)
