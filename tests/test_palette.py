"""Colours where there are few of them: what must be told apart still is."""

from __future__ import annotations

from itertools import combinations

import pytest
from rich.color import Color, ColorSystem
from textual.theme import BUILTIN_THEMES, Theme

from trainer.drawing.ansi import shell_inks, terminal_depth
from trainer.drawing.frame import ROLES
from trainer.ui.palette import GYM_DARK, GYM_LIGHT, inks

THEMES = (GYM_DARK, GYM_LIGHT, BUILTIN_THEMES["ansi-dark"], BUILTIN_THEMES["ansi-light"])
APART = (
    ("limb", "limb.left", "limb.right", "moving", "path"),
    ("limb", "limb.far"),
    ("chart.before", "chart.after", "chart.morning"),
)
XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
VGA = "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"


def colour(theme: Theme, role: str, system: ColorSystem) -> int | None:
    found = inks(theme, is_of_sixteen=system is ColorSystem.STANDARD)[role].color
    assert found is not None
    number = found.downgrade(system).number
    # Of the sixteen, a colour and its bright twin are too near each other, but for black and white.
    is_twin = system is ColorSystem.STANDARD and number is not None and 8 < number < 15
    return number - 8 if is_twin and number is not None else number


def contrast(one: str, other: str) -> float:
    def luminance(hex_: str) -> float:
        parts = [int(hex_[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("system", [ColorSystem.STANDARD, ColorSystem.EIGHT_BIT])
def test_parts_of_the_body_and_marks_of_the_chart_differ_in_few_colours(theme: Theme, system: ColorSystem) -> None:
    assert set(inks(theme)) == set(ROLES)
    for group in APART:
        for one, other in combinations(group, 2):
            assert colour(theme, one, system) != colour(theme, other, system), (one, other)


@pytest.mark.parametrize("theme", THEMES[:2], ids=lambda theme: theme.name)
def test_greys_stay_grey_in_256_colours(theme: Theme) -> None:
    for name in ("foreground", "background", "surface", "panel"):
        found = Color.parse(getattr(theme, name)).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
        assert max(found) - min(found) <= 8, name


@pytest.mark.parametrize("theme", THEMES[:2], ids=lambda theme: theme.name)
def test_the_chosen_line_of_a_list_can_be_read_in_sixteen_colours(theme: Theme) -> None:
    shown = [Color.parse(theme.variables[f"block-cursor-{ground}ground"]) for ground in ("fore", "back")]
    text, ground = (colour.downgrade(ColorSystem.STANDARD).number or 0 for colour in shown)
    assert text != 0, "bold black is often shown as grey"
    for colours in (XTERM.split(), VGA.split()):
        assert contrast(colours[text], colours[ground]) >= 3


def test_what_moves_keeps_its_hue_on_white_however_few_the_colours_are() -> None:
    for system in (ColorSystem.STANDARD, ColorSystem.EIGHT_BIT, ColorSystem.TRUECOLOR):
        found = inks(GYM_LIGHT, is_of_sixteen=system is ColorSystem.STANDARD)["moving"].color
        assert found is not None
        red, green, blue = found.downgrade(system).get_truecolor()
        assert green < min(red, blue) / 2, "magenta"
    assert shell_inks()["moving"].basic == Color.parse("magenta").number


def test_nothing_vanishes_on_white_in_sixteen_colours() -> None:
    painted = {role: style.color for role, style in inks(GYM_LIGHT, is_of_sixteen=True).items()}
    said = {name: Color.parse(str(getattr(GYM_LIGHT, name))) for name in ("primary", "accent", "warning", "success")}
    for name, found in {**painted, **said}.items():
        assert found is not None
        number = found.downgrade(ColorSystem.STANDARD).number or 0
        for colours in (XTERM.split(), VGA.split()):
            assert contrast(colours[number], "ffffff") >= 2, name


def test_the_shell_tells_the_same_apart_and_shows_it_on_black_and_on_white() -> None:
    shell = shell_inks()
    for group in APART:
        assert len({shell[role].basic for role in group}) == len(group)
    assert len({(shell[role].basic or 0) % 8 for role in APART[0]}) == len(APART[0])
    for role, ink in shell.items():
        for colours in (XTERM.split(), VGA.split()):
            if ink.basic is not None:  # else the terminal's own, which can be read
                assert contrast(colours[ink.basic], "000000") >= 2, role
                assert contrast(colours[ink.basic], "ffffff") >= 2, role


@pytest.mark.parametrize(
    ("environ", "depth"),
    [
        ({"TERM": "xterm"}, "16"),
        ({"TERM": "linux"}, "16"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "xterm-kitty"}, "truecolor"),
        ({"TERM": "foot"}, "truecolor"),
        ({"TERM": "alacritty"}, "truecolor"),
        ({"TERM": "tmux-256color"}, "256"),
        ({"TERM": "tmux-256color", "TMUX": "x", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "screen", "TMUX": "x", "COLORTERM": "truecolor"}, "truecolor"),
        # GNU screen 4 takes true colour for blinking and dim text.
        ({"TERM": "screen", "STY": "x", "COLORTERM": "truecolor"}, "16"),
        ({"TERM": "screen", "COLORTERM": "truecolor"}, "16"),
        ({"TERM": "screen.xterm-256color", "COLORTERM": "24bit"}, "256"),
        ({"TERM": "alacritty", "STY": "x", "COLORTERM": "truecolor"}, "16"),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, "none"),
        ({}, "none"),
        ({"OS": "Windows_NT"}, "16"),
        ({"OS": "Windows_NT", "WT_SESSION": "x"}, "truecolor"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "16"),
    ],
)
def test_a_terminal_has_as_many_colours_as_it_says(environ: dict[str, str], depth: str) -> None:
    assert terminal_depth(environ) == depth
