"""Which glyphs a terminal gets: each rule once, and each that could be mistaken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.drawing.glyphs import ALL_GLYPHS, choose_glyphs, glyph_set, pick_glyphs

UTF8 = {"LANG": "en_GB.UTF-8"}
PLAIN = {"TERM": "xterm-256color", **UTF8}
VTE = {**PLAIN, "VTE_VERSION": "8001"}
GHOSTTY = {"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.2.0", **UTF8}
WEZTERM = {**PLAIN, "TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20240203-110809-5046fb98"}


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        (PLAIN, "quadrant"),
        ({"TERM": "xterm", **UTF8}, "quadrant"),
        # Built on VTE: seen with 0.80, looked up for 0.78.
        (VTE, "octant"),
        ({**PLAIN, "VTE_VERSION": "7800"}, "octant"),
        ({**PLAIN, "VTE_VERSION": "7799"}, "quadrant"),
        ({**PLAIN, "VTE_VERSION": "7006"}, "quadrant"),
        ({**PLAIN, "VTE_VERSION": "odd"}, "quadrant"),
        ({**PLAIN, "VTE_VERSION": "٨٠٠١"}, "quadrant"),
        # Ghostty.
        (GHOSTTY, "octant"),
        ({**GHOSTTY, "TERM_PROGRAM_VERSION": "1.1.3"}, "quadrant"),
        ({**GHOSTTY, "TERM_PROGRAM_VERSION": "tip"}, "quadrant"),
        ({**GHOSTTY, "TERM_PROGRAM_VERSION": "1.3.0-dev+abc"}, "octant"),
        # Konsole: seen with 22.12 and 25.04.
        ({**PLAIN, "KONSOLE_VERSION": "221203"}, "sextant"),
        ({**PLAIN, "KONSOLE_VERSION": "220401"}, "quadrant"),
        # WezTerm.
        (WEZTERM, "sextant"),
        ({**WEZTERM, "TERM": "wezterm"}, "sextant"),
        ({**WEZTERM, "TERM_PROGRAM_VERSION": "20210502-154244-3f7122cb"}, "quadrant"),
        # No version in the environment: quadrants, whatever it could do.
        ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1", **UTF8}, "quadrant"),
        ({"TERM": "foot", **UTF8}, "quadrant"),
        ({"TERM": "alacritty", "ALACRITTY_WINDOW_ID": "7", **UTF8}, "quadrant"),
        ({**PLAIN, "TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.99.0"}, "quadrant"),
        ({**PLAIN, "TERM_PROGRAM": "Apple_Terminal", "TERM_PROGRAM_VERSION": "455"}, "quadrant"),
        ({**PLAIN, "TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.0"}, "quadrant"),
    ],
)
def test_a_terminal_gets_what_it_is_known_to_draw(environ: dict[str, str], expected: str) -> None:
    assert pick_glyphs(environ, "utf-8") == expected


@pytest.mark.parametrize("fine", [VTE, GHOSTTY, WEZTERM])
@pytest.mark.parametrize(
    "other",
    [
        {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"},
        {"TERM": "alacritty", "ALACRITTY_WINDOW_ID": "7"},
        {"ALACRITTY_LOG": "/tmp/a.log"},
        {"TERM": "foot"},
        {"TERM": "xterm", "XTERM_VERSION": "XTerm(379)"},
        {"TERM": "rxvt-unicode-256color"},
        {"TERM": "xterm-256color", "KONSOLE_VERSION": "220401"},
        {"TERM": "xterm-256color", "WT_SESSION": "1"},
        {"TERM": "xterm-256color", "TERMINAL_EMULATOR": "JetBrains-JediTerm"},
        {"TERM": "xterm-256color", "INSIDE_EMACS": "29.1,vterm"},
        {"TERM": "xterm-256color", "VIM_TERMINAL": "901"},
        {"TERM": "xterm-256color", "NVIM": "/run/nvim.1"},
        {"TERM": "xterm-256color", "TERMINOLOGY": "1"},
        {"TERM": "xterm", "MLTERM": "3.9"},
        {"TERM": "tmux-256color", "TMUX": "/tmp/t,1,0", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.5a"},
        {"TMUX": "/tmp/t,1,0"},
        {"TERM": "tmux"},
        {"TERM": "screen", "STY": "12.pts"},
        {"TERM": "screen.xterm-256color"},
        {"STY": "12.pts"},
        {"ZELLIJ": "0"},
    ],
)
def test_what_was_inherited_from_a_finer_terminal_does_not_count(fine: dict[str, str], other: dict[str, str]) -> None:
    assert pick_glyphs({**fine, **other}, "utf-8") == "quadrant"


@pytest.mark.parametrize(
    ("environ", "encoding", "expected"),
    [
        (PLAIN, "ISO-8859-1", "ascii"),
        (PLAIN, None, "ascii"),
        (PLAIN, "UTF8", "quadrant"),
        (VTE, "latin-1", "ascii"),
        ({"TERM": "linux", **UTF8}, "utf-8", "ascii"),
        # Python writes UTF-8 even where the locale does not; an xterm started there shows rubbish.
        ({"TERM": "xterm"}, "utf-8", "ascii"),
        ({"TERM": "xterm", "LANG": "C"}, "utf-8", "ascii"),
        ({"TERM": "xterm", "LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "utf-8", "ascii"),
        ({"TERM": "xterm", "LANG": "de_DE.ISO-8859-15"}, "utf-8", "ascii"),
        ({"TERM": "xterm", "XTERM_VERSION": "XTerm(379)", "LANG": "POSIX"}, "utf-8", "ascii"),
        ({"TERM": "xterm", "LC_CTYPE": "C.UTF-8"}, "utf-8", "ascii"),
        ({"TERM": "xterm", "LC_CTYPE": "de_DE.UTF-8"}, "utf-8", "quadrant"),
        ({"TERM": "xterm", "LC_ALL": "", "LANG": "C.utf8"}, "utf-8", "quadrant"),
        ({"TERM": "xterm", "LANG": "ca_ES.UTF-8@valencia"}, "utf-8", "quadrant"),
        # tmux and screen go by the locale, whatever terminal they run in.
        ({"TERM": "screen", "TMUX": "x", "VTE_VERSION": "8001"}, "utf-8", "ascii"),
        ({"TERM": "screen", "STY": "x", "KITTY_WINDOW_ID": "1"}, "utf-8", "ascii"),
        ({"TERM": "screen", "STY": "x", **UTF8}, "utf-8", "quadrant"),
        # These are always UTF-8.
        ({"TERM": "xterm-kitty"}, "utf-8", "quadrant"),
        ({"TERM": "foot"}, "utf-8", "quadrant"),
        ({"TERM": "alacritty"}, "utf-8", "quadrant"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "8001"}, "utf-8", "octant"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "utf-8", "quadrant"),
        ({"TERM": "xterm-256color", "WT_SESSION": "1"}, "utf-8", "quadrant"),
        # Windows has no such locale.
        ({"OS": "Windows_NT"}, "utf-8", "half"),
        ({"OS": "Windows_NT"}, "cp65001", "half"),
        ({"OS": "Windows_NT"}, "cp1252", "ascii"),
        ({"OS": "Windows_NT", "WT_SESSION": "1"}, "utf-8", "quadrant"),
        ({"OS": "Windows_NT", "TERM": "xterm"}, "utf-8", "quadrant"),
    ],
)
def test_ascii_where_nothing_else_is_sure_to_arrive(
    environ: dict[str, str], encoding: str | None, expected: str
) -> None:
    assert pick_glyphs(environ, encoding) == expected


WORDS = st.sampled_from(["", "1", "8001", "xterm", "foot", "screen", "C", "C.UTF-8", "ghostty", "1.2", "x.y", "²"])
KEYS = st.sampled_from(
    ["TERM", "LANG", "LC_ALL", "VTE_VERSION", "KONSOLE_VERSION", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TMUX", "OS"]
)


@given(st.dictionaries(KEYS, WORDS), st.sampled_from([None, "", "utf-8", "ascii"]))
def test_any_environment_gets_some_glyphs_and_a_reason(environ: dict[str, str], encoding: str | None) -> None:
    choice = choose_glyphs(environ, encoding)
    assert choice.glyphs in ALL_GLYPHS
    assert choice.why


@pytest.mark.parametrize(
    ("environ", "why", "hint"),
    [
        ({"TERM": "linux", **UTF8}, "Linux console", "terminal window"),
        ({"TERM": "xterm", "LANG": "C"}, "locale", "LANG=C.UTF-8"),
        ({"TERM": "xterm-kitty", **UTF8}, "font", "'glyphs: octant'"),
        ({"TERM": "foot-extra", **UTF8}, "font", "'glyphs: octant'"),
        ({"TERM": "alacritty", **UTF8}, "font", "'glyphs: sextant'"),
        ({**PLAIN, "TMUX": "x"}, "tmux stands between", ""),
        ({**PLAIN, "STY": "x"}, "screen stands between", ""),
        ({**PLAIN, "ZELLIJ": "0"}, "zellij stands between", ""),
        ({"OS": "Windows_NT"}, "Windows console", "Windows Terminal"),
    ],
)
def test_the_reason_is_told_and_what_may_be_tried(environ: dict[str, str], why: str, hint: str) -> None:
    choice = choose_glyphs(environ, "utf-8")
    assert why in choice.why
    assert hint in choice.hint
    assert bool(hint) == bool(choice.hint)


def test_octants_leave_out_what_kitty_and_foot_do_not_draw() -> None:
    lacking = {0x1CEA0, 0x1CEA3, 0x1CEA8, 0x1CEAB, 0x1FBE6, 0x1FBE7}
    table = glyph_set("octant").table
    assert not lacking & {ord(glyph) for glyph in table}
    assert len(set(table)) == 256 - len(lacking)
    # One pixel becomes the quadrant it lies in.
    assert "".join(table[pattern] for pattern in (1 << 0, 1 << 1, 1 << 6, 1 << 7)) == "▘▝▖▗"
