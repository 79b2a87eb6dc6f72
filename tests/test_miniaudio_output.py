from __future__ import annotations

import sys
import threading
import time
from array import array
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from tests.device import BANK, RATE, Backend, BindingError, FakeBinding, FakeDevice
from trainer.audio import miniaudio_output as module
from trainer.audio.buffering import WHOLE
from trainer.audio.miniaudio_output import MiniaudioOutput
from trainer.audio.news import News
from trainer.audio.watch import LOOKS_APART, SILENT_LOOKS, STEADY_LOOKS, Watch
from trainer.core.errors import SoundError

PATIENCE_S = 60.0


@pytest.fixture
def device() -> FakeDevice:
    return FakeDevice()


@pytest.fixture
def binding(device: FakeDevice, monkeypatch: pytest.MonkeyPatch) -> FakeBinding:
    binding = FakeBinding(device)
    monkeypatch.setitem(sys.modules, "miniaudio", binding)
    return binding


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    clock = SimpleNamespace(now=100.0)
    clock.monotonic = lambda: clock.now
    monkeypatch.setattr(module, "time", clock)
    monkeypatch.setattr(Watch, "wait_s", 3_600.0)  # the test looks itself
    for name in ("_OPENING_S", "_CLOSING_S", "_HELD_S"):
        monkeypatch.setattr(module, name, PATIENCE_S)
    return clock


@pytest.fixture
def playing(binding: FakeBinding, device: FakeDevice, clock: SimpleNamespace) -> Iterator[MiniaudioOutput]:
    assert clock.now == 100.0
    output = MiniaudioOutput(BANK)
    assert not binding.devices
    device.ask(480)
    yield output
    output.close()


def look(output: MiniaudioOutput, clock: SimpleNamespace, times: int = 1, device: FakeDevice | None = None) -> None:
    """Let time go by in looks; a device that is given asks as a living one does."""
    for _ in range(times):
        clock.now += 0.25
        if device is not None:
            device.ask(RATE // 4)
        output._look()


def lose(output: MiniaudioOutput, clock: SimpleNamespace) -> None:
    look(output, clock, SILENT_LOOKS + 1)
    assert output._stream is None
    for thread in threading.enumerate():
        if thread.name == "trainer-sound-drop":
            thread.join(PATIENCE_S)


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


def test_a_sound_is_as_late_as_it_was_said_it_may_be(playing: MiniaudioOutput, device: FakeDevice) -> None:
    playing.play_at("go", 99.9, latest=100.0)
    device.ask(480)
    assert not any(device.heard)
    playing.play_at("go", 90.0, latest=101.0)
    device.ask(480)
    assert max(device.heard) == 1_000


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


def test_words_learnt_while_it_is_open_are_played(playing: MiniaudioOutput, device: FakeDevice) -> None:
    assert (playing.knows("say:heel"), playing.knows("go"), playing.knows("switch")) == (False, True, True)
    playing.play_at("say:heel", 100.0)
    playing.learn({"say:heel": array("h", [321] * 400)})
    assert playing.knows("say:heel")
    device.ask(480)
    assert not any(device.heard)
    playing.play_at("say:heel", 100.0)
    device.ask(480)
    assert max(device.heard) == 321


def test_nothing_is_raised_in_the_device_thread(
    playing: MiniaudioOutput, device: FakeDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_count: int) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(playing._mixer, "render", fail)
    device.ask(100)
    device.ask(100)
    assert len(device.heard) == 680
    news = playing.news()
    assert news is not None
    assert news.is_trouble
    assert playing.news() is None


def test_a_lost_device_is_dropped_and_said_once(
    playing: MiniaudioOutput, device: FakeDevice, binding: FakeBinding, clock: SimpleNamespace
) -> None:
    lose(playing, clock)
    look(playing, clock, 5 * LOOKS_APART)
    news = playing.news()
    assert news is not None
    assert news.is_trouble
    assert news.words.startswith("The sound device went away.")
    assert playing.news() is None
    assert device.closed == 1
    assert 4 <= len(binding.orders) - 1 <= 6


def test_a_device_that_comes_back_plays_on_in_time(
    playing: MiniaudioOutput, binding: FakeBinding, clock: SimpleNamespace
) -> None:
    playing.play_at("rep", 100.5)
    lose(playing, clock)
    playing.play_at("rep", 101.9, latest=102.0)
    playing.play_at("go", 104.75)
    clock.now = 104.0
    again = FakeDevice()
    binding.devices.append(again)
    look(playing, clock)
    began = clock.now
    look(playing, clock, STEADY_LOOKS + 2, again)
    assert 500 not in again.heard
    # Heard from the first request on, a quarter of a second after the look that opened it.
    assert again.heard.index(1_000) == round((104.75 - began - 0.25) * RATE)
    assert [playing.news() for _ in range(3)][1:] == [News("The sound is back.", False), None]
    assert binding.orders[-1]["backends"] == [Backend.SPEAKER]


def test_a_stream_that_was_given_up_takes_no_frames_should_it_ask_again(
    playing: MiniaudioOutput, device: FakeDevice, clock: SimpleNamespace
) -> None:
    lose(playing, clock)
    playing.play_at("go", clock.now)
    before = playing._mixer.frame
    device.ask(480)
    assert not any(device.heard)
    assert playing._mixer.frame == before


def test_while_one_attempt_to_open_hangs_no_other_is_begun(
    playing: MiniaudioOutput, binding: FakeBinding, clock: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = threading.Event()
    attempts: list[None] = []

    def hang(**_: object) -> FakeDevice:
        attempts.append(None)
        stuck.wait(PATIENCE_S * 4)
        raise BindingError("failed to init device", -401)

    monkeypatch.setattr(binding, "PlaybackDevice", hang)
    monkeypatch.setattr(module, "_HELD_S", 0.0)
    lose(playing, clock)
    look(playing, clock, 5 * LOOKS_APART)
    stuck.set()
    playing._opening.join(PATIENCE_S)
    assert len(attempts) == 1
    look(playing, clock, LOOKS_APART)
    playing._opening.join(PATIENCE_S)
    assert len(attempts) == 2


def test_closing_lets_go_of_what_the_binding_forgets(
    playing: MiniaudioOutput, device: FakeDevice, binding: FakeBinding
) -> None:
    let_go: list[str] = []
    binding.lib = SimpleNamespace(ma_context_uninit=let_go.append)
    device._context = "context"  # type: ignore[attr-defined]
    playing.close()
    assert let_go == ["context"]


def test_what_is_cancelled_while_the_device_is_away_is_not_heard_when_it_is_back(
    playing: MiniaudioOutput, binding: FakeBinding, clock: SimpleNamespace
) -> None:
    lose(playing, clock)
    playing.play_at("go", clock.now + 0.5)
    playing.cancel()
    again = FakeDevice()
    binding.devices.append(again)
    look(playing, clock)
    look(playing, clock, 8, again)
    assert again.heard
    assert not any(again.heard)


def test_nothing_piles_up_while_the_device_is_away(playing: MiniaudioOutput, clock: SimpleNamespace) -> None:
    lose(playing, clock)
    for _ in range(200):
        playing.play_at("rep", clock.now + 0.5)
        look(playing, clock)
    assert len(playing._mixer._voices) < 10


def test_closing_twice_closes_once(playing: MiniaudioOutput, device: FakeDevice) -> None:
    playing.close()
    playing.close()
    assert device.closed == 1


def test_a_driver_that_never_answers_does_not_hang_the_end(
    playing: MiniaudioOutput, device: FakeDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = threading.Event()
    monkeypatch.setattr(device, "close", lambda: stuck.wait(PATIENCE_S * 4))
    monkeypatch.setattr(module, "_CLOSING_S", 0.05)
    before = time.monotonic()
    playing.close()
    assert time.monotonic() - before < PATIENCE_S
    stuck.set()


def test_a_driver_that_never_opens_is_one_sentence_and_is_closed_should_it_open_after_all(
    binding: FakeBinding, device: FakeDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, closed = threading.Event(), threading.Event()

    def open_late(**_: object) -> FakeDevice:
        stuck.wait(PATIENCE_S)
        return device

    monkeypatch.setattr(binding, "PlaybackDevice", open_late)
    monkeypatch.setattr(device, "close", closed.set)
    monkeypatch.setattr(module, "_OPENING_S", 0.05)
    with pytest.raises(SoundError, match="does not answer"):
        MiniaudioOutput(BANK)
    stuck.set()
    assert closed.wait(PATIENCE_S)
    assert device.sound is None


def test_no_backend_but_the_null_one_is_no_device(binding: FakeBinding, device: FakeDevice) -> None:
    device.backend = "Null"
    with pytest.raises(SoundError, match="No sound device was found"):
        MiniaudioOutput(BANK)
    assert (binding.devices, device.closed) == ([], 1)


@pytest.mark.usefixtures("binding")
def test_a_device_that_does_not_start_is_closed_and_said(device: FakeDevice, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_sound: object) -> None:
        raise BindingError("failed to start audio device", -19)

    monkeypatch.setattr(device, "start", fail)
    with pytest.raises(SoundError, match=r"could not be started.*keeps the device to itself"):
        MiniaudioOutput(BANK)
    assert device.closed == 1


def test_what_is_rendered_ahead_is_short_enough_to_be_taken_back(binding: FakeBinding, clock: SimpleNamespace) -> None:
    assert clock.now
    output = MiniaudioOutput(BANK)
    assert binding.orders[0]["buffersize_msec"] == WHOLE.length_ms <= 50
    assert 0 < output.latency_s <= 0.1
    output.close()
