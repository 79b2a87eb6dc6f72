"""From a role to a colour: one map for dark themes, one for light ones, and those for sixteen colours.

Charts use hues that Okabe and Ito chose to be told apart by colour-blind eyes. What moves is yellow on dark, three
times as bright as the limbs, and magenta on light, darker than they are: yellow cannot be read on white, and brown is
red to colour-blind eyes. No meaning hangs on colour alone: ``NO_COLOR`` keeps every word and shape. A terminal with
256 colours shows the nearest it has, one with sixteen too, but on light: what must be told apart (left, right,
moving, path) still is then, and greys are grey enough not to turn blue.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.theme import Theme

_DARK = {
    "limb": "#a0a8b4",
    "limb.left": "#4a80c8",
    "limb.right": "#d07034",
    "limb.far": "#5c646e",
    "moving": "bold #fff05a",
    "path": "#40e0d0",
    "floor": "#6a727c",
    "digit": "#eceef1",
    "digit.last": "bold #fff05a",
    "chart.before": "#56b4e9",
    "chart.after": "#e69f00",
    "chart.morning": "#d86dad",
    "chart.band": "#4a525c",
    "muted": "#8a929e",
    "accent": "bold #40e0d0",
    "warning": "bold #ffb454",
}
_LIGHT = {
    "limb": "#5a6270",
    "limb.left": "#194dae",
    "limb.right": "#a8260e",
    "limb.far": "#9aa2ae",
    "moving": "bold #8c0080",
    "path": "#00786e",
    "floor": "#9aa2ae",
    "digit": "#1a2028",
    "digit.last": "bold #aa2a00",
    "chart.before": "#00519c",
    "chart.after": "#855835",
    "chart.morning": "#a23f82",
    "chart.band": "#c4cad2",
    "muted": "#646c78",
    "accent": "bold #006a60",
    "warning": "bold #a02a00",
}
_SIXTEEN_DARK = {
    "limb": "white",
    "limb.left": "bright_blue",
    "limb.right": "bright_red",
    "limb.far": "bright_black",
    "moving": "bold bright_yellow",
    "path": "bright_cyan",
    "floor": "bright_black",
    "digit": "bold default",
    "digit.last": "bold bright_yellow",
    "chart.before": "bright_blue",
    "chart.after": "bright_yellow",
    "chart.morning": "bright_magenta",
    "chart.band": "bright_black",
    "muted": "default",
    "accent": "bold bright_cyan",
    "warning": "bold bright_red",
}
_SIXTEEN_LIGHT = {
    "limb": "default",
    "limb.left": "blue",
    "limb.right": "red",
    "limb.far": "bright_black",
    "moving": "bold magenta",
    "path": "green",
    "floor": "bright_black",
    "digit": "bold default",
    "digit.last": "bold red",
    "chart.before": "blue",
    "chart.after": "red",
    "chart.morning": "magenta",
    "chart.band": "bright_black",
    "muted": "default",
    "accent": "bold blue",
    "warning": "bold red",
}
_NEAREST = {
    "default": "#000000",
    "red": "#aa0000",
    "green": "#00aa00",
    "blue": "#0000aa",
    "magenta": "#aa00aa",
    "bright_black": "#555555",
}
"""By one of the sixteen, what becomes it in a terminal that has no more: a theme's own colours are never named."""

_CHOSEN = {"block-cursor-background": "#00605a", "block-cursor-foreground": "#ffffff"}
"""The chosen line of a list: white on dark, for many terminals show bold black as grey."""

GYM_DARK = Theme(
    name="gym-dark",
    primary="#40e0d0",
    secondary="#56b4e9",
    accent="#fff05a",
    warning="#ffb454",
    error="#ff7a6b",
    success="#40e0d0",
    foreground="#eceef1",
    background="#121417",
    surface="#1a1c1f",
    panel="#23262b",
    dark=True,
    variables=_CHOSEN,
)
GYM_LIGHT = Theme(
    name="gym-light",
    primary="#006a60",
    secondary="#00639c",
    accent="#aa2a00",
    warning="#a02a00",
    error="#b00020",
    success="#006a60",
    foreground="#1a2028",
    background="#f7f8fa",
    surface="#eef0f3",
    panel="#e2e6eb",
    dark=False,
    variables=_CHOSEN,
)


def inks(theme: Theme, *, is_of_sixteen: bool = False) -> Mapping[str, Style]:
    """The style of each role under ``theme``; the ``ansi-…`` themes use the terminal's own sixteen colours.

    ``is_of_sixteen``: the terminal has no more. The nearest of them would do on dark, but on white what lies far would
    vanish, and the path turn cyan.
    """
    if theme.name.startswith("ansi"):
        words = _SIXTEEN_DARK if theme.dark else _SIXTEEN_LIGHT
    elif theme.dark:
        words = _DARK
    else:
        words = _LIGHT if not is_of_sixteen else {role: _nearest(word) for role, word in _SIXTEEN_LIGHT.items()}
    return {role: Style.parse(word) for role, word in words.items()}


def _nearest(word: str) -> str:
    *bold, colour = word.split()
    # Bold black is often shown as grey.
    return _NEAREST[colour] if colour == "default" else " ".join([*bold, _NEAREST[colour]])
