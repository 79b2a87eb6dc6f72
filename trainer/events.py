"""What happened, as JSON lines: for ``--events FILE`` and whoever wants to follow a session from outside."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from trainer.core.errors import UsageError
from trainer.core.event import Event, EventKind
from trainer.core.rating import Rating
from trainer.paths import PRIVATE_FILE, create_file, tighten


class EventLog:
    """Writes a line for each event, at once, so that nothing is lost when the program ends early.

    A log that can no longer be written falls silent: a session never stops for it.
    """

    def __init__(self, out: TextIO, wall: Callable[[float], float]) -> None:
        self._out: TextIO | None = out
        self._wall = wall

    @classmethod
    def open(cls, path: Path, wall: Callable[[float], float]) -> EventLog:
        """Open ``path`` afresh; ``wall`` turns a second of the session's clock into one of the monotonic clock."""
        try:
            if not create_file(path):
                tighten(path, PRIVATE_FILE)
            return cls(path.open("w", encoding="utf-8"), wall)
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise UsageError(f"Cannot write events to {path}: {why}.", "Name a file you may write.") from error

    def tell(self, event: Event) -> None:
        """Write one event of a session."""
        self._write({"t": round(event.t, 3), "event": event.kind.value, **self._details(event)})

    def rated(self, t: float, rating: Rating) -> None:
        """Write that a knee was rated, ``t`` seconds into the session."""
        self._write(
            {
                "t": round(t, 3),
                "event": "rated",
                "moment": rating.moment.value,
                "knee": rating.knee.value,
                "score": rating.score,
            }
        )

    def close(self) -> None:
        """Let go of the file."""
        if self._out is not None:
            with contextlib.suppress(OSError):
                self._out.close()
            self._out = None

    def _details(self, event: Event) -> dict[str, Any]:
        details: dict[str, Any] = dict(event.data)
        if event.cue is not None:
            details |= {
                "kind": event.cue.kind.value,
                "text": event.cue.text,
                "wall": round(self._wall(event.clock), 6),
            }
        elif event.kind is EventKind.PHASE and event.phase is not None:
            details |= {"index": event.phase.index, "kind": event.phase.kind.value}
        if event.phase is not None and event.kind not in (EventKind.STARTED, EventKind.CUE, EventKind.ENDED):
            details |= {"drill": event.phase.drill.id, "side": event.phase.side.value}
        return details

    def _write(self, line: dict[str, Any]) -> None:
        if self._out is None:
            return
        try:
            self._out.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._out.flush()
        except (OSError, ValueError):
            self._out = None
