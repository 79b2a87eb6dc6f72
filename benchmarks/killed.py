"""Kills the real program at random instants of sessions, ratings and imports; then looks for all it said was saved.

python -m benchmarks.killed [--kills N] [--seed N]

Prints one line of figures: found must be as many as were acknowledged, and nothing damaged. A kill takes from half a
second to some seconds. SIGKILL ends the program and not the machine: what a power cut leaves is up to the syncing of
every write, see ``trainer/store/opening.py``.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.killed import Fate


def main() -> int:
    """0 where nothing was lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    wanted = parser.parse_args()
    with TemporaryDirectory() as folder:
        fate = Fate(Path(folder), wanted.seed)
        for _ in range(wanted.kills):
            fate.strike()
    print(*fate.figures.damage, sep="\n", end="\n" if fate.figures.damage else "")
    print(f"seed {wanted.seed}: {fate.figures}")
    return 0 if fate.figures.is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
