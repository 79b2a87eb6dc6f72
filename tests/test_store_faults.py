"""What goes wrong with the file is one sentence; the file is private; its cost does not grow with history."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.diaries import BOTH_DONE, NOON, by_hand, fill, fixed_now, make_rating, make_record, reopened
from trainer.core.errors import StoreError
from trainer.core.rating import Moment
from trainer.core.record import Status
from trainer.core.side import Side
from trainer.store import Store
from trainer.store.faults import RefusedError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "trainer.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, patience_s=0, now=fixed_now) as store:
        yield store


class TestFaults:
    def test_another_window_writing_is_told(self, path: Path, store: Store) -> None:
        with by_hand(path) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="in use by another window") as caught:
                store.rate(make_rating())
        assert caught.value.hint
        store.rate(make_rating())

    def test_a_full_disk_is_told_and_leaves_what_was_there(self, store: Store) -> None:
        store.rate(make_rating())
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="disk is full"):
            fill_up(store)
        assert store.last_rating() is not None
        assert not store._connection.in_transaction

    def test_a_file_that_turned_read_only_is_told(self, store: Store) -> None:
        store._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError, match="read but not written"):
            store.rate(make_rating())
        assert store.ratings() == ()

    def test_a_damaged_file_is_told(self, path: Path, store: Store) -> None:
        store.close()
        with by_hand(path) as file:
            pages = file.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'ratings'").fetchall()
        data = bytearray(path.read_bytes())
        for (page,) in pages:
            data[4096 * (page - 1) : 4096 * page] = b"\x5a" * 4096
        path.write_bytes(data)
        with reopened(path) as damaged, pytest.raises(StoreError, match="damaged"):
            damaged.ratings()

    def test_a_folder_that_cannot_be_made_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(StoreError, match="could not be opened"):
            Store.open(tmp_path / "file" / "trainer.db")

    def test_a_folder_in_the_place_of_the_file_is_told(self, path: Path) -> None:
        path.mkdir(parents=True)
        with pytest.raises(StoreError, match="is no file"):
            Store.open(path)

    def test_a_value_that_does_not_fit_is_told_apart(self, store: Store) -> None:
        with pytest.raises(RefusedError):
            store.begin(replace(make_record(), planned_s=float("nan")))

    def test_a_mistake_of_ours_is_not_told_as_a_fault_of_the_disk(self, store: Store) -> None:
        caught: list[BaseException] = []

        def from_elsewhere() -> None:
            try:
                store.rate(make_rating())
            except sqlite3.ProgrammingError as error:
                caught.append(error)

        thread = threading.Thread(target=from_elsewhere)
        thread.start()
        thread.join()
        assert len(caught) == 1

    @pytest.mark.parametrize("content", [b"dear diary", b"\x00" * 5000, b"SQLite format 2\0" + b"x" * 100])
    def test_a_file_that_is_no_database_is_refused_and_left_alone(self, path: Path, content: bytes) -> None:
        path.parent.mkdir()
        path.write_bytes(content)
        with pytest.raises(StoreError, match="not a database"):
            Store.open(path)
        assert path.read_bytes() == content
        assert list(path.parent.iterdir()) == [path]

    def test_a_header_with_nothing_sound_behind_it_is_refused_and_left_alone(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
        with pytest.raises(StoreError, match="is not a diary"):
            Store.open(path)
        assert path.read_bytes() == b"SQLite format 3\0" + b"x" * 5000


def fill_up(store: Store) -> None:
    for number in range(1000):
        store.rate(make_rating(f"more{number}", note="x" * 2000))


@pytest.mark.skipif(os.name != "posix", reason="rights of others are a matter of POSIX")
class TestPrivate:
    def test_file_journal_and_folder_are_private_whatever_the_umask(self, path: Path) -> None:
        before = os.umask(0)
        try:
            store = reopened(path)
            store._connection.execute("BEGIN IMMEDIATE")
            store._connection.execute("DELETE FROM ratings")
            store._connection.execute("CREATE TABLE noise (x)")
            modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}
            store._connection.execute("ROLLBACK")
            store.close()
        finally:
            os.umask(before)
        assert modes == {"trainer.db": 0o600, "trainer.db-journal": 0o600}
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    def test_what_was_open_to_others_is_tightened(self, path: Path) -> None:
        reopened(path).close()
        path.chmod(0o644)
        path.parent.chmod(0o755)
        reopened(path).close()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


QUESTIONS: dict[str, Callable[[Store], object]] = {
    "last session": lambda store: store.last_session(),
    "ten sessions": lambda store: store.sessions(limit=10),
    "last rating": lambda store: store.last_rating(),
    "last rating of a knee": lambda store: store.last_rating(Side.LEFT),
    "ten ratings": lambda store: store.ratings(limit=10),
    "ten ratings after sessions": lambda store: store.ratings(moment=Moment.AFTER, limit=10),
    "ten mornings": lambda store: store.ratings(moment=Moment.MORNING, limit=10),
    "ten ratings of a knee": lambda store: store.ratings(knee=Side.LEFT, limit=10),
    "ten mornings of a knee": lambda store: store.ratings(knee=Side.LEFT, moment=Moment.MORNING, limit=10),
    "ten just now of a knee": lambda store: store.ratings(knee=Side.LEFT, moment=Moment.NOW, limit=10),
    "begin": lambda store: store.begin(make_record("new")),
    "keep": lambda store: store.keep("new", 1, BOTH_DONE, 1.0),
    "end": lambda store: store.end("new", Status.FINISHED, NOON, 1.0),
    "rate": lambda store: store.rate(make_rating("new", session="new")),
    "close open sessions": lambda store: store.close_open_sessions(),
}


def steps(store: Store, question: Callable[[Store], object]) -> int:
    """Instructions of SQLite's machine that a question takes."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    store._connection.set_progress_handler(step, 1)
    question(store)
    store._connection.set_progress_handler(None, 1)
    return count


@pytest.mark.parametrize("right_score", [None, 5])
def test_no_question_and_no_write_costs_more_after_years(tmp_path: Path, right_score: int | None) -> None:
    """The histories are the worst that an index must jump over: much of what is nearly, but not quite, asked for."""
    counts: list[dict[str, int]] = []
    for years, sessions in (("few", 20), ("many", 2000)):
        path = tmp_path / years / "trainer.db"
        with reopened(path) as store:
            fill(path, sessions)
            with by_hand(path) as file:
                file.execute("UPDATE ratings SET score = ?", (right_score,))
                file.execute(
                    """
                    INSERT INTO ratings
                    SELECT 'left ' || id, at, at_us, 'morning', NULL, 'left', NULL, NULL, NULL, NULL FROM ratings
                    """
                )
            counts.append({name: steps(store, question) for name, question in QUESTIONS.items()})
    few, many = counts
    assert all(few.values())
    assert {name: many[name] for name in many if many[name] > few[name] * 1.5 + 20} == {}
