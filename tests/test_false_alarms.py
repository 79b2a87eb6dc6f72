"""The corrected trend test cries wolf and notices as often as the clinical notes' section 2.3 says."""

from __future__ import annotations

from math import sqrt

import pytest

from trainer.core.chance import Chance
from trainer.core.slope import judge, lag_one, mann_kendall, theil_sen, widening

TIMES = 600


def mornings(chance: Chance, n: int, r: float, fall_per_week: float = 0.0) -> list[float]:
    wander, values = 1.4 * chance.normal(), []
    for i in range(n):
        values.append(float(min(10, max(0, round(5.5 - fall_per_week * i / 7 + wander)))))
        wander = r * wander + sqrt(1 - r * r) * 1.4 * chance.normal()
    return values


def near(share: float) -> object:
    """Within two standard errors of ours and of a table of some hundreds, and its rounding."""
    return pytest.approx(share, abs=2 * sqrt(share * (1 - share) * (1 / TIMES + 1 / 400)) + 0.005)


@pytest.mark.parametrize(("n", "r", "share"), [(28, 0.3, 0.08), (28, 0.5, 0.08), (56, 0.3, 0.06), (56, 0.5, 0.05)])
def test_false_alarms_when_nothing_changes(n: int, r: float, share: float) -> None:
    chance = Chance(n)
    found = sum(judge(range(n), mornings(chance, n, r)).test.p < 0.05 for _ in range(TIMES)) / TIMES
    assert found == near(share)


@pytest.mark.parametrize(("r", "table"), [(0.3, 0.07), (0.5, 0.11)])
def test_fourteen_days_estimated_are_the_tables_and_assumed_alarm_less(r: float, table: float) -> None:
    # The table estimates the likeness of 14 days too; below 21 the same section has it assumed, as it is here.
    chance, estimated, assumed = Chance(14), 0, 0
    for _ in range(TIMES):
        values = mornings(chance, 14, r)
        plain = mann_kendall(values)
        found = lag_one(range(14), values, theil_sen(range(14), values, plain.var).middle)
        found = min(0.9, max(0.0, found + (1 + 4 * max(found, 0.0)) / 14))
        estimated += mann_kendall(values, widening(14, found)).p < 0.05
        assumed += judge(range(14), values).test.p < 0.05
    assert estimated / TIMES == near(table)
    assert assumed < estimated
    assert assumed / TIMES < 0.06


@pytest.mark.parametrize(("n", "r", "share"), [(28, 0.3, 0.13), (56, 0.5, 0.22), (56, 0.0, 0.06)])
def test_without_the_correction_there_would_be_more(n: int, r: float, share: float) -> None:
    chance = Chance(n)
    assert sum(mann_kendall(mornings(chance, n, r)).p < 0.05 for _ in range(TIMES)) / TIMES == near(share)


@pytest.mark.parametrize(
    ("n", "per_week", "share"), [(28, 0.5, 0.34), (42, 0.5, 0.78), (28, 0.25, 0.15), (56, 0.25, 0.57)]
)
def test_real_falls_are_noticed_as_often_as_the_notes_say(n: int, per_week: float, share: float) -> None:
    chance = Chance(n)
    found = sum(judge(range(n), mornings(chance, n, 0.3, per_week)).test.p < 0.05 for _ in range(TIMES)) / TIMES
    assert found == near(share)
