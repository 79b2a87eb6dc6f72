"""From keyframes to every moment between them, round and round without a jump.

Two ways. ``monotone`` goes through the keyframes on a periodic cubic that never overshoots (Fritsch and Carlson 1980,
slopes by Fritsch and Butland 1984): it rests where a motion turns back and passes without a stop where it goes on, so
a circle stays a circle. ``cosine`` eases in and out of every keyframe.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import cos, pi
from typing import Literal

Ease = Literal["monotone", "cosine"]
"""How to go from one keyframe to the next."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One coordinate over one repetition."""

    phases: tuple[float, ...]
    """Where the keyframes are, rising, the first at 0, all below 1."""
    degrees: tuple[float, ...]
    """The angle at each."""
    slopes: tuple[float, ...]
    """Degrees per repetition at each; empty where the curve is a cosine."""

    @classmethod
    def through(cls, phases: tuple[float, ...], degrees: tuple[float, ...], ease: Ease) -> Curve:
        """The curve through keyframes that the library has passed: rising phases, at least one."""
        return cls(phases, degrees, _slopes(phases, degrees) if ease == "monotone" else ())

    def at(self, phase: float) -> float:
        """Degrees at a phase; beyond 0 to 1 it goes round again."""
        phase %= 1.0
        last = len(self.phases) - 1
        here = max(bisect_right(self.phases, phase) - 1, 0)
        there = 0 if here == last else here + 1
        width = (1.0 if here == last else self.phases[there]) - self.phases[here]
        start, end = self.degrees[here], self.degrees[there]
        part = (phase - self.phases[here]) / width
        if not self.slopes:
            return start + (end - start) * (1.0 - cos(pi * part)) / 2.0
        rest = 1.0 - part
        leaving, arriving = self.slopes[here] * width, self.slopes[there] * width
        eased = part * part * (3.0 - 2.0 * part)
        return start + (end - start) * eased + part * rest * (leaving * rest - arriving * part)


def _slopes(phases: tuple[float, ...], degrees: tuple[float, ...]) -> tuple[float, ...]:
    """None where the motion turns back or rests, else a mean of both neighbours that cannot overshoot."""
    number = len(phases)
    widths = [(phases[(i + 1) % number] - phases[i]) % 1.0 or 1.0 for i in range(number)]
    rises = [(degrees[(i + 1) % number] - degrees[i]) / widths[i] for i in range(number)]
    slopes: list[float] = []
    for i in range(number):
        before, after = rises[i - 1], rises[i]
        if before * after <= 0.0:
            slopes.append(0.0)
        else:
            heavy, light = 2 * widths[i] + widths[i - 1], widths[i] + 2 * widths[i - 1]
            slopes.append((heavy + light) / (heavy / before + light / after))
    return tuple(slopes)
