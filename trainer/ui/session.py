"""What do I do this second? One drill, one side, the count, the rep."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from trainer.audio.cues import HURT
from trainer.core.event import Event, EventKind
from trainer.core.record import Status
from trainer.core.session import Session, State
from trainer.core.sleep import SleepWatch
from trainer.drawing.digits import digits
from trainer.drawing.track import track
from trainer.drawing.window import NEEDS
from trainer.ui.glance import Glance, look
from trainer.ui.widgets.frame_view import FrameView, Painter

if TYPE_CHECKING:
    from trainer.ui.kit import Kit
    from trainer.ui.recorder import Recorder
    from trainer.ui.speaker import Speaker

SEEK = Binding.Group("Back, next", compact=True)
PACE = Binding.Group("Slower, faster", compact=True)
COVERED = "covered"
"""Why a session waits while something is laid over it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a session needs around it."""

    session: Session
    """Ready to start."""
    recorder: Recorder
    """Writes it down."""
    speaker: Speaker
    """Sounds it."""
    setups: Mapping[str, str]
    """How to get into each base pose."""


class SessionScreen(Screen[Status]):
    """Runs a session and dismisses with how it ended."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [
        (0, "-tiny"),
        (NEEDS[0], "-narrow"),
        (76, "-usual"),
        (150, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (NEEDS[1], "-low"), (22, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause_or_go", "Pause", id="session.toggle", tooltip="Stand still; again, go on after 3-2-1"),
        Binding("b", "pause_or_go", show=False, id="session.toggle.remote"),
        Binding(
            "left", "back", "Back", id="session.back", tooltip="Restart this; twice for the one before", group=SEEK
        ),
        Binding("p,pageup", "back", show=False, id="session.back.remote"),
        Binding("right", "next", "Next", id="session.next", tooltip="On to the next", group=SEEK),
        Binding("n,pagedown", "next", show=False, id="session.next.remote"),
        Binding("left_square_bracket", "slower", "Slower", key_display="[", id="session.slower", group=PACE),
        Binding("right_square_bracket", "faster", "Faster", key_display="]", id="session.faster", group=PACE),
        Binding("h", "hurt", "That hurt", id="session.hurt", tooltip="Mark it, and show the easier way from here on"),
        Binding("i", "how", "How to", id="session.how", tooltip="How to do this drill; the session waits"),
        Binding("q,escape", "stop", "Stop", key_display="q", id="session.stop", tooltip="Stop here; asks first"),
        Binding("plus", "more", "Ten seconds more", show=False, key_display="+", id="session.more"),
        Binding("m", "mute", "Sound off, or on again", show=False, id="session.mute"),
    ]

    def __init__(self, stage: Stage, kit: Kit) -> None:
        super().__init__()
        self.session = stage.session
        self._stage = stage
        self._kit = kit
        self._watch = SleepWatch()
        self._told: dict[str, str] = {}
        self._is_closing = False
        self._why_paused = ""

    def compose(self) -> ComposeResult:
        """The top line, the drill beside its count, the track, the keys."""
        with Horizontal(id="top"):
            yield Static(id="title")
            yield Static(id="place")
            yield Static(id="left")
        with Horizontal(id="stage"):
            yield Static(id="steps")
            with Vertical(id="now"):
                yield Static(id="word")
                yield Static(id="name")
                yield Static(id="side")
                yield FrameView(id="count")
                yield Static(id="rep")
                yield Static(id="cue")
        yield FrameView(id="track")
        yield Static(id="then")
        yield Static(id="small")
        yield Static(id="paused")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Start at once; the timer only repaints, the clock counts."""
        self._stage.recorder.begin()
        self.session.start(self._stage.speaker.notice)
        self._write("title", self.session.timeline.title)
        if self._kit.tick_s > 0:
            self.set_interval(self._kit.tick_s, self.tick)
        self.app.app_suspend_signal.subscribe(self, lambda _: self._wait("asleep"))
        self.call_after_refresh(self.tick)

    def on_unmount(self) -> None:
        """However the app ends, what was done is kept, the drill under way included."""
        self.session.stop(Status.INTERRUPTED)
        for event in self.session.due():
            self._tell(event)
        self._stage.recorder.end(self.session.status)
        self._stage.speaker.output.cancel()

    def tick(self) -> None:
        """Ask the session what is due and show where it stands. May be called at any time, any number of times."""
        self._mind_sleep()
        for event in self.session.due():
            self._meet(event)
        self._stage.speaker.follow(self.session)
        self._paint(look(self.session, self._stage.setups, is_ascii=self._kit.is_ascii))
        if self.session.state is State.ENDED and not self._is_closing:
            self._is_closing = True
            self._stage.recorder.end(self.session.status)
            self.dismiss(self.session.status)

    # Keys

    def action_pause_or_go(self) -> None:
        """Pause, or go on."""
        self._mind_sleep()
        self._why_paused = ""
        self.session.toggle(self._stage.speaker.notice)
        self.tick()

    def action_next(self) -> None:
        """On to the next phase."""
        self._mind_sleep()
        self.session.skip()
        self.tick()

    def action_back(self) -> None:
        """Restart this phase; twice, the one before."""
        self._mind_sleep()
        self.session.back()
        self.tick()

    def action_slower(self) -> None:
        """Slow the work down."""
        self.session.slower()
        self.tick()

    def action_faster(self) -> None:
        """Speed the work up."""
        self.session.faster()
        self.tick()

    def action_more(self) -> None:
        """Ten seconds more of this phase."""
        self.session.add()
        self.tick()

    def action_hurt(self) -> None:
        """Mark the drill, and show the easier way from here on."""
        phase = self.session.hurt()
        if phase is None:
            self.notify("Nothing to mark yet.", markup=False)
            return
        self._stage.speaker.sound(HURT, self._kit.monotonic())
        self.notify(
            f"{phase.drill.easier} Stop it if: {phase.drill.stop_if}",
            title="Marked. Easier from here:",
            severity="warning",
            timeout=8,
            markup=False,
        )
        self.tick()

    def action_mute(self) -> None:
        """Sound off, or on again."""
        output = self._stage.speaker.output
        output.muted = not output.muted
        self.notify("Sound off." if output.muted else "Sound on.", timeout=2, markup=False)

    def action_how(self) -> None:
        """Show how the drill goes; the session waits."""
        from trainer.ui.drill_card import DrillCard

        phase = self.session.phase
        self.app.push_screen(DrillCard(phase.drill, phase.side))

    def action_stop(self) -> None:
        """Ask, and stop if that was meant."""
        from trainer.ui.confirm import Confirm

        self.app.push_screen(
            Confirm("Stop here?", "What you did is kept, and your knee is asked.", yes="Stop", no="Go on"), self._stop
        )

    @on(events.Click, "#stage, #stage *, #paused")
    def _clicked(self) -> None:
        self.action_pause_or_go()

    # Inside

    def on_screen_suspend(self) -> None:
        """Whatever is laid over the session (help, a question, the palette) makes it wait."""
        self._wait(COVERED)

    def on_screen_resume(self) -> None:
        """Nothing is laid over it any more: go on, if it was only for that that it waited."""
        if self._why_paused == COVERED and self.session.state is State.PAUSED:
            self.session.resume(self._stage.speaker.notice)
            self._why_paused = ""
        if self.session.state is not State.READY:
            self.tick()

    def _stop(self, is_meant: bool | None) -> None:
        if is_meant:
            self.session.stop()
            self.tick()

    def _wait(self, reason: str) -> None:
        self._mind_sleep()
        if self.session.state in (State.RUNNING, State.RESUMING):
            self.session.pause(reason)
            self._why_paused = reason
            self.tick()

    def _mind_sleep(self) -> None:
        if self._watch.gap(self._kit.monotonic(), self._kit.wall_s()):
            self.session.wake()

    def _tell(self, event: Event) -> None:
        if self._kit.events is not None:
            self._kit.events.tell(event)

    def _meet(self, event: Event) -> None:
        self._tell(event)
        if event.kind in (EventKind.PHASE, EventKind.HURT):
            self._stage.recorder.follow()
        elif event.kind is EventKind.PAUSED and event.data.get("reason") == "asleep":
            self._why_paused = "asleep"
            self.notify("The laptop was asleep, so the session waits.", title="Welcome back", markup=False)

    def _paint(self, glance: Glance) -> None:
        self.set_class(glance.is_last, "-last")
        self.set_class(glance.is_paused, "-paused")
        self.set_class(glance.is_eased, "-eased")
        self.set_class(self._kit.flashes, "-flash")
        resuming = glance.lead > 0
        count = str(glance.lead) if resuming else glance.digits
        word = "GOING ON" if resuming else glance.word
        for name, text in (
            ("place", f"{glance.pace}   {glance.place}".strip()),
            ("left", glance.left),
            ("word", word),
            ("name", glance.name),
            ("side", glance.side),
            ("rep", f"{glance.rep}    {glance.dots}".strip()),
            ("cue", glance.cue),
            ("then", glance.then),
            ("steps", self._in_lines(glance.steps)),
            ("small", self._in_small(glance, count)),
            ("paused", self._paused_words(glance)),
        ):
            self._write(name, text)
        role = "digit.last" if glance.is_last or resuming else "digit"
        glyphs = self._kit.glyphs
        # As wide as the longest count of the phase, so that 10 and 9 stand in the same place.
        like = str(glance.lead) if resuming else glance.longest
        text = count.rjust(len(like))
        self._show(
            "count",
            f"{text} {like} {role}",
            lambda w, h: digits(text, w, h, glyphs=glyphs, role=role, align="left", like=like),
        )
        timeline, at_s, is_ascii = self.session.timeline, glance.position_s, self._kit.is_ascii
        self.query_one("#track", FrameView).show(lambda w, _: track(timeline, at_s, w, is_ascii=is_ascii))

    def _in_lines(self, steps: tuple[str, ...]) -> str:
        """The steps, numbered, each hanging below its number."""
        width = self.query_one("#steps").content_size.width
        blocks = [
            textwrap.fill(step, max(width, 12), initial_indent=f"{number}  ", subsequent_indent="   ")
            for number, step in enumerate(steps, 1)
        ]
        return "\n\n".join(blocks)

    def _paused_words(self, glance: Glance) -> str:
        where = " ".join(part for part in (glance.name, glance.side, glance.rep) if part)
        return f"PAUSED\n\n{where}\n\nspace goes on, after 3-2-1"

    def _in_small(self, glance: Glance, count: str) -> str:
        state = "PAUSED " if glance.is_paused else ""
        lines = (
            f"{state}{count}  {glance.rep}".rstrip(),
            f"{glance.word} {glance.name} {glance.side}".strip(),
            f"This window is {self.size.width}x{self.size.height}; {NEEDS[0]}x{NEEDS[1]} shows everything.",
        )
        return "\n".join(lines)

    def _write(self, name: str, text: str) -> None:
        if self._told.get(name) != text:
            self._told[name] = text
            self.query_one(f"#{name}", Static).update(Content(text), layout=False)

    def _show(self, name: str, key: str, painter: Painter) -> None:
        if self._told.get(name) != key:
            self._told[name] = key
            self.query_one(f"#{name}", FrameView).show(painter)
