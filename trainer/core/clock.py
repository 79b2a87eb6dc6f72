"""A clock that runs faster or slower than the real one, and back again."""

from __future__ import annotations

from collections.abc import Callable


class PacedClock:
    """Seconds since it was made, at ``speed`` times the pace of the clock behind it."""

    def __init__(self, real: Callable[[], float], speed: float = 1.0) -> None:
        self.speed = speed
        self._real = real
        self._start = real()

    def __call__(self) -> float:
        """Seconds of this clock."""
        return (self._real() - self._start) * self.speed

    def wall(self, instant: float) -> float:
        """The second of the real clock at which this clock shows ``instant``."""
        return self._start + instant / self.speed
