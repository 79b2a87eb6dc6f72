"""``trainer sound``: says which output is used, and plays every cue with its name."""

from __future__ import annotations

import argparse
import os
import sys
import time

from trainer.paths import Folders
from trainer.verbs.out import put

HELP = "say which sound output is used, and play the cues"
APART_S = 0.35
"""Silence between two cues."""
FIRST_S = 0.4


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer sound`` takes."""
    parser.add_argument("--audio", metavar="OUTPUT", help="auto, miniaudio, simpleaudio, bell or off")
    parser.add_argument("--quiet", action="store_true", help="only say which output is used")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Plays the cues one after the other; 1 where nothing can be heard. Raises SoundError."""
    from trainer.audio.bank import load_bank
    from trainer.audio.cues import SOUNDS
    from trainer.audio.output import open_output
    from trainer.settings import read_settings

    settings, _ = read_settings(folders.settings)
    choice = arguments.audio or os.environ.get("TRAINER_AUDIO") or settings.audio
    bank = load_bank(folders.sounds)
    output = open_output(choice, bank, volume=settings.volume, ring_bell=_ring)
    try:
        put([f"Output: {output.name}, {output.detail.rstrip('.')}.\n"])
        if output.warning and output.name != "off":
            put([f"{output.warning}\n"])
        if arguments.quiet or output.name == "off":
            return 0 if output.name != "off" or choice == "off" else 1
        put([f"Told {output.latency_s * 1000:.0f} ms ahead, so that it is heard in time.\n"])
        at = time.monotonic() + FIRST_S
        for sound in SOUNDS:
            output.play_at(sound, at)
            _wait_until(at)
            put([f"  {sound}\n"])
            at += len(bank.clip(sound)) / bank.rate + APART_S
        _wait_until(at)
    finally:
        output.close()
    return 0


def _wait_until(instant: float) -> None:
    time.sleep(max(0.0, instant - time.monotonic()))


def _ring() -> None:
    sys.stdout.write("\a")
    sys.stdout.flush()
