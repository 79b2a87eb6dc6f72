"""Noticing that the laptop, or the program, was asleep.

On Linux and macOS the monotonic clock stands still while the machine is suspended and the wall clock does not; on
Windows, and while a program is stopped, both go on and no tick comes. Either way a gap shows.
"""

from __future__ import annotations

GAP_S = 2.0
"""A gap shorter than this is a late tick."""


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
        slept = max(ticked, passed)
        return slept if slept > GAP_S else 0.0

    def forget(self) -> None:
        """Start afresh, after a silence that was meant."""
        self._before = None
