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

    def sessions(self, limit: int | None = 20, since: datetime | None = None) -> tuple[SessionRecord, ...]:
        """The latest sessions, newest first, with their outcomes and ratings; no limit gives all."""
        rows = self._rows(
            f"{SESSIONS} WHERE started_us >= ? ORDER BY started_us DESC, rowid DESC LIMIT ?",
            (_from(since), -1 if limit is None else limit),
        )
        return tuple(record for row in rows if (record := self._session(row)) is not None)

    def last_session(self) -> SessionRecord | None:
        """The session that started last, however it stands."""
        return next(iter(self.sessions(limit=1)), None)

    def find_session(self, id_: str) -> SessionRecord | None:
        """The session of that id; none where there is none, or its row makes no sense."""
        rows = self._rows(f"{SESSIONS} WHERE id = ?", (id_,))
        return next((record for row in rows if (record := self._session(row)) is not None), None)

    def find_rating(self, id_: str) -> Rating | None:
        """The rating of that id; none where there is none, or its row makes no sense."""
        return next(iter(self._sound_ratings(self._rows(f"{RATINGS} WHERE id = ?", (id_,)))), None)

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
        where = "".join(f"{column} = ? AND " for column, _ in given)
        rows = self._rows(
            f"{RATINGS} WHERE {where}at_us >= ? ORDER BY at_us DESC, rowid DESC LIMIT ?",
            (*(value for _, value in given), _from(since), limit),
        )
        return self._sound_ratings(rows)

    def last_rating(self, knee: Side | None = None) -> Rating | None:
        """The latest rating that was answered, of one knee or of either."""
        where, values = ("", ()) if knee is None else ("knee = ? AND ", (knee.value,))
        rows = self._rows(
            f"{RATINGS} WHERE {where}score IS NOT NULL ORDER BY at_us DESC, rowid DESC LIMIT 1",
            values,
        )
        return next(iter(self._sound_ratings(rows)), None)

    def every_session(self) -> Iterator[SessionRecord]:
        """All sessions, oldest first, page by page."""
        for row in self._pages(SESSIONS, "started_us"):
            if (record := self._session(row)) is not None:
                yield record

    def every_rating(self) -> Iterator[Rating]:
        """All ratings, oldest first, page by page."""
        for row in self._pages(RATINGS, "at_us"):
            yield from self._sound_ratings([row])

    def _session(self, row: Row) -> SessionRecord | None:
        id_ = row[2]
        outcomes = self._rows(f"{OUTCOMES} WHERE session = ? ORDER BY phase", (id_,))
        ratings = self._rows(
            f"{RATINGS} WHERE session = ? ORDER BY at_us, rowid",
            (id_,),
        )
        try:
            return session_from(row, self._sound_outcomes(id_, outcomes), self._sound_ratings(ratings))
        except ValueError:
            self._unreadable.add(f"session {id_!r}")
            return None

    def _sound_outcomes(self, session: object, rows: list[Row]) -> tuple[Outcome, ...]:
        sound: list[Outcome] = []
        for place, row in enumerate(rows):
            try:
                sound.append(outcome_from(row))
            except ValueError:
                self._unreadable.add(f"outcome {session!r} {place}")
        return tuple(sound)

    def _sound_ratings(self, rows: list[Row]) -> tuple[Rating, ...]:
        sound: list[Rating] = []
        for row in rows:
            try:
                sound.append(rating_from(row))
            except ValueError:
                self._unreadable.add(f"rating {row[2]!r}")
        return tuple(sound)

    def _pages(self, question: str, time: str) -> Iterator[Row]:
        last: Row | None = None
        while True:
            where, values = ("", ()) if last is None else (f"WHERE ({time}, rowid) > (?, ?) ", last)
            rows = self._rows(
                f"{question} {where}ORDER BY {time}, rowid LIMIT {PAGE}",
                values,
            )
            yield from rows
            if len(rows) < PAGE:
                return
            last = rows[-1][:2]

    def _rows(self, question: str, values: tuple[object, ...]) -> list[Row]:
        with told(self._path):
            return self._connection.execute(question, values).fetchall()


def _from(since: datetime | None) -> int:
    """The order column from which to read; all of SQLite's whole numbers where no time was given."""
    return -(2**63) if since is None else microseconds(since)
