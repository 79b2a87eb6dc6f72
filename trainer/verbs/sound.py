"""``trainer sound``: says which output is used, and plays every cue with its name; or writes a session to a file."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer.core import words
from trainer.core.errors import UsageError
from trainer.paths import Folders
from trainer.verbs.out import put

if TYPE_CHECKING:
    from trainer.audio.output import Output
    from trainer.audio.speech import Speech
    from trainer.settings import Settings

HELP = "say which sound output is used, and play the cues; write a session to a WAV file"
APART_S = 0.35
"""Silence between two cues."""
FIRST_S = 0.4
SAID = (
    (words.NEXT, "Sit down", "Ankle circles", "Right foot", "Six circles"),
    ("One",),
    ("Two",),
    ("Three",),
)
"""What the voice says: an announcement, and how it counts."""
WORDLESS = ("bell", "off")
"""Outputs that speak no words."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer sound`` takes."""
    parser.add_argument(
        "routine", metavar="ROUTINE", nargs="?", help="write the session of this routine to FILE instead of playing"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="a new WAV file: the session as it would be heard")
    parser.add_argument("--audio", metavar="OUTPUT", help="auto, miniaudio, simpleaudio, bell or off")
    parser.add_argument("--quiet", action="store_true", help="only say which output is used")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Plays the cues one after the other; 1 where nothing can be heard. Raises TrainerError."""
    if arguments.routine is not None or arguments.output is not None:
        from trainer.verbs.recording import record

        if arguments.audio is not None or arguments.quiet:
            raise UsageError("--audio and --quiet are for playing, not for writing a file.", "Leave them out.")
        return record(arguments.routine, arguments.output, folders)
    from trainer.audio.output import open_output
    from trainer.audio.speech import Speech
    from trainer.settings import read_settings

    settings, _ = read_settings(folders.settings)
    choice = arguments.audio or os.environ.get("TRAINER_AUDIO") or settings.audio
    output = open_output(choice, folders.sounds, volume=settings.volume, ring_bell=_ring)
    try:
        put([f"Output: {output.name}, {output.detail.rstrip('.')}.\n"])
        if output.warning and output.name != "off":
            put([f"{output.warning}\n"])
        if output.name == "off":
            return 0 if choice == "off" else 1
        if output.latency_s:
            put([f"Latency: {output.latency_s * 1000:.0f} ms; each sound is handed over that much ahead.\n"])
        if not arguments.quiet:
            play(output, Speech(folders.sounds / "voice", folders.voices), settings)
    finally:
        output.close()
    return 0


def play(
    output: Output,
    speech: Speech,
    settings: Settings,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Plays each kind of cue, then the voice, naming each as it begins; at the volumes of the settings."""
    from trainer.audio.mixer import amplitude
    from trainer.audio.sheet import spoken_seconds
    from trainer.audio.utterance import utterance
    from trainer.verbs.recording import TURNED_OFF

    if settings.volume == 0:
        put([TURNED_OFF])
    at = clock() + FIRST_S

    def sound(name: str, told: str, gain: float, length_s: float) -> None:
        nonlocal at
        output.play_at(name, at, amplitude(gain))
        sleep(max(0.0, at - clock()))
        put([f"  {told}\n"])
        at += length_s + APART_S

    put(["Cues:\n"])
    for name, length_s in speech.tones().items():
        sound(name, name, settings.tone_volume, length_s)
    spoken = speech.shipped(text for texts in SAID for text in texts)
    silence = _why_silent(output, settings, spoken.warnings)
    if silence:
        put([f"{silence}\n"])
    else:
        output.learn(spoken.clips)
        put(["Voice:\n"])
        for texts in SAID:
            told = words.sentence(map(words.Phrase, texts))
            sound(utterance(texts), told, settings.voice_volume, spoken_seconds(texts, spoken.voice.seconds))
    sleep(max(0.0, at - clock()))


def _why_silent(output: Output, settings: Settings, warnings: tuple[str, ...]) -> str | None:
    """Why nothing is said; None where it is."""
    if output.name in WORDLESS:
        return "The bell speaks no words."
    if settings.voice_volume <= 0:
        return "The voice is turned off in the settings."
    return warnings[0] if warnings else None


def _ring() -> None:
    sys.stdout.write("\a")
    sys.stdout.flush()
