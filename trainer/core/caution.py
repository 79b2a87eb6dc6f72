"""When to go easier and when to suggest a professional: the rules as data, and whether a reading meets one.

The readings and what follows from them are those of the clinical notes, section 1.6 (a pain-monitoring model made for
tendon and kneecap rehabilitation, not for this trainer; the published cut points differ a little) and section 3.2. A
caution offers and suggests. It never keeps anybody from rating, and each is said once: see ``unsaid``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from trainer.core.flags import ASKED_AGAIN_FROM
from trainer.core.slope import median

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from trainer.core.weeks import Week

USUAL_MORNINGS = 7
"""Mornings without a flare whose median is what is usual (section 1.6)."""
ENOUGH_MORNINGS = 4
"""Of these, the fewest that say what is usual."""
USUAL_WITHIN_DAYS = 56
"""How far back they may lie [our choice]: what was usual a season ago is not any more."""
RUNNING_WITHIN_DAYS = 7
"""Days in which mornings count as running though some between were not rated [our choice]."""
ENOUGH_OF_WEEK = 4
"""Rated days from which a week's mean is held against another's [our choice]."""

_MONITORING = "clinical notes 1.6: pain-monitoring model, Thomee 1997; Silbernagel 2001, 2007"
_ASKED_AGAIN = "clinical notes 3.1"
_STOP_RULES = "clinical notes 1.6 and 3.2"


class Care(StrEnum):
    """What a caution asks the trainer to do."""

    QUESTIONS = "questions"
    """Show the questions of flags.py again."""
    GENTLE = "gentle"
    """Offer the rule's routines first."""
    NOT_STANDING = "not standing"
    """Offer no standing drill today."""
    EASIER = "easier"
    """Show the drill's easier option."""
    LEAVE_DRILL = "leave drill"
    """End this drill."""
    END_SESSION = "end session"
    """End the session kindly, and keep what was done."""
    LESS_NEXT_TIME = "less next time"
    """Fewer reps and no moderate load next time."""
    PROFESSIONAL = "professional"
    """Suggest a professional."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rules; a reading meets it at ``at_least``, or at ``above`` what it is held against."""

    id: str
    """Short and lasting: what was said is kept by it."""
    care: tuple[Care, ...]
    """What follows."""
    words: str
    """What is said to the person, once."""
    source: str
    """Where the numbers are from."""
    at_least: float | None = None
    """Points from which it holds whatever is usual; or the number of drills."""
    above: float | None = None
    """Points above the usual, above the rating before, or above the first week."""
    running: int = 1
    """Times in a row."""
    routines: tuple[str, ...] = ()
    """Ids of the routines to offer."""

    def is_met(self, reading: float, against: float | None = None) -> bool:
        """Whether a reading meets it; ``against`` is what it is held against, None where that is not known."""
        is_high = self.at_least is not None and reading >= self.at_least
        return is_high or (self.above is not None and against is not None and reading - against >= self.above)


HIGH_BEFORE = Rule(
    "high-before",
    (Care.QUESTIONS, Care.NOT_STANDING, Care.GENTLE),
    "That is high for you today. Seated drills or a rest: both are fine. A few questions first.",
    f"{_MONITORING}; {_ASKED_AGAIN}",
    at_least=8,
    above=3,
    routines=("desk-break",),
)
SORE_BEFORE = Rule(
    "sore-before",
    (Care.QUESTIONS, Care.GENTLE),
    "A gentle round suits today: without kneeling, or all of it seated. A few questions first.",
    _MONITORING,
    at_least=6,
    routines=("no-kneeling", "desk-break"),
)
LEAVE_DRILL = Rule(
    "leave-drill",
    (Care.LEAVE_DRILL,),
    "Leave this drill for today. The next one comes.",
    _STOP_RULES,
    at_least=6,
)
EASIER_DRILL = Rule("easier-drill", (Care.EASIER,), "Here is the easier option.", _MONITORING, at_least=3)
TWO_DRILLS = Rule(
    "two-drills",
    (Care.END_SESSION,),
    "Two drills hurt, so this is enough for today. What you did is kept.",
    _STOP_RULES,
    at_least=2,
)
MORE_AFTER = Rule(
    "more-after",
    (Care.LESS_NEXT_TIME,),
    "You rated clearly higher after than before. Next time: fewer reps, and no drill with a moderate load.",
    _MONITORING,
    above=3,
)
HIGH_RATING = Rule(
    "high-rating",
    (Care.QUESTIONS,),
    "That is a high rating. Please go through a few questions again.",
    _ASKED_AGAIN,
    at_least=ASKED_AGAIN_FROM,
)
BAD_MORNING = Rule(
    "bad-morning",
    (Care.GENTLE,),
    "This morning was above your usual. An easier round suits today.",
    _MONITORING,
    above=2,
    routines=("no-kneeling", "desk-break"),
)
BAD_MORNINGS = Rule(
    "bad-mornings",
    (Care.GENTLE, Care.PROFESSIONAL),
    "Three mornings running were above your usual. A good moment to show your ratings to a professional.",
    _MONITORING,
    above=2,
    running=3,
    routines=("no-kneeling", "desk-break"),
)
WEEK_UP = Rule(
    "week-up",
    (Care.PROFESSIONAL,),
    "The last week was clearly above your first. You may want to show your ratings to a professional.",
    _MONITORING,
    above=2,
)
RULES: tuple[Rule, ...] = (
    HIGH_BEFORE,
    SORE_BEFORE,
    LEAVE_DRILL,
    EASIER_DRILL,
    TWO_DRILLS,
    MORE_AFTER,
    HIGH_RATING,
    BAD_MORNING,
    BAD_MORNINGS,
    WEEK_UP,
)
"""All of them, each moment's strongest first."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A rule that was met, and the occasion."""

    rule: Rule
    """Which."""
    since: date
    """The day it is about; of a run of mornings the first, of weeks the first week's Monday."""

    @property
    def key(self) -> str:
        """What to keep once it was said, so that it is said once for this occasion."""
        return f"{self.rule.id}:{self.since.isoformat()}"


def before_session(score: int, usual: float | None, *, today: date) -> Caution | None:
    """Return what a rating before a session asks for; ``usual`` is None where it is not known."""
    return _first((HIGH_BEFORE, SORE_BEFORE), score, usual, today)


def in_drill(pain: int, *, today: date) -> Caution | None:
    """Return what a pain of 0 to 10 in a drill asks for. Sharp, locking, giving way or numb: take it as 10."""
    return _first((LEAVE_DRILL, EASIER_DRILL), pain, None, today)


def after_hurt(drills: Collection[str], *, today: date) -> Caution | None:
    """Return whether the drills that hurt (ids) are enough to end the session; both sides of one count once."""
    return _first((TWO_DRILLS,), len(set(drills)), None, today)


def after_session(before: int | None, after: int, *, today: date) -> tuple[Caution, ...]:
    """Return what a rating after a session asks for."""
    met = (_first((MORE_AFTER,), after, before, today), after_rating(after, today=today))
    return tuple(caution for caution in met if caution is not None)


def after_rating(score: int, *, today: date) -> Caution | None:
    """Return whether a rating, at whatever moment, brings the questions again."""
    return _first((HIGH_RATING,), score, None, today)


def usual_morning(mornings: Mapping[date, float], *, until: date, baseline: float | None = None) -> float | None:
    """Return what is usual before the morning of ``until``: the median of the last 7 without a flare, at least 4.

    Before there are so many it is ``baseline``, the median of the week before the programme, where there is one.
    """
    return _walk(mornings, until, baseline)[0]


def this_morning(mornings: Mapping[date, float], *, today: date, baseline: float | None = None) -> tuple[Caution, ...]:
    """Return what the morning of ``today`` asks for, the stronger first; nothing where it was not rated."""
    if today not in mornings:
        return ()
    _, flares = _walk(mornings, today + timedelta(days=1), baseline)
    run: list[date] = []
    for day in sorted((day for day in mornings if day <= today), reverse=True):
        if day not in flares or (run and (run[-1] - day).days >= RUNNING_WITHIN_DAYS):
            break
        run.append(day)
    cautions = []
    if len(run) >= BAD_MORNINGS.running:
        cautions.append(Caution(BAD_MORNINGS, run[-1]))
    if run:
        cautions.append(Caution(BAD_MORNING, today))
    return tuple(cautions)


def this_week(weeks: Sequence[Week]) -> Caution | None:
    """Return what the last whole week asks for, held against the first; ``weeks`` as from ``weeks.weeks``."""
    judged = [week for week in weeks if week.n >= ENOUGH_OF_WEEK]
    whole = [week for week in judged if week.days == 7]
    if not whole or whole[-1] is judged[0] or whole[-1].mean is None:
        return None
    return _first((WEEK_UP,), whole[-1].mean, judged[0].mean, judged[0].start)


def unsaid(cautions: Sequence[Caution], said: Collection[str]) -> tuple[Caution, ...]:
    """Return those whose key is not among what was said; a key that stands twice comes once."""
    found: dict[str, Caution] = {}
    for caution in cautions:
        if caution.key not in said:
            found.setdefault(caution.key, caution)
    return tuple(found.values())


def _first(rules: Sequence[Rule], reading: float, against: float | None, since: date) -> Caution | None:
    return next((Caution(rule, since) for rule in rules if rule.is_met(reading, against)), None)


def _walk(mornings: Mapping[date, float], until: date, baseline: float | None) -> tuple[float | None, set[date]]:
    """From morning to morning up to ``until``, left out: what is usual then, and which mornings were flares."""
    calm: list[tuple[date, float]] = []
    flares: set[date] = set()
    for day in sorted(day for day in mornings if 0 < (until - day).days <= 2 * USUAL_WITHIN_DAYS):
        if BAD_MORNING.is_met(mornings[day], _usual(calm, day, baseline)):
            flares.add(day)
        else:
            calm.append((day, mornings[day]))
    return _usual(calm, until, baseline), flares


def _usual(calm: Sequence[tuple[date, float]], until: date, baseline: float | None) -> float | None:
    last = [value for day, value in calm[-USUAL_MORNINGS:] if (until - day).days <= USUAL_WITHIN_DAYS]
    return median(last) if len(last) >= ENOUGH_MORNINGS else baseline
