"""What people do faster than Textual expects does no harm: a key for a screen that is not built yet, a click too many.

Keys may come faster than screens: held down, bounced, or many in one packet of a slow line. Textual looks each up on
whatever lies on top by then, built or not; it takes what is painted for what is there, and closes what is closed.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.actions import ActionParseResult
from textual.app import App
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.errors import NoWidget
from textual.events import Event, MouseDown
from textual.widget import Widget
from textual.widgets import OptionList

from trainer.ui.closing import ClosesOnce


class Palette(ClosesOnce, CommandPalette):
    """Textual's, but a second click beside it closes no other screen."""


class Unhurried(App[None]):
    """The part of the app that nobody is too fast for."""

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
