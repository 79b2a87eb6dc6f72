"""A Frame printed to the shell: each role in an ink, as many colours as the terminal is known to have.

Without colour a Frame still reads: shapes and words carry everything, colour only repeats it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trainer.drawing.frame import Frame

Depth = Literal["truecolor", "256", "16", "none"]
"""How many colours the terminal has; "none" prints no escape at all."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How a role looks in the shell."""

    rgb: tuple[int, int, int]
    """Red, green, blue, 0 to 255 each."""
    basic: int | None
    """One of the sixteen colours: 0 to 7 plain, 8 to 15 bright; None for the terminal's own colour of text."""
    is_bold: bool = False
    """Whether it is printed bold."""


def shell_inks() -> Mapping[str, Ink]:
    """Return an ink for each role, at least 3:1 against both a black and a white background.

    The shell does not say which it has. Charts are in hues of Okabe and Ito's palette, which
    colour-blind eyes tell apart. What moves is magenta: a yellow that can be read on white is too near the orange of
    the right side. Of the sixteen colours, white, yellow, cyan and bright green cannot be read on white, so they are
    left out.
    """
    return {
        "limb": Ink((120, 120, 120), None),
        "limb.left": Ink((74, 128, 200), 12),
        "limb.right": Ink((196, 112, 40), 9),
        "limb.far": Ink((110, 110, 110), 8),
        "moving": Ink((208, 32, 184), 5, is_bold=True),
        "path": Ink((0, 150, 140), 2),
        "floor": Ink((120, 120, 120), 8),
        "digit": Ink((74, 128, 200), 12, is_bold=True),
        "digit.last": Ink((213, 94, 0), 9, is_bold=True),
        "chart.before": Ink((0, 124, 190), 12),
        "chart.after": Ink((213, 94, 0), 9),
        "chart.morning": Ink((190, 100, 155), 5),
        "chart.band": Ink((120, 120, 120), 8),
        "muted": Ink((120, 120, 120), None),
        "accent": Ink((0, 140, 105), 5, is_bold=True),
        "warning": Ink((213, 94, 0), 9, is_bold=True),
    }


def to_ansi(frame: Frame, inks: Mapping[str, Ink], depth: Depth) -> str:
    """Return the frame as lines for the shell, without a newline at the end; trailing blanks are cut.

    A role without an ink is printed plain.
    """
    if depth == "none":
        return "\n".join(line.rstrip() for line in frame.lines())
    starts = {role: f"\x1b[{'1;' if ink.is_bold else ''}{_code(ink, depth)}m" for role, ink in inks.items()}
    lines: list[str] = []
    for row in frame.rows:
        pieces = [
            f"{starts[role]}{text}\x1b[0m" if role in starts and text.strip() else text
            for text, role in _without_tail(row)
        ]
        lines.append("".join(pieces))
    return "\n".join(lines)


def pick_depth(environ: Mapping[str, str], *, is_terminal: bool) -> Depth:
    """Return how many colours to print with; ``NO_COLOR`` (no-color.org), a pipe or a dumb terminal: none."""
    return "none" if environ.get("NO_COLOR") or not is_terminal else terminal_depth(environ)


def terminal_depth(environ: Mapping[str, str]) -> Depth:
    """Return how many colours the terminal has, as far as its environment says, whether they are wanted or not.

    GNU screen hands on what the terminal around it says of itself, but up to version 4 it takes true colour for
    blinking and dim text, so in it only TERM counts.
    """
    term = environ.get("TERM", "")
    if term == "dumb":
        return "none"
    is_screen = "STY" in environ or (term.startswith("screen") and "TMUX" not in environ)
    says_truecolor = environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or "WT_SESSION" in environ
    if not is_screen and (says_truecolor or term.startswith(_TRUECOLOR)):
        return "truecolor"
    if "256color" in term:
        return "256"
    return "16" if term or environ.get("OS") == "Windows_NT" else "none"


_TRUECOLOR = ("xterm-kitty", "xterm-ghostty", "xterm-direct", "alacritty", "foot", "wezterm")
"""TERM that stands for true colour by itself; unlike COLORTERM it comes through ssh."""


def _without_tail(row: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    runs = list(row)
    while runs:
        text, role = runs.pop()
        if kept := text.rstrip():
            return [*runs, (kept, role)]
    return []


def _code(ink: Ink, depth: Depth) -> str:
    if depth == "truecolor":
        return "38;2;{};{};{}".format(*ink.rgb)
    if depth == "256":
        return f"38;5;{_nearest_of_256(ink.rgb)}"
    if ink.basic is None:
        return "39"
    return str(30 + ink.basic if ink.basic < 8 else 82 + ink.basic)


def _nearest_of_256(rgb: tuple[int, int, int]) -> int:
    """Return the nearest entry of the 6x6x6 cube (16 to 231) or the grey ramp (232 to 255)."""
    levels = (0, 95, 135, 175, 215, 255)
    cube = tuple(min(range(6), key=lambda i: abs(levels[i] - part)) for part in rgb)
    grey = min(range(24), key=lambda i: abs(8 + 10 * i - sum(rgb) / 3))
    far_cube = sum((levels[i] - part) ** 2 for i, part in zip(cube, rgb, strict=True))
    far_grey = sum((8 + 10 * grey - part) ** 2 for part in rgb)
    return 232 + grey if far_grey < far_cube else 16 + 36 * cube[0] + 6 * cube[1] + cube[2]
