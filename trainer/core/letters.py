"""Letters that steer a terminal, break a line, turn the reading direction round or cannot be seen."""

from __future__ import annotations

import unicodedata

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of Unicode: control, format, surrogate, line and paragraph separator."""
_JOINERS = "\u200c\u200d"
"""Format characters that Persian and some pictures need; every other one is refused."""


def is_unsafe(letter: str) -> bool:
    """Whether a character has no place in a line of plain text; tab and line ends have none either."""
    return not letter.isprintable() and unicodedata.category(letter) in _UNSAFE and letter not in _JOINERS


def clean(text: str) -> str:
    """The text without unsafe characters."""
    return text if text.isprintable() else "".join(letter for letter in text if not is_unsafe(letter))


def printable(text: str) -> str:
    """The text with ``?`` in place of every unsafe character."""
    return text if text.isprintable() else "".join("?" if is_unsafe(letter) else letter for letter in text)
