"""``trainer history``: the sessions, or all ratings, newest first, each with the beginning of its id."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from trainer.core.rating import Moment, Rating
from trainer.core.record import Result, SessionRecord
from trainer.paths import Folders
from trainer.store import Store
from trainer.verbs.out import put
from trainer.verbs.words import whole_number

NAME = "history"
HELP = "list sessions or ratings, newest first"
USUAL = 20
"""Lines for a person to read; ``--json`` gives all unless told otherwise."""
MOST = 1_000_000
"""More than anybody has."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer history`` takes."""
    parser.add_argument("--ratings", action="store_true", help="the ratings instead, also those outside sessions")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--limit", metavar="N", help=f"how many (usual: {USUAL}; with --json, all)")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the sessions. Raises UsageError or StoreError."""
    limit = None if arguments.limit is None else whole_number(arguments.limit, "--limit", 1, MOST)
    with Store.look(folders.database) as store:
        shown = limit or (MOST if arguments.json else USUAL)
        if arguments.json:
            from trainer.export import history_json, ratings_json

            if arguments.ratings:
                put(ratings_json(store.ratings(limit=shown)), as_data=True)
            else:
                put(history_json(store.sessions(limit=limit)), as_data=True)
        elif arguments.ratings:
            put(_rating_lines(store, store.ratings(limit=shown)))
        else:
            put(_lines(store, store.sessions(limit=shown)))
    return 0


def _rating_lines(store: Store, ratings: tuple[Rating, ...]) -> Iterator[str]:
    if not ratings:
        yield "No ratings yet.\n"
        return
    from trainer.store.naming import short

    names = [short(store, rating.id) for rating in ratings]
    widest = max(map(len, names))
    for name, rating in zip(names, ratings, strict=True):
        tail = "  ".join(word for word in (rating.activity, rating.note) if word)
        line = f"{name:<{widest}}  {rating.at:%Y-%m-%d %H:%M}  {rating.knee.value:<5}  {_score(rating.score):>2}"
        yield f"{line}  {rating.moment.value:<7}  {tail}".rstrip() + "\n"


def _lines(store: Store, records: tuple[SessionRecord, ...]) -> Iterator[str]:
    if not records:
        yield "No sessions yet.\n"
        return
    from trainer.store.naming import short

    names = [short(store, record.id) for record in records]
    first, widest = max(map(len, names)), max(len(record.title) for record in records)
    for name, record in zip(names, records, strict=True):
        minutes, seconds = divmod(round(record.moved_s), 60)
        hurt = sum(outcome.result is Result.HURT for outcome in record.outcomes)
        tail = "   ".join((*_changes(record), *([f"{hurt} hurt"] if hurt else [])))
        head = f"{name:<{first}}  {record.started_at:%Y-%m-%d %H:%M}  {record.title:<{widest}}"
        yield f"{head}  {record.status.value:<11}  {minutes:>3}:{seconds:02} moved  {tail}".rstrip() + "\n"


def _changes(record: SessionRecord) -> Iterator[str]:
    """Before and after of each knee that was rated: ``right 5 → 3``."""
    for knee in dict.fromkeys(rating.knee for rating in record.ratings):
        given = {rating.moment: rating.score for rating in record.ratings if rating.knee is knee}
        before, after = (_score(given.get(moment)) for moment in (Moment.BEFORE, Moment.AFTER))
        yield f"{knee.value} {before} → {after}"


def _score(score: int | None) -> str:
    return "–" if score is None else str(score)
