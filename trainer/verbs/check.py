"""``trainer check FILE…``: every mistake of routine and drill files, each with its place."""

from __future__ import annotations

import argparse

from trainer.paths import Folders
from trainer.verbs.out import put

HELP = "check routine and drill files: one FILE:LINE:COL: message a line"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer check`` takes."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="routine or drill files, or bodies")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints what was found; 1 if anything was."""
    from trainer.library import check_files, read_library

    library = read_library(folders.shipped_routines, folders.config)
    found = check_files(arguments.files, library)
    put(f"{complaint}\n" for complaint in found)
    return 1 if found else 0
