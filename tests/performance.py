"""A session of the real program in a terminal of its own, at real speed, recorded from a pretend loudspeaker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import sub
from pathlib import Path
from typing import Any

from tests.pulse import Recording, Speaker
from tests.score import Note, score_of
from tests.terminal import Terminal, environment

TRAINER = (sys.executable, "-m", "trainer")
ROUTINE = """\
id: recorded
name: Recorded
items:
  - {drill: toe-splay, reps: 6, tempo: 3.4s}
  - {drill: wrist-circles, reps: 2, tempo: 2s}
  - {drill: ankle-circles, reps: 2, tempo: 2s}
  - {drill: open-book, reps: 1, tempo: 4s}
"""
"""Halfway; one side after the other; a motion that turns round; a side that turns the whole body; words over tones."""
LAST_WORDS_S = 4.0
"""So long what is said at the end of a session is heard at most."""
_PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Live:
    """A session under way."""

    tape: Recording
    """What is heard."""
    terminal: Terminal
    """Where it is seen, and its keys."""
    log: Path
    """Where ``--events`` writes."""

    @property
    def events(self) -> tuple[dict[str, Any], ...]:
        """What happened so far, whole lines only."""
        if not self.log.exists():
            return ()
        whole, _, _ = self.log.read_text(encoding="utf-8").rpartition("\n")
        return tuple(json.loads(line) for line in whole.splitlines())

    def cue(self, kind: str, number: int = 1) -> float:
        """Wait until the ``number``-th cue of this kind fell due; give its monotonic second."""
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            walls = [event["wall"] for event in self.events if event["event"] == "cue" and event["kind"] == kind]
            if len(walls) >= number:
                return float(walls[number - 1])
            self.terminal.read_for(0.02)
        raise AssertionError(f"no {kind} number {number}; the screen:\n{self.terminal.text()}")

    def press(self, keys: str, at: float) -> float:
        """Press keys at a monotonic second; give the second at which they were really pressed."""
        self.terminal.read_for(max(0.0, at - time.monotonic()))
        pressed = time.monotonic()
        self.terminal.press(keys)
        return pressed


@dataclass(frozen=True, slots=True)
class Performance:
    """A session that was recorded from beginning to end."""

    tape: Recording
    """What was heard."""
    first_wall: float
    """The monotonic second of its first cue."""
    code: int
    """The exit code of the program."""
    cpu_s: float
    """Seconds of processor that the program, the sound's process included, used from its first event to its last."""
    lasted_s: float
    """Seconds from one to the other."""


Onlooker = Callable[[Live], None]
"""Lives through a fraction of a second of a session: reads what the program writes, pulls at the window."""


def look_on(live: Live) -> None:
    """Leave the program alone."""
    live.terminal.read_for(0.5)


@dataclass(frozen=True, slots=True)
class Stage:
    """A clean home for one person, and the loudspeaker that they hear."""

    folder: Path
    """Everything of theirs."""
    gym: Speaker
    """The loudspeaker."""

    @property
    def environ(self) -> dict[str, str]:
        """The variables the program runs with."""
        return environment(self.folder, PYTHONPATH=str(Path(__file__).parent.parent), **self.gym.environment)

    def set_up(self, routine: str = ROUTINE) -> str:
        """Answer what is asked at the first start, and write a routine; gives its path."""
        answers = (*TRAINER, "setup", "--knee", "right", "--accept-safety")
        subprocess.run(answers, env=self.environ, check=True, stdout=subprocess.DEVNULL)
        path = self.folder / "recorded.yaml"
        path.write_text(routine, encoding="utf-8")
        return str(path)

    def score(self, routine: str) -> tuple[Note, ...]:
        """What should be heard."""
        return score_of(routine, self.environ)

    @contextmanager
    def session(self, routine: str, *, audio: str = "miniaudio") -> Iterator[Live]:
        """Start a session and record it; the program is ended with the block."""
        log = self.folder / "events.jsonl"
        log.unlink(missing_ok=True)
        start = ("start", routine, "--skip-before", "--audio", audio, "--events", str(log))
        with self.gym.recording() as tape, Terminal((*TRAINER, *start), self.environ) as terminal:
            yield Live(tape, terminal, log)

    def perform(self, routine: str, onlooker: Onlooker = look_on, *, audio: str = "miniaudio") -> Performance:
        """Run a whole session, and leave the program afterwards as a person does."""
        with self.session(routine, audio=audio) as live:
            began = None
            while not live.events or live.events[-1]["event"] != "ended":
                if began is None and live.events:
                    began = cpu_of(live.terminal.program.pid)
                assert live.terminal.program.poll() is None, live.terminal.text()
                onlooker(live)
            assert began is not None
            cpu_s, lasted_s = map(sub, cpu_of(live.terminal.program.pid), began)
            live.terminal.read_for(LAST_WORDS_S)
            live.terminal.press("3\r")
            live.terminal.read_for(1.0)
            live.terminal.press("\rq")
            code = live.terminal.end()
            first = next(event["wall"] for event in live.events if event["event"] == "cue")
        return Performance(live.tape, first, code, cpu_s, lasted_s)


def cpu_of(pid: int) -> tuple[float, float]:
    """Seconds of processor that a program and all it started have used, and seconds since its start; Linux only."""
    ticks = os.sysconf("SC_CLK_TCK")
    used = sum(sum(map(int, _stat(each)[11:15])) for each in (pid, *_started_by(pid))) / ticks
    return used, time.clock_gettime(time.CLOCK_BOOTTIME) - int(_stat(pid)[19]) / ticks


def _stat(pid: int) -> list[str]:
    """What /proc tells of a process, from its state on."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rsplit(")", 1)[1].split()


def _started_by(pid: int) -> tuple[int, ...]:
    """The processes that a program started and that still run; those that ended count as its own."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    every = [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()] if children.exists() else []
    return tuple(int(child) for path in every for child in path.read_text(encoding="ascii").split())
