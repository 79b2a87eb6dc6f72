"""The listener listens well: what is late, left out, torn or too much is found in a made recording."""

from __future__ import annotations

from array import array

import pytest

from tests.performance import ROUTINE
from tests.pulse import RATE
from tests.score import Note, departure, listen, score_of

LATE = 100
"""Samples by which a sound is late here."""


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> tuple[Note, ...]:
    folder = tmp_path_factory.mktemp("score")
    (folder / "recorded.yaml").write_text(ROUTINE, encoding="utf-8")
    return score_of(
        str(folder / "recorded.yaml"), {"TRAINER_DATA_DIR": str(folder), "TRAINER_CONFIG_DIR": str(folder)}
    )[:20]


def recorded(score: tuple[Note, ...], moved: dict[int, int] | None = None) -> array[int]:
    """A recording that begins half a second before the first sound."""
    tape = array("h", bytes(2 * round((max(note.at_s for note in score) + 5) * RATE)))
    for index, note in enumerate(score):
        start = RATE // 2 + round(note.at_s * RATE) + (moved or {}).get(index, 0)
        piece = tape[start : start + len(note.clip)]
        tape[start : start + len(note.clip)] = array(
            "h", [one + two for one, two in zip(piece, note.clip, strict=True)]
        )
    return tape


def test_a_session_as_planned_is_whole_and_even(score: tuple[Note, ...]) -> None:
    listened = listen(recorded(score), score)
    assert listened.is_whole
    assert max(listened.errors_ms) < 0.025
    assert [found.start for found in listened.found] == [RATE // 2 + round(note.at_s * RATE) for note in score]


@pytest.mark.parametrize("name", ["One", "Two", "rep", "two"])
def test_a_late_sound_is_late_by_the_sample_also_under_speech(score: tuple[Note, ...], name: str) -> None:
    index = max(index for index, note in enumerate(score) if note.name == name)
    listened = listen(recorded(score, {index: LATE}), score)
    assert listened.is_whole
    assert max(listened.errors_ms) == pytest.approx(1000 * LATE / RATE, abs=0.03)


def test_what_was_left_out_is_missed(score: tuple[Note, ...]) -> None:
    for index in range(1, len(score), 7):
        listened = listen(recorded(score[:index] + score[index + 1 :]), score)
        assert listened.missing == (f"{score[index].name} at {score[index].at_s:.3f} s",)
        assert listened.strays_s == ()


def test_what_nobody_planned_is_heard_also_under_speech(score: tuple[Note, ...]) -> None:
    more = Note("stray", 0.3, score[1].clip)
    (stray_s,) = listen(recorded((*score, more)), score).strays_s
    assert stray_s == pytest.approx(0.8, abs=0.01)


def test_words_that_the_device_broke_off_and_took_up_again_are_torn(score: tuple[Note, ...]) -> None:
    tape = recorded(score)
    at = RATE + RATE // 10
    torn = tape[:at] + array("h", bytes(2 * 1_500)) + tape[at : 3 * RATE - 1_500] + tape[3 * RATE :]
    listened = listen(torn, score)
    assert (listened.missing, listened.torn) == ((), (f"{score[0].name} at 0.000 s",))


def test_where_a_sound_was_cut_off(score: tuple[Note, ...]) -> None:
    clip = score[0].clip
    at = next(index for index in range(RATE, len(clip)) if abs(clip[index]) > 5_000)
    assert departure(array("h", clip[:at]) + array("h", bytes(2 * RATE)), clip, 0) == at
    assert departure(clip, clip, 0) == len(clip)


def test_silence_misses_everything(score: tuple[Note, ...]) -> None:
    assert len(listen(array("h", bytes(2 * RATE)), score).missing) == len(score)
