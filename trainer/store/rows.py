"""Rows to the core's values and back.

What was put into the file by hand may be anything: it is checked on the way in.
"""

from __future__ import annotations

import math
import os
from datetime import UTC, datetime, timedelta
from typing import Any

from trainer.core.letters import clean
from trainer.core.plain import check_text
from trainer.core.rating import Moment, Rating
from trainer.core.record import Outcome, Result, SessionRecord, Status
from trainer.core.side import Side

_SESSIONS = (
    "SELECT started_us, rowid, id, routine, title, started_at, ended_at, status, planned_s, moved_s, speed "
    "FROM sessions WHERE deleted_us IS "
)
_RATINGS = "SELECT at_us, rowid, id, at, moment, activity, knee, score, note, session FROM ratings WHERE deleted_us IS "
SESSIONS, DELETED_SESSIONS = f"{_SESSIONS}NULL", f"{_SESSIONS}NOT NULL"
RATINGS, DELETED_RATINGS = f"{_RATINGS}NULL", f"{_RATINGS}NOT NULL"
OUTCOMES = "SELECT phase, drill, side, outcome, reps_done, reps_planned, reason FROM outcomes"
"""The rows that the readers below understand; the first two columns of sessions and ratings are their order,
the first of outcomes their place."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Row = tuple[Any, ...]


def wall_time(us: int) -> datetime:
    """The local time of whole microseconds since 1970. Raises ValueError where they are none, or no calendar has it."""
    try:
        return (_EPOCH + us * _MICROSECOND).astimezone()
    except (TypeError, OverflowError, OSError) as error:
        raise ValueError("no time") from error


def new_id() -> str:
    """An id no other laptop will make: 128 random bits, 32 hexadecimal digits."""
    return os.urandom(16).hex()


def microseconds(when: datetime) -> int:
    """Whole microseconds since 1970 in UTC, exact. Raises ValueError where the time has no offset."""
    if when.tzinfo is None:
        raise ValueError("a time in the diary needs its local offset")
    return (when - _EPOCH) // _MICROSECOND


def rating_row(rating: Rating) -> Row:
    """The columns of a rating but for the rowid, in order. Raises UsageError where its words are not plain text."""
    check_text(rating.note or "", "The note")
    check_text(rating.activity or "", "The activity")
    return (
        rating.id,
        rating.at.isoformat(),
        microseconds(rating.at),
        rating.moment.value,
        rating.activity,
        rating.knee.value,
        rating.score,
        rating.note,
        rating.session,
    )


def rating_from(row: Row) -> Rating:
    """A rating as it was stored. Raises ValueError where the row holds none."""
    _, _, id_, at, moment, activity, knee, score, note, session = row
    if score is not None and type(score) is not int:
        raise ValueError("a score is a whole number")
    return Rating(
        id=text_from(id_),
        at=time_from(at),
        moment=Moment(moment),
        knee=Side(knee),
        score=score,
        activity=_text_or_none(activity),
        note=_text_or_none(note),
        session=_text_or_none(session),
    )


def outcome_from(row: Row) -> Outcome:
    """An outcome as it was stored; the reason may be missing. Raises ValueError where the row holds none."""
    drill, side, result, done, planned, *rest = row
    (reason,) = rest or (None,)
    reps = count_from(done), count_from(planned)
    return Outcome(text_from(drill), Side(side), Result(result), *reps, _text_or_none(reason))


def outcome_row(outcome: Outcome) -> Row:
    """The columns of an outcome but for its place."""
    reps = (outcome.reps_done, outcome.reps_planned)
    return (outcome.drill, outcome.side.value, outcome.result.value, *reps, outcome.reason)


def session_from(row: Row, outcomes: tuple[Outcome, ...], ratings: tuple[Rating, ...]) -> SessionRecord:
    """A session as it was stored, with what belongs to it. Raises ValueError where the row holds none."""
    _, _, id_, routine, title, started_at, ended_at, status, planned_s, moved_s, speed = row
    return SessionRecord(
        id=text_from(id_),
        routine=text_from(routine),
        title=text_from(title),
        started_at=time_from(started_at),
        ended_at=None if ended_at is None else time_from(ended_at),
        status=Status(status),
        planned_s=_number(planned_s),
        moved_s=_number(moved_s),
        speed=_number(speed),
        outcomes=outcomes,
        ratings=ratings,
    )


def text_from(value: object) -> str:
    """Text without what steers a terminal. Raises ValueError where it is none."""
    if not isinstance(value, str):
        raise ValueError("not text")
    return clean(value)


def _text_or_none(value: object) -> str | None:
    return None if value is None else text_from(value)


def time_from(value: object) -> datetime:
    """A time with its offset. Raises ValueError where it is none."""
    when = datetime.fromisoformat(text_from(value))
    if when.tzinfo is None:
        raise ValueError("a time without its offset")
    return when


def _number(value: object) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number")
    return float(value)


def count_from(value: object) -> int | None:
    """A whole number, or nothing. Raises ValueError where it is neither."""
    if value is not None and type(value) is not int:
        raise ValueError("not a whole number")
    return value
