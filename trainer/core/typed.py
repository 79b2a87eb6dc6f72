"""A time as a person types it, and reads it to type another."""

from __future__ import annotations

from datetime import datetime, timedelta

from trainer.core.errors import UsageError

EARLIEST = 1900
"""Year before which nobody's rating can be."""
LONGEST_TIME = 40
"""Letters that a time may have."""
AHEAD = timedelta(days=1)
"""How far ahead of the clock a time may be: clocks and time zones differ by less."""


def read_time(text: str, now: datetime) -> datetime:
    """A date and time in ISO 8601; without an offset it is local. Raises UsageError where it cannot be one."""
    try:
        when = datetime.fromisoformat(text)
        if len(text) <= len("2026-10-02") or not EARLIEST < when.year < 9999:
            raise ValueError
        when = when if when.tzinfo else when.astimezone()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"{_shown(text)} is not a date and time.", "Write it as 2026-10-02T08:00.") from None
    if when > now + AHEAD:
        raise UsageError(f"{_shown(text)} has not come yet.", "Check the date.")
    return when


def time_words(at: datetime) -> str:
    """A time as it would be typed: by the clock that the person saw; with its offset where no clock here says so."""
    is_here = at.astimezone().utcoffset() == at.utcoffset()
    return f"{at:%Y-%m-%d %H:%M}" if is_here else at.isoformat(" ", "minutes")


def _shown(text: str) -> str:
    return f"'{text[:40]}'" if text.isprintable() else ascii(text[:40])
