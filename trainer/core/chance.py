"""Chance that is the same everywhere: a seed gives the same coins and the same noise on every Python and machine.

A trial's order is written down with its seed, so anybody can draw it again and see that nobody chose it. The generator
is SplitMix64 (Steele, Lea and Flood 2014), a few lines that can be checked by hand; its published first numbers for the
seed 1234567 are a test. Nothing here is secret or safe against guessing.
"""

from __future__ import annotations

from math import cos, log, pi, sin, sqrt

MOST_SEEDS = 2**64
"""Seeds are whole numbers from 0 to below this."""
_ALL = MOST_SEEDS - 1


class Chance:
    """A row of draws; the same seed gives the same row."""

    __slots__ = ("_spare", "_state")

    def __init__(self, seed: int) -> None:
        """Raises ValueError for a seed that is no whole number from 0 to below 2**64."""
        if not 0 <= seed < MOST_SEEDS:
            raise ValueError(f"a seed is a whole number from 0 to below 2**64, not {seed}")
        self._state = seed
        self._spare: float | None = None

    def bits(self) -> int:
        """The next 64 bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _ALL
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _ALL
        return mixed ^ (mixed >> 31)

    def coin(self) -> bool:
        """Heads or tails: the highest of the next 64 bits."""
        return bool(self.bits() >> 63)

    def random(self) -> float:
        """A number from 0 to below 1, from the highest 53 of the next 64 bits."""
        return (self.bits() >> 11) / 2**53

    def normal(self) -> float:
        """A draw from the standard normal distribution (Box and Muller; two come from two numbers)."""
        if self._spare is not None:
            spare, self._spare = self._spare, None
            return spare
        length, angle = sqrt(-2 * log(1 - self.random())), 2 * pi * self.random()
        self._spare = length * sin(angle)
        return length * cos(angle)
