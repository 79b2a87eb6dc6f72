"""What do I do this second? One drill, one side, the count, the rep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from trainer.body.acting import act
from trainer.core.event import Event, EventKind
from trainer.core.record import Status
from trainer.core.session import Session, State
from trainer.core.sleep import SleepWatch
from trainer.drawing.glyphs import ALL_GLYPHS
from trainer.drawing.track import track
from trainer.drawing.window import NEEDS
from trainer.ui.ahead import Ahead
from trainer.ui.glance import EARLY_S, Glance, changes_in, look, numbered, small_words
from trainer.ui.listener import SOUND_KEYS, Listener
from trainer.ui.onlooker import Onlooker, figure_keys
from trainer.ui.sparing import Sparing
from trainer.ui.widgets.board import Board
from trainer.ui.widgets.figure_view import FigureView
from trainer.ui.widgets.footer import KeyFooter
from trainer.ui.widgets.frame_view import FrameView
from trainer.ui.widgets.plain import PlainHorizontal, PlainVertical
from trainer.ui.widgets.words import Words

if TYPE_CHECKING:
    from trainer.body.skeleton import Body
    from trainer.ui.kit import Kit
    from trainer.ui.recorder import Recorder
    from trainer.ui.speaker import Speaker

SEEK = Binding.Group("Back, next", compact=True)
PACE = Binding.Group("Slower, faster", compact=True)
COVERED = "covered"
"""Why a session waits while something is laid over it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a session needs around it."""

    session: Session
    """Ready to start."""
    recorder: Recorder
    """Writes it down."""
    speaker: Speaker
    """Sounds it."""
    body: Body
    """The body that the figure shows, and how to get into each base pose."""

    @property
    def setups(self) -> Mapping[str, str]:
        """How to get into each base pose, in words."""
        return {name: pose.text for name, pose in self.body.base_poses.items()}


class SessionScreen(Screen[Status], Onlooker, Listener, Sparing):
    """Runs a session and dismisses with how it ended."""

    AUTO_FOCUS = ""
    BLANK = True
    HORIZONTAL_BREAKPOINTS = [
        (0, "-tiny"),
        (NEEDS[0], "-narrow"),
        (76, "-usual"),
        (150, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (NEEDS[1], "-low"), (22, "-high"), (30, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause_or_go", "Pause", id="session.toggle", tooltip="Stand still; again, go on after 3-2-1"),
        Binding("b", "pause_or_go", show=False, id="session.toggle.remote"),
        Binding("h", "hurt", "That hurt", id="session.hurt", tooltip="Mark it, and show the easier way from here on"),
        Binding(
            "left", "back", "Back", id="session.back", tooltip="Restart this; twice for the one before", group=SEEK
        ),
        Binding("p,pageup", "back", show=False, id="session.back.remote"),
        Binding("right", "next", "Next", id="session.next", tooltip="On to the next", group=SEEK),
        Binding("n,pagedown", "next", show=False, id="session.next.remote"),
        Binding("left_square_bracket", "slower", "Slower", key_display="[", id="session.slower", group=PACE),
        Binding("right_square_bracket", "faster", "Faster", key_display="]", id="session.faster", group=PACE),
        Binding("i", "how", "How to", id="session.how", tooltip="How to do this drill; the session waits"),
        Binding("q,escape", "stop", "Stop", key_display="q", id="session.stop", tooltip="Stop here; asks first"),
        Binding("plus", "more", "Ten seconds more", show=False, key_display="+", id="session.more"),
        Binding("f", "swap", "Figure or count, in a small window", show=False, id="session.swap"),
        Binding("g", "glyphs", "Draw the figure with other signs", show=False, id="session.glyphs"),
        *figure_keys(is_shown=False),
        *SOUND_KEYS,
    ]

    def __init__(self, around: Surroundings, kit: Kit) -> None:
        super().__init__()
        self.session = around.session
        self.speaker = around.speaker
        self._around = around
        self._setups = around.setups
        self._kit = kit
        self._watch = SleepWatch()
        self._shown: object = None
        self._is_closing = False
        self._beats = cycle((0,))
        self._beat_s = 0.0
        self._why_paused = ""

    def compose(self) -> ComposeResult:
        """The top line, the drill beside its count, the track, the keys."""
        self._figure = FigureView(
            self._around.body,
            glyphs=self._kit.glyphs,
            frames_a_second=self._kit.figure_rate(self.app.animation_level),
            aspect=self._kit.aspect,
            stance=self._kit.settings.figure,
            id="figure",
        )
        with PlainHorizontal(id="top"):
            yield Words(id="title")
            yield Words(id="place")
            yield Words(id="left")
        with PlainHorizontal(id="stage"):
            with PlainVertical(id="show"):
                yield self._figure
                with PlainVertical(id="below"):
                    yield Words(id="steps")
            yield Board(id="now")
        yield Words(id="small")
        # A child of the screen is painted with whatever else is; within a container of its own, only with that.
        with PlainVertical(id="foot"):
            yield FrameView(id="track")
            yield Words(id="then")
            yield KeyFooter()

    def on_mount(self) -> None:
        """Start at once; the timer only repaints, the clock counts."""
        self._ahead = Ahead(self.session, self._figure, self._kit.swept)
        self._around.recorder.begin()
        self.session.start(self.speaker.notice)
        self.query_one("#title", Words).say(self.session.timeline.title)
        if self._kit.tick_s > 0:
            rate = self._kit.figure_rate(self.app.animation_level) or 1 / self._kit.tick_s
            self._beat_s = 1 / rate
            self._beats = cycle(range(max(1, round(rate * self._kit.tick_s))))
            self.set_interval(self._beat_s, self.beat)
        self.app.app_suspend_signal.subscribe(self, lambda _: self._wait("asleep"))
        self.app.app_resume_signal.subscribe(self, lambda _: self._awake())
        self.call_after_refresh(self.tick)

    def on_unmount(self) -> None:
        """However the app ends, what was done is kept, the drill under way included, and where it stands."""
        self.session.stop(Status.INTERRUPTED)
        for event in self.session.due():
            self._pass_on(event)
        self._around.recorder.end(self.session.status)
        if self.session.status is not Status.FINISHED:  # what is said at the end is heard to its end
            self.speaker.output.cancel()

    def beat(self) -> None:
        """The figure moves at each beat of one timer, all else at some: each timer costs as much as what it does."""
        if next(self._beats):
            self.move_figure()
        else:
            self.tick()
        if self.session.state is State.RUNNING:
            until = changes_in(self.session) / self._kit.clock.speed
            if until < self._beat_s:
                # A count is seen as it changes, not up to a beat later; a timer may be a moment early.
                self.set_timer(until + EARLY_S, self.tick)

    def tick(self) -> None:
        """Ask the session what is due and show where it stands. May be called at any time, any number of times."""
        self._mind_sleep()
        for event in (due := self.session.due()):
            self._meet(event)
        self._around.recorder.keep_place()
        self.speaker.follow(self.session)
        self.tell_news()
        self.move_figure()
        if self._kit.tick_s > 0 and not due:
            self._ahead.think()
        self._paint(look(self.session, self._setups, is_ascii=self._kit.is_ascii))
        # What lies over it (a card that was opened in its last instant) is closed first.
        if self.session.state is State.ENDED and not self._is_closing and self.is_active:
            self._is_closing = True
            self._around.recorder.end(self.session.status)
            self.dismiss(self.session.status)

    def move_figure(self) -> None:
        """Show what the body does now; costs nothing while it stands still or something lies over it."""
        if self.is_current:
            self._figure.perform(act(self.session))

    # Keys

    def action_pause_or_go(self) -> None:
        """Pause, or go on."""
        self._mind_sleep()
        self._why_paused = ""
        self.session.toggle(self.speaker.notice)
        self.tick()
        if self.session.state is State.PAUSED:
            self.speaker.sound_pause()

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
        self.speaker.sound_hurt()
        self.tell_hurt(phase)
        self.tick()

    def action_how(self) -> None:
        """Show how the drill goes; the session waits."""
        from trainer.core.drill_record import of_drill
        from trainer.ui.drill_card import DrillCard
        from trainer.ui.lately import recall_drills

        phase = self.session.phase
        lately = of_drill(recall_drills(self._kit.diary), phase.drill.id)
        self.app.push_screen(DrillCard(phase.drill, phase.side, lately))

    def action_stop(self) -> None:
        """Ask, and stop if that was meant."""
        from trainer.ui.confirm import Confirm

        self.app.push_screen(
            Confirm("Stop here?", "What you did is kept, and your knee is asked.", yes="Stop", no="Go on"), self._stop
        )

    def action_glyphs(self) -> None:
        """Draw the figure with the next set of glyphs."""
        place = (ALL_GLYPHS.index(self._kit.glyphs) + 1) % len(ALL_GLYPHS)
        self._kit.glyphs = ALL_GLYPHS[place]
        self._figure.draw_with(self._kit.glyphs)
        self.notify(f"Drawn with {self._kit.glyphs}.", timeout=2, markup=False)

    def action_swap(self) -> None:
        """Where there is no room for both: the figure instead of the count, or the count again."""
        self.toggle_class("-swapped")

    @on(events.Click, "#stage, #stage *")
    def _clicked(self) -> None:
        self.action_pause_or_go()

    # Inside

    def on_screen_suspend(self) -> None:
        """Whatever is laid over the session (help, a question, the palette) makes it wait."""
        self._wait(COVERED)

    def on_screen_resume(self) -> None:
        """Nothing is laid over it any more: go on, if it was only for that that it waited."""
        if self._why_paused == COVERED and self.session.state is State.PAUSED:
            self.session.resume(self.speaker.notice)
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

    def _awake(self) -> None:
        """Stand where the person last saw it: somebody else had stopped the program."""
        self.session.wake()
        self.tick()

    def _mind_sleep(self) -> None:
        if self._watch.gap(self._kit.monotonic(), self._kit.wall_s()):
            self.session.wake()

    def _pass_on(self, event: Event) -> None:
        if self._kit.events is not None:
            self._kit.events.tell(event)

    def _meet(self, event: Event) -> None:
        self._pass_on(event)
        if event.kind in (EventKind.PHASE, EventKind.HURT):
            self._around.recorder.follow()
        elif event.kind is EventKind.PAUSED and event.data.get("reason") == "asleep":
            self._why_paused = "asleep"
            self.notify("The laptop was asleep, so the session waits.", title="Welcome back", markup=False)

    def _paint(self, glance: Glance) -> None:
        timeline, at_s, is_ascii = self.session.timeline, self.session.position, self._kit.is_ascii
        place = (timeline, round(at_s / timeline.total_s * 4000), is_ascii)  # finer than the cells of a window
        self.query_one("#track", FrameView).show(lambda w, _: track(timeline, at_s, w, is_ascii=is_ascii), place)
        flashes = self._kit.flashes or self.speaker.output.name == "bell"
        shown = (glance, self.size, self._kit.glyphs, flashes)
        if shown == self._shown:
            return
        self._shown = shown
        # On the widgets themselves: a class of the screen would have every widget's style looked up anew.
        self.query_one("#stage").set_class(glance.is_lit and flashes, "-flash")
        self.query_one("#cue").set_class(glance.is_eased, "-eased")
        self.query_one(Board).show(glance, self._kit.glyphs)
        for name, words in (
            ("place", f"{glance.pace}   {glance.place}".strip()),
            ("left", glance.left),
            ("then", glance.then),
            ("steps", numbered(glance.steps, self.query_one("#steps").content_size.width)),
            ("small", small_words(glance, self.size.width, self.size.height)),
        ):
            self.query_one(f"#{name}", Words).say(words)
