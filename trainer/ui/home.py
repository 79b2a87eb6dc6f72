"""What shall I do now? One suggestion, the other routines below it; enter starts.

Home paints with what it has. Routines and ratings arrive a moment later, read off the thread that paints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.drawing.frame import Frame
from trainer.drawing.glyphs import Glyphs
from trainer.ui.widgets.footer import KeyFooter
from trainer.ui.widgets.frame_view import FrameView, Painter

AROUND = 17
"""Rows of the window that the list never has, at most."""


@dataclass(frozen=True, slots=True)
class Row:
    """One routine as home lists it."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    minutes: int = 0
    """Its length, rounded."""
    where: str = ""
    """The positions it passes through."""
    needs: str = ""
    """What to have at hand."""
    purpose: str = ""
    """What it is for."""
    broken: str = ""
    """Why it cannot be done; empty where it can."""
    lately: str = ""
    """Which drill of it hurt lately and how often; empty where none did."""


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What home shows once everything is read."""

    rows: tuple[Row, ...]
    """The routines, suggestion first."""
    reason: str
    """Why the first one is suggested."""
    last: str
    """The last rating and how long since."""
    weeks: str
    """The last four weeks in words."""
    spark: Painter
    """The last four weeks as a line."""
    is_gentle: bool = False
    """Whether the first one is offered because today asks for care."""


class HomeScreen(Screen[None]):
    """Lists the routines and says which was chosen."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-usual")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "start", "Start", key_display="enter", id="home.start"),
        Binding("i", "look", "Open", id="home.look", tooltip="What is in this routine? Its drills, moving"),
        Binding("r", "ask('rate')", "Rate", id="home.rate", tooltip="How is the knee right now?"),
        Binding("m", "ask('morning')", "This morning's first stairs", show=False, id="home.morning"),
        Binding("p", "ask('progress')", "Progress", id="home.progress", tooltip="Is it getting better?"),
        Binding("d", "ask('drills')", "Drills", id="home.drills", tooltip="How does this drill go?"),
        Binding("t", "ask('trial')", "Fair test", show=False, id="home.trial", tooltip="Which day is it in the test?"),
        Binding(
            "s", "ask('settings')", "Settings", id="home.settings", tooltip="Which moments are asked, sound, figure"
        ),
        Binding("k", "ask('knee')", "Knee", show=False, id="home.knee", tooltip="Which knee troubles you?"),
        Binding("q", "app.quit", "Quit", id="home.quit"),
    ]

    class Started(Message):
        """A routine was chosen."""

        def __init__(self, routine: str) -> None:
            super().__init__()
            self.routine = routine

    class Opened(Message):
        """What is in a routine was asked; ``routine`` may be a broken one."""

        def __init__(self, routine: str) -> None:
            super().__init__()
            self.routine = routine

    class Asked(Message):
        """Another place was asked for: rate, morning, progress, drills, settings or knee."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    def __init__(self, greeting: str, glyphs: Glyphs) -> None:
        super().__init__()
        self._greeting = greeting
        self._glyphs = glyphs
        self._facts: HomeFacts | None = None

    def compose(self) -> ComposeResult:
        """Greeting, the suggestion, the list, the last four weeks."""
        yield Static(Content(self._greeting), id="greeting")
        with Horizontal(id="hero"):
            yield FrameView(id="minutes")
            with Vertical(id="offer"):
                yield Static(Content("Reading your routines…"), id="offer-name")
                yield Static(id="offer-words")
                yield Static(id="offer-reason")
        yield OptionList(id="routines")
        with Horizontal(id="weeks"):
            yield Static(id="weeks-title")
            yield FrameView(id="spark")
            yield Static(id="weeks-words")
        yield KeyFooter()

    def show(self, facts: HomeFacts) -> None:
        """Show what was read; the suggestion is highlighted."""
        self._facts = facts
        self.on_resize()
        listing = self.query_one(OptionList)
        listing.clear_options()
        listing.add_options([Option(row_words(row), id=row.id) for row in facts.rows])
        listing.highlighted = next((n for n, row in enumerate(facts.rows) if not row.broken), None)
        greeting = f"{self._greeting}  {facts.last}".strip()
        self.query_one("#greeting", Static).update(Content(greeting))
        self.query_one("#weeks-title", Static).update(Content("Last four weeks" if facts.weeks else ""))
        self.query_one("#weeks-words", Static).update(Content(facts.weeks))
        self.query_one("#spark", FrameView).show(facts.spark)
        if not facts.rows:
            self._offer("There are no routines to show.", "The installation seems to be incomplete.", "")

    def on_resize(self) -> None:
        """Let a long list scroll, so that the last four weeks stay in sight."""
        rows = () if self._facts is None else self._facts.rows
        self.set_class(len(rows) > self.size.height - AROUND, "-many")

    def action_start(self) -> None:
        """Start the highlighted routine."""
        row = self._highlighted()
        if row is not None and not row.broken:
            self.post_message(self.Started(row.id))

    def action_look(self) -> None:
        """See what is in the highlighted routine, or every reason why it cannot be done."""
        row = self._highlighted()
        if row is not None:
            self.post_message(self.Opened(row.id))

    def action_ask(self, place: str) -> None:
        """Go to another place."""
        self.post_message(self.Asked(place))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_start()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        row, facts = self._highlighted(), self._facts
        if row is None or facts is None:
            return
        if row.broken:
            self.query_one("#minutes", FrameView).show(Frame.blank)
            self._offer(row.name, row.broken, "cannot be used until that is mended; i lists every mistake")
            return
        self._show_minutes(row.minutes)
        reason = facts.reason if row == facts.rows[0] else ""
        easing = "i eases it" if row.lately else ""
        enter = " · ".join(part for part in ("enter starts it", reason, easing) if part)
        needs = " · ".join(part for part in (f"{row.minutes} min", row.where, row.needs) if part)
        self._offer(row.name, f"{needs}\n{row.purpose}", enter, lately=row.lately)

    def _offer(self, name: str, words: str, reason: str, *, lately: str = "") -> None:
        self.query_one("#offer-name", Static).update(Content(name))
        first = (f"{lately}\n", "$warning") if lately else ""  # first, so that a small window shows it
        self.query_one("#offer-words", Static).update(Content.assemble(first, words))
        self.query_one("#offer-reason", Static).update(Content(reason))

    def _show_minutes(self, minutes: int) -> None:
        from trainer.drawing.digits import digits

        def paint(width: int, height: int) -> Frame:
            return digits(str(minutes), width, height, glyphs=self._glyphs)

        self.query_one("#minutes", FrameView).show(paint)

    def _highlighted(self) -> Row | None:
        index = self.query_one(OptionList).highlighted
        return self._facts.rows[index] if self._facts is not None and index is not None else None


def row_words(row: Row) -> Content:
    """One line of the list."""
    name = f"{row.name[:26]:<28}"
    if row.broken:
        return Content.assemble((name, "dim"), (row.broken, "$warning"))
    needs = " · ".join(part for part in (row.where, row.needs) if part)
    return Content.assemble((name, "bold"), f"{row.minutes:>3} min   ", (needs, "$text-muted"))
