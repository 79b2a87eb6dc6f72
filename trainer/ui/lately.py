"""What became of drills lately, for whoever is about to do them: how often one hurt or was skipped, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.core.drill_record import DrillRecord, drill_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trainer.core.drill import Drill
    from trainer.core.routine import Routine
    from trainer.store import Diary

RECENT = 30
"""Warm-ups that are looked through for what became of a drill."""


def recall_drills(diary: Diary) -> tuple[DrillRecord, ...]:
    """What became of each drill in the latest warm-ups; those that hurt most often first."""
    return drill_records(diary.read(lambda store: store.sessions(limit=RECENT), ()))


def routine_words(routine: Routine, drills: Mapping[str, Drill], records: Iterable[DrillRecord]) -> str:
    """What home says of a routine: the drill of it that is most worth easing, and how many more there are."""
    mine = {item.drill for item in routine.items}
    worth = [one for one in records if one.is_worth_easing and one.drill in mine and one.drill in drills]
    if not worth:
        return ""
    first, more = worth[0], len({one.drill for one in worth}) - 1
    others = f", and {more} more drill{'' if more == 1 else 's'}" if more else ""
    return f"{drills[first.drill].name} {first.words}{others}."
