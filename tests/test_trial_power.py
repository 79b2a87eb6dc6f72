"""The fair test does what its words say: false alarms, and what it finds, by simulation against the notes' table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import sqrt

import pytest

from trainer.core.chance import Chance
from trainer.core.trial_power import (
    BLOCK_POWER,
    POWER,
    USUAL_SPREAD,
    Spread,
    easily_missed,
    find_chance,
    own_spread,
    power_of,
)

START = date(2026, 3, 2)
TRIALS = 1500


@pytest.mark.parametrize("pairs", [7, 10, 14, 21, 28])
def test_false_alarms_stay_below_five_in_a_hundred_and_near_it(pairs: int) -> None:
    # Whole numbers tie, and ties count against a finding: few pairs stay well below.
    share = find_chance(0, pairs=pairs, trials=TRIALS)
    error = 2 * sqrt(0.05 * 0.95 / TRIALS)
    assert (0.01 if pairs == 7 else 0.02) < share < 0.05 + error


def test_false_alarms_are_five_in_a_hundred_where_ratings_hardly_tie() -> None:
    fine = Spread(sd=14, likeness=0.3, level=5, mornings=0)
    wide = [find_chance(0, pairs=14, block_days=7, spread=Spread(3, 0.3, 5, 0), trials=TRIALS)]
    assert fine.sd > wide[0]
    assert wide[0] == pytest.approx(0.05, abs=0.015)


def test_alike_days_make_no_false_alarms() -> None:
    assert find_chance(0, pairs=14, spread=Spread(1.4, 0.8, 4, 0), trials=TRIALS) < 0.06


@pytest.mark.parametrize("difference", POWER)
@pytest.mark.parametrize("pairs", [7, 10, 14, 21, 28])
def test_it_finds_what_the_table_says(difference: float, pairs: int) -> None:
    expected = POWER[difference][pairs]
    # Two standard errors of ours and of the table (it does not say of how many tests: some hundreds), and its rounding.
    error = 2 * sqrt(max(0.01, expected * (1 - expected)) * (1 / TRIALS + 1 / 400)) + 0.005
    assert find_chance(difference, pairs=pairs, trials=TRIALS) == pytest.approx(expected, abs=error)


def test_blocks_find_what_the_notes_say() -> None:
    for washout, points in ((1, 2.0), (2, 2.0), (1, 1.0), (2, 1.0)):
        share = find_chance(points, pairs=6, block_days=7, washout_days=washout, trials=TRIALS)
        assert share == pytest.approx(BLOCK_POWER[points], abs=0.07)


def test_the_table_is_used_where_it_holds_and_else_a_simulation() -> None:
    assert power_of(14) == {1.0: 0.44, 1.5: 0.82, 2.0: 0.97}
    own = power_of(14, Spread(0.9, 0.3, 4, 20))
    assert own[1.0] > 0.44
    assert own == power_of(14, Spread(0.9, 0.3, 4, 20))
    assert 0.44 < power_of(16)[1.0] < 0.69
    assert power_of(14, block_days=3)[1.0] > 0.44


def test_what_is_easily_missed() -> None:
    assert [easily_missed(power_of(pairs)) for pairs in (7, 10, 14, 21, 28)] == [None, 2.0, 1.5, 1.5, 1.0]


# One's own spread.


def rated(values: Sequence[float], step: int = 1) -> dict[date, float]:
    return {START + timedelta(days=step * i): value for i, value in enumerate(values)}


def test_below_fourteen_mornings_the_usual_spread() -> None:
    assert own_spread(rated([1, 9] * 6 + [1])) == USUAL_SPREAD
    assert own_spread(rated([1, 9] * 7)).mornings == 14


def test_the_own_spread_is_without_trend_and_without_rounding() -> None:
    chance, wander, values = Chance(11), 0.0, []
    for i in range(2000):
        wander = 0.3 * wander + sqrt(1 - 0.09) * 1.1 * chance.normal()
        values.append(float(min(10, max(0, round(7 - 0.002 * i + wander)))))
    found = own_spread(rated(values))
    assert found.sd == pytest.approx(1.1, abs=0.06)
    assert found.likeness == pytest.approx(0.28, abs=0.06)
    assert found.level == pytest.approx(5, abs=0.2)
    assert found.mornings == 2000


def test_rounding_is_not_taken_for_spread() -> None:
    chance = Chance(3)
    values = [float(round(5 + 0.6 * chance.normal())) for _ in range(2000)]
    # With the twelfth that whole numbers add it would be .67.
    assert own_spread(rated(values)).sd == pytest.approx(0.6, abs=0.03)


def test_mornings_that_never_change_have_no_spread() -> None:
    found = own_spread(rated([4.0] * 30, step=3))
    assert (found.sd, found.level) == (0, 4)
    assert find_chance(1, pairs=6, spread=found, trials=20) == 1
    assert own_spread(rated([3.0] * 15)).likeness == 0.3
