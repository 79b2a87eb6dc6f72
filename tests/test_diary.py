"""While the file fails the warm-up goes on, and nothing is lost once it heals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.diaries import BOTH_DONE, NOON, by_hand, fixed_now, make_rating, make_record, reopened
from trainer.core.errors import StoreError, UsageError
from trainer.core.record import Status
from trainer.store import Diary, Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "trainer.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, patience_s=0, now=fixed_now) as store:
        yield store


def trouble(diary: Diary) -> str | None:
    return diary.problem


def waiting(diary: Diary) -> int:
    return len(diary.waiting)


class TestDiary:
    """The file fails, and heals."""

    @pytest.fixture
    def fails(self) -> list[StoreError]:
        return []

    @pytest.fixture
    def notes(self) -> list[str]:
        return []

    @pytest.fixture
    def diary(self, path: Path, fails: list[StoreError], notes: list[str]) -> Iterator[Diary]:
        def open_store() -> Store:
            if fails:
                raise fails.pop(0)
            return reopened(path)

        diary = Diary(
            open_store,
            fault=lambda error: notes.append(error.message),
            mended=lambda late: notes.append(f"{late} late"),
        )
        yield diary
        diary.close()

    def test_opens_nothing_until_something_is_asked_or_written(self, path: Path, diary: Diary) -> None:
        assert not path.exists()
        assert diary.read(lambda store: store.last_session(), None) is None
        assert path.exists()

    def test_what_failed_waits_and_is_written_in_order_with_the_next(
        self, path: Path, diary: Diary, fails: list[StoreError]
    ) -> None:
        fails += [StoreError("Full.", "Make room."), StoreError("Full."), StoreError("Full.")]
        assert not diary.begin(make_record())
        assert trouble(diary) == "Full. Make room."
        assert not diary.keep("s1", 0, BOTH_DONE, 5.0)
        assert not diary.end("s1", Status.FINISHED, NOON, 9.0)
        assert waiting(diary) == 3
        assert diary.rate(make_rating(session="s1"))
        assert waiting(diary) == 0
        assert trouble(diary) is None
        with reopened(path) as store:
            (record,) = store.sessions()
        assert (record.status, record.moved_s, len(record.outcomes), len(record.ratings)) == (
            Status.FINISHED,
            9.0,
            1,
            1,
        )

    def test_a_fault_is_noted_once_and_that_it_was_made_good(
        self, diary: Diary, fails: list[StoreError], notes: list[str]
    ) -> None:
        fails += [StoreError("Full."), StoreError("Full."), StoreError("Locked.")]
        diary.begin(make_record())
        diary.end("s1", Status.FINISHED, NOON, 9.0)
        diary.rate(make_rating())
        assert notes == ["Full.", "Locked."]
        assert diary.rate(make_rating("r2"))
        assert notes == ["Full.", "Locked.", "4 late"]
        assert diary.rate(make_rating("r3"))
        diary.read(lambda store: store.last_session(), None)
        assert len(notes) == 3

    def test_what_an_earlier_window_left_is_noted_as_made_good(self, path: Path) -> None:
        def locked() -> Store:
            raise StoreError("Locked.")

        first = Diary(locked, beside=(path.parent,))
        first.rate(make_rating())
        first.close()
        notes: list[object] = []
        then = Diary(lambda: reopened(path), beside=(path.parent,), fault=notes.append, mended=notes.append)
        then.close_open_sessions()
        then.close()
        assert notes == [1]

    def test_a_lock_in_the_middle_of_a_session_loses_nothing(self, path: Path, diary: Diary) -> None:
        assert diary.begin(make_record())
        with by_hand(path) as other:
            other.execute("BEGIN IMMEDIATE")
            assert not diary.rate(make_rating("one"))
            assert diary.problem is not None
            assert "another window" in diary.problem
            assert not diary.rate(make_rating("two", at=NOON + timedelta(seconds=1)))
        assert diary.retry()
        assert diary.read(lambda store: [rating.id for rating in store.ratings()], []) == ["two", "one"]

    def test_closing_tries_once_more_and_says_how_it_went(
        self, path: Path, diary: Diary, fails: list[StoreError]
    ) -> None:
        fails += [StoreError("Locked."), StoreError("Locked.")]
        assert not diary.rate(make_rating())
        assert not diary.close()
        assert diary.close()
        with reopened(path) as store:
            assert len(store.ratings()) == 1

    def test_a_question_that_fails_gives_what_was_asked_for_instead(
        self, diary: Diary, fails: list[StoreError]
    ) -> None:
        fails += [StoreError("Damaged.")]
        assert diary.read(lambda store: store.sessions(), ()) == ()
        assert trouble(diary) == "Damaged."
        diary.read(lambda store: store.sessions(), ())
        assert trouble(diary) is None

    def test_a_question_that_goes_well_does_not_hide_what_waits(self, diary: Diary, fails: list[StoreError]) -> None:
        fails += [StoreError("Full.")]
        diary.rate(make_rating())
        diary.read(lambda store: store.sessions(), ())
        assert trouble(diary) == "Full."

    def test_an_entry_that_never_fits_does_not_stand_in_the_way(self, diary: Diary) -> None:
        assert not diary.begin(replace(make_record(), planned_s=float("nan")))
        assert diary.problem is not None
        assert diary.waiting == ()
        assert diary.rate(make_rating())

    def test_a_note_that_is_no_plain_line_is_refused_at_once(self, diary: Diary) -> None:
        with pytest.raises(UsageError):
            diary.rate(make_rating(note="\x1b"))
        assert diary.waiting == ()

    def test_sessions_left_running_are_closed(self, diary: Diary) -> None:
        diary.begin(make_record())
        assert diary.close_open_sessions() == 1
        assert diary.read(lambda store: store.last_session(), None) == make_record(status=Status.INTERRUPTED)
