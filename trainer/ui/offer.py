"""What to offer before a session where care is asked for: gentler routines, the same one suited to it, or a rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.core.care import LIGHTER_NOW, MORE_AFTER, Care
from trainer.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from trainer.core.care import Rule
    from trainer.core.routine import Routine
    from trainer.library import Library

NOT_TODAY = "Not today"


@dataclass(frozen=True, slots=True)
class Offer:
    """Words, ways to go on, and what is done where nobody is asked."""

    routine: Routine
    """What is done where nobody is asked, or where there is nothing to say."""
    words: tuple[str, ...] = ()
    """What is said, a paragraph each; nothing where there is nothing to say."""
    ways: tuple[tuple[Routine | None, str], ...] = ()
    """What can be done, and how it is called; None for a rest. The last one is what escape takes."""
    has_questions: bool = False
    """Whether the questions about whom to see come with it."""


def make_offer(
    routine: Routine,
    library: Library,
    *,
    rule: Rule | None,
    is_new: bool,
    is_less: bool,
    shape: Callable[[Routine], Routine],
) -> Offer:
    """Return what to offer instead of ``routine``, or of it.

    ``rule``: what the ratings before the session meet, and ``is_new`` whether that was not said yet; ``is_less``:
    whether it is to be lighter after the last one. ``shape`` is laid upon every routine that comes of it.
    """
    care = {*(rule.care if rule else ()), *(MORE_AFTER.care if is_less else ())}

    def suited(one: Routine, wanted: Collection[Care]) -> Routine | None:
        fitted = suit(one, library, wanted)
        return None if fitted is None else shape(fitted)

    own = suited(routine, care)
    names = [*(rule.routines if rule and Care.GENTLE in rule.care else ()), *(() if own else MORE_AFTER.routines)]
    others = [library.routines[name] for name in dict.fromkeys(names) if name in library.routines]
    gentle = [one for other in others if other.id != routine.id and (one := suited(other, care)) is not None]
    unasked = own or next(iter(gentle), None) or shape(routine)
    ways: list[tuple[Routine | None, str]] = [(one, f"{one.name} instead") for one in gentle]
    less = (LIGHTER_NOW,) if is_less else ()
    if rule is not None and (is_new or own is None):
        ways += [(None, NOT_TODAY), *([(own, f"Go on with {own.name}")] if own else [])]
        return Offer(unasked, (rule.words, *less), tuple(ways), Care.QUESTIONS in rule.care)
    if is_less:
        usual = suited(routine, care - set(MORE_AFTER.care))
        ways = [*([(own, own.name)] if own else ways), (None, NOT_TODAY)]
        ways += [(usual, f"{usual.name}, as usual")] if usual else []
        return Offer(unasked, less, tuple(ways))
    return Offer(unasked)


def suit(routine: Routine, library: Library, care: Collection[Care]) -> Routine | None:
    """Return the routine as this care wants it; None where nothing of it would be left."""
    from trainer.core.fitting import lighter, without_standing

    try:
        if Care.NOT_STANDING in care:
            routine = without_standing(routine, library.drills)
        if Care.LESS_NEXT_TIME in care:
            routine = lighter(routine, library.drills)
    except UsageError:
        return None
    return routine
