"""What is in this routine? Its drills in order, the selected one moving; enter starts it, with or without each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.ui.closing import ClosesOnce
from trainer.ui.drill_card import MARK, drill_words
from trainer.ui.glance import clock_text
from trainer.ui.onlooker import Onlooker, figure_keys
from trainer.ui.outline import Line, Outline
from trainer.ui.widgets.footer import KeyFooter
from trainer.ui.widgets.moving_drill import MovingDrill
from trainer.ui.widgets.plain import PlainHorizontal

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.body.skeleton import Body
    from trainer.ui.kit import Kit

GAP = "  "
OUT = " (out)"
"""Beside a drill that is left out this time."""
WAYS = "Take the easier way today, or x leaves it out."
"""What can be done about a drill that hurt, before it is done."""
_STYLES = {"name": "bold", "start": "$text-muted", "position": "$text-muted"}


class PreviewScreen(ClosesOnce, Screen["frozenset[str] | None"], Onlooker):
    """Shows a routine before it is done; dismisses with the drills (ids) to leave out, or None to do nothing."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-usual"), (112, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "start", "Start", key_display="enter", id="preview.start", tooltip="Start this routine"),
        Binding("escape,q,i", "leave", "Back", key_display="escape", id="preview.back"),
        Binding("x", "leave_out", "Leave out", id="preview.out", tooltip="Do it without this drill today; again, with"),
        *figure_keys(is_shown=True),
    ]

    def __init__(
        self, outline: Outline, body: Body, kit: Kit, lasts: Callable[[frozenset[str]], float] | None = None
    ) -> None:
        """``lasts``: seconds it takes without some drills (ids)."""
        super().__init__()
        self._outline = outline
        self._lasts = lasts
        self._out: frozenset[str] = frozenset()
        self._body = body
        self._kit = kit

    def compose(self) -> ComposeResult:
        """What the routine is, then its drills beside the selected one; or why it cannot be done."""
        yield Static(title_words(self._outline, self._out), id="what")
        if self._outline.complaints:
            with VerticalScroll(id="why-not"):
                yield Static(Content("\n".join(self._outline.complaints)))
        else:
            yield Static(Content(self._outline.purpose), id="purpose")
            yield Static(needs_words(self._outline), id="needs")
            with PlainHorizontal():
                yield Lines(self._outline.lines, id="lines")
                yield MovingDrill(self._body, self._kit, id="drill")
        yield KeyFooter()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A routine that cannot be done has nothing to start and nothing to look at; only the way back."""
        if self._outline.complaints and action in ("start", "leave_out", "turn", "climb", "walk_back", "stance"):
            return False
        return super().check_action(action, parameters)

    def action_start(self) -> None:
        """Start it."""
        self.dismiss(self._out)

    def action_leave_out(self) -> None:
        """Leave the selected drill out this time, or take it in again."""
        place = self.query_one(Lines).highlighted
        line = None if place is None else self._outline.lines[place]
        if line is None or line.is_rest:
            return
        out = self._out ^ {line.drill.id}
        if all(one.is_rest or one.drill.id in out for one in self._outline.lines):
            self.notify("One drill stays: a warm-up of nothing is none.", timeout=4, markup=False)
            return
        self._out = out
        self.query_one(Lines).write(out)
        total_s = self._outline.total_s if self._lasts is None else self._lasts(out)
        self.query_one("#what", Static).update(title_words(self._outline, out, total_s))

    def action_leave(self) -> None:
        """Go back without starting it."""
        self.dismiss(None)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_start()

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        line = self._outline.lines[event.option_index]
        words = Content("Rest. The next drill starts by itself.")
        if not line.is_rest:
            words = drill_words(
                line.drill, line.sides[0], dose=line.dose, sides=line.sides_in_words, lately=line.lately, ways=WAYS
            )
        self.query_one(MovingDrill).show(line.drill, line.sides[0], words, tempo=line.tempo_s)


def title_words(outline: Outline, out: frozenset[str] = frozenset(), total_s: float | None = None) -> Content:
    """The name and how long it takes without the drills that are left ``out``, or that it cannot be done."""
    name = (outline.title, "bold $primary")
    if outline.complaints:
        return Content.assemble(name, ("   cannot be started until its file is mended:", "$warning"))
    every = [line for line in outline.lines if not line.is_rest]
    drills = sum(line.drill.id not in out for line in every)
    length = clock_text(round(outline.total_s if total_s is None else total_s), is_long=True)
    without = (f", {len(every) - drills} left out", "$warning") if drills < len(every) else ""
    return Content.assemble(name, f"   {length} min · {drills} drill{'' if drills == 1 else 's'}", without)


def needs_words(outline: Outline) -> Content:
    """When to do it, with what, by whom."""
    return Content(" · ".join(part for part in (outline.when, outline.needs, outline.by) if part))


class Lines(OptionList):
    """The drills of a routine, as much of each as there is room for."""

    def __init__(self, lines: tuple[Line, ...], *, id: str) -> None:  # noqa: A002
        super().__init__(*(Option(line.name) for line in lines), id=id)
        self._outlined = lines
        self._out: frozenset[str] = frozenset()

    def on_resize(self) -> None:
        """Write them anew for the new width."""
        self.write(self._out)

    def write(self, out: frozenset[str]) -> None:
        """Write them with those that are left ``out`` marked so."""
        self._out = out
        for index, row in enumerate(rows(self._outlined, self.scrollable_content_region.width, out)):
            self.replace_option_prompt_at_index(index, row)


def rows(lines: tuple[Line, ...], width: int, out: frozenset[str] = frozenset()) -> tuple[Content, ...]:
    """A row for each drill with what fits in ``width``: its name, then dose, sides, position, start, in this order.

    Drills that are left ``out`` (ids) are dim and say so, as far as there is room.
    """
    marks = tuple(OUT if line.drill.id in out and not line.is_rest else MARK if line.lately else "" for line in lines)
    columns = {
        "start": tuple(f"{clock_text(round(line.start_s), is_long=True):>5}" for line in lines),
        "name": tuple(line.name + mark for line, mark in zip(lines, marks, strict=True)),
        "dose": tuple(line.dose for line in lines),
        "sides": tuple(line.sides_in_words for line in lines),
        "position": tuple(line.position for line in lines),
    }
    wide = {name: max(map(len, column)) for name, column in columns.items()}
    shown = {"name"}
    for name in ("dose", "sides", "position", "start"):
        if sum(wide[one] + len(GAP) for one in (*shown, name)) - len(GAP) > width:
            break
        shown.add(name)
    return tuple(
        Content(GAP).join(
            Content.styled(
                f"{columns[name][index]:<{wide[name]}}", "dim" if marks[index] == OUT else _STYLES.get(name, "")
            )
            for name in columns
            if name in shown
        )
        for index in range(len(lines))
    )
