"""What the diary says of some days, in the words and rows of the page for the appointment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from trainer.core.day import before_day, day_of
from trainer.core.drill_record import drill_records
from trainer.core.phases import compare
from trainer.core.rating import Moment
from trainer.core.record import SessionRecord, Status
from trainer.core.trend import daily
from trainer.core.trial_power import own_spread
from trainer.core.weeks import monday_of, weeks
from trainer.drawing.chart_svg import chart_svg
from trainer.drawing.days import day_words
from trainer.drawing.series import WINDOW, Point
from trainer.past import beside, days_before, judge_knee, regularity_words
from trainer.report import DrillRow, KneePart, NoteRow
from trainer.store.charting import each_given, first_warm_up
from trainer.store.happenings import list_events, list_freezes

if TYPE_CHECKING:
    from trainer.core.side import Side
    from trainer.store import Store

MOST_NOTES = 500
_ASKED = {Moment.MORNING: "first stairs of the day", Moment.AFTER: "after sessions"}


def rated_knees(store: Store, first: date, last: date) -> set[str]:
    """The knees with a rating in these days."""
    return {one.knee for one in each_given(store, first, last)}


def knee_part(store: Store, knee: Side, first: date, last: date) -> KneePart:
    """Chart, sentence and weeks of one knee."""
    said = judge_knee(store, knee, first, last)
    moment = Moment(said.series)
    given = each_given(store, days_before(first, WINDOW - 1), last, knee)
    judged = [(one.day, one.score) for one in given if one.moment == moment.value]
    pairs = [(day, score) for day, score in judged if day >= first]
    title = f"{knee.value.capitalize()} knee, {_ASKED[moment]}: {said.sentence}"
    return KneePart(
        knee=knee.value,
        chart=chart_svg(
            (Point(*one) for one in given), start=first, end=last, extras=beside(store, first, last), title=title
        ),
        asked=_ASKED[moment],
        sentence=said.sentence,
        compared=_compared(store, pairs, last) if moment is Moment.MORNING else "",
        weeks=weeks([one for one in judged if one[0] >= monday_of(first)], today=last),
    )


def _compared(store: Store, pairs: Iterable[tuple[date, int]], last: date) -> str:
    """Mornings up to the first warm-up against those since, where these days hold enough of both."""
    start = first_warm_up(store)
    if start is None or start > last:
        return ""
    by_day = daily(pairs)
    # The morning of the day of the first warm-up came before it.
    before = [value for day, value in sorted(by_day.items()) if day <= start]
    since = [value for day, value in sorted(by_day.items()) if day > start]
    found = compare(before, since, own_spread(by_day))
    return "" if found is None else f"Baseline is up to the first warm-up, {_day(start)}. {found.words}"


def warm_up_words(store: Store, sessions: Iterable[SessionRecord], first: date, last: date) -> tuple[str, ...]:
    """How many warm-ups, of what, how long, how regularly."""
    records = tuple(sessions)
    counted = (last - first).days + 1
    if not records:
        return (f"No warm-up in these {counted} days.",)
    days = len({day_of(record.started_at) for record in records})
    many = "warm-up" if len(records) == 1 else "warm-ups"
    said = [f"{len(records)} {many} on {days} of {counted} days, {_time(sum(r.moved_s for r in records))} of moving."]
    early = sum(record.status in (Status.STOPPED, Status.INTERRUPTED) for record in records)
    said += [f"{early} ended early."] if early else []
    often = Counter(record.title for record in records).most_common(4)
    said += [f"Mostly: {', '.join(f'{title} ({count})' for title, count in often)}."]
    return (*said, regularity_words(store, last))


def drill_rows(sessions: Iterable[SessionRecord], names: Mapping[str, str]) -> tuple[DrillRow, ...]:
    """The drills that hurt in these sessions, the most frequent first."""
    records = tuple(sessions)
    return tuple(
        DrillRow(
            name=names.get(one.drill, one.drill),
            side=one.side.value,
            times=one.times,
            hurt=one.hurt,
            last=None if one.hurt_at is None else day_of(one.hurt_at),
        )
        for one in drill_records(records, last=max(len(records), 1))
        if one.hurt
    )


def changes(store: Store, first: date, last: date) -> tuple[tuple[str, str], ...]:
    """Events, days off and the first warm-up of these days, oldest first."""
    found = [(event.day, _day(event.day), event.words) for event in list_events(store, since=first)]
    for freeze in list_freezes(store, since=first):
        until = "on" if freeze.last_day is None else f"to {_day(freeze.last_day)}"
        when = _day(freeze.first_day) if freeze.last_day == freeze.first_day else f"{_day(freeze.first_day)} {until}"
        found.append((freeze.first_day, when, f"Days off: {freeze.words}" if freeze.words else "Days off"))
    start = first_warm_up(store)
    if start is not None and start >= first:
        found.append((start, _day(start), "First warm-up"))
    return tuple((when, words) for day, when, words in sorted(found) if day <= last)


def note_rows(store: Store, first: date, last: date, knee: Side | None) -> tuple[NoteRow, ...]:
    """What was written beside ratings, newest first; the latest 500 of them."""
    since = before_day(first, datetime.now().astimezone())
    noted = (
        NoteRow(day_of(one.at), f"{one.knee.value} knee, {one.moment.value}", one.score, one.note)
        for one in store.ratings(since=since, knee=knee, limit=-1)
        if one.note and first <= day_of(one.at) <= last
    )
    return tuple(row for row, _ in zip(noted, range(MOST_NOTES), strict=False))


def _time(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _day(day: date) -> str:
    return f"{day_words(day)} {day.year}"
