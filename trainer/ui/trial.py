"""Which day is it in the test, and how far is it? A card over home; it shows no number before the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

Wanted = Literal["start", "done", "new", "end"]
"""Start the routine of the day; note that what is done outside the app was done; set a test up; end this one."""


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
    can_set_up: bool = False
    """Whether ``n`` sets up a new one."""
    can_end: bool = False
    """Whether ``x`` ends the one under way."""

    def offers(self, wanted: Wanted) -> bool:
        """Whether that can be done now."""
        offered = {"start": self.routine is not None, "done": self.can_note, "new": self.can_set_up}
        return offered.get(wanted, self.can_end)


class TrialCard(ModalScreen[Wanted | None]):
    """Says what today is; dismisses with what is to be done, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "want('start')", "Start", id="trial.start"),
        Binding("d", "want('done')", "It was done", id="trial.done"),
        Binding("n", "want('new')", "Set one up", id="trial.new"),
        Binding("x", "want('end')", "End it", id="trial.end"),
        Binding("escape,q,t,space", "leave", "Back", key_display="escape", id="trial.leave"),
    ]

    def __init__(self, shown: TrialShown) -> None:
        super().__init__()
        self._shown = shown

    def compose(self) -> ComposeResult:
        """The day, what to do, how far it is, the keys."""
        shown = self._shown
        every: tuple[tuple[Wanted, str], ...] = (
            ("start", "enter  start it"),
            ("done", "d  it was done"),
            ("new", "n  set one up"),
            ("end", "x  end it"),
        )
        keys = [*(words for wanted, words in every if shown.offers(wanted)), "escape  back"]
        with VerticalScroll(classes="card wide tall"):
            yield Static(Content(shown.title), classes="headline")
            yield Static(Content("\n".join(shown.lines)))
            if shown.track:
                yield Static(Content(shown.track), id="track")
            yield Static(Content("     ".join(keys)), classes="keys")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what today asks for."""
        return action != "want" or self._shown.offers(parameters[0])  # type: ignore[arg-type]

    def action_want(self, what: Wanted) -> None:
        """Say what is to be done."""
        self.dismiss(what)

    def action_leave(self) -> None:
        """Back to home."""
        self.dismiss(None)
