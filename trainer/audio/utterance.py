"""What is spoken in one go: phrases one after the other, under one name that an output understands."""

from __future__ import annotations

from collections.abc import Iterable

GAP_S = 0.12
"""Stillness between two phrases of one utterance."""
_KEY = "say:"
_BETWEEN = "\x1f"  # no file of anyone's may hold a control character, so no phrase does


def key_of(text: str) -> str:
    """The name under which an output knows the sound of a phrase: never that of a tone."""
    return _KEY + text


def utterance(texts: Iterable[str]) -> str:
    """The name of these phrases spoken one after the other; of one alone it is ``key_of`` it."""
    return _KEY + _BETWEEN.join(texts)


def phrases_of(sound: str) -> tuple[str, ...]:
    """The phrases of an utterance by its name; none for a tone."""
    return tuple(sound[len(_KEY) :].split(_BETWEEN)) if sound.startswith(_KEY) else ()
