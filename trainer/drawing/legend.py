"""What the marks of a drawing mean, in as many rows as there are, as much as fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trainer.drawing.frame import Frame, Sheet, cells
from trainer.drawing.signs import SHORT

if TYPE_CHECKING:
    from collections.abc import Sequence

_NARROW = 40
"""Columns below which the legend starts at the edge and stands closer."""
_LEAST_ROOM = 3
"""Columns below which a cut word says nothing."""


class Item(NamedTuple):
    """A sign and what it means."""

    sign: str
    """The sign; empty where the words stand for a group of signs after them."""
    words: str
    """What it means."""
    role: str = ""
    """The sign's role."""

    @property
    def length(self) -> int:
        """Columns it takes."""
        return len(self.words) + (len(self.sign) + 1 if self.sign else 0)


def fits(items: Sequence[Item], width: int) -> bool:
    """Whether all of them stand side by side."""
    return sum(item.length + 2 for item in items) - 2 <= width


def place_items(sheet: Sheet, items: Sequence[Item], rows: int, margin: int, *, spare: int = 0, above: int = 0) -> None:
    """Write items on ``rows`` rows of a sheet below ``above``, as many as fit; shorter, then closer, where not all do.

    The last ``spare`` ones make no other shorter.
    """
    groups = [not item.sign and item.words.endswith(":") for item in items]
    left, gap = (margin, 2) if sheet.width >= _NARROW else (0, 1)
    places = _places(items, groups, sheet.width, rows, left, gap)
    if len(places) < len(items) - spare:
        items = [item._replace(words=SHORT.get(item.words, item.words).removesuffix(" medians:")) for item in items]
        places = _places(items, groups, sheet.width, rows, left, gap)
    if len(places) < len(items) - spare:
        places = _places(items, groups, sheet.width, rows, left, 1)
    while places and groups[len(places) - 1]:
        places.pop()  # the name of a group of which there is no room for anything
    for item, (x, y) in zip(items, places, strict=False):
        sheet.put(x, above + y, item.sign, item.role)
        sheet.put(x + item.length - len(item.words), above + y, item.words, "muted" if item.role == "muted" else "")


def cut(words: str, room: int, dots: str) -> str:
    """Return as much of the words as fits, ``dots`` (one cell) where something is missing; nothing below 3 cells."""
    if cells(words) <= room:
        return words
    if room < _LEAST_ROOM:
        return ""
    kept = words
    while cells(kept) > room - 1:
        kept = kept[:-1]
    return kept.rstrip() + dots


def too_small(width: int, height: int, sentence: str) -> Frame:
    """Return a frame that says what a drawing needs, word by word where it is narrow."""
    sheet = Sheet(width, height)
    x = y = 0
    for word in sentence.split():
        if x and x + len(word) > sheet.width:
            x, y = 0, y + 1
        sheet.put(x, y, word, "muted")
        x += len(word) + 1
    return sheet.frame()


def _places(
    items: Sequence[Item], groups: Sequence[bool], width: int, rows: int, left: int, gap: int
) -> list[tuple[int, int]]:
    """Return where each goes, up to the first that does not fit any more; a group's name stays with its first sign."""
    out: list[tuple[int, int]] = []
    x, y = left, 0
    for number, item in enumerate(items):
        with_it = gap + items[number + 1].length if groups[number] and number + 1 < len(items) else 0
        if x > left and x + item.length + with_it > width:
            x, y = left, y + 1
        if y >= rows or x + item.length > width:
            break
        out.append((x, y))
        x += item.length + gap
    return out
