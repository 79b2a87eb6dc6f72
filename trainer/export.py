"""The diary in the shapes that other programs read (see the contract): JSON for everything, CSV for one table.

Times are ISO 8601 with the local offset, lengths seconds. A score of null (in CSV: nothing) means asked and not
answered.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from trainer.core.happening import Event, Freeze, Trial
from trainer.core.rating import Rating
from trainer.core.record import Result, SessionRecord

SCHEMA = "joint-trainer/1"
RATING_COLUMNS = ("id", "at", "moment", "activity", "knee", "score", "note", "session")
SESSION_COLUMNS = (
    *("id", "routine", "title", "started_at", "ended_at", "status", "planned_s", "moved_s", "speed"),
    *("drills_done", "drills_skipped", "drills_hurt"),
)
FORMULA = frozenset("=+-@＝＋－＠\t\r\n'")
"""How text begins that a spreadsheet takes for a formula, or strips; and what marks it as text."""


def rating_json(rating: Rating) -> dict[str, Any]:
    """One rating."""
    return {
        "id": rating.id,
        "at": rating.at.isoformat(),
        "moment": rating.moment.value,
        "activity": rating.activity,
        "knee": rating.knee.value,
        "score": rating.score,
        "note": rating.note,
        "session": rating.session,
    }


def session_json(record: SessionRecord) -> dict[str, Any]:
    """One session with its drills and ratings."""
    return {
        "id": record.id,
        "routine": record.routine,
        "title": record.title,
        "started_at": record.started_at.isoformat(),
        "ended_at": None if record.ended_at is None else record.ended_at.isoformat(),
        "status": record.status.value,
        "planned_s": record.planned_s,
        "moved_s": record.moved_s,
        "speed": record.speed,
        "drills": [
            {
                "drill": outcome.drill,
                "side": outcome.side.value,
                "outcome": outcome.result.value,
                "reps_done": outcome.reps_done,
                "reps_planned": outcome.reps_planned,
                "reason": outcome.reason,
            }
            for outcome in record.outcomes
        ],
        "ratings": [rating_json(rating) for rating in record.ratings],
    }


def history_json(records: Iterable[SessionRecord]) -> Iterator[str]:
    """A list of sessions, piece by piece."""
    yield from _list(session_json(record) for record in records)
    yield "\n"


def event_json(event: Event) -> dict[str, Any]:
    """One line on the chart."""
    return {"id": event.id, "day": event.day.isoformat(), "words": event.words}


def freeze_json(freeze: Freeze) -> dict[str, Any]:
    """Days that do not count; the last one is null while it goes on."""
    last = None if freeze.last_day is None else freeze.last_day.isoformat()
    return {"id": freeze.id, "first_day": freeze.first_day.isoformat(), "last_day": last, "words": freeze.words}


def trial_json(trial: Trial) -> dict[str, Any]:
    """One trial with its days."""
    return {
        "id": trial.id,
        "started_at": trial.started_at.isoformat(),
        "seed": trial.seed,
        "design": trial.design.value,
        "block_days": trial.block_days,
        "washout_days": trial.washout_days,
        "first": trial.first,
        "second": trial.second,
        "status": trial.status.value,
        "days": [
            {"day": day.day.isoformat(), "pair": day.pair, "arm": day.arm.value, "planned": day.is_planned}
            for day in trial.days
        ],
    }


def ratings_json(ratings: Iterable[Rating]) -> Iterator[str]:
    """A list of ratings, piece by piece."""
    yield from _list(map(rating_json, ratings))
    yield "\n"


def everything_json(
    records: Iterable[SessionRecord],
    ratings: Iterable[Rating],
    events: Iterable[Event] = (),
    freezes: Iterable[Freeze] = (),
    trials: Iterable[Trial] = (),
) -> Iterator[str]:
    """The whole diary, piece by piece, a record a line. ``ratings`` holds those of the sessions once more."""
    yield f'{{"schema": "{SCHEMA}",\n"sessions": '
    yield from _list(session_json(record) for record in records)
    yield ',\n"ratings": '
    yield from _list(rating_json(rating) for rating in ratings)
    yield ',\n"events": '
    yield from _list(map(event_json, events))
    yield ',\n"freezes": '
    yield from _list(map(freeze_json, freezes))
    yield ',\n"trials": '
    yield from _list(map(trial_json, trials))
    yield "}\n"


def ratings_csv(ratings: Iterable[Rating]) -> Iterator[str]:
    """A header and a line for each rating.

    A spreadsheet takes text that begins like a formula for one, so such text has an apostrophe before it, and text that
    begins with an apostrophe has a second one: taking one away always gives the original.
    """
    return _table(RATING_COLUMNS, map(rating_json, ratings))


def sessions_csv(records: Iterable[SessionRecord]) -> Iterator[str]:
    """A header and a line for each session, its drills counted; text is kept as text in the same way."""
    return _table(SESSION_COLUMNS, map(_session_line, records))


def _session_line(record: SessionRecord) -> dict[str, Any]:
    results = [outcome.result for outcome in record.outcomes]
    return session_json(record) | {f"drills_{result.value}": results.count(result) for result in Result}


def _table(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_plain(row[column]) for column in columns])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in FORMULA and value else value


def _list(values: Iterable[dict[str, Any]]) -> Iterator[str]:
    between = "[\n"
    for value in values:
        yield between + json.dumps(value, ensure_ascii=False, allow_nan=False)
        between = ",\n"
    yield "[]" if between == "[\n" else "\n]"
