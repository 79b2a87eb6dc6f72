"""What is said in passing, in a toast: on the screen it was said on, never over a question or over what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on
from textual.notifications import Notification, Notify
from textual.screen import ModalScreen, Screen

from trainer.ui.attending import Attending

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

LONG_S = 8.0
"""Toasts of this length are worth reading to the end: they come back with their screen, where another lay over it."""


@dataclass(slots=True)
class Said:
    """A toast and where it belongs."""

    place: Screen[Any] | None
    """The screen that it is about; None for every screen that asks nothing."""
    toast: Notification
    """What it says; made anew when it comes back."""
    waits: bool = False
    """Whether it is to be shown, for its whole time, once nothing lies over its screen."""

    def belongs_on(self, screen: Screen[Any]) -> bool:
        """Whether it may be shown on a screen."""
        return not asks(screen) if self.place is None else self.place is screen

    @property
    def was_read(self) -> bool:
        """Whether it was shown for half of its time at least."""
        return not self.waits and self.toast.time_left < self.toast.timeout / 2

    def anew(self) -> Said:
        """The same, from now on."""
        toast = self.toast
        again = Notification(toast.message, toast.title, toast.severity, toast.timeout, markup=toast.markup)
        return Said(self.place, again)


class Saying(Attending):
    """The part of the app that keeps toasts where they belong."""

    _said: tuple[Said, ...] = ()

    def on_mount(self) -> None:
        """Look again whenever another screen comes on top."""
        self.screen_change_signal.subscribe(self, self._move, immediate=True)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
        everywhere: bool = False,
    ) -> None:
        """Say something in passing, on the screen under whatever question is open; from any thread.

        ``everywhere``: it is about the program, and goes along to the screen that comes next.
        """
        length_s = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        places = () if everywhere else reversed(self.screen_stack)
        place = next((screen for screen in places if not asks(screen)), None)
        self._show(Said(place, Notification(message, title, severity, length_s, markup=markup)))

    def _show(self, said: Said) -> None:
        self._said = (*(one for one in self._said if one.waits or not one.toast.has_expired), said)
        self.post_message(Notify(said.toast))

    @on(Notify)
    def _hold(self, event: Notify) -> None:
        """Keep back what belongs to another screen than the one on top, and what was forgotten on its way."""
        said = next((one for one in self._said if one.toast is event.notification), None)
        if said is None or not said.belongs_on(self.screen):
            event.prevent_default()
            if said is not None:
                said.waits = True

    def _move(self, screen: Screen[Any]) -> None:
        """Take down what was said elsewhere, put up again what was said here; forget what was read or is short."""
        is_cleared = any(not one.waits and not one.belongs_on(screen) for one in self._said)
        if is_cleared:
            self.clear_notifications()
        kept = [one for one in self._said if self._is_to_be_kept(one, screen)]
        self._said = ()
        for one in kept:
            if not one.belongs_on(screen):
                one.waits = True
            elif one.waits or is_cleared:
                self._show(one.anew())
                continue
            self._said = (*self._said, one)

    def _is_to_be_kept(self, said: Said, screen: Screen[Any]) -> bool:
        if not said.waits and said.toast.has_expired:
            return False
        if said.belongs_on(screen):
            return True
        if said.was_read or (said.place is not None and said.place not in self.screen_stack):
            return False
        return asks(screen) or said.toast.timeout >= LONG_S


def asks(screen: Screen[Any]) -> bool:
    """Whether a screen asks or tells something that comes before all else: then no toast lies over it."""
    return isinstance(screen, ModalScreen) or getattr(screen, "IS_QUESTION", False)
