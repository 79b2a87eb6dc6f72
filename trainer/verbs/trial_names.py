"""The two routines of a test by their names and lengths, and the knee it is about: from library and settings, once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from trainer.core.side import Side
from trainer.core.trial_today import lines_of
from trainer.core.trial_written import OUTSIDE, OUTSIDE_TITLE
from trainer.settings import read_settings
from trainer.verbs.source import LibrarySource

if TYPE_CHECKING:
    from trainer.core.trial_today import TrialToday
    from trainer.library import Library
    from trainer.paths import Folders


class TrialNames:
    """What a test is told with. A routine that is no longer there is named by its id."""

    def __init__(self, folders: Folders) -> None:
        self._source = LibrarySource(folders)
        self.settings = read_settings(folders.settings)[0]

    @cached_property
    def library(self) -> Library:
        """Drills and routines; slow the first time."""
        return self._source.read()

    @property
    def knees(self) -> tuple[Side, ...]:
        """The knee, or knees, whose mornings count; both where nobody said."""
        affected = self.settings.affected_knee
        return (Side.LEFT, Side.RIGHT) if affected is None else affected.knees

    def leads(self, arm: str) -> bool:
        """Whether the app leads through it."""
        return arm != OUTSIDE or arm in self.library.routines

    def of(self, arms: Iterable[str]) -> dict[str, str]:
        """Titles by id."""
        known = {arm: self.library.routines[arm].name for arm in arms if arm in self.library.routines}
        return {OUTSIDE: OUTSIDE_TITLE, **known}

    def minutes(self, arms: Iterable[str]) -> int:
        """Length of the first of them that the app leads through; 0 where there is none."""
        from trainer.core.timeline import Timeline

        for arm in arms:
            if arm in self.library.routines:
                stretch, affected = self.settings.prepare_stretch, self.settings.affected_knee
                routine = self.library.routines[arm]
                timeline = Timeline.of(routine, self.library.drills, affected=affected, stretch=stretch)
                return max(1, round(timeline.total_s / 60))
        return 0

    def lines(self, found: TrialToday, how: str) -> tuple[str, ...]:
        """What today is and what to do; ``how``: how to say that rolling was done."""
        arms = found.standing.plan.arms
        outside = "" if self.leads(OUTSIDE) else OUTSIDE
        return lines_of(found, self.of(arms), minutes=self.minutes(arms), outside=outside, how=how)
