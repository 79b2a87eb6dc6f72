"""The lead: three, two, one, go, before a paused session goes on. It belongs to no timeline."""

from __future__ import annotations

from trainer.core.cue import Cue, CueKind
from trainer.core.event import Due

LEAD_S = 3.0
"""Seconds from "three" to "go"."""
_KINDS = (CueKind.THREE, CueKind.TWO, CueKind.ONE, CueKind.GO)


class Lead:
    """Four cues, a second apart, from an instant of the clock on; each is told once."""

    def __init__(self, begins: float, position_s: float, phase: int) -> None:
        cues = tuple(Cue(position_s, kind, phase) for kind in _KINDS)
        self._dues = tuple(Due(begins + wait, cue, leads=True) for wait, cue in enumerate(cues))
        self._told = 0
        self._handed = 0

    def hand_out(self, until: float) -> tuple[Due, ...]:
        """Those that fall due up to the clock's second ``until`` and were not handed out yet."""
        ready = tuple(due for due in self._dues[self._handed :] if due.clock <= until)
        self._handed += len(ready)
        return ready

    def take_back(self) -> None:
        """Hand those that were not told yet out anew: whoever got them was told to forget them."""
        self._handed = self._told

    def tell(self, now: float) -> tuple[Due, ...]:
        """Those that are due by ``now`` and were not told yet."""
        due = tuple(due for due in self._dues[self._told :] if due.clock <= now)
        self._told += len(due)
        return due
