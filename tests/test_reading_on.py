"""An import of any length: read a record at a time, taken in whole or not at all, and never silent for long."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from tests.diaries import BOTH_DONE, NOON, make_rating, make_record, read_text, reopened
from tests.test_import import everything, memory
from tests.verbs import run
from trainer.core.contents import Contents
from trainer.core.errors import StoreError, UsageError
from trainer.core.rating import Rating
from trainer.export import everything_json
from trainer.importing import known, read, source, spool, stream
from trainer.importing.known import Known, Place
from trainer.importing.spool import Spool
from trainer.paths import Folders, find_folders
from trainer.store import Store
from trainer.store.taking_in import take_in
from trainer.verbs import import_
from trainer.verbs.progress import LOOK_EVERY, Watched


@pytest.fixture(scope="module")
def text() -> str:
    """A diary of thirty days, with what JSON may say in several ways."""
    with memory() as store:
        for number in range(30):
            at = NOON + timedelta(days=number)
            store.begin(make_record(f"s{number}", at=at))
            store.keep(f"s{number}", 1, BOTH_DONE, 24.0)
            for name in "ab":
                store.rate(make_rating(f"{name}{number}", at=at, session=f"s{number}", note='🦵 "]}" \\ ü'))
        return everything(store)


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 50, 1000])
def test_wherever_the_pieces_end_it_is_the_same(text: str, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_text(text)
    monkeypatch.setattr(stream, "CHUNK", chunk)
    assert len(whole.ratings) == 60
    assert read_text(text) == whole
    assert read_text("\n \n" + text.replace("{", "{\n\t ").replace(",\n", " \n ,")) == whole
    with pytest.raises(UsageError, match=r"Line 33, column 1: expecting ',' delimiter"):
        read_text(text.replace("\n],", "\n},", 1))


def test_one_record_is_held_at_a_time(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "CHUNK", 100)
    file = io.StringIO(text)
    reading = read(file)
    for _ in range(3):
        next(reading)
    assert file.tell() < len(text) // 5


def test_ratings_that_stand_in_their_session_alone_come_last() -> None:
    with memory() as store:
        store.begin(make_record())
        for name in "ab":
            store.rate(make_rating(name, session="s1"))
        (session,), ratings = store.every_session(), list(store.every_rating())
    reading = read(io.StringIO("".join(everything_json([session], ratings[1:]))))
    assert [piece.id for piece in reading] == ["s1", "b", "a"]


def test_the_lists_may_come_in_any_order(text: str) -> None:
    whole = read_text(text)
    begun, rest = text.split('\n"sessions": ', 1)
    sessions, rest = rest.split(',\n"ratings": ', 1)
    ratings, rest = rest.split(',\n"events"', 1)
    turned = f'{begun}"ratings": {ratings},\n"sessions": {sessions},\n"events"{rest}'
    assert read_text(turned) == whole


class TestBounds:
    def test_a_file_with_more_entries_than_a_life_has_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(known, "MOST", 2)
        seen = Known()
        for name in "aba":
            seen.is_new(make_rating(name), Place("Rating", 1))
        with pytest.raises(UsageError, match="Line 4: no diary has more than 2 entries"):
            seen.is_new(make_rating("c"), Place("Line", 4))

    def test_the_same_over_and_over_has_an_end_too(self, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("trainer.importing.records.MOST", 29)
        with pytest.raises(UsageError, match="Session 30: no diary has as many"):
            read_text(text)
        monkeypatch.setattr("trainer.importing.table.MOST_LINES", 3)
        with pytest.raises(UsageError, match="Line 4: no diary has as many"):
            read_text("id,at,moment,activity,knee,score,note,session\n\n\n\n")

    @pytest.mark.parametrize(("content", "words"), [(b"x\n" * 6, "Line 6"), (b"x\r" * 6, "Line 6"), (b"{" * 8, "Rec")])
    def test_what_can_be_counted_is_refused_unread(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, words: str
    ) -> None:
        monkeypatch.setattr(source, "MOST_LINES", 5)
        monkeypatch.setattr(source, "MOST_RECORDS", 7)
        monkeypatch.setattr(source, "CHUNK", 4)
        (tmp_path / "f").write_bytes(content)
        with pytest.raises(UsageError, match=f"{words}.*no diary has as many"), source.open_source(str(tmp_path / "f")):
            pass

    def test_one_record_has_an_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stream, "CHUNK", 10)
        monkeypatch.setattr(stream, "LONGEST", 100)
        begun = '{"schema": "joint-trainer/1",\n"ratings": ['
        with pytest.raises(UsageError, match="Rating 1: it is longer than any in a diary"):
            read_text(begun + '{"note": "' + "x" * 300)
        monkeypatch.setattr(stream, "MOST_INSIDE", (("[", 20),))
        with pytest.raises(UsageError, match="Rating 1: it holds more than any in a diary"):
            read_text(begun + "[" + "[]," * 60)
        with pytest.raises(UsageError, match=r"Line 2, column .*nothing but spaces"):
            read_text(begun + " " * 300)

    def test_what_is_not_utf8_is_told_with_its_line_however_far_down(self, tmp_path: Path) -> None:
        half = b"\n".join([b"\xc3\xbc" * 50_000] * 10)
        (tmp_path / "f").write_bytes(half + b"\n\n\xff")
        with source.open_source(str(tmp_path / "f")) as file, pytest.raises(UsageError, match=r"Line 12: .*not UTF-8"):
            file.read()


class TestAside:
    def test_all_of_it_comes_back_in_order_as_often_as_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spool, "IN_MEMORY", 1000)
        ratings = [make_rating(f"r{number}", note="a note") for number in range(2 * spool.TOGETHER + 5)]
        kept: Spool[Rating] = Spool()
        with kept:
            kept.fill(ratings)
            assert len(kept) == len(ratings)
            assert list(kept) == list(kept) == ratings
            kept.add(ratings[0])
            assert list(kept) == [*ratings, ratings[0]]

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
    def test_a_full_disk_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        full = Path("/dev/full").open("w+b", buffering=0)  # noqa: SIM115 (the spool closes it)
        monkeypatch.setattr("tempfile.SpooledTemporaryFile", lambda _: full)
        kept: Spool[int] = Spool()
        with kept, pytest.raises(StoreError, match="cannot hold what is read: no space left"):
            kept.fill(range(spool.TOGETHER))


class TestWhole:
    def test_what_another_window_wrote_meanwhile_is_compared_anew(self, tmp_path: Path) -> None:
        pieces = Contents((make_record(),), (make_rating(note="theirs"),)).pieces()
        with reopened(tmp_path / "trainer.db") as store, reopened(tmp_path / "trainer.db") as other:
            with pytest.raises(UsageError, match="The rating 'r1' says something else"):
                take_in(store, pieces, before=lambda: other.rate(make_rating(note="ours")))
            assert (store.sessions(), [rating.note for rating in store.ratings()]) == ((), ["ours"])

    def test_so_is_what_it_wrote_at_the_last_moment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with reopened(tmp_path / "trainer.db") as store, reopened(tmp_path / "trainer.db") as other:
            monkeypatch.setattr(store, "write_much", lambda: other.rate(make_rating(note="ours")))
            with pytest.raises(UsageError, match="The rating 'r1' says something else"):
                take_in(store, [make_rating(note="theirs")])
            assert [rating.note for rating in store.ratings()] == ["ours"]

    def test_others_may_read_while_years_are_written(self, tmp_path: Path) -> None:
        seen: list[int] = []

        class Years(list[Rating]):
            times = 0

            def __iter__(self) -> Iterator[Rating]:
                self.times += 1
                yield from (make_rating(f"r{number}", note="x" * 1900) for number in range(1500))
                if self.times > 1:
                    with reopened(tmp_path / "trainer.db") as other:
                        seen.append(len(other.ratings()))

        with reopened(tmp_path / "trainer.db") as store:
            store.rate(make_rating("old"))
            take_in(store, Years())
        assert seen == [1]

    @pytest.mark.parametrize("time_through", [1, 2])
    def test_who_stops_it_finds_the_diary_as_it_was(self, tmp_path: Path, time_through: int) -> None:
        class Stopped(list[Rating]):
            times = 0

            def __iter__(self) -> Iterator[Rating]:
                self.times += 1
                yield make_rating("a")
                if self.times == time_through:
                    raise KeyboardInterrupt
                yield make_rating("b")

        with reopened(tmp_path / "trainer.db") as store:
            store.rate(make_rating("old"))
            with pytest.raises(KeyboardInterrupt):
                take_in(store, Stopped())
            assert [rating.id for rating in store.ratings()] == ["old"]
            assert take_in(store, [make_rating("a")]).new == {"rating": 1}


class Terminal(io.StringIO):
    def __init__(self, *, is_one: bool) -> None:
        super().__init__()
        self._is_one = is_one

    def isatty(self) -> bool:
        return self._is_one


def ticking(step_s: float) -> Callable[[], float]:
    """A clock that goes on by so much whenever it is looked at."""
    return count(0.0, step_s).__next__


@pytest.mark.parametrize(("step_s", "is_told"), [(1.2, True), (0.001, False)])
def test_what_takes_longer_than_a_second_says_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, step_s: float, is_told: bool
) -> None:
    told = Terminal(is_one=True)
    monkeypatch.setattr(sys, "stderr", told)
    things = range(3 * LOOK_EVERY)
    watched = Watched(things, "Comparing", "Writing", of=len(things), clock=ticking(step_s))
    assert list(watched) == list(watched) == list(things)
    lines = [line for line in told.getvalue().split("\r\x1b[2K") if line]
    words = [
        f"trainer: {what}: {share} (ctrl+c leaves the diary as it was)"
        for what in ("Comparing", "Writing")
        for share in ("0%", "33%", "67%")
    ]
    assert lines == (words if is_told else [])
    assert not is_told or told.getvalue().endswith("\x1b[2K")


@pytest.mark.parametrize(
    ("step_s", "of", "share", "words"),
    [
        (0.5, 1000, None, ": 10%, some 9 seconds to go"),
        (0.5, None, 0.25, ": 25%, some 3 seconds to go"),
        (0.5, None, None, ": 100 entries so far"),
        (0.1, 1000, None, None),
    ],
)
def test_without_a_terminal_it_is_said_once(
    monkeypatch: pytest.MonkeyPatch, step_s: float, of: int | None, share: float | None, words: str | None
) -> None:
    told = Terminal(is_one=False)
    monkeypatch.setattr(sys, "stderr", told)
    things = range(8 * LOOK_EVERY)
    assert list(Watched(things, "Reading", of=of, share=lambda: share, clock=ticking(step_s))) == list(things)
    line = f"trainer: Reading takes a while{words} (ctrl+c leaves the diary as it was).\n"
    assert told.getvalue() == (line if words else "")


def test_it_goes_on_where_nobody_reads_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as gone:
        monkeypatch.setattr(sys, "stderr", gone)
        things = range(3 * LOOK_EVERY)
        assert list(Watched(things, "Reading", clock=ticking(1.2))) == list(things)


def test_a_source_knows_how_much_of_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "diary.csv"
    path.write_text("x" * 3 * source.CHUNK)
    with source.open_source(str(path)) as file:
        assert file.share() == 0
        file.read(source.CHUNK)
        assert 1 / 3 <= (file.share() or 0) < 1 / 2
        file.read()
        assert file.share() == 1


class TestStopped:
    @pytest.fixture
    def folders(self, tmp_path: Path) -> Folders:
        return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})

    @pytest.fixture
    def path(self, tmp_path: Path, text: str) -> str:
        (tmp_path / "diary.json").write_text(text)
        return str(tmp_path / "diary.json")

    @pytest.mark.parametrize("where", ["trainer.importing.records.rating_from", "trainer.store.taking_in.rated"])
    def test_it_says_that_nothing_was_taken_in(
        self,
        folders: Folders,
        path: str,
        where: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(where, stop)
            with pytest.raises(KeyboardInterrupt):
                run(import_, folders, path)
        assert capsys.readouterr() == ("", "trainer: Stopped: nothing was taken in.\n")
        assert run(import_, folders, path) == 0
        assert "Taken in: 30 sessions and 60 ratings." in capsys.readouterr().out

    def test_too_late_it_says_that_all_was(
        self, folders: Folders, path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Ctrl+c came while the system put the last of it on the disk."""
        writing = Store.writing

        @contextmanager
        def stopped_late(store: Store) -> Iterator[object]:
            with writing(store) as write:
                yield write
            raise KeyboardInterrupt

        monkeypatch.setattr(Store, "writing", stopped_late)
        assert run(import_, folders, path) == 0
        out, err = capsys.readouterr()
        assert "Taken in: 30 sessions and 60 ratings." in out
        assert err == ""
