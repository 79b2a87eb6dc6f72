"""A fair test on one of its days: which day it is, what there is to do, how far it is. Never how it looks so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from trainer.core.happening import TrialStatus
from trainer.core.trial import place_of
from trainer.core.trial_words import today_words

if TYPE_CHECKING:
    from datetime import date

    from trainer.core.happening import Trial
    from trainer.core.trial import Standing


@dataclass(frozen=True, slots=True)
class TrialToday:
    """A trial, and what the diary knows of today."""

    trial: Trial
    """As it was written down."""
    standing: Standing
    """How it stands."""
    done: frozenset[str]
    """Ids of the routines that were done today."""
    is_morning_open: bool
    """Whether yesterday counts and this morning's first stairs are not rated yet."""

    @property
    def is_under_way(self) -> bool:
        """Whether there is still something to do in it."""
        return self.trial.status is TrialStatus.RUNNING and not self.standing.is_over

    @property
    def arm(self) -> str | None:
        """Id of the routine of today, where today asks for one."""
        standing = self.standing
        if not self.is_under_way or standing.place is None or standing.is_free_day:
            return None
        return standing.place.arm

    @property
    def is_done(self) -> bool:
        """Whether the routine of today was done."""
        return self.arm is not None and self.arm in self.done

    @property
    def other(self) -> str | None:
        """Id of the routine that today is kept free of."""
        return None if self.arm is None else next(one for one in self.standing.plan.arms if one != self.arm)


def open_morning(standing: Standing, yesterday_done: frozenset[str], is_rated: bool) -> bool:
    """Whether this morning's rating is waited for: yesterday counts, was done, and is not spoilt."""
    yesterday: date = standing.day - timedelta(days=1)
    place = place_of(standing.plan, yesterday)
    return not is_rated and place is not None and place.counts and yesterday_done & {*standing.plan.arms} == {place.arm}


def lines_of(
    found: TrialToday, names: Mapping[str, str], *, minutes: int = 0, outside: str = "", how: str = ""
) -> tuple[str, ...]:
    """Say what today is and what to do. ``names``: titles by id; ``outside``: id of what no app leads through.

    ``minutes``: how long the routine in the app takes, 0 where unknown; ``how``: how to say that the other was done.
    """
    if found.trial.status is TrialStatus.STOPPED:
        return ("The last test was stopped. trainer trial report says what it can.",)
    said = [today_words(found.standing, names)]
    if found.is_under_way and found.is_morning_open:
        said.append("Rate this morning's first stairs first: yesterday counts by them.")
    if found.arm is None or found.other is None:
        return tuple(said)
    other = names.get(found.other, found.other)
    if found.is_done:
        said.append("Done for today. Tomorrow, rate the first stairs.")
    elif found.arm == outside:
        length = f"About {minutes} minutes of it" if minutes else "As long as the other"
        said.append(f"{length}, at your usual time, and no {other} today. {how}".strip())
    else:
        said.append(f"Do it at your usual time, and no {other} today.")
    if not found.is_done:
        said.append("Tomorrow, rate the first stairs. On a bad day leave it: a missed pair is made up at the end.")
    return tuple(said)
