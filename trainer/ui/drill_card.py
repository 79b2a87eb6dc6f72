"""How does this drill go? Its steps, what to mind, an easier way, and when to stop it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.core.drill import Drill, Sides
from trainer.core.drill_record import DrillRecord, told
from trainer.core.side import Side

_SIDES = {
    Sides.UNILATERAL: "one side, then the other",
    Sides.BILATERAL: "both sides together",
    Sides.ALTERNATING: "in turn",
}


MARK = " !"
"""Beside the name of a drill that hurt or was skipped lately; what it was stands with its words."""
WAYS_NOW = "Take the easier way, or leave it: the right arrow goes on to the next."
"""What can be done about a drill that hurt, while it is under way."""


class DrillCard(ModalScreen[None]):
    """Shows one drill; any of the usual keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,i,q", "dismiss", "Back to it", key_display="escape", id="card.close"),
    ]

    def __init__(self, drill: Drill, side: Side, lately: tuple[DrillRecord, ...] = ()) -> None:
        """``lately``: what became of this drill the last times, where it hurt or was skipped."""
        super().__init__()
        self._drill = drill
        self._side = side
        self._lately = lately

    def compose(self) -> ComposeResult:
        """The words of the drill."""
        with VerticalScroll(classes="card wide tall"):
            yield Static(drill_words(self._drill, self._side, lately=self._lately, ways=WAYS_NOW))
            yield Static(Content("escape  back to it"), classes="keys")


def drill_words(
    drill: Drill,
    side: Side = Side.BOTH,
    *,
    dose: str = "",
    sides: str = "",
    lately: tuple[DrillRecord, ...] = (),
    ways: str = "",
) -> Content:
    """Everything a person may want to know of a drill, as text; ``dose`` and ``sides`` where they are not as usual.

    ``lately``: its records, which come first; of a drill worth easing the easier way stands beside them, and ``ways``:
    what can be done about it here.
    """
    dose = dose or f"{drill.dose.reps} reps of {drill.dose.tempo:g} s"
    sides = sides or _SIDES[drill.sides]
    is_worth_easing = any(one.is_worth_easing for one in lately)
    parts: list[tuple[str, str] | str] = [(drill.name, "bold $primary"), "\n"]
    if lately:
        parts += [(told(lately), "bold $warning"), "\n"]
    if is_worth_easing:
        parts += [("Easier  ", "bold"), drill.easier, "\n", (f"{ways}\n" if ways else "", "$text-muted")]
    parts += [(f"{drill.term or drill.joint} · {drill.position.value} · {dose} · {sides}", "$text-muted"), "\n\n"]
    for number, step in enumerate(drill.steps_for(side), 1):
        parts.append(f"{number}  {step}\n")
    for heading, words in (
        ("Mind", " · ".join(drill.cues_for(side))),
        ("Easier", "" if is_worth_easing else drill.easier),
        ("Stop if", drill.stop_if),
        ("Why", drill.why_knee),
    ):
        parts += ["\n", (f"{heading}  ", "bold"), words, "\n"] if words else []
    return Content.assemble(*parts)
