"""A rating from the shell: into the diary, or, where that cannot be written, on the disk beside it.

Another window may write for some seconds (a long import). The rating is on the disk after the first of them, whatever
becomes of this command meanwhile; then the diary is waited for. What is left beside it is taken in by the next rating,
or by the next start of the app.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from trainer.core.errors import StoreError
from trainer.paths import unsaved
from trainer.store import Store
from trainer.store.faults import BusyError, RefusedError
from trainer.verbs.out import tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.core.rating import Rating
    from trainer.paths import Folders
    from trainer.store import Diary

SOON_S = 1.0
"""How long another window may write before anything is said."""
PATIENCE_S = 10.0
"""How long it is waited for after that."""
LOOK_S = 0.5
"""How long each attempt waits; ctrl+c ends the waiting between two of them."""


def save(rating: Rating, folders: Folders, words: str) -> str:
    """Saves the rating, told in ``words``; gives the sentence that says where it is.

    Raises UsageError where it holds no plain text, StoreError where the diary needs somebody to see to it; that says
    where the rating is kept meanwhile, or that it is nowhere.
    """
    try:
        with Store.open(folders.database, patience_s=SOON_S) as store:
            store.rate(rating)
    except RefusedError:
        raise
    except StoreError:
        return _save_patiently(rating, folders, words)
    return f"Saved: {words}.{_take_left(folders) if unsaved(folders) else ''}"


def _save_patiently(rating: Rating, folders: Folders, words: str) -> str:
    diary = _diary(folders)
    diary.rate(rating)
    if isinstance(diary.error, BusyError) and diary.kept is not None:
        tell(f"The diary is in use by another window: waiting up to {PATIENCE_S:g} seconds. The rating is kept.")
        _wait(diary)
    if diary.close():
        return f"Saved: {words}."
    error = diary.error
    assert error is not None
    if diary.kept is None:
        raise type(error)(error.message, f"{error.hint} Not saved: {words}.")
    kept = f"The rating is kept in {diary.kept}; another one, or a start, takes it in once the diary can be written."
    if not isinstance(error, BusyError):
        raise type(error)(error.message, f"{error.hint} {kept}")
    tell(f"{error.message} {kept}")
    return f"Kept, and not in the diary yet: {words}."


def _wait(diary: Diary) -> None:
    until = time.monotonic() + PATIENCE_S
    with suppress(KeyboardInterrupt):  # who waits no longer loses nothing
        while not diary.retry() and isinstance(diary.error, BusyError) and time.monotonic() < until:
            pass


def _take_left(folders: Folders) -> str:
    """What earlier commands and windows could not write; those that are still at it keep theirs."""
    late: list[int] = []
    diary = _diary(folders, late.append)
    diary.take_left()
    diary.close()
    count = sum(late)
    return f" {count} {'entry' if count == 1 else 'entries'} that had waited went in too." if count else ""


def _diary(folders: Folders, mended: Callable[[int], None] = lambda _: None) -> Diary:
    from trainer.store import Diary  # it reads JSON, which a rating alone need not wait for

    return Diary(lambda: Store.open(folders.database, patience_s=LOOK_S), beside=folders.beside, mended=mended)
