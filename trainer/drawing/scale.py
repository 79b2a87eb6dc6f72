"""The pain scale: eleven numbers in a row, their circles, and the two ends in words."""

from __future__ import annotations

from trainer.core.rating import HIGHEST, LOWEST, NO_PAIN, WORST_PAIN
from trainer.drawing.frame import Frame, Sheet

HEIGHT = 4
NARROWEST = 56
"""Cells below which the two ends no longer fit beside each other."""
_BETWEEN = (("mild", 2), ("moderate", 5), ("severe", 8))
EMPTY, FULL = "○", "●"
EMPTY_ASCII, FULL_ASCII = "o", "@"


def spacing(width: int) -> int:
    """Cells from one number to the next at this width, 3 to 8."""
    return max(3, min(8, (width - 4) // (HIGHEST + 1)))


def score_at(x: int, width: int) -> int | None:
    """Which number a click at cell ``x`` means; none beside the scale."""
    step = spacing(width)
    index, _ = divmod(x - left_edge(width) + step // 2, step)
    return index if LOWEST <= index <= HIGHEST else None


def left_edge(width: int) -> int:
    """The cell of the 0, with the whole scale in the middle of ``width``."""
    return max(1, (width - spacing(width) * HIGHEST) // 2)


def scale(
    width: int, chosen: int | None, *, ends: tuple[str, str] = (NO_PAIN, WORST_PAIN), is_ascii: bool = False
) -> Frame:
    """Draw the scale ``width`` cells wide and four rows high; nothing is chosen when ``chosen`` is None.

    ``ends``: what 0 and 10 mean. The words between them are those of pain, and stand only between the ends of pain.
    """
    low, high = ends
    sheet = Sheet(width, HEIGHT)
    edge, step = left_edge(width), spacing(width)
    empty, full = (EMPTY_ASCII, FULL_ASCII) if is_ascii else (EMPTY, FULL)
    for score in range(LOWEST, HIGHEST + 1):
        x = edge + score * step
        is_chosen = score == chosen
        number = str(score)
        if is_chosen:
            sheet.put(x - 1, 0, f"[{number}]", "accent")
        else:
            sheet.put(x, 0, number, "")
        sheet.put(x, 1, full if is_chosen else empty, "accent" if is_chosen else "muted")
    end = edge + HIGHEST * step
    if width >= NARROWEST:
        sheet.put(max(0, edge - len(low) // 2), 3, low, "muted")
        sheet.put(min(width - len(high), end + 1 - len(high) // 2), 3, high, "muted")
        for word, score in _BETWEEN if low == NO_PAIN else ():
            x = edge + score * step - len(word) // 2
            if sheet.is_free(x - 1, 3, len(word) + 2):
                sheet.put(x, 3, word, "muted")
    else:
        sheet.put(0, 2, f"0 {low}", "muted")
        sheet.put(0, 3, f"10 {high}", "muted")
    return sheet.frame()
