"""From the command to the first frame, and memory, beside a minimal Textual app: goals 1.25 and 1.3 times.

python benchmarks/start.py [ROUNDS]

Both programs start in turn in a terminal of their own, so that whatever else the machine does weighs on both
alike. Byte code is compiled, as in an installed copy. The first frame of the trainer is home with its greeting; the
list of routines follows a moment later, and is measured too.
"""

from __future__ import annotations

import statistics
import sys

from beside import FIRST_OF_MINIMAL, FIRST_OF_TRAINER, MINIMAL, TRAINER, peak_mb, prepared, told

from tests.terminal import Terminal

START_GOAL = 1.25
MEMORY_GOAL = 1.3


def main(rounds: int) -> None:
    """Prints minima and medians in ms, and the ratios."""
    least: dict[str, list[float]] = {"minimal app": [], "trainer": [], "trainer, routines": []}
    memory: dict[str, list[float]] = {"minimal app": [], "trainer, first frame": [], "trainer, routines": []}
    with prepared() as environ:
        for _ in range(rounds):
            with Terminal(MINIMAL, environ, is_controlling=False) as terminal:
                least["minimal app"].append(terminal.wait_for_bytes(FIRST_OF_MINIMAL))
                terminal.read_for(0.2)
                memory["minimal app"].append(peak_mb(terminal.program.pid))
                terminal.press("q")
                terminal.end()
            with Terminal((*TRAINER, "--audio", "off"), environ, is_controlling=False) as terminal:
                least["trainer"].append(terminal.wait_for_bytes(FIRST_OF_TRAINER))
                memory["trainer, first frame"].append(peak_mb(terminal.program.pid))
                least["trainer, routines"].append(terminal.wait_for_bytes("Stairs morning"))
                terminal.read_for(0.2)
                memory["trainer, routines"].append(peak_mb(terminal.program.pid))
                terminal.press("q")
                terminal.end()
    print(f"{'':<22}{'least':>8}{'median':>8}   ms to the frame")
    for name, seconds in least.items():
        print(f"{name:<22}{min(seconds) * 1000:8.0f}{statistics.median(seconds) * 1000:8.0f}")
    print(f"{'':<22}{'median':>8}   MB at most")
    for name, sizes in memory.items():
        print(f"{name:<22}{statistics.median(sizes):8.1f}")
    print(told("start, least", min(least["trainer"]) / min(least["minimal app"]), START_GOAL))
    medians = statistics.median(least["trainer"]) / statistics.median(least["minimal app"])
    print(told("start, median", medians, START_GOAL))
    for when in ("first frame", "routines"):
        ratio = statistics.median(memory[f"trainer, {when}"]) / statistics.median(memory["minimal app"])
        print(told(f"memory, {when}", ratio, MEMORY_GOAL))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
