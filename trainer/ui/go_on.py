"""Go on where it ended? The one question after a session that was cut off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.core.resume import Place
from trainer.core.when import moment_words
from trainer.ui.glance import clock_text, seconds_up, side_words


@dataclass(frozen=True, slots=True)
class Offer:
    """What is gone on with, in words."""

    title: str
    """The routine."""
    drill: str
    """The drill and its side."""
    rest: str
    """The repetition, and how long it still takes."""
    when: str
    """When it ended."""

    @classmethod
    def of(cls, place: Place, now: datetime) -> Offer:
        """The words for a place."""
        work = place.work
        side = side_words(work.drill, work.side)
        left = f"{clock_text(seconds_up(place.time_left_s), is_long=True)} left"
        return cls(
            title=place.timeline.title,
            drill=f"{work.drill.name}, {side}" if side else work.drill.name,
            rest=f"rep {place.rep} of {work.reps}, {left}" if place.rep is not None else left,
            when=f"It ended in the middle, {moment_words(place.kept_at, now)}.",
        )


class GoOnScreen(ModalScreen[bool]):
    """Asks, and dismisses with True for going on."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y,space,b", "answer(True)", "Go on", id="go-on.yes"),
        Binding("escape,n,q", "answer(False)", "Leave it", id="go-on.no"),
    ]

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self._offer = offer

    def compose(self) -> ComposeResult:
        """The question, the place, and the keys."""
        offer = self._offer
        with Vertical(classes="card"):
            yield Static(Content(f"Go on with {offer.title}?"), classes="headline")
            yield Static(Content(offer.drill), id="drill")
            yield Static(Content(offer.rest))
            yield Static(Content(offer.when), id="when")
            yield Static(Content("enter  go on      escape  leave it"), classes="keys")

    def action_answer(self, is_yes: bool) -> None:
        """Give the answer."""
        self.dismiss(is_yes)
