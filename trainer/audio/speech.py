"""What can be spoken here: the prompts that ship, and for a person's own words another program of this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from trainer.audio.bank import RATE, Samples, load_bank
from trainer.audio.own_voice import render
from trainer.audio.renderer import LiveVoice, Renderer, find_live_voice, find_renderer
from trainer.audio.utterance import key_of
from trainer.audio.voice import Voice, joined, read_voice


@dataclass(frozen=True, slots=True)
class Spoken:
    """Phrases that are ready to be played."""

    voice: Voice
    """What there is, and how long each phrase lasts."""
    clips: Mapping[str, Samples]
    """The samples, by the name under which an output is to know them."""
    warnings: tuple[str, ...] = ()
    """One sentence for each thing that cannot be said, and why."""


SILENCE = Spoken(Voice(), {})
"""Nothing is spoken."""


class Speech:
    """Finds prompts and has others made. Nothing raises; all of it takes time: use it off the thread that paints."""

    def __init__(
        self,
        shipped: Path,
        cache: Path,
        *,
        find: Callable[[], Renderer | None] = find_renderer,
        find_live: Callable[[], LiveVoice | None] = find_live_voice,
        rate: int = RATE,
    ) -> None:
        """``shipped``: the folder of the prompts; ``cache``: where those for a person's own words are kept."""
        self._shipped, self._cache, self._rate = shipped, cache, rate
        self._find, self._find_live = find, find_live
        self._over = threading.Event()

    def shipped(self, texts: Iterable[str]) -> Spoken:
        """Those of ``texts`` that ship; about 1 ms a phrase."""
        voice = read_voice(self._shipped)
        return self._ready(voice, [text for text in texts if text in voice.texts])

    def with_own(self, spoken: Spoken, texts: Iterable[str]) -> Spoken:
        """``spoken`` and the rest of ``texts``, made where they were not yet; seconds, or until :meth:`close`."""
        missing = [text for text in dict.fromkeys(texts) if text not in spoken.voice.texts]
        renderer = self._find() if missing else None
        if renderer is None:
            return spoken
        own = self._ready(render(renderer, missing, self._cache, cancel=self._over), missing)
        return Spoken(joined(spoken.voice, own.voice), {**own.clips, **spoken.clips}, own.warnings)

    def live(self) -> LiveVoice | None:
        """The system's speech service, for what no prompt could be made of."""
        return None if self._find() is not None else self._find_live()

    def tones(self) -> dict[str, float]:
        """How long each tone is, in seconds."""
        return load_bank(self._shipped.parent, self._rate).seconds()

    def close(self) -> None:
        """Let go of whoever is being waited for."""
        self._over.set()

    def _ready(self, voice: Voice, texts: list[str]) -> Spoken:
        clips, warnings = voice.load(texts, self._rate)
        there = Voice({text: prompt for text, prompt in voice.prompts.items() if text in clips})
        return Spoken(there, {key_of(text): clip for text, clip in clips.items()}, voice.warnings + warnings)
