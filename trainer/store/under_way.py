"""Where sessions stand while they run: one small file each, so that the next start can go on from there.

``under-way/ID.json`` is replaced as a whole, so a reader finds the old place or the new one. It is not synced to the
disk (no fsync): that would wake the disk at every repetition, and nothing is lost with it that cannot be done again.
What was done and how the knee was are in the diary, synced each time. After a crash of the program the file is there
as it was last written; after a power cut it may be some seconds old, or be gone, and then there is nothing to go on
with. ``ID.lock`` beside it is held by the window in which the session runs (a lock on the place itself would go with
each file that is replaced). Where the folder cannot be written, or knows no locks, no place is kept; no more.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from trainer.paths import PRIVATE_FILE, make_folder
from trainer.store.claim import HeldElsewhereError, claim

LARGEST = 2**20
"""Bytes of a place that are read; that of a long routine has 10 kB."""
MOST_FILES = 1000
"""Entries of the folder that are looked at."""
STALE_S = 24 * 3600.0
"""What nobody holds goes after this time; what is worth going on with is younger."""
PATIENCE_S = 1.0
"""How long the end of a session waits for its last place to be written."""
_NAME = re.compile(r"([0-9a-f]{32})\.(?:json|lock)")
_BESIDE = re.compile(r"\.[0-9a-f]{32}\.json\.new")


class Held:
    """One session's place, as long as this window holds it. Nothing here raises, and ``keep`` never waits."""

    def __init__(self, folder: Path | None, session: str, let_go: Callable[[], None] = lambda: None) -> None:
        self.session = session
        self._folder = folder
        self._let_go = let_go
        self._changed = Condition()
        self._wanted: Mapping[str, Any] | None = None
        self._is_busy = self._is_over = False
        self._thread: Thread | None = None

    def data(self) -> object | None:
        """What the file says, as it came from JSON; None where there is none or it makes no sense."""
        if self._folder is None:
            return None
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            handle = os.open(self._path, flags)
            with os.fdopen(handle, "rb") as file:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    return None
                text = file.read(LARGEST + 1)
            found: object = json.loads(text) if len(text) <= LARGEST else None
        except (OSError, ValueError, RecursionError):
            return None
        return found

    def keep(self, data: Mapping[str, Any]) -> None:
        """Have this written soon, by a thread of its own; of several that wait only the last one."""
        if self._folder is None:
            return
        with self._changed:
            if self._is_over:
                return
            self._wanted = data
            self._changed.notify_all()
        if self._thread is None:
            self._thread = Thread(target=self._write_on, name="under-way", daemon=True)
            self._thread.start()

    def settle(self, within_s: float = PATIENCE_S) -> None:
        """Wait until all is written."""
        with self._changed:
            self._changed.wait_for(lambda: self._wanted is None and not self._is_busy, within_s)

    def let_go(self) -> None:
        """Leave the place for the next start."""
        self.settle(PATIENCE_S)
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(PATIENCE_S)
        self._release()

    def forget(self) -> None:
        """There is nothing to go on with any more."""
        with self._changed:
            self._is_over, self._wanted = True, None
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(PATIENCE_S)
        if self._folder is not None:
            for path in (self._path, self._folder / f"{self.session}.lock"):
                with contextlib.suppress(OSError):
                    path.unlink()
        self._release()
        if sys.platform == "win32" and self._folder is not None:  # which keeps what is open
            with contextlib.suppress(OSError):
                (self._folder / f"{self.session}.lock").unlink()

    @property
    def _path(self) -> Path:
        assert self._folder is not None
        return self._folder / f"{self.session}.json"

    def _release(self) -> None:
        let_go, self._let_go = self._let_go, lambda: None
        with contextlib.suppress(OSError):
            let_go()

    def _write_on(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted is not None or self._is_over)
                data, self._wanted = self._wanted, None
                if data is None:
                    return
                self._is_busy = True
            with contextlib.suppress(OSError):
                _write(self._path, json.dumps(data, separators=(",", ":")).encode())
            with self._changed:
                self._is_busy = False
                self._changed.notify_all()


def _write(path: Path, text: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")  # one window alone writes it
    with contextlib.suppress(FileNotFoundError):
        beside.unlink()
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE), "wb") as file:
            file.write(text)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


class UnderWay:
    """The folder of places."""

    def __init__(self, folder: Path | None) -> None:
        """``folder`` need not exist; none keeps nothing."""
        self._folder = folder

    def hold(self, session: str) -> Held:
        """Hold a new session's place; where that cannot be, what is given keeps nothing."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                make_folder(self._folder)
                return Held(self._folder, session, claim(self._folder / f"{session}.lock"))
        return Held(None, session)

    def living(self) -> frozenset[str]:
        """Ids of the sessions that run in a window that is still there, this one included."""
        return frozenset(session for session, held in self._each() if held is None)

    def left(self) -> tuple[Held, ...]:
        """The places that ended windows left, each held from now on. What is long past use goes."""
        found = []
        for _, held in self._each(lets_go=False):
            if held is None:
                continue
            if held.data() is None or self._is_stale(held.session):
                self._tidy(held)
            else:
                found.append(held)
        self._tidy_beside()
        return tuple(found)

    def _each(self, *, lets_go: bool = True) -> Iterator[tuple[str, Held | None]]:
        """Every session of the folder; None for one that a living window holds."""
        for session in self._names():
            assert self._folder is not None
            try:
                held = Held(self._folder, session, claim(self._folder / f"{session}.lock"))
            except HeldElsewhereError:
                yield session, None
            except OSError:
                continue
            else:
                if lets_go:
                    held.let_go()
                yield session, held

    def _names(self) -> tuple[str, ...]:
        if self._folder is None or self._folder.is_symlink():
            return ()
        try:
            with os.scandir(self._folder) as entries:
                matches = [_NAME.fullmatch(entry.name) for entry in islice(entries, MOST_FILES)]
        except OSError:
            return ()
        return tuple(dict.fromkeys(match[1] for match in matches if match))

    def _is_stale(self, session: str) -> bool:
        assert self._folder is not None
        try:
            return abs(time.time() - (self._folder / f"{session}.json").lstat().st_mtime) > STALE_S
        except OSError:
            return True

    def _tidy(self, held: Held) -> None:
        """What makes no sense is left for a newer trainer, and goes when it is old; a lone lock goes at once."""
        held.forget() if self._is_stale(held.session) else held.let_go()

    def _tidy_beside(self) -> None:
        if self._folder is None:
            return
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in islice(entries, MOST_FILES):
                if _BESIDE.fullmatch(entry.name) and time.time() - entry.stat(follow_symlinks=False).st_mtime > STALE_S:
                    Path(entry.path).unlink()
