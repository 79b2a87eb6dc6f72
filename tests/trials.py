"""Days of a fair test put into a diary, as they would have been lived."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from tests.diaries import make_rating, make_record
from trainer.core.rating import Moment
from trainer.core.record import Status
from trainer.core.side import Side
from trainer.core.trial import Plan, place_of, plan_trial
from trainer.core.trial_written import OUTSIDE, write_trial
from trainer.store import Store
from trainer.store.trials import begin_trial, note_outside

ROUTINE = "knee-neighbours"
RIGHT = (Side.RIGHT,)


def at(day: date, hour: int = 18) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def plan(start: date, *, pairs: int = 6, seed: int = 5, block_days: int = 1) -> Plan:
    return plan_trial((ROUTINE, OUTSIDE), seed=seed, start=start, pairs=pairs, block_days=block_days)


def begin(store: Store, made: Plan, id_: str = "t1") -> None:
    begin_trial(store, write_trial(made, id_, at(made.start, 5)), RIGHT, made.start)


def do(store: Store, day: date, arm: str, *, share: float = 1.0) -> None:
    if arm == OUTSIDE:
        note_outside(store, at(day))
        return
    record = replace(make_record(f"{arm} {day}", at=at(day)), routine=arm, planned_s=600.0)
    store.begin(record)
    store.end(record.id, Status.STOPPED, at(day) + timedelta(minutes=10), 600.0 * share)


def rate(store: Store, day: date, score: int, knee: Side = Side.RIGHT, hour: int = 7) -> None:
    id_ = f"{knee.value} {day} {hour}"
    store.rate(make_rating(id_, score, at=at(day, hour), knee=knee, moment=Moment.MORNING))


def live(store: Store, made: Plan, days: int, *, less: int = 2, missed: Collection[int] = ()) -> date:
    """So many days of the plan, but for the missed; mornings of 6, ``less`` so much after the app's. Gives today."""
    for gone in range(days):
        day = made.start + timedelta(days=gone)
        place = place_of(made, day)
        assert place is not None
        if gone not in missed:
            do(store, day, place.arm)
        rate(store, day + timedelta(days=1), 6 - less * (place.arm == ROUTINE))
    return made.start + timedelta(days=days)
