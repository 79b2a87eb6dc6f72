"""When to go easier and when to suggest a professional: whether a reading meets a rule, and on what occasion.

The rules are in ``care``. A caution offers and suggests. It never keeps anybody from rating, and each is said once:
see ``unsaid``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trainer.core.asking import is_of_activity
from trainer.core.care import (
    BAD_MORNING,
    BAD_MORNINGS,
    EASIER_DRILL,
    HIGH_BEFORE,
    HIGH_RATING,
    LEAVE_DRILL,
    MORE_AFTER,
    SORE_BEFORE,
    TWO_DRILLS,
    WEEK_UP,
    Rule,
)
from trainer.core.day import day_of
from trainer.core.rating import Moment
from trainer.core.side import Side
from trainer.core.slope import median

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from trainer.core.rating import Rating
    from trainer.core.weeks import Week

USUAL_MORNINGS = 7
"""Mornings without a flare whose median is what is usual (section 1.6)."""
ENOUGH_MORNINGS = 4
"""Of these, the fewest that say what is usual."""
USUAL_WITHIN_DAYS = 56
"""How far back they may lie [our choice]: what was usual a season ago is not any more."""
RUNNING_WITHIN_DAYS = 7
"""Days in which mornings count as running though some between were not rated [our choice]."""
LONGEST_RUN_DAYS = 98
"""Days after which a run of mornings is not named any more: farther back, its first one may be out of sight."""
ENOUGH_OF_WEEK = 4
"""Rated days from which a week's mean is held against another's [our choice]."""
LAST_SAID = 2
"""Keys of each rule that are remembered as said: one for each knee."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A rule that was met, and the occasion."""

    rule: Rule
    """Which."""
    since: date
    """The day it is about; of a run of mornings the first, of weeks the first week's Monday."""
    moment: Moment | None = None
    """The moment of the rating that met it, where each moment of a day is an occasion of its own."""

    @property
    def key(self) -> str:
        """What to keep once it was said, so that it is said once for this occasion."""
        which = self.rule.id if self.moment is None else f"{self.rule.id}-{self.moment.value}"
        return f"{which}:{self.since.isoformat()}"


def before_session(score: int, usual: float | None, *, today: date) -> Caution | None:
    """Return what a rating before a session asks for; ``usual`` is None where it is not known."""
    return _first((HIGH_BEFORE, SORE_BEFORE), score, usual, today)


def in_drill(marks: int, *, today: date) -> Caution | None:
    """Return what so many marks that a drill hurts ask for."""
    return _first((LEAVE_DRILL, EASIER_DRILL), marks, None, today)


def after_hurt(drills: Collection[str], *, today: date) -> Caution | None:
    """Return whether the drills that hurt (ids) are enough to end the session; both sides of one count once."""
    return _first((TWO_DRILLS,), len(set(drills)), None, today)


def after_session(
    before: Mapping[Side, int | None], after: Mapping[Side, int | None], *, today: date
) -> Caution | None:
    """Return whether a knee was rated so much higher after a session than before it that the next one is lighter."""
    met = (_first((MORE_AFTER,), score, before.get(knee), today) for knee, score in after.items() if score is not None)
    return next((caution for caution in met if caution is not None), None)


def asks_less(ratings: Iterable[Rating]) -> bool:
    """Whether the session after the one with these ratings, oldest first, is to be lighter."""
    given: dict[Moment, dict[Side, int | None]] = {Moment.BEFORE: {}, Moment.AFTER: {}}
    for rating in ratings:
        if rating.moment in given:
            given[rating.moment][rating.knee] = rating.score
    return after_session(given[Moment.BEFORE], given[Moment.AFTER], today=date.min) is not None


def after_rating(rating: Rating) -> Caution | None:
    """Return whether a rating, at whatever moment, brings the questions again; how hard something is, is no pain."""
    if rating.score is None or is_of_activity(rating) or not HIGH_RATING.is_met(rating.score):
        return None
    return Caution(HIGH_RATING, day_of(rating.at), rating.moment)


def after_ratings(ratings: Iterable[Rating]) -> tuple[Caution, ...]:
    """Return what ratings of a day ask for, once for each moment.

    A rating after a session that is no higher than the one before it brings nothing: that one brought the questions.
    """
    known = tuple(ratings)
    before = {(one.session or "", one.knee): one.score for one in known if one.moment is Moment.BEFORE and one.session}
    met: dict[str, Caution] = {}
    for rating in known:
        caution = after_rating(rating)
        first = before.get((rating.session or "", rating.knee)) if rating.moment is Moment.AFTER else None
        if caution is not None and (first is None or rating.score is None or rating.score > first):
            met.setdefault(caution.key, caution)
    return tuple(met.values())


def usual_morning(mornings: Mapping[date, float], *, until: date, baseline: float | None = None) -> float | None:
    """Return what is usual before the morning of ``until``: the median of the last 7 without a flare, at least 4.

    Before there are so many it is ``baseline``, the median of the week before the programme, where there is one.
    """
    return _walk(mornings, until, baseline)[0]


def this_morning(mornings: Mapping[date, float], *, today: date, baseline: float | None = None) -> tuple[Caution, ...]:
    """Return what the morning of ``today`` asks for, the stronger first; nothing where it was not rated.

    ``mornings``: those of the last ``2 * USUAL_WITHIN_DAYS`` days; what is older is not looked at.
    """
    if today not in mornings:
        return ()
    _, flares = _walk(mornings, today + timedelta(days=1), baseline)
    run: list[date] = []
    for day in sorted((day for day in mornings if day <= today), reverse=True):
        if day not in flares or (run and (run[-1] - day).days >= RUNNING_WITHIN_DAYS):
            break
        run.append(day)
    cautions = []
    if len(run) >= BAD_MORNINGS.running and (today - run[-1]).days <= LONGEST_RUN_DAYS:
        cautions.append(Caution(BAD_MORNINGS, run[-1]))
    if run:
        cautions.append(Caution(BAD_MORNING, today))
    return tuple(cautions)


def this_week(weeks: Sequence[Week]) -> Caution | None:
    """Return what the last whole week asks for, held against the first; ``weeks`` as from ``weeks.weeks``."""
    judged = [week for week in weeks if week.n >= ENOUGH_OF_WEEK]
    last = [week for week in weeks[-2:] if week in judged and week.days == 7]
    if not last or last[-1].mean is None:
        return None
    return _first((WEEK_UP,), last[-1].mean, judged[0].mean, judged[0].start)


def unsaid(cautions: Sequence[Caution], said: Collection[str]) -> tuple[Caution, ...]:
    """Return those whose key is not among what was said; a key that stands twice comes once."""
    found: dict[str, Caution] = {}
    for caution in cautions:
        if caution.key not in said:
            found.setdefault(caution.key, caution)
    return tuple(found.values())


def remembered(said: Iterable[str], *cautions: Caution) -> tuple[str, ...]:
    """Return the keys to keep once ``cautions`` were said too: of each kind the last ones, the newest at the end."""
    kept: list[str] = []
    for key in reversed(tuple(dict.fromkeys((*said, *(caution.key for caution in cautions))))):
        kind = key.partition(":")[0]
        if sum(other.partition(":")[0] == kind for other in kept) < LAST_SAID:
            kept.append(key)
    return tuple(reversed(kept))


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
