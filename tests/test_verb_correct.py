"""``trainer correct``, ``delete``, ``undo``, ``deleted`` and ``restore``: one line each, nothing lost on a mistake."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.diaries import NOON, by_hand, make_rating, make_record, reopened
from tests.test_import import exported
from tests.verbs import fill, run
from trainer.core.errors import UsageError
from trainer.core.happening import Event, Freeze
from trainer.paths import Folders, find_folders
from trainer.store import Store
from trainer.store.happenings import save
from trainer.verbs import correct, delete, deleted, history, restore, undo


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


@pytest.fixture
def filled(folders: Folders) -> Folders:
    fill(folders)
    with reopened(folders.database) as store:
        store.rate(make_rating("0123456789abcdef", 3, at=NOON + timedelta(days=6), note="stiff"))
        store.rate(make_rating("01234567ffffffff", 4, at=NOON - timedelta(days=6)))
    return folders


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


class TestHistory:
    def test_ratings_are_a_line_each_with_an_id_that_finds_them(
        self, filled: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(history, filled, "--ratings", "--limit", "2")
        assert said(capsys) == (
            "012345678  2026-10-08 12:00  right   3  now      stiff\n"
            'own        2026-10-07 12:00  right   0  now      stairs  =HYPERLINK("x")\n'
        )
        run(history, filled, "--ratings", "--json")
        ratings = json.loads(said(capsys))
        assert (len(ratings), ratings[0]["id"], ratings[-1]["at"]) == (
            9,
            "0123456789abcdef",
            "2026-09-26T12:00:00+02:00",
        )

    def test_an_empty_diary_says_so(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        run(history, folders, "--ratings")
        run(history, folders, "--ratings", "--json")
        assert said(capsys) == "No ratings yet.\n[]\n"
        assert not folders.database.exists()


class TestCorrect:
    def test_everything_said_of_a_rating_can_be_corrected_and_taken_back(
        self, filled: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = exported(filled)
        words = ["--score", "skip", "--note", "", "--knee", "left", "--moment", "morning", "--activity", "stairs-down"]
        assert run(correct, filled, "012345678", *words, "--at", "2026-10-06T08:00+02:00") == 0
        assert said(capsys) == (
            "Corrected: left knee not answered (morning), 2026-10-06 08:00. trainer undo takes it back.\n"
        )
        with Store.open(filled.database) as store:
            found = store.find_rating("0123456789abcdef")
        assert found is not None
        assert (found.score, found.note, found.activity) == (None, None, "stairs-down")
        run(undo, filled)
        assert said(capsys) == "As it was before: right knee 3, 2026-10-08 12:00.\n"
        assert exported(filled) == before

    def test_a_session_can_be_moved_and_has_no_score(self, filled: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        run(correct, filled, "s1", "--at", "2026-10-01T07:00+02:00")
        assert said(capsys).startswith("Corrected: Knee neighbours, 2026-10-01 07:00 with 2 ratings.")
        with pytest.raises(UsageError, match="its time or its drills"):
            run(correct, filled, "s1", "--score", "3")

    def test_a_drill_of_a_session_is_put_right_and_taken_back(
        self, filled: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = exported(filled)
        run(correct, filled, "s1", "--drill", "1", "--outcome", "hurt", "--side", "left")
        assert said(capsys).startswith("Corrected: ankle-circles left: hurt, Knee neighbours, 2026-10-03 12:00 with 2")
        run(correct, filled, "s1", "--drill", "ankle-circles", "--outcome", "hurt")
        assert said(capsys).startswith("It says so already: ankle-circles left: hurt, Knee neighbours")
        run(undo, filled)
        assert said(capsys) == "As it was before: Knee neighbours, 2026-10-03 12:00 with 2 ratings.\n"
        assert exported(filled) == before

    def test_what_changes_nothing_says_so(self, filled: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        run(correct, filled, "own", "--score", "0")
        assert said(capsys).startswith("It says so already: right knee 0")
        run(undo, filled)
        assert said(capsys) == "Nothing was corrected or deleted in the last 30 days.\n"

    @pytest.mark.parametrize(
        ("words", "complaint"),
        [
            (["own"], "what to correct"),
            (["own", "--score", "11"], "whole number from 0 to 10"),
            (["own", "--knee", "both"], "not a knee"),
            (["own", "--drill", "1", "--outcome", "done"], "A rating has no drills"),
            (["s1", "--drill", "1"], "--drill goes with --outcome or --side"),
            (["s1", "--side", "left"], "--drill goes with --outcome or --side"),
            (["s1", "--drill", "1", "--outcome", "well"], "--outcome needs done, skipped, hurt, not 'well'"),
            (
                ["s1", "--drill", "2", "--outcome", "done"],
                r"'2' is none of its drills. It has 1 ankle-circles \(both\)",
            ),
            (["own", "--moment", "noon"], "not a moment"),
            (["own", "--at", "yesterday"], "not a date and time"),
            (["own", "--at", "9998-01-01T00:00"], "has not come yet"),
            (["own", "--note", "\x1b[2J"], "control characters"),
            (["0123456", "--score", "1"], "Several ids"),
            (["nobody", "--score", "1"], "nothing with the id"),
            (["\x1b", "--score", "1"], r"nothing with the id '\\x1b'"),
        ],
    )
    def test_a_mistake_is_one_sentence_and_changes_nothing(
        self, filled: Folders, words: list[str], complaint: str
    ) -> None:
        before = exported(filled)
        with pytest.raises(UsageError, match=complaint):
            run(correct, filled, *words)
        assert exported(filled) == before


class TestDelete:
    def test_there_and_back(self, filled: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        before = exported(filled)
        run(delete, filled, "own")
        run(delete, filled, "s2")
        assert said(capsys) == (
            "Deleted: right knee 0, 2026-10-07 12:00. trainer undo brings it back.\n"
            "Deleted: Knee neighbours, 2026-10-04 12:00 with 2 ratings. trainer undo brings it back.\n"
        )
        run(deleted, filled)
        until = f"{datetime.now().astimezone() + timedelta(days=30):%Y-%m-%d}"
        assert said(capsys) == (
            f"s2   session  Knee neighbours, 2026-10-04 12:00 with 2 ratings  (until {until})\n"
            f"own  rating   right knee 0, 2026-10-07 12:00  (until {until})\n"
            "trainer restore ID brings one back.\n"
        )
        run(deleted, filled, "--json")
        session, rating = json.loads(said(capsys))
        assert (session["what"], session["id"], len(session["was"]["ratings"])) == ("session", "s2", 2)
        assert (rating["what"], rating["was"]["note"]) == ("rating", '=HYPERLINK("x")')
        assert list(rating) == ["what", "id", "deleted_at", "until", "was"]
        run(restore, filled, "own")
        assert said(capsys) == "Brought back: right knee 0, 2026-10-07 12:00.\n"
        run(undo, filled)
        assert said(capsys) == "Brought back: Knee neighbours, 2026-10-04 12:00 with 2 ratings.\n"
        assert exported(filled) == before

    def test_events_and_days_off_are_named_too(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        with reopened(folders.database) as store:
            save(store, Event("event", NOON.date(), "new shoes"), Freeze("freeze", NOON.date(), NOON.date()))
        run(delete, folders, "event")
        run(delete, folders, "freeze")
        out = said(capsys)
        assert "Deleted: 'new shoes', 2026-10-02." in out
        assert "Deleted: days off from 2026-10-02 to 2026-10-02." in out
        run(deleted, folders, "--json")
        assert [one["was"].get("words") for one in json.loads(said(capsys))] == ["", "new shoes"]

    def test_what_is_not_there_is_said(self, filled: Folders) -> None:
        for verb in (delete, restore):
            with pytest.raises(UsageError, match="nothing with the id 'nobody'"):
                run(verb, filled, "nobody")

    def test_an_empty_diary_has_nothing_deleted_and_none_is_made(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(deleted, folders)
        run(deleted, folders, "--json")
        assert said(capsys) == "Nothing was deleted in the last 30 days.\n[]\n"
        assert not folders.database.exists()

    def test_an_entry_that_makes_no_sense_can_go_too(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with reopened(folders.database) as store:
            store.begin(make_record())
        with by_hand(folders.database) as file:
            file.execute("UPDATE sessions SET title = CAST('x' AS BLOB)")
        run(delete, folders, "s1")
        assert said(capsys).startswith("Deleted: an entry that makes no sense.")
