"""Where everything is: your data, your settings, what is shipped; and how a private file or folder is made.

Two folders are a person's own: *data* holds the diary (``trainer.db``) and its backups, *config* holds
``settings.yaml`` and routines and drills of their own. ``TRAINER_DATA_DIR`` and ``TRAINER_CONFIG_DIR`` name them;
otherwise they are the platform's own places. What is private is made so from its first byte, whatever the umask.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trainer.core.errors import UsageError

APP = "joint-trainer"
MADE_UP = "made-up-data"
"""A file of this name beside the diary says that the diary is nobody's; ``trainer demo`` makes it."""
DATA, CONFIG = "TRAINER_DATA_DIR", "TRAINER_CONFIG_DIR"
UNSAVED = "unsaved-*.jsonl"
"""Files that keep what the diary could not take; their names go on where they are set aside."""
_LONGEST_NAME = 100
"""Letters of the longest path that is looked for below a folder."""
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True)
class Folders:
    """Every folder the trainer reads or writes; none of them need exist."""

    data: Path
    """The diary and its backups."""
    config: Path
    """Settings, and routines and drills of one's own."""
    shipped_routines: Path
    """The routines that came with the trainer."""
    sounds: Path
    """The cues and prompts that came with the trainer."""
    state: Path
    """Logs: what may be lost."""
    warning: str = ""
    """Why these are no places to keep anything for long, as a sentence; empty where they are."""

    @property
    def mark(self) -> str:
        """What everything made from this diary is marked with: that it is made up; empty for a person's own."""
        return "made-up data" if is_file(self.data / MADE_UP) else ""

    @property
    def database(self) -> Path:
        """The diary itself."""
        return self.data / "trainer.db"

    @property
    def voices(self) -> Path:
        """Spoken prompts made for a person's own words; made again where they are lost."""
        return self.state / "voices"

    @property
    def backups(self) -> Path:
        """Copies of the diary."""
        return self.data / "backups"

    @property
    def beside(self) -> tuple[Path, ...]:
        """Folders that may keep what the diary could not take, in order of preference."""
        return self.data, self.state, self.config

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.yaml"

    @property
    def own_routines(self) -> Path:
        """Routines of one's own, beside or over the shipped ones."""
        return self.config / "routines"

    @property
    def own_drills(self) -> Path:
        """Drills of one's own, beside or over the shipped ones."""
        return self.config / "drills"


def find_folders(environ: Mapping[str, str], package: Path | None = None) -> Folders:
    """The folders for this environment; looks, but makes nothing.

    ``package`` is the folder of the ``trainer`` package: an installed one holds ``routines`` and ``sounds``, in a
    source tree they lie beside it. An empty variable counts as none. ``~`` is the home folder. Raises UsageError for
    a name that no folder can have.
    """
    package = Path(__file__).parent if package is None else package
    data, state = _named(environ, DATA), None
    config = _named(environ, CONFIG)
    if data is not None:
        state = data / "state"
    warning = ""
    if data is None or config is None or state is None:
        import platformdirs  # 29 ms: only where the environment leaves the places open

        places = platformdirs.PlatformDirs(APP, appauthor=False)
        try:
            usual = places.user_data_path, places.user_config_path, places.user_state_path
            is_home = all(path.is_absolute() for path in usual)
        except RuntimeError:  # neither HOME nor an entry in the list of users
            is_home = False
        if not is_home:
            makeshift = _makeshift()
            usual = makeshift / "data", makeshift / "config", makeshift / "state"
            warning = f"There is no home folder: everything is kept in {makeshift}, which may be emptied. {_NO_HOME}"
        data, config, state = (own or other for own, other in zip((data, config, state), usual, strict=True))
    return Folders(
        data=_possible(data, DATA),
        config=_possible(config, CONFIG),
        shipped_routines=_shipped(package, "routines"),
        sounds=_shipped(package, "sounds"),
        state=state,
        warning=warning,
    )


_NO_HOME = f"Set HOME, or {DATA} and {CONFIG}."


def _makeshift() -> Path:
    """A folder for whoever has no home, made here and now so that nobody else can. Raises UsageError where they did."""
    import tempfile

    folder = Path(tempfile.gettempdir()) / f"{APP}-{os.getuid() if hasattr(os, 'getuid') else 'own'}"
    try:
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=PRIVATE_FOLDER)
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid()):
            return folder
    except OSError:
        pass
    raise UsageError(f"There is no home folder, and {folder} cannot be used.", _NO_HOME)


def _named(environ: Mapping[str, str], variable: str) -> Path | None:
    value = environ.get(variable, "")
    return Path(os.path.abspath(os.path.expanduser(value))) if value else None  # noqa: PTH100, PTH111 (no home: no crash)


def _possible(folder: Path, variable: str) -> Path:
    """The folder, which need not be there. Raises UsageError where none can have that name."""
    try:
        os.lstat(folder / ("x" * _LONGEST_NAME))
    except (OSError, ValueError) as error:
        if isinstance(error, ValueError) or error.errno in (errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL):
            why = (error.strerror if isinstance(error, OSError) else None) or "no name for a folder"
            raise UsageError(f"{variable} names no folder that can be: {why.lower()}.", "Name another.") from None
    return folder


def _shipped(package: Path, name: str) -> Path:
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def child_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment in which a Python of our own finds the packages where this one does, also in a source tree.

    It looks nowhere else: what lies in the folder that somebody happens to be in is not ours to run.
    """
    packages = os.pathsep.join(path for path in sys.path if path)
    return {**environ, "PYTHONPATH": packages, "PYTHONSAFEPATH": "1"}


def is_file(path: Path) -> bool:
    """Whether a file is there as far as we may see; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def make_folder(folder: Path) -> Path:
    """Makes a folder that only its owner can enter, or tightens one that is already there; gives it back.

    Raises OSError where it cannot be made. A home folder, a shared (sticky) one and other people's are left as
    they are.
    """
    if not folder.is_dir():
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    tighten(folder, PRIVATE_FOLDER)
    return folder


def tighten(path: Path, mode: int) -> None:
    """Takes the rights of others away, if the file or folder is ours; says nothing where that is not possible.

    A folder where a file was meant is left alone: with a file's rights nobody, not even its owner, could enter it.
    """
    if not hasattr(os, "getuid"):
        return
    with contextlib.suppress(OSError):
        found = path.stat()
        is_folder = stat.S_ISDIR(found.st_mode) and mode & stat.S_IXUSR
        is_plain = is_folder or stat.S_ISREG(found.st_mode)  # a device is everybody's
        loose = stat.S_IMODE(found.st_mode) & ~mode & 0o777
        if not loose or not is_plain or found.st_uid != os.getuid() or found.st_mode & stat.S_ISVTX:
            return
        home = os.path.realpath(os.path.expanduser("~"))  # noqa: PTH111 (no home: no crash)
        if not Path(home).is_relative_to(path.resolve()):
            path.chmod(mode)


def own_folders(folders: Folders) -> tuple[Path, ...]:
    """Every folder that nobody else should enter, there or not."""
    own = (folders.data, folders.backups, folders.config, folders.own_routines, folders.own_drills, folders.state)
    return (*own, folders.voices)


def own_files(folders: Folders) -> Iterator[Path]:
    """Every file that is there and nobody else should read; other files in the same folders are nobody's business."""
    looked_for = [(folder, f"{UNSAVED}*") for folder in folders.beside]
    looked_for += [(folders.data, "trainer.db*"), (folders.backups, "trainer-*.db*")]
    looked_for += [(folders.state, "trainer.log*"), (folders.config, folders.settings.name)]
    for folder, names in looked_for:
        with contextlib.suppress(OSError):
            yield from (path for path in sorted(folder.glob(names)) if path.is_file())


def unsaved(folders: Folders) -> list[Path]:
    """The files that keep what is not in the diary yet: of windows that are gone, or still open."""
    found: list[Path] = []
    for folder in dict.fromkeys(folders.beside):
        with contextlib.suppress(OSError):
            found += sorted(folder.glob(UNSAVED))
    return found


def tighten_own(folders: Folders) -> None:
    """Takes the rights of others away from all that is there."""
    for folder in own_folders(folders):
        tighten(folder, PRIVATE_FOLDER)
    for path in own_files(folders):
        tighten(path, PRIVATE_FILE)


def create_file(path: Path) -> bool:
    """Makes an empty file that only its owner can read; says whether it was not there before. Raises OSError."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE)
    except FileExistsError:
        return False
    os.close(handle)
    return True


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a private file whole or not at all: beside it first, on the disk, then in its place. Raises OSError.

    A link is followed, so the file it names is replaced and the link stays. What is no regular file (a device, a pipe)
    is written to, never replaced.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        with path.open("wb") as out:
            out.writelines(pieces)
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}")
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE), "wb") as out:
            out.writelines(pieces)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Puts the names in it on the disk, where the platform lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
