"""One value of one record: of its type and within its bounds, or a complaint that names the record and the value."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from trainer.core.errors import UsageError
from trainer.core.plain import check_text
from trainer.core.rating import HIGHEST, LOWEST

Choice = TypeVar("Choice", bound=StrEnum)
MOST_REPS = 1_000_000
LONGEST_S = 1e9
"""Bounds far beyond what anybody does, within what every program can count."""
FIRST_YEAR, LAST_YEAR = 1900, 9998
"""Years whose days can be told in every time zone."""
HINT = "Nothing was taken in."


def refuse(place: str, what: str) -> UsageError:
    """The complaint: ``Session 3, drill 2: outcome is 'x', not done, skipped or hurt.``."""
    return UsageError(f"{place}: {what}.", HINT)


class Record:
    """The named values of one record."""

    def __init__(self, values: object, names: tuple[str, ...], place: str, optional: tuple[str, ...] = ()) -> None:
        """Raises UsageError where it is no record, or where names are missing or unknown."""
        if not isinstance(values, dict):
            raise refuse(place, f"this is {shown(values)}, not a record")
        self.place = place
        self._values = values
        if tuple(values) == names:  # as the trainer writes them
            return
        missing = next((name for name in names if name not in values), None)
        if missing is not None:
            raise refuse(place, f"{missing} is missing")
        unknown = next((name for name in values if name not in names and name not in optional), None)
        if unknown is not None:
            raise refuse(place, f"{shown(unknown)} is nothing this trainer knows")

    def has(self, name: str) -> bool:
        """Whether an optional value is there."""
        return name in self._values

    def wrong(self, name: str, wanted: str) -> UsageError:
        """The complaint about one value."""
        return refuse(self.place, f"{name} is {shown(self._values[name])}, not {wanted}")

    def text(self, name: str) -> str:
        """Plain text, no longer than a note."""
        value = self._values[name]
        if not isinstance(value, str):
            raise self.wrong(name, "text")
        try:
            check_text(value, f"{self.place}: {name}")
        except UsageError as error:
            raise UsageError(error.message, HINT) from None
        return value

    def text_or_none(self, name: str) -> str | None:
        """Plain text, or nothing."""
        return None if self._values[name] is None else self.text(name)

    def name(self, name: str) -> str:
        """Text that is not empty."""
        if not (value := self.text(name)):
            raise self.wrong(name, "a name")
        return value

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        """One of a few words."""
        value = self._values[name]
        try:
            return choices(value if isinstance(value, str) else "")
        except ValueError:
            raise self.wrong(name, f"one of {', '.join(choices)}") from None

    def time(self, name: str) -> datetime:
        """A date and time with its offset."""
        value = self._values[name]
        try:
            when = datetime.fromisoformat(value if isinstance(value, str) and value.isascii() else "")
        except ValueError:
            raise self.wrong(name, "a date and time") from None
        if when.tzinfo is None:
            raise self.wrong(name, "a time with its offset from UTC, such as +02:00")
        if not FIRST_YEAR <= when.year <= LAST_YEAR:
            raise self.wrong(name, "a time that anybody lived")
        return when

    def time_or_none(self, name: str) -> datetime | None:
        """A date and time with its offset, or nothing."""
        return None if self._values[name] is None else self.time(name)

    def day(self, name: str) -> date:
        """A date."""
        value = self._values[name]
        try:
            day = date.fromisoformat(value if isinstance(value, str) and value.isascii() else "")
        except ValueError:
            raise self.wrong(name, "a date") from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR or day.isoformat() != value:
            raise self.wrong(name, "a date such as 2026-10-02")
        return day

    def day_or_none(self, name: str) -> date | None:
        """A date, or nothing."""
        return None if self._values[name] is None else self.day(name)

    def truth(self, name: str) -> bool:
        """True or false."""
        value = self._values[name]
        if not isinstance(value, bool):
            raise self.wrong(name, "true or false")
        return value

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number within bounds."""
        value = self._values[name]
        if type(value) is not int or not low <= value <= high:
            raise self.wrong(name, f"a whole number from {low} to {high}")
        return value

    def seconds(self, name: str) -> float:
        """A number from 0 that is finite; true and false are none."""
        value = self._values[name]
        if type(value) not in (int, float) or not 0 <= value <= LONGEST_S:
            raise self.wrong(name, "a number from 0")
        return float(value)

    def count(self, name: str) -> int | None:
        """A whole number from 0, or nothing."""
        value = self._values[name]
        if value is not None and (type(value) is not int or not 0 <= value <= MOST_REPS):
            raise self.wrong(name, "a whole number from 0")
        return value

    def score(self, name: str) -> int | None:
        """0 to 10, or nothing."""
        value = self._values[name]
        if value is not None and (type(value) is not int or not LOWEST <= value <= HIGHEST):
            raise self.wrong(name, f"a whole number from {LOWEST} to {HIGHEST}")
        return value

    def each(self, name: str) -> list[object]:
        """A list."""
        value = self._values[name]
        if not isinstance(value, list):
            raise self.wrong(name, "a list")
        return value


def shown(value: object) -> str:
    """A value in a complaint: short, in plain ASCII, and without the insides of a list or record."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a record"
    if isinstance(value, str):
        return ascii(value if len(value) <= 40 else f"{value[:37]}...")
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"{value:g}" if isinstance(value, float) else "a number too large" if _is_huge(value) else str(value)


def _is_huge(value: object) -> bool:
    """Python itself refuses to write out a number of some thousand digits."""
    return isinstance(value, int) and value.bit_length() > 128
