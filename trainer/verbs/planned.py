"""What a session will sound like with a person's settings: each sound with its second and its loudness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.audio.mixer import amplitude
from trainer.audio.sheet import Reps, vocabulary_of, write_sheet
from trainer.audio.speech import SILENCE

if TYPE_CHECKING:
    from trainer.audio.speech import Speech, Spoken
    from trainer.audio.voice import Voice
    from trainer.core.cue import Cue
    from trainer.core.timeline import Timeline
    from trainer.settings import Settings


@dataclass(frozen=True, slots=True)
class Planned:
    """One sound of a session that nobody interrupts."""

    cue: Cue
    """What it belongs to."""
    sound: str
    """What an output plays: the name of a tone, or that of an utterance."""
    says: tuple[str, ...]
    """The phrases that are spoken; none for a tone."""
    at_s: float
    """The timeline's second of its first sample."""
    length_s: float
    """How long it lasts."""
    gain: float
    """Its loudness, 0 to 1, the volumes of voice and tones included; that of everything is not."""
    latest_s: float
    """The timeline's second after which it is left out."""


def find_words(timeline: Timeline, speech: Speech, settings: Settings) -> Spoken:
    """What can be spoken of a session, a person's own names included: these take seconds the first time."""
    if settings.voice_volume <= 0:
        return SILENCE
    texts = vocabulary_of(timeline)
    return speech.with_own(speech.shipped(texts), texts)


def plan_sounds(
    timeline: Timeline, voice: Voice, tones: Mapping[str, float], settings: Settings
) -> tuple[Planned, ...]:
    """Every sound of a session at its planned pace, from the sheet that the session itself plays, in its order.

    ``voice`` is what can be spoken; ``tones`` says how long each tone is.
    """
    sheet = write_sheet(timeline, voice.seconds, tones, reps=Reps(settings.reps))
    spoken, toned = amplitude(settings.voice_volume), amplitude(settings.tone_volume)
    return tuple(
        Planned(
            cue=each.cue,
            sound=each.sound,
            says=each.says,
            at_s=each.cue.at_s + each.after_s,
            length_s=each.length_s,
            gain=each.gain * (spoken if each.says else toned),
            latest_s=each.cue.at_s + each.after_s + each.useful_s,
        )
        for each in sheet.heard
    )
