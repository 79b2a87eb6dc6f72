"""The moments at which the app asks about the knee: around a session, just now, and what is due at a start."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.core.errors import TrainerError
from trainer.ui.hearing import Hearing

if TYPE_CHECKING:
    from trainer.core.asking import Question
    from trainer.core.rating import Moment, Rating
    from trainer.core.side import Side

LAST_GIVEN = 20
"""Ratings that are remembered here, for a diary that is out of reach."""


class Moments(Hearing):
    """The part of the app that asks for ratings."""

    given: tuple[Rating, ...] = ()
    """The last ratings that were given in this window, oldest first."""

    def complain(self, error: TrainerError) -> None:
        """One toast about what went wrong."""
        self.notify(error.hint, title=error.message, severity="warning", timeout=10, markup=False)

    def keep_settings(self, **changes: object) -> None:
        """Change settings, for now and for the next start; tell where they cannot be written."""
        try:
            self.kit.keep(**changes)
        except TrainerError as error:
            self.complain(error)

    def knees(self) -> tuple[Side, ...]:
        """Those that are asked about."""
        from trainer.ui.due import affected_knees

        return affected_knees(self.kit.settings)

    async def rate_knees(
        self,
        moment: Moment,
        session_id: str | None,
        *,
        at_s: float | None = None,
        about: str = "",
        knees: tuple[Side, ...] | None = None,
    ) -> dict[Side, int | None]:
        """Ask about each affected knee; every answer is on the disk before the next screen.

        Who goes back from a question is asked no more: the knees that are left are not among the answers.
        """
        from trainer.core.asking import Question

        scores: dict[Side, int | None] = {}
        for knee in self.knees() if knees is None else knees:
            rating = await self._rate(Question(moment, knee), session_id, at_s=at_s, about=about)
            if rating is None:
                break
            scores[knee] = rating.score
        return scores

    def is_due(self, moment: Moment) -> bool:
        """Whether there is a question of this moment to ask now."""
        from trainer.ui.due import due_now

        return any(asked.moment is moment for asked in due_now(self.kit.diary, self.kit.settings, self.kit.now()))

    async def ask_due(self, *moments: Moment) -> bool:
        """Ask what is due at this time, or of that only these moments; says whether anything was answered or left.

        Where there is nothing to say yet about the first stairs, neither is there for the other knee.
        """
        from trainer.core.rating import Moment
        from trainer.ui.due import due_now

        waits, is_any = False, False
        for asked in due_now(self.kit.diary, self.kit.settings, self.kit.now()):
            if (moments and asked.moment not in moments) or (waits and asked.moment is Moment.MORNING):
                continue
            rating = await self._rate(asked, None, about=asked.about)
            waits = waits or rating is None
            is_any = is_any or rating is not None
        if is_any and self.kit.diary.retry():
            self.notify("Saved.", timeout=3, markup=False)
        return is_any

    async def _rate(
        self, asked: Question, session_id: str | None, *, at_s: float | None = None, about: str = ""
    ) -> Rating | None:
        """One question; none where it stays open."""
        from trainer.core.rating import Rating
        from trainer.store import new_id
        from trainer.ui.rate import RateScreen

        answer = await self.push_screen_wait(RateScreen(asked, about=about, is_ascii=self.kit.is_ascii))
        if answer.is_open:
            return None
        rating = Rating(
            id=new_id(),
            at=self.kit.now(),
            moment=asked.moment,
            knee=asked.knee,
            score=answer.score,
            activity=asked.activity,
            note=answer.note,
            session=session_id,
        )
        self._keep_rating(rating)
        self.given = (*self.given, rating)[-LAST_GIVEN:]
        if self.kit.events is not None:
            self.kit.events.rated(at_s or 0.0, rating)
        return rating

    def _keep_rating(self, rating: Rating) -> None:
        """Keep a rating; a note that is no plain text must not cost the score."""
        try:
            self.kit.diary.rate(rating)
        except TrainerError as error:
            self.complain(error)
            self.kit.diary.rate(replace(rating, note=None))
