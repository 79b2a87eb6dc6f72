"""The pace of a session: how fast work runs, and how long that makes it take.

Work runs at the person's pace; getting ready, changing sides and resting always run at the pace of the clock, so
that going faster never shortens the time to lie down.
"""

from __future__ import annotations

from trainer.core.timeline import Phase, Timeline

PACES = (0.5, 0.6, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""The steps of slower and faster; work never runs slower or faster than the ends."""


def slower_than(pace: float) -> float:
    """The next slower step; the slowest stays."""
    return max((step for step in PACES if step < pace), default=PACES[0])


def faster_than(pace: float) -> float:
    """The next faster step; the fastest stays."""
    return min((step for step in PACES if step > pace), default=PACES[-1])


def bounded(pace: float) -> float:
    """The pace, or the nearest that is possible."""
    return min(max(pace, PACES[0]), PACES[-1])


def rate_of(phase: Phase, pace: float) -> float:
    """How fast the position moves in this phase, in seconds of the timeline for each second of the clock."""
    return pace if phase.is_work else 1.0


def seconds_between(timeline: Timeline, from_s: float, until_s: float, pace: float) -> float:
    """Seconds of the clock from one position to another at this pace; less than 0 backward."""
    if until_s < from_s:
        return -seconds_between(timeline, until_s, from_s, pace)
    total = 0.0
    for phase in timeline.phases[timeline.phase_at(from_s).index :]:
        if phase.start_s >= until_s:
            break
        total += (min(phase.end_s, until_s) - max(phase.start_s, from_s)) / rate_of(phase, pace)
    return total


def reps_whole(seconds: float, tempo_s: float) -> int:
    """How many whole repetitions fit into ``seconds``, forgiving a microsecond of rounding."""
    return int((seconds + 1e-6) / tempo_s)
