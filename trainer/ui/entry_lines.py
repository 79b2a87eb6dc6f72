"""One entry of the diary on one line: when, and what it says."""

from __future__ import annotations

from datetime import datetime

from trainer.core.correction import Item
from trainer.core.happening import Event, Freeze
from trainer.core.rating import Moment, Rating
from trainer.core.record import SessionRecord
from trainer.ui.widgets.long_list import Parts

ROOMY = 64
"""Columns from which the weekday and the whole year are told."""
WHEN = {
    Moment.BEFORE: "before",
    Moment.AFTER: "after",
    Moment.MORNING: "morning",
    Moment.EVENING: "evening",
    Moment.NOW: "",
}


def time_of(item: Item) -> datetime | None:
    """When it was, by the clock that the person saw; none for what has a day only."""
    match item:
        case Rating():
            return item.at
        case SessionRecord():
            return item.started_at
    return None


def entry_parts(item: Item | None, above: Item | None, width: int, *, is_ascii: bool = False) -> Parts:
    """The line of an entry; its day only where the entry above is of another one (or there is none above)."""
    if item is None:
        return (("An entry that makes no sense.", "muted"),)
    at, earlier = time_of(item), None if above is None else time_of(above)
    if at is None:
        return ((_what(item, is_ascii=is_ascii), "plain"),)
    day = f"{at:%a} {at.day:>2} {at:%b %Y}" if width >= ROOMY else f"{at.day:>2} {at:%b} {at:%y}"
    is_same = earlier is not None and earlier.date() == at.date()
    head: Parts = ((" " * len(day) if is_same else day, "plain"), (f"  {at:%H:%M}  ", "muted"))
    if isinstance(item, Rating):
        score = ("-" if is_ascii else "–") if item.score is None else str(item.score)
        tail = "  ".join(word for word in (item.activity, item.note) if word)
        knee = f"{item.knee.value:<5} knee " if width >= ROOMY else f"{item.knee.value:<5} "
        return (*head, (knee, "plain"), (f"{score:>2}", "strong"), (f"  {WHEN[item.moment]:<7}  {tail}", "plain"))
    return (*head, (_what(item, is_ascii=is_ascii), "muted"))


def entry_title(rating: Rating) -> str:
    """Which rating it is, as the head of a card."""
    at, moment = rating.at, WHEN[rating.moment]
    when = f"{at:%a} {at.day} {at:%b %Y, %H:%M}"
    return f"{rating.knee.value.upper()} knee, {when}{f', {moment}' if moment else ''}"


def _what(item: Item, *, is_ascii: bool) -> str:
    match item:
        case SessionRecord():
            hurt = sum(outcome.result == "hurt" for outcome in item.outcomes)
            minutes = round(item.moved_s / 60)
            return f"{item.title}, {minutes} min, {item.status.value}{f', {hurt} hurt' if hurt else ''}"
        case Event():
            return f"{item.day}  {item.words}"
        case Freeze():
            dash = "-" if is_ascii else "–"
            return f"{item.first_day} {dash} {item.last_day or ''}  days off"
    return ""
