"""A made-up year with two sore knees: the same year for the same day, to look at before there is a year of one's own.

It has what real diaries have: mornings that wander and are left out, a baseline, two flare-ups, a holiday, a cold, new
shoes, warm-ups with drills that hurt or were skipped. Nobody's knee did this, and it shows nothing about warm-ups: the
right knee was told to get better, the left one to stay as it is.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from trainer.core.contents import Contents
from trainer.core.day import day_of
from trainer.core.happening import Event, Freeze
from trainer.core.rating import HIGHEST, LOWEST, Moment, Rating
from trainer.core.record import Outcome, Result, SessionRecord, Status
from trainer.core.side import Side

DAYS = 365
BASELINE = 14
"""Days with mornings and no warm-up, as the clinical notes ask for (section 2.2)."""
SEED = 20_261_005
WANDER, LIKENESS = 1.15, 0.3
"""From day to day, points, and how like the day before (section 1.4 takes 1.4 and .3)."""
_HOLIDAY = range(168, 181)
_COLD = range(262, 271)
_FLARES = ((96, 2.8, 14.0), (231, 2.2, 10.0))
"""Day it began, points, and the days after which a third of it is left."""
_EVENTS = ((61, "New shoes"), (95, "Long hike"), (168, "Holiday by the sea"), (231, "Moved house"), (301, "New desk"))
_NOTES = ("slept badly", "long day on my feet", "stairs with shopping", "cold and wet", "after the bike", "rested well")
_TENDER = ("knee-to-wall", "quadruped-rock-back", "half-kneeling-hip-rock", "standing-knee-flexion", "heel-slide")
"""Drills that the right knee minds now and then, where the routine has them."""
_REASONS = ("no-time", "no-space", None)


@dataclass(frozen=True, slots=True)
class Work:
    """One drill on one side, as a routine has it."""

    drill: str
    """Its id."""
    side: Side
    """The side that works."""
    reps: int | None
    """Repetitions; None where time alone counts."""
    seconds: float
    """How long it takes."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One routine, as far as a record of it goes."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    total_s: float
    """Seconds of the whole of it."""
    work: tuple[Work, ...]
    """In order."""


def made_up_year(now: datetime, outlines: tuple[Outline, ...]) -> Contents:
    """Return a year up to ``now``, on its clock; nothing lies later. The same day and routines give the same year.

    This morning's stairs are there at any hour, at ``now`` where it is early: nobody is to be asked about them.
    """
    year = _Year(now, outlines)
    items = list(year.days())
    sessions = tuple(item for item in items if isinstance(item, SessionRecord) and _end(item) <= now)
    known = {session.id for session in sessions}
    ratings = tuple(
        item
        for item in items
        if isinstance(item, Rating) and item.at <= now and (item.session is None or item.session in known)
    )
    events = tuple(Event(f"demo-event-{day}", year.day(day), words) for day, words in _EVENTS)
    cold = Freeze("demo-freeze", year.day(_COLD[0]), year.day(_COLD[-1]), "A cold")
    return Contents(sessions, ratings, events, (cold,))


def _end(session: SessionRecord) -> datetime:
    return session.ended_at or session.started_at


class _Year:
    """The year as it is drawn, a day after the other."""

    def __init__(self, now: datetime, outlines: tuple[Outline, ...]) -> None:
        self._now = now
        self._first = day_of(now) - timedelta(days=DAYS - 1)
        self._outlines = outlines
        self._chance = random.Random(f"{SEED} {day_of(now)}")  # noqa: S311 (nothing here is a secret)
        self._wandered = {Side.LEFT: 0.0, Side.RIGHT: 0.0}

    def day(self, number: int) -> date:
        """The day of that number, 0 to 364."""
        return self._first + timedelta(days=number)

    def days(self) -> Iterator[SessionRecord | Rating]:
        """Everything of the year, in order."""
        for number in range(DAYS):
            levels = {knee: self._level(number, knee) for knee in (Side.LEFT, Side.RIGHT)}
            yield from self._morning(number, levels)
            if self._is_training(number):
                yield from self._session(number, levels)
            if number % 7 == 6 and self._chance.random() < 0.6:
                at = self._at(number, 21 * 60, 90)
                score = self._score(levels[Side.RIGHT] + 0.3)
                yield Rating(f"demo-e{number}", at, Moment.EVENING, Side.RIGHT, score)

    def _level(self, number: int, knee: Side) -> float:
        """How the knee is on that day, before it is rounded to a whole number."""
        fresh = self._chance.gauss(0, WANDER * (1 - LIKENESS**2) ** 0.5)
        self._wandered[knee] = LIKENESS * self._wandered[knee] + fresh
        if knee is Side.LEFT:
            return 2.3 + 0.75 * self._wandered[knee] + 0.25 * self._flare(number)
        eased = max(0.0, number - BASELINE) / (DAYS - BASELINE)
        return 5.9 - 2.7 * math.pow(eased, 0.8) + self._wandered[knee] + self._flare(number)

    def _flare(self, number: int) -> float:
        return sum(
            points * math.pow(0.33, (number - start) / days)
            for start, points, days in _FLARES
            if 0 <= number - start < 35
        )

    def _score(self, level: float) -> int:
        return min(max(round(level), LOWEST), HIGHEST)

    def _at(self, number: int, minute: int, spread: int) -> datetime:
        """A time on that day, up to ``spread`` minutes after the minute."""
        passed = timedelta(minutes=minute + self._chance.randrange(spread), seconds=self._chance.randrange(60))
        return datetime.combine(self.day(number), time(), self._now.tzinfo) + passed

    def _morning(self, number: int, levels: dict[Side, float]) -> Iterator[Rating]:
        missed = 0.9 if number in _HOLIDAY else 0.5 if number in _COLD else 0.12
        is_today = number == DAYS - 1
        at = self._at(number, 6 * 60 + 35, 85)
        if is_today:
            at = min(at, self._now)
        draws = [self._chance.random() for _ in range(4)]
        if draws[0] < missed and not is_today:
            return
        words = self._chance.choice(_NOTES)
        for knee in (Side.LEFT, Side.RIGHT):
            is_answered = draws[1] > 0.03 or is_today
            note = words if knee is Side.RIGHT and draws[2] < 0.05 and is_answered else None
            score = self._score(levels[knee]) if is_answered else None
            yield Rating(f"demo-m{number}-{knee.value}", at, Moment.MORNING, knee, score, "stairs", note)

    def _is_training(self, number: int) -> bool:
        wanted = self._chance.random()
        if number < BASELINE or number in _HOLIDAY or number in _COLD or not self._outlines:
            return False
        eagerness = 0.62 if number < 90 else 0.45 if number < 240 else 0.56
        return wanted < eagerness * (0.6 if self.day(number).weekday() >= 5 else 1.0)

    def _session(self, number: int, levels: dict[Side, float]) -> Iterator[SessionRecord | Rating]:
        chance = self._chance
        outline = chance.choice(self._outlines)
        id_ = f"demo-s{number}"
        at = self._at(number, 16 * 60 + 40, 200)
        is_whole = chance.random() > 0.06
        kept = outline.work if is_whole else outline.work[: max(1, len(outline.work) * 2 // 3)]
        outcomes = tuple(self._outcome(work, levels[Side.RIGHT]) for work in kept)
        moved = sum(
            work.seconds for work, told in zip(kept, outcomes, strict=True) if told.result is not Result.SKIPPED
        )
        lasts = outline.total_s if is_whole else outline.total_s * 2 / 3
        status = Status.FINISHED if is_whole else Status.STOPPED
        end = at + timedelta(seconds=round(lasts) + chance.randrange(90))
        shape = (outline.id, outline.name, at, end, status, round(outline.total_s, 3), round(moved, 3), 1.0)
        yield SessionRecord(id_, *shape, outcomes)
        for knee in (Side.LEFT, Side.RIGHT):
            before = self._score(levels[knee] + chance.gauss(-0.3, 0.7))
            after = self._score(before - chance.choice((0, 0, 1, 1, 2)) + (chance.random() < 0.08))
            asked = None if chance.random() < 0.05 else after
            yield Rating(f"{id_}-b-{knee.value}", at, Moment.BEFORE, knee, before, session=id_)
            yield Rating(f"{id_}-a-{knee.value}", end, Moment.AFTER, knee, asked, session=id_)

    def _outcome(self, work: Work, level: float) -> Outcome:
        chance = self._chance
        draw, reason = chance.random(), chance.choice(_REASONS)
        minds = work.drill in _TENDER and work.side is not Side.LEFT
        hurts = draw < (0.03 * max(0.0, level - 2) if minds else 0.002)
        if hurts:
            done = None if work.reps is None else chance.randrange(work.reps + 1)
            return Outcome(work.drill, work.side, Result.HURT, done, work.reps)
        if draw > 0.985:
            return Outcome(work.drill, work.side, Result.SKIPPED, None if work.reps is None else 0, work.reps, reason)
        return Outcome(work.drill, work.side, Result.DONE, work.reps, work.reps)
