"""What ended windows left: a session to go on with, and one whose rating was never given. Pure but for the diary.

Only the session that began last counts, whatever became of it: once another one has begun, the earlier one is over, and
a rating given now would be of the later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from trainer.core.drill import Drill
from trainer.core.place import place_of
from trainer.core.record import SessionRecord, Status
from trainer.core.resume import Place, unrated
from trainer.core.side import Side
from trainer.store import Diary

if TYPE_CHECKING:
    from trainer.store.under_way import Held

LATEST = 20
"""Sessions that are looked through for the last one that runs in no other window."""


@dataclass(frozen=True, slots=True)
class Left:
    """A session that can be gone on with."""

    place: Place
    """Where it stood."""
    held: Held
    """The hold on that place."""
    record: SessionRecord | None
    """What the diary says of it; none where it cannot be read."""


def last_ended(diary: Diary) -> tuple[SessionRecord | None, bool]:
    """The session that began last and runs in no window, and whether the diary could be read at all.

    What was done outside the app and noted here is no session: it neither ends one that was cut off nor waits for
    a rating.
    """
    latest = diary.read(lambda store: store.sessions(limit=LATEST), None)
    if latest is None:
        return None, False
    ended = (record for record in latest if record.status is not Status.RUNNING and record.was_led)
    return next(ended, None), True


def find_left(diary: Diary, drills: Mapping[str, Drill], now: datetime) -> Left | None:
    """The place to go on from, held; every other one that an ended window left is of no use any more and goes.

    A file that makes no sense to this version is left alone. Where the diary knows nothing of the session (it was
    deleted), or knows that it ended or that another one has begun since, there is nothing to go on with.
    """
    record, is_readable = last_ended(diary)
    found: list[Left] = []
    for held in diary.under_way.left():
        try:
            place = place_of(held.data(), drills)
        except ValueError:
            held.let_go()
            continue
        is_last = not is_readable or (
            record is not None and record.id == place.session and record.status is Status.INTERRUPTED
        )
        if place.session == held.session and is_last and place.is_fresh(now) and place.is_worth_it:
            found.append(Left(place, held, record))
        else:
            _close(diary, place, record)
            held.forget()
    found.sort(key=lambda left: left.place.kept_at)
    for older in found[:-1]:
        older.held.forget()
    return found[-1] if found else None


def drop(diary: Diary, left: Left) -> None:
    """It is not gone on with: it stays interrupted, and what its place knew of the end is written down."""
    _close(diary, left.place, left.record)
    left.held.forget()


def _close(diary: Diary, place: Place, record: SessionRecord | None) -> None:
    """Where nobody saw a session end, its place was kept last."""
    if record is not None and record.id == place.session and record.ended_at is None:
        diary.end(record.id, Status.INTERRUPTED, place.kept_at, max(place.moved_s, record.moved_s))


def find_unrated(diary: Diary, knees: Iterable[Side], now: datetime) -> tuple[SessionRecord, tuple[Side, ...]] | None:
    """The last session and the knees that are still to be asked about, where that makes sense now."""
    record, _ = last_ended(diary)
    missing = unrated(record, knees, now) if record is not None else ()
    return (record, missing) if record is not None and missing else None
