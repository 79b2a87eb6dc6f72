"""Which question about the knee is due: a pure function of the ratings, of what the person wants to be asked, and now.

Asked at a start of the trainer, each once: the first stairs of the day (the primary question), the activities of one's
own once a week, the day as a whole from six in the evening. "Rather not say" is an answer as far as this goes. Nothing
is asked on the person's first day: the morning question is about the morning after. Source: clinical notes, section
1.2, and 1.1 for how far back a person remembers: a day well, a week less so, therefore each only about its own time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from trainer.core.day import DAY_STARTS, day_of
from trainer.core.rating import Moment, Rating, question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trainer.core.side import Side

EVENING_FROM = 18
"""Hour from which a day can be rated as a whole [our choice; the notes say: at the end of the day]."""
WEEK_DAYS = 7
"""Days from one weekly question to the next."""
EASY = "no problem"
HARDEST = "cannot do it"
"""The ends of the scale of an activity, in the words of the clinical notes, section 1.2."""
SUGGESTED = ("stairs down", "stairs up", "getting up from a chair", "walking", "sitting for long", "lying at night")
"""Activities to choose from (clinical notes, section 1.2, after the trials and the cohort named there)."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants to be asked at a start."""

    morning: bool = True
    """The first stairs of the day."""
    evening: bool = False
    """The day as a whole."""
    activities: tuple[str, ...] = field(default=())
    """Activities to be asked about each week, in their own words; none for no such question."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question that is due."""

    moment: Moment
    """Morning, evening, or now for an activity."""
    knee: Side
    """Left or right."""
    activity: str | None = None
    """Which activity of the week; none for the other two."""

    @property
    def words(self) -> str:
        """What is asked, always in the same words."""
        if self.activity is None:
            return question(self.moment, self.knee)
        what = self.activity[:1].upper() + self.activity[1:]
        return f"{what}, {self.knee.value.upper()} knee: how hard was it this week?"

    @property
    def about(self) -> str:
        """What the number is for, in a line above the question."""
        if self.activity is not None:
            return "Once a week, about what is hard for you."
        if self.moment is Moment.EVENING:
            return "The day as a whole, not this moment."
        return "The worst pain on the first stairs after getting up."

    @property
    def ends(self) -> tuple[str, str] | None:
        """The words at the two ends of the scale; none for those of pain."""
        return None if self.activity is None else (EASY, HARDEST)


def due(
    ratings: Iterable[Rating], wishes: Wishes, knees: Sequence[Side], now: datetime, *, first_day: date | None
) -> tuple[Question, ...]:
    """Return what to ask at a start, in this order; nothing on the first day, ``first_day``, or before there is one.

    ``ratings``: those of the last eight days at least, unanswered ones too.
    """
    today = day_of(now)
    if first_day is None or first_day >= today:
        return ()
    known = tuple(ratings)
    return tuple(
        asked for asked in _wanted(wishes, knees, now) if not any(_answers(rating, asked, today) for rating in known)
    )


def is_of_activity(rating: Rating) -> bool:
    """Whether a rating is of an activity, how hard it is, rather than of pain at a moment."""
    return rating.activity is not None and rating.moment is Moment.NOW


def same_activity(one: str, other: str) -> bool:
    """Whether two ways to write an activity mean the same: ``stairs-down`` and ``Stairs down``."""
    return _plain(one) == _plain(other)


def _wanted(wishes: Wishes, knees: Sequence[Side], now: datetime) -> Iterator[Question]:
    if wishes.morning:
        yield from (Question(Moment.MORNING, knee) for knee in knees)
    yield from (Question(Moment.NOW, knee, activity) for activity in wishes.activities for knee in knees)
    if wishes.evening and (now.hour >= EVENING_FROM or now.hour < DAY_STARTS):
        yield from (Question(Moment.EVENING, knee) for knee in knees)


def _answers(rating: Rating, asked: Question, today: date) -> bool:
    """Whether it was asked in its time. After a journey west a rating may be of a day that is still to come."""
    if rating.moment is not asked.moment or rating.knee is not asked.knee:
        return False
    days_ago = (today - day_of(rating.at)).days
    if asked.activity is None:
        return days_ago <= 0
    return days_ago < WEEK_DAYS and rating.activity is not None and same_activity(rating.activity, asked.activity)


def _plain(activity: str) -> str:
    return " ".join(activity.casefold().replace("-", " ").split())
