"""``trainer export``: everything, whole, private, and text that stays text."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diaries import by_hand, make_rating, make_record, reopened
from tests.verbs import fill, run, start
from trainer.core.errors import StoreError, TrainerError, UsageError
from trainer.core.rating import Moment
from trainer.export import ratings_csv
from trainer.paths import Folders, find_folders
from trainer.verbs import export, history, trend


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


class TestExport:
    def test_what_waits_beside_the_diary_is_said_not_to_be_in_it(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(folders)
        folders.config.mkdir()
        (folders.config / "unsaved-x.jsonl").touch()
        assert run(export, folders) == 0
        out, err = capsys.readouterr()
        assert len(json.loads(out)["sessions"]) == 3
        assert f"What waits in {folders.config}" in err

    def test_json_holds_everything_once(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        fill(folders)
        run(export, folders)
        everything = json.loads(capsys.readouterr().out)
        run(history, folders, "--json")
        assert everything["schema"] == "joint-trainer/1"
        assert everything["sessions"] == json.loads(capsys.readouterr().out)[::-1]
        assert [rating["id"] for rating in everything["ratings"]] == [
            "b0",
            "a0",
            "b1",
            "a1",
            "b2",
            "a2",
            "own",
        ]
        assert everything["ratings"][-1]["note"] == '=HYPERLINK("x")'
        assert list(everything["ratings"][0]) == [
            "id",
            "at",
            "moment",
            "activity",
            "knee",
            "score",
            "note",
            "session",
        ]

    def test_an_empty_diary_is_empty_lists(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        run(export, folders, "--format", "json")
        assert json.loads(capsys.readouterr().out) == {
            "schema": "joint-trainer/1",
            "sessions": [],
            "ratings": [],
            "events": [],
            "freezes": [],
            "trials": [],
        }
        run(export, folders, "--format", "csv")
        assert capsys.readouterr().out == "id,at,moment,activity,knee,score,note,session\n"

    def test_csv_keeps_what_looks_like_a_formula_as_text(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(folders)
        run(export, folders, "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
        assert rows[-1]["note"] == '\'=HYPERLINK("x")'
        assert (rows[-1]["score"], rows[1]["score"]) == ("0", "")

    @given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30))
    def test_csv_gives_every_note_back(self, note: str) -> None:
        (row,) = csv.DictReader(io.StringIO("".join(ratings_csv([make_rating(note=note)]))))
        assert not row["note"].startswith(("=", "+", "-", "@"))
        assert row["note"].removeprefix("'") == note

    def test_a_file_is_private_and_whole(self, folders: Folders, tmp_path: Path) -> None:
        fill(folders)
        run(export, folders, "-o", str(tmp_path / "all.json"))
        assert len(json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["sessions"]) == 3
        if os.name == "posix":
            assert stat.S_IMODE((tmp_path / "all.json").stat().st_mode) == 0o600

    def test_pandas_reads_every_type_right(self, folders: Folders, tmp_path: Path) -> None:
        pandas = pytest.importorskip("pandas")
        fill(folders)
        with reopened(folders.database) as store:
            for place, begins in enumerate("=+-@"):
                store.rate(make_rating(f"f{place}", place, note=f"{begins}1+1"))
        for of in ("ratings", "sessions"):
            run(export, folders, "--format", "csv", "--of", of, "-o", str(tmp_path / of))
        ratings = pandas.read_csv(tmp_path / "ratings", dtype={"score": "Int64"})
        assert str(ratings["score"].dtype) == "Int64"
        assert (ratings["score"].isna().sum(), ratings["score"].min()) == (3, 0)
        assert str(pandas.to_datetime(ratings["at"], utc=True).dt.tz) == "UTC"
        texts = ratings["note"].dropna().tolist()
        assert [type(text) for text in texts] == [str] * 5
        assert {text[:2] for text in texts} == {"'=", "'+", "'-", "'@"}
        sessions = pandas.read_csv(tmp_path / "sessions")
        kinds = {name: sessions[name].dtype.kind for name in ("planned_s", "moved_s", "speed", "drills_done")}
        assert kinds == {"planned_s": "f", "moved_s": "f", "speed": "f", "drills_done": "i"}

    def test_entries_that_make_no_sense_are_told_on_stderr(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(folders)
        with by_hand(folders.database) as file:
            file.execute("UPDATE ratings SET score = 11 WHERE id = 'own'")
        run(export, folders)
        out, err = capsys.readouterr()
        assert len(json.loads(out)["ratings"]) == 6
        assert err == "trainer: 1 damaged entry made no sense and was left out.\n"

    def test_mistakes_are_one_sentence(self, folders: Folders, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="not a format"):
            run(export, folders, "--format", "xml")
        for place in (tmp_path / "no" / "such.json", tmp_path, Path("\0")):
            with pytest.raises(StoreError, match="could not be written"):
                run(export, folders, "-o", str(place))

    def test_a_diary_that_cannot_be_read_is_told(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        folders.data.mkdir()
        folders.database.write_text("my diary")
        for verb in (export, history, trend):
            with pytest.raises(StoreError, match="not a database"):
                run(verb, folders)
        assert capsys.readouterr().out == ""

    @pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX")
    def test_a_reader_that_goes_early_leaves_no_traceback(self, folders: Folders) -> None:
        with reopened(folders.database) as store:
            for number in range(300):
                store.rate(make_rating(f"r{number}", note="x" * 1000))
        read, write = os.pipe()
        os.close(read)
        gone = start(folders, "export", stdout=write)
        os.close(write)
        _, complaint = gone.communicate()
        assert (gone.returncode, complaint) == (0, b"")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
    def test_a_full_disk_behind_stdout_is_told(self, folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            monkeypatch.setattr(sys, "stdout", full)
            with pytest.raises(TrainerError, match="no space left"):
                run(export, folders)
            monkeypatch.undo()
            # What is still in the buffer would fail once more when it is closed.
            os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())

    @pytest.mark.skipif(os.name != "posix", reason="locales of POSIX")
    def test_data_is_utf8_in_every_locale_and_text_never_breaks(self, folders: Folders) -> None:
        with reopened(folders.database) as store:
            store.rate(make_rating(note="süß"))
            store.begin(make_record(at=datetime.now(UTC)))
            store.rate(make_rating("b", moment=Moment.BEFORE, at=datetime.now(UTC), session="s1"))
        ascii_only = {
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONIOENCODING": "ascii",
        }
        for verb, expected in (("export", "süß"), ("history", "right 4 ? ?"), ("trend", "Too early")):
            said, complaint = start(folders, verb, environ=ascii_only).communicate()
            assert expected in said.decode("utf-8")
            assert complaint == b""
