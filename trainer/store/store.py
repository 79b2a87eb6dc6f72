"""What can be written into the diary: every write is one transaction, on the disk when it returns.

The same written twice is the same as once: a write that may or may not have arrived can simply be tried again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from trainer.core.errors import StoreError
from trainer.core.letters import clean
from trainer.core.rating import Rating
from trainer.core.record import Outcome, SessionRecord, Status
from trainer.paths import make_folder
from trainer.store.faults import DamagedError, told
from trainer.store.holding import hold
from trainer.store.opening import check_place, open_database
from trainer.store.reading import Reader
from trainer.store.rows import microseconds, outcome_row, rating_row
from trainer.store.schema import migrate

Statement = tuple[str, tuple[object, ...]]
"""SQL, and the values in it."""

MUCH_KB = 64 * 1024
"""Of pages; thirty years of a diary fit."""


def local_now() -> datetime:
    """The wall clock with its local offset."""
    return datetime.now().astimezone()


class Store(Reader):
    """An open diary to read and write; use it as a context, or close it.

    Raises StoreError for whatever goes wrong with the file.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        now: Callable[[], datetime] = local_now,
        let_go: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(connection, path)
        self._now = now
        self._let_go = let_go
        self.notice: str | None = None
        """What went wrong on the way and stopped nothing, as a sentence."""

    @classmethod
    def open(cls, path: Path, *, patience_s: float = 2.0, now: Callable[[], datetime] = local_now) -> Self:
        """Opens the diary, making or upgrading it where needed; an older one is backed up first.

        ``patience_s``: seconds to wait for another window; short in the app, whose screen stands still meanwhile.
        ``now``: the wall clock, with its offset.
        """
        with told(path):
            make_folder(path.parent)
        let_go = hold(path.parent, alone=False, patience_s=patience_s)
        notices: list[str] = []
        try:
            connection = open_database(path, patience_s, lambda: _back_up(path, now(), notices))
        except BaseException:
            let_go()
            raise
        store = cls(connection, path, now, let_go)
        store.notice = next(iter(notices), None)
        return store

    @classmethod
    def look(cls, path: Path) -> Self:
        """Opens the diary to read in it; where there is none, an empty one that is nowhere: none is made."""
        with told(path):
            is_there = path.exists() or path.is_symlink()
            if not is_there:
                check_place(path)
        if is_there:
            return cls.open(path)
        connection = sqlite3.connect(":memory:", isolation_level=None)
        migrate(connection)
        return cls(connection, path)

    def close(self) -> None:
        """Closes the file; closing twice is fine."""
        self._connection.close()
        if self._let_go is not None:
            self._let_go()
            self._let_go = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, record: SessionRecord) -> None:
        """Writes a session's row as it starts; its outcomes and ratings come by ``keep`` and ``rate``."""
        self._write_all([begun(record, self._now())])

    def keep(self, session_id: str, index: int, outcome: Outcome, moved_s: float) -> None:
        """Writes what became of the phase ``index``, over what was said of it before.

        A session thought interrupted runs again; one that has ended stays ended.
        """
        running = """
            UPDATE sessions SET moved_s = ?, updated_at = ?,
                status = CASE status WHEN 'interrupted' THEN 'running' ELSE status END
            WHERE id = ?
            """
        now = self._now().isoformat()
        self._write_all([kept(session_id, index, outcome), (running, (moved_s, now, session_id))])

    def end(self, session_id: str, status: Status, ended_at: datetime, moved_s: float) -> None:
        """Writes how and when a session ended, and the seconds spent in work phases."""
        microseconds(ended_at)
        self._write(
            "UPDATE sessions SET status = ?, ended_at = ?, moved_s = ?, updated_at = ? WHERE id = ?",
            (status.value, ended_at.isoformat(), moved_s, self._now().isoformat(), session_id),
        )

    def rate(self, rating: Rating) -> None:
        """Writes a rating, over the one of the same id. Raises UsageError where its words are not plain text."""
        self._write_all([rated(rating)])

    def close_open_sessions(self, living: Collection[str] = ()) -> int:
        """Marks sessions that were left running as interrupted; says how many. For the start of the app.

        ``living``: ids of the sessions that still run in another window; they are left alone. What was deleted 30 days
        ago or earlier is removed for good.
        """
        from trainer.store.correcting import forget

        forget(self)
        running = "UPDATE sessions SET status = 'interrupted' WHERE status = 'running'"
        return self._write(f"{running} AND id NOT IN ({', '.join('?' * len(living))})", tuple(living))

    def _write(self, statement: str, values: tuple[object, ...]) -> int:
        return self._write_all([(statement, values)])

    def _write_all(self, statements: Iterable[Statement]) -> int:
        """All or nothing; gives the number of rows the last one changed."""
        with self.writing() as write:
            changed = 0
            for statement, values in statements:
                changed = write(statement, values).rowcount
            return changed

    @contextmanager
    def writing(self) -> Iterator[Callable[[str, tuple[object, ...]], sqlite3.Cursor]]:
        """One transaction, for the files of this room: gives what runs a statement; all or nothing."""
        with told(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection.execute
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def overwrite_removed(self) -> None:
        """From now on what is removed is also written over in the file."""
        with told(self._path):
            self._connection.execute("PRAGMA secure_delete = ON")

    def write_much(self) -> None:
        """From now on a long transaction stays in memory longer; others may read until it goes to the file."""
        with told(self._path):
            self._connection.execute(f"PRAGMA cache_size = -{MUCH_KB}")

    def now(self) -> datetime:
        """The wall clock with its offset."""
        return self._now()


def begun(record: SessionRecord, now: datetime) -> Statement:
    """What writes a session's row."""
    # What was corrected stays so when the same is written again, and what was removed for good stays away.
    statement = """
        INSERT INTO sessions
            (id, routine, title, started_at, started_us, ended_at, status, planned_s, moved_s, speed, updated_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
        WHERE NOT EXISTS (SELECT 1 FROM gone WHERE item = ?1 AND what = 'session')
        ON CONFLICT (id) DO UPDATE SET
            routine = excluded.routine, title = excluded.title, started_at = excluded.started_at,
            started_us = excluded.started_us, ended_at = excluded.ended_at, status = excluded.status,
            planned_s = excluded.planned_s, moved_s = excluded.moved_s, speed = excluded.speed,
            updated_at = excluded.updated_at
        WHERE NOT EXISTS (SELECT 1 FROM changes WHERE item = ?1 AND what = 'session' AND was IS NOT NULL)
        """
    return statement, (
        record.id,
        record.routine,
        clean(record.title),
        record.started_at.isoformat(),
        microseconds(record.started_at),
        None if record.ended_at is None else record.ended_at.isoformat(),
        record.status.value,
        record.planned_s,
        record.moved_s,
        record.speed,
        now.isoformat(),
    )


def kept(session_id: str, index: int, outcome: Outcome) -> Statement:
    """What writes what became of a phase; not over what was corrected of it."""
    statement = """
        INSERT INTO outcomes (session, phase, drill, side, outcome, reps_done, reps_planned, reason)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (session, phase) DO UPDATE SET
            drill = excluded.drill, side = excluded.side, outcome = excluded.outcome,
            reps_done = excluded.reps_done, reps_planned = excluded.reps_planned, reason = excluded.reason
        WHERE NOT EXISTS (SELECT 1 FROM changes WHERE item = ?1 AND what = 'session'
                          AND instr(was, '"phase ' || ?2 || '"') > 0)
        """
    return statement, (session_id, index, *outcome_row(outcome))


def rated(rating: Rating) -> Statement:
    """What writes a rating. Raises UsageError where its words are not plain text."""
    statement = """
        INSERT INTO ratings (id, at, at_us, moment, activity, knee, score, note, session)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
        WHERE NOT EXISTS (SELECT 1 FROM gone WHERE item = ?1 AND what = 'rating')
        ON CONFLICT (id) DO UPDATE SET
            at = excluded.at, at_us = excluded.at_us, moment = excluded.moment, activity = excluded.activity,
            knee = excluded.knee, score = excluded.score, note = excluded.note, session = excluded.session
        WHERE NOT EXISTS (SELECT 1 FROM changes WHERE item = ?1 AND what = 'rating' AND was IS NOT NULL)
        """
    return statement, rating_row(rating)


def _back_up(path: Path, now: datetime, notices: list[str]) -> None:
    """Before an upgrade, which is all or nothing by itself: no backup is no reason to stay behind; damage is."""
    from trainer.store.backups import Reason, back_up

    try:
        back_up(path, Reason.UPGRADE, now)
    except DamagedError:
        raise
    except StoreError as error:
        notices.append(str(error))
