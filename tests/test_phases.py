from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.chance import Chance
from trainer.core.phases import chance_difference, compare, overlap
from trainer.core.trial_power import Spread

BASELINE = [int(v) for v in "6576656"]
LATER = [int(v) for v in "55464534453443"]


def test_the_check_value_of_the_notes() -> None:
    found = overlap(BASELINE, LATER)
    assert (found.better, found.worse, found.pairs) == (84, 2, 98)
    assert found.tau == pytest.approx(0.837, abs=5e-4)
    assert found.nap == pytest.approx(0.918, abs=5e-4)
    assert found.words == "On 84 of 98 baseline/programme pairs the programme day was better."


@given(st.lists(st.integers(0, 10), max_size=20), st.lists(st.integers(0, 10), max_size=20))
def test_every_pair_is_counted(before: list[int], after: list[int]) -> None:
    found = overlap(before, after)
    assert found.better == sum(b < a for a in before for b in after)
    assert found.worse == sum(b > a for a in before for b in after)
    assert -1 <= found.tau <= 1
    assert 0 <= found.nap <= 1


@pytest.mark.parametrize(("before", "after", "within"), [(7, 7, 2.0), (7, 14, 1.6), (7, 28, 1.5), (14, 28, 1.2)])
def test_what_chance_does_is_what_the_notes_say(before: int, after: int, within: float) -> None:
    # Means of seven whole numbers come in sevenths, so the table of the simulation is up to that much coarser.
    assert chance_difference(before, after) == pytest.approx(within, abs=0.13)


@pytest.mark.parametrize(("before", "after"), [(7, 7), (7, 28), (14, 28)])
def test_and_what_a_simulation_says(before: int, after: int) -> None:
    chance, apart = Chance(before * after), []
    for _ in range(2000):
        wander, days = 1.4 * chance.normal(), []
        for _ in range(before + after):
            days.append(round(5 + wander))
            wander = 0.3 * wander + sqrt(1 - 0.09) * 1.4 * chance.normal()
        apart.append(abs(sum(days[:before]) / before - sum(days[before:]) / after))
    assert sorted(apart)[1900] == pytest.approx(chance_difference(before, after), rel=0.08)


@pytest.mark.parametrize(("before", "after", "r"), [(7, 7, 0.3), (7, 14, 0.8), (14, 28, 0.5)])
def test_it_is_the_sum_over_all_pairs_of_days(before: int, after: int, r: float) -> None:
    weights = [-1 / before] * before + [1 / after] * after
    variance = sum(
        (1.4**2 * r ** abs(i - j) + (i == j) / 12) * one * other
        for i, one in enumerate(weights)
        for j, other in enumerate(weights)
    )
    assert chance_difference(before, after, Spread(1.4, r, 5, 0)) == pytest.approx(1.96 * sqrt(variance))


def test_a_wider_spread_allows_more_by_chance() -> None:
    assert chance_difference(7, 28, Spread(2.8, 0.3, 5, 30)) > 1.9 * chance_difference(7, 28)
    assert chance_difference(7, 28, Spread(1.4, 0.6, 5, 30)) > chance_difference(7, 28)


def test_the_comparison_says_what_it_cannot_show() -> None:
    found = compare(BASELINE, LATER)
    assert found is not None
    assert found.baseline == pytest.approx(41 / 7)
    assert found.later == pytest.approx(59 / 14)
    assert found.words == (
        f"Programme weeks are 1.6 lower than baseline. Chance alone gives {found.chance:.1f} or less in 95 of 100 such "
        "comparisons. This cannot show that the programme caused it. "
        "On 84 of 98 baseline/programme pairs the programme day was better."
    )
    higher = compare(LATER, BASELINE)
    assert higher is not None
    assert "1.6 higher than baseline" in higher.words
    level = compare([4] * 7, [4] * 9)
    assert level is not None
    assert "the same as baseline" in level.words


def test_too_few_days_are_not_compared() -> None:
    assert compare([5] * 6, [3] * 30) is None
    assert compare([5] * 30, [3] * 6) is None
