"""A diary that may fail while the warm-up goes on: what could not be written waits, in order, and is tried again.

The file is opened at the first need, so the first paint does not wait for it, and opened afresh after each failure. The
store writes the same twice as once, so an entry that did arrive after all does no harm. What waits is also kept in a
file beside the diary, and taken in at the next start. A diary once found damaged is not written to any more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from trainer.core.errors import StoreError
from trainer.core.plain import check_text
from trainer.core.rating import Rating
from trainer.core.record import Outcome, SessionRecord, Status
from trainer.store.beside import Beside
from trainer.store.entries import Entry, PhaseEnded, Rated, SessionBegan, SessionEnded
from trainer.store.faults import DamagedError, RefusedError
from trainer.store.store import Store
from trainer.store.under_way import UnderWay

Answer = TypeVar("Answer")
Instead = TypeVar("Instead")


class Diary:
    """The store as the app uses it: it never raises StoreError, it says what is wrong in ``problem``.

    Every write answers whether it, and all before it, are on the disk. Use it from one thread.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        *,
        beside: Sequence[Path] = (),
        back_up: Callable[[], object] = lambda: None,
        under_way: Path | None = None,
        fault: Callable[[StoreError], None] = lambda _: None,
        mended: Callable[[int], None] = lambda _: None,
    ) -> None:
        """``beside``: folders that may keep what waits; ``under_way``: the one that keeps where sessions stand.

        ``back_up`` makes the day's backup; raises StoreError. ``fault`` is told of each failure, once while it lasts,
        ``mended`` when the diary is written again, with how many entries had waited.
        """
        self._open_store = open_store
        self._back_up = back_up
        self._beside = Beside(beside)
        self.under_way = UnderWay(under_way)
        """Where sessions stand that run, or that ended in the middle."""
        self._store: Store | None = None
        self._waiting: deque[Entry] = deque()
        self._unkept: list[Entry] = []
        self._problem: StoreError | None = None
        self._damage: DamagedError | None = None
        self._told: str | None = None
        self._fault = fault
        self._mended = mended
        self._noted: str | None = None
        self._late = 0

    @property
    def problem(self) -> str | None:
        """What is wrong, as a sentence with a hint; none when the last attempt went well."""
        if self._problem is None:
            return None
        if self.kept is None:
            return str(self._problem)
        return f"{self._problem} What you do is kept in {self.kept} until then, also for the next start."

    @property
    def kept(self) -> Path | None:
        """The file that keeps all that waits; none where nothing waits, or not all of it is on the disk."""
        return self._beside.path if self._waiting and not self._unkept else None

    @property
    def is_lost(self) -> bool:
        """Whether something waits that no file keeps: it goes with the window."""
        return bool(self._waiting) and self.kept is None

    @property
    def error(self) -> StoreError | None:
        """What is wrong; none when the last attempt went well."""
        return self._problem

    def untold(self) -> str | None:
        """The problem, but each only once while it lasts: to be told without being a nuisance."""
        problem = self.problem
        is_news = self._problem is not None and self._problem.message != self._told
        self._told = None if self._problem is None else self._problem.message
        return problem if is_news else None

    def start_day(self) -> str | None:
        """Makes the day's backup; gives why none could be made, as a sentence. Damage it finds is the ``problem``.

        The one question that may be asked from another thread, and only before every other: it opens the file itself.
        """
        try:
            self._back_up()
        except DamagedError as error:
            self._damage = self._problem = error
        except StoreError as error:
            return str(error)
        return None

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """What is not on the disk yet, oldest first."""
        return tuple(self._waiting)

    def begin(self, record: SessionRecord) -> bool:
        """A session starts."""
        return self._add(SessionBegan(record))

    def keep(self, session_id: str, index: int, outcome: Outcome, moved_s: float) -> bool:
        """A phase of work is left."""
        return self._add(PhaseEnded(session_id, index, outcome, moved_s))

    def end(self, session_id: str, status: Status, ended_at: datetime, moved_s: float) -> bool:
        """A session ends."""
        return self._add(SessionEnded(session_id, status, ended_at, moved_s))

    def rate(self, rating: Rating) -> bool:
        """A knee is rated. Raises UsageError, before anything is kept, where its words are not plain text."""
        check_text(rating.note or "", "The note")
        check_text(rating.activity or "", "The activity")
        return self._add(Rated(rating))

    def close_open_sessions(self) -> int:
        """Marks sessions that were left running as interrupted; says how many. For the start of the app.

        Those that run in another window are left alone. What earlier windows could not write is written first.
        """
        self.take_left()
        if self._waiting or self._damage is not None:
            return 0
        return self.read(lambda store: store.close_open_sessions(self.under_way.living()), 0)

    def take_left(self) -> bool:
        """Writes what earlier windows could not; says whether nothing waits any more."""
        left = self._beside.take()
        if left:
            self._noted = self._noted or "An earlier window could not write everything."
        self._waiting.extendleft(reversed(left))
        return self.retry()

    def end_at_last(self, session_id: str, ended_at: datetime, moved_s: float) -> None:
        """The last resort, from any thread: an app that stands still will not write how its session ended.

        It opens the file anew, waits for nobody, and says nothing where that fails.
        """
        if self._damage is None:
            with suppress(StoreError), self._open_store() as store:
                store.end(session_id, Status.INTERRUPTED, ended_at, moved_s)

    def read(self, question: Callable[[Store], Answer], otherwise: Instead) -> Answer | Instead:
        """Asks the store, or gives ``otherwise`` where it cannot be read; then ``problem`` says why."""
        try:
            answer = question(self._opened())
        except StoreError as error:
            self._fail(error)
            return otherwise
        if not self._waiting:
            self._problem = self._damage
            self._be_well()
        return answer

    def change(self, write: Callable[[Store], Answer], otherwise: Instead) -> Answer | Instead:
        """Corrects the diary now, or gives ``otherwise`` and changes nothing; what waits is written first."""
        if (not self.retry() and self._waiting) or self._damage is not None:
            return otherwise
        return self.read(write, otherwise)

    def retry(self) -> bool:
        """Tries to write what waits; says whether nothing waits any more."""
        refused: StoreError | None = None
        while self._waiting:
            try:
                if self._damage is not None:
                    raise self._damage
                self._waiting[0].write(self._opened())
            except RefusedError as error:
                # It would stand in the way of all that comes after it, for ever.
                refused = error
                self._fault(error)
            except StoreError as error:
                self._fail(error)
                return False
            else:
                self._late += self._noted is not None
            self._waiting.popleft()
        self._unkept = []
        self._beside.clear(is_all_in=refused is None)
        self._problem = refused or self._damage
        self._be_well()
        return refused is None

    def close(self) -> bool:
        """Tries once more and closes the file; says whether everything is on the disk."""
        is_saved = self.retry()
        self._shut()
        self._beside.close()
        return is_saved

    def _add(self, entry: Entry) -> bool:
        self._waiting.append(entry)
        if self.retry():
            return True
        self._unkept.append(entry)
        if self._beside.keep(self._unkept):
            self._unkept = []
        return False

    def _opened(self) -> Store:
        if self._store is None:
            self._store = self._open_store()
            if self._store.notice is not None:
                self._fault(StoreError(self._store.notice))
        return self._store

    def _fail(self, error: StoreError) -> None:
        self._problem = error
        if error.message != self._noted:
            self._noted = error.message
            self._fault(error)
        if isinstance(error, DamagedError) and self._store is not None:
            self._damage = error
        self._shut()

    def _be_well(self) -> None:
        """Tells that what had failed goes well again."""
        if self._noted is not None and self._store is not None and self._damage is None:
            self._mended(self._late)
            self._noted, self._late = None, 0

    def _shut(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
