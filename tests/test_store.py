"""What is written is read back, in order, from any clock; what was put there by hand does no harm."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diaries import (
    BOTH_DONE,
    NOON,
    SUMMER,
    by_hand,
    fill,
    fixed_now,
    make_rating,
    make_record,
    reopened,
)
from trainer.core.errors import UsageError
from trainer.core.letters import clean, is_unsafe
from trainer.core.rating import Moment
from trainer.core.record import Outcome, Result, Status
from trainer.core.side import Side
from trainer.store import Store, new_id
from trainer.store.opening import open_database
from trainer.store.reading import PAGE
from trainer.store.rows import rating_from, rating_row


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "trainer.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, patience_s=0, now=fixed_now) as store:
        yield store


class TestWhatIsWritten:
    def test_a_session_is_read_back_as_it_went(self, path: Path, store: Store) -> None:
        store.begin(make_record())
        skipped = Outcome("heel-slide", Side.LEFT, Result.SKIPPED, None, None)
        store.keep("s1", 3, skipped, 30.5)
        store.keep("s1", 1, BOTH_DONE, 12.0)
        store.rate(make_rating(session="s1", note="stiff, then better", activity="stairs-down"))
        store.end("s1", Status.STOPPED, NOON + timedelta(minutes=5), 44.0)
        with reopened(path) as again:
            assert again.last_session() == replace(
                make_record(status=Status.STOPPED),
                ended_at=NOON + timedelta(minutes=5),
                moved_s=44.0,
                outcomes=(BOTH_DONE, skipped),
                ratings=(make_rating(session="s1", note="stiff, then better", activity="stairs-down"),),
            )

    def test_a_phase_kept_again_replaces_what_was_said_of_it(self, store: Store) -> None:
        store.begin(make_record())
        store.keep("s1", 1, BOTH_DONE, 12.0)
        hurt = replace(BOTH_DONE, result=Result.HURT, reps_done=2)
        store.keep("s1", 1, hurt, 14.0)
        (record,) = store.sessions()
        assert (record.outcomes, record.moved_s) == ((hurt,), 14.0)

    def test_a_rating_written_again_replaces_the_one_of_its_id(self, store: Store) -> None:
        store.rate(make_rating(score=4))
        store.rate(make_rating(score=3, knee=Side.LEFT))
        assert store.ratings() == (make_rating(score=3, knee=Side.LEFT),)

    def test_a_session_begun_twice_is_one(self, store: Store) -> None:
        store.begin(make_record())
        store.begin(replace(make_record(), title="Renamed"))
        assert [record.title for record in store.sessions()] == ["Renamed"]

    def test_no_answer_is_none_and_not_zero(self, store: Store) -> None:
        store.rate(make_rating("none", None))
        store.rate(make_rating("zero", 0))
        assert {rating.id: rating.score for rating in store.ratings()} == {"none": None, "zero": 0}

    def test_what_runs_no_more_is_interrupted_and_runs_again_once_a_phase_is_kept(self, store: Store) -> None:
        store.begin(make_record("left"))
        store.begin(make_record("ended", status=Status.FINISHED))
        assert store.close_open_sessions() == 1
        statuses = {record.id: record.status for record in store.sessions()}
        assert statuses == {"left": Status.INTERRUPTED, "ended": Status.FINISHED}
        store.keep("left", 0, BOTH_DONE, 1.0)
        store.keep("ended", 0, BOTH_DONE, 1.0)
        statuses = {record.id: record.status for record in store.sessions()}
        assert statuses == {"left": Status.RUNNING, "ended": Status.FINISHED}

    def test_an_outcome_and_a_rating_are_kept_even_without_their_session(self, store: Store) -> None:
        store.keep("gone", 0, BOTH_DONE, 1.0)
        store.rate(make_rating(session="gone"))
        assert store.sessions() == ()
        assert store.ratings() == (make_rating(session="gone"),)

    @given(
        st.datetimes(datetime(1950, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        st.integers(-14 * 60, 14 * 60),
    )
    def test_a_time_keeps_its_offset_and_every_microsecond(self, when: datetime, offset: int) -> None:
        at = when.astimezone(timezone(timedelta(minutes=offset)))
        row = rating_row(make_rating(at=at))
        read = rating_from((row[2], 1, row[0], row[1], *row[3:]))
        assert read.at == at
        assert read.at.utcoffset() == at.utcoffset()

    def test_ids_differ(self) -> None:
        assert len({new_id() for _ in range(100)}) == 100

    def test_the_rating_is_on_the_disk_when_rate_returns(self, path: Path) -> None:
        code = (
            "import os, sys; from pathlib import Path; from trainer.store import Store;"
            "from tests.diaries import make_rating; s = Store.open(Path(sys.argv[1]));"
            "s.rate(make_rating()); os._exit(9)"
        )
        assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 9
        with reopened(path) as store:
            assert store.ratings() == (make_rating(),)

    def test_writes_are_synced_as_far_as_sqlite_can(self, path: Path) -> None:
        connection = open_database(path, 0)
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
        assert connection.execute("PRAGMA fullfsync").fetchone() == (1,)
        connection.close()


class TestOrder:
    def test_times_are_ordered_by_the_instant_not_by_the_local_hour(self, store: Store) -> None:
        east, west = timezone(timedelta(hours=9)), timezone(timedelta(hours=-7))
        store.rate(make_rating("later", at=datetime(2026, 10, 1, 20, 0, tzinfo=west)))
        store.rate(make_rating("sooner", at=datetime(2026, 10, 2, 8, 0, tzinfo=east)))
        assert [rating.id for rating in store.ratings()] == ["later", "sooner"]

    def test_the_hour_that_comes_twice_in_autumn_stays_in_order(self, store: Store) -> None:
        winter = timezone(timedelta(hours=1))
        store.rate(make_rating("second", at=datetime(2026, 10, 25, 2, 10, tzinfo=winter)))
        store.rate(make_rating("first", at=datetime(2026, 10, 25, 2, 40, tzinfo=SUMMER)))
        assert [rating.id for rating in store.ratings()] == ["second", "first"]

    def test_the_same_instant_keeps_the_order_of_writing(self, store: Store) -> None:
        for name in ("b", "a", "c"):
            store.rate(make_rating(name, session="s1"))
            store.begin(make_record(name))
        assert [rating.id for rating in store.ratings()] == ["c", "a", "b"]
        assert [rating.id for rating in store.every_rating()] == ["b", "a", "c"]
        assert [record.id for record in store.sessions()] == ["c", "a", "b"]
        store.begin(make_record("s1", at=NOON + timedelta(days=1)))
        assert [rating.id for rating in store.sessions(limit=1)[0].ratings] == ["b", "a", "c"]

    def test_ratings_are_chosen_by_time_knee_and_moment(self, store: Store) -> None:
        store.rate(make_rating("old", at=NOON - timedelta(days=9)))
        store.rate(make_rating("left", knee=Side.LEFT))
        store.rate(make_rating("morning", moment=Moment.MORNING))
        store.rate(make_rating("right"))

        def ids(**wanted: object) -> list[str]:
            return [rating.id for rating in store.ratings(**wanted)]  # type: ignore[arg-type]

        assert ids(since=NOON) == ["right", "morning", "left"]
        assert ids(since=NOON + timedelta(microseconds=1)) == []
        assert ids(knee=Side.LEFT) == ["left"]
        assert ids(moment=Moment.MORNING) == ["morning"]
        assert ids(knee=Side.RIGHT, moment=Moment.NOW, limit=1) == ["right"]

    def test_the_last_rating_is_the_last_that_was_answered(self, store: Store) -> None:
        store.rate(make_rating("left", 2, knee=Side.LEFT))
        store.rate(make_rating("right", 5, at=NOON + timedelta(hours=1)))
        store.rate(make_rating("skipped", None, at=NOON + timedelta(hours=2)))
        assert store.last_rating() == make_rating("right", 5, at=NOON + timedelta(hours=1))
        assert store.last_rating(Side.LEFT) == make_rating("left", 2, knee=Side.LEFT)

    def test_an_empty_diary_has_no_last_of_anything(self, store: Store) -> None:
        assert (store.last_rating(), store.last_session(), store.sessions(), store.ratings()) == (
            None,
            None,
            (),
            (),
        )

    @pytest.mark.parametrize("count", [PAGE - 1, PAGE, PAGE + 1])
    def test_everything_crosses_the_pages_once(self, store: Store, path: Path, count: int) -> None:
        fill(path, count)
        assert [rating.id for rating in store.every_rating()] == [f"r{n}" for n in range(count)]
        assert [record.id for record in store.every_session()] == [f"s{n}" for n in range(count)]

    def test_between_the_pages_others_can_write(self, store: Store, path: Path) -> None:
        fill(path, PAGE + 1)
        ratings = store.every_rating()
        next(ratings)
        with reopened(path) as other:
            other.rate(make_rating("new", at=NOON + timedelta(days=400)))
        assert [rating.id for rating in ratings][-1] == "new"


class TestText:
    @pytest.mark.parametrize(
        "bad", ["\x1b[2J", "a\nb", "\x9b31m", "a\u202eb", "\ud800", "a\u2028b", "\x00", "x" * 2001]
    )
    def test_a_note_that_is_not_a_plain_line_is_refused(self, store: Store, bad: str) -> None:
        with pytest.raises(UsageError):
            store.rate(make_rating(note=bad))
        with pytest.raises(UsageError):
            store.rate(make_rating(activity=bad))
        assert store.ratings() == ()

    @given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), max_size=200))
    def test_every_other_text_stays_as_it_is(self, text: str) -> None:
        row = rating_row(make_rating(note=text))
        assert rating_from((row[2], 1, row[0], row[1], *row[3:])).note == text

    @given(st.text())
    def test_what_is_cleaned_steers_no_terminal(self, text: str) -> None:
        cleaned = clean(text)
        assert not any(map(is_unsafe, cleaned))
        assert clean(cleaned) == cleaned


class TestForeignRows:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("score", 11),
            ("score", -1),
            ("score", "four"),
            ("score", 3.5),
            ("knee", "both"),
            ("knee", "elbow"),
            ("moment", "noon"),
            ("at", "yesterday"),
            ("at", "2026-10-02T12:00"),
            ("at", 7),
            ("note", b"\xff"),
        ],
    )
    def test_a_rating_that_makes_no_sense_is_left_out_and_counted(
        self, path: Path, store: Store, column: str, value: object
    ) -> None:
        store.rate(make_rating("good", session="s1"))
        store.rate(make_rating("bad", session="s1"))
        store.begin(make_record())
        with by_hand(path) as file:
            file.execute(f"UPDATE ratings SET {column} = ? WHERE id = 'bad'", (value,))
        assert [rating.id for rating in store.ratings()] == ["good"]
        assert [rating.id for rating in store.every_rating()] == ["good"]
        assert [rating.id for rating in store.sessions()[0].ratings] == ["good"]
        assert store.unreadable == 1

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("status", "fine"),
            ("started_at", "?"),
            ("ended_at", 3),
            ("planned_s", "x"),
            ("moved_s", 9e999),
            ("title", b""),
        ],
    )
    def test_a_session_that_makes_no_sense_is_left_out_and_counted(
        self, path: Path, store: Store, column: str, value: object
    ) -> None:
        store.begin(make_record("good"))
        store.begin(make_record("bad"))
        with by_hand(path) as file:
            file.execute(f"UPDATE sessions SET {column} = ? WHERE id = 'bad'", (value,))
        assert [record.id for record in store.sessions()] == ["good"]
        assert [record.id for record in store.every_session()] == ["good"]
        assert store.unreadable == 1

    def test_an_outcome_that_makes_no_sense_is_left_out_and_counted(self, path: Path, store: Store) -> None:
        store.begin(make_record())
        store.keep("s1", 0, BOTH_DONE, 1.0)
        store.keep("s1", 1, BOTH_DONE, 1.0)
        with by_hand(path) as file:
            file.execute("UPDATE outcomes SET reps_done = 'many' WHERE phase = 0")
        assert store.sessions()[0].outcomes == (BOTH_DONE,)
        assert store.unreadable == 1

    def test_control_codes_and_broken_utf8_are_taken_out_on_the_way_in(self, path: Path, store: Store) -> None:
        store.rate(make_rating("a", note="x"))
        store.rate(make_rating("b", note="x"))
        store.begin(make_record())
        with by_hand(path) as file:
            file.execute("UPDATE ratings SET note = ? WHERE id = 'a'", ("red \x1b[31malert\u202e",))
            file.execute("UPDATE ratings SET note = CAST(x'61ff62' AS TEXT) WHERE id = 'b'")
            file.execute("UPDATE sessions SET title = ?", ("\x1b]0;mine\x07",))
        assert {rating.note for rating in store.ratings()} == {"red [31malert", "a\ufffdb"}
        assert store.sessions()[0].title == "]0;mine"

    def test_the_tables_themselves_refuse_a_score_of_eleven(self, path: Path, store: Store) -> None:
        store.rate(make_rating())
        with by_hand(path) as file:
            file.execute("PRAGMA ignore_check_constraints = OFF")
            for score in (11, -1, 3.5, "x"):
                with pytest.raises(sqlite3.IntegrityError):
                    file.execute("UPDATE ratings SET score = ?", (score,))
