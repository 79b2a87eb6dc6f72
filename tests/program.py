"""The real program as other tests open it: commands, folders, and a session on its way."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.terminal import Terminal, environment

TRAINER = (sys.executable, "-m", "trainer")
QUICK = ("start", "gym-floor-quick", "--audio", "off", "--skip-before")
"""A shipped routine of five minutes."""
SHORT = ("start", "short", "--audio", "off", "--skip-before")
"""A routine of one's own that ``folder`` holds: 59 seconds, to be lived through to the end."""
LONG = ("start", "long", "--audio", "off", "--skip-before")
"""Another one: its second drill takes 400 seconds, so that it still goes on when a slow machine has come to act."""
REPS = 50
"""Of the second drill of ``LONG``, eight seconds each."""
QUESTION = "How is your RIGHT knee right now?"
HOME = "enter starts it"
_ROUTINE = """\
id: {id}
name: {name} one
purpose: Soon over.
items:
  - {{drill: foot-roll-in-out, reps: 1, tempo: 2s}}
  - {{drill: heel-raise-toe-break, {dose}}}
  - {{drill: knee-to-wall, reps: 1, tempo: 2s}}
"""


def ask(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command that shows no screen."""
    return subprocess.run(
        [*TRAINER, *words],
        env=environment(folder),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def told(folder: Path, *words: str) -> Any:
    """What a command says as JSON."""
    answer = ask(folder, *words)
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""
    return json.loads(answer.stdout)


def open_trainer(folder: Path, *words: str, columns: int = 120, rows: int = 36, **environ: str) -> Terminal:
    return Terminal([*TRAINER, *words], environment(folder, **environ), columns=columns, rows=rows)


@cache
def _answers() -> str:
    """The settings as the command for the first start's questions leaves them."""
    with TemporaryDirectory() as place:
        answer = ask(Path(place), "setup", "--knee", "right", "--accept-safety")
        assert (answer.returncode, answer.stderr) == (0, "")
        return Path(place, "config", "settings.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The first start's questions are answered, no start asks about the morning, and there are two routines."""
    routines = tmp_path / "config" / "routines"
    routines.mkdir(parents=True)
    (tmp_path / "config" / "settings.yaml").write_text(f"{_answers()}ask_morning: false\n", encoding="utf-8")
    for name, dose in (("Short", "reps: 10, tempo: 4s"), ("Long", f"reps: {REPS}, tempo: 8s")):
        routine = _ROUTINE.format(id=name.lower(), name=name, dose=dose)
        (routines / f"{name.lower()}.yaml").write_text(routine, encoding="utf-8")
    for path in (tmp_path / "config").rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    (tmp_path / "config").chmod(0o700)
    return tmp_path


def rep(text: str) -> int:
    """The repetition that the screen counts; 0 for none."""
    found = re.search(r"Rep (\d+)/\d+", text)
    return int(found[1]) if found else 0


def reach_second_drill(terminal: Terminal) -> None:
    """Of the long routine: not in its first rep, and with time to spare."""
    terminal.wait_until(lambda text: "drill 2 of 3" in text and 2 <= rep(text) < REPS / 2, "a rep of the second drill")


def rate(terminal: Terminal, score: str) -> None:
    terminal.wait_for(QUESTION, "enter saves")
    terminal.press(score)
    terminal.wait_for(f"{score} chosen")
    terminal.press("\r")
    terminal.wait_for("Saved.")
