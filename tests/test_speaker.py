"""From the sheet to the output: what is handed over, what is taken back, and what is said when one comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app import RecordedOutput
from tests.clock import FakeClock
from tests.made import make_routine
from trainer.audio.mixer import amplitude
from trainer.audio.sheet import DUCKED, Reps, vocabulary_of
from trainer.audio.speech import Speech
from trainer.audio.utterance import phrases_of
from trainer.core.routine import Item
from trainer.core.session import Session
from trainer.core.timeline import Timeline
from trainer.library import read_library
from trainer.ui.speaker import AWAY_S, Loudness, Speaker

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = read_library(ROOT / "routines")
CIRCLES = Item(drill="ankle-circles", reps=4, tempo=4)


class FakeLive:
    """A speech service that remembers what it was told."""

    name = "fake"

    def __init__(self) -> None:
        self.said: list[str] = []
        self.cancelled = 0

    def speak(self, text: str) -> bool:
        self.said.append(text)
        return True

    def cancel(self) -> None:
        self.cancelled += 1

    def close(self) -> None:
        """Nothing runs."""


class Hall:
    """A session that is being heard."""

    def __init__(
        self,
        *items: Item,
        reps: Reps = Reps.ALOUD,
        loudness: Loudness = Loudness(),  # noqa: B008
        live: FakeLive | None = None,
        without: str = "",
    ) -> None:
        self.clock = FakeClock()
        timeline = Timeline.of(make_routine(*(items or (CIRCLES,))), LIBRARY.drills)
        self.session = Session(timeline, self.clock)
        self.output = RecordedOutput()
        self.speaker = Speaker(
            self.output,
            wall=lambda instant: instant,
            monotonic=self.clock,
            speed=1.0,
            tones=SPEECH.tones(),
            reps=reps,
            loudness=loudness,
            live=live,  # type: ignore[arg-type]
        )
        self.speaker.learn(SPEECH.shipped(text for text in vocabulary_of(timeline) if text != without))
        self.began = self.clock.now
        self.session.start()
        self.speaker.follow(self.session)

    def advance(self, seconds: float) -> None:
        """Let time pass, asking ten times a second as the screen does."""
        for _ in range(round(seconds * 10)):
            self.clock.advance(0.1)
            self.speaker.follow(self.session)

    def press(self, key: str) -> list[str]:
        """Do what a key does, and give what is handed over because of it."""
        before = len(self.output.played)
        getattr(self.session, key)()
        self.speaker.follow(self.session)
        return self.words(before)

    def words(self, since: int = 0) -> list[str]:
        """What was handed over: words, or tones in brackets."""
        return [" / ".join(phrases_of(sound)) or f"({sound})" for sound, _ in self.output.played[since:]]


SPEECH = Speech(ROOT / "sounds" / "voice", Path("/nowhere"), find=lambda: None, find_live=lambda: None)


def test_the_first_words_are_handed_over_at_once_and_the_rest_ahead_of_time() -> None:
    hall = Hall()
    assert hall.words() == ["Sit down / Ankle circles / Right foot / Four circles"]
    assert hall.output.played[0][1] == hall.began
    hall.advance(2.4)
    assert hall.words()[1:] == ["(three)"]  # 0.6 s before its second
    assert hall.output.played[1][1] == pytest.approx(hall.began + 3)


def test_a_whole_session_is_heard_once_and_in_order() -> None:
    hall = Hall()
    hall.advance(60)
    said = [words for words in hall.words() if not words.startswith("(")]
    count = ["One", "Two", "Other way", "Last one"]
    assert said[1:] == [*count, "Switch sides / Left foot", *count, "Well done / Rate your knee"]
    walls = [wall for sound, wall in hall.output.played if phrases_of(sound)]
    assert walls == sorted(walls)
    assert hall.output.cuts == 0


def test_tones_under_words_are_softer_and_each_has_its_own_volume() -> None:
    hall = Hall(loudness=Loudness(voice=0.5, tones=0.8))
    hall.advance(8)
    loud = dict(zip(hall.words(), hall.output.gains, strict=True))
    assert loud["One"] == amplitude(0.5)
    assert loud["(two)"] == amplitude(0.8)
    assert loud["(go)"] == pytest.approx(DUCKED * amplitude(0.8))


def test_a_pause_cuts_what_is_said_and_says_so() -> None:
    hall = Hall()
    hall.advance(1)
    assert hall.press("pause") == []
    assert hall.output.cuts == 1
    hall.speaker.sound_pause()
    assert hall.words()[-2:] == ["(pause)", "Paused"]


@pytest.mark.parametrize(("away_s", "welcome"), [(2.0, ""), (AWAY_S + 1, "Welcome back / ")])
def test_who_goes_on_is_told_where_and_counted_in(away_s: float, welcome: str) -> None:
    hall = Hall()
    hall.advance(9)
    hall.press("pause")
    hall.advance(away_s)
    before = len(hall.output.played)
    hall.press("resume")
    hall.advance(3)
    assert hall.words(before)[:5] == [f"{welcome}Ankle circles / Right foot", "(three)", "(two)", "(one)", "(go)"]
    began, said = (
        dict(zip(hall.words(before), hall.output.played[before:], strict=True))[k]
        for k in ("(three)", hall.words(before)[0])
    )
    assert said[1] - began[1] < 0.2


def test_a_change_of_pace_cuts_nothing_off() -> None:
    hall = Hall()
    hall.advance(1)
    hall.press("faster")
    assert (hall.output.cancelled, hall.output.cuts) == (1, 0)
    # What is being said is still being said: nothing is laid over it.
    before = len(hall.output.played)
    hall.press("faster")
    assert hall.words(before) == []


@pytest.mark.parametrize("count", [Reps.ALOUD, Reps.TICK])
def test_a_count_that_was_handed_over_ahead_is_taken_back_and_counted_anew(count: Reps) -> None:
    hall = Hall(Item(drill="hip-hinge", reps=8, tempo=2))
    while "Three" not in hall.words():
        hall.advance(0.1)
    cancelled = hall.output.cancelled
    if count is Reps.ALOUD:
        assert hall.press("faster") == ["Three"]
    else:
        before = len(hall.output.played)
        hall.speaker.reps = count
        hall.advance(0.1)
        assert hall.words(before) == ["(rep)"]
    assert (hall.output.cancelled, hall.output.cuts) == (cancelled + 1, 0)


def test_back_into_work_says_where_and_the_count_gives_way() -> None:
    hall = Hall()
    hall.advance(12)
    assert hall.press("back") == ["Ankle circles / Right foot", "(go)"]
    before = len(hall.output.played)
    hall.advance(4)
    assert hall.words(before) == ["Two"]


def test_a_skip_is_followed_by_the_usual_announcement() -> None:
    hall = Hall()
    hall.advance(12)
    assert hall.press("skip")[:2] == ["(switch)", "Switch sides / Left foot"]


def test_counting_changes_at_once() -> None:
    hall = Hall(Item(drill="hip-hinge", reps=8, tempo=2))
    hall.advance(7)
    before = len(hall.output.played)
    hall.speaker.reps = Reps.TICK
    hall.advance(4)
    assert set(hall.words(before)) == {"(rep)"}
    hall.speaker.reps = Reps.SILENT
    before = len(hall.output.played)
    hall.advance(2)
    assert hall.words(before) == []


def test_a_drill_of_ones_own_is_announced_by_the_systems_speech_or_else_by_a_chime() -> None:
    hall = Hall(without="Ankle circles")
    assert hall.words() == ["(say)", "Sit down / Right foot / Four circles"]
    live = FakeLive()
    hall = Hall(without="Ankle circles", live=live)
    assert live.said == ["Sit down. Ankle circles. Right foot. Four circles."]
    assert hall.words() == []
    hall.press("pause")
    assert live.cancelled == 1


def test_what_is_learnt_later_is_spoken_from_then_on() -> None:
    hall = Hall(CIRCLES, CIRCLES, without="Ankle circles")
    hall.speaker.learn(SPEECH.shipped(vocabulary_of(hall.session.timeline)))
    hall.advance(46)
    assert "Last drill / Ankle circles / Right foot / Four circles" in hall.words()


def test_what_hurts_is_acknowledged() -> None:
    hall = Hall()
    hall.speaker.sound_hurt()
    assert hall.words()[-1] == "(hurt)"
