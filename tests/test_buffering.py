"""How much sound is handed over ahead, by device: asked of the real binding, and seen with a pretend loudspeaker."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import miniaudio
import pytest

from tests import pulse
from tests.device import Backend, FakeBinding
from trainer.audio.buffering import PIECEWISE, WHOLE, knows_pieces, ways
from trainer.audio.stream import Stream

RATE = 48_000


def test_a_sound_server_is_tried_first_and_then_whatever_else_there_is() -> None:
    first, then = ways(miniaudio)
    assert first == (PIECEWISE, [miniaudio.Backend.PULSEAUDIO])
    assert then[0] == WHOLE
    assert {miniaudio.Backend.ALSA, miniaudio.Backend.COREAUDIO, miniaudio.Backend.WASAPI} < set(then[1])
    assert miniaudio.Backend.PULSEAUDIO not in then[1]


@pytest.mark.parametrize(("backend", "how"), [("PulseAudio", PIECEWISE), ("ALSA", WHOLE), ("Core Audio", WHOLE)])
def test_a_backend_that_is_to_be_used_again_is_the_only_one(backend: str, how: object) -> None:
    ((found, backends),) = ways(miniaudio, backend)
    assert found == how
    assert [one.name for one in backends] == [backend.replace(" ", "").upper()]


@pytest.mark.parametrize("room", [12, 24])
def test_a_binding_laid_out_otherwise_is_asked_for_whole_periods(room: int) -> None:
    offsets = {"periods": 16, "dataCallback": 16 + room}
    strange = SimpleNamespace(ffi=SimpleNamespace(offsetof=lambda _, name: offsets[name]), Backend=miniaudio.Backend)
    assert not knows_pieces(strange)
    assert [how for how, _ in ways(strange)] == [WHOLE]
    assert list(ways(FakeBinding())) == [(WHOLE, list(Backend))]


@pytest.mark.skipif(bool(pulse.missing()), reason=pulse.missing() or "")
def test_a_sound_server_asks_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    enough = threading.Event()

    def give(_: Stream, count: int) -> bytes:
        asked.append(count)
        if len(asked) >= 20:
            enough.set()
        return bytes(2 * count)

    with pulse.speaker() as speaker:
        for name, value in speaker.environment.items():
            monkeypatch.setenv(name, value)
        binding: Any = miniaudio
        stream = Stream(binding, RATE, give)
        stream.start()
        assert enough.wait(60)
        stream.close()
    assert stream.buffering == PIECEWISE
    usual = sorted(asked)[len(asked) // 2]
    assert usual == pytest.approx(PIECEWISE.step_s * RATE, rel=0.3)
