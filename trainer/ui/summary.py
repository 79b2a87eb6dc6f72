"""Did it change anything today? Before and after, side by side, and what was done; a key says why a drill was not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from trainer.core.record import Outcome, Result, Status
from trainer.core.side import Side
from trainer.core.skipping import Why, unexplained
from trainer.core.trend import change_words
from trainer.drawing.digits import digits
from trainer.drawing.glyphs import Glyphs
from trainer.ui.widgets.footer import KeyFooter
from trainer.ui.widgets.frame_view import FrameView

if TYPE_CHECKING:
    from trainer.core.session import Session
    from trainer.store import Diary


@dataclass(frozen=True, slots=True)
class Tally:
    """What a session came to."""

    title: str
    """The routine."""
    status: Status
    """How it ended."""
    moved_s: float
    """Seconds of moving."""
    outcomes: tuple[Outcome, ...]
    """What became of each drill and side."""
    names: dict[str, str]
    """Names of the drills by id."""
    scores: tuple[tuple[Side, int | None, int | None], ...]
    """Knee, before, after; None where nothing was said."""
    is_saved: bool
    """Whether all of it is on the disk."""
    problem: str = ""
    """Why not, and what to do."""
    advice: str = ""
    """What follows for the next one; empty where nothing does."""


def tally_of(
    session: Session,
    outcomes: tuple[Outcome, ...],
    names: Mapping[str, str],
    *,
    before: Mapping[Side, int | None],
    after: Mapping[Side, int | None],
    diary: Diary,
    advice: str = "",
) -> Tally:
    """What a session came to; tries once more to save what is not saved yet."""
    return Tally(
        title=session.timeline.title,
        status=session.status,
        moved_s=session.moved_s,
        outcomes=outcomes,
        names=dict(names),
        scores=tuple((knee, before.get(knee), score) for knee, score in after.items()),
        is_saved=diary.retry(),
        problem=diary.problem or "",
        advice=advice,
    )


class SummaryScreen(Screen[None]):
    """Shows what was done and how the knee changed, and asks in one line why a drill was skipped: nobody has to say."""

    AUTO_FOCUS = "#summary"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high"), (30, "-higher")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space,q", "dismiss", "Done", key_display="enter", id="summary.done"),
        *(
            Binding(str(key), f"explain({key})", f"Skipped: {why.words}", show=False, id=f"summary.{why.value}")
            for key, why in enumerate(Why, 1)
        ),
    ]

    def __init__(self, tally: Tally, *, glyphs: Glyphs, explain: Callable[[str, Why], bool]) -> None:
        """``explain`` keeps why a drill (id) was skipped; says whether that is on the disk."""
        super().__init__()
        self._tally = tally
        self._glyphs = glyphs
        self._explain = explain
        self._asked = list(unexplained(tally.outcomes))
        self._said = ""

    def compose(self) -> ComposeResult:
        """Saved or not, the scores, the words, the drills."""
        tally = self._tally
        with VerticalScroll(id="summary"):
            yield Static(self._saved(), id="saved")
            yield Static(Content(_headline(tally)), id="done")
            for knee, before, after in tally.scores:
                yield Static(Content(f"{knee.value.upper()} knee"), classes="knee")
                with Horizontal(classes="scores"):
                    yield Static(Content("before"), classes="label")
                    yield self._score(before, "chart.before")
                    yield Static(Content("after"), classes="label")
                    yield self._score(after, "chart.after")
                yield Static(Content(change_words(before, after)), classes="words")
            for line in _marked(tally):
                yield Static(Content(line), classes="marked")
        with Vertical(id="below"):
            yield Static(Content(tally.advice), id="advice")
            yield Static(self._why(), id="why")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Where nothing was skipped there is nothing to ask; two knees stand closer together."""
        self.set_class(len(self._tally.scores) > 1, "-both")
        self.query_one("#advice").display = bool(self._tally.advice)
        self.query_one("#why").display = bool(self._asked)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what was skipped can be explained."""
        return action != "explain" or bool(self._asked)

    def action_explain(self, key: int) -> None:
        """Keep why the drill that is asked about was skipped, and ask about the next one."""
        why, drill = tuple(Why)[key - 1], self._asked.pop(0)
        is_kept = self._explain(drill, why)
        self._said = f"{self._called(drill)}: {why.words}. {'Saved.' if is_kept else 'Not saved yet.'}"
        self.query_one("#why", Static).update(self._why())
        self.refresh_bindings()

    def _why(self) -> Content:
        """The answer to the question before, and the question with a key for each reason."""
        said = (f"{self._said}  " if self._said else "", "$success")
        if not self._asked:
            return Content.assemble(said)
        keys = "   ".join(f"{key} {why.words}" for key, why in enumerate(Why, 1))
        return Content.assemble(said, f"Why did you skip {self._called(self._asked[0])}?\n", (keys, "bold"))

    def _called(self, drill: str) -> str:
        return self._tally.names.get(drill, drill)

    def _saved(self) -> Content:
        if self._tally.is_saved:
            return Content.styled("Saved.", "$success")
        return Content.assemble(("Not saved yet. ", "bold $warning"), self._tally.problem)

    def _score(self, score: int | None, role: str) -> FrameView:
        text = "-" if score is None else str(score)
        glyphs = self._glyphs
        return FrameView(lambda w, h: digits(text, w, h, glyphs=glyphs, role=role, align="left"), classes="score")


def _headline(tally: Tally) -> str:
    minutes, seconds = divmod(round(tally.moved_s), 60)
    drills = {outcome.drill for outcome in tally.outcomes if outcome.result is not Result.SKIPPED}
    how = "" if tally.status is Status.FINISHED else ", stopped early"
    count = f"{len(drills)} drill{'' if len(drills) == 1 else 's'}"
    return f"{tally.title}{how}: {count}, {minutes}:{seconds:02} of moving."


def _marked(tally: Tally) -> list[str]:
    """The drills that hurt and those that were skipped, each once."""
    lines = []
    for result, words in ((Result.HURT, "You marked as hurting"), (Result.SKIPPED, "Skipped")):
        found = dict.fromkeys(
            tally.names.get(outcome.drill, outcome.drill) + ("" if outcome.side is Side.BOTH else f" ({outcome.side})")
            for outcome in tally.outcomes
            if outcome.result is result
        )
        if found:
            lines.append(f"{words}: {', '.join(found)}.")
    return lines
