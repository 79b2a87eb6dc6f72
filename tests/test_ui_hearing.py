"""What a session can say is its own: words that were still being made for another one come to nothing."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tests.app import SET_UP, SilentSpeech, make_app, running
from tests.made import make_drill, make_routine
from trainer.audio.bank import Samples
from trainer.audio.sheet import vocabulary_of
from trainer.audio.speech import SILENCE, Spoken
from trainer.audio.utterance import key_of
from trainer.audio.voice import Prompt, Voice
from trainer.core.routine import Item
from trainer.core.timeline import Timeline


class SlowSpeech(SilentSpeech):
    """Ships the words of one session, and takes its time over those of another."""

    def __init__(self, folder: Path, shipped: Iterable[str]) -> None:
        super().__init__(folder, folder)
        self._texts = tuple(shipped)
        self.is_asked, self.goes_on, self.is_made = threading.Event(), threading.Event(), threading.Event()

    def shipped(self, texts: Iterable[str]) -> Spoken:
        return spoken(self._texts) if set(texts) <= set(self._texts) else SILENCE

    def with_own(self, _: Spoken, texts: Iterable[str]) -> Spoken:
        self.is_asked.set()
        assert self.goes_on.wait(60)
        self.is_made.set()
        return spoken(texts)


def spoken(texts: Iterable[str]) -> Spoken:
    every = tuple(texts)
    clips: dict[str, Samples] = {key_of(text): array("h", [1]) for text in every}
    return Spoken(Voice({text: Prompt(Path(text), 1, 48_000) for text in every}), clips)


def timeline_of(name: str) -> Timeline:
    drill = make_drill(name)
    return Timeline.of(make_routine(Item(drill=name)), {name: drill}, affected=SET_UP.affected_knee)


async def test_words_of_a_session_that_was_not_begun_drive_out_no_others(tmp_path: Path) -> None:
    own, other = timeline_of("crawl"), timeline_of("curls")
    speech = SlowSpeech(tmp_path, vocabulary_of(other))
    room = make_app(tmp_path, speech=speech, settings=replace(SET_UP, voice_volume=1.0))
    async with running(room) as pilot:
        await room.app.make_speaker(own)
        for _ in range(12_000):
            if speech.is_asked.is_set():
                break
            await pilot.pause(0.005)
        await room.app.make_speaker(other)
        speech.goes_on.set()
        assert speech.is_made.wait(60)
        for _ in range(5):
            await pilot.pause()
        assert set(room.output.learnt) == {key_of(text) for text in vocabulary_of(other)}
