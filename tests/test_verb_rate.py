"""``trainer rate``: on the disk, said in one line, quick, and a mistake is one sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diaries import NOON, by_hand, reopened
from tests.verbs import run, start
from trainer.core.errors import StoreError, UsageError
from trainer.core.rating import Moment
from trainer.core.side import Affected, Side
from trainer.core.typed import read_time
from trainer.paths import Folders, find_folders, unsaved
from trainer.settings import Settings, write_settings
from trainer.store import Diary
from trainer.store.faults import DamagedError
from trainer.verbs import rate, saving


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


class TestRate:
    def test_a_rating_is_saved_and_said_in_one_line(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        words = [
            "4",
            "--knee",
            "right",
            "--moment",
            "morning",
            "--activity",
            "stairs-down",
            "--note",
            "a bit stiff",
        ]
        assert run(rate, folders, *words, "--at", "2026-10-02T08:00+02:00") == 0
        out, err = capsys.readouterr()
        assert (out, err) == ("Saved: right knee 4, moderate (morning), 2026-10-02 08:00.\n", "")
        with reopened(folders.database) as store:
            (saved,) = store.ratings()
        assert (saved.score, saved.knee, saved.moment) == (4, Side.RIGHT, Moment.MORNING)
        assert (saved.activity, saved.note, saved.session) == ("stairs-down", "a bit stiff", None)
        assert saved.at == datetime(2026, 10, 2, 6, 0, tzinfo=UTC)

    def test_without_a_time_it_is_now_with_the_local_offset(self, folders: Folders) -> None:
        before = datetime.now(UTC)
        run(rate, folders, "0", "--knee", "left")
        with reopened(folders.database) as store:
            (saved,) = store.ratings()
        assert before <= saved.at <= datetime.now(UTC)
        assert saved.moment is Moment.NOW
        assert saved.at.utcoffset() == datetime.now().astimezone().utcoffset()

    def test_a_time_without_an_offset_is_local(self, folders: Folders) -> None:
        run(rate, folders, "3", "--knee", "left", "--at", "2026-01-05T08:00")
        with reopened(folders.database) as store:
            (saved,) = store.ratings()
        assert saved.at == datetime(2026, 1, 5, 8, 0).astimezone()

    def test_skip_is_no_answer(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        run(rate, folders, "skip", "--knee", "left", "--at", "2026-10-02T08:00")
        assert capsys.readouterr().out == "Saved: left knee asked, not answered, 2026-10-02 08:00.\n"
        with reopened(folders.database) as store:
            assert store.ratings()[0].score is None

    def test_the_affected_knee_goes_without_saying(self, folders: Folders) -> None:
        write_settings(folders.settings, Settings(affected_knee=Affected.LEFT))
        run(rate, folders, "3")
        with reopened(folders.database) as store:
            assert store.ratings()[0].knee is Side.LEFT

    @pytest.mark.parametrize("settings", [Settings(), Settings(affected_knee=Affected.BOTH)])
    def test_of_two_knees_one_must_be_named(self, folders: Folders, settings: Settings) -> None:
        write_settings(folders.settings, settings)
        with pytest.raises(UsageError, match="--knee left or --knee right"):
            run(rate, folders, "3")
        assert not folders.data.exists()

    @pytest.mark.parametrize("score", [str(n) for n in range(11)])
    def test_every_score_of_the_scale_is_taken(self, score: str) -> None:
        assert rate.read_score(score) == int(score)

    @given(
        st.text(max_size=60).filter(
            lambda text: text not in {"skip", *map(str, range(11)), *(f"0{n}" for n in range(10))}
        )
    )
    def test_no_other_score_is(self, text: str) -> None:
        with pytest.raises(UsageError) as caught:
            rate.read_score(text)
        assert str(caught.value).isprintable()

    @pytest.mark.parametrize(
        "words",
        [
            ("--knee", "both"),
            ("--knee", ""),
            ("--knee", "\x1b[2J"),
            ("--moment", "noon"),
            ("--note", "two\nlines"),
            ("--note", "\x1b]0;x\x07"),
            ("--activity", "\x07"),
            ("--at", "yesterday"),
            ("--at", "2026-10-02"),
            ("--at", "2026-13-02T08:00"),
            ("--at", "0001-01-01T00:00"),
            ("--at", "9999-12-31T23:59+14:00"),
            ("--at", ""),
            ("--at", "\ud8002026"),
        ],
    )
    def test_a_mistake_is_one_sentence_and_nothing_is_saved(
        self, folders: Folders, capsys: pytest.CaptureFixture[str], words: tuple[str, str]
    ) -> None:
        with pytest.raises(UsageError) as caught:
            run(rate, folders, "3", "--knee", "right", *words)
        assert str(caught.value).isprintable()
        assert str(caught.value).endswith(".")
        assert capsys.readouterr().out == ""
        if folders.database.exists():
            with reopened(folders.database) as store:
                assert store.ratings() == ()

    def test_the_future_is_refused_but_for_the_day_that_clocks_and_zones_differ(self) -> None:
        assert read_time("2026-10-03T11:59+02:00", NOON).day == 3
        with pytest.raises(UsageError, match="has not come yet"):
            read_time("2026-10-03T12:01+02:00", NOON)

    @given(st.text(max_size=40))
    def test_no_time_breaks_it(self, text: str) -> None:
        try:
            assert read_time(text, NOON).tzinfo is not None
        except UsageError as error:
            assert str(error).isprintable()  # noqa: PT017

    def test_nothing_slow_is_imported(self, folders: Folders) -> None:
        _, modules = start(folders, "rate", "4", "--knee", "right", environ={"TELL": "1"}).communicate()
        loaded = set(modules.decode().split())
        assert "sqlite3" in loaded
        assert loaded & {"textual", "rich", "yaml", "pydantic", "platformdirs", "miniaudio", "json", "csv"} == set()


def scores(folders: Folders) -> list[int | None]:
    with reopened(folders.database) as store:
        return [rating.score for rating in store.ratings()]


class TestWhereTheDiaryCannotBeWritten:
    @pytest.fixture(autouse=True)
    def in_no_time(self, folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("SOON_S", "PATIENCE_S", "LOOK_S"):
            monkeypatch.setattr(saving, name, 0.0)
        run(rate, folders, "1", "--knee", "right", "--at", "2026-10-01T08:00")

    @pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
    def test_it_is_kept_beside_and_the_next_rating_takes_it_in(
        self, folders: Folders, capsys: pytest.CaptureFixture[str], lock: str
    ) -> None:
        with by_hand(folders.database) as other:
            other.execute(f"BEGIN {lock}")
            assert run(rate, folders, "4", "--knee", "right", "--at", "2026-10-02T08:00") == 0
            other.execute("ROLLBACK")
        out, err = capsys.readouterr()
        assert "Kept, and not in the diary yet: right knee 4, moderate, 2026-10-02 08:00.\n" in out
        assert "Saved: right knee 4" not in out
        (kept,) = unsaved(folders)
        assert "waiting up to" in err
        assert str(kept) in err
        assert kept.stat().st_mode & 0o777 == 0o600
        assert scores(folders) == [1]
        run(rate, folders, "5", "--knee", "right", "--at", "2026-10-03T08:00")
        said = "Saved: right knee 5, moderate, 2026-10-03 08:00. 1 entry that had waited went in too.\n"
        assert capsys.readouterr() == (said, "")
        assert sorted(map(str, scores(folders))) == ["1", "4", "5"]
        assert unsaved(folders) == []

    def test_the_next_start_of_the_app_takes_it_in(self, folders: Folders) -> None:
        with by_hand(folders.database) as other:
            other.execute("BEGIN IMMEDIATE")
            run(rate, folders, "4", "--knee", "right")
        diary = Diary(lambda: reopened(folders.database), beside=folders.beside)
        diary.close_open_sessions()
        assert diary.close()
        assert sorted(map(str, scores(folders))) == ["1", "4"]

    def test_who_lets_go_meanwhile_is_waited_for(
        self, folders: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with by_hand(folders.database) as other:
            other.execute("BEGIN IMMEDIATE")
            retry, tries = Diary.retry, count()

            def retry_later(diary: Diary) -> bool:
                if next(tries) == 3:
                    other.rollback()
                return retry(diary)

            monkeypatch.setattr(Diary, "retry", retry_later)
            monkeypatch.setattr(saving, "PATIENCE_S", 1e9)
            assert run(rate, folders, "4", "--knee", "right", "--at", "2026-10-02T08:00") == 0
        assert capsys.readouterr().out.splitlines()[-1] == "Saved: right knee 4, moderate, 2026-10-02 08:00."
        assert scores(folders) == [4, 1]
        assert unsaved(folders) == []

    def test_who_stops_waiting_loses_nothing(
        self, folders: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stop(_: Diary) -> bool:
            raise KeyboardInterrupt

        tries = iter([Diary.retry, stop, Diary.retry])

        def retry(diary: Diary) -> bool:
            return next(tries)(diary)

        monkeypatch.setattr(Diary, "retry", retry)
        with by_hand(folders.database) as other:
            other.execute("BEGIN IMMEDIATE")
            assert run(rate, folders, "4", "--knee", "right") == 0
        assert "Kept" in capsys.readouterr().out
        assert len(unsaved(folders)) == 1

    def test_a_damaged_diary_is_left_as_it_is_and_told(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folders.database.write_text("dear diary")
        capsys.readouterr()
        with pytest.raises(DamagedError, match="is not a database") as caught:
            run(rate, folders, "4", "--knee", "right")
        assert f"The rating is kept in {unsaved(folders)[0]}" in caught.value.hint
        assert capsys.readouterr() == ("", "")
        assert folders.database.read_text() == "dear diary"
        folders.database.unlink()
        run(rate, folders, "5", "--knee", "right")
        assert sorted(map(str, scores(folders))) == ["4", "5"]

    def test_what_is_nowhere_on_the_disk_is_not_said_to_be(
        self, folders: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        capsys.readouterr()
        monkeypatch.setattr("trainer.store.beside.Beside.keep", lambda *_: False)
        with by_hand(folders.database) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="in use by another window") as caught:
                run(rate, folders, "4", "--knee", "right")
        assert "Not saved: right knee 4" in caught.value.hint
        assert "kept" not in str(caught.value)
        assert capsys.readouterr() == ("", "")

    def test_words_that_are_not_plain_are_not_kept_either(self, folders: Folders) -> None:
        with by_hand(folders.database) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(UsageError):
                run(rate, folders, "4", "--knee", "right", "--note", "\x1b[2J")
        assert unsaved(folders) == []
