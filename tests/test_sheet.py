"""The cue sheet: what is heard, when, how loud, and what is left out where there is no time for it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import make_routine
from trainer.audio.bank import load_bank
from trainer.audio.sheet import BREATH_S, DUCKED, EDGE_S, Heard, Reps, Sheet, fitting, spoken_seconds, write_sheet
from trainer.audio.voice import read_voice
from trainer.core.cue import CueKind
from trainer.core.routine import Item
from trainer.core.timeline import PhaseKind, Timeline
from trainer.core.words import KEEP, Phrase
from trainer.library import read_library

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = read_library(ROOT / "routines")
VOICE = read_voice(ROOT / "sounds" / "voice")
TONES = load_bank(ROOT / "sounds").seconds()
NEAR = 1e-6


def timeline_of(*items: Item, stretch: float = 1.0) -> Timeline:
    return Timeline.of(make_routine(*items), LIBRARY.drills, stretch=stretch)


def sheet_of(*items: Item, reps: Reps = Reps.ALOUD, stretch: float = 1.0) -> Sheet:
    return write_sheet(timeline_of(*items, stretch=stretch), VOICE.seconds, TONES, reps=reps)


def told(sheet: Sheet, kind: CueKind) -> list[str]:
    """What is heard of the cues of a kind: words, or a tone in brackets."""
    return [" / ".join(s.says) or f"({s.sound})" for s in sheet.heard if s.cue.kind is kind]


def seconds_of(sound: Heard, timeline: Timeline, pace: float, speed: float) -> float:
    """When it begins as a person counts, reckoned phase by phase."""
    at = 0.0
    for phase in timeline.phases:
        rate = (pace if phase.is_work else 1.0) * speed
        if sound.cue.at_s < phase.end_s or phase is timeline.phases[-1]:
            return at + (sound.cue.at_s - phase.start_s) / rate + sound.after_s
        at += phase.duration_s / rate
    raise AssertionError


items = st.builds(
    Item,
    drill=st.sampled_from(sorted(LIBRARY.drills)),
    reps=st.one_of(st.none(), st.integers(1, 35)),
    tempo=st.one_of(st.none(), st.floats(0.5, 8)),
    time=st.one_of(st.none(), st.none(), st.integers(1, 90)),
)
paces = st.sampled_from([0.5, 1.0, 2.0])
speeds = st.sampled_from([0.25, 1.0, 4.0, 60.0])


@given(st.lists(items, min_size=1, max_size=5), paces, speeds)
def test_without_a_voice_no_speed_is_too_high(chosen: list[Item], pace: float, speed: float) -> None:
    sheet = write_sheet(timeline_of(*chosen), lambda _: None, TONES, pace=pace, speed=speed)
    assert all(not sound.says for sound in sheet.heard)


@given(st.lists(items, min_size=1, max_size=5), st.sampled_from(Reps), paces, speeds, st.sampled_from([0.5, 1.0, 3.0]))
def test_words_never_fall_over_words_and_no_word_is_unknown(
    chosen: list[Item], reps: Reps, pace: float, speed: float, stretch: float
) -> None:
    timeline = timeline_of(*chosen, stretch=stretch)
    sheet = write_sheet(timeline, VOICE.seconds, TONES, reps=reps, pace=pace, speed=speed)
    spoken = [sound for sound in sheet.heard if sound.says]
    begins = [seconds_of(sound, timeline, pace, speed) for sound in spoken]
    for (earlier, sound), (later, _) in pairwise(zip(begins, spoken, strict=True)):
        assert later >= earlier + sound.length_s + BREATH_S - NEAR
    assert all(sound.length_s == pytest.approx(spoken_seconds(sound.says, VOICE.seconds)) for sound in spoken)
    assert {text for sound in spoken for text in sound.says} <= VOICE.texts


@given(st.lists(items, min_size=1, max_size=5), st.sampled_from(Reps))
def test_at_the_usual_speed_every_drill_is_named_in_its_own_phase(chosen: list[Item], reps: Reps) -> None:
    timeline = timeline_of(*chosen)
    sheet = write_sheet(timeline, VOICE.seconds, TONES, reps=reps)
    assert sheet.overruns == ()
    for phase in timeline.phases:
        if phase.kind is PhaseKind.PREPARE:
            (said,) = [s for s in sheet.heard if s.says and s.cue.phase == phase.index]
            assert phase.drill.name in said.says
            assert said.cue.at_s + said.after_s + said.length_s <= phase.end_s - EDGE_S + NEAR


@given(st.lists(items, min_size=1, max_size=4), st.sampled_from(Reps), paces)
def test_a_tone_is_softer_exactly_when_something_is_said_meanwhile(chosen: list[Item], reps: Reps, pace: float) -> None:
    timeline = timeline_of(*chosen)
    sheet = write_sheet(timeline, VOICE.seconds, TONES, reps=reps, pace=pace)
    spans = [(at := seconds_of(s, timeline, pace, 1), at + s.length_s) for s in sheet.heard if s.says]
    for sound in sheet.heard:
        if not sound.says:
            begin = seconds_of(sound, timeline, pace, 1)
            covered = any(at < begin + sound.length_s - NEAR and begin < end - NEAR for at, end in spans)
            assert sound.gain == (DUCKED if covered else 1.0)


def test_a_count_is_spoken_where_it_fits_and_ticks_where_it_does_not() -> None:
    assert told(sheet_of(Item(drill="hip-hinge", reps=3, tempo=2)), CueKind.REP) == ["One", "Two", "Last one"]
    assert told(sheet_of(Item(drill="hip-hinge", reps=4, tempo=0.5)), CueKind.REP) == ["One", "Two", "Three", "(rep)"]
    # The first tick falls together with "go", and the weightier of two tones is heard.
    assert told(sheet_of(Item(drill="hip-hinge", reps=4), reps=Reps.TICK), CueKind.REP) == ["(rep)"] * 2 + ["Last one"]
    assert told(sheet_of(Item(drill="hip-hinge", reps=4), reps=Reps.SILENT), CueKind.REP) == []


def test_what_the_figure_shows_is_said_the_motion_turns_round() -> None:
    item = Item(drill="ankle-circles", reps=4, tempo=4)
    for reps in Reps:
        assert "Other way" in told(sheet_of(item, reps=reps), CueKind.REP)


def test_a_pace_at_which_a_number_no_longer_fits_makes_it_a_tick() -> None:
    timeline = timeline_of(Item(drill="hip-hinge", reps=8, tempo=0.8))
    slow, fast = (write_sheet(timeline, VOICE.seconds, TONES, pace=pace) for pace in (1.0, 2.0))
    assert told(slow, CueKind.REP)[6] == "Seven"
    assert told(fast, CueKind.REP)[6] == "(rep)"


def test_numbers_end_where_the_voice_does() -> None:
    words = told(sheet_of(Item(drill="hip-hinge", reps=33, tempo=3)), CueKind.REP)
    assert words[29:] == ["Thirty", "(rep)", "(rep)", "Last one"]


def test_halfway_is_said_and_the_beat_under_it_ticks() -> None:
    sheet = sheet_of(Item(drill="hip-hinge", reps=8, tempo=4))
    assert told(sheet, CueKind.HALFWAY) == ["Halfway"]
    assert told(sheet, CueKind.REP)[4] == "(rep)"


def test_too_short_a_phase_loses_the_lightest_words_first() -> None:
    phrases = (Phrase("Next", 1), Phrase("Ankle circles"), Phrase("Right foot"), Phrase("Six circles", 3))
    ear = {"Next": 0.5, "Ankle circles": 0.9, "Right foot": 0.5, "Six circles": 0.8}.get
    assert fitting(phrases, 4.0, ear) == ("Next", "Ankle circles", "Right foot", "Six circles")
    assert fitting(phrases, 2.6, ear) == ("Ankle circles", "Right foot", "Six circles")
    assert fitting(phrases, 2.0, ear) == ("Ankle circles", "Right foot")
    assert fitting(phrases, 0.1, ear) == ("Ankle circles", "Right foot")
    assert fitting(phrases, 4.0, {"Right foot": 0.5}.get) == ("Right foot",)
    assert fitting(phrases, -1.0, lambda _: None) == ()
    assert all(phrase.weight == KEEP for phrase in phrases[1:3])


def test_words_that_are_longer_than_their_phase_are_told_and_not_cut_off() -> None:
    timeline = timeline_of(Item(drill="hip-hinge", reps=4, tempo=4))
    sheet = write_sheet(timeline, lambda text: 7.5 if text == "Hip hinge" else VOICE.seconds(text), TONES)
    (overrun,) = sheet.overruns
    assert (overrun.phase, overrun.says) == (0, ("Hip hinge",))
    assert overrun.takes_s == 7.5
    assert overrun.has_s == pytest.approx(6 - EDGE_S)
    # It speaks on into the work, whose first count gives way.
    assert told(sheet, CueKind.REP)[:2] == ["Two", "Three"]
    assert told(sheet, CueKind.GO) == ["(go)"]


def test_a_name_that_cannot_be_spoken_is_told_by_the_chime_and_the_rest_is_said() -> None:
    timeline = timeline_of(Item(drill="ankle-circles"))
    sheet = write_sheet(timeline, lambda text: None if text == "Ankle circles" else VOICE.seconds(text), TONES)
    assert told(sheet, CueKind.SAY) == ["(say)", "Sit down / Right foot / Six circles"]


def test_without_a_voice_every_cue_has_its_tone() -> None:
    sheet = write_sheet(timeline_of(Item(drill="ankle-circles")), lambda _: None, TONES)
    assert [sound.sound for sound in sheet.heard[:6]] == ["say", "three", "two", "one", "go", "rep"]
    assert sheet.phrases == ()
    assert all(sound.gain == 1.0 for sound in sheet.heard)


def test_the_end_is_unmistakable_and_asks_for_the_knee() -> None:
    sheet = sheet_of(Item(drill="hip-hinge"))
    tone, said = sheet.heard[-2:]
    assert (tone.sound, said.says) == ("done", ("Well done", "Rate your knee"))
    assert said.after_s > 1


def test_a_cue_that_is_not_on_the_sheet_makes_no_sound() -> None:
    sheet = sheet_of(Item(drill="hip-hinge"))
    assert sheet.of(replace(sheet.heard[0].cue, at_s=999.0)) == ()
