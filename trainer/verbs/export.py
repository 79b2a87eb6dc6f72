"""``trainer export``: the whole diary as JSON, or its ratings or sessions as CSV; to stdout or a private file."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from trainer.core.errors import StoreError, UsageError
from trainer.paths import Folders, unsaved, write_file
from trainer.store import Store
from trainer.verbs.out import put, tell
from trainer.verbs.progress import Watched
from trainer.verbs.words import shown

NAME = "export"
HELP = "write out all data as JSON, or the ratings or sessions as CSV"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer export`` takes."""
    parser.add_argument("--format", metavar="json|csv", default="json", help="json: everything; csv: a table")
    parser.add_argument("--of", metavar="ratings|sessions", help="what the CSV table is of (usual: ratings)")
    parser.add_argument("-o", "--output", metavar="FILE", help="into a file that only you can read (usual: stdout)")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Writes the data out. Raises UsageError or StoreError; a file is then left as it was."""
    if arguments.format not in {"json", "csv"}:
        raise UsageError(f"{shown(arguments.format)} is not a format.", "Say --format json or --format csv.")
    if arguments.of not in {None, "ratings", "sessions"} or (arguments.of and arguments.format != "csv"):
        raise UsageError("--of says what a CSV table is of.", "Say --format csv --of ratings, or --of sessions.")
    with Store.look(folders.database) as store:
        pieces = _pieces(store, arguments.of or "ratings" if arguments.format == "csv" else None)
        if arguments.output in {None, "-"}:
            put(pieces, as_data=True)
        else:
            _write(Path(arguments.output), Watched(pieces, "Writing out"))
        if store.unreadable:
            several = store.unreadable > 1
            left_out = "damaged entries made no sense and were" if several else "damaged entry made no sense and was"
            tell(f"{store.unreadable} {left_out} left out.")
    if waiting := unsaved(folders):
        tell(f"What waits in {waiting[0]} is not in it yet: start the trainer once, or save a rating, to take it in.")
    return 0


def _pieces(store: Store, table: str | None) -> Iterator[str]:
    from trainer.export import everything_json, ratings_csv, sessions_csv

    if table is None:
        from trainer.store.happenings import list_events, list_freezes, list_trials

        others = (list_events(store, limit=-1), list_freezes(store, limit=-1), list_trials(store, limit=-1))
        return everything_json(store.every_session(), store.every_rating(), *others)
    return ratings_csv(store.every_rating()) if table == "ratings" else sessions_csv(store.every_session())


def _write(path: Path, pieces: Iterable[str]) -> None:
    try:
        write_file(path, (piece.encode() for piece in pieces))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise StoreError(f"{shown(str(path))} could not be written: {why.lower()}.", "Choose another place.") from error
