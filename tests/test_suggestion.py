"""What home puts first, and what today asks for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from trainer.core.care import BAD_MORNING, HIGH_BEFORE, MORE_AFTER, SORE_BEFORE, WEEK_UP, Rule
from trainer.core.caution import Caution
from trainer.core.suggestion import MORNING, USUAL, Suggestion, suggest

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
ALL = ("desk-break", "every-joint", "knee-neighbours", "no-kneeling", "stairs-morning")


def of(rule: Rule) -> Caution:
    return Caution(rule, NOW.date())


@pytest.mark.parametrize("rule", [HIGH_BEFORE, SORE_BEFORE, BAD_MORNING], ids=lambda rule: rule.id)
def test_what_asks_for_care_has_its_own_routines_first_and_says_why(rule: Rule) -> None:
    found = suggest(ALL, NOW, caution=of(rule), last_routine="every-joint")
    assert found == Suggestion(rule.routines[0], rule.reason, rule.routines[1:], is_gentle=True)
    assert rule.reason


def test_a_gentle_routine_that_is_not_there_is_not_offered() -> None:
    found = suggest(("desk-break", "every-joint"), NOW, caution=of(SORE_BEFORE))
    assert (found and found.routine, found and found.others) == ("desk-break", ())
    found = suggest(("every-joint",), NOW, caution=of(SORE_BEFORE), last_routine="every-joint")
    assert (found and found.routine, found and found.is_gentle) == ("every-joint", False)


def test_a_caution_without_gentle_routines_changes_nothing() -> None:
    assert suggest(ALL, NOW, caution=of(WEEK_UP)) == suggest(ALL, NOW)


def test_what_comes_next_says_that_it_is_lighter() -> None:
    found = suggest(ALL, NOW, is_less_due=True, last_routine="every-joint")
    assert found == Suggestion("every-joint", MORE_AFTER.reason)


def test_otherwise_it_is_the_morning_round_what_was_done_last_or_a_good_place_to_start() -> None:
    last = suggest(ALL, NOW.replace(hour=7), last_routine="every-joint")
    assert last is not None
    assert last.routine == MORNING
    hours = [hour for hour in range(24) if _first(NOW.replace(hour=hour)) == MORNING]
    assert hours == [4, 5, 6, 7, 8, 9]
    first_day = suggest(ALL, NOW.replace(hour=7))
    assert first_day == Suggestion(USUAL, "a good place to start")
    assert suggest(ALL, NOW, last_routine="every-joint") == Suggestion("every-joint", "what you did last time")
    assert suggest(ALL, NOW, last_routine="gone") == Suggestion(USUAL, "a good place to start")
    assert suggest(("desk-break",), NOW) == Suggestion("desk-break", "")
    assert suggest((), NOW) is None


def _first(now: datetime) -> str | None:
    found = suggest(ALL, now, last_routine="every-joint")
    return None if found is None else found.routine
