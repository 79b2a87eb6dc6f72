"""What came from elsewhere, beside what is there: what is new, what is the same, what contradicts.

The rule: an id that is not there yet is taken in; the same id with the same content is left alone, so that twice is the
same as once; the same id with other content is a contradiction, and is refused, unless the person said which side to
believe. Some are none: a session, a freeze or a trial that had not ended when one of the two sides saw it (the later
sight is taken), what was deleted here (it stays so, and is counted), and a rating or session as it stood before it was
corrected here (the correction stays).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from trainer.core.errors import UsageError
from trainer.core.happening import Event, Freeze, Trial
from trainer.core.rating import Rating
from trainer.core.record import SessionRecord, Status
from trainer.store import happenings
from trainer.store.rows import rating_row
from trainer.store.traces import deleted_ids, earlier

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.core.contents import Piece
    from trainer.store.reading import Reader


class Rule(StrEnum):
    """Which side to believe where an id stands for two things."""

    REFUSE = "refuse"
    """Neither: take nothing in, and say which it is."""
    KEEP = "keep"
    """The diary."""
    REPLACE = "replace"
    """What came."""


class Verdict(Enum):
    """What is to become of one thing that came."""

    NEW = 0
    """Not there yet, or to take the place of what is there."""
    SAME = 1
    """There already."""
    KEPT = 2
    """A contradiction that is left as it is in the diary."""
    DELETED = 3
    """Deleted here, and to stay so."""


KINDS: dict[type[Piece], str] = {
    SessionRecord: "session",
    Rating: "rating",
    Event: "event",
    Freeze: "freeze",
    Trial: "trial",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What was written."""

    new: Counter[str]
    """How many of each kind are new, or took the place of another."""
    same: int
    """How many were there already."""
    kept: int
    """How many contradicted and were left as they are in the diary."""
    deleted: int
    """How many were deleted here, and stay so."""

    def __bool__(self) -> bool:
        return self.new.total() > 0


class Comparison:
    """What came, beside a diary as it stands while this is asked."""

    def __init__(self, reader: Reader, rule: Rule) -> None:
        self._reader = reader
        self._rule = rule
        self._deleted = frozenset() if rule is Rule.REPLACE else deleted_ids(reader)
        self._finds: dict[type[Piece], Callable[[str], Piece | None]] = {
            SessionRecord: reader.find_session,
            Rating: reader.find_rating,
            Event: lambda id_: happenings.find_event(reader, id_),
            Freeze: lambda id_: happenings.find_freeze(reader, id_),
            Trial: lambda id_: happenings.find_trial(reader, id_),
        }

    def verdict(self, piece: Piece) -> Verdict:
        """What is to become of it. Raises UsageError at a contradiction, where the rule is to refuse."""
        if self._deleted and (KINDS[type(piece)], piece.id) in self._deleted:
            return Verdict.DELETED
        there = self._finds[type(piece)](piece.id)
        if there is None:
            return Verdict.NEW
        if self._is_same(there, piece) or _is_later(there, piece):
            return Verdict.SAME
        if _is_later(piece, there) or self._prefers_new(piece):
            return Verdict.NEW
        return Verdict.KEPT

    def _is_same(self, there: Piece, piece: Piece) -> bool:
        """Whether it stands so, or stood so before it was corrected here."""
        if _content(there) == _content(piece):
            return True
        was = earlier(self._reader, there) if self._rule is not Rule.REPLACE else ()
        return any(_content(before) == _content(piece) for before in was)

    def _prefers_new(self, piece: Piece) -> bool:
        if self._rule is Rule.REFUSE:
            raise UsageError(
                f"The {KINDS[type(piece)]} {piece.id[:60]!a} says something else in the diary; nothing was taken in.",
                "--conflict keep leaves such entries as the diary has them, --conflict replace takes the file's.",
            )
        return self._rule is Rule.REPLACE


def _content(piece: Piece) -> object:
    """All that is told of it: the offsets of its times too, which equal times need not share."""
    match piece:
        case Rating():  # CSV knows no empty text
            return tuple(value or None if value == "" else value for value in rating_row(piece))
        case SessionRecord():
            ended = None if piece.ended_at is None else piece.ended_at.isoformat()
            return (replace(piece, ratings=()), piece.started_at.isoformat(), ended)
        case Trial():
            return (piece, piece.started_at.isoformat())
    return piece


def _is_later(later: Piece, earlier: Piece) -> bool:
    """Whether these are two sights of one thing, the earlier before it had ended."""
    match later, earlier:
        case SessionRecord(), SessionRecord():
            return _is_later_session(later, earlier)
        case Freeze(), Freeze():
            return earlier.last_day is None and replace(later, last_day=None) == earlier
        case Trial(), Trial():
            return _is_later_trial(later, earlier)
    return False


def _is_later_session(later: SessionRecord, earlier: SessionRecord) -> bool:
    """The earlier one while it ran, or after it was cut off."""
    if earlier.status not in (Status.RUNNING, Status.INTERRUPTED) or later.moved_s < earlier.moved_s:
        return False
    if later.status is Status.RUNNING and earlier.status is Status.INTERRUPTED:
        return False
    grown = replace(
        earlier,
        status=later.status,
        ended_at=later.ended_at,
        moved_s=later.moved_s,
        outcomes=earlier.outcomes + later.outcomes[len(earlier.outcomes) :],
    )
    return _content(grown) == _content(later)


def _is_later_trial(later: Trial, earlier: Trial) -> bool:
    """The earlier one while it ran; who stops it early drops days to come."""
    kept = earlier.days[: len(later.days)] if later.status == "stopped" else earlier.days
    grown = replace(earlier, status=later.status, days=kept + later.days[len(kept) :])
    return earlier.status == "running" and _content(grown) == _content(later)
