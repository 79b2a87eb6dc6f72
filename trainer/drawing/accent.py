"""What to look at: the parts a drill is about, lit while they move, and the points whose path is worth showing.

A drill's keyframes move more than its joint, for hands and feet must stay where they are. The accent goes to what
belongs to the drill's region, and there to whatever really swings: the leg, or the trunk over planted legs.
"""

from __future__ import annotations

from math import dist
from typing import TYPE_CHECKING, Literal

from trainer.core.drill import Sides
from trainer.core.side import Side
from trainer.drawing.ring import Round

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trainer.body.axes import Vec
    from trainer.body.motion import Motion
    from trainer.core.drill import Drill

_FOOT = ("foot", "arch", "toe1", "toes")
_HAND = ("hand", "fingers", "thumb")
_PARTS: Mapping[str, tuple[str, ...]] = {
    "pelvis": ("pelvis", "lumbar"),
    "lumbar": ("lumbar", "pelvis"),
    "thoracic": ("thorax", "girdle_r", "girdle_l"),
    "neck": ("neck", "head"),
    "eye": ("eye",),
    "scapula": ("girdle",),
    "arm": ("upper_arm", "forearm", *_HAND),
    "elbow": ("forearm", *_HAND),
    "pro": ("forearm", *_HAND),
    "wrist": _HAND,
    "finger": ("fingers",),
    "thumb": ("thumb",),
    "hip": ("thigh", "shank", *_FOOT),
    "knee": ("shank", *_FOOT),
    "ankle": _FOOT,
    "subtalar": _FOOT,
    "mtp": ("toe1",),
    "lesser": ("toes",),
    "toe": ("toe1", "toes"),
}
"""By the first word of a coordinate, the parts of the body that swing with it."""

_OF_REGION: Mapping[str, tuple[str, ...]] = {
    "foot": ("mtp", "lesser", "toe", "subtalar", "ankle"),
    "ankle": ("ankle", "subtalar"),
    "knee": ("knee",),
    "hip": ("hip", "pelvis"),
    "pelvis-lumbar": ("pelvis", "lumbar", "thoracic"),
    "thoracic": ("thoracic",),
    "shoulder": ("scapula", "arm"),
    "elbow": ("elbow", "pro"),
    "wrist": ("wrist",),
    "hand": ("finger", "thumb"),
    "neck": ("neck",),
    "eyes": ("eye",),
}
"""By region, the coordinates a drill of it is about."""

_TRACED: Mapping[str, tuple[str, ...]] = {
    "foot": ("toe1_tip", "heel"),
    "ankle": ("toe1_tip", "knee"),
    "knee": ("ankle", "toe1_tip"),
    "hip": ("knee", "pelvis", "ankle", "c7"),
    "pelvis-lumbar": ("t12", "knees", "c7"),
    "thoracic": ("head", "elbow"),
    "shoulder": ("shoulder", "tip"),
    "elbow": ("tip", "thumb_tip"),
    "wrist": ("finger3_knuckle", "finger3_tip"),
    "hand": ("finger3_tip", "thumb_tip", "finger5_tip"),
    "neck": ("nose", "head"),
    "eyes": ("sight_tip",),
}
"""By region, points that show where it goes. One that is named first tells the joint better than a later one."""

PIVOTS: Mapping[str, str] = {
    "foot": "ball",
    "ankle": "ankle",
    "knee": "knee",
    "hip": "hip",
    "pelvis-lumbar": "pelvis",
    "thoracic": "t12",
    "shoulder": "shoulder",
    "elbow": "elbow",
    "wrist": "wrist",
    "hand": "knuckle",
    "neck": "c2",
    "eyes": "shoulder",
}
"""By region, the point its movement turns about."""
_SIMPLE: Mapping[str, str] = {
    **{f"toe{i}_tip": "toe" for i in (1, 4)},
    "finger3_tip": "tip",
    "finger5_tip": "tip",
    "finger3_knuckle": "knuckle",
    "thumb_tip": "thumb",
}
"""By a finger's or toe's point, that of the simple hand or foot."""

_SPREAD: Mapping[str, tuple[str, ...]] = {
    "toe_abd": ("toe1_tip", "toe5_tip"),
    "finger_abd": ("thumb_tip", "finger5_tip"),
}
"""What spreads goes two ways at once: both outer ends are shown."""

_CLEARLY: Mapping[str, float] = {"elbow": 4.0}
"""How many times as far a later point must go to be traced instead, where it is not 1.7."""
_SWINGS_M = 0.08
"""Metres a limb's end must go for the whole limb to count as swinging."""
_CIRCLES_DEG = 20.0
"""Degrees that a hip must go both ways, forward and aside, to circle."""
_APART_DEG = 15.0
"""Degrees between the big toe and the others from which they go ways of their own."""
_SMALL_ROLL_M = 0.05
"""Metres the waist must go for a roll of the pelvis to be seen by itself."""
_ARCH_DEG = 12.0
"""A foot that rolls less than this, and does nothing else, lifts its arch."""
_AHEAD = 0.1
"""Share of a repetition by which the accent looks ahead, so that a part lights as it sets off."""
_LOOKS = 24


class Accent:
    """Which parts a drill moves at which phase, and the points that show it."""

    def __init__(self, drill: Drill, side: Side, motion: Motion, looks: Sequence[Mapping[str, Vec]]) -> None:
        """``looks``: the body's points at equal steps of one repetition, with those of a close-up."""
        self._motion, self._region = motion, drill.region
        self._arms_move = any(name.startswith("arm_") for name in motion.curves)
        self._travels = {name: max(dist(at, look[name]) for look in looks) for name, at in looks[0].items()}
        wanted = _OF_REGION.get(drill.region, ())
        if drill.region == "thoracic" and drill.is_one_sided:
            wanted += ("arm",)
        if drill.region == "pelvis-lumbar" and self._travels["knees"] > 2 * _SWINGS_M:
            wanted += ("hip",)
        idle = {Side.LEFT: "_r", Side.RIGHT: "_l"}.get(side, "") if drill.is_one_sided else ""
        names = [name for name in motion.curves if not idle or not name.endswith(idle)] or list(motion.curves)
        named = [name for name in names if name.split("_")[0] in wanted] or names
        poses = [motion.pose(i / _LOOKS) for i in range(_LOOKS)]
        self._spans = {
            name: (poses[0][name], max(p[name] for p in poses) - min(p[name] for p in poses)) for name in named
        }
        self.sides = _sides(drill, side, named)
        self._lit = {name: tuple(self._parts_of(name)) for name in named}
        self.all_parts = frozenset(part for parts in self._lit.values() for part in parts)
        self._toes_part = drill.region == "foot" and any(
            abs(pose.get(f"mtp_angle_{s}", 0.0) - pose.get(f"lesser_toe_angle_{s}", pose.get(f"mtp_angle_{s}", 0.0)))
            > _APART_DEG
            for pose in poses
            for s in self.sides
        )
        self.lifts_arch = any(p and all(part.startswith("arch") for part in p) for p in self._lit.values())
        self.rolls_sole = (
            drill.region == "foot" and any(n.startswith("subtalar") for n in named) and not self.lifts_arch
        )
        self.points = self._traced(drill, looks)
        self.round = self._round(drill)
        self.begun = (
            self.all_parts
            if self.lifts_arch or ({"pelvis", "t12", "c7", "head"} & set(self.points) and not self.round)
            else frozenset()
        )
        spread = any(name.startswith(word) for word in _SPREAD for name in self._spans)
        self.leads_apart = spread or self._toes_part or self.rolls_sole
        self.is_of_trunk = not any(name.endswith(("_r", "_l")) for name in named)
        self.farthest_m = max((self._travels.get(name, 0.0) for name in self.points), default=0.0)

    @property
    def sole(self) -> Literal["", "arch", "edges", "under"]:
        """What of a sole shows the movement: its arch, the edge it stands on, or it from below, as does a palm."""
        if self.lifts_arch:
            return "arch"
        if self.rolls_sole:
            return "edges"
        return "under" if self._region in ("ankle", "elbow", "wrist", "hand") else ""

    def parts(self, phase: float, *, backward: bool = False) -> frozenset[str]:
        """Return the parts that set off at a phase, are on their way, or away from where they began."""
        now = self._motion.pose(phase)
        soon = self._motion.pose((phase + (-_AHEAD if backward else _AHEAD)) % 1.0)
        out: set[str] = set()
        for name, (start, span) in self._spans.items():
            if abs(soon[name] - now[name]) > 0.04 * span or abs(now[name] - start) > 0.15 * span:
                out.update(self._lit[name])
        return frozenset(out)

    def _parts_of(self, name: str) -> Iterator[str]:
        word, ending = name.split("_")[0], name[-2:] if name.endswith(("_r", "_l")) else ""
        travels = self._travels
        parts = _PARTS.get(word, ())
        if word == "mtp" and not any(other.startswith("lesser") for other in self._motion.curves):
            parts = ("toe1", "toes")
        elif word == "hip" and travels[f"ankle{ending}"] < _SWINGS_M:
            # Over planted feet it is the trunk that goes.
            parts = () if travels["c7"] > 2 * travels["pelvis"] + _SWINGS_M else ("thigh",)
            if not parts:
                yield from ("pelvis", "lumbar", "thorax", "girdle_r", "girdle_l")
        elif word == "thoracic" and travels["wrist_r"] > _SWINGS_M and not self._arms_move:
            # Folded arms turn with the chest, and are most of what is seen of it.
            parts += tuple(f"{part}_{side}" for part in _PARTS["arm"] for side in "rl")
        elif word == "ankle" and _most(travels, "toe1_base", "heel", ending) < 0.3 * travels[f"knee{ending}"]:
            parts = ("shank",)
        elif word == "subtalar" and self._spans[name][1] < _ARCH_DEG:
            parts = ("arch",)
        elif word == "ankle" and self._spans[name][1] < 2.0:
            parts = ()
        for part in parts:
            yield part if part.endswith(("_r", "_l")) else part + ending

    def _round(self, drill: Drill) -> Round | None:
        """Return the way round the body that shows the movement better than a point of it; none for most."""
        turns = all(name.split("_")[-1] in ("rotation", "yaw") for name in self._spans)
        if drill.region == "neck" and turns:
            return Round("nose", "c2", 0.21, "c2")
        if drill.region == "thoracic" and turns and not drill.is_one_sided:
            return Round("hands", "t7", 0.6, "t12")
        if "pelvis_list" in self._spans and self._travels["t12"] < _SMALL_ROLL_M:
            return Round("t12", "", 0.36, "l5", tips=True)
        if drill.region == "shoulder" and not self._arms_move:
            return Round("shoulder_r", "", 0.15, "")
        if drill.region == "wrist" and all(n in self._spans for n in ("wrist_flex_r", "wrist_dev_r")):
            return Round("finger3_knuckle_r", "", 0.095, "")
        if drill.region == "hip" and all(
            self._spans.get(f"{name}_{self.sides[0]}", (0.0, 0.0))[1] > _CIRCLES_DEG
            for name in ("hip_flexion", "hip_adduction")
        ):
            return Round(f"knee_{self.sides[0]}", "", 0.52, "")
        return None

    def _traced(self, drill: Drill, looks: Sequence[Mapping[str, Vec]]) -> tuple[str, ...]:
        names = _TRACED.get(drill.region, ("tip", "toe", "head"))
        if self.lifts_arch:
            names = ("arch",)
        elif self.rolls_sole:
            names = ("ankle",)
        for word, ends in _SPREAD.items():
            if any(name.startswith(word) for name in self._spans):
                return tuple(f"{end}_{side}" for side in self.sides for end in ends)
        if drill.region == "thoracic" and drill.is_one_sided:
            names = ("wrist",)
        if any(name.startswith("thumb_flex") for name in self._spans):
            names = ("thumb_tip",)
        if self._toes_part:
            return tuple(f"{name}_{side}" for side in self.sides for name in ("toe1_tip", "toe3_tip"))
        best, farthest = "", 0.006
        for name in names:
            for full in (name, *(f"{name}_{side}" for side in self.sides)):
                if full in looks[0]:
                    far = sum(dist(a[full], b[full]) for a, b in zip(looks, [*looks[1:], looks[0]], strict=True))
                    if far > farthest * (_CLEARLY.get(name, 1.7) if best else 1.0):
                        best, farthest = name, far
        if not best:
            return ()
        return (best,) if best in looks[0] else tuple(f"{best}_{side}" for side in self.sides)


def simple(name: str) -> str:
    """Return the point of the simple hand or foot that goes where a finger's or toe's does."""
    stem, side = (name[:-2], name[-2:]) if name.endswith(("_r", "_l")) else (name, "")
    return _SIMPLE.get(stem, stem) + side


def _most(travels: Mapping[str, float], one: str, other: str, ending: str) -> float:
    return max(travels[one + ending], travels[other + ending])


def _sides(drill: Drill, side: Side, named: Sequence[str]) -> tuple[str, ...]:
    """Return the sides whose limbs move, the working one first."""
    if drill.sides is Sides.UNILATERAL:
        return ("l",) if side is Side.LEFT else ("r",)
    moved = tuple(s for s in "rl" if any(name.endswith(f"_{s}") for name in named))
    return moved or ("r", "l")
