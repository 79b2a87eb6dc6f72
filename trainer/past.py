"""What the diary says of some days, as charts and sentences need it: the same for a screen, a page and the shell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from trainer.core.regularity import LOOKED_AT_DAYS, regularity
from trainer.core.trend import Trend, trend
from trainer.drawing.chart import is_dense, plot_width
from trainer.drawing.series import WINDOW, Extras, Point, extras_of
from trainer.store.charting import counted_given, each_given, first_warm_up, judged_moment, warm_up_days
from trainer.store.happenings import list_events, list_freezes

if TYPE_CHECKING:
    from trainer.core.side import Side
    from trainer.store import Store


def judge_knee(store: Store, knee: Side, first: date, last: date) -> Trend:
    """What the ratings of one knee carry from ``first`` to ``last``: the mornings, or those after a session.

    Which of them it was is the trend's ``series``. Raises StoreError, as all here.
    """
    moment = judged_moment(store, first, last, knee)
    pairs = ((one.day, one.score) for one in each_given(store, first, last, knee, moment))
    return trend(pairs, knee=knee.value, series=moment.value, today=last, days=(last - first).days + 1)


def points_of(store: Store, first: date, last: date, knee: Side | None, width: int) -> tuple[Point, ...]:
    """The ratings a chart of ``width`` columns draws: each, and of the days before that the first medians need.

    Where it draws many days a column, only how often each number was given in each of them.
    """
    if is_dense((last - first).days + 1, width):
        given = counted_given(store, first, last, plot_width(width), knee)
    else:
        given = each_given(store, days_before(first, WINDOW - 1), last, knee)
    return tuple(Point(*one) for one in given)


def beside(store: Store, first: date, last: date) -> Extras:
    """Warm-ups, events and days off from ``first`` to ``last``."""
    return extras_of(
        first,
        last,
        warm_ups=warm_up_days(store, first, last),
        events=list_events(store, since=first),
        freezes=list_freezes(store, since=first),
    )


def regularity_words(store: Store, today: date) -> str:
    """How regularly there was a warm-up, up to a day.

    Who comes back after years has warmed up before: the first one of all counts, however long ago.
    """
    begun = first_warm_up(store)
    done = warm_up_days(store, days_before(today, LOOKED_AT_DAYS), today) | ({begun} if begun else set())
    return regularity(done, today=today, freezes=list_freezes(store)).words


def days_before(day: date, days: int) -> date:
    """The day so many days earlier, or the first one there is."""
    return day - timedelta(days=min(days, day.toordinal() - 1))
