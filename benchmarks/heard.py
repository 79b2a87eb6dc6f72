"""A short session of the real program, recorded: each planned cue beside the sound that was heard.

The plan is what ``--events`` tells (the second at which each first sample is meant to be heard). Errors are of the
differences from the usual delay: the recorder's own is not known.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.pulse import RATE, THRESHOLD, missing, onsets, speaker
from tests.terminal import Terminal, environment
from trainer.audio.bank import load_bank
from trainer.audio.cues import heard as heard_of
from trainer.audio.cues import sound_of
from trainer.audio.mixer import amplitude
from trainer.core.cue import Cue, CueKind
from trainer.paths import find_folders
from trainer.settings import Settings

ROUTINE = """\
name: Recorded
items:
  - {drill: toe-splay, reps: 5, tempo: 2s}
  - {drill: ankle-circles, reps: 3, tempo: 2s}
"""


def attack(sound: str) -> float:
    """Seconds from a sound's first sample to the first that the recording counts as sound."""
    bank = load_bank(find_folders({"TRAINER_DATA_DIR": "-", "TRAINER_CONFIG_DIR": "-"}).sounds)
    loudness = amplitude(Settings().volume)
    clip = bank.clip(sound)
    return next(index for index, sample in enumerate(clip) if abs(sample) * loudness >= THRESHOLD) / bank.rate


def main() -> int:
    why = missing()
    if why is not None:
        print(f"skipped: {why}")
        return 0
    with tempfile.TemporaryDirectory() as name, speaker() as gym:
        folder = Path(name)
        (folder / "routine.yaml").write_text(f"id: recorded\n{ROUTINE}", encoding="utf-8")
        environ = environment(folder, **gym.environment)
        events = folder / "events.jsonl"
        command = (sys.executable, "-m", "trainer")
        run = Terminal((*command, "setup", "--knee", "right", "--accept-safety"), environ)
        with run:
            run.program.wait(20)
        start = (
            "start",
            str(folder / "routine.yaml"),
            "--skip-before",
            "--audio",
            "miniaudio",
            "--events",
            str(events),
        )
        with gym.recording() as tape, Terminal((*command, *start), environ) as terminal:
            terminal.wait_for("How is your RIGHT knee", within_s=90)
            terminal.read_for(1.5)
            terminal.press("3\r")
            terminal.wait_for("Saved.")
            terminal.press("\rq")
            terminal.end()
        plan = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]
    cues = [Cue(line["wall"], CueKind(line["kind"]), 0) for line in plan if line["event"] == "cue"]
    instants = [(cue.at_s, attack(sound_of(cue.kind))) for cue in heard_of(cues)]
    heard = [index / RATE for index in onsets(tape.samples, quiet_s=0.02)]
    first = heard[0] - sum(instants[0])
    nearest = [min(heard, key=lambda at: abs(at - sum(due) - first)) for due in instants]
    delays = [at - sum(due) for at, due in zip(nearest, instants, strict=True)]
    usual = sorted(delays)[len(delays) // 2]
    errors = sorted(abs(delay - usual) * 1000 for delay in delays)
    print(f"{len(instants)} instants planned, {len(heard)} onsets heard")
    print(f"worst {errors[-1]:.3f} ms, median {errors[len(errors) // 2]:.3f} ms (goal: within 1 ms)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
