"""The fair test in the diary: written down before it starts, one at a time, told by what was done and rated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.diaries import by_hand, make_rating, reopened
from tests.trials import RIGHT, ROUTINE, at, begin, do, live, plan, rate
from trainer.core.errors import UsageError
from trainer.core.happening import Arm, TrialStatus
from trainer.core.rating import Moment
from trainer.core.side import Side
from trainer.core.trial import MOST_PAIRS, State, draw_order, plan_trial
from trainer.core.trial_written import OUTSIDE, read_trial, stop_trial, write_trial
from trainer.store import Store
from trainer.store.correcting import delete, find_item
from trainer.store.happenings import list_trials, save
from trainer.store.taking_in import take_in
from trainer.store.trials import (
    changes_of,
    current_trial,
    done_days,
    end_trials,
    look_today,
    mornings_of,
    note_outside,
    spread_mornings,
    standing_of,
)

START = date(2026, 3, 2)
BOTH = (Side.LEFT, Side.RIGHT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with reopened(tmp_path / "trainer.db") as opened:
        yield opened


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**63 - 1),
    pairs=st.integers(6, MOST_PAIRS),
    block=st.sampled_from((1, 3, 5, 7)),
    washout=st.integers(0, 2),
)
def test_the_order_in_the_diary_is_the_one_its_seed_draws(
    store: Store, seed: int, pairs: int, block: int, washout: int
) -> None:
    washout = washout if block > 1 else 0
    arms = (ROUTINE, OUTSIDE)
    made = plan_trial(arms, seed=seed, start=START, pairs=pairs, block_days=block, washout_days=washout)
    save(store, write_trial(made, "t1", at(START)))
    (kept,) = list_trials(store)
    back = read_trial(kept)
    assert back == made
    assert back.order == draw_order(arms, kept.seed, 2 * pairs)
    assert len(kept.days) == 2 * pairs * 2 * block
    assert sum(day.is_planned for day in kept.days) == made.days


def test_days_changed_by_hand_are_told_and_never_judged(store: Store) -> None:
    made = plan(START)
    begin(store, made)
    with by_hand(store._path) as file:
        file.execute("UPDATE trial_days SET arm = 'first' WHERE day = ?", (START.isoformat(),))
        file.execute("UPDATE trial_days SET arm = 'second' WHERE day = ?", ((START + timedelta(days=1)).isoformat(),))
    swapped = current_trial(store)
    assert swapped is not None
    assert read_trial(swapped).is_as_drawn is (made.order[0] == ROUTINE)
    with by_hand(store._path) as file:
        file.execute("UPDATE trial_days SET arm = 'first'")
    with pytest.raises(UsageError, match="make no sense"):
        look_today(store, RIGHT, START)
    end_trials(store, START)
    assert [trial.status for trial in list_trials(store)] == [TrialStatus.STOPPED]


@pytest.mark.parametrize("value", [-1, "five", 0.5])
@pytest.mark.parametrize("column", ["seed", "block_days"])
def test_one_whose_numbers_are_none_is_left_out_and_counted(store: Store, column: str, value: object) -> None:
    begin(store, plan(START))
    with by_hand(store._path) as file:
        file.execute(f"UPDATE trials SET {column} = ?", (value,))
    assert current_trial(store) is None
    assert store.unreadable == 1


def test_nobody_starts_two(store: Store) -> None:
    begin(store, plan(START))
    with pytest.raises(UsageError, match="under way already"):
        begin(store, plan(START, seed=6), "t2")
    assert [trial.id for trial in list_trials(store)] == ["t1"]
    end_trials(store, START)
    begin(store, plan(START, seed=6), "t2")
    assert [(trial.id, trial.status.value) for trial in list_trials(store)] == [("t1", "stopped"), ("t2", "running")]


def test_one_that_is_over_is_closed_by_the_next(store: Store) -> None:
    made = plan(START)
    begin(store, made)
    today = live(store, made, 12)
    begin(store, plan(today, seed=6), "t2")
    assert [(trial.id, trial.status.value) for trial in list_trials(store)] == [("t1", "finished"), ("t2", "running")]
    found = current_trial(store)
    assert found is not None
    assert found.id == "t2"


def test_a_test_is_lived_to_its_end(store: Store) -> None:
    made = plan(START)
    begin(store, made)
    found = look_today(store, RIGHT, START)
    assert found is not None
    assert (found.arm, found.is_done, found.is_under_way) == (made.order[0], False, True)
    do(store, START, made.order[0])
    found = look_today(store, RIGHT, START)
    assert found is not None
    assert found.is_done
    tomorrow = look_today(store, RIGHT, START + timedelta(days=1))
    assert tomorrow is not None
    assert tomorrow.is_morning_open
    today = live(store, made, 12)
    over = look_today(store, RIGHT, today)
    assert over is not None
    assert (over.is_under_way, over.arm, over.standing.done) == (False, None, 6)
    assert set(over.standing.differences) == {-2.0}


def test_a_missed_week_drops_its_pairs_and_breaks_nothing(store: Store) -> None:
    made = plan(START)
    begin(store, made)
    today = live(store, made, 20, missed=range(3, 10))
    standing = standing_of(store, list_trials(store)[0], RIGHT, today)
    assert (standing.done, standing.dropped, standing.is_over) == (6, 4, True)


@pytest.mark.parametrize("days", [-4000, -30, -1, 3, 400, 40_000])
def test_a_clock_set_wrong_breaks_nothing_and_set_right_all_is_as_before(store: Store, days: int) -> None:
    made = plan(START)
    begin(store, made)
    today = live(store, made, 5)
    before = standing_of(store, list_trials(store)[0], RIGHT, today)
    assert look_today(store, RIGHT, today + timedelta(days=days)) is not None
    assert list_trials(store)[0].status is TrialStatus.RUNNING
    assert standing_of(store, list_trials(store)[0], RIGHT, today) == before


def test_a_day_counts_from_half_a_warm_up_and_ends_at_four(store: Store) -> None:
    do(store, START, "a", share=0.5)
    do(store, START, "b", share=0.4)
    assert done_days(store, START, START) == {START: frozenset({"a"})}
    note_outside(store, at(START + timedelta(days=1), 2))
    assert done_days(store, START, START) == {START: frozenset({"a", OUTSIDE})}
    assert not note_outside(store, at(START))


def test_a_deleted_warm_up_was_not_done(store: Store) -> None:
    do(store, START, "a")
    item = store.last_session()
    assert item is not None
    from trainer.core.correction import What

    assert find_item(store, What.SESSION, item.id) == item
    delete(store, What.SESSION, item.id)
    assert done_days(store, START, START) == {}


def test_a_morning_is_the_first_answer_of_the_day_and_of_two_knees_their_mean(store: Store) -> None:
    rate(store, START, 4)
    rate(store, START, 9, hour=9)
    rate(store, START + timedelta(days=1), 6)
    rate(store, START, 1, Side.LEFT)
    store.rate(make_rating("none", None, at=at(START + timedelta(days=1), 5), moment=Moment.MORNING))
    store.rate(make_rating("late", 8, at=at(START + timedelta(days=3), 2), moment=Moment.MORNING))
    last = START + timedelta(days=2)
    second = START + timedelta(days=1)
    assert mornings_of(store, START, last, RIGHT) == {START: 4, second: 6, last: 8}
    assert mornings_of(store, START, last, BOTH) == {START: 2.5}
    assert spread_mornings(store, second, RIGHT) == {START: 4, second: 6}


def test_stopped_keeps_the_pairs_that_passed_and_no_later_day_adds_one(store: Store) -> None:
    made = plan(START, pairs=14)
    begin(store, made)
    today = live(store, made, 15)
    end_trials(store, today)
    live(store, made, 28)
    (kept,) = list_trials(store)
    assert (kept.status, len(kept.days)) == (TrialStatus.STOPPED, 16)
    standing = standing_of(store, kept, RIGHT, today + timedelta(days=30))
    assert (standing.done, standing.place) == (8, None)
    assert all(pair.state is State.DONE for pair in standing.pairs)
    nothing = stop_trial(write_trial(made, "t2", at(START)), START)
    assert read_trial(nothing).order == ()


def test_two_laptops_see_one_test_also_where_one_saw_it_stopped(store: Store) -> None:
    running = write_trial(plan(START), "t1", at(START))
    stopped = stop_trial(running, START + timedelta(days=3))
    take_in(store, [running])
    take_in(store, [stopped])
    assert take_in(store, [running]).same == 1
    assert list_trials(store) == (stopped,)
    other = replace(stopped, days=(replace(stopped.days[0], arm=Arm.FIRST), *stopped.days[1:]))
    if other != stopped:
        with pytest.raises(UsageError, match="t1"):
            take_in(store, [other])


def test_what_changed_right_after_is_told_of_each_routine(store: Store) -> None:
    made = plan(START)
    begin(store, made)
    do(store, START, ROUTINE)
    session = f"{ROUTINE} {START}"
    for moment, score in ((Moment.BEFORE, 5), (Moment.AFTER, 3)):
        store.rate(make_rating(moment.value, score, at=at(START), moment=moment, session=session))
        store.rate(make_rating(f"{moment} l", None, at=at(START), knee=Side.LEFT, moment=moment, session=session))
    assert changes_of(store, made) == {ROUTINE: (-2.0,), OUTSIDE: ()}
