"""What a fair test says: before it starts, on each of its days, and when it is done.

The sentences are those of the clinical notes, sections 2.5 and 2.6. No difference found is never said as no difference,
p never without the days, and that the person knew which day was which is said each time. It is not tested before it is
over: whoever looks every day finds differences that are not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.core.sign_flip import sign_flip
from trainer.core.slope import median
from trainer.core.trial import FEWEST_PAIRS
from trainer.core.trial_power import (
    CARRY_OVER_POWER,
    SIGNIFICANT,
    USUAL_SPREAD,
    Spread,
    easily_missed,
    power_of,
)

if TYPE_CHECKING:
    from trainer.core.trial import Plan, Standing

KNEW = "You knew which day was which."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a fair test says so far, in numbers and words."""

    pairs: int
    """Pairs done."""
    days: int
    """Days of these pairs."""
    differences: tuple[float, ...]
    """Of each pair, in order: mornings after the first routine less those after the second, points."""
    median: float | None
    """Median of the differences; None without a pair."""
    lower: tuple[int, int]
    """Pairs in which mornings were lower after the first, and after the second routine; equal ones are in neither."""
    p: float | None
    """Two-sided, of the sign-flip test; None while it is not over, and with fewer than 6 pairs."""
    sentence: str
    """The same for a person."""
    notes: tuple[str, ...]
    """What belongs to it, one sentence each."""


def expectations(plan: Plan, spread: Spread = USUAL_SPREAD) -> tuple[str, ...]:
    """Say, before a test starts, how long it takes, what it can find and what it cannot; one sentence or two each."""
    power = power_of(plan.pairs, spread, block_days=plan.block_days, washout_days=plan.washout_days)
    unit = "days" if plan.block_days == 1 else f"blocks of {plan.block_days} days"
    chances = ", ".join(f"{_points(points)} in {_of_hundred(share)}" for points, share in power.items())
    whose = f"as your last {spread.mornings} mornings did" if spread.mornings else "as those of many people do"
    said = [
        f"{plan.pairs} pairs of {unit}: {plan.days} days. {_WHEN_MISSED[plan.block_days > 1]}",
        f"If your mornings wander {whose}, of 100 such tests a true difference is found so often: {chances}.",
        f"{_missed(power)} None found does not mean there is none.",
        "You will know which day is which; what you expect of a day is not controlled.",
    ]
    if plan.washout_days:
        first = "the first day" if plan.washout_days == 1 else f"the first {plan.washout_days} days"
        said.append(f"Of each block {first} will not count, so that what lasts a day has gone.")
    if plan.block_days == 1:
        low, high = CARRY_OVER_POWER
        said.append(
            "If one day's work still does something the day after, single days hardly show it: "
            f"28 pairs then find it in {low * 100:.0f} to {high * 100:.0f} of 100 tests. "
            "Blocks of 3 to 7 days are for that."
        )
    return tuple(said)


def order_lines(plan: Plan) -> tuple[str, ...]:
    """Write the whole order down, a line a pair, spare pairs too; the first line says what it was drawn with."""
    what = f"{plan.arms[0]} against {plan.arms[1]}, from {plan.start}, seed {plan.seed}"
    lines = [f"{what}: {plan.pairs} pairs, then spare ones"]
    for index, first in enumerate(plan.order):
        second = plan.arms[1] if first == plan.arms[0] else plan.arms[0]
        spare = "  spare" if index >= plan.pairs else ""
        lines.append(f"{index + 1:3d}  {first}, then {second}{spare}")
    return tuple(lines)


def today_words(standing: Standing, names: Mapping[str, str] | None = None) -> str:
    """Tell which day today is. ``names``: titles of the routines by id, where they are known."""
    plan, place, today = standing.plan, standing.place, standing.day
    if today < plan.start:
        return f"The test begins on {plan.start.day} {plan.start:%B}."
    if standing.is_over:
        return "The test is over. Its answer is ready."
    if place is None:
        return "The last morning: rate the first stairs, and the test is over."
    if standing.is_free_day:
        return "A day of this pair was missed, so it does not count and a new one comes at the end. Today is free."
    name = (names or {}).get(place.arm, place.arm)
    rest = "" if place.counts else " A first day that does not count yet, but belongs to it."
    return f"Today: {name}. Pair {place.pair + 1}, {standing.done} of {plan.pairs} done.{rest}"


def answer(
    standing: Standing,
    *,
    ended: bool = False,
    names: Mapping[str, str] | None = None,
    power: Mapping[float, float] | None = None,
    changes: Mapping[str, tuple[float, ...]] | None = None,
) -> Answer:
    """Say what a test found. ``ended``: the person ended it before its time.

    ``power``: from ``power_of`` with one's own spread and the pairs done; else the usual spread is simulated.
    ``changes``: right after less before, of each session of a routine (id), for the notes; never called an effect.
    """
    plan, found = standing.plan, standing.differences
    middle = median(found) if found else None
    lower = (sum(one < 0 for one in found), sum(one > 0 for one in found))
    k, days = len(found), len(found) * plan.pair_days
    titles = (names or {}).get(plan.arms[0], plan.arms[0]), (names or {}).get(plan.arms[1], plan.arms[1])
    is_final = standing.is_over or ended
    p = sign_flip(found) if is_final and k >= FEWEST_PAIRS else None
    notes = [KNEW] if k else []
    if k and is_final:
        notes.append(
            f"Lower mornings after {titles[0]} in {_pairs(lower[0])}, after {titles[1]} in {lower[1]}, "
            f"equal in {k - sum(lower)}."
        )
    if k < FEWEST_PAIRS:
        sentence = f"{_pairs(k)} done. Fewer than {FEWEST_PAIRS} cannot separate luck from effect."
    elif p is None or middle is None:
        sentence = f"{_pairs(k)} of {plan.pairs} done. The answer comes when all are: looking earlier misleads."
    elif p < SIGNIFICANT:
        # The test is of the mean; where the median says nothing or the opposite, the mean is said.
        mean = sum(found) / k
        said = middle if middle * mean > 0 else mean
        better = titles[0] if said < 0 else titles[1]
        sentence = (
            f"In your own test, mornings after {better} were {abs(said):.1f} lower ({_p(p)}, {days} days). {KNEW}"
        )
        notes = notes[1:]
    else:
        power = power or power_of(k, block_days=plan.block_days, washout_days=plan.washout_days)
        sentence = f"No difference found ({_p(p)}, {days} days). {_missed(power)}"
        notes.append(f"Median of the pairs' differences: {_lower(middle, titles)}.")
    if standing.dropped:
        notes.append(f"{_pairs(standing.dropped)} dropped because a day was missed.")
    if p is not None and ended:
        notes.append("It was ended before its time. A test that ends early can mislead.")
    elif p is not None and k < plan.pairs:
        notes.append(f"{plan.pairs} pairs were planned. A test that ends early can mislead.")
    if p is not None and not plan.is_as_drawn:
        notes.append("The order is not the one its seed draws: somebody changed it.")
    notes += _right_after(plan, titles, changes or {}) if is_final else []
    return Answer(k, days, found, middle, lower, p, sentence, tuple(notes))


_WHEN_MISSED = (
    "A missed day drops both days of its pair, and a new pair comes at the end.",
    "Where half of a block is missed, its pair is dropped and a new one comes at the end.",
)


def _lower(points: float, titles: tuple[str, str]) -> str:
    shown = f"{abs(points):.1f}"
    return "0 points" if shown == "0.0" else f"{shown} lower after {titles[points > 0]}"


def _right_after(plan: Plan, titles: tuple[str, str], changes: Mapping[str, tuple[float, ...]]) -> list[str]:
    said = []
    for arm, title in zip(plan.arms, titles, strict=True):
        rated = changes.get(arm, ())
        if rated:
            middle = median(rated)
            how = "the same as" if middle == 0 else f"{abs(middle):g} {'lower' if middle < 0 else 'higher'} than"
            said.append(f"Right after {title} you rated {how} before (median of {len(rated)}).")
    if said:
        said.append("Most things that feel good do that for a while: the mornings are the test.")
    return said


def _p(p: float) -> str:
    return "p < .001" if p < 0.001 else f"p = {p:.3f}".replace("0.", ".", 1) if p < 0.01 else f"p = {_hundredths(p)}"


def _hundredths(p: float) -> str:
    # A p just below .05 must not look as if it were not.
    shown = f"{p:.2f}" if p >= SIGNIFICANT or round(p, 2) < SIGNIFICANT else f"{p:.3f}"
    return shown[1:] if shown.startswith("0") else shown


def _points(points: float) -> str:
    return "1 point" if points == 1 else f"{points:g} points"


def _pairs(count: int) -> str:
    return "1 pair" if count == 1 else f"{count} pairs"


def _of_hundred(share: float) -> str:
    # What was simulated or rounded is never said as always.
    return f"{min(99, round(share * 100))}"


def _missed(power: Mapping[float, float]) -> str:
    points = easily_missed(power)
    if points is None:
        return f"Even a difference of {_points(max(power))} could easily be missed."
    return f"A difference under about {_points(points)} could easily be missed."
