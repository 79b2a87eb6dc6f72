"""``trainer routines``: what can be done, and what is broken and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.paths import Folders
from trainer.verbs.listing import Entry, configure, print_listing, reasons

if TYPE_CHECKING:
    from trainer.library import Library

__all__ = ["HELP", "configure", "run"]

HELP = "list the routines, broken ones with their reason"


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the routines."""
    print_listing(arguments, folders, _entries, _line)
    return 0


def _entries(library: Library) -> Iterator[Entry]:
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
            yield {"id": broken.id, "title": broken.title, "own": True, "broken": reasons(broken)}


def _line(entry: Entry) -> str:
    needs = ", ".join(entry["equipment"]) or "nothing"
    return f"{entry['total_s'] / 60:>5.1f} min  {entry['title']}  ({needs})"
