"""A place as plain data and back: what a file says is doubted to the last value before anyone goes on from it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from trainer.core.cue import CueKind
from trainer.core.drill import Drill
from trainer.core.errors import UsageError
from trainer.core.pace import PACES
from trainer.core.plain import check_text
from trainer.core.record import Outcome, Result
from trainer.core.resume import Place
from trainer.core.side import Side
from trainer.core.timeline import HALFWAY_OVER_S, Phase, PhaseKind, Timeline

VERSION = 1
"""Of the form below; another one is not read."""
MOST_PHASES = 1000
"""A routine of 200 lines makes no more."""
LONGEST_S = 24 * 3600.0
LONGEST_NAME = 60
MOST_REPS = 10_000
NAME = re.compile(r"[0-9a-f]{32}")
"""The id of a session that this program made."""
OLDEST = timedelta(days=7)
"""A session that started longer ago than this is not gone on with, however long it was paused."""


def data_of(place: Place) -> dict[str, Any]:
    """The place as values that JSON knows."""
    line = place.timeline
    halfway = {cue.phase for cue in line.cues if cue.kind is CueKind.HALFWAY}
    return {
        "version": VERSION,
        "session": place.session,
        "kept_at": place.kept_at.isoformat(),
        "started_at": place.started_at.isoformat(),
        "planned_s": place.planned_s,
        "speed": place.speed,
        "routine": line.routine,
        "title": line.title,
        "phases": [[p.kind, p.drill.id, p.side, p.end_s, p.reps, p.tempo_s, p.paced_reps] for p in line.phases],
        "halfway_told": [p.index for p in line.phases if _is_long(p) and p.index not in halfway],
        "position_s": place.position_s,
        "pace": place.pace,
        "moved_s": place.moved_s,
        "outcomes": [[index, outcome.result, outcome.reps_done] for index, outcome in place.outcomes],
        "hurting": list(place.hurting),
        "before": [[knee, score] for knee, score in place.before],
    }


def place_of(data: object, drills: Mapping[str, Drill]) -> Place:
    """The place that ``data_of`` told of. Raises ValueError where it makes no sense, or a drill is not what it was."""
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ValueError("not a place of this version")
    try:
        return _place(data, drills)
    except (KeyError, TypeError, IndexError, OverflowError, UsageError) as error:
        raise ValueError(f"not a place: {error!r}") from error


def _place(data: dict[str, Any], drills: Mapping[str, Drill]) -> Place:
    timeline = _timeline(data, drills)
    works = {phase.index: phase for phase in timeline.phases if phase.is_work}
    kept_at, started_at = _time(data["kept_at"]), _time(data["started_at"])
    if abs(kept_at - started_at) > OLDEST:
        raise ValueError("it took too long")
    outcomes = []
    for index, result, reps in data["outcomes"]:
        work = works[_count(index, 0, MOST_PHASES)]
        done = None if reps is None else _count(reps, 0, MOST_REPS)
        outcomes.append((work.index, Outcome(work.drill.id, work.side, Result(result), done, work.reps)))
    return Place(
        session=_name(data["session"]),
        kept_at=kept_at,
        started_at=started_at,
        planned_s=_number(data["planned_s"], 0, LONGEST_S),
        speed=_number(data["speed"], 0.01, 1000),
        timeline=timeline,
        position_s=_number(data["position_s"], 0, timeline.total_s),
        pace=_number(data["pace"], PACES[0], PACES[-1]),
        moved_s=_number(data["moved_s"], 0, OLDEST.total_seconds()),
        outcomes=tuple(outcomes),
        hurting=tuple(works[_count(index, 0, MOST_PHASES)].index for index in data["hurting"]),
        before=tuple((_knee(knee), None if score is None else _count(score, 0, 10)) for knee, score in data["before"]),
    )


def _timeline(data: dict[str, Any], drills: Mapping[str, Drill]) -> Timeline:
    rows = data["phases"]
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_PHASES:
        raise ValueError("no phases, or too many")
    phases: list[Phase] = []
    start_s = 0.0
    for index, (kind, drill, side, until, reps, tempo_s, paced) in enumerate(rows):
        end_s = round(_number(until, start_s + 0.001, LONGEST_S), 3)
        counted = None if reps is None else _count(reps, 1, MOST_REPS)
        tempo = None if tempo_s is None else _number(tempo_s, 0.1, 3600)
        by = None if paced is None else _count(paced, 1, counted or 0)
        phase = Phase(index, PhaseKind(kind), drills[_text(drill)], Side(side), start_s, end_s, counted, tempo, by)
        if phase.is_work and (counted or 0) * (tempo or 0) > phase.duration_s + (tempo or 0):
            raise ValueError("more repetitions than there is time for")
        phases.append(phase)
        start_s = end_s
    _check_order(phases)
    told = {_count(index, 0, MOST_PHASES) for index in data["halfway_told"]}
    timeline = Timeline.through(_text(data["routine"]), _text(data["title"]), tuple(phases))
    cues = tuple(cue for cue in timeline.cues if cue.kind is not CueKind.HALFWAY or cue.phase not in told)
    return replace(timeline, cues=cues)


def _check_order(phases: list[Phase]) -> None:
    """Whoever gets ready or changes sides works next, at the same drill; each drill has the sides it should have."""
    for phase, following in zip(phases, [*phases[1:], None], strict=True):
        if phase.kind is PhaseKind.REST:
            continue
        if phase.drill.is_one_sided is (phase.side is Side.BOTH):
            raise ValueError(f"{phase.drill.id} has other sides by now")
        if phase.is_work:
            if phase.tempo_s is None:
                raise ValueError("work without a tempo")
        elif following is None or (following.kind, following.drill, following.side) != (
            PhaseKind.WORK,
            phase.drill,
            phase.side,
        ):
            raise ValueError("getting ready for nothing")


def _is_long(phase: Phase) -> bool:
    return phase.is_work and phase.duration_s > HALFWAY_OVER_S


def _name(value: object) -> str:
    if not isinstance(value, str) or NAME.fullmatch(value) is None:
        raise ValueError("not an id of ours")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NAME:
        raise ValueError("not a name")
    check_text(value, "The name")
    return value


def _number(value: object, low: float, high: float) -> float:
    if type(value) not in (int, float) or not low <= value <= high or not math.isfinite(value):  # type: ignore[operator, arg-type]
        raise ValueError(f"not a number from {low:g} to {high:g}")
    return float(value)  # type: ignore[arg-type]


def _count(value: object, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise ValueError(f"not a whole number from {low} to {high}")
    return value


def _knee(value: object) -> Side:
    if value not in (Side.LEFT, Side.RIGHT):
        raise ValueError("not one knee")
    return Side(str(value))


def _time(value: object) -> datetime:
    when = datetime.fromisoformat(value) if isinstance(value, str) else None
    if when is None or when.tzinfo is None:
        raise ValueError("not a time with its offset")
    return when
