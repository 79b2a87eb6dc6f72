"""An entry of the diary in a few words, as the verbs that list and correct name it."""

from __future__ import annotations

from trainer.core.correction import Item
from trainer.core.happening import Event, Freeze
from trainer.core.rating import Moment, Rating
from trainer.core.record import Outcome
from trainer.verbs.words import count_words


def words_of(item: Item | None) -> str:
    """Such as ``right knee 4 (after), 2026-10-05 18:30``."""
    match item:
        case None:
            return "an entry that makes no sense"
        case Rating():
            moment = "" if item.moment is Moment.NOW else f" ({item.moment.value})"
            return f"{item.knee.value} knee {score_words(item.score)}{moment}, {item.at:%Y-%m-%d %H:%M}"
        case Event():
            return f"'{item.words}', {item.day}"
        case Freeze():
            return f"days off from {item.first_day}" + (f" to {item.last_day}" if item.last_day else "")
    count = len(item.ratings)
    along = f" with {count_words(count, 'rating')}" if count else ""
    return f"{item.title}, {item.started_at:%Y-%m-%d %H:%M}{along}"


def drill_words(outcome: Outcome) -> str:
    """Such as ``ankle-circles left: skipped``."""
    return f"{outcome.drill} {outcome.side.value}: {outcome.result.value}"


def score_words(score: int | None) -> str:
    """A score, or that none was given."""
    return "not answered" if score is None else str(score)
