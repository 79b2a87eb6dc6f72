"""Plain text: a line that steers no terminal, breaks no line and turns no reading direction round."""

from __future__ import annotations

import unicodedata

from trainer.core.errors import UsageError

LONGEST_TEXT = 2000
"""Characters of a note; a note is a line, not a letter."""

_UNSAFE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_unsafe(letter: str) -> bool:
    """Whether a character steers a terminal, breaks the line or turns the reading direction round."""
    return letter in _REORDERING or unicodedata.category(letter) in _UNSAFE


def clean(text: str) -> str:
    """The text without what steers a terminal."""
    return text if text.isascii() and text.isprintable() else "".join(c for c in text if not is_unsafe(c))


def check_text(text: str, what: str) -> None:
    """Raises UsageError where a person's text holds what steers a terminal, or is longer than a note should be."""
    if len(text) > LONGEST_TEXT:
        raise UsageError(f"{what} is longer than {LONGEST_TEXT} characters.", "Keep it to a line.")
    if clean(text) != text:
        raise UsageError(f"{what} holds control characters.", "Write it as plain text on one line.")
