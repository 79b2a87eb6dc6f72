"""``trainer history``: JSON to the letter, a line each for a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.diaries import make_record, reopened
from tests.verbs import fill, run
from trainer.core.errors import UsageError
from trainer.paths import Folders, find_folders
from trainer.verbs import history


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


class TestHistory:
    def test_json_is_to_the_letter_and_newest_first(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        fill(folders)
        assert run(history, folders, "--json") == 0
        sessions = json.loads(capsys.readouterr().out)
        assert [session["id"] for session in sessions] == ["s2", "s1", "s0"]
        assert sessions[2] == {
            "id": "s0",
            "routine": "knee-neighbours",
            "title": "Knee neighbours",
            "started_at": "2026-10-02T12:00:00+02:00",
            "ended_at": "2026-10-02T12:10:00+02:00",
            "status": "finished",
            "planned_s": 600.0,
            "moved_s": 588.0,
            "speed": 1.0,
            "drills": [
                {
                    "drill": "ankle-circles",
                    "side": "both",
                    "outcome": "done",
                    "reps_done": 6,
                    "reps_planned": 6,
                    "reason": None,
                }
            ],
            "ratings": [
                {
                    "id": "b0",
                    "at": "2026-10-02T12:00:00+02:00",
                    "moment": "before",
                    "activity": None,
                    "knee": "right",
                    "score": 5,
                    "note": None,
                    "session": "s0",
                },
                {
                    "id": "a0",
                    "at": "2026-10-02T12:00:00+02:00",
                    "moment": "after",
                    "activity": None,
                    "knee": "right",
                    "score": None,
                    "note": None,
                    "session": "s0",
                },
            ],
        }

    def test_text_is_a_line_each(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        fill(folders)
        run(history, folders, "--limit", "1")
        assert capsys.readouterr().out == (
            "s2  2026-10-04 12:00  Knee neighbours  finished       9:48 moved  right 5 → –\n"
        )

    def test_an_empty_diary_says_so(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        run(history, folders)
        run(history, folders, "--json")
        assert capsys.readouterr().out == "No sessions yet.\n[]\n"

    def test_json_gives_all_and_text_the_latest(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        with reopened(folders.database) as store:
            for number in range(history.USUAL + 1):
                store.begin(make_record(f"s{number}"))
        run(history, folders, "--json")
        assert len(json.loads(capsys.readouterr().out)) == history.USUAL + 1
        run(history, folders)
        assert len(capsys.readouterr().out.splitlines()) == history.USUAL

    @pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", "9" * 40, "١"])
    def test_a_wrong_limit_is_one_sentence(self, folders: Folders, limit: str) -> None:
        with pytest.raises(UsageError, match="--limit needs a whole number"):
            run(history, folders, f"--limit={limit}")
