"""Make the spoken prompts: every phrase a session can say, spoken by piper, trimmed, levelled, and heard through.

    python scripts/make_voice.py                 render what is new or changed, delete what is needed no more
    python scripts/make_voice.py --only TEXT     render one phrase again
    python scripts/make_voice.py --check         listen to every prompt with a speech recognizer

It needs what the dependency group ``voice-build`` names (``pip install --group voice-build``); the trainer itself needs
none of it. What is said comes from the drill library. A phrase is spoken in several takes; the first that the
recognizer understands, also under noise, is kept, and its number is written down. The same take sounds the same every
time. Without the recognizer the first take without a fault is kept, unheard.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from voice_booth import RATE, ROOM_DB, Listener, Wave, as_frames, faults, finish, speak

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from voice_script import Script, read_script, slug, spoken  # noqa: E402

FOLDER = ROOT / "sounds" / "voice"
VOICE = "en_US-joe-medium, spoken by piper"
LICENCE = "CC0-1.0"
TAKES = 9
LONGEST_S = {"number": 0.75, "side": 1.0, "name": 1.6, "dose": 1.6, "call": 3.2}
"""By kind, in seconds: a number leaves a slow rep of 2 s room, a name is over before one looks up."""
NOISES_DB = (20.0, 12.0)
"""A good take is understood with noise so far below it, too."""


def pace(text: str, take: int) -> float:
    """How far the voice draws its sounds out: it gabbles words that stand alone. Takes by turns are a little faster."""
    return (1.25 if len(text) <= 6 else 1.1 if len(text) <= 9 else 1.0) * (1.0, 0.92, 0.85)[(take - 1) % 3]


@dataclass
class Booth:
    """Where takes are made and judged."""

    script: Script

    @cached_property
    def listener(self) -> Listener | None:
        if importlib.util.find_spec("pocketsphinx") is None:
            print("pocketsphinx is not installed: nothing is listened to", file=sys.stderr)
            return None
        return Listener(self.script.texts)

    def is_understood(self, text: str, wave: Wave, noise_db: float = ROOM_DB) -> bool:
        if self.listener is None or text not in self.listener.knows:
            return True
        return self.listener.hear(wave, noise_db) == text

    def score(self, text: str, wave: Wave) -> int:
        """3 for a take without fault that is understood, also under noise; 0 for one with a fault."""
        if faults(wave, LONGEST_S[self.script.kind(text)]):
            return 0
        if not self.is_understood(text, wave):
            return 1
        return 3 if all(self.is_understood(text, wave, noise) for noise in NOISES_DB) else 2

    def record(self, text: str) -> tuple[Wave, int]:
        """The best take and its number."""
        best, kept, kept_take = -1, np.zeros(0), 0
        for take in range(1, TAKES + 1):
            wave = finish(speak(spoken(text), pace(text, take), take))
            if (points := self.score(text, wave)) > best:
                best, kept, kept_take = points, wave, take
            if points == 3:
                break
        print(f"{text}: take {kept_take}, {len(kept) / RATE:.2f} s, {best} of 3 points", flush=True)
        return kept, kept_take


def read_index(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / "index.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return dict(found.get("prompts", {}))


def write_index(folder: Path, prompts: Mapping[str, Mapping[str, Any]]) -> None:
    lines = ",\n".join(f"  {json.dumps(text)}: {json.dumps(prompts[text])}" for text in sorted(prompts))
    head = f'"voice": {json.dumps(VOICE)},\n"licence": {json.dumps(LICENCE)},\n"rate": {RATE},\n"prompts": {{\n'
    (folder / "index.json").write_text("{\n" + head + lines + "\n}\n}\n", encoding="utf-8")


def render(folder: Path, script: Script, only: str | None) -> None:
    """Brings the folder up to the script; the index is written after each prompt, so that one may stop and go on."""
    folder.mkdir(parents=True, exist_ok=True)
    booth = Booth(script)
    prompts = {text: entry for text, entry in read_index(folder).items() if text in script.texts}
    for text in script.texts:
        entry = prompts.get(text)
        is_there = entry and entry["spoken"] == spoken(text) and (folder / entry["file"]).exists()
        if text == only or (only is None and not is_there):
            wave, take = booth.record(text)
            path = folder / f"{slug(text)}.flac"
            soundfile.write(path, as_frames(wave), RATE, subtype="PCM_16", compression_level=1.0)
            prompts[text] = {"file": path.name, "frames": len(wave), "spoken": spoken(text), "take": take}
            write_index(folder, prompts)
    write_index(folder, prompts)
    kept = {entry["file"] for entry in prompts.values()} | {"index.json"}
    for path in folder.iterdir():
        if path.name not in kept:
            print(f"{path.name}: needed no more")
            path.unlink()


def check(folder: Path, script: Script) -> int:
    """Listens to every prompt; prints what is wrong, the lengths, and how much is understood. Gives the exit code."""
    booth, wrong = Booth(script), []
    lengths: dict[str, dict[str, float]] = {}
    understood: dict[tuple[str, float], int] = {}
    for text, entry in read_index(folder).items():
        kind = script.kind(text)
        wave, _rate = soundfile.read(folder / entry["file"])
        wrong += [f"{text}: {fault}" for fault in faults(wave, LONGEST_S[kind])]
        lengths.setdefault(kind, {})[text] = len(wave) / RATE
        for noise in (ROOM_DB, *NOISES_DB):
            is_clear = booth.is_understood(text, wave, noise)
            understood[kind, noise] = understood.get((kind, noise), 0) + is_clear
            if not is_clear:
                assert booth.listener is not None
                print(f"{text}: with noise {noise:.0f} dB below heard as {booth.listener.hear(wave, noise)!r}")
                wrong += [f"{text}: not understood"] if noise == ROOM_DB else []
    for kind, each in sorted(lengths.items()):
        of, low, high = len(each), min(each.values()), max(each.values())
        clear = ", ".join(str(understood[kind, noise]) for noise in (ROOM_DB, *NOISES_DB))
        print(f"{kind:7} {of:3}: {low:.2f} {statistics.median(each.values()):.2f} {high:.2f} s; understood: {clear}")
        letter = {text: seconds / len(text) for text, seconds in each.items() if len(text) > 6}
        middle = statistics.median(letter.values() or [0])
        wrong += [f"{text}: odd pace" for text, pace in letter.items() if not 0.55 < pace / middle < 1.7]
    print(*wrong, sep="\n")
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", metavar="TEXT", help="render this phrase again, and nothing else")
    parser.add_argument("--check", action="store_true", help="listen to what is there, and render nothing")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the prompts are; sounds/voice if left out")
    options = parser.parse_args()
    script = read_script(ROOT / "routines")
    if options.only is not None and options.only not in script.texts:
        parser.error(f"no session says {options.only!r}")
    if options.check:
        return check(options.folder, script)
    render(options.folder, script, options.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
