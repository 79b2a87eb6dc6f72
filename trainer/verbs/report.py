"""``trainer report -o FILE``: one page for the next appointment, to show on a screen or print.

The file is the person's own, as the diary is: only they can read it until they hand it on. It is never written over
another one unless that is asked for.
"""

from __future__ import annotations

import argparse
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.core.day import before_day, day_of
from trainer.core.errors import ContentError, UsageError
from trainer.core.side import Side
from trainer.core.trend import DEFAULT_DAYS, MOST_DAYS
from trainer.paths import Folders, write_file
from trainer.settings import read_settings
from trainer.store import Store
from trainer.verbs.files import new_file, unwritable
from trainer.verbs.out import put
from trainer.verbs.words import read_knee, shown, whole_number

if TYPE_CHECKING:
    from trainer.report import Report
    from trainer.settings import Settings

HELP = "write one page for the next appointment (HTML)"
LEAST_DAYS = 14
"""Days the page is of at the least, as for the chart of ``trainer trend``."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer report`` takes."""
    parser.add_argument("-o", "--output", metavar="FILE", help="into a new file that only you can read; - is stdout")
    parser.add_argument("--days", metavar="N", help=f"days to look back, at most {MOST_DAYS} (usual: {DEFAULT_DAYS})")
    parser.add_argument("--knee", metavar="left|right", help="this knee alone (usual: every one that is rated)")
    parser.add_argument("--notes", action="store_true", help="with the notes you wrote beside your ratings")
    parser.add_argument("--replace", action="store_true", help="write over a file that is there already")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Writes the page. Raises UsageError or StoreError; a file that was there is then as it was."""
    days = DEFAULT_DAYS if arguments.days is None else whole_number(arguments.days, "--days", 1, MOST_DAYS)
    knee = None if arguments.knee is None else read_knee(arguments.knee)
    path = _path(arguments.output, replaces=arguments.replace)
    from trainer.report import page

    settings, _ = read_settings(folders.settings)
    today = day_of(datetime.now().astimezone())
    with Store.look(folders.database) as store:
        first = today - timedelta(days=days - 1)
        if arguments.days is None:
            first = min(max(_first_day(store) or today, first), today - timedelta(days=LEAST_DAYS - 1))
        report = gather(store, folders, settings, first, today, knee=knee, has_notes=arguments.notes)
    pieces = page(report)
    if path is None:
        put(pieces, as_data=True)
        return 0
    try:
        write_file(path, (piece.encode() for piece in pieces))
    except (OSError, ValueError) as error:
        raise unwritable(str(path), error) from error
    put([f"Saved {shown(str(path))}. Only you can read it; open it in a browser to look at it or print it.\n"])
    return 0


def _path(name: str | None, *, replaces: bool) -> Path | None:
    if not name:
        raise UsageError("Where to?", "Say -o knee.html.")
    if name == "-":
        return None
    return Path(name) if replaces else new_file(name, "Choose another name, or say --replace to write over it.")


def _first_day(store: Store) -> date | None:
    from trainer.store.charting import first_day

    return first_day(store)


def gather(
    store: Store,
    folders: Folders,
    settings: Settings,
    first: date,
    last: date,
    *,
    knee: Side | None = None,
    has_notes: bool = False,
) -> Report:
    """Everything the page of these days says; of one knee, or of all that trouble or were rated."""
    from trainer.report import Report
    from trainer.verbs import reported

    seen = {Side(one) for one in reported.rated_knees(store, first, last)}
    seen.update(settings.affected_knee.knees if settings.affected_knee else ())
    knees = tuple(one for one in (Side.LEFT, Side.RIGHT) if one in seen) or (Side.RIGHT,)
    sessions = [
        one
        for one in store.sessions(limit=None, since=before_day(first, datetime.now().astimezone()))
        if first <= day_of(one.started_at) <= last and one.moved_s > 0
    ]
    return Report(
        first=first,
        last=last,
        knees=tuple(reported.knee_part(store, one, first, last) for one in (knees if knee is None else (knee,))),
        warm_ups=reported.warm_up_words(store, sessions, first, last),
        drills=reported.drill_rows(sessions, _names(folders)),
        changes=reported.changes(store, first, last),
        notes=reported.note_rows(store, first, last, knee) if has_notes else None,
        mark=folders.mark,
    )


def _names(folders: Folders) -> dict[str, str]:
    """The drills' names, shipped and own; where the library cannot be read, their ids will do."""
    from trainer.library import read_library

    try:
        library = read_library(folders.shipped_routines, folders.config)
    except ContentError:
        return {}
    return {id_: drill.name for id_, drill in library.drills.items()}
