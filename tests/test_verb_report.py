"""``trainer report``: what the diary says reaches the page, and the file is private, whole and never another's."""

from __future__ import annotations

import os
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.diaries import make_rating, make_record, reopened, this_evening
from tests.pages import Page, check_apart
from tests.verbs import run
from trainer.core.day import day_of
from trainer.core.errors import TrainerError, UsageError
from trainer.core.happening import Event, Freeze
from trainer.core.rating import Moment
from trainer.core.record import Outcome, Result, Status
from trainer.core.side import Affected, Side
from trainer.paths import MADE_UP, Folders, find_folders
from trainer.settings import Settings, write_settings
from trainer.store.happenings import save
from trainer.verbs import report

NOTE = '<script>alert("x")</script> & slept badly'


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


def fill(folders: Folders, days: int = 40) -> datetime:
    """Mornings of the right knee up to today, a warm-up every fourth day, in each of which knee-to-wall hurt."""
    now = this_evening()
    with reopened(folders.database) as store:
        for ago in range(days):
            at = now - timedelta(days=ago)
            note = NOTE if ago == 1 else None
            store.rate(make_rating(f"m{ago}", 3 + ago % 3, at=at, moment=Moment.MORNING, note=note))
            if ago % 4 == 3:
                store.begin(make_record(f"s{ago}", at=at))
                store.keep(f"s{ago}", 0, Outcome("knee-to-wall", Side.RIGHT, Result.HURT, 2, 5), 60.0)
                store.keep(f"s{ago}", 1, Outcome("knee-to-wall", Side.LEFT, Result.DONE, 5, 5), 120.0)
                store.end(f"s{ago}", Status.FINISHED, at + timedelta(minutes=3), 120.0)
        save(
            store,
            Event("e", day_of(now - timedelta(days=9)), "New <shoes>"),
            Freeze("f", day_of(now - timedelta(days=20)), day_of(now - timedelta(days=18)), "A cold"),
        )
    return now


def write(folders: Folders, tmp_path: Path, *words: str) -> Page:
    path = tmp_path / "knee.html"
    assert run(report, folders, "-o", str(path), "--replace", *words) == 0
    return check_apart(path.read_text(encoding="utf-8"))


def test_the_page_holds_what_the_diary_says(folders: Folders, tmp_path: Path) -> None:
    now = fill(folders)
    page = write(folders, tmp_path)
    words = page.one("main").text
    assert "First stairs of the day: Mean of 40 mornings 4.0 (3 to 5)." in words
    assert "10 warm-ups on 10 of 40 days, 20 min of moving." in words
    (hurt,) = [row for row in page.all("tr") if "Knee to wall" in row.text]
    last = day_of(now - timedelta(days=3))
    assert [cell.text for cell in hurt.below] == ["Knee to wall", "right", "10 of 10", f"{last.day} {last:%b %Y}"]
    changed = [[cell.text for cell in row.below] for row in page.all("tr") if len(row.below) == 2]
    assert [what for _, what in changed][-4:] == ["What", "First warm-up", "Days off: A cold", "New <shoes>"]
    assert "slept badly" not in words


def test_the_chart_has_a_title_that_says_it_all(folders: Folders, tmp_path: Path) -> None:
    fill(folders)
    (chart,) = write(folders, tmp_path).all("svg")
    (title,) = [one for one in chart.below if one.name == "title"]
    assert chart.attributes["role"] == "img"
    assert title.text.startswith("Right knee, first stairs of the day: Mean of 40 mornings 4.0")


def test_notes_are_words_and_only_where_they_were_asked_for(folders: Folders, tmp_path: Path) -> None:
    fill(folders)
    assert [row for row in write(folders, tmp_path).all("td") if row.text == NOTE] == []
    assert len([row for row in write(folders, tmp_path, "--notes").all("td") if row.text == NOTE]) == 1


def test_fewer_days_leave_out_what_lies_before_them(folders: Folders, tmp_path: Path) -> None:
    fill(folders)
    words = write(folders, tmp_path, "--days", "7").one("main").text
    assert "Mean of 7 mornings" in words
    assert "1 warm-up on 1 of 7 days" in words
    assert "New <shoes>" not in words
    assert "First warm-up" not in words


def test_a_session_in_which_nobody_moved_is_no_warm_up(folders: Folders, tmp_path: Path) -> None:
    with reopened(folders.database) as store:
        store.begin(make_record("still", at=datetime.now().astimezone()))
    assert "No warm-up in these 14 days." in write(folders, tmp_path).one("main").text


def test_the_first_week_is_counted_whole(folders: Folders, tmp_path: Path) -> None:
    fill(folders)
    page = write(folders, tmp_path, "--days", "8")
    n = [row.below[-1].text for row in page.all("tr") if "/" in row.below[-1].text]
    assert n[0] == "7/7"


def test_a_baseline_is_compared_with_what_came_after(folders: Folders, tmp_path: Path) -> None:
    now = fill(folders, days=12)
    assert "Chance alone" not in write(folders, tmp_path).one("main").text
    with reopened(folders.database) as store:
        for ago in range(12, 24):
            store.rate(make_rating(f"m{ago}", 6, at=now - timedelta(days=ago), moment=Moment.MORNING))
    words = write(folders, tmp_path).one("main").text
    first = day_of(now - timedelta(days=11))
    assert f"Baseline is up to the first warm-up, {first.day} {first:%b %Y}." in words
    assert "Programme weeks are 2.0 lower than baseline." in words
    assert "This cannot show that the programme caused it." in words
    assert "Programme weeks are 1.9 lower than baseline." in write(folders, tmp_path, "--days", "18").one("main").text


def test_knees_are_those_that_trouble_and_those_that_were_rated(folders: Folders, tmp_path: Path) -> None:
    fill(folders, days=5)
    write_settings(folders.settings, Settings(affected_knee=Affected.LEFT))
    both = [one.text for one in write(folders, tmp_path).all("h2")]
    assert both[:2] == ["Left knee", "Right knee"]
    right = [one.text for one in write(folders, tmp_path, "--knee", "right").all("h2")]
    assert right[:2] == ["Right knee", "Week by week"]


def test_nothing_but_unanswered_questions_is_no_number_at_all(folders: Folders, tmp_path: Path) -> None:
    now = datetime.now().astimezone()
    with reopened(folders.database) as store:
        for ago in range(9):
            store.rate(make_rating(f"m{ago}", None, at=now - timedelta(days=ago), moment=Moment.MORNING))
    words = write(folders, tmp_path).one("main").text
    assert "Too early. Come back after 7 mornings." in words
    assert "No week has a rating yet." in words


def test_an_empty_diary_gives_a_page_and_makes_no_diary(folders: Folders, tmp_path: Path) -> None:
    assert "No warm-up in these 14 days." in write(folders, tmp_path).one("main").text
    assert not folders.database.exists()


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "knee.html"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is there already") as caught:
        run(report, folders, "-o", str(path))
    assert "--replace" in (caught.value.hint or "")
    assert path.read_text(encoding="utf-8") == "mine"
    assert run(report, folders, "-o", str(path), "--replace") == 0
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.skipif(os.name != "posix", reason="rights as Unix has them")
def test_only_its_owner_can_read_the_file(folders: Folders, tmp_path: Path) -> None:
    write(folders, tmp_path)
    assert stat.S_IMODE((tmp_path / "knee.html").stat().st_mode) == 0o600


def test_a_place_that_cannot_be_written_is_one_sentence(folders: Folders, tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="could not be written: no such file or directory"):
        run(report, folders, "-o", str(tmp_path / "nowhere" / "knee.html"))


@pytest.mark.parametrize("words", [[], ["-o", ""]])
def test_without_a_file_it_asks_for_one(words: list[str], folders: Folders) -> None:
    with pytest.raises(UsageError, match=r"Where to\?"):
        run(report, folders, *words)


def test_a_dash_is_stdout(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(report, folders, "-o", "-") == 0
    check_apart(capsys.readouterr().out)


def test_broken_drills_of_ones_own_stop_nothing(folders: Folders, tmp_path: Path) -> None:
    fill(folders, days=5)
    folders.own_drills.mkdir(parents=True)
    (folders.own_drills / "mine.yaml").write_text("{", encoding="utf-8")
    assert "Drills that hurt" in write(folders, tmp_path).one("main").text


def test_made_up_data_is_marked(folders: Folders, tmp_path: Path) -> None:
    fill(folders, days=2)
    assert "made-up data" not in write(folders, tmp_path).one("main").text
    (folders.data / MADE_UP).touch()
    assert write(folders, tmp_path).one("header").below[0].text == "made-up data"
