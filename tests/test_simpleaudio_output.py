from __future__ import annotations

import sys
import threading
import time
from array import array
from typing import Any

import pytest

from tests.device import BANK
from trainer.audio.output import open_output
from trainer.audio.simpleaudio_output import SimpleaudioOutput
from trainer.core.errors import SoundError

PATIENCE_S = 60.0


class FakeSimpleaudio:
    """Stands for the binding simpleaudio: keeps what it is given to play."""

    def __init__(self) -> None:
        self.played: list[tuple[float, bytes]] = []
        self.stopped = 0
        self.has_played = threading.Event()
        self.is_gone = False

    def play_buffer(self, data: bytes, *_shape: int) -> FakeSimpleaudio:
        if self.is_gone:
            raise OSError("Error opening PCM device. -- CODE: -111")
        self.played.append((time.monotonic(), data))
        if any(data):
            self.has_played.set()
        return self

    def wait_done(self) -> None:
        """The moment of silence is over at once."""

    def is_playing(self) -> bool:
        return True

    def stop(self) -> None:
        self.stopped += 1


@pytest.fixture
def simple(monkeypatch: pytest.MonkeyPatch) -> FakeSimpleaudio:
    binding = FakeSimpleaudio()
    monkeypatch.setitem(sys.modules, "simpleaudio", binding)
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    return binding


def settle(output: SimpleaudioOutput) -> None:
    """Wait until everything that is due has been done."""
    done = threading.Event()
    output._alarms.at(time.monotonic(), done.set)
    assert done.wait(PATIENCE_S)


def test_it_is_refused_by_version_before_it_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))
    with pytest.raises(SoundError, match=r"crashes on Python 3\.12"):
        open_output("simpleaudio", BANK)


def test_where_it_is_not_installed_it_is_said_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    with pytest.raises(SoundError, match=r"simpleaudio is not installed.*joint-trainer\[simpleaudio\]"):
        open_output("simpleaudio", BANK)


def test_no_device_is_one_sentence(simple: FakeSimpleaudio) -> None:
    simple.is_gone = True
    with pytest.raises(SoundError, match="could not open a sound device"):
        open_output("simpleaudio", BANK)


def test_it_plays_from_a_timer_and_stops_what_is_cancelled(simple: FakeSimpleaudio) -> None:
    output = SimpleaudioOutput(BANK, volume=0.5)
    wall = time.monotonic() + 0.05
    output.play_at("rep", wall + 60)
    output.play_at("go", wall, latest=wall + PATIENCE_S)
    assert simple.has_played.wait(PATIENCE_S)
    when, data = simple.played[-1]
    assert when >= wall
    assert set(array("h", data)) == {250}
    output.cancel()
    settle(output)
    assert simple.stopped == 1
    assert output._alarms._waiting == []
    output.close()
    output.close()
    assert len(simple.played) == 2


def test_it_plays_nothing_while_muted_and_nothing_stale_or_unknown(simple: FakeSimpleaudio) -> None:
    output = SimpleaudioOutput(BANK)
    output.play_at("rep", time.monotonic() - 5)
    output.play_at("rep", time.monotonic(), latest=time.monotonic() - 1)
    output.play_at("say:nobody", time.monotonic())
    settle(output)
    output.muted = True
    output.play_at("go", time.monotonic())
    settle(output)
    assert len(simple.played) == 1
    output.close()


def test_it_plays_what_it_learns(simple: FakeSimpleaudio) -> None:
    output = SimpleaudioOutput(BANK)
    output.learn({"say:heel": array("h", [321] * 40)})
    assert output.knows("say:heel")
    output.play_at("say:heel", time.monotonic(), latest=time.monotonic() + PATIENCE_S)
    assert simple.has_played.wait(PATIENCE_S)
    assert set(array("h", simple.played[-1][1])) == {321}
    output.close()


def test_a_device_that_goes_is_said_once_and_so_is_its_return(simple: FakeSimpleaudio) -> None:
    output = SimpleaudioOutput(BANK)
    simple.is_gone = True
    for _ in range(3):
        output.play_at("rep", time.monotonic(), latest=time.monotonic() + PATIENCE_S)
        settle(output)
    simple.is_gone = False
    output.play_at("rep", time.monotonic(), latest=time.monotonic() + PATIENCE_S)
    settle(output)
    told = [output.news() for _ in range(3)]
    assert [news.is_trouble for news in told if news is not None] == [True, False]
    output.close()


def test_a_device_that_never_answers_hangs_nobody(simple: FakeSimpleaudio, monkeypatch: pytest.MonkeyPatch) -> None:
    output = SimpleaudioOutput(BANK)
    stuck, has_begun = threading.Event(), threading.Event()

    def never(*_: Any) -> FakeSimpleaudio:
        has_begun.set()
        stuck.wait(PATIENCE_S * 4)
        return simple

    monkeypatch.setattr(simple, "play_buffer", never)
    output.play_at("go", time.monotonic(), latest=time.monotonic() + PATIENCE_S)
    assert has_begun.wait(PATIENCE_S)
    before = time.monotonic()
    output.cancel()
    output.muted = True
    output.close()
    assert time.monotonic() - before < PATIENCE_S
    stuck.set()
