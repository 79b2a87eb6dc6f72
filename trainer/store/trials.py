"""The fair test in the diary: the one under way, what was done on its days, and the mornings after them.

Nothing of how it goes is kept twice: a day counts by the warm-up and the rating that the diary has anyway, so what is
corrected there is right here too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from trainer.core.day import before_day, day_of
from trainer.core.errors import UsageError
from trainer.core.happening import Trial, TrialStatus
from trainer.core.rating import Moment
from trainer.core.record import SessionRecord, Status
from trainer.core.trial import Plan, Standing, stand
from trainer.core.trial_power import own_spread, power_of
from trainer.core.trial_today import TrialToday, open_morning
from trainer.core.trial_words import Answer, answer
from trainer.core.trial_written import OUTSIDE, OUTSIDE_TITLE, read_trial, stop_trial
from trainer.store.charting import around
from trainer.store.happenings import list_trials, written_happenings
from trainer.store.rows import new_id, time_from

if TYPE_CHECKING:
    from trainer.core.side import Side
    from trainer.store.reading import Reader
    from trainer.store.store import Store

ENOUGH_MOVED = 0.5
"""Share of a warm-up's length that must have been spent moving, for its day to count as done (our choice)."""
MOST_RATINGS = 20_000
"""Mornings read at the most: both knees, over the longest test there can be."""
SPREAD_DAYS = 84
"""Days before a test from which one's own spread is taken."""
UNDER_WAY = (
    "A test is under way already.",
    "t at home tells how far it is and ends it; so do trainer trial and trainer trial stop.",
)
"""Why no other one can begin, and what to do, in the app and in a shell."""


def current_trial(reader: Reader) -> Trial | None:
    """The one under way, or else the one that ended last; the later where two laptops each had one."""
    found = list_trials(reader)
    running = [trial for trial in found if trial.status is TrialStatus.RUNNING]
    return next(iter((running or list(found))[-1:]), None)


def begin_trial(store: Store, trial: Trial, knees: Sequence[Side], today: date) -> None:
    """Writes its whole order down. Raises UsageError, and writes nothing, while another one is under way."""
    with store.writing() as write:
        closed = []
        for other in list_trials(store):
            if other.status is TrialStatus.RUNNING:
                if not standing_of(store, other, knees, today).is_over:
                    raise UsageError(*UNDER_WAY)
                closed.append(replace(other, status=TrialStatus.FINISHED))
        for statement, values in written_happenings(*closed, trial):
            write(statement, values)


def close_done(store: Store, found: TrialToday) -> None:
    """Keeps that a test is finished, once its answer was told; one that merely lies in the past is left as it is."""
    standing, trial = found.standing, found.trial
    if trial.status is TrialStatus.RUNNING and standing.done == standing.plan.pairs:
        with store.writing() as write:
            finished = replace(trial, status=TrialStatus.FINISHED)
            for statement, values in written_happenings(finished):
                write(statement, values)


def end_trials(store: Store, today: date) -> None:
    """Stops whatever is under way, keeping the pairs that have passed."""
    with store.writing() as write:
        running = [trial for trial in list_trials(store) if trial.status is TrialStatus.RUNNING]
        for statement, values in written_happenings(*(stop_trial(trial, today) for trial in running)):
            write(statement, values)


def note_outside(store: Store, at: datetime) -> bool:
    """Keeps that what is done outside the app was done; False where that day has it already."""
    day = day_of(at)
    if OUTSIDE in done_days(store, day, day).get(day, ()):
        return False
    store.begin(SessionRecord(new_id(), OUTSIDE, OUTSIDE_TITLE.capitalize(), at, at, Status.FINISHED, 0.0, 0.0, 1.0))
    return True


def written_plan(trial: Trial) -> Plan:
    """The plan of a trial. Raises UsageError where its days were changed so that they are none."""
    try:
        return read_trial(trial)
    except ValueError:
        raise UsageError(
            "The days of this test make no sense any more: somebody changed them.",
            "t at home and then x ends it; so does trainer trial stop --yes.",
        ) from None


def standing_of(reader: Reader, trial: Trial, knees: Sequence[Side], today: date) -> Standing:
    """How a trial stands, by what was done and rated. Raises UsageError where its days make no sense."""
    plan = written_plan(trial)
    last = plan.start + timedelta(days=len(plan.order) * plan.pair_days)
    # A test that was ended is judged by all its days, however the clock stands.
    day = today if trial.status is TrialStatus.RUNNING else max(today, last)
    done = done_days(reader, plan.start, last)
    return stand(plan, done=done, mornings=mornings_of(reader, plan.start, last, knees), today=day)


def look_today(reader: Reader, knees: Sequence[Side], today: date) -> TrialToday | None:
    """The test under way, or the last one, as it is today; None where there never was one. Raises UsageError."""
    trial = current_trial(reader)
    if trial is None:
        return None
    standing = standing_of(reader, trial, knees, today)
    yesterday = today - timedelta(days=1)
    done = done_days(reader, yesterday, today)
    is_rated = today in mornings_of(reader, today, today, knees)
    is_open = open_morning(standing, done.get(yesterday, frozenset()), is_rated)
    return TrialToday(trial, standing, done.get(today, frozenset()), is_open)


def judge(reader: Reader, found: TrialToday, knees: Sequence[Side], names: Mapping[str, str]) -> Answer:
    """What a test says at its end; before that, only how far it is. ``names``: titles of the routines by id."""
    standing, plan = found.standing, found.standing.plan
    power = None
    if standing.done and not found.is_under_way:
        spread = own_spread(spread_mornings(reader, plan.start, knees))
        power = power_of(standing.done, spread, block_days=plan.block_days, washout_days=plan.washout_days)
    is_stopped = found.trial.status is TrialStatus.STOPPED
    return answer(standing, ended=is_stopped, names=names, power=power, changes=changes_of(reader, plan))


def done_days(reader: Reader, first: date, last: date) -> dict[date, frozenset[str]]:
    """Which routines (ids) were done on each of these days: at least half of their length spent moving."""
    found: dict[date, frozenset[str]] = {}
    for text, routine, planned, moved in reader.rows(
        "SELECT started_at, routine, planned_s, moved_s FROM sessions "
        "WHERE started_us BETWEEN ? AND ? AND deleted_us IS NULL AND status <> 'running'",
        around(first, last),
    ):
        try:
            day = day_of(time_from(text))
            is_done = float(moved) >= ENOUGH_MOVED * float(planned)
        except (TypeError, ValueError):
            continue
        if is_done and first <= day <= last:
            found[day] = found.get(day, frozenset()) | {str(routine)}
    return found


def changes_of(reader: Reader, plan: Plan) -> dict[str, tuple[float, ...]]:
    """Right after less before, one knee at a time, of each session of the two routines on the days of the plan."""
    last = plan.start + timedelta(days=len(plan.order) * plan.pair_days)
    found: dict[str, list[float]] = {arm: [] for arm in plan.arms}
    rows = reader.rows(
        "SELECT s.routine, a.score - b.score FROM sessions s "
        "JOIN ratings b ON b.session = s.id AND b.moment = 'before' AND b.deleted_us IS NULL "
        "JOIN ratings a ON a.session = s.id AND a.moment = 'after' AND a.deleted_us IS NULL AND a.knee = b.knee "
        "WHERE s.started_us BETWEEN ? AND ? AND s.deleted_us IS NULL "
        "AND typeof(a.score) = 'integer' AND typeof(b.score) = 'integer'",
        around(plan.start, last),
    )
    for routine, change in rows:
        if routine in found:
            found[routine].append(float(change))
    return {arm: tuple(changes) for arm, changes in found.items()}


def mornings_of(reader: Reader, first: date, last: date, knees: Sequence[Side]) -> dict[date, float]:
    """The first stairs of each morning, by the first answer of the day; of two knees their mean, given both."""
    since = before_day(first, datetime(first.year, first.month, first.day, tzinfo=UTC))
    given: dict[date, dict[Side, float]] = {}
    for rating in reversed(reader.ratings(since=since, moment=Moment.MORNING, limit=MOST_RATINGS)):
        day = day_of(rating.at)
        if rating.score is not None and rating.knee in knees and first <= day <= last + timedelta(days=1):
            given.setdefault(day, {}).setdefault(rating.knee, float(rating.score))
    return {day: sum(one.values()) / len(one) for day, one in given.items() if len(one) == len(knees)}


def spread_mornings(reader: Reader, before: date, knees: Sequence[Side]) -> dict[date, float]:
    """The mornings of the last weeks before a day: how they wander is what a test has to be told from."""
    return mornings_of(reader, before - timedelta(days=SPREAD_DAYS), before - timedelta(days=1), knees)
