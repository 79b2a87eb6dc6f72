"""What is in the diary? Every warm-up and rating, newest first, to be put right, deleted and brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from trainer.core.correction import KEPT, Act, Deleted, Item, corrected, kind_of
from trainer.core.errors import UsageError
from trainer.core.rating import Rating
from trainer.core.record import SessionRecord
from trainer.store.correcting import correct, correct_session, delete, list_deleted, restore, undo
from trainer.ui.correction_card import CorrectionCard
from trainer.ui.entry_lines import entry_parts
from trainer.ui.session_card import SessionCard
from trainer.ui.widgets.footer import KeyFooter
from trainer.ui.widgets.long_list import LongList, Parts

if TYPE_CHECKING:
    from trainer.store import Store
    from trainer.ui.kit import Kit

PAGE = 50
"""Entries read at once."""
NOT_DONE = object()
"""The diary could not be written."""


class EntriesScreen(Screen[bool]):
    """Lists the diary; dismisses with whether anything was changed."""

    AUTO_FOCUS = "#entries"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "correct", "Correct", key_display="enter", id="entries.correct"),
        Binding("enter", "bring_back", "Bring back", key_display="enter", id="entries.bring_back"),
        *(Binding(str(digit), f"correct({digit})", show=False, id=f"entries.{digit}") for digit in range(1, 10)),
        Binding(
            "0", "correct(0)", "Score", key_display="0-9", show=False, id="entries.digits", tooltip="Another score"
        ),
        Binding("n", "note", "Note", show=False, id="entries.note", tooltip="Another note"),
        Binding("x,delete", "delete", "Delete", key_display="x", id="entries.delete"),
        Binding("u", "undo", "Undo", id="entries.undo", tooltip="Undo the latest correction or deletion"),
        Binding("d", "show_deleted", "Deleted", id="entries.deleted", tooltip="What was deleted in the last 30 days"),
        Binding("escape,q,d", "show_entries", "Back", key_display="escape", id="entries.back"),
        Binding("escape,q", "leave", "Back", key_display="escape", id="entries.leave"),
    ]

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._pages: dict[int, tuple[Item | None, ...]] = {}
        self._deleted: tuple[Deleted, ...] | None = None
        self._acts: list[int] = []
        self._has_changed = False

    def compose(self) -> ComposeResult:
        """How many there are, and the list."""
        yield Static("", id="count")
        yield LongList(self._line, id="entries", mark=">" if self._kit.is_ascii else "▸")
        yield KeyFooter()

    def on_screen_resume(self) -> None:
        """Read anew: another window may have written meanwhile."""
        self._reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done with this list."""
        is_deleted = self._deleted is not None
        if action in ("correct", "note", "delete", "show_deleted", "leave"):
            return not is_deleted
        return is_deleted if action in ("bring_back", "show_entries") else True

    @work(exclusive=True, group="correct")
    async def action_correct(self, digit: int | None = None) -> None:
        """Put a rating or a warm-up right."""
        await self._ask(digit=digit)

    @work(exclusive=True, group="correct")
    async def action_note(self) -> None:
        """Write another note."""
        await self._ask(at_note=True)

    async def _ask(self, *, digit: int | None = None, at_note: bool = False) -> None:
        rating = self._chosen()
        if isinstance(rating, SessionRecord) and digit is None and not at_note:
            await self._ask_of_session(rating)
        if not isinstance(rating, Rating):
            return
        now = self._kit.now()
        card = CorrectionCard(rating, now, digit=digit, at_note=at_note, is_ascii=self._kit.is_ascii)
        answer = await self.app.push_screen_wait(card)
        if answer is None:
            return
        # Only what was changed here: another window may have written the rest anew.
        changes: dict[str, Any] = {} if answer.score == rating.score else {"score": answer.score}
        if answer.note not in (rating.note, (rating.note or "").strip()):
            changes["note"] = answer.note
        if answer.knee is not rating.knee:
            changes["knee"] = answer.knee
        if answer.at is not None:
            changes["at"] = answer.at
        self._correct(lambda store: correct(store, rating.id, lambda now: replace(now, **changes)))

    async def _ask_of_session(self, record: SessionRecord) -> None:
        card = SessionCard(record, self._kit.now(), is_ascii=self._kit.is_ascii)
        answer = await self.app.push_screen_wait(card)
        if answer is None:
            return
        drills = {place: partial(corrected, result=new, side=side) for place, (new, side) in answer.drills.items()}
        self._correct(lambda store: correct_session(store, record.id, started_at=answer.started_at, drills=drills))

    def _correct(self, write: Callable[[Store], Act | None]) -> None:
        done = self._write(write)
        if isinstance(done, Act):
            self._acts.append(done.number)
            self._say("Corrected. u takes it back.")

    def action_delete(self) -> None:
        """Delete the entry; it can be brought back."""
        item = self._chosen()
        if item is None:
            return
        act = self._write(lambda store: delete(store, kind_of(item), item.id))
        if isinstance(act, Act):
            self._acts.append(act.number)
            along = len(item.ratings) if isinstance(item, SessionRecord) else 0
            also = f", with its {along} rating{'' if along == 1 else 's'}" if along else ""
            self._say(f"Deleted{also}. u brings it back; for {KEPT.days} days also d.")

    def action_undo(self) -> None:
        """Undo what was done here last; where that was nothing, what was done to the diary last."""
        number = self._acts.pop() if self._acts else None
        act = self._write(lambda store: undo(store, number))
        if isinstance(act, Act):
            self._say("Brought back." if act.is_deletion else "As it was before.")
        elif act is None:
            self._say("There is nothing to undo.")

    def action_bring_back(self) -> None:
        """Bring back what was deleted."""
        item = self._chosen()
        if item is not None and self._write(lambda store: restore(store, kind_of(item), item.id)) is None:
            self._say("Brought back.")

    def action_show_deleted(self) -> None:
        """What was deleted and can be brought back."""
        self._deleted = ()
        self._reload(cursor=0)

    def action_show_entries(self) -> None:
        """From the deleted back to all others."""
        self._deleted = None
        self._reload(cursor=0)

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.dismiss(self._has_changed)

    def _write(self, write: Callable[[Store], object]) -> object:
        """Change the diary and show it anew; says why where that was not possible."""
        done: object = NOT_DONE
        try:
            done = self._kit.diary.change(write, NOT_DONE)
        except UsageError as error:
            self.notify(error.hint, title=error.message, severity="warning", markup=False)
        else:
            if done is NOT_DONE:
                problem = self._kit.diary.problem or "The diary could not be written."
                self.notify(problem, title="Nothing was changed", severity="warning", timeout=10, markup=False)
            else:
                self._has_changed = True
        self._reload()
        return done

    def _reload(self, cursor: int | None = None) -> None:
        self._pages.clear()
        diary = self._kit.diary
        if self._deleted is not None:
            self._deleted = diary.read(list_deleted, ())
            count, head = len(self._deleted), f"Deleted in the last {KEPT.days} days"
        else:
            count, head = diary.read(lambda store: store.count_entries(), 0), "Warm-ups and ratings, newest first"
        self.query_one("#count", Static).update(Content(f"{head}: {count or 'nothing yet'}"))
        self.query_one(LongList).show(count, cursor)
        self.refresh_bindings()

    def _chosen(self) -> Item | None:
        chosen = self.query_one(LongList)
        return self._entry(chosen.cursor) if chosen.count else None

    def _entry(self, place: int) -> Item | None:
        if self._deleted is not None:
            return self._deleted[place].item if place < len(self._deleted) else None
        page, inside = divmod(place, PAGE)
        if page not in self._pages:
            self._pages[page] = self._kit.diary.read(lambda store: store.entries(page * PAGE, PAGE), ())
        found = self._pages[page]
        return found[inside] if inside < len(found) else None

    def _line(self, place: int, is_first: bool, width: int) -> Parts:
        above = None if is_first or place == 0 else self._entry(place - 1)
        return entry_parts(self._entry(place), above, width, is_ascii=self._kit.is_ascii)

    def _say(self, words: str) -> None:
        self.notify(words, timeout=4, markup=False)
