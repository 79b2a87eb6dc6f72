"""The text of a file, once it is sure to be one: regular, readable, small, UTF-8 and free of control characters."""

from __future__ import annotations

import stat
from pathlib import Path

from trainer.core.letters import printable
from trainer.library.places import Place, UnreadableError
from trainer.library.words import nearest, unwelcome

MOST_BYTES = 1_000_000
"""Largest file that is read; the whole shipped library is a tenth of it."""

_SUFFIXES = (".yaml", ".yml")


def read_text(path: Path) -> str:
    """What ``path`` holds, without a byte order mark. Raises ``UnreadableError``; never waits for a pipe."""
    return _decoded(_bytes(path))


def yaml_files(folder: Path) -> tuple[Path, ...]:
    """The YAML files in a folder, by name; none where there is no such folder."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES]
    except OSError:
        return ()
    return tuple(sorted(path for path in found if not path.name.startswith(".")))


def _bytes(path: Path) -> bytes:
    try:
        mode = path.stat()
        if stat.S_ISDIR(mode.st_mode):
            raise UnreadableError(Place(), "this is a folder, not a file")
        if not stat.S_ISREG(mode.st_mode):
            raise UnreadableError(Place(), "this is not an ordinary file")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        siblings = {sibling.stem: sibling.name for sibling in yaml_files(path.parent)}
        near = nearest(path.stem, siblings)
        hint = f"; did you mean '{printable(siblings[near])}'?" if near is not None else ""
        raise UnreadableError(Place(), f"there is no such file{hint}") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "its name cannot be used"
        raise UnreadableError(Place(), f"the file cannot be read: {reason.lower()}") from None
    if len(data) > MOST_BYTES:
        raise UnreadableError(
            Place(), f"the file is larger than {MOST_BYTES // 1_000_000} MB; a routine is far smaller"
        )
    return data


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(Place(), "the file is UTF-16; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        raise UnreadableError(_place(before), "the file is not UTF-8 from here on; save it as UTF-8") from None
    found = unwelcome(text)
    if found is not None:
        index, name = found
        raise UnreadableError(_place(text[:index]), f"the invisible character {name} is not allowed in a file")
    return text


def _place(before: str) -> Place:
    """The place right after a text."""
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Place(len(lines), len(lines[-1].removeprefix("\ufeff")) + 1)
