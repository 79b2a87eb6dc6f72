"""How long the buffer should be: short, and a cancel is heard at once; long, and a busy machine is not heard.

Each length is recorded from a pretend loudspeaker, on an idle machine and beside two spinning programs.

python benchmarks/buffer.py [SECONDS] [LENGTH …]
"""

from __future__ import annotations

import json
import math
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from array import array
from itertools import pairwise

from beside import spinning

from tests import pulse
from trainer.audio.bank import RATE, Bank
from trainer.audio.buffering import Buffering
from trainer.audio.miniaudio_output import MiniaudioOutput

LENGTHS = ("30", "45", "60", "60p", "70p", "80p", "90p")
"""Milliseconds; with a p frames are asked for in pieces."""
PERIODS = 2
APART_S = 0.25
CUTS = 16


def bank() -> Bank:
    """A click, and a long tone to be cut off."""
    tone = array("h", [round(9_000 * math.sin(2 * math.pi * 600 * i / RATE)) for i in range(RATE)])
    click = array("h", [9_000] * 480)
    return Bank(RATE, {"click": click, "tone": tone}, click)


def play(length: str, clicks: int) -> None:
    """Play clicks, then tones that are cancelled; print what it cost and when that was. A program of its own."""
    output = MiniaudioOutput(
        bank(), buffering=Buffering(int(length.removesuffix("p")), PERIODS, in_pieces=length.endswith("p"))
    )
    time.sleep(0.5)
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    for index in range(clicks):
        wall = began + 0.5 + index * APART_S
        time.sleep(max(0.0, wall - 0.4 - time.monotonic()))
        output.play_at("click", wall)
    time.sleep(0.7)
    after, lasted = resource.getrusage(resource.RUSAGE_SELF), time.monotonic() - began
    cuts = []
    chance = random.Random(1)
    for _ in range(CUTS):
        output.play_at("tone", time.monotonic() + 0.15)
        time.sleep(0.4 + chance.random() / 10)
        cuts.append(time.monotonic())
        output.cancel()
        time.sleep(0.25)
    output.close()
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"cpu": busy / lasted, "cuts": cuts}))


def measure(length: str, seconds: float, spinners: int) -> str:
    clicks = int(seconds / APART_S)
    with spinning(spinners), pulse.speaker() as speaker, speaker.recording() as tape:
        command = [sys.executable, __file__, "--play", length, str(clicks)]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **speaker.environment})
    if done.returncode:
        return f"failed: {done.stderr.strip().splitlines()[-1:]}"
    said = json.loads(done.stdout)
    heard = pulse.onsets(tape.samples, quiet_s=0.1)
    if len(heard) != clicks + CUTS:
        return f"{clicks + CUTS} sounds played, {len(heard)} heard"
    errors = [abs((two - one) / RATE - APART_S) * 1000 for one, two in pairwise(heard[:clicks])]
    silences = []
    for cut, begin, end in zip(said["cuts"], heard[clicks:], (*heard[clicks + 1 :], len(tape.samples)), strict=True):
        last = max(i for i in range(begin, end) if abs(tape.samples[i]) >= pulse.THRESHOLD)
        silences.append(1000 * (tape.heard_at(last) - cut))
    return (
        f"interval off by {max(errors):.3f} ms at worst, {sum(error > 1 for error in errors)} of {len(errors)} by more "
        f"than 1 ms; silent {max(silences):.0f} ms after cancel at worst, {statistics.median(silences):.0f} in the "
        f"middle; processor {100 * said['cpu']:.2f} %"
    )


def main(seconds: float, lengths: tuple[str, ...]) -> None:
    if (reason := pulse.missing()) is not None:
        print(f"skipped: {reason}")
        return
    for spinners in (0, 2):
        for length in lengths:
            print(f"{length} ms, {spinners} spinning: {measure(length, seconds, spinners)}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--play"]:
        play(sys.argv[2], int(sys.argv[3]))
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 12.0, tuple(sys.argv[2:]) or LENGTHS)
