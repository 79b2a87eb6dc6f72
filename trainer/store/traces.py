"""What corrections and deletions leave behind, for whoever compares a diary with a file from elsewhere."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from trainer.core.correction import What, kind_of
from trainer.core.happening import Trial
from trainer.core.rating import Rating
from trainer.core.record import SessionRecord
from trainer.store.correcting import TABLES, edit_from
from trainer.store.rows import outcome_from, outcome_row, rating_from, rating_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainer.core.contents import Piece
    from trainer.store.reading import Reader

_RATING = ("id", "at", "at_us", "moment", "activity", "knee", "score", "note", "session")
_DRILL = ("drill", "side", "outcome", "reps_done", "reps_planned", "reason")


def unmark(piece: Piece) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Statements that let a file's word count, whatever was corrected or deleted here."""
    if not isinstance(piece, Trial):
        what = kind_of(piece)
        yield "DELETE FROM changes WHERE item = ? AND what = ?", (piece.id, what.value)
        yield "DELETE FROM gone WHERE item = ? AND what = ?", (piece.id, what.value)
        yield f"UPDATE {TABLES[what]} SET deleted_us = NULL WHERE id = ?", (piece.id,)  # noqa: S608 (a table)


def deleted_ids(reader: Reader) -> frozenset[tuple[str, str]]:
    """Kind and id of all that was deleted here, ever."""
    found = list(reader.rows("SELECT what, item FROM gone"))
    for what, table in TABLES.items():
        marked = f"SELECT id FROM {table} WHERE deleted_us IS NOT NULL"  # noqa: S608 (a table)
        found += [(what.value, id_) for (id_,) in reader.rows(marked)]
    return frozenset(found)


def earlier(reader: Reader, piece: Piece) -> Iterator[Piece]:
    """How it stood before each of its edits, latest first, as far back as that makes sense."""
    with suppress(KeyError, TypeError, ValueError):
        match piece:
            case Rating():
                for was in _edits(reader, What.RATING, piece.id):
                    piece = _rating_before(piece, was)
                    yield piece
            case SessionRecord():
                for was in _edits(reader, What.SESSION, piece.id):
                    piece = _session_before(reader, piece, was)
                    yield piece


def _edits(reader: Reader, what: What, id_: str) -> Iterator[dict[str, Any]]:
    told = "SELECT was FROM changes WHERE item = ? AND what = ? AND was IS NOT NULL ORDER BY number DESC"
    for (was,) in reader.rows(told, (id_, what.value)):
        yield edit_from(was)


def _rating_before(rating: Rating, was: dict[str, Any]) -> Rating:
    known = dict(zip(_RATING, rating_row(rating), strict=True)) | was
    return rating_from((0, 0, *(known[name] for name in _RATING if name != "at_us")))


def _session_before(reader: Reader, record: SessionRecord, was: dict[str, Any]) -> SessionRecord:
    if "started_at" in was:
        started, ended = was["started_at"], was["ended_at"]
        ended_at = None if ended is None else datetime.fromisoformat(ended)
        record = replace(record, started_at=datetime.fromisoformat(started), ended_at=ended_at)
    outcomes = list(record.outcomes)
    for place, (phase, _) in enumerate(reader.phases(record.id)):
        if place < len(outcomes) and (before := was.get(f"phase {phase}")):
            known = dict(zip(_DRILL, outcome_row(outcomes[place]), strict=True)) | before
            outcomes[place] = outcome_from(tuple(known.values()))
    return replace(record, outcomes=tuple(outcomes))
