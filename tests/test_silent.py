from __future__ import annotations

import threading
import time
from array import array
from pathlib import Path
from types import SimpleNamespace

import pytest

from trainer.audio.output import open_output
from trainer.audio.silent import NEAREST_S, RINGS, RINGS_APART_S, BellOutput, OffOutput

PATIENCE_S = 60.0


def settle(output: BellOutput) -> None:
    """Wait until everything that is due has rung."""
    done = threading.Event()
    output._alarms.at(time.monotonic(), done.set)
    assert done.wait(PATIENCE_S)


def test_off_plays_nothing_and_needs_no_sounds(tmp_path: Path) -> None:
    output = open_output("off", tmp_path / "nowhere")
    assert (output.name, output.warning, output.news()) == ("off", None, None)
    output.muted = True
    output.learn({"say:heel": array("h", [1])})
    assert (output.knows("go"), output.knows("say:heel")) == (True, False)
    output.close()
    output.close()


def test_the_bell_rings_for_what_matters_at_its_second() -> None:
    rung: list[float] = []
    finished = threading.Event()

    def ring() -> None:
        rung.append(time.monotonic())
        if len(rung) == RINGS["done"]:
            finished.set()

    output = BellOutput(ring, clock=lambda: RINGS_APART_S * len(rung))  # as if no ring ever came late
    wall = time.monotonic() + 0.02
    output.play_at("done", wall, latest=wall + PATIENCE_S)
    assert finished.wait(PATIENCE_S)
    output.close()
    assert rung[0] >= wall
    assert rung[-1] >= wall + 2 * RINGS_APART_S


def test_the_bell_rings_for_a_rep_and_not_for_words() -> None:
    rung: list[None] = []
    output = BellOutput(lambda: rung.append(None))
    later = time.monotonic() + PATIENCE_S
    output.play_at("say:heel slides", time.monotonic(), latest=later)
    output.play_at("say", time.monotonic(), latest=later)
    settle(output)
    assert rung == []
    assert not output.knows("say:heel slides")
    output.play_at("rep", time.monotonic(), latest=later)
    settle(output)
    assert rung == [None]
    output.close()


@pytest.mark.parametrize(("apart_s", "count"), [(0.0, 1), (0.9 * NEAREST_S, 1), (1.1 * NEAREST_S, 2)])
def test_two_bells_are_never_run_into_one(apart_s: float, count: int) -> None:
    rung: list[None] = []
    clock = SimpleNamespace(now=50.0)
    output = BellOutput(lambda: rung.append(None), clock=lambda: clock.now)
    output.play_at("go", 50.0)
    settle(output)
    clock.now += apart_s
    output.play_at("rep", clock.now)
    settle(output)
    output.close()
    assert len(rung) == count


def test_a_muted_cancelled_or_stale_bell_does_not_ring() -> None:
    rung: list[None] = []
    output = BellOutput(lambda: rung.append(None))
    output.play_at("go", time.monotonic() + 60)
    output.cancel()
    output.play_at("go", time.monotonic() - 1)
    output.play_at("go", time.monotonic(), latest=time.monotonic() - 0.01)
    settle(output)
    output.muted = True
    output.play_at("go", time.monotonic())
    settle(output)
    output.close()
    assert rung == []


def test_an_app_that_is_just_ending_does_not_break_the_bell(capfd: pytest.CaptureFixture[str]) -> None:
    def ring() -> None:
        raise RuntimeError("App is not running")

    output = BellOutput(ring)
    output.play_at("go", time.monotonic())
    settle(output)
    output.close()
    assert capfd.readouterr().err == ""


def test_closing_does_not_wait_for_a_ring_that_waits_for_whoever_closes() -> None:
    app, has_begun = threading.Event(), threading.Event()

    def ring() -> None:
        has_begun.set()
        app.wait(PATIENCE_S)

    output = BellOutput(ring)
    output.play_at("go", time.monotonic(), latest=time.monotonic() + PATIENCE_S)
    assert has_begun.wait(PATIENCE_S)
    before = time.monotonic()
    output.close()
    assert time.monotonic() - before < PATIENCE_S
    app.set()


def test_what_was_asked_for_while_nothing_is_heard_is_kept() -> None:
    for output in (OffOutput(volume=0.3), BellOutput(lambda: None, volume=0.3)):
        output.muted = True
        output.volume = 0.2
        assert (output.muted, output.volume) == (True, 0.2)
        output.close()
