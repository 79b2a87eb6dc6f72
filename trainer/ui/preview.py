"""What is in this routine? Its drills in order, the selected one moving; enter starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from trainer.ui.drill_card import drill_words
from trainer.ui.glance import clock_text
from trainer.ui.onlooker import Onlooker, figure_keys
from trainer.ui.outline import Line, Outline
from trainer.ui.widgets.moving_drill import MovingDrill
from trainer.ui.widgets.plain import PlainHorizontal

if TYPE_CHECKING:
    from trainer.body.skeleton import Body
    from trainer.ui.kit import Kit

GAP = "  "
MARK = " !"
"""Beside a drill that hurt or was skipped lately; what it was stands beside the figure."""
_STYLES = {"name": "bold", "start": "$text-muted", "position": "$text-muted"}


class PreviewScreen(Screen[bool], Onlooker):
    """Shows a routine before it is done, and dismisses with whether to start it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-usual"), (112, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "start", "Start", key_display="enter", id="preview.start", tooltip="Start this routine"),
        Binding("escape,q,i", "leave", "Back", key_display="escape", id="preview.back"),
        *figure_keys(is_shown=True),
    ]

    def __init__(self, outline: Outline, body: Body, kit: Kit) -> None:
        super().__init__()
        self._outline = outline
        self._body = body
        self._kit = kit

    def compose(self) -> ComposeResult:
        """What the routine is, then its drills beside the selected one; or why it cannot be done."""
        yield Static(title_words(self._outline), id="what")
        if self._outline.complaints:
            with VerticalScroll(id="why-not"):
                yield Static(Content("\n".join(self._outline.complaints)))
        else:
            yield Static(Content(self._outline.purpose), id="purpose")
            yield Static(needs_words(self._outline), id="needs")
            with PlainHorizontal():
                yield Lines(self._outline.lines, id="lines")
                yield MovingDrill(self._body, self._kit, id="drill")
        yield Footer(show_command_palette=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A routine that cannot be done has nothing to start and nothing to look at; only the way back."""
        if self._outline.complaints and action in ("start", "turn", "climb", "walk_back", "stance"):
            return False
        return super().check_action(action, parameters)

    def action_start(self) -> None:
        """Start it."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Go back without starting it."""
        self.dismiss(False)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_start()

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        line = self._outline.lines[event.option_index]
        words = Content("Rest. The next drill starts by itself.")
        if not line.is_rest:
            words = drill_words(line.drill, line.sides[0], dose=line.dose, sides=line.sides_in_words)
            if line.lately:
                words = Content.assemble((f"Lately {line.lately}.\n", "$warning"), words)
        self.query_one(MovingDrill).show(line.drill, line.sides[0], words, tempo=line.tempo_s)


def title_words(outline: Outline) -> Content:
    """The name and how long it takes, or that it cannot be done."""
    name = (outline.title, "bold $primary")
    if outline.complaints:
        return Content.assemble(name, ("   cannot be started until its file is mended:", "$warning"))
    drills = sum(1 for line in outline.lines if not line.is_rest)
    length = clock_text(round(outline.total_s), is_long=True)
    return Content.assemble(name, f"   {length} min · {drills} drill{'' if drills == 1 else 's'}")


def needs_words(outline: Outline) -> Content:
    """When to do it, with what, by whom."""
    return Content(" · ".join(part for part in (outline.when, outline.needs, outline.by) if part))


class Lines(OptionList):
    """The drills of a routine, as much of each as there is room for."""

    def __init__(self, lines: tuple[Line, ...], *, id: str) -> None:  # noqa: A002
        super().__init__(*(Option(line.name) for line in lines), id=id)
        self._outlined = lines

    def on_resize(self) -> None:
        """Write them anew for the new width."""
        for index, row in enumerate(rows(self._outlined, self.scrollable_content_region.width)):
            self.replace_option_prompt_at_index(index, row)


def rows(lines: tuple[Line, ...], width: int) -> tuple[Content, ...]:
    """A row for each drill with what fits in ``width``: its name, then dose, sides, position, start, in this order."""
    columns = {
        "start": tuple(f"{clock_text(round(line.start_s), is_long=True):>5}" for line in lines),
        "name": tuple(line.name + (MARK if line.lately else "") for line in lines),
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
            Content.styled(f"{columns[name][index]:<{wide[name]}}", _STYLES.get(name, ""))
            for name in columns
            if name in shown
        )
        for index in range(len(lines))
    )
