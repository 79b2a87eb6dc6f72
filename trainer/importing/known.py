"""Which ids a file has said so far, and of what: each once, or the same again.

Of an entry only two hashes of 64 bits are kept and where it stood, so that a million take some 200 MB less than the
entries would. Two ids of one hash would be a refusal, never a loss; among a million that is one chance in 30 million.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trainer.core.rating import Rating
from trainer.core.record import SessionRecord
from trainer.importing.values import refuse, shown

if TYPE_CHECKING:
    from trainer.core.contents import Piece

MOST = 1_000_000
"""Entries of a file: twenty-seven a day for a hundred years."""
_HASH = 2**64 - 1
_NUMBER, _BITS = 2**32 - 1, 32
"""Of each number of a place."""


class Place(NamedTuple):
    """Where something stands in a file."""

    what: str
    """``Session``, ``Rating``, ``Line``, …"""
    number: int
    """Which of them, from 1."""
    inner: int = 0
    """Which rating of a session, from 1; 0 for what stands in a list of its own."""

    def __str__(self) -> str:
        return f"{self.what} {self.number}{f', rating {self.inner}' if self.inner else ''}"


class Known:
    """The ids of one file."""

    def __init__(self) -> None:
        self._said: dict[int, int] = {}

    def is_new(self, piece: Piece, place: Place) -> bool:
        """Whether its id was not yet said there: in a list, or inside a session.

        Raises UsageError where it stands for something else elsewhere, or where there are more than any diary has.
        """
        key, content = _key(piece), _content(piece)
        there = self._said.get(key)
        if there is None and len(self._said) >= MOST:
            raise refuse(str(place), f"no diary has more than {MOST} entries")
        if there is not None and there >> 2 * _BITS != content:
            number, inner = (there >> _BITS) & _NUMBER, there & _NUMBER
            first = Place("Session" if inner else "Rating" if place.inner else place.what, number, inner)
            raise refuse(str(place), f"its id {shown(piece.id)} stands for something else in {str(first).lower()}")
        is_listed = there is not None and not there & _NUMBER
        if there is not None and (place.inner or is_listed):
            return False
        self._said[key] = content << 2 * _BITS | place.number << _BITS | place.inner
        return True

    def is_listed(self, piece: Piece) -> bool:
        """Whether it stood in a list of its own, and not inside a session alone."""
        return not self._said[_key(piece)] & _NUMBER


def _key(piece: Piece) -> int:
    return hash((type(piece).__name__, piece.id))


def _content(piece: Piece) -> int:
    """Of all that is told, the clocks too: equal times may show different ones."""
    match piece:
        case Rating():
            told: object = (piece, piece.at.isoformat())
        case SessionRecord():
            told = (piece, piece.started_at.isoformat(), piece.ended_at and piece.ended_at.isoformat())
        case _:
            told = (piece, str(getattr(piece, "started_at", "")))
    return hash(told) & _HASH
