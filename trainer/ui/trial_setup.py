"""What shall be tested? Two routines, how long, from when; what such a test can find stands below before it starts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.core.errors import UsageError
from trainer.ui.widgets.footer import KeyFooter

if TYPE_CHECKING:
    from datetime import date

    from trainer.ui.trial_wish import Dial, Wish

TITLE_WIDTH = 13
TURN = Binding.Group("Change", compact=True)
COUNTING = "Counting what it can find…"


class TrialSetup(Screen["Wish | None"]):
    """Lets a test be put together; dismisses with it once it is to be written down, or None."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]
    AUTO_FOCUS = "#dials"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space",
            "write",
            "Write it down",
            key_display="enter",
            id="trial.write",
            tooltip="Draw the order; asks first",
        ),
        Binding("left", "turn(-1)", "The one before", id="trial.before", group=TURN, priority=True),
        Binding("right", "turn(1)", "The next one", id="trial.after", group=TURN, priority=True),
        Binding("pageup", "scroll(-1)", "Words up", show=False, id="trial.words_up", priority=True),
        Binding("pagedown", "scroll(1)", "Words down", show=False, id="trial.words_down", priority=True),
        Binding("escape,q", "leave", "Not now", key_display="escape", id="trial.not_now"),
    ]

    def __init__(
        self, wish: Wish, every: tuple[Dial, ...], say: Callable[[Wish], tuple[str, ...]], today: date
    ) -> None:
        """``say``: what is to be said of such a test; may take a moment, raises UsageError where there can be none."""
        super().__init__()
        self._wish = wish
        self._today = today
        self._every = every
        self._say = say

    def compose(self) -> ComposeResult:
        """The dials, what follows from them, the keys."""
        yield Static(Content("A fair test"), id="title")
        yield OptionList(*(Option(self._row(dial)) for dial in self._every), id="dials")
        with VerticalScroll(id="words", can_focus=False):
            yield Static(id="offer")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Say what the first one can find."""
        self._tell()

    def action_turn(self, by: int) -> None:
        """The value beside."""
        index = self.query_one(OptionList).highlighted
        if index is not None:
            self._wish = self._wish.turned(self._every[index], by)
            for place, dial in enumerate(self._every):
                self.query_one(OptionList).replace_option_prompt_at_index(place, self._row(dial))
            self._tell()

    def action_scroll(self, by: int) -> None:
        """Read on, or back."""
        words = self.query_one("#words", VerticalScroll)
        words.scroll_relative(y=by * max(1, words.size.height - 1), animate=False)

    @work(exclusive=True, group="write")
    async def action_write(self) -> None:
        """Ask, then have it drawn and written down."""
        from trainer.ui.confirm import Confirm

        try:
            self._wish.plan(self._today, seed=0)
        except UsageError as error:
            self.notify(error.hint, title=error.message, severity="warning", markup=False)
            return
        detail = "The whole order is drawn by chance and kept, so that nobody chooses later. t at home tells each day."
        if await self.app.push_screen_wait(Confirm("Begin this test?", detail, yes="write it down", no="not yet")):
            self.dismiss(self._wish)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        if self.is_active:  # the second half of a double click comes when it is asked already
            self.action_write()

    def action_leave(self) -> None:
        """Start nothing."""
        self.dismiss(None)

    @work(exclusive=True, group="offer")
    async def _tell(self) -> None:
        """What it can find is simulated, off the thread that paints."""
        wish = self._wish
        self.query_one("#offer", Static).update(Content(COUNTING))
        try:
            lines = await asyncio.to_thread(self._say, wish)
        except UsageError as error:
            lines = (error.message, error.hint)
        if wish == self._wish:
            self.query_one("#offer", Static).update(_paragraphs(lines))
            self.query_one("#words").scroll_home(animate=False)

    def _row(self, dial: Dial) -> Content:
        return Content.assemble(f"{dial.title:<{TITLE_WIDTH}}", (dial.show(self._wish), "bold $primary"))


def _paragraphs(lines: tuple[str, ...]) -> Content:
    return Content("\n").join([Content.styled(lines[0], "bold"), *(Content(line) for line in lines[1:])])
