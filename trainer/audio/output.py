"""The way out: what an output can do, which outputs there are, and which one is picked."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from trainer.audio.bank import Bank, Samples
from trainer.audio.news import News
from trainer.audio.silent import BellOutput, OffOutput
from trainer.core.errors import SoundError

CHOICES = ("auto", "miniaudio", "simpleaudio", "bell", "off")
"""What ``--audio`` may name."""
_FAR = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
"""One of these is set where a person sits at another machine than this one."""
_FORWARDED = ("PULSE_SERVER", "PIPEWIRE_REMOTE")
"""One of these is set where the sound finds its way to them all the same."""


class Output(Protocol):
    """Somewhere to send sounds. All of it may be used from any thread, and none of it raises or waits.

    What is not as it should be is told in two ways, each to be shown once: ``warning`` is how things stood when the
    output was opened and never changes; ``news()`` is what happened since, to be asked for at each tick.
    """

    @property
    def name(self) -> str:
        """What it is: "miniaudio", "simpleaudio", "bell", "off" or "wav"."""

    @property
    def detail(self) -> str:
        """For people: the device, its rate, why it was picked."""

    @property
    def warning(self) -> str | None:
        """One sentence for one toast where something was not as it should be when the output was opened."""

    @property
    def latency_s(self) -> float:
        """Seconds ahead by which ``play_at`` must be told for a sound to be in time."""

    volume: float
    """Loudness of everything, 0 to 1."""
    muted: bool
    """Whether nothing is heard for now."""

    def play_at(self, sound: str, wall: float, gain: float = 1.0, *, latest: float | None = None) -> None:
        """Let ``sound`` be heard from the ``time.monotonic()`` second ``wall`` on, or from now if that is past.

        ``gain`` from 0 to 1 multiplies its samples. It is left out where it could only begin after the second
        ``latest``, which is else the sound's own expiry (trainer.audio.cues) after ``wall``; and where nobody knows it.
        """

    def cancel(self, *, is_cut: bool = True) -> None:
        """Drop everything that has not begun; what sounds is faded, or ends by itself where it is not ``is_cut``."""

    def learn(self, clips: Mapping[str, Samples]) -> None:
        """Take these clips, mono at trainer.audio.bank.RATE, in place of those learnt before.

        What sounds or is scheduled keeps its samples. The arrays are not copied: do not change them afterwards.
        """

    def knows(self, sound: str) -> bool:
        """Say whether ``sound`` is one to be played: a tone that ships, or a clip that was learnt.

        Outputs without clips ("bell", "off") know the tones alone, so that a caller falls back to one of these.
        """

    def news(self) -> News | None:
        """Return the oldest thing that happened since, once; None where nothing is new."""

    def close(self) -> None:
        """Let go of the device. May be called twice; does not hang."""


def open_output(
    choice: str,
    sounds: Path | Bank,
    *,
    volume: float = 1.0,
    ring_bell: Callable[[], None] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Output:
    """Open the output named by ``choice``, playing the sounds of a folder or a bank.

    "auto" takes miniaudio where a device opens and else falls silent, with the reason in ``warning``. At the far end of
    an SSH line, as ``environ`` (else this program's own) tells, it takes the terminal's bell, which rings where the
    person sits. Any other choice that cannot be had raises SoundError. Takes about 0.2 s (an import, a probe, reading
    files), and 3 s with a driver that does not answer: call it off the thread that draws. Nothing the drivers write
    reaches the screen.
    """
    if choice not in CHOICES:
        raise SoundError(f"There is no sound output called '{choice}'.", f"Choose one of {', '.join(CHOICES)}.")
    if choice == "off":
        return OffOutput(volume=volume)
    if choice == "bell":
        if ring_bell is None:
            raise SoundError("There is no terminal bell to ring here.", "Choose --audio auto or --audio off.")
        return BellOutput(ring_bell, volume=volume)
    if choice == "auto" and ring_bell is not None and is_far_away(os.environ if environ is None else environ):
        why = "over SSH this machine's own speaker is out of hearing"
        told = f"{why[0].upper()}{why[1:]}, so the terminal's bell rings and the border flashes."
        return BellOutput(ring_bell, f"picked because {why}", warning=told, volume=volume)
    if choice == "simpleaudio":
        from trainer.audio.simpleaudio_output import SimpleaudioOutput

        return SimpleaudioOutput(sounds, volume=volume)
    try:
        return _open_miniaudio(sounds, volume, was_asked_for=choice == "miniaudio")
    except SoundError as error:
        if choice == "miniaudio":
            raise
        return OffOutput(f"silent: {error.message}", volume=volume, warning=f"Going on without sound. {error}")


def _open_miniaudio(sounds: Path | Bank, volume: float, *, was_asked_for: bool) -> Output:
    """In a process of its own; in this one where the system allows no other. Raises SoundError."""
    from trainer.audio.apart import ApartOutput

    try:
        return ApartOutput(sounds, volume=volume, was_asked_for=was_asked_for)
    except OSError:
        from trainer.audio.miniaudio_output import MiniaudioOutput

        return MiniaudioOutput(sounds, volume=volume, was_asked_for=was_asked_for)


def is_far_away(environ: Mapping[str, str]) -> bool:
    """Say whether the person sits at another machine and no sound is carried there."""
    return any(environ.get(name) for name in _FAR) and not any(environ.get(name) for name in _FORWARDED)
