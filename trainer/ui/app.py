"""The app: composes the screens, routes between them, and ends well. No screen knows another."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.actions import SkipAction
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from trainer.core.errors import TrainerError
from trainer.core.when import greeting
from trainer.drawing.glyphs import ALL_GLYPHS
from trainer.ui.course import Course
from trainer.ui.home import HomeScreen
from trainer.ui.kit import Kit
from trainer.ui.leaving import Leaving
from trainer.ui.palette import GYM_DARK, GYM_LIGHT
from trainer.ui.spelling import Spelling

if TYPE_CHECKING:
    from textual.driver import Driver

    from trainer.ui.days_gone import DaysGone

LOUDER = 0.1
KEY_NAMES = {"pageup": "PageUp", "pagedown": "PageDown", "left": "left", "right": "right", "f1": "F1"}
"""Keys as the README names them, where Textual says it shorter."""


class TrainerApp(Course):
    """The trainer, full screen."""

    TITLE = "trainer"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Keys", key_display="?", id="app.help", tooltip="All keys of this screen"),
        Binding("question_mark", "help", show=False, id="app.help.question"),
        Binding("ctrl+z", "suspend_process", show=False, id="app.suspend", system=True, priority=True),
        Binding("ctrl+c", "leave", show=False, id="app.leave", system=True, priority=True),
    ]

    def __init__(self, kit: Kit, leaving: Leaving | None = None) -> None:
        super().__init__()
        self.kit = kit
        self.leaving = leaving or Leaving()
        self._home = HomeScreen(greeting(kit.now()), kit.glyphs)
        self.register_theme(GYM_DARK)
        self.register_theme(GYM_LIGHT)
        if kit.is_ascii:
            self._filters.append(Spelling())
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
        self.leaving.follow(asyncio.get_running_loop(), lambda code: self.exit(return_code=code))
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        self.call_after_refresh(self._open)

    @work(exclusive=True, group="open")
    async def _open(self) -> None:
        """Ask what must be asked once and read the library, then begin; the sound may come later."""
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
            self.complain(error)
        if problem := await backup:
            self.notify(problem, title="Backup", severity="warning", timeout=10, markup=False)
        self.kit.diary.close_open_sessions()
        self.refresh_home()
        for complaint in self.kit.complaints:
            self.notify(complaint, title="Settings", severity="warning", timeout=10, markup=False)
        self.begin()
        self.take_output(await sound)
        self.kit.settled()

    async def _ask_once(self) -> bool:
        """The safety text and the knee, on the first start only; False when the person would rather leave."""
        from trainer.ui.setup import KneeScreen, SafetyScreen

        if self.kit.settings.safety_accepted is None:
            if not await self.push_screen_wait(SafetyScreen()):
                return False
            self.keep_settings(safety_accepted=self.kit.now().date())
        if self.kit.settings.affected_knee is None:
            knee = await self.push_screen_wait(KneeScreen())
            if knee is not None:
                self.keep_settings(affected_knee=knee)
        return True

    def refresh_home(self) -> None:
        """Show the routines and what the diary says now."""
        from trainer.ui.facts import NOTHING, home_facts, recall
        from trainer.ui.trial_day import with_trial

        if self.library is None:
            self._home.show(NOTHING)
            return
        now = self.kit.now()
        past = recall(self.kit.diary, now)
        facts = home_facts(self.library, past, self.kit.settings, now, self.kit.glyphs)
        self._home.show(with_trial(facts, self.library, self.kit))
        self._mind_diary()

    # A warm-up

    @on(HomeScreen.Started)
    def _started(self, event: HomeScreen.Started) -> None:
        if self.is_free:
            self.train(event.routine)

    @on(HomeScreen.Opened)
    def _opened(self, event: HomeScreen.Opened) -> None:
        if self.is_free:
            self.show_routine(event.routine)

    @work(exclusive=True, group="look")
    async def show_routine(self, name: str) -> None:
        """Show what is in a routine, and start it where that is wanted; ``name``: its id, or that of a broken one."""
        from trainer.ui.lately import recall_drills
        from trainer.ui.outline import lasts_without, outline_of
        from trainer.ui.preview import PreviewScreen

        if (library := self.library) is None:
            return
        settings = self.kit.settings
        outline = outline_of(library, name, settings, recall_drills(self.kit.diary))
        lasts = lasts_without(library, name, settings)
        left_out = await self.push_screen_wait(PreviewScreen(outline, library.body, self.kit, lasts))
        if left_out is not None:
            self.train(name, left_out=left_out)

    # Other places

    @on(HomeScreen.Asked)
    def _asked(self, event: HomeScreen.Asked) -> None:
        match event.place if self.is_free else "":
            case "rate":
                self.rate_now()
            case "morning":
                self.rate_morning()
            case "progress":
                self.show_progress()
            case "drills":
                self.show_drills()
            case "trial":
                self.show_trial()
            case "settings":
                self.show_settings()
            case "knee":
                self.ask_knee()

    @work(exclusive=True, group="train")
    async def rate_now(self) -> None:
        """Rate the knee outside a session."""
        from trainer.core.rating import Moment

        await self.rate_knees(Moment.NOW, None)
        await self.care_high()
        if self.kit.diary.retry():
            self.notify("Saved.", timeout=3, markup=False)
        self.refresh_home()

    @work(exclusive=True, group="train")
    async def rate_morning(self) -> None:
        """Rate the first stairs of the day, where they were not asked about yet."""
        from trainer.core.rating import Moment

        if self.is_due(Moment.MORNING):
            await self.ask_due(Moment.MORNING)
            await self.care_start()
        else:
            self.notify("Nothing to ask: answered today, switched off, or your first day.", markup=False)
        self.refresh_home()

    def show_progress(self) -> None:
        """Open the chart."""
        from trainer.ui.progress import ProgressScreen

        self.push_screen(ProgressScreen(self._days_gone()))
        self._mind_diary()

    def _days_gone(self) -> DaysGone:
        from trainer.ui.days_gone import DaysGone

        kit = self.kit
        return DaysGone(kit.diary, kit.settings.affected_knee, kit.now(), kit.glyphs)

    @work(exclusive=True, group="entries")
    async def action_show_entries(self) -> None:
        """Open the list of all entries; what was corrected there is shown everywhere afterwards."""
        from trainer.ui.entries import EntriesScreen
        from trainer.ui.progress import ProgressScreen

        if await self.push_screen_wait(EntriesScreen(self.kit)):
            self.refresh_home()
            if isinstance(self.screen, ProgressScreen):
                self.pop_screen()
                self.show_progress()

    @work(exclusive=True, group="entries")
    async def action_show_happenings(self) -> None:
        """Open the list of events and days off, at the day under the cursor; the chart shows them afterwards."""
        from trainer.ui.happenings import HappeningsScreen
        from trainer.ui.progress import ProgressScreen

        day = self.screen.day if isinstance(self.screen, ProgressScreen) else None
        if await self.push_screen_wait(HappeningsScreen(self.kit, day)) and isinstance(self.screen, ProgressScreen):
            self.screen.renew(self._days_gone())

    @work(exclusive=True, group="look")
    async def show_trial(self) -> None:
        """Say which day of the fair test it is, and do what it asks for."""
        from trainer.ui.trial import TrialCard
        from trainer.ui.trial_course import follow
        from trainer.ui.trial_day import card_of

        if self.library is None:
            return
        shown = card_of(self.kit, self.library)
        wanted = await self.push_screen_wait(TrialCard(shown))
        if wanted == "start" and shown.routine is not None:
            self.train(shown.routine)
            return
        if wanted is not None and (said := await follow(self, self.library, wanted)):
            self.notify(said, timeout=6, markup=False)
        self.refresh_home()

    def show_drills(self) -> None:
        """Open the drill library."""
        from trainer.ui.lately import recall_drills
        from trainer.ui.library import LibraryScreen

        if self.library is not None:
            self.push_screen(LibraryScreen(self.library, self.kit, recall_drills(self.kit.diary)))

    @work(exclusive=True, group="look")
    async def show_settings(self) -> None:
        """Open the settings; home says afterwards what follows from them."""
        from trainer.ui.choices import choices
        from trainer.ui.settings_page import SettingsPage

        await self.push_screen_wait(SettingsPage(self.kit, choices(tuple(self.available_themes)), self.change_setting))
        self.refresh_home()

    def change_setting(self, name: str, value: object) -> None:
        """Keep one setting, and do by it at once."""
        self.keep_settings(**{name: value})
        settings = self.kit.settings
        if self.output is not None:
            self.output.volume, self.output.muted = settings.volume, settings.muted
        if name == "theme":
            self.theme = settings.theme if settings.theme in self.available_themes else GYM_DARK.name
        elif name == "glyphs" and settings.glyphs in ALL_GLYPHS:
            self.kit.glyphs = next(glyphs for glyphs in ALL_GLYPHS if glyphs == settings.glyphs)

    @work(exclusive=True, group="train")
    async def ask_knee(self) -> None:
        """Ask again which knee it is about."""
        from trainer.ui.setup import KneeScreen

        knee = await self.push_screen_wait(KneeScreen())
        if knee is not None:
            self.keep_settings(affected_knee=knee)
            self.refresh_home()

    def action_help(self) -> None:
        """All keys of this screen."""
        from trainer.ui.help import HelpScreen, keys_of

        display = {
            binding.key: KEY_NAMES.get(binding.key) or self.get_key_display(binding)
            for _, binding, *_ in self.screen.active_bindings.values()
        }
        self.push_screen(HelpScreen(keys_of(self.screen.active_bindings.values(), display)))

    def get_key_display(self, binding: Binding) -> str:
        """How a key is named on the screen."""
        return self.kit.key_words(super().get_key_display(binding))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers besides Textual's own."""
        yield from super().get_system_commands(screen)
        yield SystemCommand("Louder", "Raise the volume of everything", lambda: self._set_volume(LOUDER))
        yield SystemCommand("Softer", "Lower the volume of everything", lambda: self._set_volume(-LOUDER))
        yield SystemCommand("Flash", "Flash the border with the last three seconds, or not", self._toggle_flash)
        if screen is self._home:
            yield SystemCommand("Rate now", "How is the knee right now?", self.rate_now)
            yield SystemCommand("First stairs", "How were the first stairs this morning?", self.rate_morning)
            yield SystemCommand("Progress", "Is it getting better?", self.show_progress)
            yield SystemCommand("Entries", "Correct or delete ratings and warm-ups", self.action_show_entries)
            yield SystemCommand("Events", "Mark the day of new shoes, take days off", self.action_show_happenings)
            yield SystemCommand("Fair test", "Which day is it in the test, and how far is it?", self.show_trial)
            yield SystemCommand("Drills", "How does each drill go?", self.show_drills)
            yield SystemCommand("Settings", "Which moments are asked, sound, figure, colours", self.show_settings)
            yield SystemCommand("Which knee", "Say again which knee troubles you", self.ask_knee)

    # Settings, faults, the end

    def _set_volume(self, by: float) -> None:
        volume = self.turn_volume(by)
        self.keep_settings(volume=volume)
        self.notify(f"Volume {volume:.0%}.", timeout=2, markup=False)

    def _toggle_flash(self) -> None:
        self.keep_settings(flash=not self.kit.settings.flash)

    def _keep_theme(self, theme: Theme) -> None:
        if theme.name != self.kit.settings.theme and not (
            theme.name == GYM_DARK.name and self.kit.settings.theme == "auto"
        ):
            self.keep_settings(theme=theme.name)

    def _mind_diary(self) -> None:
        if problem := self.kit.diary.untold():
            self.notify(problem, title="Diary", severity="warning", timeout=10, markup=False, everywhere=True)

    def action_leave(self) -> None:
        """Ctrl+c ends the program as everywhere else, but where something is selected to be copied."""
        if self.screen.get_selected_text() or getattr(self.focused, "selected_text", ""):
            raise SkipAction
        self.leaving.ask(signal.SIGINT)
