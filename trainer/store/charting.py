"""What a chart asks of the diary: only the days it shows, and of many days only how often each number was given.

Ten years are read as the few hundred rows that a window has room for, counted where they lie. Days are the person's
days, by the clock they saw, see ``core/day``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.day import DAY_STARTS, day_of, share_of_day
from trainer.core.rating import Moment
from trainer.store.rows import time_from

if TYPE_CHECKING:
    from trainer.core.side import Side
    from trainer.store.reading import Reader

_DAY_S = 24 * 60 * 60
_EPOCH = date(1970, 1, 1).toordinal()
_DAY_US = _DAY_S * 1_000_000
_WIDEST_DAYS = 2
"""Days around those asked for in which no clock on earth can have shown one of them."""
_LOCAL_S = f"(CAST(strftime('%s', substr(at, 1, 19)) AS INTEGER) - {DAY_STARTS * 60 * 60})"
"""Seconds of the person's own clock since 1970 began for them."""


class Given(NamedTuple):
    """A number that was given, once or several times in a few days."""

    day: date
    """The person's day; of several days one in the middle."""
    score: int
    """0 to 10."""
    moment: str
    """before, after, morning, evening or now."""
    knee: str
    """left or right."""
    time: float
    """Part of that day gone by, 0 to 1."""
    often: int
    """How often."""


def each_given(
    reader: Reader, first: date, last: date, knee: Side | None = None, moment: Moment | None = None
) -> tuple[Given, ...]:
    """Every answered rating of these days, oldest first; of one knee or both, of one moment or all."""
    where, values = _of_days(first, last, knee)
    if moment is not None:
        where, values = f"{where} AND moment = ?", (*values, moment.value)
    found: list[Given] = []
    rows = reader.rows(f"SELECT at, moment, knee, score FROM ratings {where} ORDER BY at_us, rowid", values)  # noqa: S608
    for text, when, whose, score in rows:
        try:
            at = time_from(text)
        except ValueError:
            continue
        day = day_of(at)
        if first <= day <= last:
            found.append(Given(day, score, when, whose, share_of_day(at), 1))
    return tuple(found)


def counted_given(reader: Reader, first: date, last: date, columns: int, knee: Side | None = None) -> tuple[Given, ...]:
    """How often each number was given in each of so many equal parts of these days, oldest first.

    There are at least two days a part, else ``ValueError``.
    """
    count = (last - first).days + 1
    if count < 2 * columns:
        raise ValueError("a part holds at least two days")
    where, values = _of_days(first, last, knee)
    start = first.toordinal() - _EPOCH
    rows = reader.rows(
        f"""
        SELECT (day - ?) * ? / ? AS part, moment, knee, score, count(*)
        FROM (SELECT {_LOCAL_S} / {_DAY_S} AS day, moment, knee, score FROM ratings {where})
        WHERE day BETWEEN ? AND ? GROUP BY 1, 2, 3, 4 ORDER BY 1
        """,  # noqa: S608 (numbers and names of columns of our own)
        (start, columns, count, *values, start, start + count - 1),
    )
    return tuple(
        Given(first + timedelta(days=(2 * part + 1) * count // (2 * columns)), score, moment, whose, 0.5, often)
        for part, moment, whose, score, often in rows
    )


def warm_up_days(reader: Reader, first: date, last: date) -> frozenset[date]:
    """The days of these on which somebody moved in a session, however it ended."""
    rows = reader.rows(
        "SELECT started_at FROM sessions WHERE started_us BETWEEN ? AND ? AND deleted_us IS NULL AND moved_s > 0",
        around(first, last),
    )
    days: set[date] = set()
    for (text,) in rows:
        try:
            days.add(day_of(time_from(text)))
        except ValueError:
            continue
    return frozenset(day for day in days if first <= day <= last)


def first_warm_up(reader: Reader) -> date | None:
    """The day of the first session in which somebody moved; none where there was none yet."""
    rows = reader.rows(
        "SELECT started_at FROM sessions WHERE deleted_us IS NULL AND moved_s > 0 ORDER BY started_us LIMIT 1"
    )
    try:
        return next((day_of(time_from(text)) for (text,) in rows), None)
    except ValueError:
        return None


def first_day(reader: Reader) -> date | None:
    """The day of the first answered rating or session; none in an empty diary."""
    questions = (
        "SELECT at FROM ratings WHERE score IS NOT NULL AND deleted_us IS NULL ORDER BY at_us LIMIT 1",
        "SELECT started_at FROM sessions WHERE deleted_us IS NULL ORDER BY started_us LIMIT 1",
    )
    days: list[date] = []
    for question in questions:
        for (text,) in reader.rows(question):
            try:
                days.append(day_of(time_from(text)))
            except ValueError:
                continue
    return min(days, default=None)


def judged_moment(reader: Reader, first: date, last: date, knee: Side) -> Moment:
    """What the trend of these days is that of: the ratings after a session where there are some and no mornings.

    Else it is the mornings: the first stairs are the primary question (clinical notes, section 1.2).
    """
    where, values = _of_days(first, last, knee)
    for moment in (Moment.MORNING, Moment.AFTER):
        if reader.rows(f"SELECT 1 FROM ratings {where} AND moment = ? LIMIT 1", (*values, moment.value)):  # noqa: S608
            return moment
    return Moment.MORNING


def _of_days(first: date, last: date, knee: Side | None) -> tuple[str, tuple[object, ...]]:
    where = "WHERE at_us BETWEEN ? AND ? AND score IS NOT NULL AND deleted_us IS NULL"
    where += " AND typeof(score) = 'integer' AND score BETWEEN 0 AND 10 AND +knee IN ('left', 'right')"
    where += " AND NOT (moment = 'now' AND activity IS NOT NULL)"  # how hard something is, not how much it hurts
    values: tuple[object, ...] = around(first, last)
    return (where, values) if knee is None else (f"{where} AND knee = ?", (*values, knee.value))


def around(first: date, last: date) -> tuple[int, int]:
    """The order column of all times that some clock may have shown on these days, and some more."""
    start, end = first.toordinal() - _EPOCH - _WIDEST_DAYS, last.toordinal() - _EPOCH + _WIDEST_DAYS + 1
    return start * _DAY_US, end * _DAY_US
