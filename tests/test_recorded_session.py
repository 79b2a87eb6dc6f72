"""A session of the real program as a listener hears it: every tone and every word of its sheet, and nothing else."""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests import pulse
from tests.performance import Stage
from tests.pulse import RATE
from tests.score import STRAY, Listened, Note, departure, listen, loud_from, notes
from tests.witness import witness
from trainer.audio.mixer import FADE_S
from trainer.audio.utterance import utterance

WITHIN_MS = 1.0
AT_ONCE_S = 0.1
"""Within which a key is heard, the recorder's own delay included."""
ROUNDS = 3
"""How often a session is played until it is heard evenly: the machine that tests may be at other work."""
BUSY = 0.75
"""With more programs at work for each core than this, no session can be promised to be even."""
SHORT = """\
id: recorded
name: Recorded
items:
  - {drill: toe-splay, reps: 3, tempo: 3.4s}
  - {drill: wrist-circles, reps: 2, tempo: 2s}
"""
FIRST_WORDS = utterance(("Sit down", "Toe spreads", "Three times"))
LATE_S = 0.2
"""So late a sound that is due at once may begin after one that was planned."""
RIGHT = "\x1b[C"
"""What a terminal sends for the right arrow."""
FADE = round(FADE_S * RATE) + 1
"""Samples until a sound that is cut off is over."""
FASTER = 1.1
"""The pace after one step."""

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("TRAINER_LISTEN"),
        reason="takes minutes of a machine that does nothing else: set TRAINER_LISTEN=1 to listen",
    ),
    pytest.mark.skipif(pulse.missing() is not None, reason=str(pulse.missing())),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what the program costs is read in /proc"),
]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with pulse.speaker() as gym:
        yield Stage(tmp_path, gym)


def try_often(attempt: Callable[[], tuple[str, bool]]) -> None:
    """Try until all is well: another program may be in the way for so long that the device runs dry."""
    told = []
    for _ in range(ROUNDS):
        with witness() as seen:
            words, is_well = attempt()
        told.append(words)
        sys.stdout.write(f"{words}\n")
        if is_well:
            return
        if seen.stood_still:
            pytest.skip(f"this machine stood still for {1000 * seen.late_s:.0f} ms: {words}")
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > BUSY * cores:
        pytest.skip(f"this machine is at other work, {load:.1f} programs on {cores} cores: {told[-1]}")
    pytest.fail("; ".join(told))


def test_every_sound_of_a_session_is_heard_on_its_instant_and_nothing_else(stage: Stage) -> None:
    routine = stage.set_up()
    score = stage.score(routine)
    assert {note.name for note in score} >= {"Halfway", "Other way", "switch", "Well done, Rate your knee"}

    def attempt() -> tuple[str, bool]:
        performance = stage.perform(routine)
        assert performance.code == 0
        listened = listen(performance.tape.samples, score)
        start = listened.found[0].start or 0
        late_s = performance.tape.heard_at(start) - performance.first_wall
        is_even = max(listened.errors_ms) <= WITHIN_MS and abs(late_s) < AT_ONCE_S
        return f"{listened.told}; begins {1000 * late_s:+.0f} ms", is_even and listened.is_whole

    try_often(attempt)


def listen_after(samples: array[int], cut: int, score: Sequence[Note]) -> Listened:
    """Listen from where a sound was cut off, and is silent at ``cut``, on.

    What is due at once begins a little late, the rest keeps the beat. It may begin in the very frame in which the fade
    does, and that is seen some frames later.
    """
    listened = listen(samples[cut - 2 * FADE :], score, reach_s=LATE_S, begins=FADE)
    return replace(listened, strays_s=tuple(second for second in listened.strays_s if second > 2 * FADE_S))


def test_mute_and_pause_are_heard_at_once_and_leave_no_stray_sound(stage: Stage) -> None:
    routine = stage.set_up(SHORT)
    words, pause, paused = notes(stage.environ, (0, FIRST_WORDS), (0, "pause"), (0.35, utterance(("Paused",))))

    def attempt() -> tuple[str, bool]:
        with stage.session(routine) as live:
            began = live.cue("say")
            muted = live.press("m", began + 0.3)
            unmuted = live.press("m", began + 0.75)
            stopped = live.press(" ", began + 1.65)
            live.terminal.read_for(2.5)
        tape = live.tape
        start = pulse.onsets(tape.samples)[0] - loud_from(words.clip)
        still = departure(tape.samples, words.clip, start) + FADE
        again = still + next(iter(pulse.onsets(tape.samples[still:], threshold=STRAY)), 0)
        cut = again + FADE + departure(tape.samples[again + FADE :], words.clip[again + FADE - start :], 0) + FADE
        pressed = ((still, muted), (again, unmuted), (cut, stopped))
        waits = [tape.heard_at(index) - second for index, second in pressed]
        after = listen_after(tape.samples, cut, (pause, paused))
        told = f"mute, sound again, pause: {[round(1000 * wait) for wait in waits]} ms; after that {after.told}"
        return told, all(0 < wait < AT_ONCE_S for wait in waits) and after.is_whole

    try_often(attempt)


def test_pace_and_skip_are_heard_at_once_and_leave_no_stray_sound(stage: Stage) -> None:
    routine = stage.set_up(SHORT)
    score = stage.score(routine)
    names = [note.name for note in score]
    two, then = names.index("Two"), names.index("Last drill, Wrist circles, Two circles")
    tempo = score[two].at_s - score[names.index("One")].at_s

    def attempt() -> tuple[str, bool]:
        with stage.session(routine) as live:
            go = live.cue("go")
            pressed_s = live.press("]", go + 1.0) - go
            skipped = live.press(RIGHT, live.cue("rep", 2) + 0.12)
            live.terminal.read_for(3.7)
        tape = live.tape
        one = listen(tape.samples, score[:two]).found[names.index("One")].start or 0
        around = one + round(RATE * (pressed_s + (tempo - pressed_s) / FASTER - 0.2))
        start = around + next(iter(pulse.onsets(tape.samples[around:])), 0) - loud_from(score[two].clip)
        # What was left of the rep runs faster from the instant at which the key took effect.
        pace_s = tempo - (tempo - (start - one) / RATE) / (1 - 1 / FASTER) - pressed_s
        cut = departure(tape.samples, score[two].clip, start) + FADE
        skip_s = tape.heard_at(cut) - skipped
        after = listen_after(tape.samples, cut, score[then : then + 4])
        told = f"pace: {1000 * pace_s:.0f} ms, skip: {1000 * skip_s:.0f} ms; after that {after.told} {after.strays_s}"
        return told, -0.02 < pace_s < AT_ONCE_S and 0 < skip_s < AT_ONCE_S and after.is_whole

    try_often(attempt)
