"""Is it getting better? The chart, what the day under the cursor was, and one honest sentence.

The same place shows a year of warm-ups as a calendar, and the weeks as a table. What is shown is a ``Span``; whatever
is pressed makes another one of it, and the views draw that.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from trainer.core.side import Side
from trainer.drawing.calendar import Page
from trainer.drawing.chart import plot_width
from trainer.drawing.days import day_words
from trainer.drawing.frame import Frame
from trainer.drawing.plot import MARGIN
from trainer.drawing.span import Range, Span
from trainer.drawing.weekly import HEADING
from trainer.ui.days_gone import DaysGone
from trainer.ui.widgets.footer import KeyFooter
from trainer.ui.widgets.pointed_view import PointedView

DAYS = 7
"""Days from one column of the calendar, or one row of the table, to the next."""


class ProgressScreen(Screen[None]):
    """Shows what the diary says of days gone by."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high"), (30, "-higher")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,p", "dismiss", "Back", key_display="esc", id="progress.back"),
        Binding("left", "move(-1)", "Day", key_display="←→", id="progress.earlier", tooltip="The day before"),
        Binding("right", "move(1)", "Later", show=False, id="progress.later", tooltip="The next day"),
        Binding("up", "rise(-1)", "Up", show=False, id="progress.up", tooltip="Nearer; the row above"),
        Binding("down", "rise(1)", "Down", show=False, id="progress.down", tooltip="Farther; the row below"),
        Binding("plus,equals_sign", "zoom(True)", "Nearer", show=False, key_display="+", id="progress.nearer"),
        Binding("minus", "zoom(False)", "Farther", show=False, id="progress.farther", tooltip="Farther"),
        Binding("pageup,shift+left", "scroll(-0.5)", "Back", show=False, id="progress.back_half", tooltip="Half back"),
        Binding("pagedown,shift+right", "scroll(0.5)", "On", show=False, id="progress.on_half", tooltip="Half on"),
        Binding("home", "go('first')", "First", show=False, id="progress.first", tooltip="The first day"),
        Binding("end", "go('today')", "Today", show=False, id="progress.today", tooltip="Today"),
        Binding("1", "range('WEEKS')", "Range", key_display="1-4", id="progress.weeks", tooltip="Four weeks"),
        Binding("2", "range('MONTHS')", "3 months", show=False, id="progress.months", tooltip="Three months"),
        Binding("3", "range('YEAR')", "Year", show=False, id="progress.year", tooltip="A year"),
        Binding("4", "range('ALL')", "All", show=False, id="progress.all", tooltip="Everything there is"),
        Binding("k", "knee", "Knee", id="progress.knee", tooltip="The other knee, or both"),
        Binding("c", "view('calendar')", "Year", id="progress.calendar", tooltip="A year of warm-ups, and back"),
        Binding("w", "view('weeks')", "Weeks", id="progress.table", tooltip="Week by week, and back"),
        Binding("e", "app.show_entries", "Entries", id="progress.entries", tooltip="Correct or delete ratings"),
        Binding("a", "app.show_happenings", "Add", id="progress.add", tooltip="Mark a day (new shoes), take days off"),
    ]

    def __init__(self, past: DaysGone) -> None:
        super().__init__()
        self._past = past
        self._span = Span.of(past.first, past.today)
        self._range = Range.MONTHS
        self._view = "chart"
        self._last = past.today
        self._knee: Side | None = past.affected[0] if len(past.affected) == 1 else None

    def compose(self) -> ComposeResult:
        """What is shown, the picture, the day, the sentence."""
        yield Static(id="shown")
        yield PointedView(self._paint, id="chart")
        yield Static(id="day")
        with VerticalScroll(id="says", can_focus=False):
            yield Static(id="sentence")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Fill in the words."""
        self._show()

    @property
    def day(self) -> date:
        """The day under the cursor."""
        return self._span.cursor

    def renew(self, past: DaysGone) -> None:
        """Show what was written meanwhile, at the same days."""
        self._past = past
        self._show()

    # What is pressed

    def action_move(self, days: int) -> None:
        """Go to another day; in the calendar and the table, to another week."""
        self._change(self._span.moved(days if self._view == "chart" else days * DAYS))

    def action_go(self, where: str) -> None:
        """Go to the first day with anything to show, or to today."""
        day = self._span.first if where == "first" else self._span.latest
        self._change(self._span.moved((day - self._span.cursor).days))

    def action_rise(self, rows: int) -> None:
        """Zoom the chart, go to another day of the calendar, to another week of the table."""
        if self._view == "chart":
            self._change(self._span.zoomed(nearer=rows < 0))
        else:
            self._change(self._span.moved(rows if self._view == "calendar" else -rows * DAYS))

    def action_zoom(self, nearer: bool) -> None:
        """Show fewer or more days."""
        self._change(self._span.zoomed(nearer=nearer))

    def action_scroll(self, share: float) -> None:
        """Show earlier or later days: half of what is seen."""
        if self._view == "chart":
            self._change(self._span.scrolled(share))
            return
        page = self._page()
        weeks = round(share * (page.years * page.weeks if self._view == "calendar" else page.height - HEADING))
        self._last = page.scrolled(weeks, self._past.today).last
        self._change(self._span.moved(weeks * DAYS))

    def action_range(self, name: str) -> None:
        """Show one of the ranges, and say what it carries."""
        self._range = Range[name]
        self._change(self._span.ranged(self._range))

    def action_knee(self) -> None:
        """Show the left knee, the right one, both."""
        order = (None, Side.LEFT, Side.RIGHT)
        self._knee = order[(order.index(self._knee) + 1) % len(order)]
        self._show()

    def action_view(self, name: str) -> None:
        """Show the calendar or the table, or the chart again."""
        self._view = "chart" if self._view == name else name
        self._show()

    @on(PointedView.Pointed)
    def _pointed(self, event: PointedView.Pointed) -> None:
        width = self.query_one(PointedView).size.width
        if self._view == "chart" and event.x >= MARGIN:
            self._change(self._span.at(self._span.day_at(event.x - MARGIN, plot_width(width))))
        elif self._view == "calendar" and (day := self._page().day_at(event.x, event.y)):
            self._change(self._span.moved((day - self._span.cursor).days))

    def _page(self, width: int = 0, height: int = 0) -> Page:
        """The days of the calendar, with the one under the cursor among them."""
        view = self.query_one(PointedView).size
        page = self._past.page(self._last, width or view.width, height or view.height)
        return page.showing(self._span.cursor, self._past.today)

    @on(PointedView.Wheeled)
    def _wheeled(self, event: PointedView.Wheeled) -> None:
        self.action_rise(-1 if event.is_up else 1)

    # What is shown

    def _change(self, span: Span) -> None:
        if span != self._span:
            self._span = span
            self._last = self._page().last
            self._show()

    def _paint(self, width: int, height: int) -> Frame:
        past, span = self._past, self._span
        if self._view == "calendar":
            return past.calendar(self._page(width, height), span.cursor)
        if self._view == "weeks":
            return past.weekly(span.cursor, self._one_knee, width, height)
        return past.chart(span, self._knee, width, height)

    def _show(self) -> None:
        self.set_class(self._read is None, "-both")
        self.query_one(PointedView).show(self._paint)
        self.query_one("#shown", Static).update(Content(self._shown_words()))
        self.query_one("#day", Static).update(Content(self._past.read_out(self._span.cursor, self._read)))
        self.query_one("#sentence", Static).update(Content(self._sentence()))

    @property
    def _one_knee(self) -> Side:
        """The knee of the table, which has room for one."""
        return self._knee or self._past.affected[-1]

    @property
    def _read(self) -> Side | None:
        """The knee that is read out and judged; None for both."""
        return self._one_knee if self._view == "weeks" else self._knee

    def _shown_words(self) -> str:
        span = self._span
        knee = "Both knees" if self._knee is None else f"{self._knee.value.capitalize()} knee"
        if self._view == "calendar":
            page = self._page()
            first = max(page.first, min(self._past.first or page.last, page.last))
            return f"Warm-ups, {day_words(first)} {first.year} to {day_words(page.last)} {page.last.year}"
        if self._view == "weeks":
            return f"{self._one_knee.value.capitalize()} knee, week by week"
        year = "" if span.start.year == span.end.year else f" {span.start.year}"
        return f"{knee}, {span.count} days: {day_words(span.start)}{year} to {day_words(span.end)} {span.end.year}"

    def _sentence(self) -> str:
        if self._view == "calendar":
            return self._past.regularity()
        since = {Range.WEEKS: "Last 4 weeks", Range.MONTHS: "Last 3 months", Range.YEAR: "Last year", Range.ALL: "All"}
        knees = (Side.LEFT, Side.RIGHT) if self._read is None else (self._read,)
        named = [(f", {knee.value}" if len(knees) > 1 else "", knee) for knee in knees]
        said = ((name, self._past.sentence(self._range, knee)) for name, knee in named)
        return "\n".join(f"{since[self._range]}{name}: {words}" for name, words in said)
