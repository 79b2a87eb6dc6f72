"""The made-up year: the same for the same day, like a real diary, apart from one's own and marked everywhere."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.app import NOW, make_app, resize, running, screen_text, settle
from tests.diaries import read_text, reopened
from tests.verbs import run
from trainer.core.contents import Contents
from trainer.core.day import day_of
from trainer.core.errors import UsageError
from trainer.core.rating import Moment
from trainer.core.record import Result, Status
from trainer.core.side import Side
from trainer.core.trend import trend
from trainer.demo import BASELINE, DAYS, Outline, Work, made_up_year
from trainer.export import everything_json
from trainer.paths import MADE_UP, Folders, find_folders
from trainer.store import Store
from trainer.store.happenings import list_events, list_freezes
from trainer.store.taking_in import take_in
from trainer.ui.kit import Order
from trainer.ui.marked import MarkedApp
from trainer.verbs import demo
from trainer.verbs import trend as trend_verb

WORK = (
    Work("knee-to-wall", Side.LEFT, 5, 20.0),
    Work("knee-to-wall", Side.RIGHT, 5, 20.0),
    Work("heel-slide", Side.BOTH, None, 30.0),
)
OUTLINES = (Outline("one", "One", 90.0, WORK), Outline("two", "Two", 60.0, WORK[:2]))
FIRST = day_of(NOW) - timedelta(days=DAYS - 1)


@pytest.fixture(scope="module")
def year() -> Contents:
    return made_up_year(NOW, OUTLINES)


def mornings(year: Contents, knee: Side) -> list[tuple[int, int | None]]:
    given = [one for one in year.ratings if one.moment is Moment.MORNING and one.knee is knee]
    return [((day_of(one.at) - FIRST).days, one.score) for one in given]


def test_the_same_day_gives_the_same_year(year: Contents) -> None:
    assert made_up_year(NOW, OUTLINES) == year
    assert made_up_year(NOW + timedelta(days=1), OUTLINES) != year


def test_an_hour_later_only_adds_to_it() -> None:
    early, late = (made_up_year(NOW.replace(hour=hour), OUTLINES) for hour in (9, 23))
    assert set(early.ratings) < set(late.ratings)
    assert set(early.sessions) <= set(late.sessions)


@pytest.mark.parametrize("hour", [3, 4, 5, 9])
def test_this_morning_is_rated_at_any_hour(hour: int) -> None:
    now = NOW.replace(hour=hour, minute=0)
    rated = [one for one in made_up_year(now, OUTLINES).ratings if one.moment is Moment.MORNING]
    assert {one.knee for one in rated if day_of(one.at) == day_of(now) and one.score is not None} == {
        Side.LEFT,
        Side.RIGHT,
    }


@pytest.mark.parametrize("now", [NOW, NOW.replace(hour=2), NOW.replace(hour=7, tzinfo=timezone(timedelta(hours=-9)))])
def test_it_lies_within_the_last_year_and_nothing_lies_later(now: datetime) -> None:
    year = made_up_year(now, OUTLINES)
    times = [one.at for one in year.ratings] + [one.ended_at or now for one in year.sessions]
    assert max(times) <= now
    assert 0 <= (day_of(min(times)) - day_of(now)).days + DAYS - 1 <= 3
    assert {at.utcoffset() for at in times} == {now.utcoffset()}


def test_it_has_what_real_diaries_have(year: Contents) -> None:
    right = mornings(year, Side.RIGHT)
    assert 240 < len(right) < 345
    assert any(score is None for _, score in right)
    assert any(one.note for one in year.ratings)
    days = {day for day, _ in right}
    assert max(b - a for a, b in zip(sorted(days), sorted(days)[1:], strict=False)) >= 5
    results = [outcome.result for one in year.sessions for outcome in one.outcomes]
    assert {Result.HURT, Result.SKIPPED, Result.DONE} == set(results)
    assert results.count(Result.DONE) > 0.85 * len(results)
    assert {one.status for one in year.sessions} == {Status.FINISHED, Status.STOPPED}
    assert {one.routine for one in year.sessions} == {"one", "two"}
    assert 90 < len(year.sessions) < 220
    assert len(year.events) > 3
    assert len(year.freezes) == 1


def test_it_begins_with_a_baseline_and_rests_while_ill(year: Contents) -> None:
    days = {day_of(one.started_at) for one in year.sessions}
    assert min(days) >= FIRST + timedelta(days=BASELINE)
    assert not any(year.freezes[0].covers(day) for day in days)


def test_the_right_knee_falls_and_the_left_one_shows_no_trend(year: Contents) -> None:
    said = {}
    for knee in (Side.LEFT, Side.RIGHT):
        pairs = [(FIRST + timedelta(days=day), score) for day, score in mornings(year, knee)]
        said[knee] = trend(pairs, knee=knee.value, series="morning", today=day_of(NOW), days=DAYS).verdict
    assert said == {Side.LEFT: "no clear trend", Side.RIGHT: "falling"}


def test_the_importer_takes_it_in_as_it_is(year: Contents, tmp_path: Path) -> None:
    text = "".join(everything_json(year.sessions, year.ratings, year.events, year.freezes))
    with reopened(tmp_path / "trainer.db") as store:
        new = take_in(store, read_text(text).pieces()).new
        assert (new["session"], new["rating"]) == (len(year.sessions), len(year.ratings))
        assert (list_events(store), list_freezes(store)) == (year.events, year.freezes)
        assert not take_in(store, year.pieces())
        assert list(store.every_rating()) == sorted(store.every_rating(), key=lambda one: one.at)
        assert store.unreadable == 0
    belongs = [one.session for one in year.ratings if one.session is not None]
    assert all(belongs.count(one.id) == 4 for one in year.sessions)


def test_without_routines_there_are_mornings_alone() -> None:
    year = made_up_year(NOW, ())
    assert year.sessions == ()
    assert year.ratings


# The command


@pytest.fixture
def own(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


def test_a_folder_is_written_with_shipped_routines_and_marked(
    own: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "year"
    assert run(demo, own, "-o", str(place)) == 0
    assert f"TRAINER_DATA_DIR={place}" in capsys.readouterr().out
    made = find_folders({"TRAINER_DATA_DIR": str(place), "TRAINER_CONFIG_DIR": str(place)})
    assert made.mark == "made-up data"
    with Store.look(made.database) as store:
        titles = {one.title for one in store.sessions(limit=None)}
        drills = {outcome.drill for one in store.sessions(limit=None) for outcome in one.outcomes}
    assert "Gym floor, quick" in titles
    assert "knee-to-wall" in drills
    assert (own.data.exists(), own.config.exists(), own.mark) == (False, False, "")
    assert run(trend_verb, made, "--days", "365") == 0
    assert "Made-up data. " in capsys.readouterr().out


def test_a_folder_that_is_there_is_left_alone(own: Folders, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        run(demo, own, "-o", str(tmp_path / "mine"))
    assert list((tmp_path / "mine").iterdir()) == []


def test_the_app_gets_a_folder_that_goes_with_it() -> None:
    with demo.made_up({"HOME": "/nowhere", "TRAINER_DATA_DIR": "/mine"}) as environ:
        folders = find_folders(environ)
        assert folders.database.exists()
        assert (folders.data / MADE_UP).exists()
        assert folders.mark
        assert environ["TRAINER_DATA_DIR"] != "/mine"
        if os.name == "posix":
            assert folders.data.stat().st_mode & 0o077 == 0
    assert not folders.data.exists()


# The screens


async def test_every_screen_says_that_the_data_is_made_up(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    room.app = MarkedApp(room.kit, None, "made-up data")
    async with running(room, (80, 24)) as pilot:
        for keys in ([], ["p"], ["e"], ["escape", "escape", "d"], ["escape", "i"], ["escape", "question_mark"]):
            await pilot.press(*keys)
            await settle(pilot)
            assert screen_text(room.app).count("made-up data") == 1, f"{keys} {type(room.app.screen).__name__}"


async def test_a_session_says_so_and_hides_nothing_for_it(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("gym-floor-quick", True))
    plain = make_app(tmp_path / "plain", order=Order("gym-floor-quick", True))
    room.app = MarkedApp(room.kit, None, "made-up data")
    texts = []
    for one in (room, plain):
        async with running(one, (80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("right_square_bracket")
            texts.append(screen_text(one.app).splitlines())
    marked, unmarked = texts
    assert "made-up data" in marked[0]
    assert "1.1x pace" in marked[0]
    assert marked[0].replace("made-up data", " " * 12).split() == unmarked[0].split()
    assert [row.replace("made-up data", "").split() for row in marked[1:]] == [row.split() for row in unmarked[1:]]


async def test_the_mark_goes_along_with_the_size_of_the_window(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("gym-floor-quick", True))
    room.app = MarkedApp(room.kit, None, "made-up data")
    async with running(room, (80, 24)) as pilot:
        for size, is_apart in (((60, 18), True), ((80, 24), False), ((60, 18), True)):
            await resize(pilot, *size)
            assert (screen_text(room.app).splitlines()[0].strip() == "made-up data") is is_apart


# The whole of it


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal, which this platform does not have")
def test_the_program_opens_it_beside_an_untouched_diary_and_leaves_nothing(tmp_path: Path) -> None:
    from tests.terminal import Terminal, environment

    apart = tmp_path / "temporary"
    apart.mkdir()
    command = (sys.executable, "-m", "trainer", "demo", "--audio", "off")
    with Terminal(command, environment(tmp_path, TMPDIR=str(apart))) as terminal:
        terminal.wait_until(lambda text: "enter starts it" in text or "Rather not say" in text, "it open", within_s=60)
        if "Rather not say" in terminal.text():  # a new day has begun since the year was made
            terminal.press("l")
        assert "made-up data" in terminal.wait_for("enter starts it")
        assert len(list(apart.glob("joint-trainer-demo-*/trainer.db"))) == 1
        terminal.press("q")
        assert terminal.end() == 0
    assert list(apart.iterdir()) == []
    assert list(tmp_path.rglob("trainer.db")) == []
