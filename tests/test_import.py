"""``trainer import``: an exact round trip, twice the same as once, two laptops merged, a bad file refused whole."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.diaries import (
    BOTH_DONE,
    NOON,
    fixed_now,
    make_rating,
    make_record,
    read_path,
    read_text,
    reopened,
)
from tests.verbs import fill, run
from trainer.core.contents import Contents
from trainer.core.correction import What, corrected
from trainer.core.errors import StoreError, UsageError
from trainer.core.happening import Arm, Design, Event, Freeze, Trial, TrialDay, TrialStatus
from trainer.core.letters import is_unsafe
from trainer.core.rating import Moment, Rating
from trainer.core.record import Outcome, Result, SessionRecord, Status
from trainer.core.side import Side
from trainer.export import everything_json, ratings_csv, sessions_csv
from trainer.paths import Folders, find_folders
from trainer.store import Store
from trainer.store.backups import Reason, list_backups
from trainer.store.correcting import correct, correct_session, delete, forget, list_deleted, restore
from trainer.store.happenings import list_events, list_freezes, list_trials, save
from trainer.store.merging import Rule
from trainer.store.taking_in import take_in
from trainer.verbs import export, import_

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).filter(
    lambda text: not any(map(is_unsafe, text))
)
FORMULAS = st.sampled_from(["=1+1", "+1", "-1", "@x", "'=1", "''", "'", "＝1", "'tis", ' "x", y', "a,b"])
NOTES = st.none() | FORMULAS | WORDS.filter(bool)
IDS = st.sampled_from([f"id{number}" for number in range(12)])
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.builds(
    lambda us, zone: (NOON + timedelta(microseconds=us)).astimezone(zone), st.integers(-(3 * 10**15), 10**15), OFFSETS
)
SECONDS = st.floats(0, 1e6)
COUNTS = st.none() | st.integers(0, 100)
REASONS = st.none() | st.sampled_from(["no-time", "pain"])
OUTCOMES = st.builds(Outcome, WORDS, st.sampled_from(Side), st.sampled_from(Result), COUNTS, COUNTS, REASONS)
DAYS = st.dates(date(1900, 1, 1), date(9998, 12, 31))
EVENTS = st.builds(Event, id=IDS, day=DAYS, words=WORDS)
FREEZES = st.builds(
    lambda id, first, length, words: Freeze(id, first, length and first + timedelta(days=length), words),  # noqa: A006
    IDS,
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.none() | st.integers(1, 400),
    WORDS,
)
TRIAL_DAYS = st.lists(
    st.builds(TrialDay, DAYS, st.integers(1, 30), st.sampled_from(Arm), st.booleans()),
    max_size=4,
    unique_by=lambda day: day.day,
)
TRIALS = st.builds(
    Trial,
    id=IDS,
    started_at=TIMES,
    seed=st.integers(0, 2**63 - 1),
    design=st.sampled_from(Design),
    first=WORDS,
    second=WORDS,
    status=st.sampled_from(TrialStatus),
    block_days=st.integers(3, 9),
    washout_days=st.integers(0, 2),
    days=TRIAL_DAYS.map(lambda days: tuple(sorted(days, key=lambda day: day.day))),
)
HAPPENINGS = st.lists(EVENTS | FREEZES | TRIALS, max_size=8)
RATINGS = st.builds(
    Rating,
    id=IDS,
    at=TIMES,
    moment=st.sampled_from(Moment),
    knee=st.sampled_from([Side.LEFT, Side.RIGHT]),
    score=st.none() | st.integers(0, 10),
    activity=NOTES,
    note=NOTES,
    session=st.none() | IDS,
)
RECORDS = st.builds(
    SessionRecord,
    id=IDS,
    routine=WORDS,
    title=WORDS,
    started_at=TIMES,
    ended_at=st.none() | TIMES,
    status=st.sampled_from(Status),
    planned_s=SECONDS,
    moved_s=SECONDS,
    speed=SECONDS,
    outcomes=st.lists(OUTCOMES, max_size=4).map(tuple),
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


@pytest.fixture
def other(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d2"), "TRAINER_CONFIG_DIR": str(tmp_path / "c2")})


def everything(store: Store) -> str:
    others = (list_events(store), list_freezes(store), list_trials(store))
    return "".join(everything_json(store.every_session(), store.every_rating(), *others))


def exported(folders: Folders) -> str:
    with reopened(folders.database) as store:
        return everything(store)


def memory() -> Store:
    return Store.look(Path("nowhere") / "trainer.db")


def saved(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


class TestRoundTrip:
    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.lists(RECORDS, max_size=4), st.lists(RATINGS, max_size=8), HAPPENINGS)
    def test_json_comes_back_byte_for_byte_and_twice_is_once(
        self, records: list[SessionRecord], ratings: list[Rating], happenings: list[Event | Freeze | Trial]
    ) -> None:
        with memory() as here, memory() as there:
            save(here, *happenings)
            for record in records:
                here.begin(record)
                for place, outcome in enumerate(record.outcomes):
                    here.keep(record.id, 2 * place + 1, outcome, record.moved_s)
            for rating in ratings:
                here.rate(rating)
            text = everything(here)
            take_in(there, read_text(text).pieces())
            assert everything(there) == text
            assert not take_in(there, read_text(text).pieces())
            assert not take_in(here, read_text(text).pieces())
            assert everything(here) == text

    @settings(deadline=None)
    @given(st.lists(RATINGS, max_size=8, unique_by=lambda rating: rating.id))
    def test_csv_comes_back_byte_for_byte(self, ratings: list[Rating]) -> None:
        text = "".join(ratings_csv(ratings))
        back = read_text(text).ratings
        assert read_text(text) == Contents(ratings=back)
        assert list(map(repr, back)) == list(map(repr, ratings))
        assert "".join(ratings_csv(back)) == text
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in cells)

    def test_through_the_command_line(
        self, folders: Folders, other: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(folders)
        for shape in ("json", "csv"):
            run(export, folders, "--format", shape, "-o", str(tmp_path / shape))
        assert run(import_, other, str(tmp_path / "csv")) == 0
        assert capsys.readouterr().out == "Taken in: 0 sessions and 7 ratings.\n"
        run(import_, other, str(tmp_path / "json"))
        assert capsys.readouterr().out == "Taken in: 3 sessions and 0 ratings. 7 were there already.\n"
        run(import_, other, str(tmp_path / "json"))
        assert capsys.readouterr().out == "Nothing new. 10 were there already.\n"
        assert exported(other) == exported(folders)

    def test_a_table_of_sessions_counts_their_drills(
        self, folders: Folders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(folders)
        run(export, folders, "--format", "csv", "--of", "sessions")
        out = capsys.readouterr().out.splitlines()
        assert out[0].endswith("speed,drills_done,drills_skipped,drills_hurt")
        assert out[1].startswith(
            "s0,knee-neighbours,Knee neighbours,2026-10-02T12:00:00+02:00,2026-10-02T12:10:00+02:00"
        )
        assert out[1].endswith(",600.0,588.0,1.0,1,0,0")
        for words in (["--of", "sessions"], ["--format", "csv", "--of", "drills"]):
            with pytest.raises(UsageError, match="--of"):
                run(export, folders, *words)

    def test_a_spreadsheet_may_have_turned_columns_and_line_ends_round(self) -> None:
        text = "".join(ratings_csv([make_rating(note="=x, y")])).replace("\n", "\r\n")
        assert read_text(text).ratings == (make_rating(note="=x, y"),)
        rows = [line.split(",") for line in "".join(ratings_csv([make_rating()])).splitlines()]
        assert read_text("\n".join(",".join(row[::-1]) for row in rows)).ratings == (make_rating(),)


class TestWhatWasCorrectedHere:
    def test_a_deletion_stays_and_is_told(
        self, folders: Folders, other: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(folders)
        file = saved(tmp_path / "f", exported(folders))
        run(import_, other, file)
        with reopened(folders.database) as store:
            delete(store, What.RATING, "own")
            delete(store, What.SESSION, "s1")
        after = exported(folders)
        assert "own" not in after
        assert '"s1"' not in after
        capsys.readouterr()
        run(import_, folders, file)
        words = "Nothing new. 6 were there already. 4 were deleted here and stay so (trainer restore brings back; "
        assert capsys.readouterr().out == f"{words}--conflict replace takes the file's).\n"
        assert exported(folders) == after

    def test_where_it_was_not_deleted_it_stays(self, folders: Folders, other: Folders, tmp_path: Path) -> None:
        fill(folders)
        run(import_, other, saved(tmp_path / "f", exported(folders)))
        before = exported(other)
        with reopened(folders.database) as store:
            delete(store, What.SESSION, "s1")
        run(import_, other, saved(tmp_path / "g", exported(folders)))
        assert exported(other) == before

    def test_the_file_brings_it_back_where_it_is_told_to(self, folders: Folders, tmp_path: Path) -> None:
        fill(folders)
        before = exported(folders)
        with reopened(folders.database) as store:
            delete(store, What.RATING, "own")
            delete(store, What.SESSION, "s1")
            correct(store, "b0", lambda rating: replace(rating, score=9))
        run(import_, folders, saved(tmp_path / "f", before), "--conflict", "replace")
        assert exported(folders) == before
        with reopened(folders.database) as store:
            assert list_deleted(store) == ()

    def test_it_stays_away_after_it_was_removed_for_good(
        self, folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(folders)
        file = saved(tmp_path / "f", exported(folders))
        with reopened(folders.database) as store:
            delete(store, What.RATING, "own")
        later = Store.open(folders.database, now=lambda: fixed_now() + timedelta(days=31))
        with later as store:
            forget(store)
        run(import_, folders, file)
        assert "1 was deleted here and stays so" in capsys.readouterr().out
        run(import_, folders, file, "--conflict", "replace")
        assert '"own"' in exported(folders)

    def test_a_correction_is_no_contradiction_of_the_file_it_was_made_after(
        self, folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(folders)
        file = saved(tmp_path / "f", exported(folders))
        with reopened(folders.database) as store:
            correct(store, "own", lambda rating: replace(rating, score=7))
            correct(store, "own", lambda rating: replace(rating, score=8, at=NOON))
        after = exported(folders)
        run(import_, folders, file)
        assert capsys.readouterr().out == "Nothing new. 10 were there already.\n"
        assert exported(folders) == after

    def test_a_correction_of_a_session_is_no_contradiction_either(
        self, folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(folders)
        before = exported(folders)
        file = saved(tmp_path / "f", before)
        with reopened(folders.database) as store:
            correct_session(store, "s1", drills={0: partial(corrected, result=Result.HURT)})
            correct_session(store, "s1", started_at=NOON - timedelta(days=1))
        after = exported(folders)
        run(import_, folders, file)
        assert capsys.readouterr().out == "Nothing new. 10 were there already.\n"
        assert exported(folders) == after
        run(import_, folders, file, "--conflict", "replace")
        assert exported(folders) == before

    def test_events_and_freezes_deleted_here_stay_so_too(self) -> None:
        event, freeze = Event("e1", date(2026, 10, 2), "new shoes"), Freeze("f1", date(2026, 10, 2))
        with memory() as store:
            save(store, event, freeze)
            delete(store, What.EVENT, "e1")
            delete(store, What.FREEZE, "f1")
            change = take_in(store, Contents(events=(event,), freezes=(freeze,)).pieces())
            assert (change.deleted, list_events(store), list_freezes(store)) == (2, (), ())
            restore(store, What.EVENT, "e1")
            assert list_events(store) == (event,)

    def test_the_later_sight_of_a_freeze_or_a_trial_is_taken(self) -> None:
        open_end = Freeze("f1", date(2026, 10, 2))
        ended = replace(open_end, last_day=date(2026, 10, 4))
        days = (TrialDay(date(2026, 10, 3), 1, Arm.FIRST), TrialDay(date(2026, 10, 4), 1, Arm.SECOND))
        trial = Trial("t1", NOON, 7, Design.PAIRS, "a", "b", days=days[:1])
        finished = replace(trial, status=TrialStatus.FINISHED, days=days)
        with memory() as store:
            take_in(store, Contents(freezes=(open_end,), trials=(trial,)).pieces())
            take_in(store, Contents(freezes=(ended,), trials=(finished,)).pieces())
            assert take_in(store, Contents(freezes=(open_end,), trials=(trial,)).pieces()).same == 2
            assert (list_freezes(store), list_trials(store)) == ((ended,), (finished,))
            with pytest.raises(UsageError, match="The trial 't1'"):
                take_in(store, Contents(trials=(replace(finished, seed=8),)).pieces())
            with pytest.raises(UsageError, match="The freeze 'f1'"):
                take_in(store, Contents(freezes=(replace(ended, words="flu"),)).pieces())

    def test_an_export_without_the_newer_lists_is_taken_in(self, folders: Folders) -> None:
        fill(folders)
        text = exported(folders)
        diary = json.loads(text)
        for name in ("events", "freezes", "trials"):
            del diary[name]
        for session in diary["sessions"]:
            for drill in session["drills"]:
                del drill["reason"]
        assert read_text(json.dumps(diary)) == read_text(text)


class TestMerging:
    def test_two_laptops_keep_both(self, folders: Folders, other: Folders, tmp_path: Path) -> None:
        for number, place in enumerate((folders, other)):
            with reopened(place.database) as store:
                store.begin(make_record(f"s{number}", at=NOON + timedelta(days=number)))
                store.rate(make_rating(f"r{number}", at=NOON + timedelta(days=number), session=f"s{number}"))
        run(import_, folders, saved(tmp_path / "a", exported(other)))
        run(import_, other, saved(tmp_path / "b", exported(folders)))
        assert exported(folders) == exported(other)
        assert len(json.loads(exported(other))["sessions"]) == 2

    def test_a_contradiction_is_named_and_refused_or_resolved_as_told(
        self, folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(folders)
        before = exported(folders)
        theirs = json.loads(before)
        theirs["ratings"][-1]["score"] = 9
        theirs["ratings"].append(theirs["ratings"][-1] | {"id": "new"})
        file = saved(tmp_path / "f", json.dumps(theirs))
        with pytest.raises(UsageError, match="The rating 'own' says something else") as caught:
            run(import_, folders, file)
        assert "--conflict keep" in caught.value.hint
        assert exported(folders) == before
        assert list_backups(folders.backups) == ()
        run(import_, folders, file, "--conflict", "keep")
        assert "1 say something else here and were left" in capsys.readouterr().out
        assert {r["id"]: r["score"] for r in json.loads(exported(folders))["ratings"]}["own"] == 0
        run(import_, folders, file, "--conflict", "replace")
        assert {r["id"]: r["score"] for r in json.loads(exported(folders))["ratings"]}["own"] == 9
        with pytest.raises(UsageError, match="is no rule"):
            run(import_, folders, file, "--conflict", "newest")

    def test_the_same_instant_on_another_clock_is_a_contradiction(self) -> None:
        with memory() as store:
            store.rate(make_rating())
            store.begin(make_record())
            elsewhere = NOON.astimezone(timezone(timedelta(hours=-5)))
            with pytest.raises(UsageError):
                take_in(store, Contents(ratings=(make_rating(at=elsewhere),)).pieces())
            with pytest.raises(UsageError):
                take_in(store, Contents((make_record(at=elsewhere),)).pieces())

    def test_a_later_sight_of_a_session_is_taken_and_an_earlier_one_changes_nothing(self) -> None:
        early = replace(make_record(), status=Status.INTERRUPTED, outcomes=(BOTH_DONE,), moved_s=10.0)
        late = replace(early, status=Status.FINISHED, ended_at=NOON, outcomes=(BOTH_DONE, BOTH_DONE), moved_s=20.0)
        with memory() as store:
            take_in(store, Contents((early,)).pieces())
            assert take_in(store, Contents((late,)).pieces()).new == {"session": 1}
            assert not take_in(store, Contents((early,)).pieces())
            assert store.find_session("s1") == late
            with pytest.raises(UsageError, match="The session 's1'"):
                take_in(store, Contents((replace(late, outcomes=()),)).pieces())
            with pytest.raises(UsageError):
                take_in(store, Contents((replace(late, title="Other"),)).pieces())
            shorter = replace(late, outcomes=(BOTH_DONE,))
            assert take_in(store, Contents((shorter,)).pieces(), Rule.REPLACE).new == {"session": 1}
            assert store.find_session("s1") == shorter

    def test_a_backup_is_made_first_and_only_where_something_changes(
        self, folders: Folders, other: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(folders)
        file = saved(tmp_path / "f", exported(folders))
        run(import_, folders, file)
        run(import_, other, file)
        assert list_backups(folders.backups) == list_backups(other.backups) == ()
        with reopened(other.database) as store:
            store.rate(make_rating("mine", at=NOON - timedelta(days=9)))
        other.backups.write_text("in the way")
        run(import_, folders, saved(tmp_path / "g", exported(other)))
        assert [backup.reason for backup in list_backups(folders.backups)] == [Reason.IMPORT]
        with reopened(folders.database) as store:
            store.rate(make_rating("more"))
        capsys.readouterr()
        run(import_, other, saved(tmp_path / "h", exported(folders)))
        out, err = capsys.readouterr()
        assert out.startswith("Taken in: 0 sessions and 1 rating.")
        assert err.startswith("trainer: No backup of the diary was made.")

    def test_what_fails_on_the_way_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(rating: Rating) -> tuple[str, tuple[object, ...]]:
            return ("INSERT INTO nowhere VALUES (?)", (rating.id,))

        with memory() as store:
            monkeypatch.setattr("trainer.store.taking_in.rated", fails)
            with pytest.raises(StoreError):
                take_in(store, Contents((make_record(),), (make_rating(),)).pieces())
            assert store.sessions() == ()


def record(**changes: object) -> dict[str, Any]:
    with memory() as store:
        store.begin(make_record())
        store.keep("s1", 1, BOTH_DONE, 5.0)
        store.rate(make_rating(session="s1"))
        day = date(2026, 10, 3)
        trial = Trial("t1", NOON, 7, Design.PAIRS, "a", "b", days=(TrialDay(day, 1, Arm.FIRST),))
        save(store, Event("e1", day, "new shoes"), Freeze("f1", day, day), trial)
        diary: dict[str, Any] = json.loads(everything(store))
    return diary | changes


def at(*way: object, value: object) -> Callable[[dict[str, Any]], None]:
    def change(diary: Any) -> None:
        for step in way[:-1]:
            diary = diary[step]
        diary[way[-1]] = value

    return change


WRONG: list[tuple[Callable[[dict[str, Any]], None], str]] = [
    (at("ratings", 0, "score", value=11), "Rating 1: score is 11, not a whole number from 0 to 10"),
    (at("ratings", 0, "score", value=-1), "Rating 1: score is -1"),
    (at("ratings", 0, "score", value=True), "Rating 1: score is true"),
    (at("ratings", 0, "score", value=4.0), "Rating 1: score is 4"),
    (at("ratings", 0, "score", value="4"), "Rating 1: score is '4'"),
    (at("ratings", 0, "score", value=10**200), "Rating 1: score is a number too large"),
    (at("ratings", 0, "knee", value="both"), "Rating 1: knee is 'both', not left or right"),
    (at("ratings", 0, "knee", value=["left"]), "Rating 1: knee is a list"),
    (at("ratings", 0, "moment", value="noon"), "Rating 1: moment is 'noon', not one of before"),
    (at("ratings", 0, "at", value="2026-10-02T12:00:00"), "a time with its offset"),
    (at("ratings", 0, "at", value="2026-13-02T12:00:00+00:00"), "not a date and time"),
    (at("ratings", 0, "at", value="٢026-10-02T12:00:00+00:00"), "not a date and time"),
    (at("ratings", 0, "at", value=0), "not a date and time"),
    (at("ratings", 0, "at", value="0001-01-01T00:00:00+14:00"), "not a time that anybody lived"),
    (at("ratings", 0, "id", value=""), "Rating 1: id is ''"),
    (at("ratings", 0, "id", value=None), "Rating 1: id is null, not text"),
    (at("ratings", 0, "note", value="\x1b[2J"), "Rating 1: note holds control characters"),
    (at("ratings", 0, "note", value="a\u202eb"), "Rating 1: note holds control characters"),
    (at("ratings", 0, "note", value="a\nb"), "Rating 1: note holds control characters"),
    (at("ratings", 0, "note", value="\ud800"), "Rating 1: note holds control characters"),
    (at("ratings", 0, "note", value="x" * 2001), "Rating 1: note is longer than 2000"),
    (at("ratings", 0, "mood", value=1), "Rating 1: 'mood' is nothing this trainer knows"),
    (at("ratings", 0, value=7), "Rating 1: this is 7, not a record"),
    (at("ratings", value={}), "The file: ratings is a record, not a list"),
    (at("ratings", 0, "note", value="other"), "Rating 1: its id 'r1' stands for something else in session 1, rating 1"),
    (at("sessions", 0, "ratings", 0, "session", value="s2"), "Session 1, rating 1: it belongs to another session"),
    (at("sessions", 0, "title", value="\x07"), "Session 1: title holds control characters"),
    (at("sessions", 0, "status", value="done"), "Session 1: status is 'done'"),
    (at("sessions", 0, "moved_s", value=-1), "Session 1: moved_s is -1"),
    (at("sessions", 0, "moved_s", value=True), "Session 1: moved_s is true"),
    (at("sessions", 0, "moved_s", value=1e300), "Session 1: moved_s is 1e\\+300"),
    (at("sessions", 0, "moved_s", value=10**400), "Session 1: moved_s is a number too large"),
    (at("sessions", 0, "drills", 0, "reps_done", value=2**63), "Session 1, drill 1: reps_done is 9223372036854775808"),
    (at("sessions", 0, "drills", 0, "outcome", value="x" * 500), "Session 1, drill 1: outcome is 'x{37}\\.\\.\\.'"),
    (at("sessions", 0, "drills", 0, "drill", value={}), "Session 1, drill 1: drill is a record"),
    (
        lambda diary: diary["sessions"][0]["drills"].append(diary["sessions"][0]["drills"][0] | {"reps_done": 6.0}),
        "Session 1, drill 2: reps_done is 6, not a whole number",
    ),
    (lambda diary: diary["sessions"].append(diary["sessions"][0] | {"title": "x"}), "Session 2: its id 's1' stands"),
    (lambda diary: diary["ratings"][0].pop("knee"), "Rating 1: knee is missing"),
    (at("sessions", 0, "drills", 0, "reason", value=1), "Session 1, drill 1: reason is 1, not text"),
    (at("events", value={}), "The file: events is a record, not a list"),
    (at("events", 0, "day", value="2026-10-32"), "Event 1: day is '2026-10-32', not a date"),
    (at("events", 0, "day", value="20261003"), "Event 1: day is '20261003', not a date such as"),
    (at("events", 0, "day", value="0001-01-01"), "Event 1: day is '0001-01-01'"),
    (at("events", 0, "words", value="a\x1b"), "Event 1: words holds control characters"),
    (lambda diary: diary["events"].append(diary["events"][0] | {"words": "x"}), "Event 2: its id 'e1' stands for"),
    (at("freezes", 0, "last_day", value="2026-10-02"), "Freeze 1: last_day is '2026-10-02', not first_day or later"),
    (at("freezes", 0, "mood", value=1), "Freeze 1: 'mood' is nothing"),
    (at("trials", 0, "seed", value=2**63), "Trial 1: seed is 9223372036854775808"),
    (at("trials", 0, "washout_days", value=1), "Trial 1: washout_days is 1, not a whole number from 0 to 0"),
    (at("trials", 0, "days", 0, "arm", value="both"), "Trial 1, day 1: arm is 'both', not one of first, second"),
    (at("trials", 0, "days", 0, "planned", value=1), "Trial 1, day 1: planned is 1, not true or false"),
    (
        lambda diary: diary["trials"][0]["days"].append(diary["trials"][0]["days"][0]),
        "Trial 1, day 2: it does not come",
    ),
    (at("schema", value="joint-trainer/2"), "its schema is 'joint-trainer/2'"),
    (at("more", value=1), "The file: 'more' is nothing"),
]
BEGUN = '{"schema": "joint-trainer/1", "ratings": ['
RAW = [
    ("", "The file: it is empty"),
    (" \n\n", "The file: it is empty"),
    ("[1, 2]", "it is a list"),
    ('{"schema": "joint-trainer/1"}', "The file: sessions is missing"),
    ('{"schema": NaN}', "The file: it holds NaN, which is no number"),
    ('{"schema": -Infinity}', "holds -Infinity"),
    (BEGUN.replace("ratings", "schema"), "The file: it says 'schema' twice"),
    (BEGUN + '{"id": 1, "id": 2}]}', "Rating 1: it says 'id' twice"),
    (BEGUN + "]}", "The file: sessions is missing"),
    (BEGUN + "],}", "Line 1, column 45: expecting property name"),
    (BEGUN + "]} 7", "Line 1, column 46: extra data"),
    (BEGUN + "\n]\n\n]", "Line 4, column 1: expecting ',' delimiter"),
    ('{\n"schema": joint}', "Line 2, column 11"),
    ("[" * 100_000, "it is a list"),
    (BEGUN + "[" * 100_000, "Rating 1: it is nested more deeply"),
    ('{"a":' * 100_000, "it begins with 'a'"),
    (BEGUN + f"[{'1' * 5000}]", "Rating 1: it holds a number that is too long"),
    (f"{BEGUN}0", "Rating 1: this is 0, not a record"),
    (BEGUN + '"', "Line 1, column 43: unterminated string"),
    ("{", "Line 1, column 2"),
    ("id,at,moment,activity,knee,score,note\n", "Line 1: the columns are not"),
    ("id;at;moment;activity;knee;score;note;session\n", "Line 1: the columns are not"),
    ("".join(sessions_csv([])), "Take the JSON"),
    ("x", "Line 1: the columns are not"),
]
HEADER = "id,at,moment,activity,knee,score,note,session\n"
GOOD = "r1,2026-10-02T12:00:00+02:00,now,,right,4,,\n"
ROWS = [
    (GOOD.replace("4", "11"), "Line 3: score is '11'|Line 3: score is 11"),
    (GOOD.replace("4", "4.0"), "Line 3: score is '4.0'"),
    (GOOD.replace("4", "NaN"), "Line 3: score is 'NaN'"),
    (GOOD.replace("4", "٤"), "Line 3: score is"),
    (GOOD.replace("+02:00", ""), "Line 3: at is .*offset"),
    (GOOD.replace("4,,", "4,"), "Line 3: this has 7 values, not 8"),
    (GOOD.replace("4,,", '4,"a\nb",'), "Line 4: note holds control characters"),
    (GOOD.replace("4,,", "4,\x00,"), "Line 3: note holds control characters"),
    (GOOD.replace("4,,", '4,"a,'), "Line 3: unexpected end of data"),
    (GOOD.replace("4,,", f"4,{'x' * 70_000},"), "Line 3: it is longer"),
    (GOOD.replace("4", "5").replace("r1", "r0"), "Line 3: its id 'r0' stands for something else in line 2"),
]


class TestRefused:
    @pytest.mark.parametrize(("change", "words"), WRONG, ids=[words for _, words in WRONG])
    def test_a_wrong_value_is_named_with_its_record(self, change: Callable[[dict[str, Any]], None], words: str) -> None:
        diary = record()
        read_text(json.dumps(diary))
        change(diary)
        with pytest.raises(UsageError, match=words) as caught:
            read_text(json.dumps(diary))
        assert str(caught.value).isascii()
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 200

    @pytest.mark.parametrize(("text", "words"), RAW, ids=range(len(RAW)))
    def test_a_foreign_file_is_told_with_its_line(self, text: str, words: str) -> None:
        with pytest.raises(UsageError, match=words):
            read_text(text)

    @pytest.mark.parametrize(("row", "words"), ROWS, ids=range(len(ROWS)))
    def test_a_wrong_row_is_named_by_its_line(self, row: str, words: str) -> None:
        good = HEADER + GOOD.replace("r1", "r0")
        assert len(read_text(good).ratings) == 1
        with pytest.raises(UsageError, match=words):
            read_text(good + row)

    @given(st.text(max_size=60) | st.text('{}[],:"01ratingsed\n\\u', max_size=60))
    def test_whatever_text_it_is(self, text: str) -> None:
        for whole in (text, f'{{"schema": "joint-trainer/1", "sessions": [{text}], "ratings": []}}', HEADER + text):
            with contextlib.suppress(UsageError):
                read_text(whole)

    def test_nothing_is_half_taken_in_and_no_diary_is_made(self, folders: Folders, tmp_path: Path) -> None:
        diary = record()
        diary["ratings"].append(diary["ratings"][0] | {"id": "r2", "score": 11})
        with pytest.raises(UsageError, match=r"'.*/f': Rating 2: score is 11|'.*: Rating 2: score is 11"):
            run(import_, folders, saved(tmp_path / "f", json.dumps(diary)))
        assert not folders.data.exists()

    def test_no_file_a_folder_and_a_name_that_is_none(self, folders: Folders, tmp_path: Path) -> None:
        for path in (tmp_path / "none", tmp_path, Path("a\0b")):
            with pytest.raises(UsageError):
                run(import_, folders, str(path))

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
    def test_a_pipe_and_a_device_are_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        for path in (str(tmp_path / "pipe"), "/dev/zero"):
            with pytest.raises(UsageError, match="no file"):
                read_path(path)

    def test_what_is_not_utf8_is_told_with_its_line(self, tmp_path: Path) -> None:
        (tmp_path / "f").write_bytes(b"one\ntwo\nth\xffree")
        with pytest.raises(UsageError, match="Line 3: this is not UTF-8"):
            read_path(str(tmp_path / "f"))

    def test_stdin_is_a_file_too(self, folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "f").write_bytes(b"\xef\xbb\xbf" + json.dumps(record()).encode())
        with (tmp_path / "f").open(encoding="utf-8") as file:
            monkeypatch.setattr(sys, "stdin", file)
            run(import_, folders, "-")
        assert len(json.loads(exported(folders))["ratings"]) == 1
