"""How everything is written where a terminal shows nothing but ASCII: the frames of lists and cards, and words too.

What a screen draws itself (figure, digits, chart, keys) it draws in ASCII there. What is left (a dot between words,
the end of a line cut short, a scrollbar, an accent in a name) comes out as rubbish, or as bytes that such a terminal
takes for orders.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SIGNS = {
    **dict.fromkeys("·•–—‐‑−─━═▀▄", "-"),
    **dict.fromkeys("│┃║▌▐▏▎▍▕", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝▛▜▙▟▘▝▖▗┏┓┗┛", "+"),
    **dict.fromkeys("▁▂▃▅▆▇░", " "),
    **dict.fromkeys("█▓▒■●", "#"),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("“”„", '"'),
    **dict(zip("…×←→↑↓▸▶◂◀▲▼○✓", ".x<>^v>><<^vov", strict=True)),
}
"""By sign, the character of one cell that stands for it."""


class Spelling(LineFilter):
    """Writes every line in ASCII, as wide as it was."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments of a line in ASCII."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment("".join(map(_spelt, segment.text)), segment.style)
            for segment in segments
        ]


@lru_cache(maxsize=1024)
def _spelt(character: str) -> str:
    """One character in ASCII, in as many cells: a letter without its accent, and ``?`` for what has no like."""
    if character.isascii():
        return character
    cells = get_character_cell_size(character)
    plain = _SIGNS.get(character) or normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain if len(plain) == cells else "?" * cells
