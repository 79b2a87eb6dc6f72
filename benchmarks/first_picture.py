"""How long after its phase begins a drill is seen, its first picture with its words: nine drills in a real terminal.

python benchmarks/first_picture.py

The goal is 50 ms. The first drill of all is left out: nothing could be drawn ahead of it.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from beside import TRAINER, prepared, told

from tests.terminal import Terminal

GOAL_MS = 50.0
DRILLS = (
    "ankle-circles",
    "hip-hinge",
    "cat-camel",
    "open-book",
    "neck-rotation",
    "tendon-glides",
    "hip-circles-standing",
    "heel-slide",
    "gaze-tracking",
)
WORDS = {"say": b"GET READY", "switch": b"SWITCH TO", "go": b"Rep 1/"}
"""What is painted as the phase of such a cue begins."""
EARLY_S = 0.005


def main() -> None:
    """Prints the ms from the planned instant to the bytes that show it, by kind of phase."""
    with prepared() as environ, TemporaryDirectory() as folder:
        routine, events = Path(folder, "nine.yaml"), Path(folder, "events.jsonl")
        items = "".join(f"  - {{drill: {drill}, reps: 2, tempo: 3s}}\n" for drill in DRILLS)
        routine.write_text(f"id: nine\nname: Nine\nitems:\n{items}", encoding="utf-8")
        command = (*TRAINER, "start", str(routine), "--skip-before", "--audio", "off", "--events", str(events))
        with Terminal(command, environ) as terminal:
            chunks = _watched(terminal)
        lines = [json.loads(line) for line in events.read_text("utf-8").splitlines()]
    worst = 0.0
    for kind, words in WORDS.items():
        walls = [line["wall"] for line in lines if line["event"] == "cue" and line["kind"] == kind]
        waits = sorted(_wait_ms(wall, words, chunks) for wall in walls[1 if kind != "switch" else 0 :])
        worst = max(worst, *waits)
        print(f"{kind:<8}{len(waits):>4} phases   median {statistics.median(waits):6.1f} ms   most {waits[-1]:6.1f} ms")
    print(told("ms, worst", worst, GOAL_MS))


def _watched(terminal: Terminal) -> list[tuple[float, bytes]]:
    """Everything that was painted until the knee is asked about, with the second at which it came."""
    chunks: list[tuple[float, bytes]] = []
    while b"right now?" not in terminal.raw:
        seen = len(terminal.raw)
        terminal.read_for(0.004)
        if len(terminal.raw) > seen:
            chunks.append((time.monotonic(), bytes(terminal.raw[seen:])))
        if terminal.program.poll() is not None:
            sys.exit(f"The program ended:\n{terminal.text()}")
    return chunks


def _wait_ms(wall: float, words: bytes, chunks: list[tuple[float, bytes]]) -> float:
    return next((at - wall) * 1000 for at, written in chunks if at > wall - EARLY_S and words in written)


if __name__ == "__main__":
    main()
