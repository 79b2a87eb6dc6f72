"""How exactly cues are heard, and what sound costs: a plan is played, recorded from a pretend loudspeaker, compared.

python benchmarks/sound.py [SECONDS]
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import pulse  # noqa: E402
from trainer.audio.bank import load_bank  # noqa: E402
from trainer.audio.buffering import PIECEWISE  # noqa: E402
from trainer.audio.mixer import Mixer  # noqa: E402
from trainer.audio.output import open_output  # noqa: E402
from trainer.core.errors import SoundError  # noqa: E402

SOUNDS = ROOT / "sounds"
AHEAD_S = 0.3
STEP_MS = round(1000 * PIECEWISE.step_s)
"""What a sound server asks for in one go."""


def plan(length_s: float) -> Iterator[tuple[float, str]]:
    """Cues as a session has them: 3-2-1, go, then a rep every two seconds and a half beat between."""
    second = 0.0
    while second + 8 <= length_s:
        yield from ((second + i, sound) for i, sound in enumerate(("three", "two", "one", "go")))
        yield from ((second + 4 + 0.8 * i, "rep") for i in range(4))
        second += 8


def play(choice: str, length_s: float) -> None:
    """Play the plan in this program and print the CPU it took, as JSON. Run by ``measure`` in a program of its own."""
    try:
        output = open_output(choice, SOUNDS)
    except SoundError as error:
        print(json.dumps({"skipped": str(error)}))
        return
    time.sleep(0.5)
    before = resource.getrusage(resource.RUSAGE_SELF)
    began = time.monotonic() + 0.5
    for second, sound in plan(length_s):
        time.sleep(max(0.0, began + second - AHEAD_S - time.monotonic()))
        output.play_at(sound, began + second)
    time.sleep(max(0.0, began + length_s - time.monotonic()))
    after = resource.getrusage(resource.RUSAGE_SELF)
    output.close()
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"cpu": busy / (time.monotonic() - began), "detail": output.detail, "began": began}))


def measure(choice: str, length_s: float) -> str:
    """Return one line about ``choice``: what a listener would have heard against the plan."""
    with pulse.speaker() as speaker, speaker.recording() as tape:
        command = [sys.executable, __file__, "--play", choice, str(length_s)]
        done = subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, **speaker.environment}, timeout=length_s + 60
        )
    if done.returncode:
        return f"{choice:12} failed: {done.stderr.strip().splitlines()[-1:]}"
    said = json.loads(done.stdout)
    if "skipped" in said:
        return f"{choice:12} skipped: {said['skipped']}"
    planned = list(plan(length_s))
    bank = load_bank(SOUNDS)
    own = {sound: pulse.onsets(bank.clip(sound))[0] for _, sound in planned}
    found = pulse.onsets(tape.samples, quiet_s=0.2)
    if len(found) != len(planned):
        return f"{choice:12} {len(planned)} cues planned, {len(found)} heard"
    offsets = [
        (onset - own[sound]) / pulse.RATE - second for onset, (second, sound) in zip(found, planned, strict=True)
    ]
    middle = statistics.median(offsets)
    errors = sorted(abs(offset - middle) * 1000 for offset in offsets)
    late = 1000 * (tape.heard_at(found[0] - own[planned[0][1]]) - said["began"])
    return (
        f"{choice:12} {len(planned)} cues: error worst {errors[-1]:.3f} ms, "
        f"99th percentile {errors[min(len(errors) - 1, int(0.99 * len(errors)))]:.3f} ms, "
        f"first heard {late:+.0f} ms from its second, CPU of the whole program {100 * said['cpu']:.2f} %  "
        f"({said['detail']})"
    )


def cost_of_mixing(length_s: float = 600.0) -> str:
    """Return one line about what the mixer alone costs for a session of ``length_s``, with no device."""
    bank = load_bank(SOUNDS)
    mixer = Mixer(bank, volume=0.7)
    count = bank.rate * STEP_MS // 1000
    cues = list(plan(length_s))
    worst = 0.0
    before = time.process_time()
    for step in range(int(length_s * 1000 / STEP_MS)):
        while cues and cues[0][0] * 48_000 < (step + 5) * count:
            second, sound = cues.pop(0)
            mixer.schedule(sound, round(second * 48_000))
        began = time.perf_counter()
        mixer.render(count)
        worst = max(worst, time.perf_counter() - began)
    busy = time.process_time() - before
    return (
        f"mixer alone: {length_s / 60:.0f} minutes of session in {busy * 1000:.0f} ms of CPU, "
        f"{100 * busy / length_s:.4f} % of a core; worst single step {worst * 1000:.2f} of {STEP_MS} ms"
    )


def main(length_s: float) -> None:
    print(cost_of_mixing())
    if (reason := pulse.missing()) is not None:
        print(f"recording skipped: {reason}")
        return
    for choice in ("miniaudio", "simpleaudio"):
        print(measure(choice, length_s))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--play"]:
        play(sys.argv[2], float(sys.argv[3]))
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 24.0)
