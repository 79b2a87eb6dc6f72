"""What to do now: which routine home puts first, and why, in words.

A rating of 6 or more before a session asks for a gentler round (the pain-monitoring bands in the drill library's
clinical notes, section 1.6); a morning asks for the morning round; otherwise what was done last is offered again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.core.day import day_of
from trainer.core.rating import Rating

GENTLE_FROM = 6
"""A score from which a gentler routine is offered."""
GENTLE = "no-kneeling"
MORNING = "stairs-morning"
USUAL = "knee-neighbours"
MORNING_HOURS = range(4, 10)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One routine and the reason for it."""

    routine: str
    """Id of the routine."""
    reason: str
    """Why, in a few plain words; empty where there is nothing to say."""


def suggest(
    routines: Sequence[str], now: datetime, *, last_rating: Rating | None = None, last_routine: str | None = None
) -> Suggestion | None:
    """Suggest one of ``routines`` (ids); none where there are none."""
    if not routines:
        return None
    is_sore = (
        last_rating is not None
        and last_rating.score is not None
        and last_rating.score >= GENTLE_FROM
        and day_of(last_rating.at) == day_of(now)
    )
    wishes = (
        (GENTLE, "a gentler round: today's rating was high", is_sore),
        (MORNING, "for the first stairs of the day", now.hour in MORNING_HOURS and last_routine is not None),
        (last_routine, "what you did last time", last_routine is not None),
        (USUAL, "a good place to start", True),
    )
    for routine, reason, applies in wishes:
        if applies and routine in routines:
            return Suggestion(routine or "", reason)
    return Suggestion(routines[0], "")


def ago(then: datetime, now: datetime) -> str:
    """How long since, in words a person would use: "today", "yesterday", "3 days ago", "5 weeks ago"."""
    days = (day_of(now) - day_of(then)).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 28 else f"{days // 7} weeks ago"


def moment_words(then: datetime, now: datetime) -> str:
    """A moment of the last days as a person would name it, by the clock of now: "today 14:05", "yesterday 23:50"."""
    here = then.astimezone(now.tzinfo)
    days = (now.date() - here.date()).days
    day = "today" if days == 0 else "yesterday" if days == 1 else f"{here:%Y-%m-%d}"
    return f"{day} {here:%H:%M}"


def greeting(now: datetime) -> str:
    """A word for the time of day."""
    if 4 <= now.hour < 12:
        return "Good morning."
    return "Good afternoon." if 12 <= now.hour < 18 else "Good evening."
