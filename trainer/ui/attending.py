"""One thing at a time: a key is for the screen that was seen when it was pressed, and home waits while a way is led.

Keys may come faster than screens: held down, bounced, or many in one packet of a slow line. Textual looks each up on
whatever lies on top by then, and that may not be built yet, or be home for the moment between two questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from textual.actions import ActionParseResult
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.errors import NoWidget
from textual.events import Event, MouseDown
from textual.widget import Widget
from textual.widgets import OptionList
from textual.worker import Worker, WorkerError, get_current_worker

LEADING = ("train", "look")
"""Groups of the workers that lead from screen to screen."""


class Palette(CommandPalette):
    """Textual's, but a second click beside it closes no other screen."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close it, where it is not closed yet."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Attending(App[None]):
    """The part of the app that knows whether it is free."""

    @property
    def is_free(self) -> bool:
        """Whether home is all there is, and no way is being led."""
        return len(self.screen_stack) == 1 and not self._leading()

    async def until_free(self) -> None:
        """From a worker: wait until every other way has come to its end."""
        for worker in self._leading():
            if worker is not get_current_worker():
                with suppress(WorkerError):  # however it ended
                    await worker.wait()

    def action_command_palette(self) -> None:
        """Open the palette, once."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do as Textual does, but nothing on a screen that is still being built: nobody has seen it."""
        if isinstance(default_namespace, Widget) and not default_namespace.is_mounted:
            return True
        if "page_" in str(action) and isinstance(default_namespace, CommandPalette | OptionList):
            lists = default_namespace.query(OptionList) or (default_namespace,)
            if not all(one.scrollable_content_region for one in lists):
                return True  # a list with no room has no pages: Textual would end with a KeyError
        return await super().run_action(action, default_namespace, namespaces)

    async def on_event(self, event: Event) -> None:
        """Do as Textual does, but press on nothing that is painted still and there no more, such as a toast."""
        if isinstance(event, MouseDown) and not event.is_forwarded and self._is_gone(event):
            return
        await super().on_event(event)

    def _handle_exception(self, error: Exception) -> None:
        """Do as Textual does, but at the end: a screen that is still being built then is left without its parts."""
        if self.return_code is None or not isinstance(error, NoMatches):
            super()._handle_exception(error)

    def _is_gone(self, event: MouseDown) -> bool:
        try:
            widget, _ = self.get_widget_at(event.x, event.y)
        except NoWidget:
            return False
        return widget.parent is None

    def _leading(self) -> tuple[Worker[Any], ...]:
        return tuple(worker for worker in self.workers if worker.group in LEADING and not worker.is_finished)
