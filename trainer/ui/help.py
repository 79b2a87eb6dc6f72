"""All keys of the screen below, made from its bindings, and the safety text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.core.safety import SAFETY


class HelpScreen(ModalScreen[None]):
    """Shows what the keys do here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,f1,question_mark,q", "dismiss", "Back", key_display="escape", id="help.back"),
    ]

    def __init__(self, keys: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The keys, then the safety text."""
        width = max((len(key) for key, _ in self._keys), default=0)
        with VerticalScroll(classes="card wide tall"):
            yield Static(Content("Keys"), classes="headline")
            yield Static(
                Content("\n").join(
                    Content.assemble((f"{key:<{width}}", "bold $primary"), f"  {what}") for key, what in self._keys
                )
            )
            yield Static(Content("Good to know"), classes="headline")
            yield Static(Content("\n\n".join(SAFETY)))
            yield Static(Content("escape  back"), classes="keys")


def keys_of(bindings: Iterable[ActiveBinding], display: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Keys and what they do, a line for each action: its keys joined, its tooltip or description.

    ``display`` gives the words for a key (``left_square_bracket`` is ``[``). Keys that are not ours, such as those
    that scroll a list, carry no id and are left out.
    """
    keys: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for active in bindings:
        binding = active.binding
        if binding.system or not binding.id:
            continue
        keys.setdefault(binding.action, []).append(display.get(binding.key, binding.key))
        if binding.description:
            words.setdefault(binding.action, binding.tooltip or binding.description)
    return tuple((", ".join(dict.fromkeys(keys[action])), what) for action, what in words.items())
