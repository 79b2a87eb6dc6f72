"""Sound as a listener hears it: played through the real output into a pretend loudspeaker, recorded, and compared."""

from __future__ import annotations

import gc
import math
import os
import signal
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count, pairwise
from pathlib import Path

import pytest

from tests import pulse
from tests.witness import witness
from trainer.audio import apart
from trainer.audio.bank import load_bank
from trainer.audio.news import News
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

RATE = pulse.RATE
AT_ONCE_S = 0.1
"""Within which what a person takes back is silent, the recorder's own delay included."""

TAIL_S = 1.0
"""How long is listened on after the last sound has begun: a recorder may be behind."""
ROUNDS = 3
"""How often a plan is played until it is heard evenly: the machine that tests may be at other work."""

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
        monkeypatch.setattr(apart, "OPENING_S", 60.0)
        yield speaker


def heard_well(attempt: Callable[[], None], *, is_urgent: bool = False) -> None:
    """Try until all that is asserted holds; where it does not, and no program was woken in time, nothing can be said.

    ``is_urgent``: what the test itself does may come late, and only the sound must be in time.
    """
    wrong = []
    for _ in range(ROUNDS):
        try:
            with witness(is_urgent=is_urgent) as seen:
                attempt()
        except AssertionError as error:
            wrong.append(str(error).partition("\n")[0])
        else:
            return
        if seen.stood_still:
            pytest.skip(f"this machine stood still for {1000 * seen.late_s:.0f} ms: {wrong[-1]}")
    pytest.fail("; ".join(wrong))


def play(output: Output, plan: tuple[tuple[float, str], ...]) -> float:
    """Hand over the plan as a session does, a little ahead; return the second at which it begins."""
    began = time.monotonic() + 0.5
    for second, sound in plan:
        wait_until(began + second - 1.5)
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


def errors_ms(heard: list[int], plan: tuple[tuple[float, str], ...]) -> list[float]:
    """By how many milliseconds the time from each sound to the next differs from the plan."""
    pairs = zip(pairwise(heard), pairwise(second for second, _ in plan), strict=True)
    return [1000 * ((two - one) / pulse.RATE - (b - a)) for (one, two), (a, b) in pairs]


def assert_even(gym: pulse.Speaker, output: Output, plan: tuple[tuple[float, str], ...], within_ms: float) -> None:
    """Play and record the plan, again where another program was in the way for so long that the device ran dry."""

    def attempt() -> None:
        with gym.recording() as tape:
            began = play(output, plan)
            wait_until(began + plan[-1][0] + TAIL_S)
        heard = starts(tape, plan)
        worst_ms, late_s = max(map(abs, errors_ms(heard, plan))), tape.heard_at(heard[0]) - began
        assert worst_ms < within_ms, f"one comes {worst_ms} ms beside its place"
        assert abs(late_s) < 0.05, f"the first comes {late_s:+.3f} s late"

    heard_well(attempt, is_urgent=True)


def test_every_sound_is_heard_when_it_was_planned(gym: pulse.Speaker) -> None:
    output = open_output("miniaudio", SOUNDS)
    assert output.warning is None
    assert "PulseAudio" in output.detail
    assert_even(gym, output, PLAN, 1.0)
    output.close()


def tone(length_s: float) -> array[int]:
    return array("h", [round(9_000 * math.sin(2 * math.pi * 600 * i / RATE)) for i in range(int(length_s * RATE))])


def last_loud(tape: pulse.Recording) -> float:
    """The second by which the last sound was heard."""
    loud = [index for index, sample in enumerate(tape.samples) if abs(sample) > pulse.THRESHOLD]
    assert loud, "nothing was heard"
    return tape.heard_at(loud[-1])


def test_cancelling_takes_back_words_under_way_and_leaves_no_stray_sound(gym: pulse.Speaker) -> None:
    def attempt() -> None:
        with gym.recording() as tape, closing(open_output("miniaudio", SOUNDS)) as output:
            output.learn({"say:heel slides": tone(2.0)})
            began = time.monotonic() + 0.3
            output.play_at("say:heel slides", began)
            output.play_at("rep", began + 0.8)
            wait_until(began + 0.4)
            cancelled = time.monotonic()
            output.cancel()
            wait_until(began + 1.2)
        assert -0.05 < last_loud(tape) - cancelled < AT_ONCE_S

    heard_well(attempt)


@pytest.mark.parametrize("turn", ["muted", "volume"])
def test_words_under_way_are_silenced_at_once(gym: pulse.Speaker, turn: str) -> None:
    def attempt() -> None:
        with gym.recording() as tape, closing(open_output("miniaudio", SOUNDS)) as output:
            output.learn({"say:heel slides": tone(2.0)})
            began = time.monotonic() + 0.3
            output.play_at("say:heel slides", began)
            wait_until(began + 0.4)
            turned = time.monotonic()
            if turn == "muted":
                output.muted = True
            else:
                output.volume = 0.0
            wait_until(began + 1.0)
        assert -0.05 < last_loud(tape) - turned < AT_ONCE_S

    heard_well(attempt)


def test_muting_is_heard_at_once_and_ends_at_once(gym: pulse.Speaker) -> None:
    def attempt() -> None:
        with gym.recording() as tape, closing(open_output("miniaudio", SOUNDS)) as output:
            output.muted = True
            began = play(output, ((0.0, "three"),))
            wait_until(began + 0.4)
            output.muted = False
            began = play(output, ((0.0, "one"),))
            wait_until(began + TAIL_S)
        assert len(starts(tape, ((0.0, "one"),))) == 1

    heard_well(attempt)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="simpleaudio crashes on Python 3.12 and newer")
def test_simpleaudio_is_heard_too(gym: pulse.Speaker) -> None:
    pytest.importorskip("simpleaudio", reason="the extra simpleaudio is not installed")

    def attempt() -> None:
        with gym.recording() as tape, closing(open_output("simpleaudio", SOUNDS)) as output:
            began = play(output, PLAN[:4])
            wait_until(began + 2.0)
        assert len(starts(tape, PLAN[:4])) == 4

    heard_well(attempt)


def test_a_server_that_dies_is_said_once_and_heard_again_when_it_is_back(
    gym: pulse.Speaker, capfd: pytest.CaptureFixture[str]
) -> None:
    def attempt() -> None:
        if gym.server.poll() is not None:
            gym.start()
        with closing(open_output("miniaudio", SOUNDS)) as output:
            with gym.recording() as before:
                began = play(output, PLAN[:4])
                wait_until(began + 0.9 + TAIL_S)
            assert len(starts(before, PLAN[:4])) == 4
            gym.kill()
            killed = time.monotonic()
            told = [news_within(output, 3.0)]
            lost_s = time.monotonic() - killed
            output.play_at("rep", time.monotonic() + 0.1)
            wait_until(killed + 4.0)
            assert output.news() is None
            gym.start()
            back = time.monotonic()
            output.play_at("switch", back + 30, latest=back + 30)
            told.append(news_within(output, 5.0))
            back_s = time.monotonic() - back
            output.cancel()
            assert_even(gym, output, PLAN, 1.0)
        assert (lost_s < 3.0, back_s < 5.0) == (True, True)
        assert [news.is_trouble for news in told] == [True, False]
        assert output.news() is None

    heard_well(attempt)
    assert capfd.readouterr().err == ""


def news_within(output: Output, patience_s: float) -> News:
    """Ask for news as the screen does, until there is some."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if (news := output.news()) is not None:
            return news
        time.sleep(0.1)
    raise AssertionError("no news")


def test_a_server_that_stands_still_hangs_nothing_and_prints_nothing() -> None:
    code = f"""
import os, signal, sys, time
from pathlib import Path
from trainer.audio.output import open_output
output = open_output("miniaudio", Path({str(SOUNDS)!r}))
output.play_at("done", time.monotonic())
os.kill(int(sys.argv[1]), signal.SIGSTOP)
time.sleep(3.5)  # found out, dropped, and tried again
for act in (output.cancel, lambda: output.play_at("rep", time.monotonic()), output.news):
    act()
print(time.monotonic())
output.close()
"""
    with pulse.speaker() as gym:
        environment = {**os.environ, **gym.environment}
        try:
            done = subprocess.run(
                [sys.executable, "-c", code, str(gym.server.pid)],
                capture_output=True,
                text=True,
                timeout=120,
                env=environment,
            )
            ended = time.monotonic()
        finally:
            os.kill(gym.server.pid, signal.SIGCONT)
    assert (done.returncode, done.stderr) == (0, "")
    assert ended - float(done.stdout) < 20  # the server stands still for ever


def test_headphones_pulled_out_move_the_sound_to_the_speaker(gym: pulse.Speaker) -> None:
    plan = ((1.0, "three"), (1.5, "two"), (2.0, "one"))
    names = count()

    def attempt() -> None:
        name = f"phones{next(names)}"
        module = gym.tell("load-module", "module-null-sink", f"sink_name={name}", "norewinds=1")
        gym.tell("set-default-sink", name)
        with closing(open_output("miniaudio", SOUNDS)) as output:
            with gym.recording(name) as phones:
                began = play(output, PLAN[:2])
                wait_until(began + TAIL_S)
            with gym.recording() as tape:
                gym.tell("unload-module", module)
                began = play(output, plan)
                wait_until(began + 2.0 + TAIL_S)
            told = output.news()
        assert len(starts(phones, PLAN[:2])) == 2
        heard = starts(tape, plan)
        assert abs(tape.heard_at(heard[0]) - began - 1.0) < 0.1
        assert told is None

    heard_well(attempt)


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 1), (44_100, 2), (48_000, 1), (48_000, 2), (48_000, 6)])
def test_devices_of_every_shape_are_played_to(rate: int, channels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = tuple((second, "rep") for second in (0.0, 0.3, 0.5, 0.9))
    with pulse.speaker(rate, channels) as speaker:
        for name, value in speaker.environment.items():
            monkeypatch.setenv(name, value)
        output = open_output("auto", SOUNDS, environ={})
        # A sink of another rate than the recording's is resampled twice: to within a sample of the slower.
        assert_even(speaker, output, plan, 0.001 if rate == RATE else 1_000 / rate)
        output.close()
