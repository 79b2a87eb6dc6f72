"""What the benchmarks of the whole program share: two commands, warm byte code, what the system says of a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.terminal import Terminal, environment  # noqa: E402

MINIMAL = (sys.executable, str(ROOT / "benchmarks" / "minimal.py"))
TRAINER = (sys.executable, "-m", "trainer")
FIRST_OF_MINIMAL = "First frame"
FIRST_OF_TRAINER = "Good "
"""The greeting: home is painted."""


@contextmanager
def prepared() -> Iterator[dict[str, str]]:
    """A clean environment: first start over, byte code of both programs compiled and kept apart from the tree."""
    with TemporaryDirectory() as folder:
        kept = {name: os.environ[name] for name in ("XDG_RUNTIME_DIR", "PULSE_SERVER") if name in os.environ}
        environ = environment(
            Path(folder), PYTHONPATH=str(ROOT), PYTHONPYCACHEPREFIX=str(Path(folder, "compiled")), **kept
        )
        setup = (*TRAINER, "setup", "--knee", "right", "--accept-safety")
        subprocess.run(setup, env=environ, check=True, stdout=subprocess.DEVNULL)
        for _ in range(2):
            for command, words in ((MINIMAL, FIRST_OF_MINIMAL), (TRAINER, "enter starts it")):
                with Terminal(command, environ) as terminal:
                    terminal.wait_for(words, within_s=60)
                    terminal.press("q")
                    terminal.end()
        yield environ


@contextmanager
def spinning(count: int) -> Iterator[None]:
    """Programs that do nothing else than keep the processor busy."""
    programs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


def peak_mb(pid: int) -> float:
    """The most memory a process has held, in MB; Linux only."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    (peak,) = (line for line in lines if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def cpu_s(pid: int) -> float:
    """Seconds of processor that a process has used; Linux only."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def told(name: str, ratio: float, goal: float) -> str:
    """A ratio beside its goal."""
    return f"{name:<22}{ratio:6.2f}    goal {goal:g}: {'met' if ratio <= goal else 'missed'}"
