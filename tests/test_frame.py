from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trainer.drawing.ansi import Ink, pick_depth, shell_inks, to_ansi
from trainer.drawing.frame import ROLES, Frame, Run, Sheet, cells
from trainer.drawing.glyphs import ALL_GLYPHS, glyph_set


def test_a_row_of_the_wrong_width_is_refused() -> None:
    Frame(4, 1, ((Run("日本"),),))
    for width, row in ((3, (Run("ab"),)), (3, (Run("日本"),)), (2, (Run("ab"), Run("c", "muted")))):
        with pytest.raises(ValueError, match="cells wide"):
            Frame(width, 1, (row,))
    with pytest.raises(ValueError, match="rows"):
        Frame(2, 2, ((Run("ab"),),))


@pytest.mark.parametrize("text", ["\x1b", "\n", "\x9b", "\u202e", "\u2028", "\x00", "\ud800", "\u200d"])
def test_a_frame_holds_no_control_character(text: str) -> None:
    with pytest.raises(ValueError, match="unprintable"):
        Frame(1, 1, ((Run(text),),))
    sheet = Sheet(3, 1)
    sheet.put(0, 0, f"a{text}b")
    assert sheet.frame().text() == "a?b"


def test_blank_frames_have_their_size() -> None:
    assert Frame.blank(3, 2).lines() == ("   ", "   ")
    assert Frame.blank(0, 2).lines() == ("", "")
    assert Frame.blank(3, 0).lines() == ()


def test_text_is_cut_at_every_edge() -> None:
    sheet = Sheet(4, 2)
    sheet.put(-2, 0, "abcdefgh", "muted")
    sheet.put(3, 1, "xyz")
    sheet.put(0, 2, "below")
    sheet.put(0, -1, "above")
    sheet.put(9, 0, "beyond")
    sheet.put(-9, 0, "before")
    assert sheet.frame().lines() == ("cdef", "   x")


def test_half_a_wide_character_is_never_left_over() -> None:
    sheet = Sheet(6, 1)
    sheet.put(0, 0, "日本語")
    sheet.put(1, 0, "ab")
    assert sheet.frame().text() == " ab 語"
    sheet.put(5, 0, "日")
    assert sheet.frame().text() == " ab 語"


def test_a_combining_mark_joins_the_character_before_it() -> None:
    sheet = Sheet(4, 1)
    sheet.put(0, 0, "e\u0301a")
    sheet.put(2, 0, "語\u0301")
    assert sheet.frame().text() == "e\u0301a語\u0301"
    sheet.put(2, 0, "b")
    assert sheet.frame().text() == "e\u0301ab "
    edge = Sheet(2, 1)
    edge.put(0, 0, "\u0301a")
    assert edge.frame().text() == "a "


def test_blank_cells_start_no_run() -> None:
    sheet = Sheet(9, 1)
    sheet.put(1, 0, "ab", "accent")
    sheet.put(5, 0, "c", "accent")
    sheet.put(7, 0, "d", "muted")
    assert sheet.frame().rows[0] == (Run(" ", ""), Run("ab  c ", "accent"), Run("d ", "muted"))
    assert sheet.frame().roles() == {"", "accent", "muted"}


def test_free_cells_are_blank_and_on_the_sheet() -> None:
    sheet = Sheet(4, 1)
    sheet.put(3, 0, "a")
    assert sheet.is_free(0, 0, 3)
    assert not sheet.is_free(0, 0, 4)
    assert not sheet.is_free(-1, 0)
    assert not sheet.is_free(0, 1)


@given(st.text(), st.integers(-5, 30), st.integers(0, 25))
def test_a_sheet_always_makes_a_frame(text: str, x: int, width: int) -> None:
    sheet = Sheet(width, 1)
    sheet.put(0, 0, "語" * 12)
    sheet.put(x, 0, text, "muted")
    frame = sheet.frame()
    assert cells(frame.text()) == width


def test_widths_agree_with_the_terminal_library() -> None:
    """Up to the CJK blocks; trigrams became wide and some marks were added after the oldest Python's tables."""
    newer = {*range(0x2630, 0x2638), *range(0x268A, 0x2690)}
    for code in {*range(0x20, 0x3000), 0x4E00, 0xAC00, 0xFF21, 0x1F600} - newer:
        character = chr(code)
        if character.isprintable() and unicodedata.category(character)[0] != "M":
            assert cells(character) == cell_len(character), hex(code)
    for glyphs in ALL_GLYPHS:
        assert all(cells(glyph) == cell_len(glyph) == 1 for glyph in glyph_set(glyphs).table)


def test_depth_follows_what_the_terminal_says() -> None:
    def depth(**environ: str) -> str:
        return pick_depth(environ, is_terminal=True)

    assert depth(TERM="xterm-256color", COLORTERM="truecolor") == "truecolor"
    assert depth(TERM="xterm-256color") == "256"
    assert depth(TERM="xterm") == "16"
    assert depth(TERM="dumb", COLORTERM="truecolor") == "none"
    assert depth(TERM="xterm-256color", COLORTERM="truecolor", NO_COLOR="1") == "none"
    assert depth(TERM="xterm", NO_COLOR="") == "16"
    assert depth(OS="Windows_NT", WT_SESSION="x") == "truecolor"
    assert depth() == "none"
    assert pick_depth({"TERM": "xterm"}, is_terminal=False) == "none"


def test_a_frame_is_printed_in_its_inks() -> None:
    sheet = Sheet(8, 2)
    sheet.put(0, 0, "ab", "accent")
    sheet.put(3, 0, "c", "no ink")
    inks = {"accent": Ink((255, 0, 0), 9, is_bold=True), "muted": Ink((1, 2, 3), 4)}
    frame = sheet.frame()
    assert to_ansi(frame, inks, "none") == "ab c\n"
    assert to_ansi(frame, inks, "truecolor") == "\x1b[1;38;2;255;0;0mab \x1b[0mc\n"
    assert to_ansi(frame, inks, "256") == "\x1b[1;38;5;196mab \x1b[0mc\n"
    assert to_ansi(frame, inks, "16") == "\x1b[1;91mab \x1b[0mc\n"
    sheet.put(0, 1, "d", "muted")
    assert to_ansi(sheet.frame(), inks, "16").endswith("\n\x1b[34md\x1b[0m")
    grey = {"muted": Ink((118, 118, 118), 8)}
    assert "38;5;243m" in to_ansi(sheet.frame(), grey, "256")


def test_every_role_has_an_ink_that_shows_on_black_and_on_white() -> None:
    def luminance(rgb: tuple[int, int, int]) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    inks = shell_inks()
    assert set(inks) == set(ROLES)
    for role, ink in inks.items():
        light = luminance(ink.rgb)
        assert (light + 0.05) / 0.05 >= 3, role
        assert 1.05 / (light + 0.05) >= 3, role
        assert ink.basic is None or 0 <= ink.basic <= 15
