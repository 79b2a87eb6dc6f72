"""When the app suggests to go easier or to see someone: said once each, offered, and never in front of a rating."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from trainer.core.caution import (
    BAD_MORNINGS,
    HIGH_BEFORE,
    HIGH_RATING,
    USUAL_WITHIN_DAYS,
    Caution,
    after_rating,
    before_session,
    this_morning,
    unsaid,
    usual_morning,
)
from trainer.core.day import before_day, day_of
from trainer.core.rating import Moment
from trainer.settings import MOST_SAID
from trainer.ui.moments import Moments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from trainer.core.side import Side
    from trainer.library import Library

QUESTIONS, GO_ON, NOT_TODAY = "?questions", "?go-on", "?not-today"
"""Ways to go on; no routine has such an id."""


class Caring(Moments):
    """The part of the app that minds the rules of core/caution.py."""

    library: Library | None = None

    def is_unsaid(self, caution: Caution) -> bool:
        """Whether it was not said yet, on its occasion."""
        return bool(unsaid((caution,), self.kit.settings.cautions_said))

    def mark_said(self, *cautions: Caution) -> None:
        """Remember what was said, so that it is said once."""
        said = dict.fromkeys((*self.kit.settings.cautions_said, *(caution.key for caution in cautions)))
        self.keep_settings(cautions_said=tuple(said)[-MOST_SAID:])

    async def care_before(self, scores: Mapping[Side, int | None], routine: str) -> str | None:
        """Offer what suits a high rating before a session; gives the routine to do, none for a rest."""
        today = day_of(self.kit.now())
        met = [
            caution
            for knee, score in scores.items()
            if score is not None
            and (caution := before_session(score, usual_morning(self._mornings(knee), until=today), today=today))
        ]
        found = sorted(met, key=lambda caution: caution.rule is not HIGH_BEFORE)
        if not found or not self.is_unsaid(found[0]) or self.library is None:
            return routine
        self.mark_said(*found)
        offered = [name for name in found[0].rule.routines if name != routine and name in self.library.routines]
        titles = [(name, f"{self.library.routines[name].name} instead") for name in offered]
        ways = (*titles, (NOT_TODAY, "Not today"), (GO_ON, f"Go on with {self.library.routines[routine].name}"))
        chosen = await self._offer(found[0].rule.words, ways)
        return {GO_ON: routine, NOT_TODAY: None}.get(chosen, chosen)

    async def care_after(self, scores: Iterable[int | None]) -> None:
        """Offer the questions after a rating of 8 or more, where they were not offered that day."""
        today = day_of(self.kit.now())
        high = [caution for score in scores if score is not None and (caution := after_rating(score, today=today))]
        if high and self.is_unsaid(high[0]) and self.is_unsaid(Caution(HIGH_BEFORE, today)):
            self.mark_said(high[0])
            await self._offer(HIGH_RATING.words, ((GO_ON, "Not now"),))

    async def care_morning(self) -> None:
        """After three bad mornings running, once: suggest a professional."""
        today = day_of(self.kit.now())
        for knee in self.knees():
            for caution in this_morning(self._mornings(knee), today=today):
                if caution.rule is BAD_MORNINGS and self.is_unsaid(caution):
                    self.mark_said(caution)
                    await self._offer(caution.rule.words, ((GO_ON, "Thank you"),))

    async def _offer(self, words: str, ways: tuple[tuple[str, str], ...]) -> str:
        """Words and ways; the questions may be looked through first, their advice stands above then."""
        from trainer.ui.care import CareCard, QuestionsScreen

        every = ((QUESTIONS, "A few questions"), *ways)
        while (chosen := await self.push_screen_wait(CareCard(words, every))) == QUESTIONS:
            words = await self.push_screen_wait(QuestionsScreen()) or words
        return chosen

    def _mornings(self, knee: Side) -> dict[date, float]:
        """The answered mornings of a knee that can still matter, each day's last answer."""
        now = self.kit.now()
        since = before_day(day_of(now) - timedelta(days=2 * USUAL_WITHIN_DAYS), now)
        ratings = self.kit.diary.read(lambda store: store.ratings(since=since, knee=knee, moment=Moment.MORNING), ())
        return {day_of(rating.at): float(rating.score) for rating in reversed(ratings) if rating.score is not None}
