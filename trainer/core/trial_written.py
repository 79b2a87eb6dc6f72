"""A fair test as the diary keeps it: every day written down before the first, and read back as the plan it was.

The wanted pairs are the planned days; the spare ones after them stand in for pairs in which a day is missed. Who stops
early keeps the pairs that have passed, and no later day can add one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from trainer.core.day import day_of
from trainer.core.happening import Arm, Design, Trial, TrialDay, TrialStatus
from trainer.core.trial import Plan, place_of

OUTSIDE = "rolling"
"""Id of what is done outside the app: foam rolling. Somebody's own routine of that id takes its place."""
OUTSIDE_TITLE = "foam rolling"
"""Its name within a sentence."""


def write_trial(plan: Plan, id_: str, at: datetime) -> Trial:
    """The plan with every day of it, spare pairs too, to be kept before it starts."""
    days = []
    for gone in range(len(plan.order) * plan.pair_days):
        place = place_of(plan, plan.start + timedelta(days=gone))
        assert place is not None
        arm = Arm.FIRST if place.arm == plan.arms[0] else Arm.SECOND
        days.append(TrialDay(place.day, place.pair + 1, arm, place.pair < plan.pairs))
    return Trial(
        id=id_,
        started_at=at,
        seed=plan.seed,
        design=Design.PAIRS if plan.block_days == 1 else Design.BLOCKS,
        first=plan.arms[0],
        second=plan.arms[1],
        block_days=plan.block_days,
        washout_days=plan.washout_days,
        days=tuple(days),
    )


def read_trial(trial: Trial) -> Plan:
    """The plan that was written down. Raises ValueError where its days make no plan: somebody changed them."""
    arms = (trial.first, trial.second)
    length = 2 * trial.block_days
    order = tuple(arms[day.arm is Arm.SECOND] for day in trial.days[::length])
    wanted = len({day.pair for day in trial.days if day.is_planned})
    start = trial.days[0].day if trial.days else day_of(trial.started_at)
    plan = Plan(arms, trial.seed, start, wanted, trial.block_days, trial.washout_days, order)
    if arms[0] == arms[1] or write_trial(plan, trial.id, trial.started_at).days != trial.days:
        raise ValueError("the days are no pairs")
    return plan


def stop_trial(trial: Trial, today: date) -> Trial:
    """The same, ended today: only the pairs whose last day has come are left."""
    length = 2 * trial.block_days
    whole = sum(day.day <= today for day in trial.days[length - 1 :: length]) * length
    return replace(trial, status=TrialStatus.STOPPED, days=trial.days[:whole])
