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


@dataclass(frozen=True, slots=True)
class Choice:
    """Which glyphs a terminal gets, and why."""

    glyphs: Glyphs
    """The set."""
    why: str
    """The reason: half a sentence."""
    hint: str = ""
    """What may be tried for finer figures: a sentence, or nothing."""


def pick_glyphs(environ: Mapping[str, str], encoding: str | None) -> Glyphs:
    """Return the finest glyphs this terminal is known to draw; see ``choose_glyphs``."""
    return choose_glyphs(environ, encoding).glyphs


def choose_glyphs(environ: Mapping[str, str], encoding: str | None) -> Choice:
    """Return the finest glyphs this terminal is known to draw, from its environment alone, and why.

    Never guesses upward: a set finer than quadrants only where one terminal alone names itself with a version that
    was seen or is documented to draw it, and nothing stands between (docs/terminals.md). What is not UTF-8 shows
    rubbish, and some bytes even make a terminal answer, which then counts as keys pressed: there, ASCII.
    """
    term = environ.get("TERM", "")
    is_windows = environ.get("OS") == "Windows_NT"
    if _folded(encoding or "") not in ("utf8", "utf8sig", "cp65001"):
        return Choice("ascii", f"the text encoding is {encoding or 'not known'}", _NEEDS_UTF8)
    if term == "linux":
        return Choice(
            "ascii", "the Linux console has letters, but few blocks", "A terminal window shows finer figures."
        )
    between = _stands_between(environ, term)
    if not is_windows and not _says_utf8(environ) and (between or not _always_speaks_utf8(environ, term)):
        return Choice("ascii", "the locale does not say UTF-8", _NEEDS_UTF8)
    if is_windows and not any(key in environ for key in ("WT_SESSION", "TERM_PROGRAM", "ConEmuANSI", "TERM")):
        return Choice("half", "the old Windows console has little more", "Windows Terminal shows finer figures.")
    if between:
        return Choice("quadrant", f"{between} stands between, and may not know newer glyphs")
    return _by_name(environ, term)


_NEEDS_UTF8 = "A UTF-8 locale, such as LANG=C.UTF-8, shows finer figures."
_SIGNS = {
    "TERM_PROGRAM": "",
    "VTE_VERSION": "VTE",
    "KONSOLE_VERSION": "Konsole",
    "KITTY_WINDOW_ID": "kitty",
    "ALACRITTY_WINDOW_ID": "Alacritty",
    "ALACRITTY_LOG": "Alacritty",
    "WT_SESSION": "Windows Terminal",
    "XTERM_VERSION": "xterm",
    "TERMINAL_EMULATOR": "JetBrains",
    "INSIDE_EMACS": "Emacs",
    "VIM_TERMINAL": "Vim",
    "NVIM": "Neovim",
    "TERMINOLOGY": "Terminology",
    "MLTERM": "mlterm",
}
"""Variables by which a terminal says that it is there; programs started in it inherit them, other terminals too."""
_MODERN = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm")
"""TERM of terminals that are always UTF-8; unlike other variables it comes through ssh."""
_OLD = ("xterm", "Emacs", "Vim", "Neovim", "Terminology", "mlterm")
"""Those that go by the locale."""
_FINER: tuple[tuple[str, str, Glyphs], ...] = (
    ("xterm-kitty", "kitty 0.40", "octant"),
    ("foot", "foot 1.20", "octant"),
    ("alacritty", "Alacritty 0.15", "sextant"),
)
"""Terminals that do not say their version."""


def _by_name(environ: Mapping[str, str], term: str) -> Choice:
    names = _names(environ)
    name = next(iter(names)) if len(names) == 1 else ""
    is_plain = term in ("xterm", "xterm-256color")
    program = _version(environ.get("TERM_PROGRAM_VERSION", ""))
    if name == "ghostty" and term == "xterm-ghostty" and program >= (1, 2):
        return Choice("octant", "Ghostty 1.2 and newer draw them")
    if name == "VTE" and is_plain and _version(environ["VTE_VERSION"]) >= (7800,):
        return Choice("octant", "this terminal is built on VTE 0.78 or newer, which draws them")
    if name == "Konsole" and is_plain and _version(environ["KONSOLE_VERSION"]) >= (221203,):
        return Choice("sextant", "Konsole 22.12 and newer draw them")
    if name == "WezTerm" and (is_plain or term == "wezterm") and program >= (20210814,):
        return Choice("sextant", "WezTerm of August 2021 and newer draw them")
    for start, since, finer in _FINER:
        if term.startswith(start):
            hint = f"{since} and newer draw finer ones: 'glyphs: {finer}' in the settings."
            return Choice("quadrant", "nearly every font has them", hint)
    return Choice("quadrant", "nearly every font has them")


def _names(environ: Mapping[str, str]) -> set[str]:
    return {name or environ[key] for key, name in _SIGNS.items() if environ.get(key)}


def _stands_between(environ: Mapping[str, str], term: str) -> str:
    """Return the name of the multiplexer, or nothing."""
    if "TMUX" in environ or term.startswith("tmux"):
        return "tmux"
    if "ZELLIJ" in environ:
        return "zellij"
    return "screen" if "STY" in environ or term.startswith("screen") else ""


def _says_utf8(environ: Mapping[str, str]) -> bool:
    """Whether the locale says UTF-8. Python itself sets LC_CTYPE where there is none (PEP 538): that says nothing."""
    spoken = environ.get("LC_CTYPE", "")
    if spoken in ("C.UTF-8", "C.utf8", "UTF-8"):
        spoken = ""
    locale = environ.get("LC_ALL") or spoken or environ.get("LANG", "")
    return _folded(locale.partition("@")[0]).endswith("utf8")


def _always_speaks_utf8(environ: Mapping[str, str], term: str) -> bool:
    return term.startswith(_MODERN) or not _names(environ) <= set(_OLD)


def _folded(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def _version(text: str) -> tuple[int, ...]:
    parts = text.split("-")[0].split(".")
    return tuple(int(part) for part in parts) if all(part.isascii() and part.isdecimal() for part in parts) else ()


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
    taken = {_pattern(name): glyph for name, glyph in elsewhere.items()}
    code = 0x1CD00
    out: list[str] = []
    for pattern in range(256):
        if pattern in taken:
            out.append(taken[pattern])
        else:
            out.append(chr(code))
            code += 1
    # kitty 0.41 and foot 1.21 draw every octant but these, which came under other names: their next of kin instead.
    for lacking, kin in (("1", "13"), ("2", "24"), ("7", "57"), ("8", "68"), ("35", "135"), ("46", "246")):
        out[_pattern(lacking)] = out[_pattern(kin)]
    return "".join(out)


def _pattern(pixels: str) -> int:
    return sum(1 << int(pixel) - 1 for pixel in pixels)


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
