"""The diary: sessions and ratings in one SQLite file that only its owner can read. No other room imports sqlite3.

``schema``   what the tables are, and how an older diary becomes a newer one
``opening``  a path -> an open, checked, private database
``faults``   what SQLite says -> a sentence and a hint
``rows``     rows <-> the core's values
``reading``  what can be asked; every question reads a bounded number of rows
``store``    what can be written; every write is one transaction, on the disk when it returns
``entries``  what may wait to be written
``diary``    a store that may fail while the warm-up goes on
``beside``   what could not be written, kept in a file of its own until it can
``under_way``  where sessions stand while they run, for the next start
``claim``    a file that one window holds for itself
``holding``  who has the diary open
``copying``  a whole, sound copy of a diary, or none
``backups``  which there are, when one is due, which are kept
``restoring``  a backup in the place of the diary
``merging``  what came from elsewhere: what of it is new, what is the same, what contradicts
``taking_in``  all of what came in one transaction, or nothing
``correcting``  edits and deletions that can be undone for thirty days
``traces``   what those leave behind, for ``merging``
``naming``   ids by their first letters
``charting``  what a chart asks
``happenings``, ``marking``  event lines and days off
``trials``, ``trial_start``  the fair test

Used from one thread only, the one that opened it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trainer.store.rows import new_id
from trainer.store.store import Store

if TYPE_CHECKING:
    from trainer.store.diary import Diary

__all__ = ["Diary", "Store", "new_id"]


def __getattr__(name: str) -> Any:
    """The app alone keeps a Diary: ``trainer rate`` does not wait for it (4 ms of 60)."""
    if name != "Diary":
        raise AttributeError(name)
    from trainer.store.diary import Diary

    return Diary
