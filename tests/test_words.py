"""What is said: phrases, their order and their weight, and the vocabulary that has to be recorded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import make_routine
from trainer.core import words
from trainer.core.routine import Item
from trainer.core.side import Affected, Side
from trainer.core.timeline import Timeline
from trainer.core.words import KEEP, Phrase
from trainer.library import read_library

SHIPPED = Path(__file__).parent.parent / "routines"
LIBRARY = read_library(SHIPPED)
DRILLS = LIBRARY.drills


def said(*items: Item, affected: Affected | None = None) -> list[str]:
    """Everything that a routine of these drills could say, sentence by sentence."""
    timeline = Timeline.of(make_routine(*items), DRILLS, affected=affected)
    return [words.sentence(cue.phrases) for cue in timeline.cues if cue.phrases]


def test_a_drill_is_announced_with_its_place_side_and_dose() -> None:
    sentences = said(Item(drill="ankle-circles"), Item(drill="cat-camel"), Item(drill="hip-hinge"))
    assert "Sit down. Ankle circles. Right foot. Six circles." in sentences
    assert "Next. To the floor, on hands and knees. Cat-camel. Five times." in sentences
    assert "Last drill. Stand up. Hip hinge. Six times." in sentences


def test_the_good_side_is_named_first_and_the_body_turns_with_it() -> None:
    sentences = said(Item(drill="open-book"), affected=Affected.RIGHT)
    assert "To the floor, on your right side. Open book. Left side. Four times." in sentences
    assert "Switch sides. On your left side. Right side." in sentences


def test_reps_are_counted_and_the_last_and_the_turning_one_are_named() -> None:
    sentences = said(Item(drill="ankle-circles"))
    assert sentences[1:8] == ["One.", "Two.", "Three.", "Other way.", "Halfway.", "Five.", "Last one."]


def test_the_end_is_said_and_the_knee_is_asked_for() -> None:
    assert said(Item(drill="hip-hinge"))[-1] == "Well done. Rate your knee."


@pytest.mark.parametrize(
    ("reps", "seconds", "text"),
    [
        (1, 0, "Once"),
        (2, 0, "Twice"),
        (8, 0, "Eight times"),
        (31, 0, "31 times"),
        (None, 30, "Thirty seconds"),
        (None, 45, "Forty-five seconds"),
        (None, 60, "One minute"),
        (None, 120, "Two minutes"),
        (None, 37, "37 seconds"),
        (None, 12.5, "12.5 seconds"),
        (None, 90, "90 seconds"),
        (None, 1, "One second"),
    ],
)
def test_doses_in_words(reps: int | None, seconds: float, text: str) -> None:
    assert words.dose_phrase(DRILLS["hip-hinge"], reps, seconds).text == text


@given(
    st.lists(st.sampled_from(sorted(DRILLS)), min_size=1, max_size=6),
    st.sampled_from([None, *Affected]),
    st.integers(1, words.LARGEST_NUMBER),
)
def test_whatever_is_said_about_shipped_drills_is_in_the_vocabulary(
    ids: list[str], affected: Affected | None, reps: int
) -> None:
    known = set(words.vocabulary(DRILLS.values()))
    items = tuple(Item(drill=name, reps=reps) for name in ids)
    timeline = Timeline.of(make_routine(*items), DRILLS, affected=affected)
    assert {phrase.text for cue in timeline.cues for phrase in cue.phrases} <= known


def test_name_and_side_are_never_left_out() -> None:
    timeline = Timeline.of(make_routine(Item(drill="ankle-circles")), DRILLS)
    kept = [phrase.text for phrase in timeline.cues[0].phrases if phrase.weight == KEEP]
    assert kept == ["Ankle circles", "Right foot"]


def test_a_drill_of_ones_own_is_called_by_its_name_and_its_part() -> None:
    drill = replace(DRILLS["ankle-circles"], name="Toe writing", region="hand", base_pose="elsewhere")
    assert words.side_phrase(drill, Side.LEFT) == (Phrase("Left hand"),)
    assert words.posture(drill, Side.LEFT) == "Sit down"
