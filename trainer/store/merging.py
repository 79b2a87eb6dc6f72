"""What came from elsewhere, beside what is there: what is new, what is the same, what contradicts.

The rule: an id that is not there yet is taken in; the same id with the same content is left alone, so that twice is the
same as once; the same id with other content is a contradiction, and is refused, unless the person said which side to
believe. One case is none: a session that had not ended when one of the two sides saw it. The later sight is taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from trainer.core.errors import UsageError
from trainer.core.rating import Rating
from trainer.core.record import SessionRecord, Status
from trainer.store.reading import Reader
from trainer.store.rows import rating_row


class Rule(StrEnum):
    """Which side to believe where an id stands for two things."""

    REFUSE = "refuse"
    """Neither: take nothing in, and say which it is."""
    KEEP = "keep"
    """The diary."""
    REPLACE = "replace"
    """What came."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would be, or was, written."""

    sessions: tuple[SessionRecord, ...]
    """New ones, and those that take the place of another."""
    ratings: tuple[Rating, ...]
    """New ones, and those that take the place of another."""
    same: int
    """How many were there already."""
    kept: int
    """How many contradicted and were left as they are in the diary."""

    def __bool__(self) -> bool:
        return bool(self.sessions or self.ratings)


def compare(
    reader: Reader, sessions: Iterable[SessionRecord], ratings: Iterable[Rating], rule: Rule = Rule.REFUSE
) -> Change:
    """What taking these in would write. Raises UsageError at the first contradiction, where the rule is to refuse."""
    new_sessions: list[SessionRecord] = []
    new_ratings: list[Rating] = []
    same = kept = 0
    for record in sessions:
        there = reader.find_session(record.id)
        if there is not None and (_content(there) == _content(record) or _is_later(there, record)):
            same += 1
        elif there is None or _is_later(record, there) or _prefers_new(rule, "session", record.id):
            new_sessions.append(record)
        else:
            kept += 1
    for rating in ratings:
        found = reader.find_rating(rating.id)
        if found is not None and _row(found) == _row(rating):
            same += 1
        elif found is None or _prefers_new(rule, "rating", rating.id):
            new_ratings.append(rating)
        else:
            kept += 1
    return Change(tuple(new_sessions), tuple(new_ratings), same, kept)


def _prefers_new(rule: Rule, what: str, id_: str) -> bool:
    if rule is Rule.REFUSE:
        raise UsageError(
            f"The {what} {id_[:60]!a} says something else in the diary; nothing was taken in.",
            "--conflict keep leaves such entries as the diary has them, --conflict replace takes the file's.",
        )
    return rule is Rule.REPLACE


def _row(rating: Rating) -> tuple[object, ...]:
    """All that is told of a rating: the offset too, which equal times need not share. CSV knows no empty text."""
    return tuple(value or None if value == "" else value for value in rating_row(rating))


def _content(record: SessionRecord) -> tuple[object, ...]:
    ended = None if record.ended_at is None else record.ended_at.isoformat()
    return (replace(record, ratings=()), record.started_at.isoformat(), ended)


def _is_later(later: SessionRecord, earlier: SessionRecord) -> bool:
    """Whether these are two sights of one session, the earlier while it ran, or after it was cut off."""
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
