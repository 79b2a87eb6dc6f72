"""``trainer drills``: every drill of the library, and what is broken and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.paths import Folders
from trainer.verbs.listing import Entry, configure, print_listing, reasons

if TYPE_CHECKING:
    from trainer.library import Library

__all__ = ["HELP", "configure", "run"]

HELP = "list the drills, broken ones with their reason"


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the drills."""
    print_listing(arguments, folders, _entries, _line)
    return 0


def _entries(library: Library) -> Iterator[Entry]:
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
            yield {"id": broken.id, "name": broken.title, "broken": reasons(broken)}


def _line(entry: Entry) -> str:
    dose = f"{entry['reps']} x {entry['tempo_s']:g} s"
    return f"{entry['region']:<13}  {dose:<10}  {entry['sides']:<11}  {entry['name']}"
