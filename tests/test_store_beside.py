"""What could not be saved is kept beside the diary and taken in at the next start; damage is not written to."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.diaries import BOTH_DONE, NOON, by_hand, make_rating, make_record, reopened
from tests.test_import import OUTCOMES, RATINGS, RECORDS, SECONDS, TIMES
from tests.verbs import run
from trainer.core.errors import StoreError
from trainer.core.record import Status
from trainer.paths import Folders, find_folders
from trainer.store import Diary, Store
from trainer.store.backups import Reason, back_up, back_up_daily, list_backups
from trainer.store.entries import Entry, PhaseEnded, Rated, SessionBegan, SessionEnded, entry_from, line_of
from trainer.store.faults import DamagedError, RefusedError, told
from trainer.store.holding import hold
from trainer.store.restoring import restore
from trainer.verbs import export, history, trend

POSIX = pytest.mark.skipif(os.name != "posix", reason="rights and locks of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "trainer.db"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a sound diary with a session that was left running, and of some pages."""
    path = tmp_path_factory.mktemp("sound") / "trainer.db"
    with reopened(path) as store:
        store.begin(make_record("left running"))
        for number in range(40):
            store.rate(make_rating(f"r{number}", note="x" * 200))
    return path.read_bytes()


def opened(path: Path, *more: Path) -> Diary:
    return Diary(lambda: reopened(path), beside=(path.parent, *more), back_up=lambda: back_up_daily(path, NOON))


def files(path: Path) -> list[Path]:
    return sorted(path.parent.glob("unsaved-*"))


def train(diary: Diary) -> bool:
    diary.begin(make_record())
    diary.keep("s1", 1, BOTH_DONE, 5.0)
    diary.end("s1", Status.FINISHED, NOON + timedelta(minutes=10), 5.0)
    return diary.rate(make_rating(session="s1", note="süß"))


@pytest.mark.parametrize("is_kept", [True, False])
def test_what_no_file_keeps_is_lost_when_the_window_closes(path: Path, is_kept: bool) -> None:
    path.mkdir(parents=True)
    diary = opened(path) if is_kept else Diary(lambda: reopened(path))
    assert not diary.is_lost
    train(diary)
    assert not diary.close()
    assert diary.is_lost is not is_kept


def spoil(path: Path) -> bytes:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    path.write_bytes(data)
    return bytes(data)


def foreign(path: Path) -> None:
    with by_hand(path) as file:
        file.execute("PRAGMA application_id = 1")


def newer(path: Path) -> None:
    with by_hand(path) as file:
        file.execute("PRAGMA user_version = 99")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def cut_off(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(5000)


def flipped(path: Path) -> None:
    """A page of the ratings' table is no longer one; nothing that opening reads has changed."""
    with by_hand(path) as file:
        (page,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ratings'").fetchone()
        (size,) = file.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size] ^= 0xFF
    path.write_bytes(data)


def only_its_log(path: Path) -> None:
    path.with_name("trainer.db-wal").write_bytes(path.read_bytes())
    path.unlink()


FAULTS: list[tuple[Callable[[Path], object], str]] = [
    (spoil, "is damaged"),
    (flipped, "is damaged"),
    (cut_off, "is damaged"),
    (lambda path: path.write_bytes(b"dear diary"), "is not a database"),
    (lambda path: path.write_bytes(b"SQLite format 3\0" + b"x" * 5000), "is not a diary"),
    (lambda path: path.write_bytes(b""), "is empty, and was not always"),
    (foreign, "is a database, but not this program's"),
    (newer, "was written by a newer version"),
    (folder, "is no file"),
    (lambda path: path.unlink(), "is gone, but there are backups of it"),
    (only_its_log, "is gone, but its log trainer.db-wal is still there"),
]


def seen(path: Path) -> object:
    """All that lies in the place of the diary, to the byte."""
    there = sorted(entry for entry in path.parent.glob("trainer.db*") if entry.is_file())
    return [(entry.name, entry.read_bytes()) for entry in there]


class TestDamaged:
    @pytest.mark.parametrize(("spoil", "words"), FAULTS, ids=[words for _, words in FAULTS])
    def test_it_is_told_with_the_way_back_left_as_it_is_and_trained_on(
        self, path: Path, spoil: Callable[[Path], object], words: str
    ) -> None:
        with reopened(path) as store:
            store.rate(make_rating("old", at=NOON - timedelta(days=1)))
        good = back_up(path, Reason.ASKED, NOON - timedelta(days=1))
        spoil(path)
        before = seen(path)
        diary = opened(path)
        diary.start_day()
        diary.close_open_sessions()
        diary.read(lambda store: store.last_rating(), None)
        assert not train(diary)
        problem = diary.untold()
        assert problem is not None
        assert words in problem
        assert good.name in problem or words == "was written by a newer version"
        assert "What you do is kept in" in problem
        assert not diary.rate(make_rating("r2", at=NOON + timedelta(days=1)))
        assert diary.untold() is None
        assert not diary.close()
        assert seen(path) == before
        assert [backup.name for backup in list_backups(path.with_name("backups"))] == [good.name]
        restore(path, good.name, NOON)
        again = opened(path)
        again.start_day()
        again.close_open_sessions()
        ratings = again.read(lambda store: [rating.id for rating in store.ratings()], [])
        assert ratings == ["r2", "r1", "old"]
        assert again.read(lambda store: store.last_session(), None) is not None
        assert again.problem is None
        assert again.close()
        assert files(path) == []

    def test_a_text_file_with_a_log_beside_it_is_not_played_back_into(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_text("dear diary")
        path.with_name("trainer.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 504)
        before = seen(path)
        for attempt in (lambda: reopened(path).close(), lambda: back_up(path, Reason.ASKED, NOON)):
            with pytest.raises(StoreError, match="not a database"):
                attempt()
        assert seen(path) == before

    def test_a_journal_whose_diary_is_gone_is_kept(self, path: Path) -> None:
        reopened(path).close()
        with by_hand(path) as file:
            file.execute("PRAGMA journal_mode = PERSIST")
            file.execute("PRAGMA synchronous = OFF")
            file.execute("BEGIN IMMEDIATE")
            file.execute("INSERT INTO ratings VALUES ('r', '', 0, 'now', NULL, 'left', 1, NULL, NULL, NULL)")
            file.execute("PRAGMA cache_spill = 1")
            journal = path.with_name("trainer.db-journal").read_bytes()
            file.execute("ROLLBACK")
        path.unlink()
        path.with_name("trainer.db-journal").write_bytes(journal[:16] + b"\0\0\0\x0c" + journal[20:])
        before = seen(path)
        with pytest.raises(DamagedError, match=r"its log trainer\.db-journal is still there"):
            reopened(path)
        with pytest.raises(DamagedError):
            Store.look(path)
        assert seen(path) == before

    def test_a_first_start_that_was_cut_off_leaves_nothing_in_the_way(self, path: Path) -> None:
        path.parent.mkdir()
        path.touch()
        path.with_name("trainer.db-journal").write_bytes(b"\0" * 512)
        reopened(path).close()

    @pytest.mark.parametrize("is_sound", [True, False])
    def test_a_diary_that_is_gone_is_not_begun_anew_over_its_backups(self, path: Path, is_sound: bool) -> None:
        with reopened(path) as store:
            store.rate(make_rating("old"))
        backup = path.with_name("backups") / back_up(path, Reason.ASKED, NOON).name
        path.unlink()
        if is_sound:
            with pytest.raises(DamagedError, match=r"is gone, but there are backups of it\. .*begin anew, move"):
                reopened(path)
            assert not path.exists()
            backup.parent.rename(path.with_name("old backups"))
        else:  # there is nothing to bring back
            backup.write_bytes(b"")
        with reopened(path) as store:
            assert store.last_rating() is None

    def test_reading_verbs_make_no_diary(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        folders: Folders = find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": "c"})
        run(history, folders)
        run(export, folders)
        run(trend, folders)
        assert "No sessions yet." in capsys.readouterr().out
        assert list(tmp_path.iterdir()) == []


class TestKeptBeside:
    def test_what_another_window_held_up_is_there_at_the_next_start(self, path: Path) -> None:
        reopened(path).close()
        diary = opened(path)
        with by_hand(path) as other:
            other.execute("BEGIN IMMEDIATE")
            assert not train(diary)
            assert len(files(path)[0].read_bytes().splitlines()) == 4
            assert not diary.close()
        again = opened(path)
        assert again.close_open_sessions() == 0
        record = again.read(lambda store: store.last_session(), None)
        assert record is not None
        assert (record.status, len(record.outcomes), record.ratings[0].note) == (Status.FINISHED, 1, "süß")
        assert files(path) == []
        again.close()

    def test_it_goes_as_soon_as_all_is_in_the_diary(self, path: Path) -> None:
        reopened(path).close()
        diary = opened(path)
        with by_hand(path) as other:
            other.execute("BEGIN IMMEDIATE")
            diary.rate(make_rating())
        assert len(files(path)) == 1
        assert diary.rate(make_rating("r2"))
        assert files(path) == []
        diary.close()

    @POSIX
    def test_it_is_private_and_a_second_window_leaves_it_to_the_first(self, path: Path) -> None:
        reopened(path).close()
        first, second = opened(path), opened(path)
        with by_hand(path) as other:
            other.execute("BEGIN IMMEDIATE")
            before = os.umask(0)
            first.rate(make_rating())
            os.umask(before)
        assert stat.S_IMODE(files(path)[0].stat().st_mode) == 0o600
        second.close_open_sessions()
        second.close()
        assert len(files(path)) == 1
        assert first.close()
        assert files(path) == []

    def test_where_one_folder_fails_the_next_is_taken(self, path: Path, tmp_path: Path) -> None:
        path.parent.write_text("in the way")
        diary = opened(path, tmp_path / "state")
        assert not train(diary)
        (kept,) = (tmp_path / "state").iterdir()
        assert str(kept) in (diary.problem or "")
        diary.close()
        path.parent.unlink()
        again = opened(path, tmp_path / "state")
        again.close_open_sessions()
        assert again.read(lambda store: len(store.ratings()), 0) == 1
        again.close()

    def test_where_nothing_can_be_written_nothing_is_promised(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> int:
            raise OSError(28, "No space left on device")

        path.parent.write_text("in the way")
        diary = opened(path, path.parent.parent / "state")
        with monkeypatch.context() as patch:
            patch.setattr("trainer.store.beside.os.fsync", full)
            assert not diary.rate(make_rating())
            assert "kept" not in (diary.problem or "kept")
        assert list((path.parent.parent / "state").iterdir()) == []
        assert not diary.rate(make_rating("r2"))
        (kept,) = (path.parent.parent / "state").iterdir()
        assert len(kept.read_bytes().splitlines()) == 2
        diary.close()

    def test_half_a_line_is_no_loss_and_a_line_without_sense_is_set_aside(self, path: Path) -> None:
        path.parent.mkdir()
        good, bad, half = (path.with_name(f"unsaved-{name}.jsonl") for name in ("good", "bad", "half"))
        good.write_text(line_of(Rated(make_rating("r1"))) + "\n")
        half.write_text(line_of(Rated(make_rating("r2"))) + "\n" + line_of(Rated(make_rating("r3")))[:40])
        bad.write_text("[" * 5000 + "\n" + line_of(Rated(make_rating("r4"))) + '\n{"a": 1}\n')
        diary = opened(path)
        diary.close_open_sessions()
        assert sorted(diary.read(lambda store: [one.id for one in store.ratings()], [])) == ["r1", "r2", "r4"]
        assert [file.name for file in files(path)] == ["unsaved-bad.jsonl.unread"]
        diary.close()

    def test_what_is_longer_than_is_read_is_set_aside_and_not_lost(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path.parent.mkdir()
        lines = [line_of(Rated(make_rating(f"r{number}"))) + "\n" for number in range(3)]
        path.with_name("unsaved-long.jsonl").write_text("".join(lines))
        monkeypatch.setattr("trainer.store.beside.LARGEST", 2 * len(lines[0]))
        diary = opened(path)
        diary.close_open_sessions()
        assert [one.id for one in diary.read(lambda store: list(store.every_rating()), [])] == ["r0", "r1"]
        (kept,) = files(path)
        assert (kept.suffix, kept.read_text()) == (".unread", "".join(lines))
        diary.close()

    @pytest.mark.parametrize(
        "line",
        [
            '["PhaseEnded", "s", 99999999999999999999, 1.0, "d", "left", "done", 1, 1]',
            '["PhaseEnded", "\\ud800", 1, 1.0, "d", "left", "done", 1, 1]',
            '["SessionEnded", "s", "finished", "2026-10-02T12:00:00+02:00", NaN]',
        ],
    )
    def test_an_entry_that_fits_no_table_does_not_stand_in_the_way(self, path: Path, line: str) -> None:
        path.parent.mkdir()
        path.with_name("unsaved-x.jsonl").write_text(line + "\n")
        diary = opened(path)
        diary.begin(make_record())
        assert diary.close_open_sessions() == 1
        assert diary.close()

    def test_what_the_diary_refuses_is_set_aside_and_not_lost(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise RefusedError("An entry does not fit the diary.")

        reopened(path).close()
        line = line_of(Rated(make_rating())) + "\n"
        path.with_name("unsaved-x.jsonl").write_text(line)
        monkeypatch.setattr(Store, "rate", refuse)
        diary = opened(path)
        assert not diary.take_left()
        assert diary.waiting == ()
        (kept,) = files(path)
        assert (kept.name, kept.read_text()) == ("unsaved-x.jsonl.unread", line)
        diary.close()

    @POSIX
    def test_it_is_held_before_anything_is_in_it(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Another window would take an empty file for one that was left, and it away."""
        sizes: list[int] = []

        def watched(held: Path, *, alone: bool, patience_s: float) -> Callable[[], None]:
            sizes.append(held.stat().st_size)
            return hold(held, alone=alone, patience_s=patience_s)

        reopened(path).close()
        monkeypatch.setattr("trainer.store.beside.hold", watched)
        diary = opened(path)
        with by_hand(path) as other:
            other.execute("BEGIN IMMEDIATE")
            diary.rate(make_rating())
        assert (sizes, len(files(path))) == ([0], 1)
        diary.close()

    @given(
        st.builds(SessionBegan, RECORDS.map(lambda record: make_record(record.id, at=record.started_at)))
        | st.builds(Rated, RATINGS)
        | st.builds(PhaseEnded, st.text("ab"), st.integers(0, 99), OUTCOMES, SECONDS)
        | st.builds(SessionEnded, st.text("ab"), st.sampled_from(Status), TIMES, SECONDS)
    )
    def test_a_line_gives_its_entry_back(self, entry: Entry) -> None:
        import json

        line = line_of(entry)
        assert "\n" not in line
        assert line.isascii()
        assert repr(entry_from(json.loads(line))) == repr(entry)


class TestDay:
    def test_a_backup_that_cannot_be_made_is_told_and_stops_nothing(self, path: Path) -> None:
        with reopened(path) as store:
            store.rate(make_rating())
        path.with_name("backups").write_text("in the way")
        diary = opened(path)
        assert (diary.start_day() or "").startswith("No backup of the diary was made.")
        assert train(diary)
        assert diary.problem is None
        diary.close()

    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(
        st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8),
        st.none() | st.floats(0, 1),
    )
    def test_whatever_bytes_were_turned_it_is_found_at_the_start_or_no_damage(
        self, path: Path, sound: bytes, turned: list[tuple[float, int]], length: float | None
    ) -> None:
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir(parents=True)
        data = bytearray(sound)
        for place, value in turned:
            data[int(place * len(data))] = value
        path.write_bytes(data if length is None else data[: int(length * len(data))])
        before = path.read_bytes()
        diary = opened(path)
        diary.start_day()
        diary.close_open_sessions()
        is_saved = diary.rate(make_rating("new"))
        diary.read(lambda store: (store.sessions(), store.ratings()), None)
        diary.close()
        assert is_saved == (not files(path))
        assert is_saved or path.read_bytes() == before

    @given(st.binary(min_size=1, max_size=40))
    def test_a_schema_that_is_no_text_is_damage(self, garbage: bytes) -> None:
        with pytest.raises(DamagedError, match="is damaged"), told(Path("trainer.db")):
            (b"\xff" + garbage).decode()

    def test_damage_that_only_the_check_finds_stops_the_writing(self, path: Path) -> None:
        with reopened(path) as store:
            store.rate(make_rating())
            store.begin(make_record("left running"))
        flipped(path)
        before = path.read_bytes()
        diary = opened(path)
        assert diary.start_day() is None
        assert diary.close_open_sessions() == 0
        assert "is damaged" in (diary.problem or "")
        assert not diary.begin(make_record())
        diary.close()
        assert path.read_bytes() == before

    def test_damage_that_a_reading_meets_stops_the_writing_too(self, path: Path) -> None:
        with reopened(path) as store:
            store.rate(make_rating())
        flipped(path)
        before = path.read_bytes()
        diary = opened(path)
        diary.read(lambda store: store.ratings(), ())
        assert not diary.begin(make_record())
        diary.close()
        assert path.read_bytes() == before
