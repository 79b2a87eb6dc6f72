"""What came from elsewhere, beside what is there: what is new, what is the same, what contradicts.

The rule: an id that is not there yet is taken in; the same id with the same content is left alone, so that twice is the
same as once; the same id with other content is a contradiction, and is refused, unless the person said which side to
believe. Some are none: a session, a freeze or a trial that had not ended when one of the two sides saw it (the later
sight is taken), what was deleted here (it stays so, and is counted), and a rating as it stood before it was corrected
here (the correction stays).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from functools import partial
from operator import eq
from typing import TYPE_CHECKING, TypeVar

from trainer.core.contents import Contents
from trainer.core.errors import UsageError
from trainer.core.rating import Rating
from trainer.core.record import SessionRecord, Status
from trainer.store.reading import Reader
from trainer.store.rows import rating_row

if TYPE_CHECKING:
    from trainer.core.happening import Event, Freeze, Trial


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

    new: Contents
    """What is new, and what takes the place of another."""
    same: int
    """How many were there already."""
    kept: int
    """How many contradicted and were left as they are in the diary."""
    deleted: int
    """How many were deleted here, and stay so."""

    def __bool__(self) -> bool:
        return any(self.new)


class Verdict(Enum):
    """What is to become of one thing that came."""

    NEW = "new"
    SAME = "same"
    KEPT = "kept"
    DELETED = "deleted"


Item = TypeVar("Item", SessionRecord, Rating, "Event", "Freeze", "Trial")


def compare(reader: Reader, contents: Contents, rule: Rule = Rule.REFUSE) -> Change:
    """What taking it in would write. Raises UsageError at the first contradiction, where the rule is to refuse."""
    from trainer.store import happenings
    from trainer.store.correcting import deleted_ids, earlier

    deleted = frozenset() if rule is Rule.REPLACE else deleted_ids(reader)
    counts: Counter[Verdict] = Counter()

    def news(
        what: str,
        items: Iterable[Item],
        find: Callable[[str], Item | None],
        is_same: Callable[[Item, Item], bool],
        is_later: Callable[[Item, Item], bool] = lambda _later, _earlier: False,
    ) -> Iterator[Item]:
        for item in items:
            there = find(item.id)
            if (what, item.id) in deleted:
                verdict = Verdict.DELETED
            elif there is None or is_later(item, there):
                verdict = Verdict.SAME if there is not None and is_same(there, item) else Verdict.NEW
            elif is_same(there, item) or is_later(there, item):
                verdict = Verdict.SAME
            else:
                verdict = Verdict.NEW if _prefers_new(rule, what, item.id) else Verdict.KEPT
            counts[verdict] += 1
            if verdict is Verdict.NEW:
                yield item

    def is_known(there: Rating, rating: Rating) -> bool:
        """Whether it stands so, or stood so before it was corrected here."""
        return _row(there) == _row(rating) or (
            rule is not Rule.REPLACE and any(_row(before) == _row(rating) for before in earlier(reader, there))
        )

    new = Contents(
        tuple(news("session", contents.sessions, reader.find_session, _is_same_session, _is_later)),
        tuple(news("rating", contents.ratings, reader.find_rating, is_known)),
        tuple(news("event", contents.events, partial(happenings.find_event, reader), eq)),
        tuple(news("freeze", contents.freezes, partial(happenings.find_freeze, reader), eq, _is_later_freeze)),
        tuple(news("trial", contents.trials, partial(happenings.find_trial, reader), _is_same_trial, _is_later_trial)),
    )
    return Change(new, counts[Verdict.SAME], counts[Verdict.KEPT], counts[Verdict.DELETED])


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


def _is_same_session(one: SessionRecord, other: SessionRecord) -> bool:
    return _content(one) == _content(other)


def _is_later_freeze(later: Freeze, earlier: Freeze) -> bool:
    return earlier.last_day is None and replace(later, last_day=None) == earlier


def _is_same_trial(one: Trial, other: Trial) -> bool:
    return one == other and one.started_at.isoformat() == other.started_at.isoformat()


def _is_later_trial(later: Trial, earlier: Trial) -> bool:
    """Whether these are two sights of one trial, the earlier while it ran; who stops it early drops days to come."""
    kept = earlier.days[: len(later.days)] if later.status == "stopped" else earlier.days
    grown = replace(earlier, status=later.status, days=kept + later.days[len(kept) :])
    return earlier.status == "running" and _is_same_trial(grown, later)
