"""Sound as a listener hears it: played through the real output into a pretend loudspeaker, recorded, and compared."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests import pulse
from trainer.audio.bank import load_bank
from trainer.audio.output import Output, open_output

SOUNDS = Path(__file__).resolve().parent.parent / "sounds"
PLAN = (
    (0.00, "three"),
    (0.30, "two"),
    (0.60, "one"),
    (0.90, "go"),
    (1.50, "rep"),
    (1.70, "rep"),
    (1.90, "rep"),
    (2.10, "rep"),
    (2.30, "three"),
    (2.60, "two"),
    (2.90, "one"),
    (3.20, "rep"),
)
"""Seconds and sounds, far enough apart for each to be over before the next begins."""

pytestmark = pytest.mark.skipif(pulse.missing() is not None, reason=str(pulse.missing()))


@pytest.fixture(autouse=True)
def calm() -> Iterator[None]:
    """Keep Python from sweeping the heap of a whole test run in mid-sound: that stops every thread for 50 ms and more,
    longer than a device waits."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.fixture
def gym(monkeypatch: pytest.MonkeyPatch) -> Iterator[pulse.Speaker]:
    with pulse.speaker() as speaker:
        for name, value in speaker.environment.items():
            monkeypatch.setenv(name, value)
        yield speaker


def play(output: Output, plan: tuple[tuple[float, str], ...]) -> float:
    """Hand over the plan as a session does, a little ahead; return the second at which it begins."""
    began = time.monotonic() + 0.3
    for second, sound in plan:
        wait_until(began + second - 0.25)
        output.play_at(sound, began + second)
    return began


def wait_until(wall: float) -> None:
    time.sleep(max(0.0, wall - time.monotonic()))


def own_onset(sound: str) -> int:
    """The sample at which a clip itself is first loud enough to count."""
    return pulse.onsets(load_bank(SOUNDS, pulse.RATE, [sound]).clip(sound))[0]


def starts(tape: pulse.Recording, plan: tuple[tuple[float, str], ...]) -> list[int]:
    """Where in the recording the first sample of each sound of the plan lies."""
    found = pulse.onsets(tape.samples)
    assert len(found) == len(plan), f"{len(plan)} sounds played, {len(found)} heard"
    return [onset - own_onset(sound) for onset, (_, sound) in zip(found, plan, strict=True)]


def test_every_sound_is_heard_when_it_was_planned(gym: pulse.Speaker) -> None:
    with gym.recording() as tape:
        output = open_output("miniaudio", SOUNDS)
        assert output.warning is None
        assert "PulseAudio" in output.detail
        began = play(output, PLAN)
        wait_until(began + PLAN[-1][0] + 0.4)
        output.close()
    heard = starts(tape, PLAN)
    planned = [second for second, _ in PLAN]
    errors_ms = [
        1000 * ((two - one) / pulse.RATE - (b - a))
        for (one, two), (a, b) in zip(pairwise(heard), pairwise(planned), strict=True)
    ]
    assert max(map(abs, errors_ms)) < 1.0
    assert abs(tape.heard_at(heard[0]) - began) < 0.05


def test_cancelling_is_heard_at_once_and_leaves_no_stray_sound(gym: pulse.Speaker) -> None:
    with gym.recording() as tape:
        output = open_output("auto", SOUNDS)
        began = time.monotonic() + 0.3
        output.play_at("done", began)
        output.play_at("rep", began + 0.8)
        wait_until(began + 0.4)
        cancelled = time.monotonic()
        output.cancel()
        wait_until(began + 1.2)
        output.close()
    last = max(index for index, sample in enumerate(tape.samples) if abs(sample) > pulse.THRESHOLD)
    assert -0.05 < tape.heard_at(last) - cancelled < 0.15


def test_muting_is_heard_at_once_and_ends_at_once(gym: pulse.Speaker) -> None:
    with gym.recording() as tape:
        output = open_output("auto", SOUNDS)
        output.muted = True
        began = play(output, ((0.0, "three"),))
        wait_until(began + 0.4)
        output.muted = False
        began = play(output, ((0.0, "one"),))
        wait_until(began + 0.4)
        output.close()
    assert len(starts(tape, ((0.0, "one"),))) == 1


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="simpleaudio crashes on Python 3.12 and newer")
def test_simpleaudio_is_heard_too(gym: pulse.Speaker) -> None:
    pytest.importorskip("simpleaudio", reason="the extra simpleaudio is not installed")
    with gym.recording() as tape:
        output = open_output("simpleaudio", SOUNDS)
        began = play(output, PLAN[:4])
        wait_until(began + 2.0)
        output.close()
    assert len(starts(tape, PLAN[:4])) == 4


def test_a_speaker_that_goes_away_hangs_nothing(gym: pulse.Speaker) -> None:
    output = open_output("miniaudio", SOUNDS)
    output.play_at("done", time.monotonic())
    gym.server.kill()
    gym.server.wait()
    output.play_at("rep", time.monotonic())
    output.cancel()
    before = time.monotonic()
    output.close()
    output.close()
    assert time.monotonic() - before < 3.0


@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_devices_of_every_shape_are_played_to(rate: int, channels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = PLAN[:2]
    with pulse.speaker(rate, channels) as speaker:
        for name, value in speaker.environment.items():
            monkeypatch.setenv(name, value)
        with speaker.recording() as tape:
            output = open_output("auto", SOUNDS)
            began = play(output, plan)
            wait_until(began + 0.8)
            output.close()
    one, two = starts(tape, plan)
    assert abs((two - one) / pulse.RATE - 0.3) < 0.001
