"""What a person typed after a verb: read it, or show it back in a complaint; and how many of something there are."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from trainer.core.day import day_of
from trainer.core.errors import UsageError
from trainer.core.side import Side


def whole_number(text: str, option: str, low: int, high: int) -> int:
    """The number given to an option. Raises UsageError where it is none from ``low`` to ``high``."""
    if text.isascii() and text.isdigit() and len(text) <= 9 and low <= int(text) <= high:
        return int(text)
    raise UsageError(f"{option} needs a whole number from {low} to {high}, not {shown(text)}.")


def read_day(text: str, now: datetime) -> date:
    """A person's day: today, yesterday, tomorrow, or such as 2026-10-02. Raises UsageError for anything else."""
    known = {"yesterday": -1, "today": 0, "tomorrow": 1}
    if text in known:
        return day_of(now) + timedelta(days=known[text])
    try:
        day = date.fromisoformat(text)
        if len(text) != len("2026-10-02") or not 1900 < day.year < 9999:
            raise ValueError
    except ValueError:
        raise UsageError(f"{shown(text)} is not a day.", "Write it as 2026-10-02, or say today or yesterday.") from None
    return day


def read_knee(text: str) -> Side:
    """Left or right. Raises UsageError for anything else."""
    if text in {"left", "right"}:
        return Side(text)
    raise UsageError(f"{shown(text)} is not a knee.", "Say --knee left or --knee right.")


def count_words(number: int, what: str) -> str:
    """Such as ``1 rating`` and ``2 ratings``."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def shown(text: str) -> str:
    """A person's word in a complaint: in quotes, short, and without anything that steers a terminal."""
    return ascii(text if len(text) <= 40 else text[:39] + "…") if not text.isprintable() else f"'{text[:40]}'"
