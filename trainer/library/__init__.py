"""The library of drills and routines: YAML files in, checked and placed to the column, the core's own values out.

Naming a ``Library`` costs next to nothing: what reads files, and PyYAML and pydantic with it, is imported when it is
first asked for. The app asks for it in a thread, once home is painted.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from trainer.library.shelf import Broken, Complaint, Kind, Library

if TYPE_CHECKING:
    from trainer.library.load import check_file, check_files, read_library, read_routine

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


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("trainer.library.load"), name)
