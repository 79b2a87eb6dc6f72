"""Listing what the library holds: as lines for a person, as JSON for a program, broken things with their reason."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from trainer.paths import Folders
from trainer.verbs.out import put

if TYPE_CHECKING:
    from trainer.library import Broken, Library

Entry = dict[str, Any]
"""One thing as other programs rely on it; ``broken`` is None, or the complaints."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what every listing takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def print_listing(
    arguments: argparse.Namespace,
    folders: Folders,
    entries: Callable[[Library], Iterator[Entry]],
    line: Callable[[Entry], str],
) -> None:
    """Reads the library and prints its entries, or their lines with the ids in a column."""
    from trainer.library import read_library

    found = list(entries(read_library(folders.shipped_routines, folders.config)))
    if arguments.json:
        put([json.dumps(found, ensure_ascii=False, indent=2) + "\n"])
        return
    widest = max((len(entry["id"]) for entry in found), default=0)
    for entry in found:
        words = line(entry) if entry["broken"] is None else f"broken: {entry['broken'][0]}"
        put([f"{entry['id']:<{widest}}  {words}\n"])


def reasons(broken: Broken) -> list[str]:
    """All complaints about a thing that is broken."""
    return [str(complaint) for complaint in broken.complaints]
