"""What the app does about sound: opens it, makes it speak for a session, and tells what happens to it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual import work

from trainer.core.errors import SoundError
from trainer.ui.saying import Saying

if TYPE_CHECKING:
    from trainer.audio.output import Output
    from trainer.audio.renderer import LiveVoice
    from trainer.audio.speech import Spoken
    from trainer.core.timeline import Timeline
    from trainer.ui.kit import Kit
    from trainer.ui.speaker import Speaker

TOLD_S = 8.0
SILENT = ("bell", "off")
"""Outputs that speak no words."""


class Hearing(Saying):
    """The part of the app that is heard."""

    kit: Kit
    output: Output | None = None
    _tones: Mapping[str, float] = MappingProxyType({})

    def __init__(self) -> None:
        super().__init__()
        self._is_opened = asyncio.Event()

    def open_output(self) -> Output | SoundError:
        """Open the sound, off the thread that paints."""
        self._tones = self.kit.speech.tones()
        try:
            return self.kit.open_output(self.kit.settings, self._ring)
        except SoundError as error:
            return error

    def take_output(self, output: Output | SoundError) -> None:
        """Sound from now on, or tell why not."""
        from trainer.audio.silent import OffOutput

        if isinstance(output, SoundError):
            self.tell_sound(output.hint, title=output.message)
            output = OffOutput(f"silent: {output.message}", volume=self.kit.settings.volume)
        elif output.warning:
            self.tell_sound(output.warning)
        self.output = output
        output.muted = self.kit.settings.muted
        self._is_opened.set()

    def tell_sound(self, words: str, *, title: str = "Sound") -> None:
        """One toast about the sound."""
        self.notify(words, title=title, severity="warning", timeout=TOLD_S, markup=False, everywhere=True)

    def turn_volume(self, by: float) -> float:
        """Make everything louder or softer; gives the new volume."""
        volume = round(min(max(self.kit.settings.volume + by, 0.0), 1.0), 2)
        if self.output is not None:
            self.output.volume = volume
        return volume

    async def make_speaker(self, timeline: Timeline) -> Speaker:
        """What sounds a session on this timeline, once the sound is there.

        Prompts that ship are ready at once; a person's own words are learnt while the session runs.
        """
        from trainer.audio.sheet import Reps, vocabulary_of
        from trainer.audio.speech import SILENCE
        from trainer.ui.speaker import Loudness, Speaker

        self.workers.cancel_group(self, "voice")  # words of another session would drive out those of this one
        await self._is_opened.wait()
        assert self.output is not None
        kit, settings, texts = self.kit, self.kit.settings, vocabulary_of(timeline)
        speaks = self.output.name not in SILENT and settings.voice_volume > 0
        shipped, live = await asyncio.to_thread(self._look_up, texts) if speaks else (SILENCE, None)
        speaker = Speaker(
            self.output,
            wall=kit.clock.wall,
            monotonic=kit.monotonic,
            speed=kit.clock.speed,
            tones=self._tones,
            reps=Reps(settings.reps),
            loudness=Loudness(settings.voice_volume, settings.tone_volume),
            live=live,
        )
        speaker.learn(shipped)
        if speaks and not shipped.voice.texts.issuperset(texts):
            self._learn_own(speaker, shipped, texts)
        return speaker

    def _look_up(self, texts: tuple[str, ...]) -> tuple[Spoken, LiveVoice | None]:
        return self.kit.speech.shipped(texts), self.kit.speech.live()

    @work(exclusive=True, group="voice")
    async def _learn_own(self, speaker: Speaker, shipped: Spoken, texts: tuple[str, ...]) -> None:
        spoken = await asyncio.to_thread(self.kit.speech.with_own, shipped, texts)
        speaker.learn(spoken)
        if spoken.warnings:
            self.tell_sound(f"A chime stands for what cannot be spoken. {spoken.warnings[0]}")

    def _ring(self) -> None:
        self.call_from_thread(self.bell)
