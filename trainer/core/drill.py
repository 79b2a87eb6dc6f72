"""A drill: one joint motion, its dose, its words, and the keyframes that show it.

Angles are degrees, lengths metres, times seconds. Names and signs of joint coordinates are those of
``routines/body.yaml`` (OpenSim-like: x forward, y up, z to the person's right). Keyframes show the right
side; the left is their mirror image.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from typing import Any, ClassVar

from trainer.core.marks import COMPUTED, DURATION, STRICT, between, count, letters, one_of
from trainer.core.side import Side

REGIONS = (
    "foot",
    "ankle",
    "knee",
    "hip",
    "pelvis-lumbar",
    "thoracic",
    "shoulder",
    "elbow",
    "wrist",
    "hand",
    "neck",
    "eyes",
)
"""Body regions, from the ground up."""

VIEWS = ("full", "upper", "legs", "feet", "hands", "head")
"""Body parts that a camera can zoom on."""


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

    reps: int = field(metadata=between(1, 200))
    """Repetitions, per side where the drill is one-sided."""
    tempo: float = field(metadata=DURATION | between(0.5, 60))
    """Seconds of one repetition."""
    hold: float = field(default=0.0, metadata=DURATION | between(0, 60))
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

    focus: str = field(metadata=one_of(VIEWS))
    """Body part to zoom on: full, upper, legs, feet, hands, head."""
    azimuth_deg: float = field(metadata=between(-360, 360))
    """0 = from the front, 90 = from the person's right side."""
    elevation_deg: float = field(default=8.0, metadata=between(-90, 90))
    """Height of the eye above the horizon."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The point of the body that stays where it is."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    point: str = field(metadata=letters(30))
    """A point of the skeleton, or ``lowest_foot``."""
    height_m: float = field(metadata=between(-1, 3))
    """How high above the floor it stays."""


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A pose at a phase of the repetition."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    phase: float = field(metadata=between(0, 1))
    """0 to below 1 over one repetition."""
    angles: Mapping[str, float] = field(metadata=between(-360, 360))
    """Degrees by coordinate; what is missing keeps its base-pose value."""


@dataclass(frozen=True, slots=True)
class Drill:
    """One joint motion: words first, then dose and knee load, then the motion."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str = field(metadata=letters(60))
    """Lower case words joined by hyphens."""
    name: str = field(metadata=letters(60))
    """What it is called on the screen and aloud."""
    joint: str = field(metadata=letters(120))
    """The joint or joints that move, in anatomical words."""
    region: str = field(metadata=one_of(REGIONS))
    """Body region."""
    position: Position
    """How the body rests."""
    sides: Sides
    """One side after the other, both together, or alternating."""
    dose: Dose
    """The usual dose; a routine may change it."""
    knee: Knee
    """What it asks of the knee."""
    steps: tuple[str, ...] = field(metadata=letters(120) | count(1, 8))
    """What to do, in order; written for the right side."""
    cues: tuple[str, ...] = field(metadata=letters(80) | count(1, 4))
    """Short reminders while moving."""
    easier: str = field(metadata=letters(160))
    """A gentler way to do it."""
    stop_if: str = field(metadata=letters(160))
    """When to stop it."""
    why_knee: str = field(metadata=letters(160))
    """Why someone with knee pain might do it, with no promise."""
    base_pose: str = field(metadata=letters(60))
    """Name of the pose it starts from, in ``routines/body.yaml``."""
    camera: Camera
    """Where the figure is seen from."""
    keyframes: tuple[Keyframe, ...] = field(metadata=count(1, 24))
    """Poses over one repetition, in rising phase; the last blends back into the first."""
    term: str = field(default="", metadata=letters(120))
    """The clinic's name for it."""
    plane: str = field(default="", metadata=letters(120))
    """Anatomical plane of the motion."""
    motion: str = field(default="", metadata=letters(120))
    """The motion in anatomical words."""
    directions: Directions = Directions.SINGLE
    """Whether half of the reps run backward."""
    swap: str | None = None
    """Id of a gentler stand-in for someone who cannot kneel, get to the floor, or load the knee."""
    anchor: Anchor | None = None
    """Overrides the base pose's anchor."""
    optional: bool = False
    """Whether a routine can lose it first."""
    tags: tuple[str, ...] = field(default=(), metadata=letters(30) | count(0, 20))
    """Free words to search by."""
    turns: bool = field(default=False, metadata=COMPUTED)
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


def runs_backward(drill: Drill, rep: int, reps: int) -> bool:
    """Whether a repetition, ``rep`` from 0, is one of the second half of a drill that goes both ways.

    The first half is rounded up, as the drill library's rules say.
    """
    return drill.directions is Directions.BOTH and rep >= ceil(reps / 2)


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
