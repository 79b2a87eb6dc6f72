"""Backups: made whole or not at all, kept by the rule, put back without losing what they replace."""

from __future__ import annotations

import json
import os
import re
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diaries import NOON, by_hand, make_rating, make_record, reopened
from tests.verbs import run
from trainer.core.errors import StoreError, UsageError
from trainer.core.happening import Event
from trainer.paths import Folders, find_folders
from trainer.store import Diary, copying, schema
from trainer.store.backups import (
    DAYS,
    MONTHS,
    OCCASIONS,
    WEEKS,
    Backup,
    Reason,
    back_up,
    back_up_daily,
    backup_from,
    backup_name,
    kept,
    list_backups,
    newest_good,
)
from trainer.store.faults import DamagedError
from trainer.store.happenings import save
from trainer.store.restoring import restore
from trainer.verbs import backup as verb

POSIX = pytest.mark.skipif(os.name != "posix", reason="rights and locks of POSIX")
TIMES = st.integers(0, 10 * 366 * 86400).map(lambda s: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
MADE = st.builds(
    lambda at, reason, place: Backup(backup_name(at, reason, place), at, reason),
    TIMES,
    st.sampled_from(Reason),
    st.integers(1, 3),
)

NEXT = schema.LATEST + 1


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


@pytest.fixture
def path(folders: Folders) -> Path:
    """A diary with one session and one rating."""
    with reopened(folders.database) as store:
        store.begin(make_record())
        store.rate(make_rating(note="first"))
    return folders.database


def notes(path: Path) -> list[str | None]:
    with reopened(path) as store:
        return [rating.note for rating in store.ratings()]


def spoil(path: Path) -> bytes:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    path.write_bytes(data)
    return bytes(data)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


class TestNames:
    @given(TIMES, st.sampled_from(Reason), st.integers(1, 30))
    def test_a_name_tells_when_and_what_for(self, at: datetime, reason: Reason, place: int) -> None:
        found = backup_from(backup_name(at, reason, place))
        assert found is not None
        assert (found.at, found.reason) == (at.replace(microsecond=0), reason)

    @pytest.mark.parametrize(
        "name",
        ["notes.txt", "trainer-20261302T103000Z-daily.db", "trainer-00010101T000000Z-daily.db ", "x" * 300, "\n"],
    )
    def test_other_files_are_no_backups(self, name: str) -> None:
        assert backup_from(name) is None

    def test_names_sort_as_time_does_in_whatever_zone(self) -> None:
        later = NOON.astimezone(UTC) + timedelta(minutes=30)
        assert backup_name(NOON, Reason.DAILY) < backup_name(later, Reason.DAILY)


class TestKept:
    @given(st.lists(MADE, max_size=120))
    def test_the_rule_by_another_way(self, made: list[Backup]) -> None:
        names = kept(made)
        assert kept([backup for backup in made if backup.name in names]) == names
        assert {backup.name for backup in made if backup.reason is Reason.DAMAGED} <= names
        copies = sorted({b for b in made if b.reason is not Reason.DAMAGED}, key=lambda b: (b.at, b.name))
        for count, period in (
            (DAYS, lambda at: at.date()),
            (WEEKS, lambda at: at.isocalendar()[:2]),
            (MONTHS, lambda at: (at.year, at.month)),
        ):
            last = sorted({period(backup.at) for backup in copies})[-count:]
            for wanted in last:
                assert max((b for b in copies if period(b.at) == wanted), key=lambda b: (b.at, b.name)).name in names
        copied = {b.name for b in copies}
        assert len(names & copied) <= DAYS + WEEKS + MONTHS + OCCASIONS
        assert len(names & {b.name for b in copies if b.reason is Reason.DAILY}) <= DAYS + WEEKS + MONTHS

    def test_years_of_days_leave_a_week_a_month_and_a_year(self) -> None:
        days = [NOON + timedelta(days=number) for number in range(800)]
        made = [Backup(backup_name(at, Reason.DAILY), at, Reason.DAILY) for at in days]
        names = kept(made)
        left = sorted(backup.at for backup in made if backup.name in names)
        assert left[-DAYS:] == days[-DAYS:]
        assert days[-1] - left[0] > timedelta(days=300)
        assert len(left) <= DAYS + WEEKS + MONTHS


class TestMade:
    def test_a_day_has_one_and_an_empty_diary_none(self, folders: Folders, path: Path) -> None:
        assert back_up_daily(path, NOON) is not None
        assert back_up_daily(path, NOON + timedelta(hours=3)) is None
        assert back_up_daily(path, NOON + timedelta(days=1)) is not None
        assert len(names(folders.backups)) == 2
        fresh = folders.data / "other" / "trainer.db"
        assert back_up_daily(fresh, NOON) is None
        reopened(fresh).close()
        assert back_up_daily(fresh, NOON) is None
        assert not (fresh.parent / "backups").exists()

    def test_a_diary_of_events_alone_is_not_empty(self, folders: Folders) -> None:
        fresh = folders.data / "other" / "trainer.db"
        with reopened(fresh) as store:
            save(store, Event("e1", NOON.date(), "new shoes"))
        assert back_up_daily(fresh, NOON) is not None

    def test_a_copy_is_whole_and_stands_alone(self, folders: Folders, path: Path) -> None:
        made = back_up(path, Reason.ASKED, NOON)
        copy = folders.backups / made.name
        with by_hand(copy) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert copying.counted(copy) == (1, 1)
        assert notes(copy) == ["first"]

    @POSIX
    def test_it_is_private_whatever_the_umask(self, folders: Folders, path: Path) -> None:
        before = os.umask(0)
        try:
            made = back_up(path, Reason.ASKED, NOON)
        finally:
            os.umask(before)
        assert stat.S_IMODE((folders.backups / made.name).stat().st_mode) == 0o600
        assert stat.S_IMODE(folders.backups.stat().st_mode) == 0o700

    def test_another_window_that_writes_meanwhile_does_not_hold_it_up(self, path: Path) -> None:
        with by_hand(path) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("DELETE FROM ratings")
            made = back_up(path, Reason.ASKED, NOON)
            other.execute("ROLLBACK")
        assert copying.counted(path.with_name("backups") / made.name) == (1, 1)

    def test_a_diary_that_stays_locked_is_told_and_not_waited_for(self, path: Path) -> None:
        with by_hand(path) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StoreError, match="in use by another window"):
                back_up(path, Reason.ASKED, NOON, patience_s=0)
        assert names(path.with_name("backups")) == []

    def test_two_in_one_second_are_two(self, path: Path) -> None:
        first, second = back_up(path, Reason.ASKED, NOON), back_up(path, Reason.ASKED, NOON)
        assert first.name != second.name
        assert len(list_backups(path.with_name("backups"))) == 2

    def test_a_damaged_diary_is_not_copied_and_costs_no_good_copy(self, folders: Folders, path: Path) -> None:
        good = back_up(path, Reason.DAILY, NOON)
        data = spoil(path)
        with pytest.raises(DamagedError, match="is damaged") as caught:
            back_up_daily(path, NOON + timedelta(days=1))
        assert f"trainer backup restore {good.name} brings back" in caught.value.hint
        assert names(folders.backups) == [good.name]
        assert path.read_bytes() == data

    def test_damage_that_no_reading_would_meet_is_found(self, path: Path) -> None:
        with by_hand(path) as file:
            file.execute("PRAGMA writable_schema = ON")
            file.execute(
                "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = "
                "'ratings_by_time') WHERE name = 'ratings_by_knee'"
            )
        with pytest.raises(DamagedError):
            back_up_daily(path, NOON)

    def test_a_value_that_makes_no_sense_is_no_damage(self, path: Path) -> None:
        with by_hand(path) as file:
            file.execute("UPDATE ratings SET moment = 'noon'")
        assert back_up_daily(path, NOON) is not None

    def test_a_folder_that_cannot_be_made_is_one_sentence(self, folders: Folders, path: Path) -> None:
        folders.backups.write_text("in the way")
        with pytest.raises(StoreError, match="No backup of the diary was made"):
            back_up(path, Reason.ASKED, NOON)
        assert notes(path) == ["first"]

    def test_a_full_disk_leaves_no_half_copy(
        self, folders: Folders, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(copying, "_settle", full)
        with pytest.raises(StoreError, match="no space left"):
            back_up(path, Reason.ASKED, NOON)
        assert names(folders.backups) == []

    def test_what_is_no_longer_kept_goes_and_other_files_stay(self, folders: Folders, path: Path) -> None:
        folders.backups.mkdir()
        (folders.backups / "notes.txt").write_text("mine")
        stale = folders.backups / ".0123.part"
        stale.write_text("")
        os.utime(stale, (0, 0))
        for number in range(40):
            with reopened(path) as store:
                store.rate(make_rating(f"r{number}"))
            back_up_daily(path, NOON + timedelta(days=number))
        left = names(folders.backups)
        assert "notes.txt" in left
        assert stale.name not in left
        assert DAYS < len(left) <= DAYS + WEEKS + MONTHS + 1

    def test_an_older_diary_is_backed_up_before_it_is_changed(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE more (x)",)))
        for module in ("schema", "opening"):
            monkeypatch.setattr(f"trainer.store.{module}.LATEST", NEXT)
        reopened(path).close()
        (made,) = list_backups(path.with_name("backups"))
        assert made.reason is Reason.UPGRADE
        with by_hand(path.with_name("backups") / made.name) as file:
            assert file.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)

    def test_an_upgrade_without_room_for_a_backup_goes_on_and_says_so(
        self, folders: Folders, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folders.backups.write_text("in the way")
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE more (x)",)))
        monkeypatch.setattr(schema, "LATEST", NEXT)
        monkeypatch.setattr("trainer.store.opening.LATEST", NEXT)
        with reopened(path) as store:
            assert store.notice is not None
            assert store.notice.startswith("No backup of the diary was made")
            assert len(store.ratings()) == 1

    def test_the_app_hears_of_it(self, folders: Folders, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folders.backups.write_text("in the way")
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE more (x)",)))
        for module in ("schema", "opening"):
            monkeypatch.setattr(f"trainer.store.{module}.LATEST", NEXT)
        faults: list[StoreError] = []
        diary = Diary(lambda: reopened(path), fault=faults.append)
        assert len(diary.read(lambda store: store.ratings(), ())) == 1
        diary.close()
        (told,) = faults
        assert told.message.startswith("No backup of the diary was made")

    def test_a_damaged_older_diary_is_not_upgraded(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        data = spoil(path)
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE more (x)",)))
        monkeypatch.setattr(schema, "LATEST", NEXT)
        monkeypatch.setattr("trainer.store.opening.LATEST", NEXT)
        with pytest.raises(DamagedError):
            reopened(path)
        assert path.read_bytes() == data


class TestRestored:
    def test_it_comes_back_and_what_it_replaced_is_kept(self, path: Path) -> None:
        good = back_up(path, Reason.ASKED, NOON)
        with reopened(path) as store:
            store.rate(make_rating("r2", note="second", at=NOON + timedelta(days=1)))
        before = restore(path, good.name, NOON)
        assert notes(path) == ["first"]
        assert before is not None
        assert before.reason is Reason.RESTORE
        restore(path, before.name, NOON)
        assert notes(path) == ["second", "first"]

    @pytest.mark.parametrize("content", [b"dear diary", b"", b"SQLite format 3\0" + b"x" * 5000, None])
    def test_whatever_lies_there_is_set_aside_unchanged(self, path: Path, content: bytes | None) -> None:
        good = back_up(path, Reason.ASKED, NOON)
        data = spoil(path) if content is None else content
        path.write_bytes(data)
        has_journal = not data.startswith(b"SQLite")  # else SQLite sees that there is nothing in it
        path.with_name("trainer.db-journal").write_bytes(b"lone" if has_journal else b"")
        before = restore(path, good.name, NOON)
        assert notes(path) == ["first"]
        assert before is not None
        assert before.reason is Reason.DAMAGED
        assert (path.with_name("backups") / before.name).read_bytes() == data
        if has_journal:
            assert (path.with_name("backups") / f"{before.name}-journal").read_bytes() == b"lone"

    def test_a_missing_diary_and_a_folder_in_its_place(self, path: Path) -> None:
        good = back_up(path, Reason.ASKED, NOON)
        path.unlink()
        assert restore(path, good.name, NOON) is None
        path.unlink()
        path.mkdir()
        (path / "inside").write_text("mine")
        before = restore(path, good.name, NOON)
        assert before is not None
        assert (path.with_name("backups") / before.name / "inside").read_text() == "mine"
        assert notes(path) == ["first"]

    def test_one_of_a_newer_version_is_set_aside_too(self, path: Path) -> None:
        good = back_up(path, Reason.ASKED, NOON)
        with by_hand(path) as file:
            file.execute("PRAGMA user_version = 99")
        before = restore(path, good.name, NOON)
        assert before is not None
        assert before.reason is Reason.DAMAGED

    def test_a_damaged_or_newer_backup_is_refused(self, path: Path) -> None:
        bad, newer = back_up(path, Reason.ASKED, NOON), back_up(path, Reason.ASKED, NOON)
        folder = path.with_name("backups")
        spoil(folder / bad.name)
        with by_hand(folder / newer.name) as file:
            file.execute("PRAGMA user_version = 99")
        before = path.read_bytes()
        with pytest.raises(StoreError, match=f"The backup {bad.name} is damaged"):
            restore(path, bad.name, NOON)
        with pytest.raises(StoreError, match="newer version"):
            restore(path, newer.name, NOON)
        assert path.read_bytes() == before
        assert newest_good(folder) is None

    @POSIX
    def test_while_another_window_is_open_nothing_is_restored(self, path: Path) -> None:
        good = back_up(path, Reason.ASKED, NOON)
        before = path.read_bytes()
        with reopened(path), pytest.raises(StoreError, match="in use by another window"):
            restore(path, good.name, NOON)
        assert path.read_bytes() == before
        restore(path, good.name, NOON)

    @pytest.mark.parametrize(
        "name", ["../trainer.db", "", "/etc/passwd", "trainer-20200101T000000Z-daily.db", "\x1b[2J"]
    )
    def test_only_what_is_in_the_list_can_be_restored(self, path: Path, name: str) -> None:
        with pytest.raises(UsageError, match="There is no backup called"):
            restore(path, name, NOON)

    def test_one_that_has_to_go_for_what_it_replaces_is_restored_all_the_same(self, path: Path) -> None:
        good = back_up(path, Reason.ASKED, NOON)
        with reopened(path) as store:
            store.rate(make_rating("r2", note="second", at=NOON + timedelta(days=1)))
        for minute in range(1, OCCASIONS):
            back_up(path, Reason.ASKED, NOON + timedelta(minutes=minute))
        restore(path, good.name, NOON + timedelta(hours=1))
        assert good.name not in names(path.with_name("backups"))
        assert notes(path) == ["first"]

    @pytest.mark.parametrize("is_damaged", [False, True])
    def test_where_there_is_no_room_nothing_is_replaced_or_moved(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, is_damaged: bool
    ) -> None:
        good = back_up(path, Reason.ASKED, NOON)
        before = spoil(path) if is_damaged else path.read_bytes()

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(copying, "_settle", full)
        with pytest.raises(StoreError, match="no space left"):
            restore(path, good.name, NOON)
        assert path.read_bytes() == before
        assert names(path.with_name("backups")) == [good.name]


class TestVerb:
    def test_list_tells_what_each_holds(self, folders: Folders, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        run(verb, folders)
        assert "No backups yet" in capsys.readouterr().out
        assert run(verb, folders, "now") == 0
        assert capsys.readouterr().out.startswith("Backed up: ")
        bad = back_up(path, Reason.DAILY, NOON)
        spoil(folders.backups / bad.name)
        run(verb, folders, "list")
        out = capsys.readouterr().out.splitlines()
        assert any(line.endswith("  1 session, 1 rating") for line in out)
        assert sum(line.endswith("  damaged") for line in out) == 1
        run(verb, folders, "list", "--json")
        rows = json.loads(capsys.readouterr().out)
        assert {(row["reason"], row["sound"], row["ratings"]) for row in rows} == {
            ("asked", True, 1),
            ("daily", False, None),
        }

    def test_restore_says_where_the_rest_is(
        self, folders: Folders, path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        good = back_up(path, Reason.ASKED, NOON)
        assert run(verb, folders, "restore", good.name) == 0
        assert f"Restored: {good.name}. What was there is kept as trainer-" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("restore",), "Which backup?"),
            (("list", "x"), "Only restore takes"),
            (("now", "x"), "Only restore takes"),
            (("mend",), "nothing to do with backups"),
        ],
    )
    def test_mistakes_are_one_sentence(self, folders: Folders, words: tuple[str, ...], said: str) -> None:
        with pytest.raises(UsageError, match=re.escape(said)):
            run(verb, folders, *words)

    def test_there_must_be_a_diary(self, folders: Folders) -> None:
        with pytest.raises(UsageError, match="no diary yet"):
            run(verb, folders, "now")
        assert not folders.data.exists()
