"""What happened beside the ratings of some days, read from the diary as a chart draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.drawing.series import extras_of
from trainer.store.charting import warm_up_days
from trainer.store.happenings import list_events, list_freezes

if TYPE_CHECKING:
    from datetime import date

    from trainer.drawing.series import Extras
    from trainer.store import Store


def beside(store: Store, first: date, last: date) -> Extras:
    """Warm-ups, events and days off from ``first`` to ``last``."""
    return extras_of(
        first,
        last,
        warm_ups=warm_up_days(store, first, last),
        events=list_events(store, since=first),
        freezes=list_freezes(store, since=first),
    )
