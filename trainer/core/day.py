"""A person's day: it begins at four in the morning, so what is rated after midnight belongs to the evening before.

The day is read from the clock that the person saw, which a time keeps by its offset: neither daylight saving nor a
journey moves a rating to another day afterwards.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

DAY_STARTS = 4
"""Hour of the local clock at which a new day begins."""
_WIDEST = timedelta(hours=26)
"""How far apart two clocks on earth can be."""


def day_of(at: datetime) -> date:
    """The person's day that a time belongs to, by the clock it was told on."""
    shown = at.date()
    return shown - timedelta(days=1) if at.hour < DAY_STARTS and shown > date.min else shown


def share_of_day(at: datetime) -> float:
    """How much of the person's day had gone, 0 at four in the morning to below 1."""
    return (at.hour * 60 + at.minute - DAY_STARTS * 60) % (24 * 60) / (24 * 60)


def before_day(day: date, now: datetime) -> datetime:
    """A time on the clock of ``now`` before which no clock on earth showed that day."""
    start = datetime.combine(day, time(DAY_STARTS), now.tzinfo)
    return start - _WIDEST if day.toordinal() > 2 else start
