"""``trainer drills``: every drill of the library, and what is broken and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from trainer.paths import Folders
from trainer.verbs.out import put

if TYPE_CHECKING:
    from trainer.library import Library

HELP = "list the drills, broken ones with their reason"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer drills`` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the drills."""
    from trainer.library import read_library

    library = read_library(folders.shipped_routines, folders.config)
    if arguments.json:
        put([json.dumps(list(_entries(library)), ensure_ascii=False, indent=2) + "\n"])
    else:
        put(_lines(library))
    return 0


def _entries(library: Library) -> Iterator[dict[str, Any]]:
    for drill in library.drills.values():
        yield {
            "id": drill.id,
            "name": drill.name,
            "term": drill.term,
            "region": drill.region,
            "joint": drill.joint,
            "position": drill.position.value,
            "sides": drill.sides.value,
            "reps": drill.dose.reps,
            "tempo_s": drill.dose.tempo,
            "hold_s": drill.dose.hold,
            "knee_load": drill.knee.load.value,
            "kneeling": drill.knee.kneeling,
            "steps": list(drill.steps),
            "cues": list(drill.cues),
            "easier": drill.easier,
            "stop_if": drill.stop_if,
            "swap": drill.swap,
            "broken": None,
        }
    for broken in library.broken:
        if broken.kind.value == "drill":
            reasons = [str(complaint) for complaint in broken.complaints]
            yield {"id": broken.id, "name": broken.title, "broken": reasons}


def _lines(library: Library) -> Iterator[str]:
    widest = max((len(drill.id) for drill in library.drills.values()), default=0)
    for entry in _entries(library):
        if entry["broken"] is None:
            dose = f"{entry['reps']} x {entry['tempo_s']:g} s"
            yield f"{entry['id']:<{widest}}  {entry['region']:<13}  {dose:<10}  {entry['sides']:<11}  {entry['name']}\n"
        else:
            yield f"{entry['id']:<{widest}}  broken: {entry['broken'][0]}\n"
