"""From a session to the diary: a row at the start, an outcome at each phase, an ending; and all the while its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from trainer.core.place import data_of
from trainer.core.record import Outcome, Result, SessionRecord, Status
from trainer.core.resume import Place
from trainer.core.session import Session, State
from trainer.core.side import Side
from trainer.core.skipping import explained, left_out_of
from trainer.store import Diary

if TYPE_CHECKING:
    from trainer.core.skipping import Why
    from trainer.store.under_way import Held
    from trainer.ui.looking_back import Left

EVERY_S = 5.0
"""The place is kept at every change, and so often where nothing changes."""
EVERY_PAUSED_S = 60.0
"""Nothing moves in a pause; only how long ago the person was there."""


class Recorder:
    """Keeps one session; what it wrote once it does not write again."""

    def __init__(
        self,
        diary: Diary,
        session: Session,
        now: Callable[[], datetime],
        *,
        id: str,  # noqa: A002
        speed: float,
        going_on: Left | None = None,
    ) -> None:
        """``going_on``: what is gone on with, where it is not a new session."""
        self.id = id
        self.before: dict[Side, int | None] = {}
        """What was answered before it."""
        self.left_out: tuple[Outcome, ...] = ()
        """What to keep of drills that were left out before it began, as soon as anything is done."""
        self._diary = diary
        self._session = session
        self._now = now
        self._speed = speed
        self._going_on = going_on
        self._held: Held | None = None
        self._started_at: datetime | None = None
        self._kept: dict[int, Outcome] = {}
        self._moved_s = 0.0
        self._shown: object = None
        self._shown_at: datetime | None = None
        self._is_open = False
        if going_on is not None:
            self.before = dict(going_on.place.before)
            known = going_on.record.outcomes if going_on.record is not None else ()
            self.left_out = left_out_of(session.timeline, known)
            self._kept = {index: outcome for index, outcome in self._told if outcome in known}

    def begin(self) -> None:
        """Write the session's row; from now on it is under way in this window."""
        self._is_open = True
        if self._going_on is None:
            self._held, record = self._diary.under_way.hold(self.id), self._first_record()
        else:
            self._held = self._going_on.held
            record = replace(self._going_on.place.record(), moved_s=self._session.moved_s)
        self._started_at = record.started_at
        self._diary.begin(record)

    def follow(self) -> None:
        """Write every outcome that is new or changed."""
        for index, outcome in self._told:
            if self._kept.get(index) != outcome:
                self._kept[index] = outcome
                self._diary.keep(self.id, index, outcome, self._session.moved_s)

    def keep_place(self, *, is_last: bool = False) -> None:
        """Keep where the session stands, where it is time to. Costs next to nothing, may be called at every tick."""
        session, now = self._session, self._now()
        state = session.state
        shown = (session.timeline, session.phase.index, session.rep, state, session.pace, session.hurting)
        every_s = EVERY_PAUSED_S if state is State.PAUSED else EVERY_S
        is_due = self._shown_at is None or abs((now - self._shown_at).total_seconds()) >= every_s
        if self._held is None or self._started_at is None or not self._is_open:
            return
        if not is_last and not is_due and _same(shown, self._shown):
            return
        self._shown, self._shown_at, self._moved_s = shown, now, session.moved_s
        place = Place(
            session=self.id,
            kept_at=now,
            started_at=self._started_at,
            planned_s=session.planned_s,
            speed=self._speed,
            timeline=session.timeline,
            position_s=round(session.position, 3),
            pace=session.pace,
            moved_s=session.moved_s,
            outcomes=session.outcomes,
            hurting=session.hurting,
            before=tuple(self.before.items()),
        )
        self.follow()  # a place that is worth going on with finds in the diary what was left out
        self._held.keep(data_of(place))

    def end(self, status: Status) -> None:
        """Write how it ended; only the first ending counts. What was interrupted leaves its place to the next start."""
        if not self._is_open:
            return
        if status is Status.INTERRUPTED:
            self.keep_place(is_last=True)
        self._is_open = False
        self.follow()
        self._diary.end(self.id, status, self._now(), self._session.moved_s)
        if self._held is not None:
            self._held.let_go() if status is Status.INTERRUPTED else self._held.forget()

    def explain(self, drill: str, why: Why) -> bool:
        """Write down why a drill (id) was skipped, on each side on which it was; says whether that is on the disk."""
        is_kept = True
        for index, outcome in self._told:
            if outcome.drill == drill and outcome.result is Result.SKIPPED:
                is_kept = self._diary.keep(self.id, index, explained(outcome, why), self._session.moved_s) and is_kept
        return is_kept

    def end_at_last(self) -> None:
        """The last resort, from any thread, once the app stands still: at least say that it was interrupted."""
        if self._is_open:
            self._diary.end_at_last(self.id, self._now(), self._moved_s)

    @property
    def _told(self) -> tuple[tuple[int, Outcome], ...]:
        """What was left out, before the phase 0 so that a record only grows, then what became of each phase.

        Nothing counts as left out where nothing was done.
        """
        left_out = self.left_out if self._session.moved_s > 0 else ()
        return (*enumerate(left_out, -len(left_out)), *self._session.outcomes)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every drill that was left out, then what became of those that came up."""
        return tuple(outcome for _, outcome in self._told)

    def _first_record(self) -> SessionRecord:
        timeline = self._session.timeline
        return SessionRecord(
            id=self.id,
            routine=timeline.routine,
            title=timeline.title,
            started_at=self._now(),
            ended_at=None,
            status=Status.RUNNING,
            planned_s=self._session.planned_s,
            moved_s=0.0,
            speed=self._speed,
        )


def _same(shown: object, before: object) -> bool:
    """Whether nothing changed; a timeline is looked at by identity, which is quick."""
    match shown, before:
        case (first, *others), (then, *others_then):
            return first is then and others == others_then
    return False
