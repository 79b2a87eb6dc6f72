"""How is the knee? Eleven numbers, nothing chosen beforehand, no earlier score in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from trainer.core.asking import Question
from trainer.core.rating import NO_PAIN, WORST_PAIN, Moment
from trainer.ui.widgets.footer import KeyFooter
from trainer.ui.widgets.pain_scale import PainScale

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person said."""

    score: int | None
    """0 to 10, or None for rather not say."""
    note: str | None = None
    """Their own words."""
    is_open: bool = False
    """Whether the question stays open: then nothing is kept, not even that there was no answer."""


class RateScreen(Screen[Answer]):
    """Asks about one knee at one moment."""

    AUTO_FOCUS = ""
    IS_QUESTION = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"digit({digit})", show=False, id=f"rate.{digit}") for digit in range(10)),
        Binding("0", "digit(0)", "choose", key_display="0-9", show=True, id="rate.digits", tooltip="1 then 0 is ten"),
        Binding("left", "move(-1)", "Less", show=False, id="rate.less"),
        Binding("right", "move(1)", "More", show=False, id="rate.more"),
        Binding("enter", "save", "Save", id="rate.save"),
        Binding("s", "skip", "Rather not say", id="rate.skip"),
        Binding("n", "note", "Note", id="rate.note"),
        Binding("l", "later", "Later", id="rate.later", tooltip="No stairs yet: asked again at the next start"),
        Binding("escape", "back", "Back", id="rate.back", tooltip="Nothing is kept, and nothing begins"),
        Binding("escape", "leave_note", show=False, id="rate.leave"),
    ]

    def __init__(self, asked: Question, *, about: str = "", is_ascii: bool = False) -> None:
        """``about``: what the rating is for, where that is not plain to see."""
        super().__init__()
        self._about = about
        self._asked = asked
        self._is_quick = asked.moment is Moment.BEFORE
        self._is_ascii = is_ascii

    def compose(self) -> ComposeResult:
        """The question, the scale, the way to answer."""
        with Vertical(id="ask"):
            if self._about:
                yield Static(Content(self._about), id="about")
            yield Static(Content(self._asked.words), id="question")
            yield PainScale(ends=self._asked.ends or (NO_PAIN, WORST_PAIN), is_ascii=self._is_ascii, id="scale")
            yield Static(Content(self._first_hint()), id="hint")
            yield Input(placeholder="a few words, enter goes back", id="note", max_length=LONGEST_NOTE)
        yield KeyFooter()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only the stairs may not have come yet, and there is a way back only from what one has begun oneself."""
        if action == "later":
            return self._asked.moment is Moment.MORNING
        return action != "back" or (self._asked.moment in _BEGUN and not isinstance(self.focused, Input))

    def on_mount(self) -> None:
        """The note opens by its key."""
        self.query_one("#note", Input).display = False

    def action_digit(self, digit: int) -> None:
        """Choose a number; 1 and then 0 is ten. Before a session that one key is the answer, but for 1."""
        scale = self.query_one(PainScale)
        scale.type_digit(digit)
        if self._is_quick and scale.chosen != 1:
            self.action_save()

    def action_move(self, by: int) -> None:
        """Choose the number beside."""
        self.query_one(PainScale).move(by)

    def action_save(self) -> None:
        """Answer with the chosen number."""
        score = self.query_one(PainScale).chosen
        if score is None:
            self._hint("Choose a number first, or press s to say nothing.")
            return
        self.dismiss(Answer(score, self._note()))

    def action_skip(self) -> None:
        """Give no answer; that is kept as not answered, never as 0."""
        self.dismiss(Answer(None, self._note()))

    def action_later(self) -> None:
        """There is nothing to say yet."""
        self.dismiss(Answer(None, is_open=True))

    def action_back(self) -> None:
        """It was not meant."""
        self.dismiss(Answer(None, is_open=True))

    def action_note(self) -> None:
        """Write a few words."""
        note = self.query_one("#note", Input)
        note.display = True
        note.focus()

    def action_leave_note(self) -> None:
        """Back from the note to the scale."""
        self.set_focus(None)

    @on(PainScale.Chosen)
    def _chosen(self, event: PainScale.Chosen) -> None:
        self._hint(f"{event.score} chosen. Enter saves it.")

    @on(Input.Submitted, "#note")
    def _noted(self) -> None:
        self.action_leave_note()

    def _first_hint(self) -> str:
        if self._asked.moment is Moment.MORNING:
            return f"{_HINT}\nNo stairs yet today? l asks at the next start."
        return _QUICK_HINT if self._is_quick else _HINT

    def _note(self) -> str | None:
        return self.query_one("#note", Input).value.strip() or None

    def _hint(self, words: str) -> None:
        self.query_one("#hint", Static).update(Content(words))


_BEGUN = (Moment.BEFORE, Moment.NOW)
_QUICK_HINT = "0-9 answers · 1 then 0 is ten, 1 then enter is one · s skips · n note"
_HINT = "0-9 choose · 1 then 0 is ten · enter saves · s rather not say · n note"
