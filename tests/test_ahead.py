"""Thinking ahead: one thing at a time, clearing away once while a drill gets ready, and never a drill too far."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from trainer.core.side import Side
from trainer.core.timeline import PhaseKind
from trainer.ui.ahead import Ahead


class Thinking:
    """What was done, in order."""

    def __init__(self, *kinds: PhaseKind) -> None:
        self.done: list[str] = []
        self.phases = [SimpleNamespace(index=index, kind=kind) for index, kind in enumerate(kinds)]
        self.phase = self.phases[0]
        self.next: str | None = "heel-slide"
        figure = SimpleNamespace(prepare=lambda drill, side: self.done.append(f"{drill} {side}"))
        self.ahead = Ahead(cast("Any", self), cast("Any", figure), lambda: self.done.append("sweep"))

    def following(self) -> object:
        return self.next and SimpleNamespace(drill=self.next, side=Side.LEFT)

    def think(self, phase: int) -> None:
        self.phase = self.phases[phase]
        self.ahead.think()


def test_it_clears_away_once_while_a_drill_gets_ready_and_then_draws_what_follows() -> None:
    thinking = Thinking(PhaseKind.PREPARE, PhaseKind.WORK, PhaseKind.PREPARE)
    for phase in (0, 0, 1, 2, 2):
        thinking.think(phase)
    assert thinking.done == ["sweep", "heel-slide left", "heel-slide left", "sweep", "heel-slide left"]


def test_nothing_follows_the_last_drill() -> None:
    thinking = Thinking(PhaseKind.WORK)
    thinking.next = None
    thinking.think(0)
    assert thinking.done == []
