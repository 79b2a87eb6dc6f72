"""What a chart reads of the diary: its own days alone, the same whether singly or counted, and few rows of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diaries import BOTH_DONE, by_hand, make_rating, make_record, reopened
from trainer.core.rating import Moment
from trainer.core.side import Side
from trainer.drawing.days import Days
from trainer.store import Store
from trainer.store.charting import counted_given, each_given, first_day, first_warm_up, judged_moment, warm_up_days

LAST = date(2026, 10, 2)
FAR_EAST = timezone(timedelta(hours=14))
FAR_WEST = timezone(timedelta(hours=-12))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with reopened(tmp_path / "trainer.db") as opened:
        yield opened


def at(days_ago: int, hour: int = 12, minute: int = 0, zone: timezone = UTC) -> datetime:
    return datetime(2026, 10, 2, hour, minute, tzinfo=zone) - timedelta(days=days_ago)


def test_a_day_begins_at_four_by_the_clock_that_was_seen(store: Store) -> None:
    for name, when in (
        ("a", at(1, 3, 59, FAR_EAST)),
        ("b", at(1, 4, 0, FAR_EAST)),
        ("c", at(0, 3, 59, FAR_WEST)),
        ("d", at(0, 4, 0, FAR_WEST)),
    ):
        store.rate(make_rating(name, 4, at=when))
    found = each_given(store, LAST - timedelta(days=1), LAST - timedelta(days=1))
    assert [(one.time, one.score, one.moment, one.knee) for one in found] == [
        (0.0, 4, "now", "right"),
        (pytest.approx(1 - 1 / 1440), 4, "now", "right"),
    ]
    counted = counted_given(store, LAST - timedelta(days=3), LAST, 2)
    assert [(one.day, one.often) for one in counted] == [(LAST - timedelta(days=2), 1), (LAST, 3)]


@given(
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 23), st.integers(-12, 14), st.integers(0, 10)), max_size=40),
    st.integers(0, 30),
    st.integers(2, 90),
    st.integers(1, 45),
)
def test_counted_is_the_same_as_read_singly(
    some: list[tuple[int, int, int, int]],
    end_ago: int,
    count: int,
    columns: int,
) -> None:
    columns = min(columns, count // 2)
    last = LAST - timedelta(days=end_ago)
    first = last - timedelta(days=count - 1)
    days = Days(first, last, columns)
    with Store.look(Path("nowhere", "trainer.db")) as opened:
        for number, (ago, hour, offset, score) in enumerate(some):
            zone = timezone(timedelta(hours=offset))
            moment, knee = list(Moment)[number % 5], (Side.LEFT, Side.RIGHT)[number % 2]
            opened.rate(make_rating(str(number), score, at=at(ago, hour, zone=zone), moment=moment, knee=knee))
        for asked in (None, Side.LEFT):
            single = each_given(opened, first, last, asked)
            counted = counted_given(opened, first, last, columns, asked)
            singly = Counter((days.column(one.day, 0), one.moment, one.knee, one.score) for one in single)
            assert {(days.column(o.day, 0), o.moment, o.knee, o.score): o.often for o in counted} == singly
            assert len(counted) == len(singly)


def test_a_part_holds_two_days_at_least(store: Store) -> None:
    with pytest.raises(ValueError, match="two days"):
        counted_given(store, LAST - timedelta(days=8), LAST, 5)


def test_unanswered_deleted_and_senseless_ratings_are_left_out(store: Store, tmp_path: Path) -> None:
    store.rate(make_rating("good", 3, at=at(0)))
    store.rate(make_rating("unanswered", None, at=at(0)))
    for name in ("deleted", "no time", "no number", "no knee", "no score"):
        store.rate(make_rating(name, 5, at=at(0)))
    with by_hand(tmp_path / "trainer.db") as file:
        file.execute("UPDATE ratings SET deleted_us = 1 WHERE id = 'deleted'")
        file.execute("UPDATE ratings SET at = 'soon' WHERE id = 'no time'")
        file.execute("UPDATE ratings SET score = 'much' WHERE id = 'no number'")
        file.execute("UPDATE ratings SET knee = 'rigtt' WHERE id = 'no knee'")
        file.execute("UPDATE ratings SET score = 200 WHERE id = 'no score'")
    assert [one.score for one in each_given(store, LAST, LAST)] == [3]
    assert [one.score for one in counted_given(store, LAST - timedelta(days=1), LAST, 1)] == [3]


def test_only_the_moment_asked_for_is_read(store: Store) -> None:
    store.rate(make_rating("m", 3, at=at(0), moment=Moment.MORNING))
    store.rate(make_rating("a", 5, at=at(0), moment=Moment.AFTER))
    assert [one.score for one in each_given(store, LAST, LAST, Side.RIGHT, Moment.AFTER)] == [5]
    assert judged_moment(store, LAST, LAST, Side.RIGHT) is Moment.MORNING
    assert judged_moment(store, LAST, LAST, Side.LEFT) is Moment.MORNING
    store.rate(make_rating("l", 5, at=at(0), moment=Moment.AFTER, knee=Side.LEFT))
    assert judged_moment(store, LAST, LAST, Side.LEFT) is Moment.AFTER


def test_the_days_with_a_warm_up_are_those_on_which_somebody_moved(store: Store, tmp_path: Path) -> None:
    for name, days_ago in (("done", 0), ("begun", 1), ("deleted", 2), ("earlier", 9)):
        store.begin(make_record(name, at=at(days_ago)))
        if name != "begun":
            store.keep(name, 1, BOTH_DONE, 24.0)
    with by_hand(tmp_path / "trainer.db") as file:
        file.execute("UPDATE sessions SET deleted_us = 1 WHERE id = 'deleted'")
    assert warm_up_days(store, LAST - timedelta(days=5), LAST) == {LAST}
    assert first_day(store) == first_warm_up(store) == LAST - timedelta(days=9)


def test_an_empty_diary_has_no_first_day(store: Store) -> None:
    assert first_day(store) is None
    assert first_warm_up(store) is None


def test_twenty_years_are_few_rows(store: Store, tmp_path: Path) -> None:
    with by_hand(tmp_path / "trainer.db") as file:
        file.execute("BEGIN")
        for ago in range(7300):
            when = at(ago, 7)
            us = (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
            file.execute(
                "INSERT INTO ratings (id, at, at_us, moment, knee, score) VALUES (?, ?, ?, 'morning', 'right', ?)",
                (str(ago), when.isoformat(), us, ago % 5),
            )
        file.execute("COMMIT")
    counted = counted_given(store, LAST - timedelta(days=7299), LAST, 73)
    assert len(counted) == 73 * 5
    assert sum(one.often for one in counted) == 7300
    assert len(each_given(store, LAST - timedelta(days=89), LAST)) == 90


def test_how_hard_an_activity_is_counts_as_no_pain(store: Store) -> None:
    store.rate(make_rating("stairs", 8, at=at(0, 9), moment=Moment.NOW, activity="stairs down"))
    store.rate(make_rating("morning", 3, at=at(0, 8), moment=Moment.MORNING, activity="first-stairs"))
    assert [one.score for one in each_given(store, LAST, LAST)] == [3]
    assert [one.score for one in counted_given(store, LAST - timedelta(days=3), LAST, 2)] == [3]
