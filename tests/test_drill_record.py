from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from trainer.core.drill_record import DrillRecord, drill_records, of_drill, told
from trainer.core.record import Outcome, Result, SessionRecord, Status
from trainer.core.side import Side

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
LETTERS = {"d": Result.DONE, "s": Result.SKIPPED, "h": Result.HURT}


def outcome(drill: str, letter: str, side: Side = Side.LEFT, reason: str | None = None) -> Outcome:
    return Outcome(drill, side, LETTERS[letter], 3, 5, reason=reason)


def session(gone: int, *outcomes: Outcome) -> SessionRecord:
    return SessionRecord(
        id=str(gone),
        routine="r",
        title="R",
        started_at=START + timedelta(days=gone),
        ended_at=None,
        status=Status.FINISHED,
        planned_s=60,
        moved_s=60,
        speed=1,
        outcomes=outcomes,
    )


def one(letters: str, side: Side = Side.LEFT) -> DrillRecord:
    """One drill that went so, oldest first."""
    (found,) = drill_records([session(i, outcome("heel-slide", letter, side)) for i, letter in enumerate(letters)])
    return found


def test_it_is_counted_over_the_last_five_times() -> None:
    found = one("hhhdshd")
    assert found.results == tuple(LETTERS[letter] for letter in "dhsdh")
    assert (found.times, found.hurt, found.skipped) == (5, 2, 1)
    assert found.hurt_at == START + timedelta(days=5)
    assert found.words == "hurt on the left 2 of the last 5 times, skipped once"


def test_times_are_those_it_came_up_in_any_order() -> None:
    sessions = [session(0, outcome("a", "h")), *(session(i, outcome("b", "d")) for i in range(1, 9))]
    records = {record.drill: record for record in drill_records(reversed(sessions))}
    assert (records["a"].times, records["a"].hurt) == (1, 1)
    assert (records["b"].times, records["b"].hurt, records["b"].hurt_at) == (5, 0, None)
    assert drill_records(sessions) == drill_records(reversed(sessions))
    assert drill_records(sessions, last=8)[1].times == 8
    assert drill_records(sessions, last=0)[1].times == 1
    assert drill_records([]) == ()


def test_sides_are_told_apart() -> None:
    found = drill_records([session(0, outcome("a", "h"), outcome("a", "d", Side.RIGHT), outcome("b", "s", Side.BOTH))])
    assert [(record.drill, record.side, record.words) for record in found] == [
        ("a", Side.LEFT, "hurt on the left the last time"),
        ("b", Side.BOTH, "skipped once"),
        ("a", Side.RIGHT, ""),
    ]


def test_twice_in_one_session_counts_once_with_the_worse() -> None:
    for letters, worst in (("dhd", "h"), ("hs", "h"), ("ds", "s"), ("sd", "s"), ("sdh", "h")):
        (found,) = drill_records([session(0, *(outcome("a", letter) for letter in letters))])
        assert found.results == (LETTERS[worst],)


def test_why_it_was_skipped_is_counted() -> None:
    reasons = ("no-time", None, "no-chair", "no-time")
    (found,) = drill_records([session(i, outcome("a", "s", reason=why)) for i, why in enumerate(reasons)])
    assert found.reasons == (("no-time", 2), (None, 1), ("no-chair", 1))
    assert found.words == "skipped on the left 4 times (no time twice, no chair once)"
    (always,) = drill_records([session(0, outcome("a", "s", reason="no-\x1btime"))])
    assert always.words.startswith("skipped on the left once (no ")
    assert always.words.isprintable()
    assert one("ssd").words == "skipped on the left twice"
    assert one("hd").reasons == ()


def test_one_drill_is_told_in_one_sentence_of_the_sides_that_are_asked_for() -> None:
    found = drill_records(
        [session(0, outcome("a", "h"), outcome("a", "s", Side.RIGHT), outcome("b", "h")), session(1, outcome("b", "d"))]
    )
    assert told(of_drill(found, "a")) == "Hurt on the left the last time; skipped on the right once."
    assert told(of_drill(found, "a", (Side.RIGHT,))) == "Skipped on the right once."
    assert told(of_drill(found, "b", (Side.RIGHT,))) == told(of_drill(found, "c")) == ""


def test_what_hurt_most_often_comes_first() -> None:
    found = drill_records(
        session(
            i, *(outcome(drill, letters[i]) for drill, letters in {"a": "dd", "b": "sd", "c": "hd", "d": "hh"}.items())
        )
        for i in range(2)
    )
    assert [record.drill for record in found] == ["d", "c", "b", "a"]


@pytest.mark.parametrize(
    ("letters", "is_worth"),
    [("h", True), ("dh", True), ("hd", False), ("hhd", True), ("hddhd", True), ("hddddd", False), ("s", False)],
)
def test_the_next_session_can_act_on_it(letters: str, is_worth: bool) -> None:
    assert one(letters).is_worth_easing is is_worth
