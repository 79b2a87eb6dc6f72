"""A drill: one joint motion, its dose, its words, and the keyframes that show it.

Angles are degrees, lengths metres, times seconds. Names and signs of joint coordinates are those of
``routines/body.yaml`` (OpenSim-like: x forward, y up, z to the person's right). Keyframes show the right
side; the left is their mirror image.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

DURATION: dict[str, str] = {"unit": "duration"}
"""Marks a field that a file may write as ``4``, ``4s``, ``1.5s`` or ``5m``; always held in seconds."""

STRICT: dict[str, Any] = {"extra": "forbid"}
"""What a reader of files needs to know: a field that is not named here is a mistake."""


class Side(StrEnum):
    """The side of the body that works."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def other(self) -> Side:
        """The opposite side; ``both`` stays ``both``."""
        return _OTHER[self]


_OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}


class Sides(StrEnum):
    """How a drill deals with left and right."""

    UNILATERAL = "unilateral"
    """All reps on one side, then all on the other."""
    BILATERAL = "bilateral"
    """Both sides together."""
    ALTERNATING = "alternating"
    """One rep holds both sides."""


class Directions(StrEnum):
    """Whether the second half of the reps runs backward."""

    SINGLE = "single"
    BOTH = "both"


class Position(StrEnum):
    """How the body rests on the world."""

    STANDING = "standing"
    STANDING_SUPPORTED = "standing-supported"
    SEATED = "seated"
    HALF_KNEELING = "half-kneeling"
    QUADRUPED = "quadruped"
    SUPINE = "supine"
    SIDE_LYING = "side-lying"

    @property
    def is_on_floor(self) -> bool:
        """Whether getting there means getting down."""
        return self in _FLOOR

    @property
    def is_upright(self) -> bool:
        """Whether the person stands."""
        return self in _UPRIGHT


_FLOOR = frozenset({Position.HALF_KNEELING, Position.QUADRUPED, Position.SUPINE, Position.SIDE_LYING})
_UPRIGHT = frozenset({Position.STANDING, Position.STANDING_SUPPORTED})


class Load(StrEnum):
    """Load on the knee.

    None: no body weight through a moving knee. Low: small or unloaded bending, or standing on a nearly straight
    knee. Moderate: loaded bending past about 45 degrees, or any kneeling. (Our own words, no standard scale.)
    """

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of a drill."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    reps: int
    """Repetitions, per side where the drill is one-sided."""
    tempo: float = field(metadata=DURATION)
    """Seconds of one repetition."""
    hold: float = field(default=0.0, metadata=DURATION)
    """Seconds of stillness inside each repetition; already part of ``tempo``."""


@dataclass(frozen=True, slots=True)
class Knee:
    """What a drill asks of the knee."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    load: Load
    """Load on the knee."""
    kneeling: bool = False
    """Whether body weight rests on a kneecap."""
    weight_bearing: bool = False
    """Whether the moving leg carries weight; widens the ankle's limit."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the figure is seen from."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    focus: str
    """Body part to zoom on: full, upper, legs, feet, hands, head."""
    azimuth_deg: float
    """0 = from the front, 90 = from the person's right side."""
    elevation_deg: float = 8.0
    """Height of the eye above the horizon."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The point of the body that stays where it is."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    point: str
    """A point of the skeleton, or ``lowest_foot``."""
    height_m: float
    """How high above the floor it stays."""


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A pose at a phase of the repetition."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    phase: float
    """0 to below 1 over one repetition."""
    angles: Mapping[str, float]
    """Degrees by coordinate; what is missing keeps its base-pose value."""


@dataclass(frozen=True, slots=True)
class Drill:
    """One joint motion: words first, then dose and knee load, then the motion."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    """Lower case words joined by hyphens."""
    name: str
    """What it is called on the screen and aloud."""
    joint: str
    """The joint or joints that move, in anatomical words."""
    region: str
    """Body region: foot, ankle, knee, hip, pelvis-lumbar, thoracic, shoulder, elbow, wrist, hand, neck, eyes."""
    position: Position
    """How the body rests."""
    sides: Sides
    """One side after the other, both together, or alternating."""
    dose: Dose
    """The usual dose; a routine may change it."""
    knee: Knee
    """What it asks of the knee."""
    steps: tuple[str, ...]
    """What to do, in order; written for the right side."""
    cues: tuple[str, ...]
    """Short reminders while moving."""
    easier: str
    """A gentler way to do it."""
    stop_if: str
    """When to stop it."""
    why_knee: str
    """Why someone with knee pain might do it, with no promise."""
    base_pose: str
    """Name of the pose it starts from, in ``routines/body.yaml``."""
    camera: Camera
    """Where the figure is seen from."""
    keyframes: tuple[Keyframe, ...]
    """Poses over one repetition, in rising phase; the last blends back into the first."""
    term: str = ""
    """The clinic's name for it."""
    plane: str = ""
    """Anatomical plane of the motion."""
    motion: str = ""
    """The motion in anatomical words."""
    directions: Directions = Directions.SINGLE
    """Whether half of the reps run backward."""
    swap: str | None = None
    """Id of a gentler stand-in for someone who cannot kneel, get to the floor, or load the knee."""
    anchor: Anchor | None = None
    """Overrides the base pose's anchor."""
    optional: bool = False
    """Whether a routine can lose it first."""
    tags: tuple[str, ...] = ()
    """Free words to search by."""
    turns: bool = False
    """Whether changing sides turns the whole body round; set from the base pose when the library is read."""

    @property
    def is_one_sided(self) -> bool:
        """Whether it is done on one side and then on the other."""
        return self.sides is Sides.UNILATERAL

    def steps_for(self, side: Side) -> tuple[str, ...]:
        """The steps in the words of a side: they are written for the right, the left swaps right and left."""
        if side is not Side.LEFT or not self.is_one_sided:
            return self.steps
        return tuple(swap_sides(step) for step in self.steps)

    def cues_for(self, side: Side) -> tuple[str, ...]:
        """The coaching cues in the words of a side."""
        if side is not Side.LEFT or not self.is_one_sided:
            return self.cues
        return tuple(swap_sides(cue) for cue in self.cues)


_SWAP = {"right": "left", "left": "right", "Right": "Left", "Left": "Right", "RIGHT": "LEFT", "LEFT": "RIGHT"}


def swap_sides(text: str) -> str:
    """A sentence with the words right and left exchanged."""
    pieces: list[str] = []
    word = ""
    for letter in text + " ":
        if letter.isalpha():
            word += letter
            continue
        pieces.append(_SWAP.get(word, word))
        pieces.append(letter)
        word = ""
    return "".join(pieces)[:-1]
