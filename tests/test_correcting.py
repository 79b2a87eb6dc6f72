"""Edits and deletions: undone exactly, brought back to their place, removed for good after 30 days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diaries import BOTH_DONE, NOON, by_hand, fixed_now, make_rating, make_record, reopened
from tests.test_import import everything, memory
from trainer.core.correction import Act, What, corrected
from trainer.core.errors import UsageError
from trainer.core.happening import Event, Freeze
from trainer.core.record import Outcome, Result, Status
from trainer.core.side import Side
from trainer.store import Store
from trainer.store.correcting import (
    MOST_AT_ONCE,
    correct,
    correct_session,
    delete,
    find_item,
    forget,
    list_deleted,
    restore,
    undo,
)
from trainer.store.happenings import list_events, list_freezes, save
from trainer.store.naming import find, short
from trainer.store.traces import earlier


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "trainer.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with reopened(path) as store:
        store.begin(make_record())
        store.keep("s1", 1, BOTH_DONE, 20.0)
        for name, score in (("a", 4), ("b", 2), ("c", None)):
            store.rate(make_rating(name, score, session="s1" if name != "c" else None))
        yield store


def later(path: Path, days: float) -> Store:
    return Store.open(path, now=lambda: fixed_now() + timedelta(days=days))


class TestEdits:
    def test_what_an_edit_replaced_comes_back(self, store: Store) -> None:
        before = everything(store)
        act = correct(store, "a", lambda rating: replace(rating, score=None, note="wrong key", knee=Side.LEFT))
        assert act == Act(1, What.RATING, "a", is_deletion=False)
        found = store.find_rating("a")
        assert found == replace(make_rating("a", None, session="s1"), note="wrong key", knee=Side.LEFT)
        assert undo(store) == act
        assert everything(store) == before
        assert undo(store) is None

    def test_an_edit_of_the_time_moves_it_in_the_order(self, store: Store) -> None:
        other_clock = NOON.astimezone(timezone(timedelta(hours=-5))) - timedelta(days=1)
        correct(store, "b", lambda rating: replace(rating, at=other_clock))
        assert [rating.id for rating in store.ratings()] == ["c", "a", "b"]
        assert [rating.id for rating in store.ratings(since=NOON)] == ["c", "a"]
        undo(store)
        assert [rating.id for rating in store.ratings()] == ["c", "b", "a"]

    def test_an_edit_that_changes_nothing_is_none(self, store: Store) -> None:
        assert correct(store, "a", lambda rating: rating) is None
        assert correct_session(store, "s1", started_at=NOON) is None
        assert undo(store) is None

    def test_a_session_moves_with_its_end(self, store: Store) -> None:
        store.end("s1", Status.FINISHED, NOON + timedelta(minutes=10), 20.0)
        before = everything(store)
        correct_session(store, "s1", started_at=NOON - timedelta(days=1))
        (record,) = store.sessions()
        assert (record.started_at, record.ended_at) == tuple(
            NOON - timedelta(days=1) + timedelta(minutes=minutes) for minutes in (0, 10)
        )
        assert store.sessions(since=NOON) == ()
        undo(store)
        assert everything(store) == before

    def test_drills_and_time_of_a_session_are_one_edit(self, store: Store) -> None:
        skipped = Outcome("toe-splay", Side.LEFT, Result.SKIPPED, 1, 8, "no-time")
        store.keep("s1", 4, skipped, 20.0)
        before = everything(store)
        drills = {0: partial(corrected, side=Side.LEFT), 1: partial(corrected, result=Result.DONE)}
        act = correct_session(store, "s1", started_at=NOON - timedelta(hours=1), drills=drills)
        assert act == Act(1, What.SESSION, "s1", is_deletion=False)
        (record,) = store.sessions()
        assert record.started_at == NOON - timedelta(hours=1)
        assert record.outcomes == (
            replace(BOTH_DONE, side=Side.LEFT),
            Outcome("toe-splay", Side.LEFT, Result.DONE, 8, 8, None),
        )
        assert undo(store) == act
        assert everything(store) == before
        assert correct_session(store, "s1", drills={1: partial(corrected, result=Result.SKIPPED)}) is None
        with pytest.raises(UsageError, match="no such drill"):
            correct_session(store, "s1", started_at=NOON, drills={2: corrected})
        assert everything(store) == before

    def test_a_late_writing_leaves_a_corrected_drill_and_writes_the_others(self, store: Store) -> None:
        correct_session(store, "s1", drills={0: partial(corrected, result=Result.HURT)})
        store.keep("s1", 1, BOTH_DONE, 20.0)
        store.keep("s1", 11, BOTH_DONE, 20.0)
        store.keep("s1", 11, replace(BOTH_DONE, reps_done=2), 20.0)
        hurt = replace(BOTH_DONE, result=Result.HURT)
        assert store.sessions()[0].outcomes == (hurt, replace(BOTH_DONE, reps_done=2))
        undo(store)
        store.keep("s1", 1, replace(BOTH_DONE, reps_done=3), 20.0)
        assert store.sessions()[0].outcomes[0] == replace(BOTH_DONE, reps_done=3)
        correct_session(store, "s1", drills={1: partial(corrected, result=Result.HURT)})
        store.keep("s1", 1, replace(BOTH_DONE, reps_done=4), 20.0)  # whose number is the beginning of the other's
        assert store.sessions()[0].outcomes[0] == replace(BOTH_DONE, reps_done=4)

    def test_the_same_written_again_does_not_undo_an_edit(self, store: Store) -> None:
        correct(store, "a", lambda rating: replace(rating, score=9))
        correct_session(store, "s1", started_at=NOON + timedelta(hours=1))
        after = everything(store)
        store.rate(make_rating("a", 4, session="s1"))
        store.begin(replace(make_record(), moved_s=20.0))
        assert everything(store) == after

    def test_a_note_that_is_no_plain_text_is_refused(self, store: Store) -> None:
        before = everything(store)
        with pytest.raises(UsageError, match="control characters"):
            correct(store, "a", lambda rating: replace(rating, note="\x1b"))
        assert everything(store) == before
        assert undo(store) is None

    def test_what_is_not_there_cannot_be_edited(self, store: Store) -> None:
        delete(store, What.RATING, "a")
        for name in ("a", "z"):
            with pytest.raises(UsageError, match="not there any more"):
                correct(store, name, lambda rating: replace(rating, score=1))
        with pytest.raises(UsageError):
            correct_session(store, "s2", started_at=NOON)


class TestDeletions:
    def test_a_deleted_rating_is_nowhere_and_comes_back_to_its_place(self, store: Store) -> None:
        before = everything(store)
        delete(store, What.RATING, "b")
        assert [rating.id for rating in store.ratings()] == ["c", "a"]
        assert [rating.id for rating in store.sessions()[0].ratings] == ["a"]
        assert [rating.id for rating in store.every_rating()] == ["a", "c"]
        assert store.find_rating("b") is None
        assert store.last_rating() == make_rating("a", 4, session="s1")
        assert (store.count_entries(), len(store.entries(0, 9))) == (3, 3)
        (gone,) = list_deleted(store)
        assert (gone.what, gone.item, gone.at) == (What.RATING, make_rating("b", 2, session="s1"), fixed_now())
        assert gone.until == fixed_now() + timedelta(days=30)
        undo(store)
        assert everything(store) == before
        assert list_deleted(store) == ()

    def test_a_session_takes_its_ratings_along_and_brings_them_back(self, store: Store) -> None:
        before = everything(store)
        delete(store, What.SESSION, "s1")
        assert store.sessions() == ()
        assert [rating.id for rating in store.ratings()] == ["c"]
        (gone,) = list_deleted(store)
        assert gone.what is What.SESSION
        assert [rating.id for rating in store.ratings()] == ["c"]
        assert isinstance(gone.item, type(make_record()))
        assert ([rating.id for rating in gone.item.ratings], gone.item.outcomes) == (["a", "b"], (BOTH_DONE,))
        restore(store, What.SESSION, "s1")
        assert everything(store) == before
        assert undo(store) is None

    def test_a_rating_deleted_before_its_session_stays_deleted(self, path: Path, store: Store) -> None:
        delete(store, What.RATING, "a")
        with later(path, 1) as tomorrow:
            delete(tomorrow, What.SESSION, "s1")
            assert [one.item.id for one in list_deleted(tomorrow)] == ["s1", "a"]
            restore(tomorrow, What.SESSION, "s1")
            assert [rating.id for rating in tomorrow.ratings()] == ["c", "b"]
            restore(tomorrow, What.RATING, "a")
            assert [rating.id for rating in tomorrow.ratings()] == ["c", "b", "a"]

    def test_a_session_that_still_runs_may_be_written_on_and_stays_deleted(self, store: Store) -> None:
        delete(store, What.SESSION, "s1")
        store.keep("s1", 2, BOTH_DONE, 40.0)
        store.end("s1", Status.FINISHED, NOON, 40.0)
        store.begin(make_record())
        store.rate(make_rating("a", 4, session="s1"))
        assert (store.sessions(), len(store.ratings())) == ((), 1)
        store.end("s1", Status.FINISHED, NOON, 40.0)
        undo(store)
        (record,) = store.sessions()
        assert (record.status, record.outcomes, len(record.ratings)) == (Status.FINISHED, (BOTH_DONE, BOTH_DONE), 2)

    def test_twice_is_refused(self, store: Store) -> None:
        delete(store, What.RATING, "a")
        with pytest.raises(UsageError, match="not there any more"):
            delete(store, What.RATING, "a")
        restore(store, What.RATING, "a")
        with pytest.raises(UsageError, match="not among the deleted"):
            restore(store, What.RATING, "a")
        assert undo(store) is None

    def test_events_and_freezes_too(self, store: Store) -> None:
        event, freeze = Event("e", date(2026, 10, 2), "new shoes"), Freeze("f", date(2026, 10, 2))
        save(store, event, freeze)
        delete(store, What.EVENT, "e")
        delete(store, What.FREEZE, "f")
        assert {one.item for one in list_deleted(store)} == {event, freeze}
        assert (find_item(store, What.EVENT, "e"), find_item(store, What.FREEZE, "f")) == (None, None)
        undo(store)
        undo(store)
        assert (list_events(store), list_freezes(store)) == ((event,), (freeze,))


class TestTwoWindows:
    def test_each_undoes_its_own(self, path: Path, store: Store) -> None:
        mine = delete(store, What.RATING, "a")
        with reopened(path) as other:
            delete(other, What.RATING, "b")
        assert undo(store, mine.number) == mine
        assert [rating.id for rating in store.ratings()] == ["c", "a"]

    def test_an_edit_under_a_newer_one_is_not_undone(self, path: Path, store: Store) -> None:
        mine = correct(store, "a", lambda rating: replace(rating, score=9))
        assert mine is not None
        with reopened(path) as other:
            theirs = delete(other, What.RATING, "a")
        with pytest.raises(UsageError, match="changed again since"):
            undo(store, mine.number)
        undo(store, theirs.number)
        undo(store, mine.number)
        assert store.find_rating("a") == make_rating("a", 4, session="s1")

    def test_what_the_other_undid_is_not_undone_twice(self, path: Path, store: Store) -> None:
        mine = delete(store, What.RATING, "a")
        with reopened(path) as other:
            undo(other)
        assert undo(store, mine.number) is None

    def test_an_edit_changes_only_what_it_says(self, path: Path, store: Store) -> None:
        with reopened(path) as other:
            correct(other, "a", lambda rating: replace(rating, note="theirs"))
        correct(store, "a", lambda rating: replace(rating, score=9))
        found = store.find_rating("a")
        assert found is not None
        assert (found.score, found.note) == (9, "theirs")


class TestByHand:
    @pytest.mark.parametrize("was", [11, "", "[]", "[3]", '{"at": 3}', '{"at": "noon"}', b"\xff"])
    def test_an_edit_that_makes_no_sense_is_told_and_changes_nothing(
        self, path: Path, store: Store, was: object
    ) -> None:
        correct(store, "a", lambda rating: replace(rating, score=9))
        before = everything(store)
        with by_hand(path) as file:
            file.execute("UPDATE changes SET was = ?", (was,))
        with pytest.raises(UsageError, match="makes no sense"):
            undo(store)
        assert everything(store) == before
        rating = store.find_rating("a")
        assert rating is not None
        assert list(earlier(store, rating)) == []

    def test_an_act_upon_nothing_that_is_known_is_told(self, path: Path, store: Store) -> None:
        delete(store, What.RATING, "a")
        with by_hand(path) as file:
            file.execute("UPDATE changes SET what = 'rafing'")
        with pytest.raises(UsageError, match="makes no sense"):
            undo(store)

    @pytest.mark.parametrize("us", ["soon", b"", 2**62])
    def test_what_was_deleted_at_no_time_is_left_out_and_counted(self, path: Path, store: Store, us: object) -> None:
        delete(store, What.RATING, "a")
        delete(store, What.RATING, "b")
        with by_hand(path) as file:
            file.execute("UPDATE ratings SET deleted_us = ? WHERE id = 'a'", (us,))
        assert [one.item.id for one in list_deleted(store)] == ["b"]
        assert store.unreadable == 1


class TestForGood:
    @pytest.mark.parametrize(("days", "stays"), [(29.99, True), (30.01, False)])
    def test_after_thirty_days_nothing_is_left_but_the_ids(
        self, path: Path, store: Store, days: float, stays: bool
    ) -> None:
        correct(store, "c", lambda rating: replace(rating, note="secret"))
        delete(store, What.SESSION, "s1")
        with later(path, days) as then:
            then.close_open_sessions()
            assert bool(list_deleted(then)) is stays
        with by_hand(path) as file:
            counts = [
                file.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("sessions", "outcomes", "ratings", "changes", "gone")
            ]
        assert counts == ([1, 1, 3, 2, 0] if stays else [0, 0, 1, 0, 3])

    def test_it_is_written_over_in_the_file(self, path: Path, store: Store) -> None:
        store.rate(make_rating("d", note="very private"))
        delete(store, What.RATING, "d")
        assert b"very private" in path.read_bytes()
        with later(path, 31) as then:
            then.rows("PRAGMA secure_delete = OFF")  # as some builds of SQLite have it
            forget(then)
        assert b"very private" not in path.read_bytes()

    def test_what_was_removed_does_not_come_back_by_being_written_again(self, path: Path, store: Store) -> None:
        delete(store, What.SESSION, "s1")
        with later(path, 31) as then:
            forget(then)
            then.begin(make_record())
            then.rate(make_rating("a", 4, session="s1"))
            assert (then.sessions(), len(then.ratings())) == ((), 1)

    def test_one_start_removes_a_bounded_number(self, store: Store) -> None:
        with store.writing() as write:
            for number in range(MOST_AT_ONCE + 1):
                values = (f"x{number}", NOON.isoformat(), 1, number)
                write("INSERT INTO ratings VALUES (?, ?, ?, 'now', NULL, 'left', 1, NULL, NULL, ?)", values)
        forget(store)
        assert len(store.rows("SELECT 1 FROM ratings WHERE deleted_us IS NOT NULL")) == 1
        forget(store)
        assert store.rows("SELECT 1 FROM ratings WHERE deleted_us IS NOT NULL") == []
        assert len(store.ratings()) == 3

    def test_a_clock_set_back_removes_nothing_early(self, path: Path, store: Store) -> None:
        delete(store, What.RATING, "a")
        with later(path, -400) as then:
            forget(then)
            assert len(list_deleted(then)) == 1


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "delete", "session", "move", "drill"]), st.sampled_from("abc"), st.integers(0, 10)
    ),
    max_size=12,
)


@settings(deadline=None)
@given(STEPS)
def test_undoing_all_gives_the_diary_back_byte_for_byte(steps: list[tuple[str, str, int]]) -> None:
    with memory() as store:
        store.begin(make_record())
        for place in range(3):
            store.keep("s1", 2 * place, replace(BOTH_DONE, result=list(Result)[place]), 5.0)
        for number, name in enumerate("abc"):
            # Several at the same second: their order must stay too.
            at = NOON + timedelta(seconds=number // 2)
            store.rate(make_rating(name, number, at=at, session="s1" if name == "a" else None))
        before = everything(store)
        ids = [rating.id for rating in store.every_rating()]
        for kind, name, value in steps:
            try:
                match kind:
                    case "edit":
                        correct(store, name, partial(replace, score=value, at=NOON + timedelta(hours=value - 5)))
                    case "delete":
                        delete(store, What.RATING, name)
                    case "session":
                        delete(store, What.SESSION, "s1")
                    case "move":
                        correct_session(store, "s1", started_at=NOON + timedelta(minutes=value))
                    case "drill":
                        result, side = list(Result)[value % 3], list(Side)[value // 3 % 3]
                        correct_session(store, "s1", drills={value % 3: partial(corrected, result=result, side=side)})
            except UsageError:
                continue
        while undo(store):
            pass
        assert everything(store) == before
        assert [rating.id for rating in store.every_rating()] == ids
        assert list_deleted(store) == ()


TIMES = st.lists(
    st.tuples(
        st.integers(-3, 3), st.sampled_from([-720, -60, 0, 60, 120, 840])
    ),  # seconds around one instant, offsets of clocks in minutes
    max_size=30,
)


@settings(deadline=None)
@given(TIMES)
def test_the_order_is_total_and_stable_whatever_the_clocks_did(times: list[tuple[int, int]]) -> None:
    """Travel, daylight saving and a clock set back: instants decide, ties stay in the order of writing."""
    with memory() as store:
        for number, (second, offset) in enumerate(times):
            at = (NOON + timedelta(seconds=second)).astimezone(timezone(timedelta(minutes=offset)))
            store.rate(make_rating(f"r{number}", at=at))
        expected = [f"r{n}" for n in sorted(range(len(times)), key=lambda n: times[n][0])]
        assert [rating.id for rating in store.every_rating()] == expected
        assert [rating.id for rating in store.ratings()] == expected[::-1]
        assert [entry.id for entry in store.entries(0, 99) if entry] == expected[::-1]
        pages = [store.entries(place, 7) for place in range(0, len(times), 7)]
        assert [entry.id for page in pages for entry in page if entry] == expected[::-1]
        assert [rating.at.utcoffset() for rating in store.every_rating()] == [
            timedelta(minutes=times[int(name[1:])][1]) for name in expected
        ]


class TestNames:
    def test_the_beginning_of_an_id_will_do_where_it_means_one_thing(self, store: Store) -> None:
        store.rate(make_rating("rating-1"))
        store.rate(make_rating("rating-10"))
        store.begin(make_record("0123456789abcdef"))
        assert find(store, "0123") == (What.SESSION, "0123456789abcdef")
        assert find(store, "rating-1") == (What.RATING, "rating-1")
        for start in ("rating-", "012", "zzzz", "", "0123456789abcdefg"):
            with pytest.raises(UsageError, match=r"Several ids|nothing with the id"):
                find(store, start)
        with pytest.raises(UsageError, match="nothing with the id"):
            find(store, "0123", (What.RATING,))
        delete(store, What.RATING, "rating-1")
        assert find(store, "rating-1") == (What.RATING, "rating-10")
        assert find(store, "rating-1", is_deleted=True) == (What.RATING, "rating-1")

    @pytest.mark.parametrize(
        ("among", "says"),
        [
            ((What.EVENT,), "trainer event --list tells the ids."),
            ((What.RATING, What.SESSION), "trainer history --ratings or trainer history tells the ids."),
        ],
    )
    def test_where_there_is_none_it_is_said_what_tells_them(
        self, store: Store, among: tuple[What, ...], says: str
    ) -> None:
        with pytest.raises(UsageError) as told:
            find(store, "zzzz", among)
        assert told.value.hint == says
        with pytest.raises(UsageError) as told:
            find(store, "zz", among)
        assert told.value.hint == f"Write at least its first 4 letters. {says}"
        with pytest.raises(UsageError) as told:
            find(store, "zzzz", among, is_deleted=True)
        assert told.value.hint == "trainer deleted tells the ids."

    @settings(deadline=None)
    @given(st.lists(st.text("ab", min_size=1, max_size=14), min_size=1, max_size=12, unique=True))
    def test_what_is_shown_finds_what_it_was_shown_for(self, ids: list[str]) -> None:
        with memory() as store:
            for name in ids:
                store.rate(make_rating(name))
            for name in ids:
                shown = short(store, name)
                assert name.startswith(shown)
                assert find(store, shown) == (What.RATING, name)


def test_a_rating_of_another_time_zone_keeps_its_clock_through_an_edit(store: Store) -> None:
    at = datetime.fromisoformat("2026-10-25T02:30:00+02:00")
    correct(store, "a", lambda rating: replace(rating, at=at))
    correct(store, "a", lambda rating: replace(rating, at=at.astimezone(timezone(timedelta(hours=1)))))
    undo(store)
    found = store.find_rating("a")
    assert found is not None
    assert found.at.isoformat() == "2026-10-25T02:30:00+02:00"
