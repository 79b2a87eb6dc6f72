"""A session cut off in the real program: killed, stuck or broken, with another window beside it; and the next start."""

from __future__ import annotations

import json
import re
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pty", reason="needs a pseudo-terminal, which this platform does not have")

from tests.program import HOME, LONG, QUESTION, REPS, SHORT, folder, open_trainer, rate, reach_second_drill, told
from tests.terminal import Terminal, environment
from tests.test_leaving import STUCK

__all__ = ["folder"]
SPEED = ("--speed", "12")
SECOND_REP_S = 20.0
"""When it begins in the second drill of ``LONG``."""
OFFER = "Go on with Long one?"
BROKEN_PROGRAM = """
import sys
from trainer import cli
from trainer.ui.app import TrainerApp

def fall_over(self):
    raise RuntimeError("fell over")

TrainerApp.action_help = fall_over
sys.exit(cli.main(sys.argv[1:]))
"""


def history(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told(folder, "history", "--json")
    return found


def kept_s(folder: Path) -> float:
    """The second of the one session under way, as its place says."""
    (place,) = (folder / "data" / "under-way").glob("*.json")
    return float(json.loads(place.read_text(encoding="utf-8"))["position_s"])


def kill_in_second_drill(folder: Path) -> str:
    """Give the id of the session that was cut off, once its place in the second rep or later is on the disk."""
    with open_trainer(folder, *LONG, *SPEED) as terminal:
        reach_second_drill(terminal)
        terminal.wait_until(lambda _: kept_s(folder) >= SECOND_REP_S, "the place on the disk")
        terminal.signal(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    (session,) = history(folder)
    assert (session["status"], len(session["drills"])) == ("running", 1)
    return str(session["id"])


def test_killed_in_a_drill_it_goes_on_there_at_the_next_start_and_comes_to_its_end(folder: Path) -> None:
    id_ = kill_in_second_drill(folder)
    told_to = folder / "e.jsonl"
    with open_trainer(folder, "--audio", "off", "--speed", "60", "--events", str(told_to)) as terminal:
        text = terminal.wait_for(OFFER, "It ended in the middle, today", "enter  go on")
        offered = re.search(rf"rep (\d+) of {REPS}, \d:\d\d left", text)
        assert offered is not None
        assert 2 <= int(offered[1]) <= REPS
        terminal.press("\r")
        rate(terminal, "3")
        terminal.press("\r")
        terminal.wait_for(HOME, "Right knee 3")
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.left_behind() == []
    events = [json.loads(line) for line in told_to.read_text(encoding="utf-8").splitlines()]
    assert next(event["rep"] for event in events if event["event"] == "rep") == int(offered[1])
    (session,) = history(folder)
    assert (session["id"], session["status"]) == (id_, "finished")
    assert {drill["outcome"] for drill in session["drills"]} == {"done"}
    assert len({drill["drill"] for drill in session["drills"]}) == 3
    assert [rating["score"] for rating in session["ratings"]] == [3]
    assert list((folder / "data" / "under-way").iterdir()) == []


def test_killed_and_left_it_stays_interrupted_and_is_rated(folder: Path) -> None:
    kill_in_second_drill(folder)
    with open_trainer(folder, "start", "long", "--audio", "off") as terminal:
        terminal.wait_for(OFFER)
        terminal.press("\x1b")
        terminal.wait_for("After Long one, today", QUESTION, "enter saves")
        terminal.press("4\r")
        terminal.wait_for(QUESTION, "0-9 answers")
        terminal.signal(signal.SIGTERM)
        assert terminal.end() == 143
    (session,) = history(folder)
    assert (session["status"], [rating["score"] for rating in session["ratings"]]) == ("interrupted", [4])
    assert session["moved_s"] > 2
    assert session["ended_at"]


def test_a_window_closed_at_the_rating_is_asked_about_at_the_next_start(folder: Path) -> None:
    with open_trainer(folder, *SHORT, "--speed", "60") as terminal:
        terminal.wait_for(QUESTION)
        terminal.close_window()
        assert terminal.end() == 129
    with open_trainer(folder) as terminal:
        terminal.wait_for("After Short one, today", QUESTION)
        terminal.press("s")
        terminal.wait_for(HOME)
        terminal.press("q")
        assert terminal.end() == 0
    (session,) = history(folder)
    assert [rating["score"] for rating in session["ratings"]] == [None]
    with open_trainer(folder) as terminal:
        assert QUESTION not in terminal.wait_for(HOME)
        terminal.press("q")
        assert terminal.end() == 0


def test_another_window_leaves_a_session_that_runs_alone(folder: Path) -> None:
    with open_trainer(folder, *LONG, *SPEED) as terminal:
        reach_second_drill(terminal)
        terminal.press(" ")
        terminal.wait_for("PAUSED")
        with open_trainer(folder) as other:
            assert "Go on with" not in other.wait_for(HOME)
            other.press("q")
            assert other.end() == 0
        (session,) = history(folder)
        assert session["status"] == "running"
        terminal.signal(signal.SIGTERM)
        assert terminal.end() == 143
    (session,) = history(folder)
    assert session["status"] == "interrupted"


@pytest.mark.parametrize(("code", "exit_code"), [(STUCK, 143), (BROKEN_PROGRAM, 1)], ids=["stuck", "broken"])
def test_an_app_that_comes_to_no_good_end_still_says_that_it_was_interrupted(
    folder: Path, code: str, exit_code: int
) -> None:
    with Terminal([sys.executable, "-c", code, *LONG, *SPEED], environment(folder)) as terminal:
        reach_second_drill(terminal)
        terminal.press("?")
        if code is STUCK:
            terminal.read_for(0.2)
            terminal.signal(signal.SIGTERM)
        assert terminal.end() == exit_code
        assert terminal.left_behind() == []
    (session,) = history(folder)
    assert (session["status"], session["drills"][0]["outcome"]) == ("interrupted", "done")
    assert session["ended_at"]
    assert session["moved_s"] > 2
    with open_trainer(folder) as terminal:
        terminal.wait_for(OFFER)


@pytest.mark.parametrize(
    "text", ["", "[" * 100_000, '{"version": 1}', "x" * 2_000_000], ids=["empty", "deep", "bare", "huge"]
)
def test_a_spoiled_place_is_no_offer_and_no_traceback(folder: Path, text: str) -> None:
    kill_in_second_drill(folder)
    (place,) = (folder / "data" / "under-way").glob("*.json")
    place.write_text(text, encoding="utf-8")
    with open_trainer(folder) as terminal:
        assert "Go on with" not in terminal.wait_for(QUESTION, "After Long one")
        terminal.press("s")
        terminal.wait_for(HOME)
        terminal.press("q")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.raw
    (session,) = history(folder)
    assert session["status"] == "interrupted"
