from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.care import (
    BAD_MORNING,
    BAD_MORNINGS,
    EASIER_DRILL,
    HIGH_BEFORE,
    HIGH_RATING,
    LEAVE_DRILL,
    MORE_AFTER,
    RULES,
    SORE_BEFORE,
    TWO_DRILLS,
    WEEK_UP,
    Care,
    Rule,
)
from trainer.core.caution import (
    LAST_SAID,
    Caution,
    after_hurt,
    after_rating,
    after_ratings,
    after_session,
    asks_less,
    before_session,
    in_drill,
    remembered,
    this_morning,
    this_week,
    unsaid,
    usual_morning,
)
from trainer.core.flags import ADVICE, FLAGS, KNOCK_FLAGS, Urgency, advise
from trainer.core.rating import Moment, Rating
from trainer.core.side import Side
from trainer.core.weeks import weeks
from trainer.settings import MOST_SAID

TODAY = date(2026, 3, 2)
LOUD = re.compile(r"danger|serious|warning|must|never|damage|harm|injur|emergency|stop|!|\bbad\b", re.IGNORECASE)


def rule_of(caution: Caution | None) -> Rule | None:
    return None if caution is None else caution.rule


def mornings(*scores: float | None, last: date = TODAY) -> dict[date, float]:
    """One a day; the last is today's."""
    days = (last - timedelta(days=back) for back in range(len(scores) - 1, -1, -1))
    return {day: score for day, score in zip(days, scores, strict=True) if score is not None}


def met(*scores: float | None, baseline: float | None = None) -> list[Rule]:
    return [caution.rule for caution in this_morning(mornings(*scores), today=TODAY, baseline=baseline)]


# The table of section 1.6, row by row.


@pytest.mark.parametrize(
    ("score", "usual", "rule"),
    [
        (0, None, None),
        (5, None, None),
        (5, 3, None),
        (6, None, SORE_BEFORE),
        (7, 5, SORE_BEFORE),
        (8, None, HIGH_BEFORE),
        (10, 9, HIGH_BEFORE),
        (4, 1, HIGH_BEFORE),
        (6, 3, HIGH_BEFORE),
        (4, 1.5, None),
    ],
)
def test_before(score: int, usual: float | None, rule: Rule | None) -> None:
    assert rule_of(before_session(score, usual, today=TODAY)) is rule


@pytest.mark.parametrize(("marks", "rule"), [(0, None), (1, EASIER_DRILL), (2, LEAVE_DRILL), (5, LEAVE_DRILL)])
def test_during(marks: int, rule: Rule | None) -> None:
    assert rule_of(in_drill(marks, today=TODAY)) is rule


def test_two_drills_that_hurt_end_the_session() -> None:
    assert after_hurt([], today=TODAY) is None
    assert after_hurt(["heel-slide", "heel-slide"], today=TODAY) is None
    assert rule_of(after_hurt(["heel-slide", "hip-hinge", "heel-slide"], today=TODAY)) is TWO_DRILLS


@pytest.mark.parametrize(
    ("before", "after", "is_less"),
    [(2, 4, False), (2, 5, True), (None, 7, False), (7, 8, False), (5, 8, True), (9, 3, False), (2, None, False)],
)
def test_after(before: int | None, after: int | None, is_less: bool) -> None:
    met = after_session({Side.RIGHT: before}, {Side.RIGHT: after}, today=TODAY)
    assert (rule_of(met) is MORE_AFTER) is is_less
    ratings = (rated(before, Moment.BEFORE), rated(9, Moment.NOW), rated(after, Moment.AFTER))
    assert asks_less(ratings) is is_less


def test_after_each_knee_is_held_against_itself_and_the_last_answer_counts() -> None:
    low = rated(1, Moment.BEFORE, Side.LEFT)
    assert not asks_less((low, rated(5, Moment.BEFORE), rated(6, Moment.AFTER)))
    assert not asks_less((rated(1, Moment.BEFORE), rated(9, Moment.AFTER), rated(2, Moment.AFTER)))
    assert asks_less((low, rated(5, Moment.BEFORE), rated(6, Moment.AFTER), rated(4, Moment.AFTER, Side.LEFT)))


def rated(score: int | None, moment: Moment, knee: Side = Side.RIGHT, **more: str | None) -> Rating:
    return Rating(moment, datetime(2026, 3, 2, 9, 30, tzinfo=UTC), moment, knee, score, session="s", **more)


@pytest.mark.parametrize("moment", Moment)
def test_any_high_rating_brings_the_questions(moment: Moment) -> None:
    assert [rule_of(after_rating(rated(score, moment))) for score in (None, 7, 8)] == [None, None, HIGH_RATING]


def test_how_hard_something_is_is_no_pain() -> None:
    assert after_rating(rated(10, Moment.NOW, activity="stairs down")) is None


def test_high_ratings_of_a_day_bring_the_questions_once_for_each_moment() -> None:
    high = (rated(8, Moment.MORNING), rated(9, Moment.MORNING, Side.LEFT), rated(8, Moment.EVENING))
    assert [caution.key for caution in after_ratings(high)] == [
        "high-rating-morning:2026-03-02",
        "high-rating-evening:2026-03-02",
    ]


def test_who_was_as_high_before_has_had_the_questions() -> None:
    before = rated(8, Moment.BEFORE)
    keys = {after: len(after_ratings((before, rated(after, Moment.AFTER)))) for after in (8, 9)}
    assert keys == {8: 1, 9: 2}
    assert len(after_ratings((before, rated(8, Moment.AFTER, Side.LEFT)))) == 2


def test_a_morning_two_above_the_usual() -> None:
    assert met(3, 3, 3, 3, 4) == []
    assert met(3, 3, 4, 4, 5) == []
    assert met(3, 3, 3, 3, 5) == [BAD_MORNING]
    assert met(3, 3, 3, 3, 5, 5) == [BAD_MORNING]
    assert met(3, 3, 3, 3, 5, 6, 5) == [BAD_MORNINGS, BAD_MORNING]
    assert met(3, 3, 3, 3, 5, 5, 4) == []
    assert met(3, 3, 3, 3, 5, 4, 5, 5) == [BAD_MORNING]
    assert met(3, 3, 3, 9) == []
    assert met(3, 3, 9, baseline=3) == [BAD_MORNING]
    assert met(3, 3, 3, 3, 9, None) == []


def test_mornings_that_were_not_rated_do_not_break_a_run_but_a_week_does() -> None:
    assert met(3, 3, 3, 3, 5, None, 5, None, None, 5) == [BAD_MORNINGS, BAD_MORNING]
    assert met(3, 3, 3, 3, 5, 5, *[None] * 5, 5) == [BAD_MORNINGS, BAD_MORNING]
    assert met(3, 3, 3, 3, 5, 5, *[None] * 6, 5) == [BAD_MORNING]


def test_usual_is_the_median_of_seven_calm_mornings() -> None:
    assert usual_morning(mornings(3, 3, 3), until=TODAY + timedelta(days=1)) is None
    assert usual_morning(mornings(3, 3, 3), until=TODAY + timedelta(days=1), baseline=5) == 5
    assert usual_morning(mornings(2, 3, 3, 4), until=TODAY + timedelta(days=1)) == 3
    # Today's own is not among them, nor is a flare, nor what lies before the last seven.
    assert usual_morning(mornings(2, 2, 2, 2, 8), until=TODAY) == 2
    assert usual_morning(mornings(2, 2, 2, 2, 8, 8, 8, 8, 8, 8, 8, 8), until=TODAY + timedelta(days=1)) == 2
    assert usual_morning(mornings(*[6] * 9, *[2] * 7), until=TODAY + timedelta(days=1)) == 2
    for before in ((), (2,)):
        assert usual_morning(mornings(*before, 3, 2, 2, 2, 3, 3, 3), until=TODAY + timedelta(days=1)) == 3


def test_what_was_usual_a_season_ago_is_not() -> None:
    old = mornings(2, 2, 2, 2, 2, last=TODAY - timedelta(days=57))
    assert usual_morning(old, until=TODAY - timedelta(days=50)) == 2
    assert usual_morning(old, until=TODAY) is None
    for ago, usual in ((53, 2), (54, None)):
        assert usual_morning(mornings(2, 2, 2, 2, last=TODAY - timedelta(days=ago)), until=TODAY) == usual
    assert met(*[2] * 7, *[None] * 60, 6) == []


def test_a_week_two_above_the_first() -> None:
    def after(*means: int, gone: int = 0) -> Rule | None:
        ratings = [(TODAY + timedelta(days=7 * week + i), mean) for week, mean in enumerate(means) for i in range(5)]
        return rule_of(this_week(weeks(ratings, today=TODAY + timedelta(days=7 * len(means) - 1 + gone))))

    assert after(3, 4, 5) is WEEK_UP
    assert after(3, 4) is None
    assert after(5, 3, 6) is None
    assert after(3) is None
    # The week that is not over is left out, so is one with few ratings.
    assert after(3, 3, 9, gone=-1) is None
    assert after(3, 5, gone=3) is WEEK_UP
    enough = [(TODAY + timedelta(days=i), 3 if i < 7 else 5) for i in (0, 1, 2, 3, 7, 8, 9, 10)]
    assert rule_of(this_week(weeks(enough, today=TODAY + timedelta(days=13)))) is WEEK_UP
    few = [(TODAY + timedelta(days=i), 3) for i in range(7)] + [(TODAY + timedelta(days=7 + i), 9) for i in range(3)]
    assert this_week(weeks(few, today=TODAY + timedelta(days=13))) is None
    assert this_week(()) is None


def test_the_last_week_is_the_last_one_and_not_the_last_that_was_rated() -> None:
    high = [(TODAY + timedelta(days=i), 2 if i < 7 else 9) for i in range(14)]
    assert rule_of(this_week(weeks(high, today=TODAY + timedelta(days=15)))) is WEEK_UP
    assert this_week(weeks(high, today=TODAY + timedelta(days=28))) is None


# Each is said once.


def test_each_is_said_once_for_its_occasion() -> None:
    first = this_morning(mornings(3, 3, 3, 3, 5, 5, 5), today=TODAY)
    assert unsaid(first, ()) == first
    said = {caution.key for caution in first}
    assert unsaid(first, said) == ()
    # The fourth bad morning of the same run is a new morning, but no new run.
    tomorrow = TODAY + timedelta(days=1)
    later = this_morning(mornings(3, 3, 3, 3, 5, 5, 5, 5, last=tomorrow), today=tomorrow)
    assert [caution.rule for caution in later] == [BAD_MORNINGS, BAD_MORNING]
    assert [caution.rule for caution in unsaid(later, said)] == [BAD_MORNING]
    # A new run is a new occasion.
    again = TODAY + timedelta(days=4)
    third = this_morning(mornings(3, 3, 3, 3, 5, 5, 5, 3, 5, 5, 5, last=again), today=again)
    assert [caution.rule for caution in unsaid(third, said)] == [BAD_MORNINGS, BAD_MORNING]


def test_said_twice_at_once_is_said_once() -> None:
    left, right = before_session(8, None, today=TODAY), before_session(9, None, today=TODAY)
    assert left is not None
    assert right is not None
    assert unsaid([left, right], ()) == (left,)
    assert left.key == "high-before:2026-03-02"


def test_what_was_said_is_remembered_for_two_knees_and_nothing_pushes_another_kind_out() -> None:
    weeks_up = [Caution(WEEK_UP, TODAY - timedelta(days=7 * ago)) for ago in (9, 8)]
    said: tuple[str, ...] = remembered((), *weeks_up)
    for day in range(60):
        said = remembered(said, *(Caution(rule, TODAY + timedelta(days=day)) for rule in (BAD_MORNING, MORE_AFTER)))
    assert set(said) == {
        *(caution.key for caution in weeks_up),
        *(f"{name}:2026-04-{day}" for name in ("bad-morning", "more-after") for day in (29, 30)),
    }
    assert unsaid(weeks_up, said) == ()
    most = [Caution(rule, TODAY, moment) for rule in RULES for moment in (None, *Moment)]
    assert LAST_SAID * len({one.key for one in most if one.moment is None or one.rule is HIGH_RATING}) <= MOST_SAID


# What is said, and what never happens.


def test_ids_are_their_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    flags = FLAGS + KNOCK_FLAGS
    assert len({flag.id for flag in flags}) == len(flags)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_words_are_short_calm_and_have_a_source(rule: Rule) -> None:
    assert 10 < len(rule.words) <= 120
    assert LOUD.search(rule.words) is None
    assert rule.source.startswith("clinical notes")
    assert rule.care
    assert (rule.at_least is not None) or (rule.above is not None)


def test_high_before_offers_seated_drills_and_sore_before_the_gentle_routine() -> None:
    assert HIGH_BEFORE.routines == ("desk-break",)
    assert Care.NOT_STANDING in HIGH_BEFORE.care
    assert SORE_BEFORE.routines[0] == "no-kneeling"
    assert Care.QUESTIONS in SORE_BEFORE.care


@given(
    st.integers(0, 10),
    st.one_of(st.none(), st.integers(0, 10)),
    st.dictionaries(st.dates(), st.integers(0, 10), max_size=30),
    st.dates(),
)
def test_any_rating_can_be_taken_in(score: int, other: int | None, days: dict[date, int], today: date) -> None:
    found = [before_session(score, other, today=today), in_drill(score, today=today)]
    found += [after_session({Side.LEFT: other}, {Side.LEFT: score}, today=today)]
    if today != date.max:
        found += [*this_morning({**days, today: float(score)}, today=today)]
    assert all(caution is None or caution.since <= today for caution in found)


def test_the_most_urgent_answer_is_advised() -> None:
    assert advise([]) is None
    assert advise(["nothing-known"]) is None
    assert advise(["locking"]) == ADVICE[Urgency.SOON]
    assert advise(["young", "locking", "stuck"]) == ADVICE[Urgency.SAME_DAY]
    assert advise(["age"]) == ADVICE[Urgency.SAME_DAY]
    assert advise(["surgery", "saddle"]) == ADVICE[Urgency.NOW]
    assert advise(["balance"]) == ADVICE[Urgency.ASK_FIRST]


def test_every_question_of_the_notes_is_asked_the_most_urgent_first() -> None:
    order = list(Urgency)
    assert [flag.urgency for flag in FLAGS] == sorted((flag.urgency for flag in FLAGS), key=order.index)
    assert [sum(flag.urgency is urgency for flag in FLAGS) for urgency in order] == [4, 5, 5, 7]
    assert len(KNOCK_FLAGS) == 5
    for flag in FLAGS + KNOCK_FLAGS:
        assert "?" in flag.words
        assert flag.source
        assert len(flag.words) <= 140
    assert {flag.urgency for flag in KNOCK_FLAGS} == {Urgency.SAME_DAY}


@pytest.mark.parametrize("apart", [1, 5, 6])
def test_a_run_that_goes_on_and_on_is_said_once(apart: int) -> None:
    said: tuple[str, ...] = ()
    rated: dict[date, float] = {}
    told: list[date] = []
    for gone in range(0, 300, apart):
        today = TODAY + timedelta(days=gone)
        rated[today] = 6.0
        new = unsaid(this_morning(rated, today=today, baseline=2.0), said)
        said = remembered(said, *new)
        told += [today for caution in new if caution.rule is BAD_MORNINGS]
    assert told == [TODAY + timedelta(days=2 * apart)]
