"""Event lines and days off as a person makes them, from the app and the shell alike: looked at first, then written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trainer.core.errors import UsageError
from trainer.core.happening import Event, Freeze
from trainer.core.plain import check_text
from trainer.store.happenings import list_freezes, save

if TYPE_CHECKING:
    from trainer.store.reading import Reader
    from trainer.store.store import Store

AHEAD = timedelta(days=366)
"""How far ahead a day may lie; farther is a slip of the finger."""


def mark_event(store: Store, event: Event, today: date) -> None:
    """Write an event, new or changed. Raises UsageError, and writes nothing, where it makes no sense."""
    if not event.words:
        raise UsageError("What changed?", "A word or two, such as new shoes.")
    check_text(event.words, "The event")
    _mind_day(event.day, today)
    save(store, event)


def take_days_off(store: Store, freeze: Freeze, today: date) -> None:
    """Write days off, new or changed. Raises UsageError, and writes nothing, where others lie in them already."""
    check_text(freeze.words, "The reason")
    _mind_day(max(freeze.first_day, freeze.last_day or freeze.first_day), today)
    for other in list_freezes(store, since=freeze.first_day):
        if other.id != freeze.id and (freeze.last_day is None or other.first_day <= freeze.last_day):
            raise UsageError(f"There are days off already, {freeze_words(other)}.", "End them first, or delete them.")
    save(store, freeze)


def going_on(reader: Reader, today: date) -> Freeze | None:
    """The days off of today or of yesterday, which can be ended; none where there are none."""
    found = [one for one in list_freezes(reader, since=today - timedelta(days=1)) if one.first_day <= today]
    return found[-1] if found else None


def end_days_off(store: Store, today: date, last: date | None = None) -> tuple[Freeze, Freeze]:
    """End the days off that go on; ``last``: the last of them, else yesterday. Gives them as they were and as they are.

    Raises UsageError where there are none, or that day is none of them.
    """
    was = going_on(store, today)
    if was is None:
        raise UsageError("There are no days off to end.", "Those that ended earlier than yesterday stay as they are.")
    last = max(was.first_day, today - timedelta(days=1)) if last is None else last
    if not was.first_day <= last <= today:
        raise UsageError("The last day off lies between the first and today.", f"The first was {was.first_day}.")
    now = replace(was, last_day=last)
    save(store, now)
    return was, now


def freeze_words(one: Freeze) -> str:
    """When they are: ``on 2026-10-02``, ``from 2026-10-02 on``, ``from 2026-10-02 to 2026-10-05``."""
    if one.last_day == one.first_day:
        return f"on {one.first_day}"
    return f"from {one.first_day}" + (f" to {one.last_day}" if one.last_day else " on")


def _mind_day(day: date, today: date) -> None:
    if day > today + AHEAD:
        raise UsageError(f"{day} is more than a year ahead.", "Check the date.")
