"""``trainer trial``: said before it is started, started once, told day by day, judged at its end and never before."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.trials import RIGHT, begin, do, live, plan, rate
from tests.verbs import run
from trainer.core.day import day_of
from trainer.core.errors import TrainerError, UsageError
from trainer.core.side import Affected
from trainer.core.trial import place_of
from trainer.core.trial_written import OUTSIDE
from trainer.paths import Folders, find_folders
from trainer.settings import Settings, write_settings
from trainer.store import Store
from trainer.store.happenings import list_trials
from trainer.store.trials import current_trial, done_days, standing_of
from trainer.verbs import export, import_, trial

START = ("start", "--routine", "knee-neighbours")


def make_folders(path: Path, knee: Affected | None = Affected.RIGHT) -> Folders:
    found = find_folders({"TRAINER_DATA_DIR": str(path / "d"), "TRAINER_CONFIG_DIR": str(path / "c")})
    write_settings(found.settings, Settings(affected_knee=knee))
    return found


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return make_folders(tmp_path)


def today() -> date:
    return day_of(datetime.now().astimezone())


def said(capsys: pytest.CaptureFixture[str], folders: Folders, *words: str) -> str:
    assert run(trial, folders, *words) == 0
    return capsys.readouterr().out


def told(capsys: pytest.CaptureFixture[str], folders: Folders, *words: str) -> Any:
    return json.loads(said(capsys, folders, *words, "--json"))


def refused(capsys: pytest.CaptureFixture[str], folders: Folders, *words: str) -> str:
    with pytest.raises(TrainerError) as caught:
        run(trial, folders, *words)
    assert capsys.readouterr().out == ""
    assert str(caught.value).endswith(".")
    return str(caught.value)


def seed_for(first: str) -> int:
    return next(seed for seed in range(99) if plan(today(), seed=seed).order[0] == first)


def test_without_a_test_it_says_how_to_begin_and_writes_nothing(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    for step in ("today", "order", "report"):
        assert "There is no test." in said(capsys, folders, step)
        assert told(capsys, folders, step) is None
    assert "No test is under way." in refused(capsys, folders, "done")
    assert "No test is under way." in refused(capsys, folders, "stop", "--yes")
    assert "Nothing is started yet." in said(capsys, folders, *START)


def test_before_it_starts_it_says_what_it_can_find_and_starts_nothing(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, folders, *START)
    assert text.startswith("Knee neighbours against foam rolling, from ")
    assert "14 pairs of days: 28 days." in text
    assert "1 point in 44, 1.5 points in 82, 2 points in 97." in text
    assert "judged by the first stairs of the morning after, right knee" in text
    assert text.endswith("Nothing is started yet. Say the same with --yes to start it.\n")
    assert not folders.database.exists()


def test_with_fourteen_mornings_it_speaks_of_ones_own(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(folders.database) as store:
        for gone in range(14):
            rate(store, today() - timedelta(days=gone), 4 + gone % 2, hour=5)
    assert "as your last 14 mornings did" in said(capsys, folders, *START)


def test_the_order_is_drawn_by_the_seed_and_written_down(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, folders, *START, "--pairs", "6", "--seed", "5", "--start", "today", "--yes")
    assert "drawn with seed 5 and written down" in text
    made = plan(today())
    lines = said(capsys, folders, "order").splitlines()
    assert lines[0] == f"knee-neighbours against rolling, from {today()}, seed 5: 6 pairs, then spare ones"
    assert [line.split()[1].rstrip(",") for line in lines[1:]] == list(made.order)
    written = told(capsys, folders, "order")
    assert (written["seed"], len(written["days"])) == (5, 24)
    assert "A test is under way already." in refused(capsys, folders, *START, "--yes")
    assert "A test is under way already." in refused(capsys, folders, *START)
    with Store.look(folders.database) as store:
        assert len(list_trials(store)) == 1


def test_it_begins_tomorrow_unless_told_otherwise(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, folders, *START, "--yes")
    found = told(capsys, folders)
    assert (found["start"], found["today"], found["status"]) == (str(today() + timedelta(days=1)), None, "running")
    assert said(capsys, folders).startswith("The test begins on ")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("start",), "Which routine"),
        (("start", "--routine", "nonsense"), "nonsense"),
        ((*START, "--against", "knee-neighbours"), "two different"),
        ((*START, "--pairs", "5"), "6 to 60 pairs"),
        ((*START, "--pairs", "many"), "--pairs"),
        ((*START, "--block", "2"), "3 to 7"),
        ((*START, "--washout", "1"), "of single days none"),
        ((*START, "--seed", "-1"), "--seed"),
        ((*START, "--start", "yesterday"), "today or later"),
        ((*START, "--start", "9998-01-01"), "within a year"),
        ((*START, "--start", "soon"), "not a day"),
        (("dance",), "no part of a test"),
        (("report", "--pairs", "9"), "belongs to the start"),
        (("report", "today"), "Only done"),
    ],
)
def test_what_makes_no_sense_is_refused(
    folders: Folders, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], complaint: str
) -> None:
    assert complaint in refused(capsys, folders, *words, "--yes")
    assert not folders.database.exists()


def test_it_needs_to_know_the_knee(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "which knee" in refused(capsys, make_folders(tmp_path, None), *START, "--yes")


def test_a_rolling_day_is_told_done_and_rated(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(folders.database) as store:
        begin(store, plan(today(), seed=seed_for(OUTSIDE)))
    lines = said(capsys, folders).splitlines()
    assert lines[0] == "Today: foam rolling. Pair 1, 0 of 6 done."
    assert lines[1].endswith(
        "minutes of it, at your usual time, and no Knee neighbours today. Then say: trainer trial done."
    )
    assert "Rate the first stairs of the morning after." in said(capsys, folders, "done")
    assert said(capsys, folders, "done").startswith("Known already: foam rolling")
    assert said(capsys, folders).splitlines()[1] == "Done for today. Tomorrow, rate the first stairs."
    assert told(capsys, folders)["today"] == {
        "day": str(today()), "routine": OUTSIDE, "pair": 1, "counts": True, "done": True
    }  # fmt: skip
    assert "today and of yesterday" in refused(capsys, folders, "done", "2026-01-01")


def test_a_moving_day_sees_by_itself_that_it_was_done(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(folders.database) as store:
        begin(store, plan(today(), seed=seed_for("knee-neighbours")))
        assert "no foam rolling today" in said(capsys, folders)
        assert "no rolling day" in refused(capsys, folders, "done")
        do(store, today(), "knee-neighbours")
    assert "Done for today." in said(capsys, folders)


def test_yesterday_can_still_be_said(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    yesterday = today() - timedelta(days=1)
    with Store.open(folders.database) as store:
        begin(store, plan(yesterday, seed=seed_for(OUTSIDE)))
    said(capsys, folders, "done", "yesterday")
    with Store.look(folders.database) as store:
        assert done_days(store, yesterday, yesterday) == {yesterday: frozenset({OUTSIDE})}
    assert "Rate this morning's first stairs first" in said(capsys, folders)


def test_no_number_is_told_before_its_end(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    made = plan(today() - timedelta(days=17), pairs=14)
    with Store.open(folders.database) as store:
        begin(store, made)
        live(store, made, 17)
    text = said(capsys, folders, "report")
    assert text.startswith("8 pairs of 14 done. The answer comes when all are")
    assert "lower" not in text.lower()
    found = told(capsys, folders, "report")
    assert (found["final"], found["pairs"]) == (False, 8)
    assert [found[name] for name in ("p", "median", "lower", "differences")] == [None] * 4


def test_at_its_end_it_is_judged(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    made = plan(today() - timedelta(days=12))
    with Store.open(folders.database) as store:
        begin(store, made)
        live(store, made, 12)
    assert said(capsys, folders) == "The test is over. Its answer is ready.\n"
    assert said(capsys, folders, "report").splitlines() == [
        (
            "In your own test, mornings after Knee neighbours were 2.0 lower (p = .03, 12 days). "
            "You knew which day was which."
        ),
        "Lower mornings after Knee neighbours in 6 pairs, after foam rolling in 0, equal in 0.",
    ]
    found = told(capsys, folders, "report")
    assert (found["final"], found["p"], found["lower"]) == (True, 2 / 64, {"knee-neighbours": 6, OUTSIDE: 0})
    assert told(capsys, folders)["status"] == "finished"
    assert "Nothing is started yet." in said(capsys, folders, *START)


def test_too_few_pairs_say_so(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    made = plan(today() - timedelta(days=10))
    with Store.open(folders.database) as store:
        begin(store, made)
        live(store, made, 10)
    assert "for good" in said(capsys, folders, "stop")
    with Store.look(folders.database) as store:
        found = current_trial(store)
        assert found is not None
        assert standing_of(store, found, RIGHT, today()).done == 5
    said(capsys, folders, "stop", "--yes")
    assert said(capsys, folders, "report").startswith("5 pairs done. Fewer than 6 cannot separate luck from effect.")
    assert said(capsys, folders) == "The last test was stopped. trainer trial report says what it can.\n"


def test_a_routine_that_is_gone_is_named_by_its_id(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    from trainer.core.trial import plan_trial

    with Store.open(folders.database) as store:
        begin(store, plan_trial(("gone", "lost"), seed=1, start=today(), pairs=6))
    assert said(capsys, folders).startswith(f"Today: {'gone' if _first() == 'gone' else 'lost'}. ")
    assert "done in the app" in refused(capsys, folders, "done")


def _first() -> str:
    from trainer.core.trial import plan_trial

    place = place_of(plan_trial(("gone", "lost"), seed=1, start=today(), pairs=6), today())
    assert place is not None
    return place.arm


def test_it_travels_with_the_diary(folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = plan(today() - timedelta(days=7))
    with Store.open(folders.database) as store:
        begin(store, made)
        live(store, made, 7)
    file = tmp_path / "all.json"
    run(export, folders, "-o", str(file))
    other = make_folders(tmp_path / "other")
    run(import_, other, str(file))
    capsys.readouterr()
    for step in ("today", "order", "report"):
        assert told(capsys, other, step) == told(capsys, folders, step)


def test_nothing_steers_the_terminal(folders: Folders) -> None:
    with pytest.raises(UsageError) as caught:
        run(trial, folders, "\x1b[2J")
    assert "\x1b" not in str(caught.value)
