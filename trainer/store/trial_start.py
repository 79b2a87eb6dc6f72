"""What the diary must say before a fair test starts: that no other one is under way, and how the mornings wander."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from trainer.core.errors import UsageError
from trainer.core.happening import TrialStatus
from trainer.core.trial_power import own_spread
from trainer.store.trials import UNDER_WAY, current_trial, spread_mornings, standing_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trainer.core.side import Side
    from trainer.core.trial_power import Spread
    from trainer.store.reading import Reader


def spread_for_start(reader: Reader, knees: Sequence[Side], today: date) -> Spread:
    """How the mornings of these knees wander up to today. Raises UsageError while another test is under way."""
    other = current_trial(reader)
    is_running = other is not None and other.status is TrialStatus.RUNNING
    if other is not None and is_running and not standing_of(reader, other, knees, today).is_over:
        raise UsageError(*UNDER_WAY)
    return own_spread(spread_mornings(reader, today + timedelta(days=1), knees))
