"""Every diary that was ever written is still read; one that is not ours, or is newer, is refused and left alone."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.diaries import by_hand, make_rating, reopened
from trainer.core.errors import StoreError
from trainer.core.rating import Moment, Rating
from trainer.core.record import Outcome, Result, SessionRecord, Status
from trainer.core.side import Side
from trainer.store import schema

FIXTURES = Path(__file__).parent / "fixtures"
SUMMER = timezone(timedelta(hours=2))
EIGHT = datetime(2026, 10, 2, 8, 0, tzinfo=SUMMER)
BEFORE = Rating("r1", EIGHT, Moment.BEFORE, Side.RIGHT, 5, None, None, "s1")
AFTER = Rating("r2", EIGHT + timedelta(minutes=10, milliseconds=250), Moment.AFTER, Side.RIGHT, None, None, None, "s1")
MORNING = Rating("r3", EIGHT + timedelta(days=1), Moment.MORNING, Side.LEFT, 0, "stairs-down", "süß, it's fine", None)
SESSION = SessionRecord(
    "s1",
    "knee-neighbours",
    "Knee neighbours",
    EIGHT,
    EIGHT + timedelta(minutes=10),
    Status.STOPPED,
    612.0,
    41.5,
    1.0,
    (
        Outcome("ankle-circles", Side.LEFT, Result.DONE, 6, 6),
        Outcome("ankle-circles", Side.RIGHT, Result.HURT, 2, 6),
    ),
    (BEFORE, AFTER),
)


def lay_out(path: Path, version: int) -> None:
    """Makes the diary as that version wrote it."""
    path.parent.mkdir(exist_ok=True)
    with by_hand(path) as file:
        file.executescript((FIXTURES / f"schema_v{version}.sql").read_text(encoding="utf-8"))


def tables(path: Path) -> set[tuple[str, str]]:
    """Names and definitions of tables and indexes, whatever their layout."""
    with by_hand(path) as file:
        rows = file.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {(name, "".join(sql.split())) for name, sql in rows}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "trainer.db"


def test_every_version_has_its_fixture() -> None:
    found = sorted(file.name for file in FIXTURES.glob("schema_v*.sql"))
    assert found == [f"schema_v{version}.sql" for version in range(1, schema.LATEST + 1)]


@pytest.mark.parametrize("version", range(1, schema.LATEST + 1))
def test_a_diary_of_every_version_is_read_whole_and_written_on(path: Path, version: int) -> None:
    lay_out(path, version)
    with reopened(path) as store:
        assert store.sessions() == (SESSION,)
        assert store.ratings() == (MORNING, AFTER, BEFORE)
        assert list(store.every_session()) == [SESSION]
        assert list(store.every_rating()) == [BEFORE, AFTER, MORNING]
        store.rate(make_rating("new"))
        assert store.unreadable == 0
    with reopened(path) as store:
        assert len(store.ratings()) == 4


@pytest.mark.parametrize("version", range(1, schema.LATEST + 1))
def test_an_upgraded_diary_has_the_tables_of_a_new_one(tmp_path: Path, path: Path, version: int) -> None:
    lay_out(path, version)
    reopened(path).close()
    fresh = tmp_path / "fresh" / "trainer.db"
    reopened(fresh).close()
    assert tables(path) == tables(fresh)
    with by_hand(fresh) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (schema.LATEST,)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_newer_diary_is_refused_in_one_sentence_and_left_alone(path: Path) -> None:
    lay_out(path, schema.LATEST)
    with by_hand(path) as file:
        file.execute(f"PRAGMA user_version = {schema.LATEST + 1}")
    path.chmod(0o644)
    before = (path.read_bytes(), path.stat().st_mode)
    with pytest.raises(StoreError, match="newer version of the trainer") as caught:
        reopened(path)
    assert "Update the trainer" in caught.value.hint
    assert (path.read_bytes(), path.stat().st_mode) == before


def test_the_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with by_hand(path) as file:
        file.execute("CREATE TABLE bookmarks (url)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not this program's"):
        reopened(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_diary(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with reopened(path) as store:
        store.rate(make_rating())


def test_a_step_that_fails_leaves_the_diary_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(path, schema.LATEST)
    broken = ("ALTER TABLE ratings ADD COLUMN mood TEXT", "CREATE TABLE ratings (x)")
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    monkeypatch.setattr(schema, "LATEST", schema.LATEST + 1)
    with pytest.raises(StoreError):
        reopened(path)
    monkeypatch.undo()
    with reopened(path) as store:
        assert store.sessions() == (SESSION,)
    assert "mood" not in str(tables(path))


def test_two_windows_opening_a_new_diary_at_once_make_it_once(path: Path) -> None:
    reopened(path).close()
    path.unlink()
    path.touch()
    first, second = (sqlite3.connect(path, isolation_level=None, timeout=0) for _ in range(2))
    assert schema.version(second) == 0
    schema.migrate(first)
    schema.migrate(second)
    assert schema.version(second) == schema.LATEST
    first.close()
    second.close()


def test_a_migrated_session_can_be_corrected(path: Path) -> None:
    lay_out(path, 1)
    with reopened(path) as store:
        store.rate(replace(AFTER, score=3))
        (record,) = store.sessions()
    assert [rating.score for rating in record.ratings] == [5, 3]
