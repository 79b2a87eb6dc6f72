"""What became of each drill on each side, the last times it came up: how often it hurt, how often it was skipped, why.

So that the next warm-up can act on it: the easier option of a drill that hurts is a choice in the clinical notes,
section 1.6; the numbers here are our own choice, no study is behind them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from trainer.core.letters import printable
from trainer.core.record import Result
from trainer.core.side import Side

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from trainer.core.record import Outcome, SessionRecord

LAST_TIMES = 5
"""Times that are looked at."""
OFTEN = 2
"""Times of these from which a drill is worth easing, though it did not hurt the last time."""
_WORST = (Result.HURT, Result.SKIPPED, Result.DONE)


@dataclass(frozen=True, slots=True)
class DrillRecord:
    """One drill on one side, the last times it came up."""

    drill: str
    """Id of the drill."""
    side: Side
    """The side that worked; both for a drill that has no sides."""
    results: tuple[Result, ...]
    """What became of it, newest first; at most as many as were asked for."""
    reasons: tuple[tuple[str | None, int], ...]
    """Why it was skipped and how often so, the most frequent first; None where nobody said."""
    hurt_at: datetime | None
    """When the newest of those in which it hurt began; None where it did not."""

    @property
    def times(self) -> int:
        """How often it came up, of the times looked at."""
        return len(self.results)

    @property
    def hurt(self) -> int:
        """How often it hurt."""
        return self.results.count(Result.HURT)

    @property
    def skipped(self) -> int:
        """How often it was skipped."""
        return self.results.count(Result.SKIPPED)

    @property
    def is_worth_easing(self) -> bool:
        """Whether the next warm-up should offer the easier option: it hurt the last time, or twice lately."""
        return self.results[0] is Result.HURT or self.hurt >= OFTEN

    @property
    def words(self) -> str:
        """The same for a person: ``hurt on the left 3 of the last 5 times, skipped once``; empty where all went well.

        The side is the one that worked, which need not be that of the knee. Skipped ones say why, where that is known.
        """
        where = "" if self.side is Side.BOTH else f" on the {self.side.value}"
        said = []
        if self.hurt:
            often = "the last time" if self.times == 1 else f"{self.hurt} of the last {self.times} times"
            said.append(f"hurt{where} {often}")
        if self.skipped:
            said.append(f"skipped{'' if said else where} {_often(self.skipped)}{self._why}")
        return ", ".join(said)

    @property
    def _why(self) -> str:
        known = [(reason_words(why), count) for why, count in self.reasons if why]
        if len(known) == 1 and known[0][1] == self.skipped:
            return f" ({known[0][0]})"
        return f" ({', '.join(f'{words} {_often(count)}' for words, count in known)})" if known else ""


def _often(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def reason_words(code: str) -> str:
    """Why a drill was skipped, for a person: the code ``no-time`` as ``no time``, nothing that steers a terminal."""
    return printable(code.replace("-", " "))


def of_drill(
    records: Iterable[DrillRecord], drill: str, sides: Collection[Side] = tuple(Side)
) -> tuple[DrillRecord, ...]:
    """Return the records of a drill that have anything to tell, of these sides; those that hurt most often first."""
    return tuple(one for one in records if one.drill == drill and one.side in sides and one.words)


def told(records: Iterable[DrillRecord]) -> str:
    """Say them in one sentence: ``Hurt on the left the last time; skipped on the right twice.``; empty for none."""
    words = "; ".join(one.words for one in records if one.words)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def drill_records(sessions: Iterable[SessionRecord], *, last: int = LAST_TIMES) -> tuple[DrillRecord, ...]:
    """Return the record of every drill and side that came up, over the ``last`` times of each.

    The sessions may come in any order. A drill that comes up twice in one session counts once, with what was worse.
    First those that hurt most often, then those skipped most often, then by name.
    """
    met: dict[tuple[str, Side], list[tuple[datetime, Outcome]]] = {}
    for session in sorted(sessions, key=lambda session: session.started_at, reverse=True):
        worst: dict[tuple[str, Side], Outcome] = {}
        for outcome in session.outcomes:
            key = (outcome.drill, outcome.side)
            if key not in worst or _WORST.index(outcome.result) < _WORST.index(worst[key].result):
                worst[key] = outcome
        for key, outcome in worst.items():
            times = met.setdefault(key, [])
            if len(times) < max(1, last):
                times.append((session.started_at, outcome))
    records = [_record(drill, side, times) for (drill, side), times in met.items()]
    return tuple(sorted(records, key=lambda one: (-one.hurt, -one.skipped, one.drill, one.side.value)))


def _record(drill: str, side: Side, times: list[tuple[datetime, Outcome]]) -> DrillRecord:
    reasons = Counter(outcome.reason for _, outcome in times if outcome.result is Result.SKIPPED)
    return DrillRecord(
        drill=drill,
        side=side,
        results=tuple(outcome.result for _, outcome in times),
        reasons=tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0] or ""))),
        hurt_at=next((at for at, outcome in times if outcome.result is Result.HURT), None),
    )
