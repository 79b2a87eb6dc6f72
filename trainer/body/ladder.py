"""The range ladder: small at first, the whole range at the end, and what touches the floor still touches it.

A motion that goes out and comes back the same way is made smaller by going less of the way: every pose is then one of
its own, so hands and feet stay where they were. A motion that goes round (a circle) is made smaller around a middle.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import hypot

from trainer.body.easing import Curve

RUNGS = (0.4, 0.7, 1.0)
"""Parts of the range in the first, second and last third of the repetitions."""
_PASSAGE = 0.25
"""Part of a repetition that going from one third's range to the next's takes; the rest of a third is all alike."""
_STEPS = 64
"""Pieces of a way; an even number, so that a place lies in its middle."""
_HALVINGS = 28
"""How often the piece of the way in which a place is found is halved: to a millionth of a degree."""
_NEAR_DEG = 15.0
"""A pose to rest in that is farther off the way than this, all joints together, says nothing about it."""
_ALIKE_DEG = 1e-6


def reach_at(done: float, reps: int) -> float:
    """The part of the range to use when so many of the repetitions are done: 40, 70, 100 %, blended.

    A third begins with the repetition that begins nearest to it: so the body is where it begins, and a repetition
    looks as the one before it. One or two repetitions hold all three ranges.
    """
    thirds = (reps / 3, 2 * reps / 3)
    first, second = (round(third) if reps >= len(RUNGS) else third for third in thirds)
    if done < first:
        return RUNGS[0]
    low, high, begun = (RUNGS[0], RUNGS[1], first) if done < second else (RUNGS[1], RUNGS[2], second)
    return high if done >= begun + _PASSAGE else low + (high - low) * _smooth((done - begun) / _PASSAGE)


def _smooth(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * part * (3.0 - 2.0 * part)


@dataclass(frozen=True, slots=True)
class Way:
    """The way a motion takes from one end to the other before it comes back along it."""

    begin: float
    """The phase of one end; half a repetition later it is at the other."""
    far: Curve
    """How far along it the motion is, in degrees of all joints together, from ``begin`` out and back."""
    home: float
    """How far along it a small range stays near: where the pose to rest in is on it, else its middle."""

    @classmethod
    def of(cls, curves: Mapping[str, Curve], rest: Mapping[str, float]) -> Way | None:
        """The way of a motion, if it comes back as it goes; ``rest`` is the pose that a small range stays near."""
        begin = _turning(tuple(curves.values()))
        if begin is None:
            return None
        poses = [[curve.at(begin + step / (2 * _STEPS)) for curve in curves.values()] for step in range(_STEPS + 1)]
        out = list(accumulate((_apart(one, other) for one, other in pairwise(poses)), initial=0.0))
        wanted = [rest.get(name, 0.0) for name in curves]
        nearest = min(range(_STEPS + 1), key=lambda step: _apart(poses[step], wanted))
        is_on_it = _apart(poses[nearest], wanted) < _NEAR_DEG
        phases = tuple(step / (2 * _STEPS) for step in range(2 * _STEPS))
        far = Curve.through(phases, (*out, *out[-2:0:-1]), "monotone")
        return cls(begin, far, out[nearest] if is_on_it else out[-1] / 2)

    def phase(self, phase: float, reach: float) -> float:
        """The phase of the whole motion whose pose is due when only ``reach`` of it, 0 to 1, is used."""
        wanted = self.home + reach * (self.far.at(phase - self.begin) - self.home)
        step = bisect_right(self.far.degrees, wanted, 0, _STEPS + 1)
        low, high = max(step - 1, 0) / (2 * _STEPS), min(step, _STEPS) / (2 * _STEPS)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if self.far.at(middle) < wanted:
                low = middle
            else:
                high = middle
        return (self.begin + (low + high) / 2) % 1.0


def _turning(curves: tuple[Curve, ...]) -> float | None:
    """A phase around which the motion is the same forward and backward."""
    if not curves:
        return None
    phases = curves[0].phases
    after = (*phases[1:], 1.0)
    for begin in (*phases, *((one + other) / 2 for one, other in zip(phases, after, strict=True))):
        if all(_is_same_back(curve, begin) for curve in curves):
            return begin % 0.5 if len(phases) > 1 else begin
    return None


def _is_same_back(curve: Curve, begin: float) -> bool:
    for phase, degrees in zip(curve.phases, curve.degrees, strict=True):
        twin = (2 * begin - phase) % 1.0
        if not any(
            min(abs(other - twin), 1.0 - abs(other - twin)) < _ALIKE_DEG and abs(angle - degrees) < _ALIKE_DEG
            for other, angle in zip(curve.phases, curve.degrees, strict=True)
        ):
            return False
    return True


def _apart(one: Iterable[float], other: Iterable[float]) -> float:
    return hypot(*(a - b for a, b in zip(one, other, strict=True)))
