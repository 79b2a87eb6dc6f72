"""All that a diary holds, as it goes out and comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from trainer.core.happening import Event, Freeze, Trial
    from trainer.core.rating import Rating
    from trainer.core.record import SessionRecord

    Piece = SessionRecord | Rating | Event | Freeze | Trial
    """One thing in a diary that has an id."""


class Contents(NamedTuple):
    """Sound records, each id once in its list."""

    sessions: tuple[SessionRecord, ...] = ()
    """Without their ratings."""
    ratings: tuple[Rating, ...] = ()
    """All ratings, those of sessions too."""
    events: tuple[Event, ...] = ()
    """Lines on the chart."""
    freezes: tuple[Freeze, ...] = ()
    """Days that do not count."""
    trials: tuple[Trial, ...] = ()
    """Trials with their days."""

    def pieces(self) -> tuple[Piece, ...]:
        """All of them, one after the other."""
        return (*self.sessions, *self.ratings, *self.events, *self.freezes, *self.trials)
