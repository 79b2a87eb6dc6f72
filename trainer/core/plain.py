"""Plain text: a line that steers no terminal, breaks no line and turns no reading direction round."""

from __future__ import annotations

from trainer.core.errors import UsageError
from trainer.core.letters import clean

LONGEST_TEXT = 2000
"""Characters of a note; a note is a line, not a letter."""


def check_text(text: str, what: str) -> None:
    """Raises UsageError where a person's text holds what steers a terminal, or is longer than a note should be."""
    if len(text) > LONGEST_TEXT:
        raise UsageError(f"{what} is longer than {LONGEST_TEXT} characters.", "Keep it to a line.")
    if clean(text) != text:
        raise UsageError(f"{what} holds control characters or invisible ones.", "Write it as plain text on one line.")
