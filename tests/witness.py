"""Whether a machine that tests sound ever stood still by itself: a machine that is lent out in slices does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STOOD_STILL_S = 0.03
"""A program that nobody outranks is woken far sooner than this; a device runs dry some time later."""
_CODE = """
import select, sys, time
from trainer.audio.urgency import hurry

if sys.argv[1:]:
    hurry()
worst_s = 0.0
while True:
    before = time.monotonic()
    if select.select([0], [], [], 0.005)[0]:
        break
    worst_s = max(worst_s, time.monotonic() - before - 0.005)
print(worst_s)
"""


@dataclass(slots=True)
class Witness:
    """A program that sleeps and wakes two hundred times a second."""

    late_s: float = 0.0
    """By how much it was ever woken too late; known once it has ended."""

    @property
    def stood_still(self) -> bool:
        """Whether no program on this machine could have been in time."""
        return self.late_s > STOOD_STILL_S


@contextmanager
def witness(*, is_urgent: bool = True) -> Iterator[Witness]:
    """Look on while the block runs, as urgently as the sound does, or else as any program."""
    program = subprocess.Popen(
        (sys.executable, "-c", _CODE, *(["urgent"] if is_urgent else [])),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
        process_group=0,
    )
    seen = Witness()
    try:
        yield seen
    finally:
        said, _ = program.communicate("over\n")
        seen.late_s = float(said)
