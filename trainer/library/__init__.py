"""The library of drills and routines: YAML files in, checked and placed to the column, the core's own values out.

Importing this costs neither PyYAML nor pydantic: both are imported when the first file is read.
"""

from __future__ import annotations

from trainer.library.load import check_file, check_files, read_library, read_routine
from trainer.library.shelf import Broken, Complaint, Kind, Library

__all__ = [
    "Broken",
    "Complaint",
    "Kind",
    "Library",
    "check_file",
    "check_files",
    "read_library",
    "read_routine",
]
