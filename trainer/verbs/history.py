"""``trainer history``: the sessions, newest first."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from trainer.core.rating import Moment
from trainer.core.record import Result, SessionRecord
from trainer.paths import Folders
from trainer.store import Store
from trainer.verbs.out import put
from trainer.verbs.words import whole_number

NAME = "history"
HELP = "list sessions, newest first"
USUAL = 20
"""Sessions listed for a person to read; ``--json`` gives all unless told otherwise."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer history`` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--limit", metavar="N", help=f"how many (usual: {USUAL}; with --json, all)")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the sessions. Raises UsageError or StoreError."""
    limit = None if arguments.limit is None else whole_number(arguments.limit, "--limit", 1, 1_000_000)
    with Store.look(folders.database) as store:
        if arguments.json:
            from trainer.export import history_json

            put(history_json(store.sessions(limit=limit)), as_data=True)
        else:
            put(_lines(store.sessions(limit=limit or USUAL)))
    return 0


def _lines(records: tuple[SessionRecord, ...]) -> Iterator[str]:
    if not records:
        yield "No sessions yet.\n"
        return
    widest = max(len(record.title) for record in records)
    for record in records:
        minutes, seconds = divmod(round(record.moved_s), 60)
        hurt = sum(outcome.result is Result.HURT for outcome in record.outcomes)
        tail = "   ".join((*_changes(record), *([f"{hurt} hurt"] if hurt else [])))
        line = f"{record.started_at:%Y-%m-%d %H:%M}  {record.title:<{widest}}  {record.status.value:<11}"
        yield f"{line}  {minutes:>3}:{seconds:02} moved  {tail}".rstrip() + "\n"


def _changes(record: SessionRecord) -> Iterator[str]:
    """Before and after of each knee that was rated: ``right 5 → 3``."""
    for knee in dict.fromkeys(rating.knee for rating in record.ratings):
        given = {rating.moment: rating.score for rating in record.ratings if rating.knee is knee}
        before, after = (_score(given.get(moment)) for moment in (Moment.BEFORE, Moment.AFTER))
        yield f"{knee.value} {before} → {after}"


def _score(score: int | None) -> str:
    return "–" if score is None else str(score)
