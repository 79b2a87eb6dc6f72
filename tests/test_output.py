from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import pulse
from tests.device import BANK, FakeBinding, FakeDevice
from trainer.audio import apart
from trainer.audio.bank import load_bank
from trainer.audio.output import CHOICES, Output, open_output
from trainer.audio.silent import BellOutput, OffOutput
from trainer.core.errors import SoundError

SOUNDS = Path(__file__).resolve().parent.parent / "sounds"
OVER_SSH = {"SSH_CONNECTION": "192.0.2.7 50000 192.0.2.8 22", "SSH_TTY": "/dev/pts/1"}


def ring() -> None:
    """Nobody hears this bell."""


def allow_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the system has no room for another process: the pretend device is opened in this one."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(apart, "ApartOutput", refuse)


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> FakeDevice:
    allow_no_process(monkeypatch)
    made = FakeDevice()
    monkeypatch.setitem(sys.modules, "miniaudio", FakeBinding(made))
    return made


@pytest.fixture
def no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_no_process(monkeypatch)
    monkeypatch.setitem(sys.modules, "miniaudio", FakeBinding())


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    silent = {**os.environ, "XDG_RUNTIME_DIR": "/nonexistent", "PULSE_SERVER": "unix:/nonexistent", **environment}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=silent)


def test_auto_says_what_it_picked(device: FakeDevice) -> None:
    output = open_output("auto", BANK, volume=0.25, ring_bell=ring, environ={})
    assert (output.name, output.volume, output.warning, output.news()) == ("miniaudio", 0.25, None, None)
    assert device.backend in output.detail
    assert "picked by itself" in output.detail
    output.close()


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({}, "miniaudio"),
        (OVER_SSH, "bell"),
        ({"SSH_TTY": "/dev/pts/1"}, "bell"),
        ({**OVER_SSH, "PULSE_SERVER": "tcp:192.0.2.7"}, "miniaudio"),
        ({**OVER_SSH, "PIPEWIRE_REMOTE": "there"}, "miniaudio"),
    ],
    ids=["here", "over ssh", "a terminal over ssh", "pulse is carried", "pipewire is carried"],
)
def test_auto_rings_where_the_person_sits(environ: dict[str, str], name: str) -> None:
    output = open_output("auto", BANK, ring_bell=ring, environ=environ)
    assert output.name == name
    assert ("SSH" in output.detail) == (name == "bell")
    assert ("bell rings" in (output.warning or "")) == (name == "bell")
    output.close()


@pytest.mark.usefixtures("device")
def test_what_is_asked_for_is_had_over_ssh_too() -> None:
    output = open_output("miniaudio", BANK, ring_bell=ring, environ=OVER_SSH)
    assert (output.name, "as asked for" in output.detail) == ("miniaudio", True)
    output.close()
    bell = open_output("bell", BANK, ring_bell=ring, environ={})
    assert "as asked for" in bell.detail
    bell.close()


@pytest.mark.usefixtures("no_device")
def test_auto_goes_on_silently_and_says_why() -> None:
    output = open_output("auto", BANK, environ={})
    assert output.name == "off"
    assert output.warning is not None
    assert output.warning.startswith("Going on without sound. No sound device could be opened.")
    output.play_at("go", 0.0)
    output.cancel()
    output.close()
    with pytest.raises(SoundError, match=r"could be opened.*close what keeps the device to itself"):
        open_output("miniaudio", BANK)


def test_a_missing_binding_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_no_process(monkeypatch)
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    assert open_output("auto", BANK, environ={}).name == "off"
    with pytest.raises(SoundError, match="miniaudio cannot be loaded"):
        open_output("miniaudio", BANK)


def test_an_unknown_choice_names_the_known_ones() -> None:
    with pytest.raises(SoundError, match=f"called 'loud'.*{', '.join(CHOICES)}"):
        open_output("loud", BANK)


def test_sounds_that_could_not_be_read_are_one_warning(device: FakeDevice, tmp_path: Path) -> None:
    output = open_output("auto", tmp_path, environ={})
    assert device.sound is not None
    assert output.warning is not None
    assert "more." in output.warning
    output.close()


def test_the_bell_needs_someone_to_ring_it() -> None:
    with pytest.raises(SoundError, match="bell"):
        open_output("bell", BANK)


@pytest.mark.parametrize("make", [lambda: BellOutput(ring), OffOutput])
def test_every_output_keeps_the_protocol(make: Callable[[], Output]) -> None:
    output: Output = make()
    assert output.name
    assert output.detail
    assert output.latency_s >= 0
    assert output.warning is None
    output.learn({})
    assert output.knows("go")
    assert not output.knows("say:nobody")
    assert output.news() is None
    output.play_at("go", 0.0, 0.5, latest=1.0)
    output.cancel()
    output.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux can a program be kept from the sound device")
def test_without_any_device_auto_is_silent_and_prints_nothing() -> None:
    code = (
        "from pathlib import Path; from trainer.audio.output import open_output\n"
        f"o = open_output('auto', Path({str(SOUNDS)!r}), environ={{}}); print(o.name, '|', o.warning)\n"
        "o.play_at('go', 0.0); o.close()"
    )
    done = run_python(code, ALSA_CONFIG_PATH="/nonexistent", PIPEWIRE_RUNTIME_DIR="/nonexistent")
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.startswith("off | Going on without sound.")


def test_importing_the_room_imports_no_binding() -> None:
    code = (
        "import sys, trainer.audio.output, trainer.audio.miniaudio_output, trainer.audio.simpleaudio_output\n"
        "print(sorted({'miniaudio', 'simpleaudio', 'cffi'} & set(sys.modules)))"
    )
    assert run_python(code).stdout.strip() == "[]"


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
