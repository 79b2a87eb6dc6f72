"""What would suit today? Kind words and a few ways to go on; the questions of core/flags.py, to be looked through."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.core.flags import FLAGS, KNOCK_DAYS, KNOCK_FLAGS, Flag, advise
from trainer.ui.closing import ClosesOnce
from trainer.ui.widgets.footer import KeyFooter

KNOCK = "knock"
_INTRO = "Does one of these hold today? enter marks it; nothing is kept. Nothing marked is a fine answer."
_KNOCK = f"A knock, a twist or a fall in the last {KNOCK_DAYS} days? (opens five more)"


class CareCard(ClosesOnce, ModalScreen[str]):
    """Shows words and ways to go on, each with a name; dismisses with the name. Escape takes the last way."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", "Go on", id="care.leave")]

    def __init__(self, words: str, ways: tuple[tuple[str, str], ...]) -> None:
        """``ways``: name and words of each."""
        super().__init__()
        self._words = words
        self._ways = ways

    def compose(self) -> ComposeResult:
        """The words, the ways, the keys."""
        with VerticalScroll(classes="card", can_focus=False):
            yield Static(Content(self._words))
            yield OptionList(*(Option(Content(words), id=name) for name, words in self._ways), id="choices")
            yield Static(Content(f"enter chooses      escape  {self._ways[-1][1]}"), classes="keys")

    def action_leave(self) -> None:
        """The last way."""
        self.dismiss(self._ways[-1][0])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id or self._ways[-1][0])


class QuestionsScreen(Screen[str]):
    """Lists the questions; dismisses with the advice for what was marked, empty where nothing was."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]
    IS_QUESTION = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Yes, or no", id="questions.mark"),
        Binding("escape,q", "leave", "Done", key_display="escape", id="questions.done"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._yes: set[str] = set()

    def compose(self) -> ComposeResult:
        """What to do, the questions, the advice."""
        yield Static(Content(_INTRO), id="intro")
        yield OptionList(id="questions")
        yield Static(id="advice")
        yield KeyFooter()

    def on_mount(self) -> None:
        """List them."""
        self._list(0)

    def action_mark(self) -> None:
        """Yes, or no again."""
        listing = self.query_one(OptionList)
        if listing.highlighted is not None:
            self._yes ^= {listing.get_option_at_index(listing.highlighted).id or ""}
            self._list(listing.highlighted)

    def action_leave(self) -> None:
        """Done."""
        self.dismiss(self._advice())

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_mark()

    def _list(self, place: int) -> None:
        shown: tuple[Flag, ...] = FLAGS + (KNOCK_FLAGS if KNOCK in self._yes else ())
        told = [(flag.id, flag.words) for flag in shown]
        told.insert(len(FLAGS), (KNOCK, _KNOCK))
        listing = self.query_one(OptionList)
        listing.clear_options()
        listing.add_options(Option(Content(f"{self._mark(name)}  {words}"), id=name) for name, words in told)
        listing.highlighted = place
        self.query_one("#advice", Static).update(Content(self._advice()))

    def _mark(self, name: str) -> str:
        return "[yes]" if name in self._yes else "[   ]"

    def _advice(self) -> str:
        flags = FLAGS + (KNOCK_FLAGS if KNOCK in self._yes else ())
        return advise(self._yes, flags) or ""
