"""How long ``trainer rate`` takes beside ``python -c pass``: the goal is at most 6 times.

The minimum of many runs of each, in turn, so that whatever else the machine does weighs on both alike. Compiled files
are used, as in an installed copy.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOAL = 6.0
ROUNDS = 15


def seconds(words: list[str], environ: dict[str, str]) -> float:
    """Wall time of one run, which must go well."""
    start = time.perf_counter()
    subprocess.run(words, env=environ, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Prints both minima, the ratio and how the goal stands."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environ |= {
            "TRAINER_DATA_DIR": str(Path(folder, "data")),
            "TRAINER_CONFIG_DIR": str(Path(folder, "config")),
        }
        nothing = [sys.executable, "-c", "pass"]
        rate = [sys.executable, "-m", "trainer", "rate", "4", "--knee", "right"]
        seconds(rate, environ)
        pairs = [(seconds(nothing, environ), seconds(rate, environ)) for _ in range(ROUNDS)]
    least = min(first for first, _ in pairs)
    taken = min(second for _, second in pairs)
    verdict = "met" if taken / least <= GOAL else "missed"
    print(f"python -c pass   {least * 1000:6.1f} ms")
    print(f"trainer rate     {taken * 1000:6.1f} ms")
    print(f"ratio            {taken / least:6.2f}    goal {GOAL:g}: {verdict}")


if __name__ == "__main__":
    main()
