"""The course of a warm-up over the screens: how is the knee, the session, how is the knee now, what it came to.

It begins at home, or where an ended window left off. With the app itself this is the only place that knows the screens.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from trainer.core.errors import TrainerError
from trainer.ui.caring import Caring

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from trainer.core.routine import Routine
    from trainer.core.session import Session
    from trainer.core.side import Side
    from trainer.ui.leaving import Leaving
    from trainer.ui.looking_back import Left
    from trainer.ui.recorder import Recorder
    from trainer.ui.speaker import Speaker


class Course(Caring):
    """The part of the app that leads through a warm-up."""

    leaving: Leaving

    def refresh_home(self) -> None:
        """Show at home what the diary says now; the app knows how."""

    @work(exclusive=True, group="train")
    async def train(
        self, routine_id: str, *, skips_before: bool = False, left_out: frozenset[str] = frozenset()
    ) -> None:
        """One warm-up: how is the knee, the session, how is the knee now, what it came to.

        ``left_out``: drills (ids) that are not done today, in whichever routine it comes to.
        """
        from trainer.core.rating import Moment
        from trainer.core.routine import leave_out
        from trainer.core.session import Session
        from trainer.core.skipping import skipped_beforehand
        from trainer.core.timeline import Timeline
        from trainer.store import new_id
        from trainer.ui.recorder import Recorder

        if self.library is None:
            return
        kit, settings = self.kit, self.kit.settings
        routines, drills, id_ = self.library.routines, self.library.drills, new_id()

        def shape(one: Routine) -> Routine:
            return leave_out(one, left_out)

        def compile_(one: Routine) -> Timeline:
            return Timeline.of(one, drills, affected=settings.affected_knee, stretch=settings.prepare_stretch)

        routine = routines[routine_id]
        timeline = compile_(shape(routine))
        making = asyncio.create_task(self.make_speaker(timeline))
        before: dict[Side, int | None] = {}
        if settings.ask_before and not skips_before:
            before = await self.rate_knees(Moment.BEFORE, id_, at_s=0.0)
            if len(before) < len(self.knees()):
                await making
                await self.care_high()
                self.refresh_home()
                return
        chosen, said = await self.care_before(before, routine, asks=not skips_before, shape=shape)
        if chosen != shape(routine):
            await making
            self.refresh_home()
            if chosen is None:
                return
            timeline = compile_(chosen)
            making = asyncio.create_task(self.make_speaker(timeline))
        session = Session(timeline, kit.clock)
        recorder = Recorder(kit.diary, session, kit.now, id=id_, speed=kit.clock.speed)
        recorder.before = before
        if chosen.id == routine.id:
            recorder.left_out = skipped_beforehand(compile_(routine), left_out)
        await self._perform(session, recorder, making, said=said)

    async def _perform(
        self, session: Session, recorder: Recorder, making: Awaitable[Speaker], *, said: str = ""
    ) -> None:
        """From here to the summary, a new session or one that is gone on with; ``said`` in passing as it begins."""
        from trainer.core.rating import Moment
        from trainer.ui.session import SessionScreen, Surroundings
        from trainer.ui.summary import SummaryScreen, tally_of

        assert self.library is not None
        speaker = await making
        self.leaving.at_last = recorder.end_at_last
        around = Surroundings(session, recorder, speaker, self.library.body)
        ended = self.push_screen(SessionScreen(around, self.kit), wait_for_dismiss=True)
        if said:
            self.notify(said, timeout=6, markup=False)
        await ended
        after: dict[Side, int | None] = {}
        if self.kit.settings.ask_after:
            after = await self.rate_knees(Moment.AFTER, recorder.id, at_s=session.position)
            await self.care_high()
        names = {drill.id: drill.name for drill in self.library.drills.values()}
        advice = self.care_after(recorder.before, after)
        done, diary = recorder.outcomes, self.kit.diary
        tally = tally_of(session, done, names, before=recorder.before, after=after, diary=diary, advice=advice)
        await self.push_screen_wait(SummaryScreen(tally, glyphs=self.kit.glyphs, explain=recorder.explain))
        self.refresh_home()
        self.kit.settled()

    # What an ended window left

    @work(group="train")
    async def begin(self) -> None:
        """What was cut off or never rated, then what is due today, where it may be asked; then what was ordered.

        Whatever somebody was quick enough to begin at home comes before it.
        """
        await self.until_free()
        order = self.kit.order
        if self.library is not None and not order.skips_before:
            if not await self._settle_past(order.routine):
                return
            if await self.ask_due():
                self.refresh_home()
            await self.care_start(goes_on=order.routine is not None)
        if self.library is not None and order.routine is not None:
            self._follow_order(order.routine)

    async def _settle_past(self, ordered: str | None) -> bool:
        """Go on with what was cut off, or ask for its rating; False where the warm-up has been done by that.

        Who orders another routine is asked nothing now, but at the next start, while that makes sense.
        """
        from trainer.ui.go_on import GoOnScreen, Offer
        from trainer.ui.looking_back import drop, find_left

        assert self.library is not None
        diary, now = self.kit.diary, self.kit.now()
        left = find_left(diary, self.library.drills, now)
        if left is None:
            await self._rate_late(ordered)
            return True
        if ordered is not None and ordered != left.place.timeline.routine:
            left.held.let_go()
            return True
        try:
            goes_on = await self.push_screen_wait(GoOnScreen(Offer.of(left.place, now)))
        except BaseException:  # the window is closed over the question: that is no answer
            left.held.let_go()
            raise
        if goes_on:
            await self._go_on(left)
            return False
        drop(diary, left)
        await self._rate_late(ordered)
        return True

    async def _go_on(self, left: Left) -> None:
        from trainer.core.resume import take_up
        from trainer.ui.recorder import Recorder

        kit, place = self.kit, left.place
        session = take_up(place, kit.clock, known=left.record, stretch=kit.settings.prepare_stretch)
        recorder = Recorder(kit.diary, session, kit.now, id=place.session, speed=place.speed, going_on=left)
        await self._perform(session, recorder, self.make_speaker(session.timeline))

    async def _rate_late(self, ordered: str | None) -> None:
        """Ask for the rating that was never given, saying what for; not where another routine is wanted at once."""
        from trainer.core.rating import Moment
        from trainer.core.when import moment_words
        from trainer.ui.looking_back import find_unrated

        now = self.kit.now()
        found = find_unrated(self.kit.diary, self.knees(), now) if self.kit.settings.ask_after else None
        if found is None:
            return
        record, knees = found
        if ordered not in (None, record.routine):
            return
        about = f"After {record.title}, {moment_words(record.started_at, now)}"
        after = await self.rate_knees(Moment.AFTER, record.id, about=about, knees=knees)
        given = {rating.knee: rating.score for rating in record.ratings if rating.moment is Moment.BEFORE}
        if advice := self.care_after(given, after):
            self.notify(advice, timeout=10, markup=False)
        if self.kit.diary.retry():
            self.notify("Saved.", timeout=3, markup=False)
        self.refresh_home()

    def _follow_order(self, routine: str) -> None:
        from trainer.library.find import find_routine

        assert self.library is not None
        try:
            self.train(find_routine(self.library, routine).id, skips_before=self.kit.order.skips_before)
        except TrainerError as error:
            self.complain(error)
