"""``trainer event`` and ``trainer pause``: a line each, listed, taken out again; nothing changed by a mistake."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.verbs import run
from trainer.core.day import day_of
from trainer.core.errors import UsageError
from trainer.core.happening import Event, Freeze
from trainer.paths import Folders, find_folders
from trainer.store import Store
from trainer.store.happenings import list_events, list_freezes, save
from trainer.verbs import event, pause, undo


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


def today() -> date:
    return day_of(datetime.now().astimezone())


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def events(folders: Folders) -> tuple[Event, ...]:
    with Store.look(folders.database) as store:
        return list_events(store)


def freezes(folders: Folders) -> tuple[Freeze, ...]:
    with Store.look(folders.database) as store:
        return list_freezes(store)


def test_an_event_is_marked_listed_deleted_and_brought_back(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    run(event, folders)
    assert "Nothing marked yet." in capsys.readouterr().out
    assert not folders.database.exists()
    run(event, folders, "new", "shoes")
    run(event, folders, "holiday", "--on", str(ago(40)))
    assert capsys.readouterr().out == f"Marked: new shoes, {today()}.\nMarked: holiday, {ago(40)}.\n"
    assert [(one.words, one.day) for one in events(folders)] == [("holiday", ago(40)), ("new shoes", today())]
    run(event, folders, "--list")
    listed = capsys.readouterr().out.splitlines()
    assert [line.split("  ", 1)[1] for line in listed] == [f"{one.day}  {one.words}" for one in events(folders)[::-1]]
    run(event, folders, "--json")
    assert {one["words"] for one in json.loads(capsys.readouterr().out)} == {"new shoes", "holiday"}
    found = next(one.id for one in events(folders) if one.words == "holiday")
    run(event, folders, "--delete", found[:8])
    assert capsys.readouterr().out == f"Deleted: 'holiday', {ago(40)}. trainer undo brings it back.\n"
    assert len(events(folders)) == 1
    run(undo, folders)
    assert len(events(folders)) == 2


def test_an_event_can_begin_like_an_option(folders: Folders) -> None:
    run(event, folders, "--", "--list of things")
    assert [one.words for one in events(folders)] == ["--list of things"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("a", "--list"), "One thing"),
        (("--list", "--delete", "abcd"), "One thing"),
        (("--on", "today"), "What changed"),
        (("",), "What changed"),
        (("a\x1b[2J",), "control"),
        (("a" * 2001,), "longer"),
        (("a", "--on", "2026-02-30"), "not a day"),
        (("a", "--on", "20261002"), "not a day"),
        (("a", "--on", "2998-01-01"), "year ahead"),
        (("--delete", "nothing-like-it"), "nothing with the id"),
    ],
)
def test_a_wrong_event_changes_nothing(folders: Folders, words: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        run(event, folders, *words)
    assert not folders.database.exists() or events(folders) == ()


def test_days_off_begin_today_and_end_before_the_day_one_is_back(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    run(pause, folders, "--from", str(ago(4)), "--why", "a cold")
    assert capsys.readouterr().out == (
        f"Days off from {ago(4)} on. No warm-up is missed on them. trainer pause --end when you are back.\n"
    )
    with pytest.raises(UsageError, match="already"):
        run(pause, folders)
    run(pause, folders, "--list")
    assert capsys.readouterr().out.split("  ", 1)[1] == f"{ago(4)} to now         a cold\n"
    run(pause, folders, "--end")
    assert capsys.readouterr().out == f"Days off from {ago(4)} to {ago(1)}. Welcome back.\n"
    (kept,) = freezes(folders)
    assert (kept.first_day, kept.last_day, kept.words) == (ago(4), ago(1), "a cold")
    run(pause, folders)
    run(pause, folders, "--end")
    assert capsys.readouterr().out.endswith(f"Days off on {today()}. Welcome back.\n")
    assert len(freezes(folders)) == 2


def test_days_off_to_come_and_gone_are_listed_and_deleted(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    run(pause, folders, "--from", str(ago(-3)), "--until", str(ago(-9)), "--why", "hiking")
    with pytest.raises(UsageError, match="already"):
        run(pause, folders)
    run(pause, folders, "--until", "tomorrow")
    capsys.readouterr()
    run(pause, folders, "--json")
    assert [one["words"] for one in json.loads(capsys.readouterr().out)] == ["hiking", ""]
    run(pause, folders, "--delete", freezes(folders)[0].id)
    assert "Deleted: days off from" in capsys.readouterr().out
    assert [one.words for one in freezes(folders)] == ["hiking"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--from", "today", "--until", "yesterday"), "no earlier"),
        (("--from", "2998-01-01"), "year ahead"),
        (("--why", "a\nb"), "control"),
        (("--end", "--list"), "One thing"),
        (("--end", "--why", "ill"), "One thing"),
        (("--end",), "no days off to end"),
        (("--until", "sunday"), "not a day"),
    ],
)
def test_wrong_days_off_change_nothing(folders: Folders, words: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        run(pause, folders, *words)
    assert not folders.database.exists() or freezes(folders) == ()


def test_the_last_day_off_lies_within_them(folders: Folders) -> None:
    with Store.open(folders.database) as store:
        save(store, Freeze("f1", ago(3), None, ""))
    for day in (ago(4), ago(-1)):
        with pytest.raises(UsageError, match="between the first and today"):
            run(pause, folders, "--end", str(day))
    run(pause, folders, "--end", "today")
    assert freezes(folders)[0].last_day == today()
