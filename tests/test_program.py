"""The whole program, from outside: real commands, a real terminal, real keys, real signals, a real diary."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pty", reason="needs a pseudo-terminal, which this platform does not have")

from tests.program import (
    HOME,
    LONG,
    QUESTION,
    QUICK,
    REPS,
    ask,
    folder,
    open_trainer,
    rate,
    reach_second_drill,
    rep,
    told,
)

__all__ = ["folder"]
BROKEN = "id: mine\nname: Mine\npurpose: x\nitems:\n- {drill: no-such-drill, reps: 3}\n"


def test_a_session_runs_to_its_rating_and_is_found_in_history_and_export(folder: Path) -> None:
    events_file = folder / "e.jsonl"
    plan = told(folder, "show", "gym-floor-quick", "--json")
    with open_trainer(folder, *QUICK, "--speed", "20", "--events", str(events_file)) as terminal:
        terminal.wait_until(lambda text: rep(text) > 1, "a count")
        rate(terminal, "3")
        assert terminal.started + plan["total_s"] / 20 <= time.monotonic()
        terminal.press("\r")
        terminal.wait_for(HOME, "Right knee 3")
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.was_full_screen()
        assert terminal.left_behind() == []

    events = [json.loads(line) for line in events_file.read_text(encoding="utf-8").splitlines()]
    times = [event["t"] for event in events]
    assert times == sorted(times)
    assert [event["event"] for event in events[:2]] == ["started", "phase"]
    assert [event["event"] for event in events[-2:]] == ["ended", "rated"]
    assert (events[-2]["status"], events[-2]["t"]) == ("finished", pytest.approx(plan["total_s"]))
    assert (events[-1]["moment"], events[-1]["knee"], events[-1]["score"]) == ("after", "right", 3)
    cues = [(event["t"], event["kind"], event["text"]) for event in events if event["event"] == "cue"]
    assert cues == [(pytest.approx(cue["at_s"], abs=0.001), cue["kind"], cue["text"]) for cue in plan["cues"]]
    walls = [event["wall"] for event in events if event["event"] == "cue"]
    assert walls[-1] - walls[0] == pytest.approx((cues[-1][0] - cues[0][0]) / 20, abs=0.001)
    phases = [(event["index"], event["kind"], event["drill"], event["side"]) for event in events if "index" in event]
    assert phases == [(p["index"], p["kind"], p["drill"], p["side"]) for p in plan["phases"]]
    planned_reps = sum(phase["reps"] or 0 for phase in plan["phases"])
    assert sum(event["event"] == "rep" for event in events) == planned_reps

    (session,) = told(folder, "history", "--json")
    assert (session["routine"], session["status"], session["speed"]) == ("gym-floor-quick", "finished", 20)
    assert session["planned_s"] == plan["total_s"]
    assert {drill["outcome"] for drill in session["drills"]} == {"done"}
    assert sum(drill["reps_done"] for drill in session["drills"]) == planned_reps
    (rating,) = session["ratings"]
    assert (rating["moment"], rating["knee"], rating["score"]) == ("after", "right", 3)
    exported = told(folder, "export")
    assert exported["schema"] == "joint-trainer/1"
    assert [kept["id"] for kept in exported["sessions"]] == [session["id"]]
    assert rating["id"] in [kept["id"] for kept in exported["ratings"]]


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_in_mid_session_leaves_the_terminal_whole_and_the_session_kept(
    folder: Path, name: str, code: int
) -> None:
    with open_trainer(folder, *LONG, "--speed", "20") as terminal:
        reach_second_drill(terminal)
        terminal.signal(signal.Signals[name])
        assert terminal.end() == code
        assert terminal.was_full_screen()
        assert terminal.left_behind() == []
    assert _kept_as(folder, "interrupted")["ratings"] == []


def test_closing_the_window_in_mid_session_keeps_the_session(folder: Path) -> None:
    with open_trainer(folder, *LONG, "--speed", "20") as terminal:
        reach_second_drill(terminal)
        terminal.close_window()
        assert terminal.end() != 0
    _kept_as(folder, "interrupted")


def test_stopping_early_asks_first_keeps_what_was_done_and_rates(folder: Path) -> None:
    with open_trainer(folder, *LONG, "--speed", "20") as terminal:
        reach_second_drill(terminal)
        terminal.press("q")
        terminal.wait_for("Stop here?", "What you did is kept")
        terminal.press("\r")
        rate(terminal, "0")
        terminal.wait_for("stopped early")
        terminal.press("\r")
        terminal.wait_for(HOME)
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.left_behind() == []
    session = _kept_as(folder, "stopped")
    assert 1 <= session["drills"][1]["reps_done"] < REPS
    assert [rating["score"] for rating in session["ratings"]] == [0]


def test_the_keys_of_a_presentation_remote_and_the_mouse_run_a_session(folder: Path) -> None:
    with open_trainer(folder, *QUICK) as terminal:
        terminal.wait_for("GET READY", "Foot rolls", "Pause")
        terminal.press("\x1b[6~")  # PageDown
        terminal.wait_for("Rep ")
        terminal.press("b")
        terminal.wait_for("PAUSED", "Rep ")
        terminal.press("\x1b[<0;60;18M\x1b[<0;60;18m")  # a click in the middle
        terminal.wait_for("GOING ON")
        terminal.wait_until(lambda text: "GOING ON" not in text and rep(text) > 0, "the drill going on")
        terminal.press("\x1b[5~")  # PageUp
        terminal.press("\x1b[5~")
        terminal.wait_for("GET READY", "Foot rolls")
        terminal.press("?")
        terminal.wait_for("On to the next", "PageDown")
        terminal.signal(signal.SIGTERM)
        assert terminal.end() == 143


def test_a_window_that_shrinks_goes_on_counting_and_grows_again(folder: Path) -> None:
    with open_trainer(folder, *LONG, "--speed", "20") as terminal:
        reach_second_drill(terminal)
        terminal.resize(40, 10)
        small = rep(terminal.wait_for("40x10", "Heel raises", "Rep "))
        later = rep(terminal.wait_until(lambda text: rep(text) > small, "the count going on"))
        terminal.resize(200, 60)
        terminal.wait_until(lambda text: "Stop" in text and "Heel raises" in text and rep(text) > later, "it all")
        assert max(len(line) for line in terminal.text().splitlines()) > 120
        terminal.signal(signal.SIGTERM)
        assert terminal.end() == 143
        assert terminal.left_behind() == []


def test_the_first_start_asks_shows_the_safety_text_and_asks_no_more(tmp_path: Path) -> None:
    with open_trainer(tmp_path) as terminal:
        terminal.wait_for("Before you start", "not a medical device", "I have read this")
        terminal.press("y")
        terminal.wait_for("Which knee troubles you?")
        terminal.press("r")
        terminal.wait_for(HOME, "Knee neighbours", "No kneeling")
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.left_behind() == []
    with open_trainer(tmp_path) as terminal:
        assert "Before you start" not in terminal.wait_for(HOME)
        terminal.press("q")
        assert terminal.end() == 0


def test_a_broken_routine_of_ones_own_is_listed_with_its_reason_and_stops_nothing(folder: Path) -> None:
    own = folder / "config" / "routines"
    (own / "mine.yaml").write_text(BROKEN, encoding="utf-8")
    listed = ask(folder, "routines")
    assert listed.returncode == 0
    assert "no-such-drill" in listed.stdout
    assert "gym-floor-quick" in listed.stdout
    with open_trainer(folder, *QUICK, "--speed", "4") as terminal:
        terminal.wait_for("drill 1 of 10")
        terminal.press("q")
        terminal.wait_for("Stop here?")
        terminal.press("\r")
        rate(terminal, "4")
        terminal.press("\r")
        terminal.wait_for(HOME, "no-such-drill")
        terminal.press("q")
        assert terminal.end() == 0


def test_a_diary_that_cannot_be_written_is_said_and_stops_nothing(tmp_path: Path) -> None:
    ask(tmp_path, "setup", "--knee", "right", "--accept-safety")
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    with open_trainer(tmp_path, *QUICK, "--speed", "4") as terminal:
        terminal.wait_for("Foot rolls", "drill 1 of 10")
        terminal.press("q")
        terminal.wait_for("Stop here?")
        terminal.press("\r")
        terminal.wait_for(QUESTION)
        terminal.press("4\r")
        terminal.wait_for("Not saved")
        terminal.press("\r")
        terminal.wait_for(HOME)
        terminal.press("q")
        assert terminal.end() == 2
        assert terminal.left_behind() == []
        assert "trainer: " in terminal.text()
        assert b"Traceback" not in terminal.raw


def test_a_signal_has_its_own_exit_code_also_where_nothing_could_be_saved(tmp_path: Path) -> None:
    ask(tmp_path, "setup", "--knee", "right", "--accept-safety")
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    with open_trainer(tmp_path, *QUICK) as terminal:
        terminal.wait_for("Foot rolls", "drill 1 of 10")
        terminal.signal(signal.SIGTERM)
        assert terminal.end() == 143
        assert terminal.left_behind() == []
        assert b"trainer: The diary" in terminal.raw


@pytest.mark.parametrize(
    "environ",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"TERM": "xterm"},
        {"TERM": "linux"},
        {"TERM": "screen"},
        {"TERM": "xterm", "NO_COLOR": "1"},
        {"TERM": "no-such-terminal"},
    ],
    ids=lambda environ: "-".join(environ.values()),
)
def test_it_opens_and_closes_in_terminals_of_every_kind(folder: Path, environ: dict[str, str]) -> None:
    with open_trainer(folder, columns=80, rows=24, **environ) as terminal:
        text = terminal.wait_for(HOME, "Gym floor, quick")
        assert "\N{REPLACEMENT CHARACTER}" not in text
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.left_behind() == []
        assert b"Traceback" not in terminal.raw
        if environ.get("NO_COLOR"):
            assert b"38;2;" not in terminal.raw


@pytest.mark.parametrize(
    "words",
    [
        ("no-such-verb",),
        ("strat", "gym-floor-quick"),
        ("start",),
        ("start", "no-such-routine"),
        ("start", "gym-floor-quick", "--speed", "0"),
        ("start", "gym-floor-quick", "--speed", "fast"),
        ("start", "gym-floor-quick", "--speed", "nan"),
        ("start", "gym-floor-quick", "--audio", "loud"),
        ("start", "gym-floor-quick", "--no-such-option"),
        ("start", "gym-floor-quick", "--events", "no/such/folder/e.jsonl"),
        ("start", "."),
        ("start", "no-such-file.yaml"),
        ("--speed", "99"),
        ("show",),
        ("show", "no-such-routine"),
        ("show", "no-such-file.yaml"),
        ("check",),
        ("rate",),
        ("rate", "11"),
        ("rate", "-1"),
        ("rate", "three"),
        ("rate", "3", "--knee", "middle"),
        ("rate", "3", "--knee", "left", "--moment", "noon"),
        ("rate", "3", "--knee", "left", "--at", "yesterday-ish"),
        ("trend", "--days", "0"),
        ("trend", "--width", "wide"),
        ("export", "--format", "pdf"),
        ("setup", "--knee", "elbow"),
        ("sound", "--audio", "loud"),
        ("rate", "3\x1b[2J"),
        ("\x1b]0;title\x07",),
    ],
    ids=lambda words: ascii(" ".join(words)),
)
def test_a_bad_command_line_says_so_in_one_line_and_exits_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    answer = ask(tmp_path, *words)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1
    assert answer.stderr.startswith("trainer: ")
    assert answer.stderr.rstrip("\n").isprintable()


def test_the_app_without_a_terminal_says_so_in_one_line(folder: Path) -> None:
    for words in ((), QUICK):
        answer = ask(folder, *words)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert "needs a terminal" in answer.stderr
        assert len(answer.stderr.splitlines()) == 1


def _kept_as(folder: Path, status: str) -> dict[str, Any]:
    """The one session of the diary: ended so, in its second drill."""
    session: dict[str, Any]
    (session,) = told(folder, "history", "--json")
    first, *others = session["drills"]
    assert session["status"] == status
    assert session["ended_at"]
    assert session["moved_s"] >= 2
    assert (first["drill"], first["outcome"], first["reps_done"]) == ("foot-roll-in-out", "done", 1)
    assert [drill["drill"] for drill in others] == ["heel-raise-toe-break"]
    return session
