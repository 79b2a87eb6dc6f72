"""What a listener should hear of a session, and where in a recording it is.

A recording from a pretend loudspeaker holds the very samples that were played. So each planned sound is looked for by
its likeness to the clip, and taken out of the recording once found: what is left then is what nobody planned.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import add, mul, sub

from tests.pulse import RATE, onsets
from trainer.audio.bank import Repertoire, load_bank
from trainer.audio.mixer import amplitude, scaled
from trainer.audio.sheet import Reps, vocabulary_of, write_sheet
from trainer.audio.speech import Speech
from trainer.audio.utterance import phrases_of
from trainer.core.timeline import Timeline
from trainer.paths import Folders, find_folders
from trainer.settings import Settings, read_settings
from trainer.verbs.source import LibrarySource

REACH_S = 0.06
"""How far from its place a sound is looked for."""
ALIKE = 0.5
"""A sound that is less like its clip than this (1: the very samples) is not there."""
STRAY = 60
"""A sample as far from nought as this (of 32767) once every planned sound was taken out is a sound nobody planned."""
_HEAD_S = 0.25
"""So much of a clip is looked for, from where it is first loud."""
_COARSE = 4
"""Samples that are taken together in the first search."""
_CANDIDATES = 16
_PIECE_S = 0.05
"""The rest of it is looked at piece by piece."""
_EXACTLY = 0.999
_NEARLY = 0.9
"""Enough at first sight, while other sounds lie over it; what is left over then shows where to look again."""
_SURELY = 0.75
SOFT = 5_000
"""A clip that never gets louder than this lies under speech."""


@dataclass(frozen=True, slots=True)
class Note:
    """A planned sound."""

    name: str
    """What is heard: a tone's name, or words."""
    at_s: float
    """Seconds from the start of the session to its first sample."""
    clip: array[int]
    """Its samples, as loud as they are played."""


@dataclass(frozen=True, slots=True)
class Found:
    """A planned sound and what was heard of it."""

    note: Note
    start: int | None
    """Where in the recording its first sample is; None where it was not heard."""
    likeness: float
    """Between -1 and 1, which is the very samples."""
    is_torn: bool = False
    """Whether the device ran dry in the middle of it: the rest came later than it should have."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A piece of a clip, and where it lies in the recording."""

    begin: int
    """Its first sample in the clip."""
    end: int
    """The sample of the clip after its last."""
    start: int
    """Where in the recording the clip's sample 0 would be."""


@dataclass(frozen=True, slots=True)
class Listened:
    """A recording beside its score."""

    found: tuple[Found, ...]
    """In the order of the score."""
    strays_s: tuple[float, ...]
    """Seconds of the recording at which something nobody planned is heard, a tenth of a second apart at least."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What was not heard, with its second."""
        return tuple(f"{f.note.name} at {f.note.at_s:.3f} s" for f in self.found if f.start is None)

    @property
    def torn(self) -> tuple[str, ...]:
        """What was interrupted because the device ran dry, with its second."""
        return tuple(f"{f.note.name} at {f.note.at_s:.3f} s" for f in self.found if f.is_torn)

    @property
    def is_whole(self) -> bool:
        """Whether every sound was heard from beginning to end, and nothing besides."""
        return not (self.missing or self.torn or self.strays_s)

    @property
    def errors_ms(self) -> tuple[float, ...]:
        """By how much the time from each sound to the next differs from the plan, in milliseconds."""
        heard = [(found.start, found.note.at_s) for found in self.found if found.start is not None]
        return tuple(abs((b - a) / RATE - (q - p)) * 1000 for (a, p), (b, q) in pairwise(heard))

    @property
    def told(self) -> str:
        """All of it in one line."""
        errors = sorted(self.errors_ms) or [float("nan")]
        usual = errors[int(0.99 * (len(errors) - 1))]
        return (
            f"{len(self.found)} sounds planned, {len(self.missing)} missing, {len(self.torn)} torn, "
            f"{len(self.strays_s)} stray; interval error worst {errors[-1]:.3f} ms, 99th percentile {usual:.3f} ms"
        )


def score_of(routine: str, environ: Mapping[str, str]) -> tuple[Note, ...]:
    """Every sound of a whole session of this routine (an id, or the path of a file), for the settings found there."""
    folders = find_folders(environ)
    settings, _ = read_settings(folders.settings)
    source = LibrarySource(folders, routine)
    chosen, drills = source.routine(), source.read().drills
    timeline = Timeline.of(chosen, drills, affected=settings.affected_knee, stretch=settings.prepare_stretch)
    speech, texts = Speech(folders.sounds / "voice", folders.voices), vocabulary_of(timeline)
    sheet = write_sheet(timeline, speech.shipped(texts).voice.seconds, speech.tones(), reps=Reps(settings.reps))
    repertoire = _repertoire(folders, texts)
    return tuple(_note(repertoire, h.cue.at_s + h.after_s, h.sound, settings, h.gain) for h in sheet.heard)


def notes(environ: Mapping[str, str], *sounds: tuple[float, str]) -> tuple[Note, ...]:
    """Single sounds at their seconds: tones by name, and words as ``utterance`` names them."""
    folders = find_folders(environ)
    settings, _ = read_settings(folders.settings)
    repertoire = _repertoire(folders, [text for _, sound in sounds for text in phrases_of(sound)])
    return tuple(_note(repertoire, at_s, sound, settings) for at_s, sound in sounds)


def _note(repertoire: Repertoire, at_s: float, sound: str, settings: Settings, gain: float = 1.0) -> Note:
    clip = repertoire.find(sound)
    assert clip is not None, sound
    name = ", ".join(phrases_of(sound)) or sound
    return Note(name, at_s, scaled(clip, gain * amplitude(settings.volume)))


def _repertoire(folders: Folders, texts: Iterable[str]) -> Repertoire:
    repertoire = Repertoire(load_bank(folders.sounds, RATE))
    repertoire.learn(Speech(folders.sounds / "voice", folders.voices).shipped(texts).clips)
    return repertoire


def departure(samples: array[int], clip: array[int], start: int) -> int:
    """The first sample that is not any more that of a clip which begins at ``start``: where it was cut off."""
    pairs = zip(samples[start : start + len(clip)], clip, strict=False)
    return next((start + i for i, (heard, own) in enumerate(pairs) if abs(heard - own) >= STRAY), start + len(clip))


def listen(
    samples: array[int], score: Sequence[Note], *, reach_s: float = REACH_S, begins: int | None = None
) -> Listened:
    """Look for every sound of the score, and for what is heard besides.

    The first sound of the recording is taken for the first of the score, unless that is said to be near the sample
    ``begins``; every other is looked for within ``reach_s`` of the place that follows from those before it.
    """
    rest = array("i", samples)
    heard = onsets(samples)
    if not heard:
        return Listened(tuple(Found(note, None, 0.0) for note in score), ())
    start = heard[0] - loud_from(score[0].clip) if begins is None else begins
    origin = start - round(score[0].at_s * RATE)
    found: dict[int, Found] = {}
    places: dict[int, tuple[_Place, ...]] = {}
    # What is played softer lies under speech: it comes to light once the speech was taken out.
    order = sorted(range(len(score)), key=lambda index: (max(score[index].clip) < SOFT, score[index].at_s))
    for is_again in (False, True):
        for index in order:
            note = score[index]
            if is_again:
                if _is_still(rest, places[index]):
                    continue
                _change(rest, note.clip, places[index], add)
            start, likeness = _locate(
                rest, note.clip, origin + round(note.at_s * RATE), reach_s, _EXACTLY if is_again else _NEARLY
            )
            if likeness < ALIKE:
                found[index], places[index] = Found(note, None, likeness), ()
                continue
            whole = (_Place(0, len(note.clip), start),)
            places[index] = _places(rest, note.clip, start) if is_again else whole
            _change(rest, note.clip, places[index], sub)
            start = next(place.start for place in places[index] if place.end > place.begin)
            found[index] = Found(note, start, likeness, len(places[index]) > 1)
            origin = origin if is_again else start - round(note.at_s * RATE)
    strays = [index / RATE for index in onsets(rest, quiet_s=0.1, threshold=STRAY)]
    return Listened(tuple(found[index] for index in range(len(score))), tuple(strays))


def _locate(rest: array[int], clip: array[int], place: int, reach_s: float, enough: float) -> tuple[int, float]:
    """Where in the recording the clip begins, near a place, and how alike it is there."""
    loud = loud_from(clip)
    likeness, index = _nearest(rest, clip[loud : loud + int(_HEAD_S * RATE)], place + loud, reach_s, enough)
    return index - loud, likeness


def _places(rest: array[int], clip: array[int], start: int) -> tuple[_Place, ...]:
    """The pieces in which a clip lies in the recording: one, but where the device ran dry in the middle of it."""
    places = [_Place(0, len(clip), start)]
    step = int(_PIECE_S * RATE)
    for begin in range(0, len(clip) - step, step):
        piece, expected = clip[begin : begin + step], places[-1].start + begin
        if _peak(piece) * 4 < _peak(clip) or _likeness(rest, piece, expected) > ALIKE:
            continue
        likeness, index = _nearest(rest, piece, expected)
        if likeness > _SURELY and abs(index - expected) > RATE // 1000:
            places[-1] = _Place(places[-1].begin, begin, places[-1].start)
            places.append(_Place(begin, len(clip), index - begin))
    return tuple(places)


def _nearest(
    rest: array[int], head: array[int], place: int, reach_s: float = REACH_S, enough: float = _EXACTLY
) -> tuple[float, int]:
    """How alike the recording is to a piece of a clip where it is most so, and where that is, within ``reach_s``."""
    near = max((_likeness(rest, head, place + off), place + off) for off in (-1, 0, 1))
    if near[0] > enough:
        return near
    first = max(0, place - int(reach_s * RATE))
    around = _gathered(rest[first : place + int(reach_s * RATE) + len(head)])
    coarse = _gathered(head)
    powers = list(accumulate((value * value for value in around), initial=0))
    least = sum(map(mul, coarse, coarse)) // 100 + 1
    marks = []
    for lag in range(len(around) - len(coarse) + 1):
        power = max(powers[lag + len(coarse)] - powers[lag], least)
        marks.append(sum(map(mul, around[lag : lag + len(coarse)], coarse)) / power**0.5)
    # A tone is nearly as alike a period earlier or later: the best few are compared sample by sample.
    peaks = [lag for lag, mark in enumerate(marks) if mark == max(marks[max(0, lag - 1) : lag + 2])]
    best = sorted(peaks, key=lambda lag: -marks[lag])[:_CANDIDATES]
    tried = {first + lag * _COARSE + off for lag in best for off in range(-_COARSE, _COARSE + 1)}
    return max((near, *((_likeness(rest, head, index), index) for index in tried)))


def _gathered(samples: array[int]) -> list[int]:
    """Sums of ``_COARSE`` samples each: a recording of a lower rate."""
    whole = len(samples) // _COARSE * _COARSE
    lanes = [samples[lane:whole:_COARSE] for lane in range(_COARSE)]
    return [sum(frame) for frame in zip(*lanes, strict=True)]


def _likeness(rest: array[int], head: array[int], index: int) -> float:
    """How alike the recording from ``index`` on is to the head of a clip."""
    if index < 0 or index + len(head) > len(rest):
        return 0.0
    piece = rest[index : index + len(head)]
    powers = sum(map(mul, piece, piece)) * sum(map(mul, head, head))
    return sum(map(mul, piece, head)) / powers**0.5 if powers else 0.0


def loud_from(clip: array[int]) -> int:
    """The sample at which a clip is first loud enough to count."""
    return next(iter(onsets(clip)), 0)


def _peak(piece: array[int]) -> int:
    """How far from nought it comes; 0 for nothing."""
    return max((max(piece), -min(piece))) if piece else 0


def _is_still(rest: array[int], places: tuple[_Place, ...]) -> bool:
    """Whether nothing is left in the recording where these pieces were taken out."""
    if not places:
        return False
    return _peak(rest[max(0, places[0].start) : places[-1].start + places[-1].end]) < STRAY


def _change(rest: array[int], clip: array[int], places: tuple[_Place, ...], how: Callable[[int, int], int]) -> None:
    """Take a clip out of the recording, or put it back."""
    for place in places:
        begin, end = max(0, place.start + place.begin), min(len(rest), place.start + place.end)
        rest[begin:end] = array("i", map(how, rest[begin:end], clip[begin - place.start : end - place.start]))
