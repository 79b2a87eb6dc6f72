"""``trainer trend``: the series, the days, the knee, and colours only where they are wanted."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.diaries import BOTH_DONE, make_rating, make_record, reopened
from tests.verbs import run
from trainer.core.day import day_of
from trainer.core.errors import UsageError
from trainer.core.happening import Event, Freeze
from trainer.core.rating import Moment
from trainer.core.side import Affected, Side
from trainer.paths import Folders, find_folders
from trainer.settings import Settings, write_settings
from trainer.store.happenings import save
from trainer.verbs import trend


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


class TestTrend:
    def rate_days(self, folders: Folders, count: int, moment: Moment, knee: Side = Side.RIGHT) -> None:
        now = datetime.now().astimezone()
        with reopened(folders.database) as store:
            for ago in range(count):
                at = now - timedelta(days=ago)
                store.rate(make_rating(f"{moment}{knee}{ago}", 4 + ago % 3, at=at, knee=knee, moment=moment))

    def read(self, folders: Folders, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
        assert run(trend, folders, "--json", *words) == 0
        said = json.loads(capsys.readouterr().out)
        assert isinstance(said, dict)
        return said

    def test_too_few_ratings_leave_the_numbers_out(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        said = self.read(folders, capsys)
        names = (
            "knee",
            "series",
            "n",
            "days",
            "mean",
            "slope_per_week",
            "slope_low",
            "slope_high",
            "p",
            "verdict",
        )
        assert [said[name] for name in names] == [
            "right",
            "morning",
            0,
            0,
            None,
            None,
            None,
            None,
            None,
            "too early",
        ]
        assert "Too early" in str(said["sentence"])

    def test_mornings_come_first_and_else_what_was_rated_after(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.rate_days(folders, 20, Moment.AFTER)
        self.rate_days(folders, 60, Moment.BEFORE)
        said = self.read(folders, capsys)
        assert (said["series"], said["n"]) == ("after", 20)
        assert said["mean"] is not None
        assert said["slope_per_week"] is not None
        self.rate_days(folders, 1, Moment.MORNING)
        said = self.read(folders, capsys)
        assert (said["series"], said["n"]) == ("morning", 1)

    def test_only_the_days_asked_for_count(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        self.rate_days(folders, 100, Moment.MORNING)
        assert self.read(folders, capsys)["n"] == 90
        assert self.read(folders, capsys, "--days", "10")["n"] == 10

    def test_the_knee_is_the_named_or_the_affected_or_the_one_rated_last(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.rate_days(folders, 3, Moment.NOW, Side.LEFT)
        assert self.read(folders, capsys)["knee"] == "left"
        write_settings(folders.settings, Settings(affected_knee=Affected.RIGHT))
        assert self.read(folders, capsys)["knee"] == "right"
        assert self.read(folders, capsys, "--knee", "left")["knee"] == "left"

    def test_a_pipe_gets_the_chart_without_colours_at_the_size_asked_for(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.rate_days(folders, 40, Moment.MORNING)
        assert run(trend, folders, "--width", "60", "--height", "12") == 0
        out = capsys.readouterr().out
        lines = out.splitlines()
        assert "\x1b" not in out
        assert len(lines) == 12 + 2
        assert max(map(len, lines[:12])) <= 60
        assert lines[-1].startswith("Right knee, first stairs of the day. Mean of 40 mornings")

    def test_it_is_as_large_as_the_window(
        self, folders: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.rate_days(folders, 40, Moment.MORNING)
        for columns, rows in ((80, 24), (200, 60), (60, 10)):
            monkeypatch.setenv("COLUMNS", str(columns))
            monkeypatch.setenv("LINES", str(rows))
            assert run(trend, folders) == 0
            lines = capsys.readouterr().out.splitlines()
            chart = lines[:-2]
            assert columns - 5 <= max(map(len, chart)) <= columns
            assert len(chart) == max(rows - 6, 12)

    def test_the_chart_shows_warm_ups_changes_and_days_off(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.rate_days(folders, 20, Moment.MORNING)
        now = datetime.now().astimezone()
        today = day_of(now)
        with reopened(folders.database) as store:
            store.begin(make_record("s", at=now - timedelta(days=3)))
            store.keep("s", 1, BOTH_DONE, 24.0)
            store.begin(make_record("nothing done", at=now - timedelta(days=5)))
            save(store, Event("e", today - timedelta(days=9), "new shoes"))
            save(store, Freeze("f", today - timedelta(days=7), today - timedelta(days=6), "a cold"))
        assert run(trend, folders, "--width", "103", "--height", "20") == 0
        lines = capsys.readouterr().out.splitlines()
        assert "¦new shoes" in lines[1]
        (axis,) = (line[3:] for line in lines if "═" in line[3:] and "warm-up" not in line)
        # Twenty days in a hundred columns: five columns a day, the third with a tick under some.
        assert [axis[5 * day] for day in (10, 12, 13, 14, 15, 16, 17)] == list("─≈≈──═─")

    def test_years_are_read_and_drawn_as_well(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        self.rate_days(folders, 400, Moment.MORNING)
        assert self.read(folders, capsys, "--days", "3650")["n"] == 400
        assert run(trend, folders, "--days", "3650", "--width", "80") == 0
        assert "47-day medians:  ⠒⠒ morning  ░ 8 in 10" in capsys.readouterr().out

    def test_a_window_that_says_it_is_endless_gets_a_chart_of_a_thousand_columns(
        self, folders: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "999999999")
        monkeypatch.setenv("LINES", "18")
        assert run(trend, folders) == 0
        assert 990 <= max(map(len, capsys.readouterr().out.splitlines()[:-2])) <= 1000

    def test_looking_makes_no_diary(self, folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(trend, folders) == 0
        assert "No ratings" in capsys.readouterr().out
        assert not folders.database.exists()

    def test_a_terminal_gets_colours_unless_it_does_not_want_them(
        self, folders: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.rate_days(folders, 5, Moment.MORNING)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.delenv("NO_COLOR", raising=False)
        run(trend, folders)
        assert "\x1b[" in capsys.readouterr().out
        monkeypatch.setenv("NO_COLOR", "1")
        run(trend, folders)
        assert "\x1b" not in capsys.readouterr().out

    @pytest.mark.parametrize("words", [("--days", "7306"), ("--days", "0"), ("--width", "x"), ("--height", "-1")])
    def test_a_wrong_number_is_one_sentence(self, folders: Folders, words: tuple[str, str]) -> None:
        with pytest.raises(UsageError, match="needs a whole number"):
            run(trend, folders, *words)
