"""From a session to the diary: a row at the start, an outcome at each phase, an ending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from trainer.core.record import Outcome, SessionRecord, Status
from trainer.core.session import Session
from trainer.store import Diary


class Recorder:
    """Keeps one session; what it wrote once it does not write again."""

    def __init__(self, diary: Diary, session: Session, now: Callable[[], datetime], *, id: str, speed: float) -> None:  # noqa: A002
        self.id = id
        self._diary = diary
        self._session = session
        self._now = now
        self._speed = speed
        self._kept: dict[int, Outcome] = {}
        self._is_open = False

    def begin(self) -> None:
        """Write the session's row."""
        timeline = self._session.timeline
        self._is_open = True
        self._diary.begin(
            SessionRecord(
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
        )

    def follow(self) -> None:
        """Write every outcome that is new or changed."""
        for index, outcome in self._session.outcomes:
            if self._kept.get(index) != outcome:
                self._kept[index] = outcome
                self._diary.keep(self.id, index, outcome, self._session.moved_s)

    def end(self, status: Status) -> None:
        """Write how it ended; only the first ending counts."""
        if not self._is_open:
            return
        self._is_open = False
        self.follow()
        self._diary.end(self.id, status, self._now(), self._session.moved_s)
