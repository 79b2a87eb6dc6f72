"""The slopes of all pairs of days, counted rather than listed: twenty years of days make 27 million pairs.

A rating takes few values, so few slopes are different: so many half points over so many days. How often each occurs is
one product of two long numbers: each day is a digit of the first at its date and value, and of the second at its date
and value counted backwards; the digits of the product then hold the numbers of pairs by days apart and points apart.
The numbers are decimal because decimal multiplication stays fast however long they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENOUGH = 24
"""How often the place of a slope is halved before the few slopes left there are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The slopes of all pairs, in order from the lowest; answers ``len`` and a place like a sorted list."""

    falling: tuple[tuple[int, ...], ...]
    """At [d - 1][days]: pairs at most so many days apart of which the later is d units lower."""
    level: int
    """Pairs that are equal."""
    rising: tuple[tuple[int, ...], ...]
    """At [d - 1][days]: pairs at most so many days apart of which the later is d units higher."""
    per_point: int
    """Units that make a point: 1, or 2 where there are half points."""

    def __len__(self) -> int:
        return _whole(self.falling) + self.level + _whole(self.rising)

    def __getitem__(self, place: int) -> float:
        """Return the slope at a place, 0 for the lowest. Raises ``IndexError`` outside."""
        if not 0 <= place < len(self):
            raise IndexError(place)
        lower = _whole(self.falling)
        if place < lower:
            return -_steepest(self.falling, self.per_point, place)
        above = len(self) - 1 - place
        return _steepest(self.rising, self.per_point, above) if above < _whole(self.rising) else 0.0


def count_steps(times: Sequence[int], values: Sequence[float]) -> Steps:
    """Count the pairs of days by how far apart they are and how far they differ.

    ``times`` are day numbers that rise strictly, ``values`` whole or half points; raises ``ValueError`` for others.
    """
    per_point = 1 if all(value == round(value) for value in values) else 2
    units = [round(value * per_point) for value in values]
    if any(unit != value * per_point for unit, value in zip(units, values, strict=True)):
        raise ValueError("values are counted in whole or half points")
    lowest, first = min(units), times[0]
    span, most = times[-1] - first, max(units) - lowest
    width, row = len(str(len(times))), 2 * most + 1
    size = (span + 1) * row
    ahead, back = bytearray(b"0" * (size * width)), bytearray(b"0" * (size * width))
    for time, unit in zip(times, units, strict=True):
        for digits, at in (
            (ahead, (time - first) * row + unit - lowest),
            (back, (span - time + first) * row + most - unit + lowest),
        ):
            # A number is written from its highest digit, the one of the lowest place is last.
            digits[(size - at) * width - 1] = ord("1")
    product = _product(ahead.decode(), back.decode()).zfill(2 * size * width)

    def pairs(difference: int) -> tuple[int, ...]:
        """How many pairs so many units apart there are at most 0, 1, 2 … days apart."""
        step, same_day = row * width, (2 * size - 1 - span * row - most - difference) * width
        places = range(same_day - step, same_day - step * span - 1, -step)
        return tuple(accumulate((int(product[at : at + width]) for at in places), initial=0))

    return Steps(
        tuple(pairs(-difference) for difference in range(1, most + 1)),
        pairs(0)[-1],
        tuple(pairs(difference) for difference in range(1, most + 1)),
        per_point,
    )


def _product(one: str, other: str) -> str:
    # Short series are not counted, and this is slow to import.
    from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal

    exact = Context(prec=len(one) + len(other), Emax=MAX_EMAX, Emin=MIN_EMIN)
    return format(exact.multiply(Decimal(one), Decimal(other)), "f")


def _whole(counts: Sequence[Sequence[int]]) -> int:
    return sum(within[-1] for within in counts)


def _steepest(counts: Sequence[Sequence[int]], per_point: int, place: int) -> float:
    """Return the slope at a place among slopes above 0, 0 for the steepest."""

    def at_least(slope: float) -> list[int]:
        """For each difference, the most days over which it is so steep."""
        return [_days(d / per_point, slope, len(counts[0]) - 1) for d in range(1, len(counts) + 1)]

    low, high = 0.0, 2.0 * len(counts) / per_point
    for _ in range(_ENOUGH):
        middle = (low + high) / 2
        if sum(within[days] for within, days in zip(counts, at_least(middle), strict=True)) > place:
            low = middle
        else:
            high = middle
    # The slope is at least `low` and below `high`.
    steeper, as_steep = at_least(high), at_least(low)
    left = place - sum(within[days] for within, days in zip(counts, steeper, strict=True))
    between = [
        (d / per_point / days, within[days] - within[days - 1])
        for d, (within, after, until) in enumerate(zip(counts, steeper, as_steep, strict=True), 1)
        for days in range(after + 1, until + 1)
    ]
    for slope, many in sorted(between, reverse=True):
        if left < many:
            return slope
        left -= many
    raise AssertionError("the place lies between the two")


def _days(points: float, slope: float, span: int) -> int:
    """Return the most days, at most ``span``, over which a difference is at least so steep."""
    if slope * span <= points:
        return span
    days = int(points / slope)
    while days and points / days < slope:
        days -= 1
    while points / (days + 1) >= slope:
        days += 1
    return days
