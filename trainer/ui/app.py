"""The app: composes the screens, routes between them, and ends well. No screen knows another."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.actions import SkipAction
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from trainer.core.errors import TrainerError
from trainer.core.suggestion import greeting
from trainer.ui.hearing import Hearing
from trainer.ui.home import HomeScreen
from trainer.ui.kit import Kit
from trainer.ui.leaving import Leaving
from trainer.ui.palette import GYM_DARK, GYM_LIGHT

if TYPE_CHECKING:
    from textual.driver import Driver

    from trainer.core.rating import Moment, Rating
    from trainer.core.side import Side
    from trainer.library import Library

LOUDER = 0.1
KEY_NAMES = {"pageup": "PageUp", "pagedown": "PageDown", "left": "left", "right": "right", "f1": "F1"}
"""Keys as the README names them, where Textual says it shorter."""


class TrainerApp(Hearing):
    """The trainer, full screen."""

    TITLE = "trainer"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "All keys", key_display="?", id="app.help", tooltip="All keys of this screen"),
        Binding("question_mark", "help", show=False, id="app.help.question"),
        Binding("ctrl+z", "suspend_process", show=False, id="app.suspend", system=True, priority=True),
        Binding("ctrl+c", "leave", show=False, id="app.leave", system=True, priority=True),
    ]

    def __init__(self, kit: Kit, leaving: Leaving | None = None) -> None:
        super().__init__()
        self.kit = kit
        self._leaving = leaving or Leaving()
        self.library: Library | None = None
        self._home = HomeScreen(greeting(kit.now()), kit.glyphs)
        self.register_theme(GYM_DARK)
        self.register_theme(GYM_LIGHT)
        wanted = kit.settings.theme
        self.theme = wanted if wanted in self.available_themes else GYM_DARK.name

    def get_default_screen(self) -> Screen[None]:
        """Home is what everything else is laid upon."""
        return self._home

    def get_driver_class(self) -> type[Driver]:
        """Textual's, but for one that survives the loss of its terminal where there is such a one."""
        chosen = super().get_driver_class()
        if chosen.__name__ == "LinuxDriver":
            from trainer.ui.terminal import Terminal

            return Terminal
        return chosen

    def on_mount(self) -> None:
        """Leave when asked to; read the rest after the first paint."""
        self._leaving.follow(asyncio.get_running_loop(), lambda code: self.exit(return_code=code))
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        self.call_after_refresh(self._open)

    # What was read

    @work(exclusive=True, group="open")
    async def _open(self) -> None:
        """Ask what must be asked once, read the library, open the sound; then start what was ordered."""
        reading = asyncio.create_task(asyncio.to_thread(self.kit.read_library))
        sound = asyncio.create_task(asyncio.to_thread(self.open_output))
        backup = asyncio.create_task(asyncio.to_thread(self.kit.diary.start_day))
        if not await self._ask_once():
            await asyncio.gather(reading, sound, backup, return_exceptions=True)
            self.exit()
            return
        try:
            self.library = await reading
        except TrainerError as error:
            self._complain(error)
        if problem := await backup:
            self.notify(problem, title="Backup", severity="warning", timeout=10, markup=False)
        self.kit.diary.close_open_sessions()
        self.refresh_home()
        for complaint in self.kit.complaints:
            self.notify(complaint, title="Settings", severity="warning", timeout=10, markup=False)
        self.take_output(await sound)
        self.kit.settled()
        order = self.kit.order.routine
        if order is not None and self.library is not None:
            self._follow_order(order)

    def _follow_order(self, routine: str) -> None:
        from trainer.library.find import find_routine

        assert self.library is not None
        try:
            self.train(find_routine(self.library, routine).id, skips_before=self.kit.order.skips_before)
        except TrainerError as error:
            self._complain(error)

    async def _ask_once(self) -> bool:
        """The safety text and the knee, on the first start only; False when the person would rather leave."""
        from trainer.ui.setup import KneeScreen, SafetyScreen

        if self.kit.settings.safety_accepted is None:
            if not await self.push_screen_wait(SafetyScreen()):
                return False
            self._keep(safety_accepted=self.kit.now().date())
        if self.kit.settings.affected_knee is None:
            knee = await self.push_screen_wait(KneeScreen())
            if knee is not None:
                self._keep(affected_knee=knee)
        return True

    def refresh_home(self) -> None:
        """Show the routines and what the diary says now."""
        from trainer.ui.facts import NOTHING, home_facts, recall

        if self.library is None:
            self._home.show(NOTHING)
            return
        now = self.kit.now()
        past = recall(self.kit.diary, now)
        self._home.show(home_facts(self.library, past, self.kit.settings, now, self.kit.glyphs))
        self._mind_diary()

    # From before to after

    @on(HomeScreen.Started)
    def _started(self, event: HomeScreen.Started) -> None:
        self.train(event.routine)

    @on(HomeScreen.Opened)
    @work(exclusive=True, group="look")
    async def _opened(self, event: HomeScreen.Opened) -> None:
        from trainer.ui.outline import outline_of
        from trainer.ui.preview import PreviewScreen

        if self.library is not None:
            outline = outline_of(self.library, event.routine, self.kit.settings)
            if await self.push_screen_wait(PreviewScreen(outline, self.library.body, self.kit)):
                self.train(event.routine)

    @work(exclusive=True, group="train")
    async def train(self, routine_id: str, *, skips_before: bool = False) -> None:
        """One warm-up: how is the knee, the session, how is the knee now, what it came to."""
        from trainer.core.rating import Moment
        from trainer.core.record import Status
        from trainer.core.session import Session
        from trainer.core.timeline import Timeline
        from trainer.store import new_id
        from trainer.ui.recorder import Recorder
        from trainer.ui.session import SessionScreen, Surroundings
        from trainer.ui.summary import SummaryScreen, Tally

        if self.library is None:
            return
        kit, settings = self.kit, self.kit.settings
        routine, drills = self.library.routines[routine_id], self.library.drills
        timeline = Timeline.of(routine, drills, affected=settings.affected_knee, stretch=settings.prepare_stretch)
        making = asyncio.create_task(self.make_speaker(timeline))
        session_id = new_id()
        before: dict[Side, int | None] = {}
        if settings.ask_before and not skips_before:
            before = await self._rate_knees(Moment.BEFORE, session_id, 0.0)
        if (speaker := await making) is None:
            return
        session = Session(timeline, kit.clock)
        recorder = Recorder(kit.diary, session, kit.now, id=session_id, speed=kit.clock.speed)
        status = await self.push_screen_wait(
            SessionScreen(Surroundings(session, recorder, speaker, self.library.body), kit)
        )
        after = await self._rate_knees(Moment.AFTER, session_id, session.position)
        tally = Tally(
            title=routine.name,
            status=status or Status.STOPPED,
            moved_s=session.moved_s,
            outcomes=tuple(outcome for _, outcome in session.outcomes),
            names={drill.id: drill.name for drill in drills.values()},
            scores=tuple((knee, before.get(knee), after.get(knee)) for knee in after),
            is_saved=kit.diary.retry(),
            problem=kit.diary.problem or "",
        )
        await self.push_screen_wait(SummaryScreen(tally, glyphs=kit.glyphs))
        self.refresh_home()
        kit.settled()

    async def _rate_knees(self, moment: Moment, session_id: str | None, at_s: float) -> dict[Side, int | None]:
        """Ask about each affected knee; every answer is on the disk before the next screen."""
        from trainer.core.rating import Rating
        from trainer.core.side import Affected
        from trainer.store import new_id
        from trainer.ui.rate import RateScreen

        affected = self.kit.settings.affected_knee or Affected.BOTH
        scores: dict[Side, int | None] = {}
        for knee in affected.knees:
            answer = await self.push_screen_wait(RateScreen(moment, knee, is_ascii=self.kit.is_ascii))
            rating = Rating(
                id=new_id(),
                at=self.kit.now(),
                moment=moment,
                knee=knee,
                score=answer.score,
                note=answer.note,
                session=session_id,
            )
            self._rate(rating)
            if self.kit.events is not None:
                self.kit.events.rated(at_s, rating)
            scores[knee] = answer.score
        return scores

    def _rate(self, rating: Rating) -> None:
        """Keep a rating; a note that is no plain text must not cost the score."""
        try:
            self.kit.diary.rate(rating)
        except TrainerError as error:
            self._complain(error)
            self.kit.diary.rate(replace(rating, note=None))

    # Other places

    @on(HomeScreen.Asked)
    def _asked(self, event: HomeScreen.Asked) -> None:
        match event.place:
            case "rate":
                self.rate_now()
            case "progress":
                self.show_progress()
            case "drills":
                self.show_drills()
            case "knee":
                self.ask_knee()

    @work(exclusive=True, group="train")
    async def rate_now(self) -> None:
        """Rate the knee outside a session."""
        from trainer.core.rating import Moment

        await self._rate_knees(Moment.NOW, None, 0.0)
        if self.kit.diary.retry():
            self.notify("Saved.", timeout=3, markup=False)
        self.refresh_home()

    def show_progress(self) -> None:
        """Open the chart."""
        from trainer.ui.facts import progress_facts
        from trainer.ui.progress import ProgressScreen

        kit = self.kit
        self.push_screen(ProgressScreen(progress_facts(kit.diary, kit.settings.affected_knee, kit.now(), kit.glyphs)))
        self._mind_diary()

    def show_drills(self) -> None:
        """Open the drill library."""
        from trainer.ui.library import LibraryScreen

        if self.library is not None:
            self.push_screen(LibraryScreen(self.library, self.kit))

    @work(exclusive=True, group="train")
    async def ask_knee(self) -> None:
        """Ask again which knee it is about."""
        from trainer.ui.setup import KneeScreen

        knee = await self.push_screen_wait(KneeScreen())
        if knee is not None:
            self._keep(affected_knee=knee)
            self.refresh_home()

    def action_help(self) -> None:
        """All keys of this screen."""
        from trainer.ui.help import HelpScreen, keys_of

        display = {
            binding.key: KEY_NAMES.get(binding.key) or self.get_key_display(binding)
            for _, binding, *_ in self.screen.active_bindings.values()
        }
        self.push_screen(HelpScreen(keys_of(self.screen.active_bindings.values(), display)))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers besides Textual's own."""
        yield from super().get_system_commands(screen)
        yield SystemCommand("Louder", "Raise the volume of everything", lambda: self._set_volume(LOUDER))
        yield SystemCommand("Softer", "Lower the volume of everything", lambda: self._set_volume(-LOUDER))
        yield SystemCommand("Flash", "Flash the border with the last three seconds, or not", self._toggle_flash)
        if screen is self._home:
            yield SystemCommand("Rate now", "How is the knee right now?", self.rate_now)
            yield SystemCommand("Progress", "Is it getting better?", self.show_progress)
            yield SystemCommand("Drills", "How does each drill go?", self.show_drills)
            yield SystemCommand("Which knee", "Say again which knee troubles you", self.ask_knee)

    # Settings, faults, the end

    def _set_volume(self, by: float) -> None:
        volume = self.turn_volume(by)
        self._keep(volume=volume)
        self.notify(f"Volume {volume:.0%}.", timeout=2, markup=False)

    def _toggle_flash(self) -> None:
        self._keep(flash=not self.kit.settings.flash)

    def _keep_theme(self, theme: Theme) -> None:
        if theme.name != self.kit.settings.theme and not (
            theme.name == GYM_DARK.name and self.kit.settings.theme == "auto"
        ):
            self._keep(theme=theme.name)

    def _keep(self, **changes: object) -> None:
        try:
            self.kit.keep(**changes)
        except TrainerError as error:
            self._complain(error)

    def _mind_diary(self) -> None:
        if problem := self.kit.diary.untold():
            self.notify(problem, title="Diary", severity="warning", timeout=10, markup=False)

    def _complain(self, error: TrainerError) -> None:
        self.notify(error.hint, title=error.message, severity="warning", timeout=10, markup=False)

    def action_leave(self) -> None:
        """Ctrl+c ends the program as everywhere else, but where something is selected to be copied."""
        if self.screen.get_selected_text() or getattr(self.focused, "selected_text", ""):
            raise SkipAction
        self._leaving.ask(signal.SIGINT)
