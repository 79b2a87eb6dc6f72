"""What changed, and when? Words and a day, or words and the first and last day off; the arrows turn the days over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from trainer.core.happening import Event, Freeze
from trainer.core.plain import LONGEST_TEXT
from trainer.ui.closing import ClosesOnce

OPEN = "until you are back"
_EARLIEST = date(1900, 1, 1)


class DayField(Static, can_focus=True):
    """One day, to be turned over; or, where it may be open, none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "The day before", show=False, id="day.before"),
        Binding("right", "turn(1)", "The next day", show=False, id="day.next"),
        Binding("pageup", "turn(-7)", "A week before", show=False, id="day.week_before"),
        Binding("pagedown", "turn(7)", "A week later", show=False, id="day.week_later"),
        Binding("home", "take_today", "Today", show=False, id="day.today"),
        Binding("delete,backspace", "open", "No day yet", show=False, id="day.open"),
    ]

    class Turned(Message):
        """Another day was chosen."""

    def __init__(self, title: str, day: date | None, today: date, *, may_be_open: bool = False, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title = title
        self._today = today
        self._may_be_open = may_be_open
        self.day = day

    def on_mount(self) -> None:
        """Write it."""
        self._write()

    def take(self, day: date | None) -> None:
        """Show another day."""
        self.day = day
        self._write()

    def action_turn(self, days: int) -> None:
        """Another day; from none, today."""
        try:
            self._choose(self._today if self.day is None else self.day + timedelta(days=days))
        except OverflowError:
            return

    def action_take_today(self) -> None:
        """Today."""
        self._choose(self._today)

    def action_open(self) -> None:
        """None yet."""
        if self._may_be_open:
            self._choose(None)

    def _choose(self, day: date | None) -> None:
        if day is None or day >= _EARLIEST:
            self.take(day)
            self.post_message(self.Turned())

    def _write(self) -> None:
        self.update(Content.assemble((f"{self._title:<11}", "$text-muted"), _day_words(self.day, self._today)))


class HappeningCard(ClosesOnce, ModalScreen[Event | Freeze | None]):
    """Shows one event, or one stretch of days off; dismisses with what it should be, or None to leave it."""

    AUTO_FOCUS = "#words"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False, id="happening.up"),
        Binding("down", "app.focus_next", show=False, id="happening.down"),
        Binding("enter", "save", "Save", id="happening.save"),
        Binding("escape", "leave", "Leave it", id="happening.leave"),
    ]

    def __init__(self, item: Event | Freeze, today: date, *, why: str = "", is_ascii: bool = False) -> None:
        """``why``: why it could not be kept as it is."""
        super().__init__()
        self._why = why
        self._item = item
        self._today = today
        self._is_ascii = is_ascii

    def compose(self) -> ComposeResult:
        """What it is, its words, its days, the keys."""
        item, today = self._item, self._today
        is_event = isinstance(item, Event)
        words = "new shoes, a longer walk" if is_event else "ill, travelling: may stay empty"
        with Vertical(classes="card wide"):
            yield Static(Content("What changed?" if is_event else "Days off"), classes="headline")
            yield Input(item.words, placeholder=words, id="words", max_length=LONGEST_TEXT)
            if isinstance(item, Event):
                yield DayField("Day", item.day, today, id="first")
            else:
                yield DayField("First day", item.first_day, today, id="first")
                yield DayField("Last day", item.last_day, today, may_be_open=True, id="last")
            yield Static(Content(self._why), id="why-not")
            up_down, left_right = ("up/down", "left/right") if self._is_ascii else ("↑↓", "←→")
            opens = "   delete: no last day yet" if not is_event else ""
            yield Static(Content(f"{up_down} line   {left_right} day, PageUp PageDown week{opens}"), classes="keys")
            yield Static(Content("enter  save      escape  leave it"), classes="keys-more")

    def action_save(self) -> None:
        """Say what it should be; an event without words is none."""
        words = self.query_one("#words", Input).value.strip()
        first = self.query_one("#first", DayField).day
        assert first is not None
        if isinstance(self._item, Freeze):
            last = self.query_one("#last", DayField).day
            self.dismiss(replace(self._item, words=words, first_day=first, last_day=last))
        elif words:
            self.dismiss(replace(self._item, words=words, day=first))
        else:
            self.query_one("#why-not", Static).update(Content("A word or two first, such as new shoes."))
            self.query_one("#words").focus()

    def action_leave(self) -> None:
        """Leave all as it was."""
        self.dismiss(None)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    @on(DayField.Turned)
    def _turned(self, event: DayField.Turned) -> None:  # noqa: ARG002
        """The last day is never before the first: whichever was turned takes the other along."""
        if isinstance(self._item, Event):
            return
        first, last = self.query_one("#first", DayField), self.query_one("#last", DayField)
        if first.day is not None and last.day is not None and last.day < first.day:
            if last.has_focus:
                first.take(last.day)
            else:
                last.take(first.day)


def _day_words(day: date | None, today: date) -> str:
    if day is None:
        return OPEN
    near = {0: ", today", -1: ", yesterday", 1: ", tomorrow"}.get((day - today).days, "")
    return f"{day:%A} {day.day} {day:%B} {day.year}{near}"
