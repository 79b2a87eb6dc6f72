"""Going on where a session stood: what there is to know of the place, and a session that begins there again.

A place says where a session was, not how it was got there: the phases as they were (with every added second), the
position in them, the pace, what was done, and what was answered before. So it needs no routine file and no settings
to lead back to the same timeline; only the drills themselves come from the library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from trainer.core.ledger import Ledger
from trainer.core.pace import reps_whole, seconds_between
from trainer.core.rating import Moment, Rating
from trainer.core.record import Outcome, SessionRecord, Status
from trainer.core.session import Session
from trainer.core.side import Side
from trainer.core.skipping import left_out_of
from trainer.core.timeline import FLOOR_S, START_S, Phase, PhaseKind, Timeline

GOING_ON = timedelta(hours=2)
"""For so long after its place was last kept, a session can be gone on with. Later the body is cold again."""
ASKED_AFTER = timedelta(hours=2)
"""For so long after a session a rating can still be given as its "after", see ``unrated``."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session stands, and all that is needed to go on from there."""

    session: str
    """Its id; it keeps it."""
    kept_at: datetime
    """When this was so, with the local offset."""
    started_at: datetime
    """When the session started, with the local offset."""
    planned_s: float
    """Length of its timeline when it started."""
    speed: float
    """How many times as fast as the real clock its clock ran."""
    timeline: Timeline
    """As it is by now: what was added is in it."""
    position_s: float
    """Seconds from the start of the timeline."""
    pace: float
    """How many times as fast as planned work runs."""
    moved_s: float
    """Seconds of work so far."""
    outcomes: tuple[tuple[int, Outcome], ...] = ()
    """Phase index and outcome of every phase of work that was left."""
    hurting: tuple[int, ...] = ()
    """Indexes of the phases marked as hurting, the one under way too."""
    before: tuple[tuple[Side, int | None], ...] = ()
    """The knees that were asked about before it, and the answers; None for rather not say."""

    def is_fresh(self, now: datetime) -> bool:
        """Whether it can still be gone on with; a clock that was set meanwhile may be wrong by as much."""
        return abs(now - self.kept_at) <= GOING_ON

    @property
    def is_worth_it(self) -> bool:
        """Whether anything was done that a new start would do again, and anything is left to do."""
        return self.moved_s > 0 and self.position_s < self.timeline.total_s

    @property
    def begins_s(self) -> float:
        """Where to go on: at the start of the repetition under way, of the prepare phase before a first one."""
        phase = self.timeline.phase_at(self.position_s)
        if phase.kind is PhaseKind.REST:
            return self.position_s
        if not phase.is_work or phase.tempo_s is None:
            return phase.start_s
        begun = reps_whole(self.position_s - phase.start_s, phase.tempo_s)
        if phase.reps is not None:
            begun = min(begun, phase.reps - 1)
        if begun:
            return round(phase.start_s + begun * phase.tempo_s, 3)
        before = self.timeline.phases[max(phase.index - 1, 0)]
        return before.start_s if before.drill is phase.drill and before.kind is not PhaseKind.REST else phase.start_s

    @property
    def work(self) -> Phase:
        """The phase of work that is gone on with, or that comes next."""
        here = self.timeline.phase_at(self.position_s)
        later = self.timeline.phases[here.index :]
        return next((phase for phase in later if phase.is_work), here)

    @property
    def rep(self) -> int | None:
        """The repetition that is gone on with, from 1; none where time alone counts."""
        phase = self.work
        if phase.reps is None or phase.tempo_s is None:
            return None
        return min(phase.reps, 1 + reps_whole(max(0.0, self.begins_s - phase.start_s), phase.tempo_s))

    @property
    def time_left_s(self) -> float:
        """Seconds of the clock from there to the end."""
        return seconds_between(self.timeline, self.begins_s, self.timeline.total_s, self.pace)

    def record(self) -> SessionRecord:
        """The session's row in the diary, running again."""
        line = self.timeline
        head = (self.session, line.routine, line.title, self.started_at, None, Status.RUNNING)
        return SessionRecord(*head, self.planned_s, self.moved_s, self.speed)


def take_up(
    place: Place, clock: Callable[[], float], *, known: SessionRecord | None = None, stretch: float = 1.0
) -> Session:
    """A session, not yet started, that goes on from ``place``.

    It begins by getting into position (``stretch`` times as long as usual), then counts three, two, one. ``known`` is
    what the diary says of it: where the place is older than that (the machine lost power), no outcome, no pain mark
    and no second is lost.
    """
    timeline, ledger = place.timeline, Ledger()
    for index, outcome in (*place.outcomes, *_placed(timeline, known.outcomes if known is not None else ())):
        ledger.take_in(timeline.phases[index], outcome)
    for index in place.hurting:
        ledger.mark_hurt(timeline.phases[index])
    ledger.moved_s = max(place.moved_s, known.moved_s if known is not None else 0.0)
    session = Session(timeline, clock)
    session.planned_s = place.planned_s
    phase = timeline.phase_at(place.begins_s)
    # A prepare phase is time to get into position itself; anywhere else there is none.
    ready_s = 0.0 if phase.kind is PhaseKind.PREPARE else FLOOR_S if phase.drill.position.is_on_floor else START_S
    session.take_up(place.begins_s, pace=place.pace, ledger=ledger, ready_s=ready_s * stretch)
    return session


def _placed(timeline: Timeline, outcomes: Iterable[Outcome]) -> Iterable[tuple[int, Outcome]]:
    """The diary's outcomes with their phases: every phase of work leaves one, in order. From a misfit on, none.

    What was left out has no phase.
    """
    known = tuple(outcomes)
    left_out = left_out_of(timeline, known)
    came_up = (outcome for outcome in known if outcome not in left_out)
    for phase, outcome in zip((phase for phase in timeline.phases if phase.is_work), came_up, strict=False):
        if (outcome.drill, outcome.side) != (phase.drill.id, phase.side):
            return
        yield phase.index, outcome


def unrated(record: SessionRecord, knees: Iterable[Side], now: datetime) -> tuple[Side, ...]:
    """The knees whose "after" a session still lacks and that can honestly be asked about now.

    The question is of the pain right now (the drill library's clinical notes, 1.2), and what was felt is remembered as
    worse than it was (1.1), so nobody is asked how the knee was then. An answer given now stands for "after" only while
    it can still show what the session did: soreness that lasts beyond an hour belongs to the hours after (1.6), and the
    change from before to right after is what is compared (2.5). Two hours are our own judgement, no study. Later, or
    once another session has begun, nothing is asked: one more number at a chance moment would say nothing about a trend
    (section 2), and ``r`` rates the knee at any time. Rather not say is an answer. A session without any movement has
    no after, and neither has what was done outside the app: nobody asked before it, and when it was is not known.
    """
    if record.status is Status.RUNNING or record.moved_s <= 0 or not record.was_led:
        return ()
    ended_at = record.ended_at or record.started_at + timedelta(seconds=record.moved_s / max(record.speed, 0.01))
    if abs(now - ended_at) > ASKED_AFTER:
        return ()
    asked = {_knee(rating) for rating in record.ratings}
    return tuple(knee for knee in knees if knee not in asked)


def _knee(rating: Rating) -> Side | None:
    return rating.knee if rating.moment is Moment.AFTER else None
