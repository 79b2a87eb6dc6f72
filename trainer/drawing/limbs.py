"""The body's flesh: which tapered limbs lie between which points, drawn limb by limb from the far to the near.

A gap is left around each whole limb, not around each bone, so that crossing limbs part and a bent one stays one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, NamedTuple

from trainer.drawing.canvas import HALO, Canvas, Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from trainer.drawing.camera import Framing, Seen, Vec
    from trainer.drawing.raster import Layer

_FINE_HALO = 0.4
"""Cell widths of the gap between fingers and toes."""
_ROWS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "toe": (4, ("toe1_base", "toe5_base")),
    "fin": (3, ("finger2_knuckle", "finger5_knuckle")),
}
"""Of toes and fingers, how many steps lie between the outer ones, and where those begin."""
_NEIGHBOURS = 1.6
"""Cell widths from one finger to the next from which a gap between them can be seen."""
THINNEST = 0.42
"""Cell widths of the least radius, so that small figures keep their limbs."""
FAR = 0.10
"""Metres by which one of a pair must lie deeper to be shaded as the far one."""


class Bone(NamedTuple):
    """A tapered limb between two points."""

    start: str
    """A point of the body."""
    end: str
    """Another."""
    start_radius: float
    """Metres."""
    end_radius: float
    """Metres."""
    part: str
    """What moves when it moves, such as ``thigh_r``."""
    begins: float = 0.0
    """Where on the way from start to end it begins: a forearm that a close-up cuts short begins at 0.5."""


class Drawn(NamedTuple):
    """A limb as it was drawn once."""

    pieces: list[Piece]
    """Its bones on the field."""
    halo: float
    """The gap around it."""
    layer: Layer | None
    """What that drew, once it came again."""


@dataclass(frozen=True, slots=True)
class Limb:
    """Bones that belong together and share one outline."""

    name: str
    """Such as ``leg_r`` or ``trunk``."""
    bones: tuple[Bone, ...]
    """In no order; of a finger or toe, from its root on."""
    tucked: float = 0.0
    """How much of the first bone keeps no gap, so that a finger grows out of its hand."""
    framed: tuple[str, ...] | None = None
    """The parts that the picture is fitted to, the rest may be cut off at its edge; all where none are named."""

    @property
    def side(self) -> str:
        """``r`` or ``l``; empty in the middle."""
        return self.name[-1] if self.name.endswith(("_r", "_l")) else ""


def fleshed(points: Mapping[str, Vec]) -> dict[str, Vec]:
    """Return the points with those of the skull and the arches of the feet beside them.

    The skull lies between the neck's end, the crown and the nose. An arch rises as the foot rolls outward; it is drawn
    four times as high as that, or nobody would see it.
    """
    low, crown, nose = points["c0"], points["head"], points["nose"]
    forward = _minus(nose, _between(low, crown, 0.45))
    out = {
        **points,
        "skull_low": _plus(_between(low, crown, 0.30), forward, 0.14),
        "skull_high": _plus(_between(low, crown, 0.60), forward, 0.06),
        "jaw": _plus(_between(low, crown, 0.06), forward, 0.46),
        "nose_root": _plus(_between(low, crown, 0.46), forward, 0.70),
        "nose_tip": _plus(_between(low, crown, 0.36), forward, 1.34),
    }
    for side in "rl":
        inner, outer = points[f"toe1_base_{side}"], points[f"toe5_base_{side}"]
        middle = _between(points[f"heel_{side}"], inner, 0.5)
        rise = 0.014 + 3.0 * max(0.0, inner[1] - outer[1])
        out[f"arch_{side}"] = middle[0], middle[1] + rise, middle[2]
    return out


def whole_body() -> tuple[Limb, ...]:
    """Return every limb of the whole figure; hands and feet are simple."""
    return (_TRUNK, _HEAD, *(limb for side in "rl" for limb in (_arm(side), _leg(side))))


_TRUNK = Limb(
    "trunk",
    (
        Bone("hip_r", "hip_l", 0.078, 0.078, "pelvis"),
        Bone("pelvis", "l5", 0.095, 0.09, "pelvis"),
        Bone("l5", "t12", 0.088, 0.088, "lumbar"),
        Bone("t12", "t7", 0.092, 0.10, "thorax"),
        Bone("t7", "c7", 0.10, 0.06, "thorax"),
        *(Bone("t12", f"shoulder_{s}", 0.075, 0.05, "thorax") for s in "rl"),
        *(Bone("c7", f"shoulder_{s}", 0.045, 0.048, f"girdle_{s}") for s in "rl"),
    ),
)
_HEAD = Limb(
    "head",
    (
        Bone("c7", "c0", 0.048, 0.045, "neck"),
        Bone("skull_low", "skull_high", 0.078, 0.09, "head"),
        Bone("skull_low", "jaw", 0.06, 0.042, "head"),
        Bone("nose_root", "nose_tip", 0.03, 0.012, "head"),
    ),
)


def _arm(s: str) -> Limb:
    return Limb(
        f"arm_{s}",
        (
            Bone(f"shoulder_{s}", f"elbow_{s}", 0.05, 0.04, f"upper_arm_{s}"),
            Bone(f"shoulder_{s}", f"shoulder_{s}", 0.054, 0.054, f"girdle_{s}"),
            Bone(f"elbow_{s}", f"wrist_{s}", 0.04, 0.028, f"forearm_{s}"),
            Bone(f"wrist_{s}", f"knuckle_{s}", 0.03, 0.036, f"hand_{s}"),
            Bone(f"knuckle_{s}", f"pip_{s}", 0.034, 0.026, f"fingers_{s}"),
            Bone(f"pip_{s}", f"tip_{s}", 0.026, 0.018, f"fingers_{s}"),
            Bone(f"wrist_{s}", f"thumb_{s}", 0.022, 0.016, f"thumb_{s}"),
        ),
    )


def _leg(s: str) -> Limb:
    return Limb(
        f"leg_{s}",
        (
            Bone(f"hip_{s}", f"knee_{s}", 0.08, 0.056, f"thigh_{s}"),
            Bone(f"knee_{s}", f"ankle_{s}", 0.056, 0.036, f"shank_{s}"),
            Bone(f"ankle_{s}", f"heel_{s}", 0.036, 0.032, f"foot_{s}"),
            Bone(f"heel_{s}", f"ball_{s}", 0.03, 0.028, f"foot_{s}"),
            Bone(f"ankle_{s}", f"ball_{s}", 0.038, 0.03, f"foot_{s}"),
            Bone(f"ball_{s}", f"toe_{s}", 0.028, 0.02, f"toe1_{s}"),
            Bone(f"ball_{s}", f"ltoe_{s}", 0.028, 0.02, f"toes_{s}"),
        ),
    )


def ordered(limbs: Iterable[Limb], seen: Seen) -> list[Limb]:
    """Return the limbs from the farthest to the nearest."""
    return sorted(limbs, key=lambda limb: _depth(limb, seen))


def far_limbs(limbs: Iterable[Limb], looks: Sequence[Seen]) -> frozenset[str]:
    """Return the names of those limbs whose twin lies clearly nearer, all looks taken together."""
    depths = {limb.name: sum(_depth(limb, one) for one in looks) / len(looks) for limb in limbs if limb.side}
    twins = {name: name[:-1] + ("l" if name[-1] == "r" else "r") for name in depths}
    return frozenset(name for name, depth in depths.items() if depths.get(twins[name], depth) - depth > FAR)


def role_of(limb: Limb, part: str, moving: frozenset[str], far: frozenset[str]) -> str:
    """Return the role of a part: moving, then far, then its side, then plain."""
    if part in moving:
        return "moving"
    if limb.name in far:
        return "limb.far"
    return {"r": "limb.right", "l": "limb.left"}.get(limb.side, "limb")


def draw_limbs(
    canvas: Canvas,
    limbs: Sequence[Limb],
    seen: Seen,
    framing: Framing,
    moving: frozenset[str],
    far: frozenset[str],
    *,
    over: Mapping[str, Callable[[], None]],
    before: dict[str, Drawn],
) -> None:
    """Draw the limbs, deep ones first; after the limb that ``over`` names, its function draws on.

    ``before``: by limb, how it was drawn the last time, so that one that rests is not drawn anew.
    """
    scale = framing.scale
    for limb in ordered(limbs, seen):
        pieces: list[Piece] = []
        for bone in limb.bones:
            start, end = framing.spot(begun(bone, seen)), framing.spot(seen[bone.end])
            radii = max(bone.start_radius * scale, THINNEST), max(bone.end_radius * scale, THINNEST)
            pieces.append((start, radii[0], end, radii[1], role_of(limb, bone.part, moving, far)))
        # What moves is drawn last, so that the calm part does not eat into it.
        if not limb.tucked:
            pieces.sort(key=lambda piece: piece[4] == "moving")
        halo = HALO
        if limb.tucked:
            halo = _FINE_HALO if _stand_apart(limb, seen, scale) else 0.0
        drawn = before.get(limb.name)
        if drawn is None or drawn.pieces != pieces or drawn.halo != halo:
            before[limb.name] = Drawn(pieces, halo, None)
            canvas.limb(pieces, halo=halo, tucked=limb.tucked)
        else:
            layer = drawn.layer
            if layer is None:  # the same for the second time: it may well rest
                field = canvas.fresh()
                field.limb(pieces, halo=halo, tucked=limb.tucked)
                layer = field.layer()
                before[limb.name] = Drawn(pieces, halo, layer)
            canvas.lay(layer)
        if limb.name in over:
            over[limb.name]()


def _stand_apart(limb: Limb, seen: Seen, scale: float) -> bool:
    """Whether a finger or toe is seen beside its neighbours, rather than before them."""
    many, ends = _ROWS.get(limb.name[:3], (0, ()))
    if not many:
        return True
    (ax, ay, _), (bx, by, _) = (seen[f"{end}_{limb.side}"] for end in ends)
    return hypot(ax - bx, ay - by) * scale / many > _NEIGHBOURS


def shade(
    canvas: Canvas, limbs: Iterable[Limb], seen: Seen, framing: Framing, parts: frozenset[str] | None = None
) -> None:
    """Fill where the limbs are, without gaps or roles; only these parts of them where some are named."""
    scale = framing.scale
    for limb in limbs:
        for bone in limb.bones:
            if parts is not None and bone.part not in parts:
                continue
            start, end = framing.spot(begun(bone, seen)), framing.spot(seen[bone.end])
            radii = max(bone.start_radius * scale, THINNEST), max(bone.end_radius * scale, THINNEST)
            canvas.capsule(start, radii[0], end, radii[1], "limb")


def discs(limbs: Iterable[Limb], seen: Seen) -> Iterator[tuple[float, float, float]]:
    """Yield ``(x, y, radius)`` of both ends of every bone, in metres of the view."""
    for limb in limbs:
        for bone in limb.bones:
            if limb.framed is not None and bone.part not in limb.framed:
                continue
            x, y, _ = begun(bone, seen)
            yield x, y, bone.start_radius
            x, y, _ = seen[bone.end]
            yield x, y, bone.end_radius


def begun(bone: Bone, seen: Seen) -> Vec:
    """Return where a bone begins as seen."""
    return _between(seen[bone.start], seen[bone.end], bone.begins) if bone.begins else seen[bone.start]


def _depth(limb: Limb, seen: Seen) -> float:
    bones = limb.bones
    return sum(seen[bone.start][2] + seen[bone.end][2] for bone in bones) / (2 * len(bones))


def _between(a: Vec, b: Vec, share: float) -> Vec:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share


def _minus(a: Vec, b: Vec) -> Vec:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def _plus(a: Vec, b: Vec, times: float) -> Vec:
    return a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times
