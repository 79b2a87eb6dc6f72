"""What should it have said? Scale, note, knee and time of one rating, as they are, to be put right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from trainer.core.errors import UsageError
from trainer.core.plain import LONGEST_TEXT
from trainer.core.rating import Rating
from trainer.core.side import Side
from trainer.core.typed import LONGEST_TIME, read_time, time_words
from trainer.ui.closing import ClosesOnce
from trainer.ui.entry_lines import entry_title
from trainer.ui.widgets.pain_scale import PainScale

NOTHING_SAID = "Not answered."


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the person says it should have been."""

    score: int | None
    """0 to 10, or None for not answered."""
    note: str | None
    """Their own words."""
    knee: Side
    """Which knee it was."""
    at: datetime | None
    """When it was given; None where that stays."""


class CorrectionCard(ClosesOnce, ModalScreen[Corrected | None]):
    """Shows score, note, knee and time; dismisses with what they should be, or None to leave them."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"digit({digit})", show=False, id=f"correction.{digit}") for digit in range(10)),
        Binding("left", "move(-1)", "Less", show=False, id="correction.less"),
        Binding("right", "move(1)", "More", show=False, id="correction.more"),
        Binding("s", "no_answer", "Not answered", id="correction.none"),
        Binding("n", "note", "Note", id="correction.note"),
        Binding("k", "knee", "Other knee", id="correction.knee"),
        Binding("t", "time", "Time", id="correction.time"),
        Binding("enter", "save", "Save", id="correction.save"),
        Binding("escape", "leave", "Leave it", id="correction.leave"),
    ]

    def __init__(
        self,
        rating: Rating,
        now: datetime,
        *,
        digit: int | None = None,
        at_note: bool = False,
        is_ascii: bool = False,
    ) -> None:
        """``now``: the wall clock; ``digit``: already typed; ``at_note``: begin with the note."""
        super().__init__()
        self._was = rating
        self._now = now
        self._knee = rating.knee
        self._time = time_words(rating.at)
        self._digit = digit
        self._at_note = at_note
        self._is_ascii = is_ascii

    def compose(self) -> ComposeResult:
        """Which one it is, the scale, the note, the keys."""
        with Vertical(classes="card wide"):
            yield Static("", id="which", classes="headline")
            yield PainScale(is_ascii=self._is_ascii, id="scale")
            yield Static("", id="answer")
            yield Input(self._was.note or "", placeholder="note", id="note", max_length=LONGEST_TEXT)
            yield Input(self._time, placeholder="when it was", id="time", max_length=LONGEST_TIME)
            yield Static("", id="why-not")
            keys = "0-9 score  s no answer  n note  k other knee  t time\nenter saves  escape leaves it"
            yield Static(Content(keys), classes="keys")

    def on_mount(self) -> None:
        """Begin with what it says now."""
        scale = self.query_one(PainScale)
        scale.chosen = self._was.score
        if self._digit is not None:
            scale.type_digit(self._digit)
        self._tell()
        if self._at_note:
            self.action_note()

    def action_digit(self, digit: int) -> None:
        """Choose a number; 1 and then 0 is ten."""
        self.query_one(PainScale).type_digit(digit)

    def action_move(self, by: int) -> None:
        """Choose the number beside."""
        self.query_one(PainScale).move(by)

    def action_no_answer(self) -> None:
        """No answer was given; that is not 0."""
        self.query_one(PainScale).chosen = None
        self._tell()

    def action_note(self) -> None:
        """Write the note."""
        self.query_one("#note", Input).focus()

    def action_knee(self) -> None:
        """It was the other knee."""
        self._knee = Side.LEFT if self._knee is Side.RIGHT else Side.RIGHT
        self._tell()

    def action_time(self) -> None:
        """Write another time."""
        self.query_one("#time", Input).focus()

    def action_save(self) -> None:
        """Say what it should have been."""
        note = self.query_one("#note", Input).value.strip() or None
        words, at = self.query_one("#time", Input).value.strip(), None
        if words != self._time:
            try:
                at = read_time(words, self._now)
            except UsageError as error:
                self.query_one("#why-not", Static).update(Content(str(error)))
                return
        self.dismiss(Corrected(self.query_one(PainScale).chosen, note, self._knee, at))

    def action_leave(self) -> None:
        """From the note or the time to the scale; from there, leave all as it was."""
        if self.focused is None:
            self.dismiss(None)
        else:
            self.set_focus(None)

    @on(PainScale.Chosen)
    def _chosen(self) -> None:
        self._tell()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def _tell(self) -> None:
        title = entry_title(replace(self._was, knee=self._knee))
        self.query_one("#which", Static).update(Content(title))
        is_answered = self.query_one(PainScale).chosen is not None
        self.query_one("#answer", Static).update(Content("" if is_answered else NOTHING_SAID))
