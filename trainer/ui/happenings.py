"""What else happened? Events such as new shoes, and days off: added for any day, changed, taken out, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from trainer.core.correction import kind_of
from trainer.core.day import day_of
from trainer.core.errors import UsageError
from trainer.core.happening import Event, Freeze
from trainer.store import new_id
from trainer.store.correcting import delete, undo
from trainer.store.happenings import list_events, list_freezes, save
from trainer.store.marking import end_days_off, mark_event, take_days_off
from trainer.ui.happening_card import HappeningCard
from trainer.ui.widgets.footer import KeyFooter
from trainer.ui.widgets.long_list import LongList, Parts

if TYPE_CHECKING:
    from trainer.store import Store
    from trainer.ui.kit import Kit

Undo = Callable[["Store"], object]
NOT_DONE = object()
"""The diary could not be written."""
TOP = "Events and days off, newest first"


class HappeningsScreen(Screen[bool]):
    """Lists them; dismisses with whether anything was changed."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]
    AUTO_FOCUS = "#happenings"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Event", id="happenings.add", tooltip="Mark a day on which something changed"),
        Binding("o", "days_off", "Days off", id="happenings.off", tooltip="Ill, travelling: no warm-up is missed then"),
        Binding("o", "come_back", "Back again", id="happenings.end", tooltip="End the days off"),
        Binding("enter,e", "change", "Change", key_display="enter", id="happenings.change"),
        Binding("x,delete", "delete", "Delete", key_display="x", id="happenings.delete"),
        Binding("u", "undo", "Undo", id="happenings.undo", tooltip="Undo what was done here last"),
        Binding("escape,q", "leave", "Back", key_display="escape", id="happenings.back"),
    ]

    def __init__(self, kit: Kit, day: date | None = None) -> None:
        """``day``: the one that is marked unless another is chosen; else today."""
        super().__init__()
        self._kit = kit
        self._today = day_of(kit.now())
        self._day = day or self._today
        self._items: tuple[Event | Freeze, ...] = ()
        self._undos: list[Undo] = []
        self._has_changed = False

    def compose(self) -> ComposeResult:
        """How many there are, and the list."""
        yield Static(Content(TOP), id="count")
        yield LongList(self._line, id="happenings", mark=">" if self._kit.is_ascii else "▸")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read them; begin at the day."""
        self._reload()
        place = next((n for n, one in enumerate(self._items) if _first(one) <= self._day), 0)
        self.query_one(LongList).show(len(self._items), place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what can be done now."""
        if action == "come_back":
            return self._off_now() is not None
        if action == "days_off":
            return self._off_now() is None
        return bool(self._items) if action in ("change", "delete") else True

    @work(exclusive=True, group="happening")
    async def action_add(self) -> None:
        """Mark a day."""
        await self._ask(Event(new_id(), self._day, ""))

    @work(exclusive=True, group="happening")
    async def action_days_off(self) -> None:
        """Begin days off, or note some that are over."""
        await self._ask(Freeze(new_id(), min(self._day, self._today)))

    def action_come_back(self) -> None:
        """End the days off that go on; yesterday was the last one."""
        ended = self._write(lambda store: end_days_off(store, self._today))
        if isinstance(ended, tuple):
            self._undos.append(_put_back(ended[0]))
            self._say("Welcome back. u takes it back.")

    @work(exclusive=True, group="happening")
    async def action_change(self) -> None:
        """Change the one under the cursor."""
        if (item := self._chosen()) is not None:
            await self._ask(item, was=item)

    async def _ask(self, item: Event | Freeze, *, was: Event | Freeze | None = None) -> None:
        """Ask until it makes sense, or until it is left."""
        why: list[str] = []
        while (told := await self.app.push_screen_wait(self._card(item, " ".join(why)))) is not None:
            item, why = told, []
            if told == was:
                return
            if self._write(partial(_keep, item=told, today=self._today), why.extend) is True:
                self._undos.append(_take_out(told) if was is None else _put_back(was))
                self._reload(told.id)
                self._say("Saved. u takes it back.")
                return

    def _card(self, item: Event | Freeze, why: str) -> HappeningCard:
        return HappeningCard(item, self._today, why=why, is_ascii=self._kit.is_ascii)

    def action_delete(self) -> None:
        """Take it out; it can be brought back."""
        item = self._chosen()
        act = None if item is None else self._write(lambda store: delete(store, kind_of(item), item.id))
        if act is not None and act is not NOT_DONE:
            number: int = act.number  # type: ignore[attr-defined]
            self._undos.append(lambda store: undo(store, number))
            self._say("Deleted. u brings it back.")

    def action_undo(self) -> None:
        """Undo what was done here last, then the one before."""
        if not self._undos:
            self._say("There is nothing to undo here.")
        elif self._write(self._undos[-1]) is not NOT_DONE:
            self._undos.pop()
            self._say("As it was before.")

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.dismiss(self._has_changed)

    def _write(self, write: Callable[[Store], object], tell: Callable[[tuple[str, str]], None] | None = None) -> object:
        """Change the diary and show it anew; tells what is wrong, and what to do, where that was not possible."""
        tell = tell or self._warn
        done: object = NOT_DONE
        try:
            done = self._kit.diary.change(write, NOT_DONE)
        except UsageError as error:
            tell((error.message, error.hint))
        else:
            if done is NOT_DONE:
                tell(("Nothing was changed.", self._kit.diary.problem or "The diary could not be written."))
            else:
                self._has_changed = True
        self._reload()
        return done

    def _warn(self, words: tuple[str, str]) -> None:
        what, hint = words
        self.notify(hint, title=what, severity="warning", timeout=10, markup=False)

    def _reload(self, at: str | None = None) -> None:
        diary = self._kit.diary
        every: list[Event | Freeze] = [*diary.read(list_events, ()), *diary.read(list_freezes, ())]
        self._items = tuple(sorted(every, key=_first, reverse=True))
        place = next((n for n, one in enumerate(self._items) if one.id == at), None)
        self.query_one(LongList).show(len(self._items), place)
        none_yet = "Nothing yet: a marks a day, such as the one with new shoes; o takes days off."
        self.query_one("#count", Static).update(Content(f"{TOP}: {len(self._items)}" if self._items else none_yet))
        self.refresh_bindings()

    def _off_now(self) -> Freeze | None:
        return next((one for one in self._items if isinstance(one, Freeze) and one.covers(self._today)), None)

    def _chosen(self) -> Event | Freeze | None:
        return self._items[self.query_one(LongList).cursor] if self._items else None

    def _line(self, place: int, is_first: bool, width: int) -> Parts:  # noqa: ARG002
        item, dash = self._items[place], "-" if self._kit.is_ascii else "–"
        if isinstance(item, Event):
            return ((_day(item.day), "plain"), (f"  {item.words}", "strong"))
        until = "on" if item.last_day is None else f"{dash} {_day(item.last_day)}"
        days = _day(item.first_day) if item.last_day == item.first_day else f"{_day(item.first_day)} {until}"
        return ((days, "plain"), (f"  days off{', ' if item.words else ''}{item.words}", "muted"))

    def _say(self, words: str) -> None:
        self.notify(words, timeout=4, markup=False)


def _keep(store: Store, item: Event | Freeze, today: date) -> bool:
    if isinstance(item, Event):
        mark_event(store, item, today)
    else:
        take_days_off(store, item, today)
    return True


def _take_out(item: Event | Freeze) -> Undo:
    return lambda store: delete(store, kind_of(item), item.id)


def _put_back(was: Event | Freeze) -> Undo:
    return lambda store: save(store, was)


def _first(item: Event | Freeze) -> date:
    return item.day if isinstance(item, Event) else item.first_day


def _day(day: date) -> str:
    return f"{day:%a} {day.day:>2} {day:%b %Y}"
