"""Which day is it in the test, and how far is it? A card over home; it shows no number before the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

Wanted = Literal["start", "done"]
"""Start the routine of the day; note that what is done outside the app was done."""


@dataclass(frozen=True, slots=True)
class TrialShown:
    """What the card shows."""

    title: str
    """What it is about, in a few words."""
    lines: tuple[str, ...]
    """A sentence or two each."""
    track: str = ""
    """A sign for each wanted pair, those that are done filled."""
    routine: str | None = None
    """Id of the routine that enter starts, where today asks for one of the app."""
    can_note: bool = False
    """Whether ``d`` notes that rolling was done."""


class TrialCard(ModalScreen[Wanted | None]):
    """Says what today is; dismisses with what is to be done, or None."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "want('start')", "Start", id="trial.start"),
        Binding("d", "want('done')", "It was done", id="trial.done"),
        Binding("escape,q,t,space", "leave", "Back", key_display="escape", id="trial.leave"),
    ]

    def __init__(self, shown: TrialShown) -> None:
        super().__init__()
        self._shown = shown

    def compose(self) -> ComposeResult:
        """The day, what to do, how far it is, the keys."""
        shown = self._shown
        keys = [("enter  start it", shown.routine), ("d  it was done", shown.can_note), ("escape  back", True)]
        with Vertical(classes="card wide"):
            yield Static(Content(shown.title), classes="headline")
            yield Static(Content("\n".join(shown.lines)))
            if shown.track:
                yield Static(Content(shown.track), classes="keys")
            yield Static(Content("      ".join(words for words, offered in keys if offered)), classes="keys")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what today asks for."""
        if action != "want":
            return True
        return self._shown.can_note if parameters == ("done",) else self._shown.routine is not None

    def action_want(self, what: Wanted) -> None:
        """Say what is to be done."""
        self.dismiss(what)

    def action_leave(self) -> None:
        """Back to home."""
        self.dismiss(None)
