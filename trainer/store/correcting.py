"""Edits and deletions, each one transaction that can be undone for 30 days; after that it is for good.

A deleted row stays where it is, marked, until then; an edit keeps what it replaced, column by column. Both are told by
number, so that a window undoes its own act and not that of another window.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from trainer.core.correction import KEPT, Act, Deleted, What
from trainer.core.errors import UsageError
from trainer.core.rating import Rating
from trainer.store import happenings
from trainer.store.rows import DELETED_RATINGS, DELETED_SESSIONS, microseconds, outcome_row, rating_row, wall_time

if TYPE_CHECKING:
    import sqlite3

    from trainer.core.correction import Item
    from trainer.core.record import Outcome
    from trainer.store.reading import Reader
    from trainer.store.store import Store

    Write = Callable[[str, tuple[object, ...]], sqlite3.Cursor]

TABLES = {What.RATING: "ratings", What.SESSION: "sessions", What.EVENT: "events", What.FREEZE: "freezes"}
MOST_AT_ONCE = 500
"""Rows of a kind that one start removes."""
_COLUMNS = ("at", "moment", "activity", "knee", "score", "note")
"""Of a rating, those that can be edited."""
_DRILL = ("side", "outcome", "reps_done", "reason")
"""Of a drill, those that can be edited."""
_PHASE = "phase "
"""And its number: under that name an edit of a session keeps what it replaced of a drill. ``kept`` looks for it."""
_GONE = "It is not there any more."


def correct(store: Store, id_: str, change: Callable[[Rating], Rating]) -> Act | None:
    """Edits the rating of that id as it stands now; none where that changes nothing.

    Raises UsageError where there is no such rating, or its words are no plain text.
    """
    with store.writing() as write:
        before = store.find_rating(id_)
        if before is None:
            raise UsageError(_GONE, "Another window may have deleted it.")
        old, new = _values(before), _values(replace(change(before), id=id_))
        was = {column: old[column] for column in _COLUMNS if old[column] != new[column]}
        if not was:
            return None
        _set_rating(write, id_, {column: new[column] for column in was})
        return _note(store, write, What.RATING, id_, was)


def correct_session(
    store: Store,
    id_: str,
    *,
    started_at: datetime | None = None,
    drills: Mapping[int, Callable[[Outcome], Outcome]] | None = None,
) -> Act | None:
    """Edits when a session started and what became of its drills; none where that changes nothing.

    Its end moves along with its start, its ratings stay. ``drills``: by the place in its ``outcomes``, from 0; side,
    result and what follows from it can be edited. Raises UsageError where there is no such session or drill.
    """
    with store.writing() as write:
        before = store.find_session(id_)
        if before is None:
            raise UsageError(_GONE, "Another window may have deleted it.")
        was: dict[str, Any] = {}
        if started_at is not None and before.started_at.isoformat() != started_at.isoformat():
            end = None if before.ended_at is None else started_at + (before.ended_at - before.started_at)
            was |= _times(before.started_at, before.ended_at)
            _set_session(write, id_, _times(started_at, end))
        phases = store.phases(id_) if drills else ()
        for place, change in (drills or {}).items():
            if not 0 <= place < len(phases):
                raise UsageError("There is no such drill in it.", f"It has {len(phases)}.")
            phase, outcome = phases[place]
            old, new = _told(outcome), _told(change(outcome))
            if different := {column: old[column] for column in old if old[column] != new[column]}:
                _set_drill(write, id_, phase, {column: new[column] for column in different})
                was[f"{_PHASE}{phase}"] = different
        return _note(store, write, What.SESSION, id_, was) if was else None


def delete(store: Store, what: What, id_: str) -> Act:
    """Deletes it, a session with its ratings. Raises UsageError where there is no such thing."""
    with store.writing() as write:
        act = _note(store, write, what, id_, None)
        now = (microseconds(store.now()),)
        mark = f"UPDATE {TABLES[what]} SET deleted_us = ? WHERE id = ? AND deleted_us IS NULL"  # noqa: S608 (a table)
        if write(mark, (*now, id_)).rowcount != 1:
            raise UsageError(_GONE, "Another window may have deleted it.")
        if what is What.SESSION:
            write("UPDATE ratings SET deleted_us = ? WHERE session = ? AND deleted_us IS NULL", (*now, id_))
        return act


def undo(store: Store, number: int | None = None) -> Act | None:
    """Undoes the act of that number, or the latest; gives which it was, none where there is nothing to undo.

    Raises UsageError where the same thing was changed again since, or what it was before makes no sense.
    """
    with store.writing() as write:
        where, values = ("", ()) if number is None else ("WHERE number = ? ", (number,))
        told = "SELECT number, what, item, was FROM changes"
        acts = store.rows(f"{told} {where}ORDER BY number DESC LIMIT 1", values)
        if not acts:
            return None
        found, what, id_, was = acts[0]
        later = "SELECT 1 FROM changes WHERE item = ? AND what = ? AND number > ? LIMIT 1"
        if store.rows(later, (id_, what, found)):
            raise UsageError("It was changed again since.", "Undo that first.")
        try:
            act = Act(found, What(what), id_, is_deletion=was is None)
            if was is None:
                _bring_back(store, write, act.what, id_)
            else:
                (_set_rating if act.what is What.RATING else _set_session)(write, id_, edit_from(was))
        except (TypeError, ValueError) as error:  # put there by hand
            raise UsageError("What it was before makes no sense any more.", "It stays as it is.") from error
        write("DELETE FROM changes WHERE number = ?", (found,))
        return act


def edit_from(was: object) -> dict[str, Any]:
    """What an edit replaced, by column. Raises ValueError where that makes no sense."""
    found = json.loads(was) if isinstance(was, str) else None
    if not isinstance(found, dict):
        raise ValueError("no edit")
    return found


def restore(store: Store, what: What, id_: str) -> None:
    """Brings back what was deleted, a session with the ratings that went with it. Raises UsageError."""
    with store.writing() as write:
        _bring_back(store, write, what, id_)
        write("DELETE FROM changes WHERE item = ? AND what = ? AND was IS NULL", (id_, what.value))


def find_item(reader: Reader, what: What, id_: str) -> Item | None:
    """What is in the diary under that id; none where there is nothing, or it makes no sense."""
    match what:
        case What.RATING:
            return reader.find_rating(id_)
        case What.SESSION:
            return reader.find_session(id_)
        case What.EVENT:
            return happenings.find_event(reader, id_)
    return happenings.find_freeze(reader, id_)


def list_deleted(reader: Reader, limit: int = 1000) -> tuple[Deleted, ...]:
    """What can be brought back, latest first; the ratings that went with their session come back with it."""
    found: list[Deleted] = []
    for what, table in TABLES.items():
        marks = f"SELECT id, deleted_us FROM {table} WHERE deleted_us IS NOT NULL ORDER BY deleted_us DESC LIMIT ?"  # noqa: S608
        for id_, us in reader.rows(marks, (limit,)):
            try:
                at = wall_time(us)
            except ValueError:
                reader.leave_out(f"{what} {id_!r}")
                continue
            item = _find_deleted(reader, what, id_)
            if item is not None and not (isinstance(item, Rating) and _went_along(reader, item, us)):
                found.append(Deleted(what, item, at))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:limit])


def forget(store: Store) -> None:
    """Removes for good what was deleted or replaced more than 30 days ago, some hundreds at a time; keeps the ids."""
    old = microseconds(store.now() - KEPT)
    found = "SELECT 1 FROM changes WHERE at_us < ? LIMIT 1"
    marked = [f"SELECT 1 FROM {table} WHERE deleted_us < ?" for table in TABLES.values()]  # noqa: S608 (a table)
    if not store.rows(found, (old,)) and not any(store.rows(f"{one} LIMIT 1", (old,)) for one in marked):
        return
    store.overwrite_removed()
    with store.writing() as write:
        for what, table in TABLES.items():
            ids = f"SELECT id FROM {table} WHERE deleted_us < ? ORDER BY deleted_us LIMIT {MOST_AT_ONCE}"  # noqa: S608
            for (id_,) in store.rows(ids, (old,)):
                if what is What.SESSION:
                    write("DELETE FROM outcomes WHERE session = ?", (id_,))
                write(f"DELETE FROM {table} WHERE id = ?", (id_,))  # noqa: S608 (a table)
                write("INSERT OR IGNORE INTO gone (item, what) VALUES (?, ?)", (id_, what.value))
        some = f"SELECT number FROM changes WHERE at_us < ? ORDER BY at_us LIMIT {MOST_AT_ONCE}"  # noqa: S608 (a number)
        write(f"DELETE FROM changes WHERE number IN ({some})", (old,))  # noqa: S608 (no foreign text)


def _bring_back(store: Store, write: Write, what: What, id_: str) -> None:
    table = TABLES[what]
    marks = store.rows(f"SELECT deleted_us FROM {table} WHERE id = ? AND deleted_us IS NOT NULL", (id_,))  # noqa: S608
    if not marks:
        raise UsageError("It is not among the deleted any more.", "Another window may have brought it back.")
    write(f"UPDATE {table} SET deleted_us = NULL WHERE id = ?", (id_,))  # noqa: S608 (a table)
    if what is What.SESSION:
        write("UPDATE ratings SET deleted_us = NULL WHERE session = ? AND deleted_us = ?", (id_, *marks[0]))


def _note(store: Store, write: Write, what: What, id_: str, was: dict[str, Any] | None) -> Act:
    told = None if was is None else json.dumps(was, ensure_ascii=False)
    values = (microseconds(store.now()), what.value, id_, told)
    added = write("INSERT INTO changes (at_us, what, item, was) VALUES (?, ?, ?, ?)", values).lastrowid
    assert added is not None
    return Act(added, what, id_, is_deletion=was is None)


def _values(rating: Rating) -> dict[str, Any]:
    id_, at, _, moment, activity, knee, score, note, _ = rating_row(rating)
    return dict(zip(("id", *_COLUMNS), (id_, at, moment, activity, knee, score, note), strict=True))


def _set_rating(write: Write, id_: str, values: dict[str, Any]) -> None:
    _set(write, "ratings", _COLUMNS, id_, values)
    if "at" in values:
        write("UPDATE ratings SET at_us = ? WHERE id = ?", (microseconds(datetime.fromisoformat(values["at"])), id_))


def _set_session(write: Write, id_: str, values: dict[str, Any]) -> None:
    if "started_at" in values:
        _set(write, "sessions", ("started_at", "ended_at"), id_, values)
        started = microseconds(datetime.fromisoformat(values["started_at"]))
        write("UPDATE sessions SET started_us = ? WHERE id = ?", (started, id_))
    for name in values:
        if name.startswith(_PHASE):
            _set_drill(write, id_, int(name.removeprefix(_PHASE)), values[name])


def _times(started_at: datetime, ended_at: datetime | None) -> dict[str, Any]:
    return {"started_at": started_at.isoformat(), "ended_at": None if ended_at is None else ended_at.isoformat()}


def _set_drill(write: Write, id_: str, phase: int, values: dict[str, Any]) -> None:
    for column in _DRILL:
        if column in values:
            one = f"UPDATE outcomes SET {column} = ? WHERE session = ? AND phase = ?"  # noqa: S608 (our names)
            write(one, (values[column], id_, phase))


def _told(outcome: Outcome) -> dict[str, Any]:
    """What can be edited of a drill, by column."""
    _, side, result, done, _, reason = outcome_row(outcome)
    return {"side": side, "outcome": result, "reps_done": done, "reason": reason}


def _set(write: Write, table: str, columns: tuple[str, ...], id_: str, values: dict[str, Any]) -> None:
    for column in columns:
        if column in values:
            write(f"UPDATE {table} SET {column} = ? WHERE id = ?", (values[column], id_))  # noqa: S608 (our names)


def _find_deleted(reader: Reader, what: What, id_: str) -> Item | None:
    if what is What.RATING:
        return next(iter(reader.sound_ratings(reader.rows(f"{DELETED_RATINGS} AND id = ?", (id_,)))), None)
    if what is What.SESSION:
        marks = "(SELECT deleted_us FROM sessions WHERE id = ?1)"
        ratings = reader.rows(f"{DELETED_RATINGS} AND session = ?1 AND deleted_us = {marks} ORDER BY at_us", (id_,))
        rows = reader.rows(f"{DELETED_SESSIONS} AND id = ?", (id_,))
        return next((reader.sound_session(row, ratings) for row in rows), None)
    return happenings.find_deleted(reader, what, id_)


def _went_along(reader: Reader, rating: Rating, us: int) -> bool:
    """Whether it was deleted with its session, and will come back with it."""
    session = "SELECT 1 FROM sessions WHERE id = ? AND deleted_us = ?"
    return rating.session is not None and bool(reader.rows(session, (rating.session, us)))
