"""Noticing that the laptop, or the program, was asleep.

On Linux and macOS the monotonic clock stands still while the machine is suspended and the wall clock does not; on
Windows, and while a program is stopped, both go on and no tick comes. Either way a gap shows.
"""

from __future__ import annotations

SLEPT_S = 2.0
"""The wall clock is ahead by more than this after a suspended laptop; clocks that are set right move less."""
STALLED_S = 4.0
"""A gap in the ticks themselves that is shorter is a busy machine, on which the warm-up goes on."""


class SleepWatch:
    """Compares two clocks from tick to tick. A wall clock that is set back is not a sleep."""

    def __init__(self) -> None:
        self._before: tuple[float, float] | None = None

    def gap(self, monotonic: float, wall: float) -> float:
        """Seconds that were slept since the last call, 0 if none were."""
        before, self._before = self._before, (monotonic, wall)
        if before is None:
            return 0.0
        ticked = monotonic - before[0]
        passed = wall - before[1]
        return max(ticked, passed) if passed - ticked > SLEPT_S or ticked > STALLED_S else 0.0
