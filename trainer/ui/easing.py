"""From the diary to what today asks for. Pure but for what it asks the diary, which are a few bounded questions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from trainer.core.asking import is_of_activity
from trainer.core.caution import (
    ENOUGH_MORNINGS,
    USUAL_MORNINGS,
    USUAL_WITHIN_DAYS,
    Caution,
    asks_less,
    before_session,
    this_morning,
    this_week,
    usual_morning,
)
from trainer.core.day import before_day, day_of
from trainer.core.rating import Moment
from trainer.core.record import Status
from trainer.core.side import Side
from trainer.core.slope import median
from trainer.store.charting import each_given, first_day, first_warm_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.core.rating import Rating
    from trainer.store import Diary
    from trainer.store.reading import Reader

FIRST_DAYS = 56
"""Days from the first entry in which the first week with enough mornings is looked for [our choice]."""
LAST_DAYS = 14
"""Days before today that hold the last whole week."""
LATEST = 8
"""Sessions of which the last one in which somebody moved is among."""


def ratings_of_today(diary: Diary, now: datetime, given: Iterable[Rating] = ()) -> tuple[Rating, ...]:
    """Return today's ratings, and of ``given`` those that are not in the diary: it may be out of reach."""
    today = day_of(now)
    read = diary.read(lambda store: store.ratings(since=before_day(today, now)), ())
    known = {rating.id: rating for rating in (*given, *read)}
    return tuple(rating for rating in known.values() if day_of(rating.at) == today)


def mornings_of(diary: Diary, knee: Side, now: datetime) -> dict[date, float]:
    """Return the answered mornings of a knee that can still matter, each day's last answer."""
    since = before_day(day_of(now) - timedelta(days=2 * USUAL_WITHIN_DAYS), now)
    ratings = diary.read(lambda store: store.ratings(since=since, knee=knee, moment=Moment.MORNING), ())
    return {day_of(rating.at): float(rating.score) for rating in reversed(ratings) if rating.score is not None}


def usual_of(diary: Diary, knee: Side, now: datetime) -> float | None:
    """Return what is usual for a knee in the morning; None where that is not known yet."""
    return usual_morning(mornings_of(diary, knee, now), until=day_of(now), baseline=baseline_of(diary, knee, now))


def baseline_of(diary: Diary, knee: Side, now: datetime) -> float | None:
    """Return the median morning of the week before the first warm-up; None where too few of it were rated.

    Until there are mornings enough, that week is what is usual (clinical notes, section 1.6); like any morning, for
    ``USUAL_WITHIN_DAYS``.
    """

    def read(store: Reader) -> tuple[float, ...]:
        start = first_warm_up(store)
        if start is None or start <= date.min + timedelta(days=USUAL_MORNINGS):
            return ()
        if (day_of(now) - start).days > USUAL_WITHIN_DAYS:
            return ()
        found = each_given(
            store, start - timedelta(days=USUAL_MORNINGS), start - timedelta(days=1), knee, Moment.MORNING
        )
        return tuple({one.day: float(one.score) for one in found}.values())

    scores = diary.read(read, ())
    return median(scores) if len(scores) >= ENOUGH_MORNINGS else None


def of_this_morning(diary: Diary, knees: Iterable[Side], now: datetime) -> tuple[Caution, ...]:
    """Return what the morning of today asks for, of each knee, the stronger first."""
    return tuple(
        caution
        for knee in knees
        for caution in this_morning(
            mornings_of(diary, knee, now), today=day_of(now), baseline=baseline_of(diary, knee, now)
        )
    )


def of_this_week(diary: Diary, knees: Iterable[Side], now: datetime) -> tuple[Caution, ...]:
    """Return what the last whole week asks for, of each knee: its mornings are held against those of the first one."""
    from trainer.core.weeks import weeks

    today = day_of(now)
    start = diary.read(first_day, None)
    if start is None or (today - start).days < LAST_DAYS - 1:
        return ()
    first, last = (start, start + timedelta(days=FIRST_DAYS)), (today - timedelta(days=LAST_DAYS), today)
    found = []
    for knee in knees:
        spans = (first, last) if first[1] < last[0] else ((start, today),)
        given = [
            one
            for since, until in spans
            for one in diary.read(lambda store: each_given(store, since, until, knee, Moment.MORNING), ())  # noqa: B023
        ]
        found.append(this_week(weeks(((one.day, one.score) for one in given), today=today)))
    return tuple(caution for caution in found if caution is not None)


def of_home(diary: Diary, now: datetime) -> Caution | None:
    """Return what home puts gentle routines first for: the last rating of a knee today, or else the morning."""
    pains = (rating for rating in ratings_of_today(diary, now) if not is_of_activity(rating))
    scores = {rating.knee: rating.score for rating in reversed(tuple(pains)) if rating.score is not None}
    high = [
        caution for score in scores.values() if (caution := before_session(score, None, today=day_of(now))) is not None
    ]
    mornings = of_this_morning(diary, sorted(scores), now)
    return max(high, key=lambda caution: caution.rule.at_least or 0.0, default=next(iter(mornings), None))


def is_less_due(diary: Diary) -> bool:
    """Whether the next session is to be lighter: the last one in which somebody moved ended clearly higher."""
    latest = diary.read(lambda store: store.sessions(limit=LATEST), ())
    done = (record for record in latest if record.status is not Status.RUNNING and record.was_led and record.moved_s)
    last = next(done, None)
    return last is not None and asks_less(last.ratings)
