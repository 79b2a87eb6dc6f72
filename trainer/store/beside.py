"""What could not be written into the diary, kept in a file beside it until it can: by this window, or the next start.

``unsaved-….jsonl``, an entry a line in the order in which it happened, each on the disk when ``keep`` returns. A window
holds its own file while it is open, so that another one, starting meanwhile, leaves it alone. Taking in the same twice
is the same as once, so a file goes only after all of it is in the diary.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from trainer.core.errors import StoreError
from trainer.paths import UNSAVED, create_file, make_folder, sync_folder
from trainer.store.entries import Entry, entry_from, line_of
from trainer.store.holding import hold
from trainer.store.rows import new_id

SET_ASIDE = ".unread"
"""What a file is called further once some of its lines were not taken in: it is kept, and looked at no more."""
LARGEST = 32 * 2**20
"""Bytes of such a file that are read; a session makes some 5 kB. A longer one is set aside with what is behind them."""


class Beside:
    """The files beside the diary: the own one of this window, and those that earlier ones left."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """``folders``: where to keep it, in order of preference."""
        self._folders = tuple(folders)
        self._own: Path | None = None
        self._let_go: Callable[[], None] | None = None
        self._taken: list[tuple[Path, bool, Callable[[], None]]] = []

    @property
    def path(self) -> Path | None:
        """The own file; none where nothing needed keeping, or could be kept."""
        return self._own

    def keep(self, entries: Sequence[Entry]) -> bool:
        """Adds entries to the own file; says whether they are on the disk."""
        data = "".join(f"{line_of(entry)}\n" for entry in entries).encode()
        for folder in self._folders if self._own is None else (self._own.parent,):
            with contextlib.suppress(OSError, StoreError):
                self._append(folder, data)
                return True
        return False

    def _append(self, folder: Path, data: bytes) -> None:
        is_new = self._own is None
        path = self._own or make_folder(folder) / f"unsaved-{new_id()}.jsonl"
        create_file(path)
        # Held before anything is in it: another window is not to take it for one that was left.
        let_go = hold(path, alone=True, patience_s=0.0) if is_new else None
        handle = os.open(path, os.O_WRONLY | os.O_APPEND)
        try:
            before = os.fstat(handle).st_size
            try:
                while data:
                    data = data[os.write(handle, data) :]
                os.fsync(handle)
                if is_new:
                    sync_folder(folder)
            except OSError:
                with contextlib.suppress(OSError):
                    os.ftruncate(handle, before)  # half a line would spoil the next one
                raise
        except OSError:
            if is_new:
                path.unlink(missing_ok=True)
            if let_go is not None:
                let_go()
            raise
        finally:
            os.close(handle)
        if let_go is not None:
            self._own, self._let_go = path, let_go

    def take(self) -> tuple[Entry, ...]:
        """What earlier windows left, oldest file first; those of windows that are still open are left alone."""
        found: list[Entry] = []
        for path in self._left():
            try:
                let_go = hold(path, alone=True, patience_s=0.0)
            except StoreError:
                continue
            try:
                with path.open("rb") as file:
                    data = file.read(LARGEST + 1)
            except OSError:
                let_go()
                continue
            # What stands behind the last line end was cut off while it was written, and never said to be kept.
            entries = [_entry(line) for line in data.split(b"\n")[:-1] if line]
            found += [entry for entry in entries if entry is not None]
            self._taken.append((path, None not in entries and len(data) <= LARGEST, let_go))
        return tuple(found)

    def _left(self) -> list[Path]:
        paths: list[tuple[float, Path]] = []
        for folder in dict.fromkeys(self._folders):
            with contextlib.suppress(OSError):
                there = [path for path in folder.glob(UNSAVED) if path != self._own and path.is_file()]
                paths += [(path.stat().st_mtime, path) for path in there]
        return [path for _, path in sorted(paths)]

    def clear(self, *, is_all_in: bool = True) -> None:
        """Nothing waits any more: the files go, but for those of which something is not in the diary.

        Those with lines that made no sense, and all where the diary refused an entry, are set aside.
        """
        own = [] if self._own is None else [(self._own, True, lambda: None)]
        for path, is_sound, let_go in (*self._taken, *own):
            with contextlib.suppress(OSError):
                path.unlink() if is_sound and is_all_in else path.rename(path.with_name(path.name + SET_ASIDE))
            let_go()
        self._taken, self._own = [], None
        self.close()

    def close(self) -> None:
        """Lets go of all files; they stay for the next start."""
        for _, _, let_go in self._taken:
            let_go()
        self._taken = []
        if self._let_go is not None:
            self._let_go()
            self._let_go = None


def _entry(line: bytes) -> Entry | None:
    try:
        return entry_from(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
