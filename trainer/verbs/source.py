"""Where a verb, or the app, gets its routines: the library, and the one file that was named on the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.paths import Folders, is_file

if TYPE_CHECKING:
    from trainer.core.routine import Routine
    from trainer.library import Library


class LibrarySource:
    """Reads the library once, on demand. Raises ContentError as early as it can be known that nothing fits."""

    def __init__(self, folders: Folders, wanted: str | None = None) -> None:
        """``wanted``: an id or a path. An id that names a file of that name is not read yet: the app can open."""
        self._folders = folders
        self._library: Library | None = None
        self.id = wanted
        if wanted is None:
            return
        if is_path(wanted):
            self.id = self._add(Path(wanted))
        elif not any(is_file(folder / f"{wanted}.yaml") for folder in self._shelves()):
            self.routine()

    def read(self) -> Library:
        """The library; slow the first time."""
        if self._library is None:
            from trainer.library import read_library

            self._library = read_library(self._folders.shipped_routines, self._folders.config)
        return self._library

    def read_apart(self) -> Library:
        """The library for the app: read in a process of its own, if it was not read yet."""
        if self._library is None:
            from trainer.library.apart import read_library_apart

            self._library = read_library_apart(self._folders.shipped_routines, self._folders.config)
        return self._library

    def routine(self) -> Routine:
        """The routine that was wanted. Raises ContentError."""
        from trainer.library.find import find_routine

        return find_routine(self.read(), self.id or "")

    def _add(self, path: Path) -> str:
        from trainer.library import read_routine

        library = self.read()
        routine = read_routine(path, library.drills)
        self._library = replace(library, routines={**library.routines, routine.id: routine})
        return routine.id

    def _shelves(self) -> tuple[Path, Path]:
        return self._folders.shipped_routines, self._folders.own_routines


def is_path(word: str) -> bool:
    """Whether a word names a file rather than an id."""
    return word.endswith((".yaml", ".yml")) or "/" in word or "\\" in word
