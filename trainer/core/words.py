"""What is said: every phrase a session can speak, and which of them it says first to leave out.

A phrase is the unit of speech: it is recorded, or rendered, as one piece and never cut. An announcement is several
phrases; where its phase is too short for all of them, the lightest go first, and the drill's name and side never.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trainer.core.drill import Drill, Position, Sides, swap_sides
from trainer.core.side import Side

KEEP = 9
"""The weight of a phrase that is never left out."""
LARGEST_NUMBER = 30
"""Numbers up to here are spoken; later repetitions tick."""

HALFWAY = "Halfway"
LAST_ONE = "Last one"
OTHER_WAY = "Other way"
REST = "Rest"
SWITCH = "Switch sides"
NEXT = "Next"
LAST_DRILL = "Last drill"
WELL_DONE = "Well done"
RATE = "Rate your knee"
PAUSED = "Paused"
WELCOME_BACK = "Welcome back"
STAND_UP = "Stand up"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A few words that are spoken in one breath."""

    text: str
    """The words, without a full stop."""
    weight: int = KEEP
    """Of several that do not fit together, the lightest is left out first; ``KEEP`` never."""


def sentence(phrases: Iterable[Phrase]) -> str:
    """The phrases as one text: "Ankle circles. Right foot. Six circles."."""
    return " ".join(f"{phrase.text}." for phrase in phrases)


def part_of(drill: Drill) -> str:
    """The part of the body whose side is named: foot, leg, arm, hand, or side."""
    return _PARTS.get(drill.region, "side")


def side_phrase(drill: Drill, side: Side) -> tuple[Phrase, ...]:
    """Such as "Right foot"; nothing where both sides work together."""
    return () if side is Side.BOTH else (Phrase(f"{side.value.capitalize()} {part_of(drill)}"),)


def dose_phrase(drill: Drill, reps: int | None, seconds: float) -> Phrase:
    """Such as "Six circles", "Eight times", "Thirty seconds"."""
    if reps is None:
        return Phrase(_time(seconds), 3)
    circles = "circle" in drill.name.casefold()
    if reps in _FEW:
        return Phrase(_FEW[reps][circles], 3)
    return Phrase(f"{number(reps).capitalize()} {'circles' if circles else 'times'}", 3)


def set_up_phrase(before: Drill | None, drill: Drill, side: Side) -> tuple[Phrase, ...]:
    """How to get from one drill's set-up into the next one's; nothing where it is the same."""
    if before is not None and before.base_pose == drill.base_pose:
        return ()
    phrases = []
    if drill.position.is_upright and before is not None and not before.position.is_upright:
        phrases.append(Phrase(STAND_UP, 5))
    words = posture(drill, side)
    if drill.position.is_on_floor and (before is None or not before.position.is_on_floor):
        words = f"To the floor, {words[0].lower()}{words[1:]}"
    if words != STAND_UP or not phrases:
        phrases.append(Phrase(words, 4))
    return tuple(phrases)


def posture(drill: Drill, side: Side) -> str:
    """How the body rests, in the words of a side: "On your left side" for a drill of the right."""
    words = _SET_UPS.get(drill.base_pose) or _POSITIONS[drill.position]
    return swap_sides(words) if side is Side.LEFT and drill.sides is Sides.UNILATERAL else words


def number(count: int) -> str:
    """A count in words up to ``LARGEST_NUMBER``, in figures beyond."""
    return _NUMBERS[count] if 0 < count <= LARGEST_NUMBER else str(count)


def rep_phrase(rep: int, reps: int, *, turns_back: bool) -> Phrase:
    """What is said as a repetition begins: its number, "Last one", or "Other way" where the motion turns round."""
    if turns_back:
        return Phrase(OTHER_WAY)
    return Phrase(LAST_ONE if rep == reps > 2 else number(rep).capitalize())


def vocabulary(drills: Iterable[Drill]) -> tuple[str, ...]:
    """Every phrase that a session over these drills may say, each once, in a steady order.

    Doses by the clock are those of whole numbers of five seconds to a minute and of whole minutes to ten.
    """
    return tuple(dict.fromkeys(_vocabulary(tuple(drills))))


def _vocabulary(drills: tuple[Drill, ...]) -> Iterator[str]:
    yield from (SWITCH, NEXT, LAST_DRILL, HALFWAY, LAST_ONE, OTHER_WAY, REST)
    yield from (WELL_DONE, RATE, PAUSED, WELCOME_BACK, STAND_UP)
    yield from (number(count).capitalize() for count in range(1, LARGEST_NUMBER + 1))
    parts = sorted({"side", *_PARTS.values()})
    yield from (f"{side.value.capitalize()} {part}" for part in parts for side in (Side.RIGHT, Side.LEFT))
    yield from _POSITIONS.values()
    for drill in drills:
        yield drill.name
        for side in (Side.RIGHT, Side.LEFT) if drill.is_one_sided else (Side.BOTH,):
            yield from (phrase.text for phrase in set_up_phrase(None, drill, side))
            yield posture(drill, side)
        yield from (dose_phrase(drill, reps, 0).text for reps in range(1, LARGEST_NUMBER + 1))
    yield from (_time(seconds) for seconds in (*range(5, 60, 5), *range(60, 601, 60)))


def _time(seconds: float) -> str:
    if seconds == 60:
        return "One minute"
    if seconds % 60 == 0:
        return f"{number(int(seconds) // 60).capitalize()} minutes"
    tens, ones = divmod(int(seconds), 10)
    if seconds != int(seconds) or seconds > 60 or (seconds > LARGEST_NUMBER and ones not in (0, 5)):
        return f"{seconds:g} seconds"
    words = number(int(seconds)) if seconds <= LARGEST_NUMBER else _TENS[tens] + ("-five" if ones else "")
    return f"{words.capitalize()} second{'s' if seconds != 1 else ''}"


_FEW = {1: ("Once", "One circle"), 2: ("Twice", "Two circles")}
_PARTS = {
    "foot": "foot",
    "ankle": "foot",
    "knee": "leg",
    "hip": "leg",
    "shoulder": "arm",
    "elbow": "arm",
    "wrist": "hand",
    "hand": "hand",
}
_SET_UPS = {
    "standing_hand_support": "Left hand on a support",
    "standing_wall": "Both hands on the wall",
    "half_kneeling": "Right knee down, left foot in front",
    "side_lying": "On your left side",
    "supine_straight": "On your back, right leg straight",
}
"""By base pose, for the right side, where the position alone does not say how."""
_POSITIONS = {
    Position.STANDING: STAND_UP,
    Position.STANDING_SUPPORTED: "Stand by a support",
    Position.SEATED: "Sit down",
    Position.HALF_KNEELING: "One knee down",
    Position.QUADRUPED: "On hands and knees",
    Position.SUPINE: "On your back",
    Position.SIDE_LYING: "On your side",
}
_TENS = {3: "thirty", 4: "forty", 5: "fifty"}
_NUMBERS = (
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "twenty-one",
    "twenty-two",
    "twenty-three",
    "twenty-four",
    "twenty-five",
    "twenty-six",
    "twenty-seven",
    "twenty-eight",
    "twenty-nine",
    "thirty",
)
