"""The line of keys at the bottom: in a small window the way back and the help stay, and the others make room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len
from textual import events
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

WAYS_BACK = {"escape", "q"}
"""Keys that lead back, or out, on every screen."""
HELP = "help"
"""The action that tells all keys."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One word of the line: a key, or two that belong together, and what they do."""

    keys: tuple[str, ...]
    """Textual's names of the keys."""
    shown: tuple[str, ...]
    """How each is written."""
    words: str
    """What they do."""
    stays: bool
    """Whether it is shown however small the window is."""

    @property
    def label(self) -> str:
        """The keys as they stand in the line; two are told apart by being two signs."""
        return f" {''.join(self.shown)} "

    @property
    def width(self) -> int:
        """Columns it takes."""
        return cell_len(self.label) + cell_len(self.words) + 1


class KeyFooter(Static):
    """Shows of the screen's keys what fits: first what stays, then the others in their order. A click is the key."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyFooter {
        dock: bottom; width: 100%; height: 1; text-wrap: nowrap; text-overflow: clip;
        color: $footer-foreground; background: $footer-background;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._every: tuple[Offered, ...] = ()
        self._fitted: tuple[Offered, ...] = ()

    def on_mount(self) -> None:
        """Follow what the screen offers."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def on_resize(self) -> None:
        """Show more of them, or fewer."""
        self._write()

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse; of two, the one that was hit."""
        left = 0
        for one in self._fitted:
            if left <= event.x < left + one.width:
                at = event.x - left - 1
                for key, shown in zip(one.keys, one.shown, strict=True):
                    at -= cell_len(shown)
                    if at < 0 or key == one.keys[-1]:
                        self.app.simulate_key(key)
                        return
            left += one.width

    def _follow(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self._every = offered(screen.active_bindings, self.app.get_key_display)
            self._write()

    def _write(self) -> None:
        found = fitting(self._every, self.size.width)
        if found != self._fitted:
            self._fitted = found
            key, words = "bold $footer-key-foreground", "$footer-description-foreground"
            parts = [part for one in found for part in ((one.label, key), (f"{one.words} ", words))]
            self.update(Content.assemble(*parts), layout=False)


def offered(active: Mapping[str, ActiveBinding], display: Callable[[Binding], str]) -> tuple[Offered, ...]:
    """Every action that wants to be shown, in the order of its declaration; those of a group together."""
    back = {one.binding.action for key, one in active.items() if key in WAYS_BACK}
    first: dict[str, Binding] = {}
    for one in active.values():
        if one.binding.show and one.enabled:
            first.setdefault(one.binding.action, one.binding)
    found = []
    for group, some in groupby(first.values(), lambda binding: binding.group):
        mine = tuple(some)
        for part in [mine] if group is not None else [(binding,) for binding in mine]:
            words = part[0].description if group is None or len(part) == 1 else group.description
            stays = any(binding.action in back or binding.action == HELP for binding in part)
            shown = tuple(display(binding) for binding in part)
            found.append(Offered(tuple(binding.key for binding in part), shown, words, stays))
    return tuple(found)


def fitting(every: Iterable[Offered], room: int) -> tuple[Offered, ...]:
    """What fits into so many columns: all that stays, then of the others, as they come, whatever has room."""
    every = tuple(every)
    left = room - sum(one.width for one in every if one.stays)
    shown = []
    for one in every:
        if one.stays or one.width <= left:
            shown.append(one)
            left -= 0 if one.stays else one.width
    return tuple(shown)
