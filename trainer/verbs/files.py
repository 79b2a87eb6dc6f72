"""A file that a command writes: never over one that is there already, and every fault in one sentence."""

from __future__ import annotations

from pathlib import Path

from trainer.core.errors import UsageError
from trainer.verbs.words import shown


def new_file(name: str, hint: str) -> Path:
    """The path of a file that is not there yet; raises UsageError with ``hint`` where it is."""
    path = Path(name)
    try:
        is_there = path.exists() or path.is_symlink()
    except (OSError, ValueError) as error:
        raise unwritable(name, error) from error
    if is_there:
        raise UsageError(f"{shown(name)} is there already.", hint)
    return path


def unwritable(name: str, error: Exception) -> UsageError:
    """What to say of a file that could not be written."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UsageError(f"{shown(name)} could not be written: {why.lower()}.", "Choose another place.")
