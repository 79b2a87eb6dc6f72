"""A file that a command writes: never over one that is there already, and every fault in one sentence."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from trainer.core.errors import UsageError
from trainer.paths import Folders, own_files
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


def mind_own(names: Iterable[str], folders: Folders) -> None:
    """Raises UsageError where a file that is to be written is the diary, a backup, the settings, or the like."""
    own = {os.path.realpath(path) for path in (folders.database, *own_files(folders)) if path.parent != folders.state}
    for name in names:
        if "\0" not in name and os.path.realpath(name) in own:
            raise UsageError(f"{shown(name)} is where the trainer keeps what is yours.", "Choose another name.")


def unwritable(name: str, error: Exception) -> UsageError:
    """What to say of a file that could not be written."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UsageError(f"{shown(name)} could not be written: {why.lower()}.", "Choose another place.")
