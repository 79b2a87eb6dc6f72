from __future__ import annotations

from itertools import product
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from trainer.core.chance import Chance
from trainer.core.sign_flip import sign_flip


def counted(differences: list[float]) -> float:
    """All ways to choose the signs, one by one."""
    found = abs(sum(differences))
    ways = [
        abs(sum(sign * one for sign, one in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=len(differences))
    ]
    return sum(way >= found - 1e-9 for way in ways) / len(ways)


@pytest.mark.parametrize(
    ("differences", "p"),
    [
        ([], 1),
        ([0.0], 1),
        ([3.0], 1),
        ([1.0] * 5, 0.0625),
        ([1.0] * 6, 0.03125),
        ([-2.0, -1.0, -3.0, -1.5, -0.5, -4.0], 0.03125),
        ([1.0, -1.0], 1),
        ([0.0, 0.0, 2.0, 1.0], 0.5),
    ],
)
def test_known_ones(differences: list[float], p: float) -> None:
    assert sign_flip(differences) == p


@given(st.lists(st.sampled_from([n / 2 for n in range(-20, 21)] + [1 / 3, -5 / 7, 4 / 5, -7 / 6]), max_size=10))
def test_it_counts_every_way(differences: list[float]) -> None:
    assert sign_flip(differences) == pytest.approx(counted(differences))


@given(st.lists(st.integers(-10, 10), min_size=1, max_size=60))
def test_signs_and_order_do_not_matter(differences: list[int]) -> None:
    p = sign_flip(differences)
    assert 0 < p <= 1
    assert sign_flip([-one for one in differences]) == sign_flip(differences[::-1]) == p
    assert sign_flip([*differences, 0]) == p


def test_many_pairs_are_still_counted_exactly() -> None:
    assert sign_flip([1.0] * 60) == 2 / 2**60
    assert sign_flip([1.0] * 59 + [-1.0]) == 2 * 61 / 2**60


def test_where_nothing_differs_five_of_a_hundred_are_below_five_percent() -> None:
    chance = Chance(5)
    ps = [sign_flip([chance.normal() for _ in range(14)]) for _ in range(3000)]
    assert sum(p < 0.05 for p in ps) / 3000 == pytest.approx(0.05, abs=0.012)
    assert kstest(ps, "uniform").pvalue > 0.01


# Chance.


def test_the_published_numbers_of_the_generator() -> None:
    chance = Chance(1234567)
    assert [chance.bits() for _ in range(5)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_coins_and_numbers_are_the_high_bits() -> None:
    bits, coins, numbers = Chance(9), Chance(9), Chance(9)
    for _ in range(100):
        drawn = bits.bits()
        assert coins.coin() is (drawn >= 2**63)
        assert numbers.random() == (drawn >> 11) / 2**53


def test_coins_are_fair_and_noise_is_normal() -> None:
    chance = Chance(0)
    assert sum(chance.coin() for _ in range(10_000)) / 10_000 == pytest.approx(0.5, abs=2.5 / sqrt(10_000))
    assert kstest([chance.normal() for _ in range(5000)], "norm").pvalue > 0.01
    assert kstest([chance.random() for _ in range(5000)], "uniform").pvalue > 0.01


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_has_64_bits(seed: int) -> None:
    with pytest.raises(ValueError, match="whole number"):
        Chance(seed)
    assert Chance(2**64 - 1).random() < 1
