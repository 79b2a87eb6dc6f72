"""Events, freezes and trials: written whole by id, read back checked. What makes no sense is left out and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from trainer.core.correction import What
from trainer.core.happening import Arm, Design, Event, Freeze, Trial, TrialDay, TrialStatus
from trainer.core.plain import check_text
from trainer.store.rows import Row, count_from, microseconds, text_from, time_from

if TYPE_CHECKING:
    from trainer.store.reading import Reader
    from trainer.store.store import Store

Statement = tuple[str, tuple[object, ...]]
Kind = TypeVar("Kind", Event, Freeze, Trial)
MOST_SHOWN = 10_000
"""Lines of a kind that are read at the most, unless everything is asked for."""
_EVENTS = "SELECT id, day, words FROM events WHERE deleted_us IS "
_FREEZES = "SELECT id, first_day, last_day, words FROM freezes WHERE deleted_us IS "
_TRIALS = (
    "SELECT id, started_at, seed, design, first, second, status, block_days, washout_days FROM trials WHERE started_us"
)


def list_events(reader: Reader, since: date = date.min, limit: int = MOST_SHOWN) -> tuple[Event, ...]:
    """Those of that day and later, oldest first."""
    rows = reader.rows(f"{_EVENTS}NULL AND day >= ? ORDER BY day, rowid LIMIT ?", (since.isoformat(), limit))
    return tuple(_sound(reader, _event, rows))


def list_freezes(reader: Reader, since: date = date.min, limit: int = MOST_SHOWN) -> tuple[Freeze, ...]:
    """Those that cover that day or a later one, oldest first."""
    still = "AND (last_day IS NULL OR last_day >= ?) ORDER BY first_day, rowid LIMIT ?"
    return tuple(_sound(reader, _freeze, reader.rows(f"{_FREEZES}NULL {still}", (since.isoformat(), limit))))


def list_trials(reader: Reader, limit: int = MOST_SHOWN) -> tuple[Trial, ...]:
    """All trials with their days, oldest first."""
    rows = reader.rows(f"{_TRIALS} IS NOT NULL ORDER BY started_us, rowid LIMIT ?", (limit,))
    return tuple(_sound(reader, lambda row: _trial(reader, row), rows))


def find_event(reader: Reader, id_: str) -> Event | None:
    """The event of that id; none where there is none, or its row makes no sense."""
    return next(_sound(reader, _event, reader.rows(f"{_EVENTS}NULL AND id = ?", (id_,))), None)


def find_freeze(reader: Reader, id_: str) -> Freeze | None:
    """The freeze of that id; none where there is none, or its row makes no sense."""
    return next(_sound(reader, _freeze, reader.rows(f"{_FREEZES}NULL AND id = ?", (id_,))), None)


def find_trial(reader: Reader, id_: str) -> Trial | None:
    """The trial of that id; none where there is none, or its row makes no sense."""
    rows = reader.rows(f"{_TRIALS} IS NOT NULL AND id = ?", (id_,))
    return next(_sound(reader, lambda row: _trial(reader, row), rows), None)


def find_deleted(reader: Reader, what: What, id_: str) -> Event | Freeze | None:
    """The deleted event or freeze of that id."""
    if what is What.EVENT:
        return next(_sound(reader, _event, reader.rows(f"{_EVENTS}NOT NULL AND id = ?", (id_,))), None)
    return next(_sound(reader, _freeze, reader.rows(f"{_FREEZES}NOT NULL AND id = ?", (id_,))), None)


def save(store: Store, *items: Event | Freeze | Trial) -> None:
    """Writes them over those of the same ids, all or nothing. Raises UsageError where words are no plain text."""
    statements = tuple(written_happenings(*items))
    with store.writing() as write:
        for statement, values in statements:
            write(statement, values)


def written_happenings(*items: Event | Freeze | Trial) -> Iterator[Statement]:
    """The statements that write them. Raises UsageError where words are no plain text."""
    for item in items:
        yield from _statements(item)


def _statements(item: Event | Freeze | Trial) -> Iterator[Statement]:
    if isinstance(item, Event):
        check_text(item.words, "The event")
        event = """
            INSERT INTO events (id, day, words) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET day = excluded.day, words = excluded.words
            """
        yield event, (item.id, item.day.isoformat(), item.words)
    elif isinstance(item, Freeze):
        check_text(item.words, "The freeze")
        freeze = """
            INSERT INTO freezes (id, first_day, last_day, words) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET first_day = excluded.first_day, last_day = excluded.last_day,
                words = excluded.words
            """
        last = None if item.last_day is None else item.last_day.isoformat()
        yield freeze, (item.id, item.first_day.isoformat(), last, item.words)
    else:
        yield from _trial_statements(item)


def _trial_statements(trial: Trial) -> Iterator[Statement]:
    head = """
        INSERT INTO trials (id, started_at, started_us, seed, design, first, second, status, block_days, washout_days)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET started_at = excluded.started_at, started_us = excluded.started_us,
            seed = excluded.seed, design = excluded.design, first = excluded.first, second = excluded.second,
            status = excluded.status, block_days = excluded.block_days, washout_days = excluded.washout_days
        """
    start = (trial.started_at.isoformat(), microseconds(trial.started_at))
    routines = (trial.first, trial.second, trial.status.value)
    yield head, (trial.id, *start, trial.seed, trial.design.value, *routines, trial.block_days, trial.washout_days)
    yield "DELETE FROM trial_days WHERE trial = ?", (trial.id,)
    for day in trial.days:
        told = (trial.id, day.day.isoformat(), day.pair, day.arm.value, int(day.is_planned))
        yield "INSERT INTO trial_days (trial, day, pair, arm, planned) VALUES (?, ?, ?, ?, ?)", told


def _event(row: Row) -> Event:
    id_, day, words = row
    return Event(text_from(id_), _day(day), text_from(words))


def _freeze(row: Row) -> Freeze:
    id_, first, last, words = row
    return Freeze(text_from(id_), _day(first), None if last is None else _day(last), text_from(words))


def _trial(reader: Reader, row: Row) -> Trial:
    id_, started_at, seed, design, first, second, status, block_days, washout_days = row
    days = reader.rows("SELECT day, pair, arm, planned FROM trial_days WHERE trial = ? ORDER BY day", (id_,))
    return Trial(
        id=text_from(id_),
        started_at=time_from(started_at),
        seed=_whole(seed),
        design=Design(design),
        first=text_from(first),
        second=text_from(second),
        status=TrialStatus(status),
        block_days=_whole(block_days),
        washout_days=_whole(washout_days),
        days=tuple(TrialDay(_day(day), _whole(pair), Arm(arm), planned == 1) for day, pair, arm, planned in days),
    )


def _day(value: object) -> date:
    return date.fromisoformat(text_from(value))


def _whole(value: object) -> int:
    found = count_from(value)
    if found is None or found < 0:
        raise ValueError("no number from 0")
    return found


def _sound(reader: Reader, read: Callable[[Row], Kind], rows: list[Row]) -> Iterator[Kind]:
    for row in rows:
        try:
            yield read(row)
        except ValueError:
            reader.leave_out(f"entry {row[0]!r}")
