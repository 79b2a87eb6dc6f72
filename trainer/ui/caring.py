"""When the app suggests to go easier or to see someone: said once each, offered, and never in front of a rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.ui.moments import Moments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from trainer.core.caution import Caution
    from trainer.core.routine import Routine
    from trainer.core.side import Side
    from trainer.library import Library

QUESTIONS = "questions"


class Caring(Moments):
    """The part of the app that does what the rules of core/care.py name."""

    library: Library | None = None

    def not_said(self, cautions: Iterable[Caution]) -> tuple[Caution, ...]:
        """Those that were not said yet, on their occasion."""
        from trainer.core.caution import unsaid

        return unsaid(tuple(cautions), self.kit.settings.cautions_said)

    def mark_said(self, *cautions: Caution) -> None:
        """Remember what was said, so that it is said once."""
        from trainer.core.caution import remembered

        self.keep_settings(cautions_said=remembered(self.kit.settings.cautions_said, *cautions))

    # Around a session

    async def care_before(
        self,
        scores: Mapping[Side, int | None],
        routine: Routine,
        *,
        asks: bool = True,
        shape: Callable[[Routine], Routine] = lambda routine: routine,
    ) -> tuple[Routine | None, str]:
        """Offer what suits the ratings before a session and after the last one.

        Gives what to do, none for a rest, and what is to be said of it in passing. ``asks``: whether anything may be
        asked now; ``shape`` is laid upon every routine that comes of it.
        """
        from trainer.core.caution import after_ratings
        from trainer.core.rating import Moment
        from trainer.ui.easing import is_less_due
        from trainer.ui.offer import make_offer

        if self.library is None:
            return shape(routine), ""
        met = self._met_before(scores)
        found = next(iter(met), None)
        offer = make_offer(
            routine,
            self.library,
            rule=None if found is None else found.rule,
            is_new=bool(self.not_said(met[:1])),
            is_less=is_less_due(self.kit.diary),
            shape=shape,
        )
        if not offer.ways or not asks:
            return offer.routine, "" if offer.routine.name == routine.name else f"This time: {offer.routine.name}."
        self.mark_said(*met, *(one for one in after_ratings(self.given) if one.moment is Moment.BEFORE))
        names = tuple((f"way-{place}", words) for place, (_, words) in enumerate(offer.ways))
        chosen = await self._offer(offer.words, names, has_questions=offer.has_questions)
        return dict(zip((name for name, _ in names), (way for way, _ in offer.ways), strict=True))[chosen], ""

    def care_after(self, before: Mapping[Side, int | None], after: Mapping[Side, int | None]) -> str:
        """What is to be said of a session that ended clearly higher than it began; empty where there is nothing."""
        from trainer.core.care import MORE_AFTER
        from trainer.core.caution import after_session
        from trainer.core.day import day_of

        caution = after_session(before, after, today=day_of(self.kit.now()))
        new = self.not_said(() if caution is None else (caution,))
        if not new:
            return ""
        self.mark_said(*new)
        return MORE_AFTER.words

    # At any moment

    async def care_high(self) -> None:
        """Offer the questions after a high rating of today, whatever its moment and wherever it was given."""
        await self._say(self._high())

    async def care_start(self, *, goes_on: bool = False) -> None:
        """Say what the ratings of today, this morning and the last week ask for, all on one card.

        ``goes_on``: whether a warm-up begins at once; then there is nothing to be said in passing.
        """
        from trainer.ui.easing import of_this_morning, of_this_week

        diary, now, knees = self.kit.diary, self.kit.now(), self.knees()
        mornings = of_this_morning(diary, knees, now)
        await self._say((*self._high(), *mornings, *of_this_week(diary, knees, now)), goes_on=goes_on)

    # Inside

    def _high(self) -> tuple[Caution, ...]:
        from trainer.core.caution import after_ratings
        from trainer.ui.easing import ratings_of_today

        return after_ratings(ratings_of_today(self.kit.diary, self.kit.now(), self.given))

    def _met_before(self, scores: Mapping[Side, int | None]) -> list[Caution]:
        """What the ratings before a session ask for, the strongest first."""
        from trainer.core.care import HIGH_BEFORE
        from trainer.core.caution import before_session
        from trainer.core.day import day_of
        from trainer.ui.easing import usual_of

        now = self.kit.now()
        met = (
            before_session(score, usual_of(self.kit.diary, knee, now), today=day_of(now))
            for knee, score in scores.items()
            if score is not None
        )
        return sorted((one for one in met if one is not None), key=lambda one: one.rule is not HIGH_BEFORE)

    async def _say(self, cautions: Sequence[Caution], *, goes_on: bool = False) -> None:
        """Say what was not said yet: on a card where there is something to do or to see to, else in passing."""
        from trainer.core.care import BAD_MORNING, BAD_MORNINGS, TAKE_ALONG, Care

        new = self.not_said(cautions)
        if not new:
            return
        self.mark_said(*new)
        care = {care for caution in new for care in caution.rule.care}
        rules = dict.fromkeys(caution.rule for caution in new)
        words = [rule.words for rule in rules if not (rule is BAD_MORNING and BAD_MORNINGS in rules)]
        if not (goes_on or care & {Care.QUESTIONS, Care.PROFESSIONAL}):
            self.notify(" ".join(words), timeout=8, markup=False)
            return
        told = (*words, *([TAKE_ALONG] if Care.PROFESSIONAL in care else []))
        await self._offer(told, (("on", "Go on"),), has_questions=Care.QUESTIONS in care)

    async def _offer(self, words: Sequence[str], ways: tuple[tuple[str, str], ...], *, has_questions: bool) -> str:
        """Words and ways; the questions may be looked through first.

        Their advice stands above then, and the last way, which escape takes, is a rest where there is one.
        """
        from trainer.ui.care import CareCard, QuestionsScreen
        from trainer.ui.offer import NOT_TODAY

        said, every = "\n\n".join(words), (((QUESTIONS, "A few questions"),) if has_questions else ()) + ways
        while (chosen := await self.push_screen_wait(CareCard(said, every))) == QUESTIONS:
            if advice := await self.push_screen_wait(QuestionsScreen()):
                said, every = advice, tuple(sorted(every, key=lambda way: way[1] == NOT_TODAY))
        return chosen
