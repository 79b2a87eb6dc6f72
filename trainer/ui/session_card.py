"""What should it have said? When one warm-up was and what became of its drills, as they are, to be put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from trainer.core.correction import corrected
from trainer.core.errors import UsageError
from trainer.core.record import Outcome, Result, SessionRecord
from trainer.core.side import Side
from trainer.core.typed import LONGEST_TIME, read_time, time_words
from trainer.ui.closing import ClosesOnce
from trainer.ui.widgets.long_list import LongList, Parts

WIDEST, REST = 28, 23
"""Columns of a drill's name, and of what stands behind it."""
MOST_ROWS, BESIDE = 12, 12
"""Rows of drills, and of the rest of the card."""


@dataclass(frozen=True, slots=True)
class CorrectedSession:
    """What the person says it should have been; only what they changed."""

    started_at: datetime | None
    """When it began; none where that stays."""
    drills: Mapping[int, tuple[Result | None, Side | None]]
    """By the place in its outcomes: what became of a drill, and the side that worked; none where that stays."""


class SessionCard(ClosesOnce, ModalScreen[CorrectedSession | None]):
    """Shows the time and the drills; dismisses with what they should be, or None to leave them."""

    AUTO_FOCUS = "#drills"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(one.value[0], f"become('{one.value}')", one.value.title(), id=f"warm-up.{one}") for one in Result),
        *(Binding(one.value[0], f"turn('{one.value}')", one.value.title(), id=f"warm-up.{one}") for one in Side),
        Binding("t", "time", "Time", id="warm-up.time"),
        Binding("enter", "save", "Save", id="warm-up.save"),
        Binding("escape", "leave", "Leave it", id="warm-up.leave"),
    ]

    def __init__(self, record: SessionRecord, now: datetime, *, is_ascii: bool = False) -> None:
        """``now``: the wall clock; nothing can have begun later."""
        super().__init__()
        self._record = record
        self._now = now
        self._is_ascii = is_ascii
        self._time = time_words(record.started_at)
        self._outcomes = list(record.outcomes)

    def compose(self) -> ComposeResult:
        """Which one it is, its time, its drills, the keys."""
        with Vertical(classes="card wide"):
            yield Static(Content(self._record.title), classes="headline")
            yield Input(self._time, placeholder="when it began", id="time", max_length=LONGEST_TIME)
            yield Static("", id="why-not")
            yield LongList(self._line, id="drills", mark=">" if self._is_ascii else "▸")
            yield Static(
                Content("d done  s skipped  h hurt   l left  r right  b both   t time   enter saves  escape leaves it"),
                classes="keys",
            )

    def on_mount(self) -> None:
        """Begin with the first drill."""
        self.query_one(LongList).show(len(self._outcomes), 0)

    def on_resize(self) -> None:
        """As many drills as there is room for beside the rest of the card."""
        self.query_one(LongList).styles.height = max(1, min(len(self._outcomes), MOST_ROWS, self.size.height - BESIDE))

    def action_become(self, result: str) -> None:
        """Say what became of the chosen drill."""
        self._change(result=Result(result))

    def action_turn(self, side: str) -> None:
        """Say which side worked."""
        self._change(side=Side(side))

    def action_time(self) -> None:
        """Write another time."""
        self.query_one("#time", Input).focus()

    def action_save(self) -> None:
        """Say what it should have been."""
        words, at = self.query_one("#time", Input).value.strip(), None
        if words != self._time:
            try:
                at = read_time(words, self._now)
            except UsageError as error:
                self.query_one("#why-not", Static).update(Content(str(error)))
                return
        pairs = enumerate(zip(self._record.outcomes, self._outcomes, strict=True))
        drills = {
            place: (
                now.result if now.result is not was.result else None,
                now.side if now.side is not was.side else None,
            )
            for place, (was, now) in pairs
            if now != was
        }
        self.dismiss(CorrectedSession(at, drills))

    def action_leave(self) -> None:
        """From the time to the drills; from there, leave all as it was."""
        if self.focused is self.query_one("#time"):
            self.query_one(LongList).focus()
        else:
            self.dismiss(None)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def _change(self, result: Result | None = None, side: Side | None = None) -> None:
        drills = self.query_one(LongList)
        if drills.count:
            was, now = self._record.outcomes[drills.cursor], self._outcomes[drills.cursor]
            self._outcomes[drills.cursor] = corrected(was, result or now.result, side or now.side)
            drills.refresh()

    def _line(self, place: int, is_first: bool, width: int) -> Parts:  # noqa: ARG002 (as a list asks)
        was, now = self._record.outcomes[place], self._outcomes[place]
        room = max(1, min(WIDEST, width - REST))
        name = now.drill.replace("-", " ")[:room]
        return (
            (f"{name:<{room}}  ", "plain"),
            (f"{now.side.value:<7}", "strong" if now.side is not was.side else "plain"),
            (f"{now.result.value:<8}", "strong" if now.result is not was.result else "plain"),
            (_reps(now), "muted"),
        )


def _reps(outcome: Outcome) -> str:
    return "" if outcome.reps_planned is None else f"{outcome.reps_done or 0}/{outcome.reps_planned}"
