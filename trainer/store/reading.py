"""What can be asked of the diary. Every question reads a bounded number of rows by an index, however long the history.

A row that makes no sense (put there by hand) is left out and counted in ``unreadable``; it never stops a reading.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from trainer.core.rating import Moment, Rating
from trainer.core.record import Outcome, SessionRecord
from trainer.core.side import Side
from trainer.store.faults import told
from trainer.store.rows import (
    OUTCOMES,
    RATINGS,
    SESSIONS,
    Row,
    microseconds,
    outcome_from,
    rating_from,
    session_from,
)

PAGE = 200
"""Rows fetched at once when everything is asked for: no lock is held between pages, nobody waits for a slow pipe."""


class Reader:
    """Questions to an open diary; raises StoreError where the file cannot be read."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._unreadable: set[str] = set()

    @property
    def unreadable(self) -> int:
        """How many different rows made no sense so far and were left out."""
        return len(self._unreadable)

    def leave_out(self, what: str) -> None:
        """Counts a row that makes no sense, once."""
        self._unreadable.add(what)

    def sessions(self, limit: int | None = 20, since: datetime | None = None) -> tuple[SessionRecord, ...]:
        """The latest sessions, newest first, with their outcomes and ratings; no limit gives all."""
        rows = self.rows(
            f"{SESSIONS} AND started_us >= ? ORDER BY started_us DESC, rowid DESC LIMIT ?",
            (_from(since), -1 if limit is None else limit),
        )
        return tuple(record for row in rows if (record := self._session(row)) is not None)

    def last_session(self) -> SessionRecord | None:
        """The session that started last, however it stands."""
        return next(iter(self.sessions(limit=1)), None)

    def find_session(self, id_: str) -> SessionRecord | None:
        """The session of that id; none where there is none, or its row makes no sense."""
        rows = self.rows(f"{SESSIONS} AND id = ?", (id_,))
        return next((record for row in rows if (record := self._session(row)) is not None), None)

    def find_rating(self, id_: str) -> Rating | None:
        """The rating of that id; none where there is none, or its row makes no sense."""
        return next(iter(self.sound_ratings(self.rows(f"{RATINGS} AND id = ?", (id_,)))), None)

    def ratings(
        self,
        *,
        since: datetime | None = None,
        knee: Side | None = None,
        moment: Moment | None = None,
        limit: int = 1000,
    ) -> tuple[Rating, ...]:
        """The latest ratings, newest first, unanswered ones too."""
        wanted = [("knee", knee), ("moment", moment)]
        given = [(column, value.value) for column, value in wanted if value is not None]
        where = "".join(f" AND {column} = ?" for column, _ in given)
        rows = self.rows(
            f"{RATINGS}{where} AND at_us >= ? ORDER BY at_us DESC, rowid DESC LIMIT ?",
            (*(value for _, value in given), _from(since), limit),
        )
        return self.sound_ratings(rows)

    def last_rating(self, knee: Side | None = None) -> Rating | None:
        """The latest rating that was answered, of one knee or of either."""
        where, values = ("", ()) if knee is None else (" AND knee = ?", (knee.value,))
        rows = self.rows(
            f"{RATINGS}{where} AND score IS NOT NULL ORDER BY at_us DESC, rowid DESC LIMIT 1",
            values,
        )
        return next(iter(self.sound_ratings(rows)), None)

    def every_session(self) -> Iterator[SessionRecord]:
        """All sessions, oldest first, page by page."""
        for row in self._pages(SESSIONS, "started_us"):
            if (record := self._session(row)) is not None:
                yield record

    def every_rating(self) -> Iterator[Rating]:
        """All ratings, oldest first, page by page."""
        for row in self._pages(RATINGS, "at_us"):
            yield from self.sound_ratings([row])

    def count_entries(self) -> int:
        """How many sessions and ratings there are; counts indexes, whose rows are few bytes each."""
        tables = ("sessions", "ratings")
        return sum(self._count(f"{table}") - self._count(f"{table} WHERE deleted_us IS NOT NULL") for table in tables)

    def entries(self, offset: int, limit: int) -> tuple[SessionRecord | Rating | None, ...]:
        """Sessions and ratings together, newest first, from the place ``offset`` on; None for a row of no sense."""
        keys = self.rows(
            """
            SELECT 1, rowid, started_us AS us FROM sessions WHERE deleted_us IS NULL
            UNION ALL SELECT 0, rowid, at_us AS us FROM ratings WHERE deleted_us IS NULL
            ORDER BY 3 DESC, 1, 2 DESC LIMIT ? OFFSET ?
            """,
            (limit, offset),
        )
        return tuple(self._entry(bool(is_session), place) for is_session, place, _ in keys)

    def _entry(self, is_session: bool, place: int) -> SessionRecord | Rating | None:
        if is_session:
            return next(map(self._session, self.rows(f"{SESSIONS} AND rowid = ?", (place,))), None)
        return next(iter(self.sound_ratings(self.rows(f"{RATINGS} AND rowid = ?", (place,)))), None)

    def _count(self, of: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {of}", ())[0][0])  # noqa: S608 (names of tables)

    def _session(self, row: Row) -> SessionRecord | None:
        return self.sound_session(row, self.rows(f"{RATINGS} AND session = ? ORDER BY at_us, rowid", (row[2],)))

    def sound_session(self, row: Row, ratings: list[Row]) -> SessionRecord | None:
        """The session of a row, with its outcomes; none where it makes no sense."""
        id_ = row[2]
        try:
            outcomes = tuple(outcome for _, outcome in self.phases(id_))
            return session_from(row, outcomes, self.sound_ratings(ratings))
        except ValueError:
            self.leave_out(f"session {id_!r}")
            return None

    def phases(self, session: object) -> tuple[tuple[int, Outcome], ...]:
        """The numbers of a session's phases that were left, in order, and what became of each."""
        sound: list[tuple[int, Outcome]] = []
        for place, row in enumerate(self.rows(f"{OUTCOMES} WHERE session = ? ORDER BY phase", (session,))):
            try:
                sound.append((row[0], outcome_from(row[1:])))
            except ValueError:
                self.leave_out(f"outcome {session!r} {place}")
        return tuple(sound)

    def sound_ratings(self, rows: list[Row]) -> tuple[Rating, ...]:
        """The ratings of rows, without those that make no sense."""
        sound: list[Rating] = []
        for row in rows:
            try:
                sound.append(rating_from(row))
            except ValueError:
                self.leave_out(f"rating {row[2]!r}")
        return tuple(sound)

    def _pages(self, question: str, time: str) -> Iterator[Row]:
        last: Row | None = None
        while True:
            where, values = ("", ()) if last is None else (f" AND ({time}, rowid) > (?, ?)", last)
            rows = self.rows(
                f"{question}{where} ORDER BY {time}, rowid LIMIT {PAGE}",
                values,
            )
            yield from rows
            if len(rows) < PAGE:
                return
            last = rows[-1][:2]

    def rows(self, question: str, values: tuple[object, ...] = ()) -> list[Row]:
        """What the file answers; for the files of this room."""
        with told(self._path):
            return self._connection.execute(question, values).fetchall()


def _from(since: datetime | None) -> int:
    """The order column from which to read; all of SQLite's whole numbers where no time was given."""
    return -(2**63) if since is None else microseconds(since)
