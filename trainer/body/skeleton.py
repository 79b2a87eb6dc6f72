"""The body that drills move: segment lengths, joint coordinates with their limits, and the poses they start from.

Everything here is read from ``routines/body.yaml``. Axes are x forward, y up, z to the person's right. A sided
coordinate is used with ``_r`` or ``_l`` at its end (``knee_angle_r``); its sign means the same on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from trainer.core.drill import Anchor, Position
from trainer.core.marks import STRICT, between, count, letters

_FRACTION = between(0.001, 0.5)
_ANGLE = between(-360, 360)
_SLACK_DEG = 1e-6

_PAIRED = ("hip", "knee", "ankle", "heel", "ball", "toe", "ltoe", "shoulder", "elbow", "wrist", "knuckle", "pip", "tip")
POINTS = (
    *("lowest_foot", "balls", "knees", "hands"),
    *("pelvis", "l5", "t12", "t7", "c7", "c2", "c0", "head", "nose"),
    *(f"{point}_{side}" for point in (*_PAIRED, "thumb") for side in "rl"),
)
"""Points of the figure that can be held in place. ``balls``, ``knees`` and ``hands`` are the middle of two."""


def mirrored_name(name: str) -> str:
    """The twin of a sided coordinate or point, ``knee_l`` for ``knee_r``; any other name stays as it is."""
    if name.endswith("_r"):
        return name[:-1] + "l"
    return name[:-1] + "r" if name.endswith("_l") else name


class Mirror(StrEnum):
    """What becomes of a coordinate of the trunk or head when left and right change places."""

    SAME = "same"
    NEGATE = "negate"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Segment lengths as fractions of body height (after Drillis & Contini and Winter), and a few heights in metres."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    height_m: float = field(metadata=between(0.5, 2.5))
    """Body height in metres."""
    hip_half_width: float = field(metadata=_FRACTION)
    """Middle of the pelvis to a hip."""
    thigh: float = field(metadata=_FRACTION)
    """Hip to knee."""
    shank: float = field(metadata=_FRACTION)
    """Knee to ankle."""
    ankle_height: float = field(metadata=_FRACTION)
    """Ankle above the sole."""
    heel_back: float = field(metadata=_FRACTION)
    """Ankle back to the heel."""
    ankle_to_ball: float = field(metadata=_FRACTION)
    """Ankle forward to the ball of the foot."""
    ball_to_toe: float = field(metadata=_FRACTION)
    """Ball of the foot to the tip of the big toe."""
    hip_to_l5: float = field(metadata=_FRACTION)
    """Middle of the pelvis up to the lowest lumbar joint."""
    lumbar: float = field(metadata=_FRACTION)
    """Lumbar spine."""
    thoracic_lower: float = field(metadata=_FRACTION)
    """Thoracic spine, T12 to T7."""
    thoracic_upper: float = field(metadata=_FRACTION)
    """Thoracic spine, T7 to C7."""
    neck_lower: float = field(metadata=_FRACTION)
    """Neck, C7 to C2."""
    neck_upper: float = field(metadata=_FRACTION)
    """Neck, C2 to the skull."""
    head: float = field(metadata=_FRACTION)
    """Base of the skull to the crown."""
    shoulder_drop: float = field(metadata=_FRACTION)
    """How far the shoulders are below C7."""
    shoulder_half_width: float = field(metadata=_FRACTION)
    """Middle of the trunk to a shoulder."""
    upper_arm: float = field(metadata=_FRACTION)
    """Shoulder to elbow."""
    forearm: float = field(metadata=_FRACTION)
    """Elbow to wrist."""
    palm: float = field(metadata=_FRACTION)
    """Wrist to knuckles."""
    fingers: float = field(metadata=_FRACTION)
    """Knuckles to fingertips."""
    seat_height_m: float = field(metadata=between(0.1, 1))
    """Height of the chair's seat in metres."""
    knee_pad_m: float = field(metadata=between(0, 0.3))
    """Height of the middle of a kneeling knee above the floor, in metres."""
    note: str = field(default="", metadata=letters(400))
    """Where the lengths come from."""


@dataclass(frozen=True, slots=True)
class Coordinate:
    """One way in which a joint can move."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    group: str = field(metadata=letters(30))
    """Part of the body: root, leg, spine, neck, head, arm, hand."""
    sided: bool
    """Whether there is one on each side; its name then ends in ``_r`` or ``_l``."""
    limits: tuple[float, float] = field(metadata=_ANGLE)
    """Least and greatest angle in degrees."""
    positive: str = field(metadata=letters(200))
    """Where a positive angle goes."""
    source: str = field(metadata=letters(300))
    """Where the limits come from."""
    mirror: Mirror = Mirror.SAME
    """What becomes of it in a mirror; a sided one changes places with its twin instead."""
    limits_weight_bearing: tuple[float, float] | None = field(default=None, metadata=_ANGLE)
    """Limits while the leg carries weight, where they differ."""
    opensim: str = field(default="", metadata=letters(300))
    """How it compares with the coordinate of that name in OpenSim models."""
    note: str = field(default="", metadata=letters(300))
    """Anything else worth knowing."""

    def range_when(self, *, weight_bearing: bool) -> tuple[float, float]:
        """Least and greatest angle in degrees, with or without weight on the leg."""
        if weight_bearing and self.limits_weight_bearing is not None:
            return self.limits_weight_bearing
        return self.limits


@dataclass(frozen=True, slots=True)
class Total:
    """A limit on several coordinates added together, such as the whole neck."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    sum: tuple[str, ...] = field(metadata=letters(60) | count(2, 10))
    """Coordinates that are added."""
    limits: tuple[float, float] = field(metadata=_ANGLE)
    """Least and greatest sum in degrees."""
    source: str = field(metadata=letters(300))
    """Where the limits come from."""


@dataclass(frozen=True, slots=True)
class BasePose:
    """How the body is set up before a drill moves it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    position: Position
    """How the body rests."""
    anchor: Anchor
    """The point that stays where it is."""
    text: str = field(metadata=letters(160))
    """How to get into it, in a sentence."""
    pose: Mapping[str, float] = field(metadata=_ANGLE)
    """Degrees by coordinate; what is missing is 0."""


@dataclass(frozen=True, slots=True)
class Body:
    """Everything ``routines/body.yaml`` says."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    skeleton: Skeleton
    """Lengths."""
    coordinates: Mapping[str, Coordinate]
    """Joint coordinates by name, without a side."""
    totals: Mapping[str, Total]
    """Limits on sums, by name."""
    base_poses: Mapping[str, BasePose]
    """Poses to start from, by name."""

    def names(self) -> tuple[str, ...]:
        """Every coordinate as a keyframe names it: with ``_r`` and ``_l`` where it is sided."""
        return tuple(
            full
            for name, coordinate in self.coordinates.items()
            for full in ((f"{name}_r", f"{name}_l") if coordinate.sided else (name,))
        )

    def coordinate(self, name: str) -> Coordinate | None:
        """The coordinate that a keyframe calls ``name``; none if there is none."""
        stem, sided = (name[:-2], True) if name.endswith(("_r", "_l")) else (name, False)
        found = self.coordinates.get(stem)
        return found if found is not None and found.sided is sided else None

    def mirrored(self, pose: Mapping[str, float]) -> dict[str, float]:
        """The pose with left and right changed; every name in it must be known."""
        return dict(self._mirrored(pose))

    def is_own_mirror(self, pose: Mapping[str, float]) -> bool:
        """Whether left and right are alike in it."""
        other = self.mirrored(pose)
        return all(pose.get(name, 0.0) == other.get(name, 0.0) for name in {*pose, *other})

    def excesses(self, pose: Mapping[str, float], *, weight_bearing: bool) -> Iterator[tuple[str, float, float, float]]:
        """``(name, degrees, least, greatest)`` of each angle, then each total, that is beyond its limits.

        Unknown names are passed over.
        """
        for name, degrees in pose.items():
            coordinate = self.coordinate(name)
            if coordinate is not None:
                low, high = coordinate.range_when(weight_bearing=weight_bearing)
                if not low - _SLACK_DEG <= degrees <= high + _SLACK_DEG:
                    yield name, degrees, low, high
        for name, total in self.totals.items():
            degrees = round(sum(pose.get(part, 0.0) for part in total.sum), 6)
            low, high = total.limits
            if not low - _SLACK_DEG <= degrees <= high + _SLACK_DEG:
                yield name, degrees, low, high

    def _mirrored(self, pose: Mapping[str, float]) -> Iterator[tuple[str, float]]:
        for name, degrees in pose.items():
            coordinate = self.coordinate(name)
            if coordinate is not None and coordinate.sided:
                yield mirrored_name(name), degrees
            elif coordinate is not None and coordinate.mirror is Mirror.NEGATE:
                yield name, -degrees
            else:
                yield name, degrees
