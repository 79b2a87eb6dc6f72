"""The ledger of a session: what became of each phase of work, and how long was moved."""

from __future__ import annotations

from trainer.core.record import Outcome, Result
from trainer.core.timeline import Phase


class Ledger:
    """Outcomes by phase of work. A pain mark stays; a drill once done stays done; the best count counts."""

    def __init__(self) -> None:
        self.moved_s = 0.0
        self._closed: dict[int, Outcome] = {}
        self._hurt: dict[int, Phase] = {}

    @property
    def outcomes(self) -> tuple[tuple[int, Outcome], ...]:
        """Phase index and outcome, in the order of the timeline."""
        return tuple(sorted(self._closed.items()))

    @property
    def eased(self) -> frozenset[str]:
        """Ids of the drills with a pain mark, on either side."""
        return frozenset(phase.drill.id for phase in self._hurt.values())

    @property
    def hurting(self) -> tuple[int, ...]:
        """Indexes of the phases with a pain mark, closed or not, in order."""
        return tuple(sorted(self._hurt))

    def mark_hurt(self, phase: Phase) -> None:
        """Mark a phase of work as hurting, also after it was closed."""
        self._hurt[phase.index] = phase
        old = self._closed.get(phase.index)
        if old is not None:
            self._closed[phase.index] = Outcome(old.drill, old.side, Result.HURT, old.reps_done, old.reps_planned)

    def close(self, phase: Phase, reps: int | None, *, is_done: bool) -> None:
        """Write down a phase of work that is left after ``reps`` whole repetitions (none where time counts)."""
        old = self._closed.get(phase.index)
        was_done = old is not None and old.result is not Result.SKIPPED
        result = Result.DONE if is_done or was_done else Result.SKIPPED
        if phase.index in self._hurt:
            result = Result.HURT
        best = max((count for count in (reps, old.reps_done if old else None) if count is not None), default=None)
        self._closed[phase.index] = Outcome(phase.drill.id, phase.side, result, best, phase.reps)

    def take_in(self, phase: Phase, outcome: Outcome) -> None:
        """Take in what was written down of a phase; of two accounts the better counts, a pain mark above all."""
        if outcome.result is Result.HURT:
            self._hurt[phase.index] = phase
        self.close(phase, outcome.reps_done, is_done=outcome.result is Result.DONE)
