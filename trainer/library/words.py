"""Words in complaints: the nearest word that would have been right, and what a person wrote, made safe to print."""

from __future__ import annotations

from collections.abc import Iterable

from trainer.core.letters import is_unsafe, printable

_LONGEST_SHOWN = 40
_LONGEST_COMPARED = 60


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like ``word``; none if nothing is like it."""
    import difflib  # here, because naming a Library must not cost its import

    if len(word) > _LONGEST_COMPARED:
        return None
    by_lower = {choice.lower(): choice for choice in choices}
    close = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """``; did you mean 'reps'?``, or nothing where nothing is near."""
    near = nearest(word, choices)
    return f"; did you mean '{near}'?" if near is not None else ""


def quoted(text: str) -> str:
    """What a person wrote, in quotes: one line, no control characters, not long."""
    shown = printable(" ".join(text[: 4 * _LONGEST_SHOWN].split()))
    return f"'{shown}'" if len(shown) <= _LONGEST_SHOWN else f"'{shown[: _LONGEST_SHOWN - 1]}…'"


def unwelcome(text: str) -> tuple[int, str] | None:
    """Index and name of the first character that has no place in text; none where all is well.

    Refused are control characters but for tab and line ends, and the invisible ones that change the direction or
    the meaning of what is around them.
    """
    if text.isascii() and text.isprintable():
        return None
    for index, letter in enumerate(text):
        if letter not in "\t\n\r" and is_unsafe(letter):
            return index, f"U+{ord(letter):04X}"
    return None
