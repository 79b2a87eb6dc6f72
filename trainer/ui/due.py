"""From the settings and the diary to the questions that are due. Pure but for what it asks the diary."""

from __future__ import annotations

from datetime import datetime, timedelta

from trainer.core.asking import WEEK_DAYS, Question, Wishes, due
from trainer.core.day import before_day, day_of
from trainer.core.side import Affected, Side
from trainer.settings import Settings
from trainer.store import Diary
from trainer.store.charting import first_day


def affected_knees(settings: Settings) -> tuple[Side, ...]:
    """The knees that trouble the person; both, where they never said."""
    return (settings.affected_knee or Affected.BOTH).knees


def wishes_of(settings: Settings) -> Wishes:
    """What the person wants to be asked at a start."""
    return Wishes(
        morning=settings.ask_morning,
        evening=settings.ask_evening,
        activities=settings.activities if settings.ask_weekly else (),
    )


def due_now(diary: Diary, settings: Settings, now: datetime) -> tuple[Question, ...]:
    """What is due: two bounded questions to the diary. Where that cannot be read, nothing is."""
    since = before_day(day_of(now) - timedelta(days=WEEK_DAYS), now)
    ratings = diary.read(lambda store: store.ratings(since=since), None)
    if ratings is None:
        return ()
    first = diary.read(first_day, None)
    return due(ratings, wishes_of(settings), affected_knees(settings), now, first_day=first)
