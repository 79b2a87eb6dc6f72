"""What to do now: which routine home puts first, and why, in words.

What asks for a gentler round (a high rating today, a morning above the usual) has its routines offered first, as the
rules in ``care`` have them; a morning asks for the morning round; otherwise what was done last is offered again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from trainer.core.care import MORE_AFTER, Care

if TYPE_CHECKING:
    from trainer.core.caution import Caution

MORNING = "stairs-morning"
USUAL = "knee-neighbours"
MORNING_HOURS = range(4, 10)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One routine and the reason for it."""

    routine: str
    """Id of the routine."""
    reason: str
    """Why, in a few plain words; empty where there is nothing to say."""
    others: tuple[str, ...] = ()
    """Ids of the routines that come next, before all others."""
    is_gentle: bool = False
    """Whether it is offered because today asks for care: then nothing is put before it."""


def suggest(
    routines: Sequence[str],
    now: datetime,
    *,
    caution: Caution | None = None,
    is_less_due: bool = False,
    last_routine: str | None = None,
) -> Suggestion | None:
    """Suggest one of ``routines`` (ids); none where there are none.

    ``caution``: what today asks for; ``is_less_due``: whether whatever is done next is lighter.
    """
    if not routines:
        return None
    if caution is not None and Care.GENTLE in caution.rule.care:
        gentle = tuple(routine for routine in caution.rule.routines if routine in routines)
        if gentle:
            return Suggestion(gentle[0], caution.rule.reason, gentle[1:], is_gentle=True)
    wishes = (
        (MORNING, "for the first stairs of the day", now.hour in MORNING_HOURS and last_routine is not None),
        (last_routine, "what you did last time", last_routine is not None),
        (USUAL, "a good place to start", True),
    )
    for routine, reason, applies in wishes:
        if applies and routine in routines:
            return Suggestion(routine or "", MORE_AFTER.reason if is_less_due else reason)
    return Suggestion(routines[0], MORE_AFTER.reason if is_less_due else "")
