"""What a file may write into a field of a drill, a routine or a body: marks in the field's metadata.

A mark is plain data. The reader of files checks by it, and the editor's schema is made from it, so that a bound is
said once, beside the field that it bounds.
"""

from __future__ import annotations

from typing import Any

DURATION: dict[str, Any] = {"unit": "duration"}
"""Marks a field that a file may write as ``4``, ``4s``, ``1.5s`` or ``5m``; always held in seconds."""

COMPUTED: dict[str, Any] = {"computed": True}
"""Marks a field that no file may write."""

STRICT: dict[str, Any] = {"extra": "forbid"}
"""What a reader of files needs to know: a field that is not named here is a mistake."""


def between(low: float, high: float) -> dict[str, Any]:
    """Marks the smallest and the largest number that make sense; of each value where a field holds several."""
    return {"low": low, "high": high}


def letters(most: int) -> dict[str, Any]:
    """Marks the greatest length of a text; of each text where a field holds several."""
    return {"letters": most}


def count(fewest: int, most: int) -> dict[str, Any]:
    """Marks how many values a list may hold."""
    return {"fewest": fewest, "most": most}


def one_of(words: tuple[str, ...]) -> dict[str, Any]:
    """Marks the words that a text may be."""
    return {"words": words}
