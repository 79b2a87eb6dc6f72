"""The cue sheet: every sound of a session, planned before it begins, so that words never fall over words.

A sheet is made from a timeline and from how long each sound lasts; it knows no device and no samples. Speech never
overlaps speech. An announcement that is too long for its phase loses its lightest phrases, never name or side; a count
that does not fit its repetition becomes a tick; a tone under speech is played softer.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import accumulate, pairwise

from trainer.audio.cues import SAME_INSTANT_S, heard, sound_of, sounding
from trainer.audio.utterance import GAP_S, utterance
from trainer.core import words
from trainer.core.cue import Cue, CueKind
from trainer.core.pace import rate_of
from trainer.core.timeline import Timeline
from trainer.core.words import KEEP, Phrase

BREATH_S = 0.05
"""Stillness at the least between one thing said and the next."""
EDGE_S = 0.05
"""An announcement is over so long before its phase ends."""
DUCKED = 0.35
"""How loud a tone is under speech: 9 dB softer."""
WORDS_USEFUL_S = 1.0
"""Seconds an announcement may start late; later the phase is too far gone."""
COUNT_USEFUL_S = 0.15
"""Seconds a spoken count may start late; later it would lie about the beat."""
AFTER_TONE_S: Mapping[CueKind, float] = {CueKind.SWITCH: 0.35, CueKind.DONE: 1.1}
"""How long the tone is heard alone before the words that belong to it."""
AFTER_CHIME_S = 0.45
"""The same for the chime that stands for a name that cannot be spoken."""

Ear = Callable[[str], float | None]
"""Seconds that a phrase lasts when it is spoken; None where it cannot be."""


class Reps(StrEnum):
    """What is heard of repetitions."""

    ALOUD = "aloud"
    """Their number, and "last one"."""
    TICK = "tick"
    """A tick, and "last one"."""
    SILENT = "silent"
    """Nothing, but for "other way"."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One sound of the sheet."""

    cue: Cue
    """What it belongs to."""
    sound: str
    """What an output plays: the name of a tone, or that of an utterance."""
    after_s: float
    """Seconds, as a person counts them, from the cue's instant to its first sample."""
    length_s: float
    """How long it lasts."""
    priority: int
    """Of two at one instant the higher is heard."""
    useful_s: float
    """Seconds it may start late; later it is left out."""
    gain: float = 1.0
    """Its own loudness, 0 to 1."""
    says: tuple[str, ...] = ()
    """The phrases that are spoken, none for a tone."""


@dataclass(frozen=True, slots=True)
class Overrun:
    """Words that are longer than the phase they belong to."""

    phase: int
    """Index of the phase."""
    says: tuple[str, ...]
    """What has to be said."""
    takes_s: float
    """Seconds that takes."""
    has_s: float
    """Seconds there are."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that will be heard, by its cue."""

    heard: tuple[Heard, ...]
    """In the order of their cues; a cue's tone before its words."""
    overruns: tuple[Overrun, ...] = ()
    """Where there is too little time for name and side."""
    _of: Mapping[Cue, tuple[Heard, ...]] = field(default_factory=dict, repr=False)

    def of(self, cue: Cue) -> tuple[Heard, ...]:
        """What is heard of this cue; nothing is possible."""
        return self._of.get(cue, ())

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every phrase that is spoken, each once, the first needed first."""
        return tuple(dict.fromkeys(text for sound in self.heard for text in sound.says))


def vocabulary_of(timeline: Timeline) -> tuple[str, ...]:
    """Every phrase that a session on this timeline may speak, the first needed first."""
    planned = (phrase.text for cue in timeline.cues for phrase in cue.phrases)
    return tuple(dict.fromkeys((*planned, words.PAUSED, words.WELCOME_BACK)))


def spoken_seconds(texts: Iterable[str], ear: Ear) -> float:
    """How long an utterance lasts, the gaps in it included; phrases that cannot be spoken take no time."""
    lengths = [seconds for text in texts if (seconds := ear(text)) is not None]
    return sum(lengths) + GAP_S * max(len(lengths) - 1, 0)


def fitting(phrases: Iterable[Phrase], room_s: float, ear: Ear) -> tuple[str, ...]:
    """The phrases that can be spoken in ``room_s``: the lightest are left out first, those of weight KEEP never."""
    chosen = [phrase for phrase in phrases if ear(phrase.text) is not None]
    while chosen and spoken_seconds((phrase.text for phrase in chosen), ear) > room_s:
        lightest = min(chosen, key=lambda phrase: phrase.weight)
        if lightest.weight >= KEEP:
            break
        chosen.remove(lightest)
    return tuple(phrase.text for phrase in chosen)


def write_sheet(
    timeline: Timeline,
    ear: Ear,
    tones: Mapping[str, float],
    *,
    reps: Reps = Reps.ALOUD,
    pace: float = 1.0,
    speed: float = 1.0,
) -> Sheet:
    """Plan every sound of ``timeline``.

    ``tones`` gives the seconds of each tone. ``pace`` is the person's, 0.5 to 2; ``speed`` how many times as fast as
    usual the session's clock runs.
    """
    return _Writer(timeline, ear, tones, reps, _Reel(timeline, pace, speed)).sheet()


class _Reel:
    """Seconds as a person counts them for every position of a timeline."""

    def __init__(self, timeline: Timeline, pace: float, speed: float) -> None:
        self._rates = [rate_of(phase, pace) * speed for phase in timeline.phases]
        self._starts = [phase.start_s for phase in timeline.phases]
        lengths = [phase.duration_s / rate for phase, rate in zip(timeline.phases, self._rates, strict=True)]
        self._begins = list(accumulate(lengths, initial=0.0))

    def at(self, position_s: float) -> float:
        """The second at which a position is reached."""
        index = max(0, bisect_right(self._starts, position_s) - 1)
        return self._begins[index] + (position_s - self._starts[index]) / self._rates[index]


class _Writer:
    """Goes through the cues once, in time order, and minds until when something is being said."""

    def __init__(self, timeline: Timeline, ear: Ear, tones: Mapping[str, float], reps: Reps, reel: _Reel) -> None:
        self._timeline, self._ear, self._tones, self._reps, self._reel = timeline, ear, tones, reps, reel
        self._free = -math.inf
        self._said: dict[Cue, Heard] = {}
        self._toned: list[Cue] = []
        self._overruns: list[Overrun] = []
        self._spans: list[tuple[float, float]] = []
        beats = [cue for cue in timeline.cues if cue.kind is CueKind.REP]
        self._next_beat = {cue: later for cue, later in pairwise(beats) if cue.phase == later.phase}
        self._turns = {(cue.phase, cue.at_s) for cue in beats if words.OTHER_WAY in _texts(cue)}
        self._halves = {(cue.phase, cue.at_s) for cue in timeline.cues if cue.kind is CueKind.HALFWAY}

    def sheet(self) -> Sheet:
        for cue in self._timeline.cues:
            if cue.kind in (CueKind.SAY, CueKind.SWITCH, CueKind.DONE):
                self._announce(cue)
            elif cue.kind is CueKind.REP:
                self._count(cue)
            elif cue.kind is CueKind.HALFWAY:
                self._tell_half(cue)
            else:
                self._toned.append(cue)
        tones = {cue: self._tone(cue) for cue in heard(self._toned)}
        of: dict[Cue, tuple[Heard, ...]] = {}
        for cue in self._timeline.cues:
            both = (tones.get(cue), self._said.get(cue))
            if sounds := tuple(sound for sound in both if sound is not None):
                of[cue] = sounds
        return Sheet(tuple(sound for sounds in of.values() for sound in sounds), tuple(self._overruns), of)

    def _announce(self, cue: Cue) -> None:
        at = self._reel.at(cue.at_s)
        is_named = all(self._ear(phrase.text) is not None for phrase in cue.phrases if phrase.weight >= KEEP)
        after = AFTER_TONE_S.get(cue.kind, 0.0 if is_named else AFTER_CHIME_S)
        start = max(at + after, self._free)
        if cue.kind is not CueKind.SAY or not is_named or start - at - after > WORDS_USEFUL_S:
            self._toned.append(cue)
        if start - at - after > WORDS_USEFUL_S:
            return
        room = math.inf
        if cue.kind is not CueKind.DONE:
            room = self._reel.at(self._timeline.phases[cue.phase].end_s) - EDGE_S - start
        says = fitting(cue.phrases, room, self._ear)
        if (takes := spoken_seconds(says, self._ear)) > room:
            self._overruns.append(Overrun(cue.phase, says, takes, max(room, 0.0)))
        if says:
            self._say(cue, says, start - at, takes, WORDS_USEFUL_S)

    def _count(self, cue: Cue) -> None:
        text = next(iter(_texts(cue)), "")
        is_told = (cue.phase, cue.at_s) in self._halves and text != words.OTHER_WAY
        is_wanted = self._reps is Reps.ALOUD or text == words.OTHER_WAY
        is_wanted |= text == words.LAST_ONE and self._reps is Reps.TICK
        if is_wanted and not is_told and self._fits(cue, text):
            self._say(cue, (text,), 0.0, self._ear(text) or 0.0, COUNT_USEFUL_S)
        elif self._reps is not Reps.SILENT:
            self._toned.append(cue)

    def _tell_half(self, cue: Cue) -> None:
        if (cue.phase, cue.at_s) not in self._turns and self._fits(cue, words.HALFWAY):
            self._say(cue, (words.HALFWAY,), 0.0, self._ear(words.HALFWAY) or 0.0, COUNT_USEFUL_S)
        else:
            self._toned.append(cue)

    def _fits(self, cue: Cue, text: str) -> bool:
        """Whether a word can be said at this very beat, and is over before the next thing there is to say."""
        at, length = self._reel.at(cue.at_s), self._ear(text)
        if length is None or at < self._free:
            return False
        ends = self._timeline.phases[cue.phase].end_s
        later = next((beat for beat in self._beats_after(cue)), None)
        return at + length + BREATH_S <= self._reel.at(ends if later is None else later.at_s)

    def _beats_after(self, cue: Cue) -> Iterable[Cue]:
        if cue.kind is CueKind.REP:
            return [self._next_beat[cue]] if cue in self._next_beat else []
        phase = self._timeline.phases[cue.phase]
        coming = self._timeline.between(cue.at_s + SAME_INSTANT_S, phase.end_s)
        return [later for later in coming if later.kind is CueKind.REP]

    def _say(self, cue: Cue, says: tuple[str, ...], after: float, takes: float, useful: float) -> None:
        priority = sounding(sound_of(cue.kind)).priority
        self._said[cue] = Heard(cue, utterance(says), after, takes, priority, useful, says=says)
        begin = self._reel.at(cue.at_s) + after
        self._spans.append((begin, begin + takes))
        self._free = begin + takes + BREATH_S

    def _tone(self, cue: Cue) -> Heard:
        sound = sound_of(cue.kind)
        treated = sounding(sound)
        tone = Heard(cue, sound, 0.0, self._tones.get(sound, 0.0), treated.priority, treated.expiry_s)
        begin = self._reel.at(cue.at_s)
        return replace(tone, gain=DUCKED) if self._is_spoken_over(begin, begin + tone.length_s) else tone

    def _is_spoken_over(self, begin: float, end: float) -> bool:
        """Whether anything is said between two seconds; what is said last before the end would be."""
        last = bisect_left(self._spans, end, key=lambda span: span[0]) - 1
        return last >= 0 and begin < self._spans[last][1]


def _texts(cue: Cue) -> tuple[str, ...]:
    return tuple(phrase.text for phrase in cue.phrases)
