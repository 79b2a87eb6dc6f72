"""Small records and ratings made for tests of the diary."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.core.contents import Contents
from trainer.core.day import day_of
from trainer.core.happening import Event, Freeze, Trial
from trainer.core.rating import Moment, Rating
from trainer.core.record import Outcome, Result, SessionRecord, Status
from trainer.core.side import Side
from trainer.importing import read
from trainer.importing.source import open_source
from trainer.store import Store

if TYPE_CHECKING:
    from trainer.core.contents import Piece

SUMMER = timezone(timedelta(hours=2))
NOON = datetime(2026, 10, 2, 12, 0, 0, tzinfo=SUMMER)
BOTH_DONE = Outcome("ankle-circles", Side.BOTH, Result.DONE, 6, 6)


def fixed_now() -> datetime:
    return datetime(2026, 10, 2, 12, 30, tzinfo=UTC)


def this_evening() -> datetime:
    """Six in the evening of the person's day that it is now: at one at night that is yesterday's."""
    return datetime.combine(day_of(datetime.now().astimezone()), time(18)).astimezone()


def make_rating(
    id: str = "r1",  # noqa: A002
    score: int | None = 4,
    *,
    at: datetime = NOON,
    knee: Side = Side.RIGHT,
    moment: Moment = Moment.NOW,
    activity: str | None = None,
    note: str | None = None,
    session: str | None = None,
) -> Rating:
    return Rating(id, at, moment, knee, score, activity, note, session)


def make_record(id: str = "s1", *, at: datetime = NOON, status: Status = Status.RUNNING) -> SessionRecord:  # noqa: A002
    return SessionRecord(id, "knee-neighbours", "Knee neighbours", at, None, status, 600.0, 0.0, 1.0)


@contextmanager
def by_hand(path: Path) -> Iterator[sqlite3.Connection]:
    """Lets a test put anything at all into the file."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection
    finally:
        connection.close()


def fill(path: Path, count: int) -> None:
    """Many sessions of four drills and two ratings' worth of history, by the short way."""
    with by_hand(path) as file:
        file.execute("BEGIN")
        for n in range(count):
            at = NOON + timedelta(hours=n)
            us = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
            file.execute(
                "INSERT INTO sessions VALUES (?, 'r', 'R', ?, ?, NULL, 'finished', 1, 1, 1, '', NULL)",
                (f"s{n}", at.isoformat(), us),
            )
            file.executemany(
                "INSERT INTO outcomes VALUES (?, ?, 'd', 'left', 'done', 1, 1, NULL)",
                [(f"s{n}", k) for k in range(4)],
            )
            file.execute(
                "INSERT INTO ratings VALUES (?, ?, ?, 'now', NULL, 'right', NULL, NULL, ?, NULL)",
                (f"r{n}", at.isoformat(), us, f"s{n}"),
            )
        file.execute("COMMIT")


def reopened(path: Path) -> Store:
    return Store.open(path, patience_s=0, now=fixed_now)


def sorted_out(pieces: Iterable[Piece]) -> Contents:
    """What was read, by kind."""
    all_ = tuple(pieces)
    kinds = (SessionRecord, Rating, Event, Freeze, Trial)
    return Contents(*(tuple(piece for piece in all_ if isinstance(piece, kind)) for kind in kinds))  # type: ignore[arg-type]


def read_text(text: str) -> Contents:
    return sorted_out(read(io.StringIO(text, newline="")))


def read_path(path: str) -> Contents:
    with open_source(path) as file:
        return sorted_out(read(file))
