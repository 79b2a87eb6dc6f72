"""What a bug report needs, and nothing of the person: starts, versions, terminal, sound, faults, tracebacks of bugs.

No score, no note, no title, no file name of one's own, no home folder: what might hold one is left out. The app keeps
its log in the state folder, small and turned over by itself; other commands write there only of a fault. ``--log FILE``
takes the place of that. Nothing is imported or opened before the first paint, and a log that cannot be written is
given up in silence: nobody ever waits for it.
"""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from trainer.core.errors import SoundError, StoreError, TrainerError, UsageError
from trainer.core.letters import printable
from trainer.paths import Folders, create_file, make_folder, tighten

if TYPE_CHECKING:
    from logging import Handler

LARGEST = 64 * 1024
"""Bytes after which the log in the state folder is turned over."""
OLDER = 2
"""How many turned over are kept."""
DEEPEST = 60
"""Places of a traceback that are told, from where it happened outwards."""
PLAIN_WORDS = (ArithmeticError, AssertionError, AttributeError, ImportError, NameError, RecursionError, TypeError)
"""Errors that speak of the program alone; what others say may quote a file or a note, and is left out."""


class Log:
    """Lines that wait in memory until the log is opened, and go into it from then on."""

    def __init__(self) -> None:
        self._waiting: deque[str] = deque()
        self._path: Path | None = None
        self._is_named = False
        self._is_due = False
        self._hidden: tuple[tuple[str, str], ...] = ()
        self._file: Handler | None = None

    def belong(self, folders: Folders, named: str | None) -> None:
        """Learn where to write, and which folders to call by another name. Raises UsageError.

        ``named``: the file given by ``--log``; it is opened at once, so that a wrong name is told.
        """
        home = os.path.expanduser("~")  # noqa: PTH111 (no home: no crash)
        known = [(folders.data, "DATA"), (folders.config, "CONFIG"), (folders.state, "STATE")]
        known += [(Path(__file__).parent.parent, "PROGRAM"), (Path(sys.prefix), "PYTHON"), (Path(home), "~")]
        places = {str(spelled): name for path, name in known[::-1] for spelled in (path, os.path.realpath(path))}
        self._hidden = tuple(sorted(places.items(), key=lambda place: -len(place[0])))
        self._path = folders.state / "trainer.log"
        if named is not None:
            try:
                self._file = _open(Path(named), 0)
            except (OSError, ValueError) as error:
                why = getattr(error, "strerror", None) or "it cannot be opened"
                raise UsageError(f"Cannot write the log to {named}: {why}.", "Name a file you may write.") from error
            self._path, self._is_named = Path(named), True

    def tell(self, what: str, *details: object) -> None:
        """One line. ``what`` is a word; ``details`` must be free of anything personal but folders."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        words = self._hide(" ".join(map(str, details)))
        self._waiting.append(f"{at} {os.getpid()} {what} {printable(words.replace(chr(10), ' '))}".rstrip())
        if self._file is not None:
            self._write()

    def start(self, command: str, version: str) -> None:
        """Who runs, where, and on what."""
        self.tell(
            "start", command, f"trainer {version}, Python {'.'.join(map(str, sys.version_info[:3]))},", sys.platform
        )

    def terminal(self, columns: int, rows: int, glyphs: str, colours: str, encoding: str | None) -> None:
        """What is drawn on."""
        told = " ".join(os.environ.get(name) or "-" for name in ("TERM", "TERM_PROGRAM"))
        self.tell("terminal", f"{told[:60]} {columns}x{rows}, {glyphs}, colours {colours}, {encoding}")

    def versions(self, known: Mapping[str, str | None]) -> None:
        """Of what the trainer is built on; None is looked up among what is installed.

        By the names of folders: ``importlib.metadata`` would tell too, and hold 3 MB for it.
        """
        told = [f"{name} {number or _installed(name)}" for name, number in known.items()]
        self.tell("versions", ", ".join(told))

    def fault(self, error: TrainerError) -> None:
        """Something a person can meet. What it says of their own words and files stays out."""
        is_ours = isinstance(error, StoreError | SoundError)
        self._is_due |= is_ours
        self.tell("fault", f"{type(error).__name__}: {error.message}" if is_ours else type(error).__name__)

    def mended(self, late: int) -> None:
        """The diary, of which a fault was told, is written again; so many entries had waited for it."""
        self.tell("mended", f"the diary is written again, {late} that had waited are in it")

    def bug(self, error: BaseException) -> None:
        """What nobody should ever meet: its kind and its places."""
        self._is_due = True
        seen: list[BaseException] = []
        cause: BaseException | None = error
        while cause is not None and cause not in seen:
            self.tell("bug" if cause is error else "because", _words_of(cause))
            for place in _places(cause.__traceback__):
                self.tell("at", place)
            seen.append(cause)
            cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)

    def open(self) -> None:
        """Write what waits, and all that comes, where that can be done."""
        if self._file is None and self._path is not None:
            with suppress(OSError, ValueError):
                make_folder(self._path.parent)
                self._file = _open(self._path, LARGEST)
        self._write()

    def close(self, code: int | None, *, is_wanted: bool = False) -> None:
        """Say how it ended. A log that nobody asked for by name is only written where it is wanted, or of a fault."""
        if self._path is None:
            return
        self.tell("end", "-" if code is None else code)
        if is_wanted or self._is_due or self._is_named:
            self.open()
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file, self._path = None, None

    def _write(self) -> None:
        if self._file is None:
            return
        import logging

        with suppress(IndexError):  # another thread may have taken the last one
            while self._waiting:
                self._file.handle(logging.makeLogRecord({"msg": self._waiting.popleft()}))

    def _hide(self, words: str) -> str:
        for path, name in self._hidden:
            if len(path) > 1:
                words = words.replace(path, name)
        return words


def _open(path: Path, largest: int) -> Handler:
    """A file for its owner alone, turned over at ``largest`` bytes; 0 for never. Raises OSError."""
    from logging.handlers import RotatingFileHandler

    class Private(RotatingFileHandler):
        """Each new file is private from its first byte, and no failure is ever told."""

        def _open(self) -> TextIO:  # type: ignore[override]
            file = Path(self.baseFilename)
            if not create_file(file):
                tighten(file, 0o600)
            return super()._open()

        def handleError(self, record: object) -> None:  # noqa: N802 (its name in logging)
            """Nobody is disturbed for the log's sake."""

    return Private(path, maxBytes=largest, backupCount=OLDER, encoding="utf-8", errors="backslashreplace")


def _installed(name: str) -> str:
    for place in map(Path, sys.path):
        with suppress(OSError):
            for found in place.glob(f"{name}-*.dist-info"):
                return found.name.removeprefix(f"{name}-").removesuffix(".dist-info")
    return "unknown"


def _words_of(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, PLAIN_WORDS):
        return f"{name}: {error}"[:300]
    if isinstance(error, OSError):
        return f"{name}: {error.strerror}"
    return name


def _places(at: TracebackType | None) -> list[str]:
    places = []
    while at is not None:
        code = at.tb_frame.f_code
        places.append(f"{code.co_filename}:{at.tb_lineno} {code.co_name}")
        at = at.tb_next
    return places[-DEEPEST:]
