"""``trainer routines``: what can be done, and what is broken and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from trainer.paths import Folders
from trainer.verbs.out import put

if TYPE_CHECKING:
    from trainer.library import Library

HELP = "list the routines, broken ones with their reason"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer routines`` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the routines."""
    from trainer.library import read_library

    library = read_library(folders.shipped_routines, folders.config)
    if arguments.json:
        put([json.dumps(list(_entries(library)), ensure_ascii=False, indent=2) + "\n"])
    else:
        put(_lines(library))
    return 0


def _entries(library: Library) -> Iterator[dict[str, Any]]:
    from trainer.core.routine import demands
    from trainer.core.timeline import Timeline

    for routine in library.routines.values():
        asks = demands(routine, library.drills)
        yield {
            "id": routine.id,
            "title": routine.name,
            "total_s": Timeline.of(routine, library.drills).total_s,
            "drills": asks.drills,
            "purpose": routine.purpose,
            "when": routine.when,
            "equipment": list(routine.equipment),
            "positions": list(asks.positions),
            "floor": asks.floor,
            "kneeling": asks.kneeling,
            "knee_load": asks.load.value,
            "own": routine.id in library.own,
            "broken": None,
        }
    for broken in library.broken:
        if broken.kind.value == "routine":
            reasons = [str(complaint) for complaint in broken.complaints]
            yield {"id": broken.id, "title": broken.title, "own": True, "broken": reasons}


def _lines(library: Library) -> Iterator[str]:
    widest = max((len(routine.id) for routine in library.routines.values()), default=0)
    for entry in _entries(library):
        if entry["broken"] is None:
            minutes = f"{entry['total_s'] / 60:.1f}".rjust(5)
            needs = ", ".join(entry["equipment"]) or "nothing"
            yield f"{entry['id']:<{widest}}  {minutes} min  {entry['title']}  ({needs})\n"
        else:
            yield f"{entry['id']:<{widest}}     broken: {entry['broken'][0]}\n"
