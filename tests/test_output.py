from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import wave
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import pulse
from trainer.audio import output as output_module
from trainer.audio.bank import Bank, load_bank
from trainer.audio.output import CHOICES, MiniaudioOutput, Output, open_output
from trainer.audio.silent import RINGS, BellOutput, WavOutput
from trainer.core.errors import SoundError

SOUNDS = Path(__file__).resolve().parent.parent / "sounds"
RATE = 8_000
BANK = Bank(RATE, {"go": array("h", [1_000] * 80), "rep": array("h", [500] * 40)}, array("h", [77] * 40))
PATIENCE_S = 5.0


class FakeDevice:
    """Stands for miniaudio's device: asks for frames when the test says so."""

    def __init__(self, backend: str = "Speaker") -> None:
        self.backend = backend
        self.heard = array("h")
        self.closed = 0
        self.sound: Any = None

    def start(self, sound: Any) -> None:
        self.sound = sound

    def ask(self, count: int) -> None:
        self.heard.frombytes(self.sound.send(count))

    def close(self) -> None:
        self.closed += 1


class BindingError(Exception):
    """Stands for miniaudio's error."""


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> FakeDevice:
    made = FakeDevice()
    binding = SimpleNamespace(PlaybackDevice=lambda **_: made, MiniaudioError=BindingError)
    monkeypatch.setitem(sys.modules, "miniaudio", binding)
    return made


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    clock = SimpleNamespace(now=100.0)
    clock.monotonic = lambda: clock.now
    monkeypatch.setattr(output_module, "time", clock)
    return clock


@pytest.fixture
def playing(device: FakeDevice, clock: SimpleNamespace) -> Iterator[MiniaudioOutput]:
    assert clock.now == 100.0
    output = MiniaudioOutput(BANK)
    device.ask(480)
    yield output
    output.close()


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    silent = {**os.environ, "XDG_RUNTIME_DIR": "/nonexistent", "PULSE_SERVER": "unix:/nonexistent", **environment}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, env=silent)


def test_a_sound_starts_on_the_frame_of_its_second(
    playing: MiniaudioOutput, device: FakeDevice, clock: SimpleNamespace
) -> None:
    playing.play_at("go", 100.25)
    for _ in range(10):
        clock.now += 0.06 + 0.004 * (-1) ** _
        device.ask(480)
    assert device.heard.index(1_000) == 0.25 * RATE


def test_after_a_stall_what_is_to_come_is_still_on_time_and_what_is_stale_is_dropped(
    playing: MiniaudioOutput, device: FakeDevice, clock: SimpleNamespace
) -> None:
    playing.play_at("rep", 101.0)
    playing.play_at("go", 103.0)
    clock.now = 102.0
    for _ in range(30):
        device.ask(480)
        clock.now += 0.06
    assert 500 not in device.heard
    lost = 102.0 - 480 / RATE - 100.0
    assert device.heard.index(1_000) / RATE == pytest.approx(3.0 - lost, abs=0.1)


def test_cancel_mute_and_volume_reach_the_stream(playing: MiniaudioOutput, device: FakeDevice) -> None:
    playing.play_at("go", 100.25)
    playing.cancel()
    device.ask(480)
    assert not any(device.heard)
    playing.volume = 0.5
    assert playing.volume == 0.5
    playing.play_at("go", 100.1)
    device.ask(480)
    assert max(device.heard) == 250
    playing.muted = True
    assert playing.muted
    playing.play_at("go", 100.2)
    device.ask(480)
    assert not any(device.heard[-480:])


def test_nothing_is_raised_in_the_device_thread(
    playing: MiniaudioOutput, device: FakeDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_count: int) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(playing._mixer, "render", fail)
    device.ask(100)
    device.ask(100)
    assert len(device.heard) == 680
    assert playing.warning is not None


def test_closing_twice_closes_once(playing: MiniaudioOutput, device: FakeDevice) -> None:
    playing.close()
    playing.close()
    assert device.closed == 1


def test_a_driver_that_never_answers_does_not_hang_the_end(
    playing: MiniaudioOutput, device: FakeDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = threading.Event()
    monkeypatch.setattr(device, "close", lambda: stuck.wait(PATIENCE_S * 4))
    monkeypatch.setattr(output_module, "_PATIENCE_S", 0.05)
    before = time.monotonic()
    playing.close()
    assert time.monotonic() - before < PATIENCE_S
    stuck.set()


def test_no_backend_but_the_null_one_is_no_device(device: FakeDevice) -> None:
    device.backend = "Null"
    with pytest.raises(SoundError, match="No sound device"):
        open_output("miniaudio", BANK)


def test_auto_says_what_it_picked(device: FakeDevice) -> None:
    output = open_output("auto", BANK, volume=0.25)
    assert (output.name, output.volume, output.warning) == ("miniaudio", 0.25, None)
    assert device.backend in output.detail
    assert "picked by itself" in output.detail
    assert 0 < output.latency_s < 0.25
    output.close()


def test_auto_goes_on_silently_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise BindingError("failed to init device", -401)

    monkeypatch.setitem(sys.modules, "miniaudio", SimpleNamespace(PlaybackDevice=fail, MiniaudioError=BindingError))
    output = open_output("auto", BANK)
    assert output.name == "off"
    assert output.warning is not None
    assert output.warning.startswith("Going on without sound. No sound device could be opened.")
    output.play_at("go", 0.0)
    output.cancel()
    output.close()
    with pytest.raises(SoundError):
        open_output("miniaudio", BANK)


def test_a_missing_binding_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    assert open_output("auto", BANK).name == "off"
    with pytest.raises(SoundError, match="miniaudio cannot be loaded"):
        open_output("miniaudio", BANK)
    with pytest.raises(SoundError, match=r"simpleaudio is not installed.*joint-trainer\[simpleaudio\]"):
        open_output("simpleaudio", BANK)


def test_simpleaudio_is_refused_by_version_before_it_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))
    with pytest.raises(SoundError, match=r"crashes on Python 3\.12"):
        open_output("simpleaudio", BANK)


class FakeSimpleaudio:
    """Stands for the binding simpleaudio: keeps what it is given to play."""

    def __init__(self) -> None:
        self.played: list[tuple[float, bytes]] = []
        self.stopped = 0
        self.has_played = threading.Event()

    def play_buffer(self, data: bytes, *_shape: int) -> FakeSimpleaudio:
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


def test_simpleaudio_plays_from_a_timer_and_stops_what_is_cancelled(simple: FakeSimpleaudio) -> None:
    output = open_output("simpleaudio", BANK, volume=0.5)
    wall = time.monotonic() + 0.05
    output.play_at("rep", wall + 60)
    output.play_at("go", wall)
    assert simple.has_played.wait(PATIENCE_S)
    when, data = simple.played[-1]
    assert when >= wall
    assert set(array("h", data)) == {250}
    output.cancel()
    output.close()
    output.close()
    assert simple.stopped == 1
    assert len(simple.played) == 2


def test_simpleaudio_plays_nothing_while_muted_and_nothing_stale(simple: FakeSimpleaudio) -> None:
    output = open_output("simpleaudio", BANK)
    output.play_at("rep", time.monotonic() - 5)
    output.muted = True
    output.play_at("go", time.monotonic())
    done = threading.Event()
    output._alarms.at(time.monotonic(), done.set)  # type: ignore[attr-defined]
    assert done.wait(PATIENCE_S)
    assert len(simple.played) == 1
    output.close()


def test_an_unknown_choice_names_the_known_ones() -> None:
    with pytest.raises(SoundError, match=f"called 'loud'.*{', '.join(CHOICES)}"):
        open_output("loud", BANK)


def test_sounds_that_could_not_be_read_are_one_warning(device: FakeDevice, tmp_path: Path) -> None:
    output = open_output("auto", tmp_path)
    assert device.sound is not None
    assert output.warning is not None
    assert output.warning.endswith("So are 11 more.")
    output.close()


def test_off_plays_nothing_and_needs_no_sounds(tmp_path: Path) -> None:
    output = open_output("off", tmp_path / "nowhere")
    assert (output.name, output.warning) == ("off", None)
    output.muted = True
    output.close()
    output.close()


def test_the_bell_needs_someone_to_ring_it() -> None:
    with pytest.raises(SoundError, match="bell"):
        open_output("bell", BANK)


def test_the_bell_rings_for_what_matters_and_not_for_each_rep() -> None:
    rung: list[float] = []
    finished = threading.Event()

    def ring() -> None:
        rung.append(time.monotonic())
        if len(rung) == RINGS["done"]:
            finished.set()

    output = open_output("bell", BANK, ring_bell=ring)
    assert isinstance(output, BellOutput)
    wall = time.monotonic() + 0.02
    output.play_at("rep", wall)
    output.play_at("done", wall)
    assert finished.wait(PATIENCE_S)
    output.close()
    assert rung[0] >= wall
    assert len(rung) == RINGS["done"]


def test_a_muted_or_cancelled_bell_does_not_ring() -> None:
    rung: list[None] = []
    output = BellOutput(lambda: rung.append(None))
    settled = threading.Event()
    output.play_at("go", time.monotonic() + 60)
    output.cancel()
    output.muted = True
    output.play_at("go", time.monotonic())
    output._alarms.at(time.monotonic(), settled.set)
    assert settled.wait(PATIENCE_S)
    output.close()
    assert rung == []


def test_a_wav_file_holds_what_would_be_heard(tmp_path: Path) -> None:
    clock = SimpleNamespace(now=50.0)
    path = tmp_path / "heard.wav"
    output = WavOutput(path, BANK, clock=lambda: clock.now)
    output.play_at("go", 50.5)
    output.play_at("rep", 51.0)
    clock.now = 50.75
    output.cancel()
    clock.now = 51.25
    output.play_at("rep", 40.0)
    output.volume = 0.5
    output.play_at("go", 51.5)
    output.close()
    output.close()
    with wave.open(str(path), "rb") as file:
        assert file.getframerate() == RATE
        heard = array("h", file.readframes(file.getnframes()))
    assert len(heard) == 1.5 * RATE + 80
    assert heard.index(1_000) == 0.5 * RATE
    assert heard.index(250) == 1.5 * RATE
    assert heard.count(500) == 0


@pytest.mark.parametrize("make", [lambda path: WavOutput(path, BANK), lambda _: BellOutput(lambda: None)])
def test_every_output_keeps_the_protocol(make: Callable[[Path], Output], tmp_path: Path) -> None:
    output: Output = make(tmp_path / "x.wav")
    assert output.name
    assert output.detail
    assert output.latency_s >= 0
    output.play_at("go", time.monotonic())
    output.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux can a program be kept from the sound device")
def test_without_any_device_auto_is_silent_and_prints_nothing() -> None:
    code = (
        "from pathlib import Path; from trainer.audio.output import open_output\n"
        f"o = open_output('auto', Path({str(SOUNDS)!r})); print(o.name, '|', o.warning)\n"
        "o.play_at('go', 0.0); o.close()"
    )
    done = run_python(code, ALSA_CONFIG_PATH="/nonexistent", PIPEWIRE_RUNTIME_DIR="/nonexistent")
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.startswith("off | Going on without sound.")


def test_importing_the_room_imports_no_binding() -> None:
    code = (
        "import sys, trainer.audio.output, trainer.audio.silent\n"
        "print(sorted({'miniaudio', 'simpleaudio', 'cffi', 'wave'} & set(sys.modules)))"
    )
    assert run_python(code).stdout.strip() in ("[]", "['wave']")


@pytest.mark.skipif(pulse.missing() is not None, reason=str(pulse.missing()))
def test_an_output_that_nobody_closed_does_not_hang_the_exit() -> None:
    code = (
        "from pathlib import Path; from trainer.audio.output import open_output; import time\n"
        f"o = open_output('miniaudio', Path({str(SOUNDS)!r})); o.play_at('done', time.monotonic())"
    )
    with pulse.speaker() as speaker:
        done = run_python(code, **speaker.environment)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_shipped_sounds_load_without_a_word() -> None:
    assert load_bank(SOUNDS).warnings == ()
