"""Glyph sets: how the pixels of one cell become one character, and which set a terminal is known to have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Glyphs = Literal["octant", "sextant", "quadrant", "braille", "half", "ascii"]
"""The name of a glyph set."""

ALL_GLYPHS: tuple[Glyphs, ...] = ("octant", "sextant", "quadrant", "braille", "half", "ascii")
"""Every set, the finest first."""


@dataclass(frozen=True, slots=True)
class GlyphSet:
    """How many pixels a cell has, and the character of each pattern."""

    across: int
    """Pixels side by side in a cell."""
    down: int
    """Pixels above each other in a cell."""
    table: str
    """256 characters; pixel (x, y) of the cell is bit ``y * across + x`` of the index."""


def glyph_set(name: Glyphs) -> GlyphSet:
    """Return the glyph set of that name."""
    return _SETS[name]


def pick_glyphs(environ: Mapping[str, str], encoding: str | None) -> Glyphs:
    """Return the finest glyphs this terminal is known to draw, from its environment alone.

    Never guesses upward: octants only where the terminal names a version that draws them itself
    (Ghostty 1.2, VTE 0.78) and no multiplexer stands between; quadrants else, for nearly every
    font has them. The Linux console and anything that is not UTF-8 get ASCII; the old Windows
    console, half blocks.
    """
    name = (encoding or "").lower().replace("-", "").replace("_", "")
    term = environ.get("TERM", "")
    if name not in ("utf8", "utf8sig", "cp65001") or term == "linux":
        return "ascii"
    if environ.get("OS") == "Windows_NT" and not any(
        key in environ for key in ("WT_SESSION", "TERM_PROGRAM", "ConEmuANSI", "TERM")
    ):
        return "half"
    if "TMUX" in environ or "STY" in environ or term.startswith(("tmux", "screen")):
        return "quadrant"
    program = environ.get("TERM_PROGRAM", "")
    if program.lower() == "ghostty":
        return "octant" if _version(environ.get("TERM_PROGRAM_VERSION", "")) >= (1, 2) else "quadrant"
    # A terminal started from a VTE shell inherits VTE_VERSION, but names itself as well.
    is_other = program or any(key in environ for key in ("XTERM_VERSION", "KITTY_WINDOW_ID", "ALACRITTY_LOG"))
    vte = environ.get("VTE_VERSION", "")
    if not is_other and term.startswith("xterm") and vte.isdecimal() and int(vte) >= 7800:
        return "octant"
    return "quadrant"


def _version(text: str) -> tuple[int, ...]:
    parts = text.split("-")[0].split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


def _octants() -> str:
    """Unicode 16: U+1CD00 to U+1CDE5 in the order of their patterns, skipping those encoded before.

    A name's digits are the pixels, 1 2 / 3 4 / 5 6 / 7 8 from the top.
    """
    elsewhere = {
        "": " ",
        "1": "\U0001cea8",
        "2": "\U0001ceab",
        "7": "\U0001cea3",
        "8": "\U0001cea0",
        "12": "\U0001fb82",
        "78": "▂",
        "35": "\U0001fbe6",
        "46": "\U0001fbe7",
        "13": "▘",
        "24": "▝",
        "57": "▖",
        "68": "▗",
        "1234": "▀",
        "5678": "▄",
        "1357": "▌",
        "2468": "▐",
        "1368": "▚",
        "2457": "▞",
        "123456": "\U0001fb85",
        "345678": "▆",
        "123457": "▛",
        "123468": "▜",
        "135678": "▙",
        "245678": "▟",
        "12345678": "█",
    }
    taken = {sum(1 << int(digit) - 1 for digit in name): glyph for name, glyph in elsewhere.items()}
    code = 0x1CD00
    out: list[str] = []
    for pattern in range(256):
        if pattern in taken:
            out.append(taken[pattern])
        else:
            out.append(chr(code))
            code += 1
    return "".join(out)


def _sextants() -> str:
    """Unicode 13: U+1FB00 to U+1FB3B in the order of their patterns, skipping the half and full blocks."""
    taken = {0: " ", 0b010101: "▌", 0b101010: "▐", 0b111111: "█"}
    codes = iter(range(0x1FB00, 0x1FB3C))
    return "".join(taken.get(pattern) or chr(next(codes)) for pattern in range(64))


def _braille() -> str:
    """U+2800 to U+28FF, whose bits run down the left column first."""
    dots = (0, 3, 1, 4, 2, 5, 6, 7)
    patterns = (sum((pattern >> i & 1) << dot for i, dot in enumerate(dots)) for pattern in range(256))
    return "".join(chr(0x2800 + pattern) if pattern else " " for pattern in patterns)


# The printable character nearest in shape to each pattern of 2 x 4 pixels: least squared difference of
# ink in a common monospaced font, once plain and once blurred; five pixels and more are a full cell.
_ASCII = (
    ' `\'""\\"[""]]""##([/[[[[[/#/#####))]]\\\\\\#]]]]####([##############'
    "___[[[[[/]/][[##/[[[[[[#/#/#####)]]]\\[##]]]#####[[##############"
    "__]]\\\\[[]]]]]###([[[[[[#/#######]]]]\\\\]#]]]#####|]]#############"
    "___[[[[#]]]#[###_[[#[###/#######_]]#\\###]#######|###############"
)

_SETS: Mapping[str, GlyphSet] = {
    "octant": GlyphSet(2, 4, _octants()),
    "sextant": GlyphSet(2, 3, _sextants().ljust(256)),
    "quadrant": GlyphSet(2, 2, " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█".ljust(256)),
    "braille": GlyphSet(2, 4, _braille()),
    "half": GlyphSet(1, 2, " ▀▄█".ljust(256)),
    "ascii": GlyphSet(2, 4, _ASCII),
}

HASHES = GlyphSet(2, 4, "".join("#" if pattern.bit_count() >= 4 else " " for pattern in range(256)))
"""``#`` where at least half of a cell is covered: letters of blocks, for ASCII."""
