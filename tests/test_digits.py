from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden import assert_golden
from trainer.drawing.digits import LARGEST, digits
from trainer.drawing.frame import Frame
from trainer.drawing.glyphs import ALL_GLYPHS, Glyphs


@pytest.mark.parametrize("glyphs", ["quadrant", "half", "octant", "ascii"])
@pytest.mark.parametrize("rows", [5, 7, 12])
def test_digits_look_as_they_were_approved(glyphs: Glyphs, rows: int) -> None:
    assert_golden(f"digits_{glyphs}_{rows}", digits("0123456789 1:05", 270, rows, glyphs=glyphs, align="left"))


@given(
    st.text("0123456789:-. x語\x1b", max_size=9),
    st.integers(-1, 200),
    st.integers(-1, 80),
    st.sampled_from(ALL_GLYPHS),
    st.sampled_from(["left", "center", "right"]),
)
def test_any_text_fits_any_box(text: str, width: int, height: int, glyphs: Glyphs, align: str) -> None:
    frame = digits(text, width, height, glyphs=glyphs, align=align)  # type: ignore[arg-type]
    assert (frame.width, frame.height) == (max(0, width), max(0, height))
    assert frame.roles() <= {"", "digit"}
    if glyphs == "ascii" and "語" not in text:
        assert frame.text().isascii()


@pytest.mark.parametrize("glyphs", ["octant", "sextant", "quadrant", "braille", "half"])
@pytest.mark.parametrize("rows", range(4, 17))
def test_digits_differ_clearly_at_every_size(glyphs: Glyphs, rows: int) -> None:
    pictures = {d: digits(d, 60, rows, glyphs=glyphs, align="left").text() for d in "0123456789"}
    for one, other in combinations(pictures, 2):
        different = sum(a != b for a, b in zip(pictures[one], pictures[other], strict=True))
        assert different >= 2, (one, other)


def _extent(frame: Frame) -> tuple[int, int, int]:
    """First inked column, last inked column, inked rows."""
    inked = [line for line in frame.lines() if line.strip()]
    left = min(len(line) - len(line.lstrip()) for line in inked)
    return left, max(len(line.rstrip()) for line in inked), len(inked)


@pytest.mark.parametrize("rows", [5, 7, 9, 12, 20])
def test_digits_fill_the_height_there_is(rows: int) -> None:
    left, right, inked = _extent(digits("8", 200, rows))
    assert inked == rows
    assert right - left == pytest.approx(1.2 * rows, abs=1)


def test_digits_stop_growing() -> None:
    assert _extent(digits("8", 300, 60))[2] == LARGEST


def test_a_narrow_box_limits_the_height() -> None:
    left, right, inked = _extent(digits("12:34", 30, 40))
    assert 4 <= inked <= 6
    assert right - left <= 30


def test_nothing_jumps_as_the_count_falls() -> None:
    wide = [digits(f"{n}", 40, 7, align="right") for n in range(10)]
    columns = [frame.text() for frame in (digits("10", 40, 7, align="right", like="00"), *wide)]
    assert _extent(wide[8])[1] == _extent(wide[0])[1] == 40
    assert columns[0].splitlines()[3][-8:] == columns[1].splitlines()[3][-8:]
    narrow = [digits(text, 22, 12, like="0:00") for text in ("1:00", "0:59", "0:08", "8")]
    assert len({_extent(frame)[2] for frame in narrow}) == 1
    assert _extent(digits("8", 22, 12))[2] > _extent(narrow[3])[2]


def test_text_stands_where_it_is_told() -> None:
    left, centre, right = (digits("8", 41, 7, align=align) for align in ("left", "center", "right"))
    assert _extent(left)[0] == 0
    assert _extent(right)[1] == 41
    assert abs(_extent(centre)[0] - (41 - _extent(centre)[1])) <= 1
    assert _extent(digits("8", 20, 34))[2] == 22
    assert not digits("8", 12, 20).lines()[0].strip()


def test_small_boxes_and_other_texts_are_plain() -> None:
    assert digits("1:05", 10, 3).lines() == (" " * 10, "   1:05   ", " " * 10)
    assert digits("1:05", 10, 3, align="left").lines()[1] == "1:05      "
    assert digits("go", 10, 9).lines()[4] == "    go    "
    assert digits("1:05", 3, 1).text() == " … "
    assert digits("1:05", 3, 1, glyphs="ascii").text() == " ~ "
    assert digits("12", 40, 4, glyphs="ascii").lines()[1].strip() == "12"
    assert digits("", 3, 5) == Frame.blank(3, 5)


def test_the_last_seconds_take_the_role_they_are_given() -> None:
    assert "digit.last" in digits("3", 20, 7, role="digit.last").roles()
    assert "digit.last" in digits("3", 20, 2, role="digit.last").roles()


@pytest.mark.parametrize("height", range(4, 31))
def test_no_pixel_stands_alone_at_the_edge(height: int) -> None:
    # A line that only touched a disc once painted the first column, far from the digit.
    for digit in "0123456789":
        lines = digits(digit, 80, height).lines()
        left = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
        assert left > 10
