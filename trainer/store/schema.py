"""What the diary's tables are, and how an older diary becomes a newer one, one step at a time.

``PRAGMA user_version`` counts the steps a file has been through. A step that has shipped is never edited: a change is a
new step at the end, with its ``tests/fixtures/schema_vN.sql``.

Times stand twice: as text with the person's offset (what their clock showed) and as whole microseconds since 1970 in
UTC (what they are ordered by). Ties keep the order in which they were written (rowid).
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from trainer.store.faults import DamagedError

APPLICATION = 0x4B4E4545
"""``KNEE``: marks the file as ours (``PRAGMA application_id``)."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE sessions (
            id TEXT NOT NULL PRIMARY KEY,
            routine TEXT NOT NULL,
            title TEXT NOT NULL,
            started_at TEXT NOT NULL,
            started_us INTEGER NOT NULL,
            ended_at TEXT,
            status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'stopped', 'interrupted')),
            planned_s REAL NOT NULL,
            moved_s REAL NOT NULL,
            speed REAL NOT NULL,
            updated_at TEXT NOT NULL
        )
        """,
        "CREATE INDEX sessions_by_time ON sessions (started_us)",
        "CREATE INDEX sessions_running ON sessions (status) WHERE status = 'running'",
        # No foreign keys: a rating or an outcome is never refused because the session it belongs to is not there.
        """
        CREATE TABLE outcomes (
            session TEXT NOT NULL,
            phase INTEGER NOT NULL,
            drill TEXT NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('left', 'right', 'both')),
            outcome TEXT NOT NULL CHECK (outcome IN ('done', 'skipped', 'hurt')),
            reps_done INTEGER,
            reps_planned INTEGER,
            PRIMARY KEY (session, phase)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE ratings (
            id TEXT NOT NULL PRIMARY KEY,
            at TEXT NOT NULL,
            at_us INTEGER NOT NULL,
            moment TEXT NOT NULL CHECK (moment IN ('before', 'after', 'morning', 'evening', 'now')),
            activity TEXT,
            knee TEXT NOT NULL CHECK (knee IN ('left', 'right')),
            score INTEGER CHECK (score IS NULL OR (typeof(score) = 'integer' AND score BETWEEN 0 AND 10)),
            note TEXT,
            session TEXT
        )
        """,
        "CREATE INDEX ratings_by_time ON ratings (at_us)",
        "CREATE INDEX ratings_by_moment ON ratings (moment, at_us)",
        "CREATE INDEX ratings_by_knee ON ratings (knee, at_us)",
        "CREATE INDEX ratings_by_knee_and_moment ON ratings (knee, moment, at_us)",
        "CREATE INDEX ratings_answered ON ratings (at_us) WHERE score IS NOT NULL",
        "CREATE INDEX ratings_answered_by_knee ON ratings (knee, at_us) WHERE score IS NOT NULL",
        "CREATE INDEX ratings_by_session ON ratings (session, at_us) WHERE session IS NOT NULL",
    ),
    (
        # What is deleted keeps its row for a while: a late write to it does no harm, and it comes back to its place.
        "ALTER TABLE sessions ADD COLUMN deleted_us INTEGER",
        "ALTER TABLE ratings ADD COLUMN deleted_us INTEGER",
        "CREATE INDEX sessions_deleted ON sessions (deleted_us) WHERE deleted_us IS NOT NULL",
        "CREATE INDEX ratings_deleted ON ratings (deleted_us) WHERE deleted_us IS NOT NULL",
        "ALTER TABLE outcomes ADD COLUMN reason TEXT",
        # One row for each edit and deletion, so that it can be undone; what an edit replaced is JSON by column.
        """
        CREATE TABLE changes (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            at_us INTEGER NOT NULL,
            what TEXT NOT NULL,
            item TEXT NOT NULL,
            was TEXT
        )
        """,
        "CREATE INDEX changes_by_item ON changes (item, what)",
        "CREATE INDEX changes_by_time ON changes (at_us)",
        # Ids of what was removed for good, so that an old export does not bring it back unasked.
        "CREATE TABLE gone (item TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (item, what)) WITHOUT ROWID",
        # A day is the person's day, as ISO text.
        """
        CREATE TABLE events (
            id TEXT NOT NULL PRIMARY KEY,
            day TEXT NOT NULL,
            words TEXT NOT NULL,
            deleted_us INTEGER
        )
        """,
        "CREATE INDEX events_by_day ON events (day)",
        "CREATE INDEX events_deleted ON events (deleted_us) WHERE deleted_us IS NOT NULL",
        """
        CREATE TABLE freezes (
            id TEXT NOT NULL PRIMARY KEY,
            first_day TEXT NOT NULL,
            last_day TEXT,
            words TEXT NOT NULL,
            deleted_us INTEGER
        )
        """,
        "CREATE INDEX freezes_by_day ON freezes (first_day)",
        "CREATE INDEX freezes_deleted ON freezes (deleted_us) WHERE deleted_us IS NOT NULL",
        """
        CREATE TABLE trials (
            id TEXT NOT NULL PRIMARY KEY,
            started_at TEXT NOT NULL,
            started_us INTEGER NOT NULL,
            seed INTEGER NOT NULL,
            design TEXT NOT NULL CHECK (design IN ('pairs', 'blocks')),
            block_days INTEGER NOT NULL,
            washout_days INTEGER NOT NULL,
            first TEXT NOT NULL,
            second TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'stopped'))
        )
        """,
        "CREATE INDEX trials_by_time ON trials (started_us)",
        """
        CREATE TABLE trial_days (
            trial TEXT NOT NULL,
            day TEXT NOT NULL,
            pair INTEGER NOT NULL,
            arm TEXT NOT NULL CHECK (arm IN ('first', 'second')),
            planned INTEGER NOT NULL CHECK (planned IN (0, 1)),
            PRIMARY KEY (trial, day)
        ) WITHOUT ROWID
        """,
    ),
)
"""Step n leads from version n to version n + 1."""

LATEST = len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """How many steps the file has been through; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Raises DamagedError where the file is another program's, or a newer trainer's; reads only."""
    found = version(connection)
    mark = int(connection.execute("PRAGMA application_id").fetchone()[0])
    empty = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    if not (empty and found == 0 and mark == 0) and mark != APPLICATION:
        raise DamagedError.of(path, "is a database, but not this program's")
    if found > LATEST:
        raise DamagedError(
            f"{path} was written by a newer version of the trainer.",
            "Update the trainer; the file was left as it is.",
        )


def migrate(connection: sqlite3.Connection) -> None:
    """Takes the file to the latest version, all steps in one transaction, or leaves it as it was."""
    if version(connection) == LATEST:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again: another window may have been here while we waited for the lock.
        for step in MIGRATIONS[version(connection) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {LATEST}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
