"""The test of the fair trial: how often random signs make the differences of its pairs at least as one-sided.

Each pair's order was a coin's choice, so where nothing differs each difference might as well have the other sign. All
2**k ways to choose the signs are counted, not drawn, for any number of pairs (clinical notes, section 2.5): the ways to
each sum are the digits of one long number, and each pair doubles them by one shift and one addition.
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS = 840
"""Differences are counted in 840ths of a point: means of up to 7 whole or half points are exact in them."""


def sign_flip(differences: Sequence[float]) -> float:
    """Return the two-sided p of the mean of the pairs' differences, exact; 1 where there are none.

    Five pairs give at least .0625, so fewer than 6 can never reach .05.
    """
    parts = [round(difference * _PARTS) for difference in differences]
    unit = gcd(*parts)
    if unit == 0:
        return 1.0
    sizes = [abs(part) // unit for part in parts]
    found = abs(sum(parts)) // unit
    if found == 0:
        return 1.0
    k = len(sizes)
    digit = k + 1
    # Digit j holds the ways in which the differences that turn negative add up to j.
    ways = 1
    for size in sizes:
        ways += ways << (size * digit)
    negative = (sum(sizes) - found) // 2
    tail = ways & ((1 << ((negative + 1) * digit)) - 1)
    # The sum of the digits of a number is what is left of it after division by the base less one.
    return min(1.0, 2 * (tail % ((1 << digit) - 1)) / (1 << k))
