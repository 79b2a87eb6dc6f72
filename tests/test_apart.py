"""Sound from a process of its own: what one end is told the other does, and an end that dies is replaced."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import pulse
from tests.device import BANK
from trainer.audio import apart
from trainer.audio.apart import ApartOutput, Booth, start_booth
from trainer.audio.bank import Bank
from trainer.audio.booth import Cancel, Learn, Opened, Opening, Play, Refused, Turn, serve
from trainer.audio.news import News
from trainer.audio.output import Output, open_output
from trainer.audio.utterance import key_of, utterance
from trainer.core.errors import SoundError

PATIENCE_S = 60.0
CHILD = """
import sys
from tests.test_apart import Notebook
from trainer.audio.booth import serve
serve(sys.stdin.buffer, sys.stdout.buffer, lambda opening: Notebook(opening, sys.argv[1]))
"""
MUTE = "import time; time.sleep(60)"


class Notebook:
    """An output that writes down what it is told, a line each."""

    name = "miniaudio"
    detail = "a notebook"
    warning = "its paper is yellow"
    latency_s = 0.25

    def __init__(self, opening: Opening, path: str) -> None:
        self._path = Path(path)
        self._volume, self._muted = opening.volume, False
        self._news = [News("The pencil broke.", is_trouble=True)]
        self._write(f"open {opening.volume} {opening.was_asked_for} {sorted(bank(opening).clips)}")

    @property
    def volume(self) -> float:
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = volume
        self._write(f"volume {volume}")

    @property
    def muted(self) -> bool:
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        self._write(f"muted {muted}")

    def play_at(self, sound: str, wall: float, gain: float = 1.0, *, latest: float | None = None) -> None:
        self._write(f"play {sound} {wall} {gain} {latest}")

    def cancel(self, *, is_cut: bool = True) -> None:
        self._write(f"cancel {is_cut}")

    def learn(self, clips: Any) -> None:
        self._write(f"learn {[(name, clip.tolist()) for name, clip in clips.items()]}")

    def knows(self, sound: str) -> bool:
        raise AssertionError(sound)

    def news(self) -> News | None:
        return self._news.pop(0) if self._news else None

    def close(self) -> None:
        self._write("close")

    def _write(self, line: str) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def bank(opening: Opening) -> Bank:
    assert isinstance(opening.sounds, Bank)
    return opening.sounds


def child(code: str, *arguments: str) -> Booth:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )


def until(is_so: Callable[[], Any]) -> Any:
    """Wait for it; what it gave."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := is_so()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return found


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has no time may take long to start and to end a process."""
    for name in ("OPENING_S", "CLOSING_S"):
        monkeypatch.setattr(apart, name, PATIENCE_S)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page.txt"


@pytest.fixture
def output(page: Path) -> Iterator[ApartOutput]:
    made = ApartOutput(BANK, volume=0.5, was_asked_for=False, start=lambda: child(CHILD, str(page)))
    yield made
    made.close()


def written(page: Path) -> list[str]:
    return page.read_text(encoding="utf-8").splitlines()


def test_the_far_end_does_what_it_is_told_in_order(page: Path) -> None:
    orders = io.BytesIO(
        b"".join(
            map(
                pickle.dumps,
                (
                    Opening(BANK, 0.5, False),
                    Learn({"say:One": array("h", [1, 2])}),
                    Play("go", 3.5, 0.5, 4.0),
                    Turn(0.5, True),
                    Turn(0.25, True),
                    Cancel(False),
                ),
            )
        )
    )
    answers = io.BytesIO()
    serve(orders, answers, lambda opening: Notebook(opening, str(page)))
    assert pickle.loads(answers.getvalue()) == Opened("a notebook", "its paper is yellow", 0.25)
    assert written(page) == [
        "open 0.5 False ['go', 'rep']",
        "learn [('say:One', [1, 2])]",
        "play go 3.5 0.5 4.0",
        "muted True",
        "volume 0.25",
        "cancel False",
        "close",
    ]


def test_a_device_that_is_not_there_is_refused_with_its_reason() -> None:
    def refuse(_: Opening) -> Output:
        raise SoundError("No device.", "Plug one in.")

    answers = io.BytesIO()
    serve(io.BytesIO(pickle.dumps(Opening(BANK, 1.0, True))), answers, refuse)
    assert pickle.loads(answers.getvalue()) == Refused("No device.", "Plug one in.")
    serve(io.BytesIO(b"nothing that was pickled"), answers, refuse)


def test_what_is_told_here_is_done_there(output: ApartOutput, page: Path) -> None:
    assert (output.name, output.detail, output.warning) == ("miniaudio", "a notebook", "its paper is yellow")
    assert (output.volume, output.muted, output.latency_s) == (0.5, False, 0.25)
    output.learn({key_of("One"): array("h", [7])})
    output.play_at("go", 2.0)
    output.play_at("rep", 2.0, 0.5, latest=9.0)
    output.cancel(is_cut=False)
    output.muted = True
    output.volume = 3.0
    output.close()
    output.close()
    assert written(page) == [
        "open 0.5 False ['go', 'rep']",
        "learn [('say:One', [7])]",
        "play go 2.0 1.0 2.4",
        "play rep 2.0 0.5 9.0",
        "cancel False",
        "muted True",
        "volume 1.0",
        "close",
    ]


def test_it_knows_tones_and_what_it_learnt_and_whatever_is_made_of_that(output: ApartOutput) -> None:
    assert output.knows("go")
    assert not output.knows("nobody")
    assert not output.knows(utterance(("One",)))
    output.learn({key_of("One"): array("h", [7]), key_of("Two"): array("h", [7])})
    assert output.knows(utterance(("One",)))
    assert output.knows(utterance(("One", "Two")))
    assert not output.knows(utterance(("One", "Three")))


def test_news_from_there_is_news_here(output: ApartOutput) -> None:
    assert until(output.news) == News("The pencil broke.", is_trouble=True)


def test_a_process_that_dies_is_replaced_and_knows_all_again(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "AGAIN_S", 0.01)
    booths: list[Booth] = []

    def start() -> Booth:
        if len(booths) == 1:  # once there is no room for another
            booths.append(booths[0])
            raise OSError
        booths.append(child(CHILD, str(page)))
        return booths[-1]

    output = ApartOutput(BANK, start=start)
    try:
        until(output.news)
        output.learn({key_of("One"): array("h", [7])})
        output.muted = True
        until(lambda: "muted True" in written(page))
        booths[0].kill()
        told = [until(output.news), until(output.news)]
        assert ["Going on in silence" in told[0].words, told[0].is_trouble] == [True, True]
        assert told[1] == News("The sound is back.", is_trouble=False)
        output.play_at("go", 1.0)
        until(lambda: written(page)[-1].startswith("play go"))
        again = written(page).index("open 1.0 True ['go', 'rep']", 1)
        assert written(page)[again + 1 : again + 3] == ["learn [('say:One', [7])]", "muted True"]
    finally:
        output.close()
    assert len(booths) == 3


def test_a_process_that_begins_while_all_is_closed_is_ended_too(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "AGAIN_S", 0.01)
    booths: list[Booth] = []

    def start() -> Booth:
        if booths:
            closing.start()
            until(output._over.is_set)
        booths.append(child(CHILD, str(page)))
        return booths[-1]

    output = ApartOutput(BANK, start=start)
    closing = threading.Thread(target=output.close)
    booths[0].kill()
    until(lambda: len(booths) == 2)
    closing.join()
    output._listening.join()
    assert booths[1].poll() == -signal.SIGKILL


def test_orders_to_a_process_that_hangs_keep_nobody_waiting(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "CLOSING_S", 0.2)
    booth = child(CHILD, str(page))
    output = ApartOutput(BANK, start=lambda: booth)
    booth.send_signal(signal.SIGSTOP)
    output.learn({"say:long": array("h", bytes(4_000_000))})
    for second in range(1000):
        output.play_at("go", float(second))
    output.close()
    assert booth.returncode == -signal.SIGKILL


def test_a_driver_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "OPENING_S", 0.2)
    booth = child(MUTE)
    with pytest.raises(SoundError, match="does not answer"):
        ApartOutput(BANK, start=lambda: booth)
    assert booth.returncode == -signal.SIGKILL


def test_where_there_is_no_device_the_process_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("XDG_RUNTIME_DIR", "/nonexistent"), ("PULSE_SERVER", "unix:/nonexistent")):
        monkeypatch.setenv(name, value)
    with pytest.raises(SoundError) as raised:
        ApartOutput(BANK)
    assert raised.value.hint


@pytest.mark.skipif(bool(pulse.missing()), reason=pulse.missing() or "")
def test_the_process_is_heard_and_ends_with_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    booths: list[Booth] = []

    def start() -> Booth:
        booths.append(start_booth())
        return booths[-1]

    with pulse.speaker() as speaker:
        for name, value in speaker.environment.items():
            monkeypatch.setenv(name, value)
        made = open_output("auto", BANK)
        assert isinstance(made, ApartOutput)
        made.close()
        with speaker.recording() as tape:
            output = ApartOutput(Bank(pulse.RATE, {"go": array("h", [9_000] * 480)}, BANK.beep), start=start)
            output.play_at("go", time.monotonic() + 0.5, latest=time.monotonic() + PATIENCE_S)
            until(lambda: pulse.onsets(tape.samples[:]))
            output.close()
    assert booths[0].returncode == 0
