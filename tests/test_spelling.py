"""Where a terminal shows nothing but ASCII, every line of every screen is ASCII, and as wide as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.color import Color

from tests.app import make_app, running, screen_text
from trainer.ui.spelling import Spelling

BLACK = Color(0, 0, 0)


def spelt(text: str) -> str:
    (segment,) = Spelling().apply([Segment(text, Style(bold=True))], BLACK)
    assert segment.style == Style(bold=True)
    return segment.text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("10 min · sitting – chair, mat…", "10 min - sitting - chair, mat."),
        ("Übung für's Knie", "Ubung fur's Knie"),
        ("▛▀▜", "+-+"),
        ("▌ PAUSED ▐", "| PAUSED |"),
        ("膝", "??"),
        ("½ ﬁ", "? ?"),
        ("plain", "plain"),
    ],
)
def test_it_is_written_with_what_comes_nearest(text: str, plain: str) -> None:
    assert spelt(text) == plain


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_any_text_becomes_ascii_of_the_same_width(text: str) -> None:
    found = spelt(text)
    assert found.isascii()
    assert cell_len(found) == sum(map(cell_len, text))


def test_orders_to_the_terminal_stay_as_they_are() -> None:
    order = Segment("…", None, [(ControlType.BELL,)])
    assert Spelling().apply([order], BLACK) == [order]


async def test_every_screen_is_ascii_where_nothing_else_is_shown(tmp_path: Path) -> None:
    room = make_app(tmp_path, glyphs="ascii")
    async with running(room, (80, 24)) as pilot:
        assert "10 min - sitting" in screen_text(room.app)
        for keys in ((), ("i",), ("escape", "d"), ("escape", "f1")):
            await pilot.press(*keys)
            await pilot.pause()
            assert screen_text(room.app).isascii(), keys


async def test_elsewhere_words_keep_their_signs(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room, (80, 24)):
        assert "10 min · sitting" in screen_text(room.app)
