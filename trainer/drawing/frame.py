"""A Frame: rows of runs, each a piece of text with a role, every row exactly as wide as the frame.

The app paints a Frame in the theme's colours and the shell prints it; neither the drawing nor the
words in it know a colour. A Frame never holds a control character, whatever a file or a person wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable

ROLES = (
    "limb",
    "limb.left",
    "limb.right",
    "limb.far",
    "moving",
    "path",
    "floor",
    "digit",
    "digit.last",
    "chart.before",
    "chart.after",
    "chart.morning",
    "chart.band",
    "muted",
    "accent",
    "warning",
)
"""The roles a theme gives a colour to. The empty role is plain text."""

# Printable, one cell each: ASCII, Latin, box drawing, blocks, shapes, braille, sextants and octants.
_ONE_CELL = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u2500-\u25fc\u2800-\u28ff\U0001cd00-\U0001ceaf\U0001fb00-\U0001fbef]*"
)
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Run(NamedTuple):
    """A piece of one row. A named tuple, for rows are compared and hashed at every repaint."""

    text: str
    """What is shown; no control characters."""
    role: str = ""
    """One of ``ROLES``, or empty for plain text."""


Row = tuple[Run, ...]


@lru_cache(maxsize=1024)
def cell_width(character: str) -> int:
    """Cells one character takes in a terminal: 0 where it joins the one before, 2 where it is wide.

    Wide and fullwidth characters take two cells; combining marks and the later letters of a Hangul
    syllable none (Unicode annex 11, as the running Python knows it); those of ambiguous width take
    one, as in terminals outside East Asia.
    """
    if _ONE_CELL.fullmatch(character):
        return 1  # also what an older Python does not know yet
    if category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1


def cells(text: str) -> int:
    """Cells a text takes in a terminal."""
    return len(text) if _ONE_CELL.fullmatch(text) else sum(map(cell_width, text))


def clean(text: str) -> str:
    """Return the text with every control, format and unassigned character replaced by ``?``.

    Variation selectors are dropped: they change the width of the character before in some terminals
    and not in others.
    """
    if _ONE_CELL.fullmatch(text):
        return text
    kept = (c for c in text if not "\ufe00" <= c <= "\ufe0f")
    return "".join("?" if _is_unprintable(c) else c for c in kept)


def _is_unprintable(character: str) -> bool:
    # Newer glyphs of our own are unassigned to an older Python.
    return not _ONE_CELL.fullmatch(character) and category(character) in _UNPRINTABLE


@dataclass(frozen=True, slots=True)
class Frame:
    """A finished picture, ``width`` cells wide and ``height`` rows high.

    Raises ``ValueError`` where a row is not as wide as the frame, or holds an unprintable character:
    both are faults of the drawing.
    """

    width: int
    """Cells across; 0 or more."""
    height: int
    """Rows down; 0 or more."""
    rows: tuple[Row, ...]
    """From the top; each row's texts together take exactly ``width`` cells."""

    def __post_init__(self) -> None:
        if len(self.rows) != self.height:
            raise ValueError(f"a frame of {self.height} rows was given {len(self.rows)}")
        for number, row in enumerate(self.rows):
            text = "".join([run.text for run in row])
            if _ONE_CELL.fullmatch(text):
                wide = len(text)
            elif clean(text) != text:
                raise ValueError(f"row {number} holds an unprintable character: {text!a}")
            else:
                wide = cells(text)
            if wide != self.width:
                raise ValueError(f"row {number} is {wide} cells wide, the frame {self.width}")

    @classmethod
    def blank(cls, width: int, height: int) -> Frame:
        """Return an empty frame."""
        row: Row = (Run(" " * width),) if width else ()
        return cls(width, height, (row,) * height)

    def lines(self) -> tuple[str, ...]:
        """Return each row as plain text, exactly ``width`` cells wide."""
        return tuple("".join([run.text for run in row]) for row in self.rows)

    def text(self) -> str:
        """Return the rows as plain text, joined by newlines."""
        return "\n".join(self.lines())

    def roles(self) -> frozenset[str]:
        """Return the roles that occur."""
        return frozenset(run.role for row in self.rows for run in row)


class Sheet:
    """A blank page to put texts and frames on; what does not fit is cut off, never wrapped."""

    def __init__(self, width: int, height: int) -> None:
        self.width = max(0, width)
        self.height = max(0, height)
        # An empty string is the right half of the wide character before it.
        self._texts = [[" "] * self.width for _ in range(self.height)]
        self._roles = [[""] * self.width for _ in range(self.height)]

    def put(self, x: int, y: int, text: str, role: str = "") -> None:
        """Write text from cell ``x`` of row ``y`` on; control characters become ``?``."""
        if not 0 <= y < self.height:
            return
        if _ONE_CELL.fullmatch(text):
            self._set(max(x, 0), y, list(text[max(0, -x) : max(0, self.width - x)]), role)
            return
        for character in clean(text):
            size = cell_width(character)
            if size == 0:
                self._join(x - 1, y, character)
            elif x >= 0 and x + size <= self.width:
                self._set(x, y, [character] + [""] * (size - 1), role)
            x += size

    def is_free(self, x: int, y: int, width: int = 1) -> bool:
        """Whether these cells lie on the sheet and are blank."""
        inside = 0 <= y < self.height and x >= 0 and x + width <= self.width
        return inside and all(text == " " for text in self._texts[y][x : x + width])

    def frame(self) -> Frame:
        """Return what was put so far as a Frame."""
        rows = tuple(_runs(texts, roles) for texts, roles in zip(self._texts, self._roles, strict=True))
        return Frame(self.width, self.height, rows)

    def _set(self, x: int, y: int, pieces: list[str], role: str) -> None:
        if not pieces:
            return
        texts, end = self._texts[y], x + len(pieces)
        if texts[x] == "":
            texts[x - 1] = " "
        if end < self.width and texts[end] == "":
            texts[end] = " "
        texts[x:end] = pieces
        self._roles[y][x:end] = [role] * len(pieces)

    def _join(self, x: int, y: int, mark: str) -> None:
        if 0 <= x < self.width:
            base = x - 1 if x and self._texts[y][x] == "" else x
            self._texts[y][base] += mark


def _runs(texts: Iterable[str], roles: Iterable[str]) -> Row:
    """Join neighbours of one role; a blank cell takes its neighbour's and starts no run of its own."""
    out: list[Run] = []
    piece: list[str] = []
    current = ""
    for text, role in zip(texts, roles, strict=True):
        if role != current and text.strip():
            if piece:
                out.append(Run("".join(piece), current))
                piece = []
            current = role
        piece.append(text)
    if piece:
        out.append(Run("".join(piece), current))
    return tuple(out)
