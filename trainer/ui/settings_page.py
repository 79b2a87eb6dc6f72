"""How do I like it? Every setting with what it does; a key or a click changes it, and it is saved at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from trainer.core.asking import SUGGESTED
from trainer.settings import read_activities
from trainer.ui.choices import Choice
from trainer.ui.widgets.footer import KeyFooter

if TYPE_CHECKING:
    from trainer.ui.kit import Kit

TITLE_WIDTH = 20
LONGEST_LINE = 140
TURN = Binding.Group("Change", compact=True)


class SettingsPage(Screen[None]):
    """Lists the settings; ``change`` keeps one."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-usual")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]
    AUTO_FOCUS = "#settings"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "The one before", id="settings.before", group=TURN, priority=True),
        Binding("right", "turn(1)", "The next one", id="settings.next", group=TURN, priority=True),
        Binding("space", "turn(1)", show=False, id="settings.next.space"),
        Binding("escape,q,s", "leave", "Back", key_display="escape", id="settings.back"),
    ]

    def __init__(self, kit: Kit, every: tuple[Choice, ...], change: Callable[[str, object], None]) -> None:
        super().__init__()
        self._kit = kit
        self._every = every
        self._change = change

    def compose(self) -> ComposeResult:
        """The list, what the selected one does, a line to write in."""
        yield Static(Content("Settings"), id="title")
        yield OptionList(*(Option(self._row(choice)) for choice in self._every), id="settings")
        yield Input(placeholder=", ".join(SUGGESTED[:2]), id="own", max_length=LONGEST_LINE)
        yield Static(id="words")
        yield KeyFooter()

    def on_mount(self) -> None:
        """The line to write in opens where it is needed."""
        self.query_one("#own", Input).display = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While something is written, the arrows belong to the line."""
        return action != "turn" or not isinstance(self.focused, Input)

    def action_turn(self, by: int) -> None:
        """The value beside; for words of one's own, the line to write in."""
        choice = self._selected()
        if choice is None:
            return
        if not choice.values:
            self._write()
            return
        self._change(choice.name, choice.turned(self._kit.settings, by))
        self._tell(choice)

    def action_leave(self) -> None:
        """From the line to the list; from there, back."""
        if isinstance(self.focused, Input):
            self._close_line()
        else:
            self.dismiss()

    @on(OptionList.OptionSelected)
    def _pressed(self) -> None:
        self.action_turn(1)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        choice = self._selected()
        if choice is not None:
            self._say(choice.words)

    @on(Input.Submitted, "#own")
    def _written(self, event: Input.Submitted) -> None:
        choice = self._selected()
        try:
            activities = read_activities(event.value)
        except ValueError as error:
            self._say(f"Write {error}.")
            return
        self._close_line()
        if choice is not None:
            self._change(choice.name, activities)
            if activities and not self._kit.settings.ask_weekly:
                self._change("ask_weekly", True)
            for other in self._every:
                self._tell(other)

    def _write(self) -> None:
        line = self.query_one("#own", Input)
        line.value = ", ".join(self._kit.settings.activities)
        line.display = True
        line.focus()
        self._say(f"Commas between, enter saves. For instance: {', '.join(SUGGESTED)}.")

    def _close_line(self) -> None:
        self.query_one("#own", Input).display = False
        self.query_one("#settings").focus()
        self._moved()

    def _tell(self, choice: Choice) -> None:
        listing = self.query_one(OptionList)
        listing.replace_option_prompt_at_index(self._every.index(choice), self._row(choice))

    def _row(self, choice: Choice) -> Content:
        shown = choice.shown(self._kit.settings)
        return Content.assemble(f"{choice.title:<{TITLE_WIDTH}}", (shown, "bold $primary"))

    def _selected(self) -> Choice | None:
        index = self.query_one(OptionList).highlighted
        return None if index is None else self._every[index]

    def _say(self, words: str) -> None:
        self.query_one("#words", Static).update(Content(words))
