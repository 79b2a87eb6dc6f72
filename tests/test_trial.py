from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trainer.core.errors import UsageError
from trainer.core.trial import Plan, Standing, State, draw_order, place_of, plan_trial, stand
from trainer.core.trial_power import Spread
from trainer.core.trial_words import Answer, answer, expectations, order_lines, today_words

START = date(2026, 3, 2)
ARMS = ("rolling", "moving")


def plan(seed: int = 7, pairs: int = 6, block_days: int = 1, washout_days: int = 0) -> Plan:
    return plan_trial(ARMS, seed=seed, start=START, pairs=pairs, block_days=block_days, washout_days=washout_days)


def day(gone: int) -> date:
    return START + timedelta(days=gone)


def lived(
    made: Plan,
    days: int,
    *,
    less: float = 0,
    missed: frozenset[int] = frozenset(),
    unrated: frozenset[int] = frozenset(),
) -> Standing:
    """So many days of a plan, each done but the missed; mornings of 5, ``less`` so much after moving. Today is next."""
    done: dict[date, tuple[str, ...]] = {}
    mornings: dict[date, float] = {}
    for gone in range(days):
        place = place_of(made, day(gone))
        if place is None:
            continue
        if gone not in missed:
            done[day(gone)] = (place.arm,)
        if gone + 1 not in unrated:
            mornings[day(gone + 1)] = 5 - (less if place.arm == "moving" else 0)
    return stand(made, done=done, mornings=mornings, today=day(days))


# The order.


def test_the_order_is_written_before_and_drawn_by_its_seed() -> None:
    made = plan(seed=7, pairs=14)
    assert made.order == draw_order(ARMS, 7, 28)
    assert made.order[:5] == ("rolling", "rolling", "moving", "moving", "rolling")
    assert made.is_as_drawn
    assert plan(seed=7, pairs=14) == made != plan(seed=8, pairs=14)
    swapped = tuple("moving" if first == "rolling" else "rolling" for first in made.order)
    assert not replace(made, order=swapped).is_as_drawn
    assert draw_order(ARMS, 7, 60)[:28] == made.order


def test_the_written_order_can_be_read() -> None:
    lines = order_lines(plan(pairs=6))
    assert lines[0] == "rolling against moving, from 2026-03-02, seed 7: 6 pairs, then spare ones"
    assert len(lines) == 13
    assert lines[1] == "  1  rolling, then moving"
    assert lines[3] == "  3  moving, then rolling"
    assert lines[7].endswith("  spare")
    assert not lines[6].endswith("spare")


def test_over_many_seeds_either_comes_first_as_often() -> None:
    firsts = [first for seed in range(500) for first in draw_order(ARMS, seed, 6)]
    assert firsts.count("rolling") / len(firsts) == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("block_days", [1, 3, 7])
def test_every_pair_has_both_and_every_day_its_place(block_days: int) -> None:
    made = plan(block_days=block_days, washout_days=0 if block_days == 1 else 1)
    for pair in range(12):
        places = [place_of(made, day(pair * made.pair_days + i)) for i in range(made.pair_days)]
        arms = [place.arm for place in places if place is not None]
        assert arms[:block_days] == [made.order[pair]] * block_days
        assert set(arms) == set(ARMS)
        assert len(set(arms[block_days:])) == 1
        counts = [place.counts for place in places if place is not None]
        assert counts.count(False) == 2 * made.washout_days
        assert counts[0] is (made.washout_days == 0)
        assert {place.pair for place in places if place is not None} == {pair}
    assert place_of(made, day(-1)) is None
    assert place_of(made, day(12 * made.pair_days)) is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"arms": ("moving", "moving")}, "two different"),
        ({"pairs": 5}, "6 to 60"),
        ({"pairs": 61}, "6 to 60"),
        ({"block_days": 2}, "3 to 7 days"),
        ({"block_days": 8}, "3 to 7 days"),
        ({"washout_days": 1}, "of single days none"),
        ({"block_days": 7, "washout_days": 3}, "2 days at most"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**64}, "seed"),
        ({"start": date(9999, 12, 1)}, "calendar"),
    ],
)
def test_what_could_not_answer_anything_is_refused(wrong: dict[str, object], words: str) -> None:
    known: dict[str, object] = {"arms": ARMS, "seed": 1, "start": START, **wrong}
    with pytest.raises(UsageError, match=words) as caught:
        plan_trial(**known)  # type: ignore[arg-type]
    assert caught.value.hint


# The days.


def test_all_done_is_over_the_morning_after() -> None:
    made = plan()
    before = lived(made, 11)
    assert (before.done, before.is_over) == (5, False)
    over = lived(made, 12)
    assert (over.done, over.dropped, over.is_over, over.place) == (6, 0, True, None)
    assert today_words(over) == "The test is over. Its answer is ready."


def test_the_last_morning_starts_no_new_pair() -> None:
    standing = lived(plan(), 12, unrated=frozenset({12}))
    assert (standing.done, standing.is_over, standing.place) == (5, False, None)
    assert standing.pairs[5].state is State.OPEN
    assert today_words(standing) == "The last morning: rate the first stairs, and the test is over."


@pytest.mark.parametrize(("missed", "unrated"), [({4}, set()), ({5}, set()), (set(), {5}), (set(), {6}), ({4, 5}, {6})])
def test_a_missed_day_drops_both_days_and_adds_a_pair_at_the_end(missed: set[int], unrated: set[int]) -> None:
    made = plan()
    standing = lived(made, 12, missed=frozenset(missed), unrated=frozenset(unrated))
    assert (standing.done, standing.dropped, standing.is_over) == (5, 1, False)
    assert standing.pairs[2].state is State.DROPPED
    assert standing.place is not None
    assert standing.place.pair == 6
    over = lived(made, 14, missed=frozenset(missed), unrated=frozenset(unrated))
    assert (over.done, over.dropped, over.is_over) == (6, 1, True)


def test_the_rest_of_a_dropped_pair_is_free() -> None:
    standing = lived(plan(), 5, missed=frozenset({4}))
    assert standing.is_free_day
    assert "Today is free" in today_words(standing)
    assert not lived(plan(), 6, missed=frozenset({4})).is_free_day


def test_both_on_one_day_is_a_missed_day_at_once() -> None:
    made = plan()
    standing = stand(made, done={day(0): ARMS}, mornings={}, today=day(0))
    assert standing.pairs[0].state is State.DROPPED
    other = stand(made, done={day(0): (made.order[0], "desk-break")}, mornings={day(1): 3}, today=day(1))
    assert other.pairs[0].state is State.OPEN


def test_today_and_this_morning_are_not_missed_yet() -> None:
    made = plan()
    assert stand(made, done={}, mornings={}, today=day(0)).pairs[0].state is State.OPEN
    done = {day(0): (made.order[0],)}
    assert stand(made, done=done, mornings={}, today=day(1)).pairs[0].state is State.OPEN
    assert stand(made, done=done, mornings={}, today=day(2)).pairs[0].state is State.DROPPED
    assert stand(made, done={}, mornings={day(1): 4}, today=day(1)).pairs[0].state is State.DROPPED
    # A rating from tomorrow is none.
    both = {day(i): (place.arm,) for i in range(2) if (place := place_of(made, day(i))) is not None}
    assert stand(made, done=both, mornings={day(1): 4, day(2): 4}, today=day(1)).pairs[0].state is State.OPEN


def test_before_it_starts_nothing_stands() -> None:
    nothing: dict[date, float] = {}
    standing = stand(plan(), done={}, mornings=nothing, today=day(-3))
    assert (standing.pairs, standing.place, standing.is_over) == ((), None, False)
    assert today_words(standing) == "The test begins on 2 March."


def test_when_the_spare_pairs_are_used_up_it_is_over() -> None:
    made = plan()
    standing = stand(made, done={}, mornings={}, today=day(24))
    assert (standing.done, standing.dropped, standing.is_over, standing.place) == (0, 12, True, None)
    assert not stand(made, done={}, mornings={}, today=day(23)).is_over


def test_the_morning_belongs_to_the_day_before() -> None:
    made = plan()
    standing = lived(made, 12, less=2)
    assert standing.differences == (2.0,) * 6
    assert [pair.means for pair in standing.pairs] == [(5.0, 3.0)] * 6
    under_way = lived(made, 1).pairs[0]
    with pytest.raises(ValueError, match="not done"):
        assert under_way.difference


def test_blocks_leave_out_the_washout_and_forgive_few_missed_days() -> None:
    made = plan(block_days=5, washout_days=2)
    standing = lived(made, 60, less=1.5)
    assert (standing.done, standing.is_over) == (6, True)
    assert standing.differences == (1.5,) * 6
    # The washout days may be missed, and one of three counted ones; of two missed the pair is dropped.
    assert lived(made, 60, missed=frozenset({0, 1, 2})).dropped == 0
    assert lived(made, 60, missed=frozenset({2, 3})).dropped == 1
    assert lived(made, 9, less=1).done == 0
    assert lived(made, 10, less=1).done == 1


def test_the_washout_is_told() -> None:
    said = today_words(lived(plan(block_days=5, washout_days=2), 5))
    assert said.startswith("Today: moving. Pair 1, 0 of 6 done. A first day")


@settings(deadline=None)
@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)), st.integers(-2, 40))
@example(seed=0, missed={0, 10}, unrated={0, 3, 5, 7, 9, 24}, days=24)
def test_whatever_is_missed_every_pair_is_accounted_for(
    seed: int, missed: set[int], unrated: set[int], days: int
) -> None:
    standing = lived(plan(seed=seed), days, missed=frozenset(missed), unrated=frozenset(unrated))
    states = [pair.state for pair in standing.pairs]
    assert State.AHEAD not in states
    assert standing.done <= 6
    assert standing.done + standing.dropped + states.count(State.OPEN) == len(states) <= 12
    # On the morning after the last spare day the pair of that day may still be rated.
    assert standing.is_over == (standing.done == 6 or (days >= 24 and State.OPEN not in states))
    assert days <= 24 or State.OPEN not in states or standing.done == 6
    assert today_words(standing)
    assert answer(standing).pairs == standing.done


# What it says.


def test_before_it_starts_it_says_what_it_can_find() -> None:
    said = expectations(plan(pairs=14))
    assert said[0].startswith("14 pairs of days: 28 days. A missed day drops both")
    assert said[1].endswith("1 point in 44, 1.5 points in 82, 2 points in 97.")
    assert "many people" in said[1]
    assert said[2].startswith("A difference under about 1.5 points could easily be missed.")
    assert "You will know which day is which" in said[3]
    assert "9 to 19 of 100" in said[4]


def test_with_an_own_spread_it_says_its_own_numbers() -> None:
    said = expectations(plan(pairs=14), Spread(0.7, 0.3, 4, 30))
    assert "as your last 30 mornings did" in said[1]
    assert "1 point in 44" not in said[1]
    blocks = expectations(plan(block_days=7, washout_days=2))
    assert blocks[0].startswith("6 pairs of blocks of 7 days: 84 days. Where half of a block is missed")
    assert "the first 2 days will not count" in blocks[-1]
    assert expectations(plan(pairs=7))[2].startswith("Even a difference of 2 points could easily be missed.")


def finished(*differences: float, pairs: int | None = None) -> Answer:
    """What a trial says whose pairs differ so; ended where there are fewer than were planned."""
    made = plan(pairs=max(6, len(differences)) if pairs is None else pairs)
    done: dict[date, tuple[str, ...]] = {}
    mornings: dict[date, float] = {}
    for gone in range(2 * len(differences)):
        place = place_of(made, day(gone))
        assert place is not None
        done[day(gone)] = (place.arm,)
        mornings[day(gone + 1)] = 4 + (differences[gone // 2] if place.arm == "rolling" else 0)
    standing = stand(made, done=done, mornings=mornings, today=day(2 * len(differences)))
    return answer(standing, ended=not standing.is_over, names={"rolling": "Rolling", "moving": "Moving"})


def test_five_pairs_cannot_separate_luck_from_effect() -> None:
    said = finished(3, 3, 3, 3, 3)
    assert said.sentence == "5 pairs done. Fewer than 6 cannot separate luck from effect."
    assert (said.p, said.median, said.lower) == (None, 3, (0, 5))
    assert finished().sentence == "0 pairs done. Fewer than 6 cannot separate luck from effect."
    assert finished(1).sentence.startswith("1 pair done.")
    assert finished().notes == ()


def test_a_difference_that_was_found() -> None:
    said = finished(1, 2, 1, 1, 3, 2, 1)
    assert said.p == 2 / 128
    assert said.sentence == (
        "In your own test, mornings after Moving were 1.0 lower (p = .02, 14 days). You knew which day was which."
    )
    assert said.notes == ("Lower mornings after Rolling in 0 pairs, after Moving in 7, equal in 0.",)
    turned = finished(-1, -2, -1, -1, -3, -2, -1)
    assert "mornings after Rolling were 1.0 lower (p = .02, 14 days)" in turned.sentence
    assert turned.lower == (7, 0)


def test_where_the_median_says_nothing_the_mean_is_said() -> None:
    said = finished(*[0] * 8, *[2] * 7)
    assert said.median == 0
    assert "mornings after Moving were 0.9 lower (p = .02, 30 days)" in said.sentence


def test_no_difference_found_is_not_no_difference() -> None:
    said = finished(*[1, -1] * 7)
    assert said.sentence == (
        "No difference found (p = 1.00, 28 days). A difference under about 1.5 points could easily be missed."
    )
    assert said.notes == (
        "You knew which day was which.",
        "Lower mornings after Rolling in 7 pairs, after Moving in 7, equal in 0.",
        "Median of the pairs' differences: 0 points.",
    )
    for sign, routine in ((1, "Moving"), (-1, "Rolling")):
        half = finished(*[2 * sign, -sign] * 7)
        assert half.notes[-1] == f"Median of the pairs' differences: 0.5 lower after {routine}."
    assert "Even a difference of 2 points" in finished(*[1, -1] * 3, 0).sentence


def test_a_p_near_the_limit_does_not_look_like_it() -> None:
    said: list[tuple[tuple[float, ...], str]] = [
        ((1,) * 12, "p < .001"),
        ((1,) * 9, "p = .004"),
        ((1,) * 14 + (-1,) * 4, "p = .03"),
        ((-2, 4, 4, 3, 1, 3, 3), "p = .047"),
        ((1,) * 6 + (-1,), "p = .12"),
    ]
    for differences, words in said:
        assert f"({words}, {2 * len(differences)} days)" in finished(*differences).sentence


def test_it_is_not_tested_before_it_is_over() -> None:
    standing = lived(plan(pairs=14), 16, less=3)
    said = answer(standing)
    assert (said.pairs, said.p) == (8, None)
    assert said.sentence == "8 pairs of 14 done. The answer comes when all are: looking earlier misleads."
    assert said.notes == ("You knew which day was which.",)
    ended = answer(standing, ended=True)
    assert ended.p == 2 / 256
    assert "It was ended before its time. A test that ends early can mislead." in ended.notes
    assert answer(lived(plan(pairs=14), 6, less=3)).notes == ("You knew which day was which.",)


def test_a_changed_order_and_dropped_pairs_are_told() -> None:
    made = plan()
    changed = replace(made, order=tuple("moving" if first == "rolling" else "rolling" for first in made.order))
    said = answer(lived(changed, 14, less=1, missed=frozenset({0})))
    assert "The order is not the one its seed draws: somebody changed it." in said.notes
    assert "1 pair dropped because a day was missed." in said.notes


def test_right_after_is_told_beside_it_and_never_called_an_effect() -> None:
    said = answer(lived(plan(), 12), changes={"rolling": (-2, -1, -3), "moving": (0.0,)})
    assert said.notes[-3:] == (
        "Right after rolling you rated 2 lower than before (median of 3).",
        "Right after moving you rated the same as before (median of 1).",
        "Most things that feel good do that for a while: the mornings are the test.",
    )


@settings(deadline=None)  # It simulates what could be missed.
@given(st.lists(st.integers(-6, 6), max_size=20))
def test_no_answer_claims_too_much(differences: list[int]) -> None:
    said = finished(*differences)
    for word in ("effective", "works", "better", "worse", "because of", "no effect", "cause"):
        assert word not in " ".join((said.sentence, *said.notes)).replace("dropped because", "")
    if said.p is not None:
        assert f"{said.days} days" in said.sentence
        assert ("No difference found" in said.sentence) == (said.p >= 0.05)
        assert "You knew which day was which." in (said.sentence + " ".join(said.notes))
