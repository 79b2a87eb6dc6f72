"""The part a full figure is too small to show: one hand, one foot, or the head, with its fingers, toes or eyes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.drawing.limbs import Bone, Limb, whole_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trainer.body.axes import Vec
    from trainer.drawing.camera import Framing, Seen, View
    from trainer.drawing.canvas import Canvas

DETAILED = ("feet", "hands", "head")
"""Parts of a camera's focus that have a close-up of their own."""


def close_limbs(focus: str, sides: tuple[str, ...], *, stub: float = 0.38, only_toes: bool = False) -> tuple[Limb, ...]:
    """Return what a close-up shows of these sides; empty for a focus that has none.

    ``head``, ``upper``, ``trunk`` and ``legs`` are fitted to a part of the whole body, ``feet`` and ``hands`` are drawn
    alone and with their toes and fingers. ``stub``: the share of shin or forearm that they keep. ``only_toes``: feet
    are fitted to their toes.
    """
    if focus == "feet":
        limbs = tuple(limb for side in sides for limb in _foot(side, 1.0 - stub))
        # The foot itself may then be cut off at the edge.
        return tuple(limb if limb.tucked else replace(limb, framed=()) for limb in limbs) if only_toes else limbs
    if focus == "hands":
        return tuple(limb for side in sides for limb in _hand(side, 1.0 - stub))
    framed = {
        "head": ("head", "neck"),
        "eyes": ("head",),
        "upper": _UPPER_BONES,
        "trunk": _TRUNK_BONES,
        "legs": _LEG_BONES,
    }
    if focus not in framed:
        return ()
    if focus == "eyes":
        return (*(replace(limb, framed=framed[focus]) for limb in (*whole_body()[:2],)), _SIGHT)
    # Arms that rest in the lap hide the waist.
    shown = (limb for limb in whole_body() if focus != "trunk" or not limb.name.startswith("arm"))
    return tuple(replace(limb, framed=framed[focus]) for limb in shown)


_UNDERSIDES: Mapping[str, tuple[str, str, str]] = {
    "leg": ("heel", "toe1_base", "toe5_base"),
    "arm": ("wrist", "finger2_knuckle", "finger5_knuckle"),
}
"""Corners of a sole and of a palm, as they follow each other on the right when it is turned to whoever looks."""
_UNDERSIDE_CELLS = 6.0
"""Square cell widths of a sole or palm, as seen and taken twice, from which it is drawn."""
_PALM_M = 0.02
"""Half the thickness of a palm at its root, in metres."""
_ROLLED_M = 0.011
"""Metres between the inner and the outer edge's heights from which a foot stands on one edge."""
_SIGHT_TIMES = 1.5
"""How far the thumb goes to the side, in how far a gaze point does."""
_EYE_CELLS = 1.3
"""Cell widths of the least radius of an eye that looks somewhere."""
_GAZE_M = 0.15
"""From an eye to its gaze point."""
_HEAD_BONES = ("head", "neck", "girdle_r", "girdle_l")
_UPPER_BONES = (*_HEAD_BONES, "thorax", "upper_arm_r", "upper_arm_l")
_TRUNK_BONES = ("pelvis", "lumbar", "thorax", "girdle_r", "girdle_l")
_LEG_BONES = tuple(f"{part}_{s}" for part in ("thigh", "shank", "foot", "toe1", "toes") for s in "rl")


_SIGHT = Limb(
    "sight",
    (
        Bone("sight_r", "sight_l", 0.026, 0.026, "eye"),
        Bone("sight", "sight_tip", 0.018, 0.014, "eye"),
    ),
)
"""The fist and the thumb that the eyes follow."""


def _foot(s: str, shin_from: float) -> tuple[Limb, ...]:
    toes = (
        Limb(
            f"toe{i}_{s}",
            (
                Bone(f"toe{i}_base_{s}", f"toe{i}_mid_{s}", thick, thick * 0.93, part),
                Bone(f"toe{i}_mid_{s}", f"toe{i}_tip_{s}", thick * 0.93, thick * 0.85, part),
            ),
            tucked=0.9,
        )
        for i, thick, part in (
            (1, 0.0145, f"toe1_{s}"),
            *((i, thick, f"toes_{s}") for i, thick in ((2, 0.0105), (3, 0.010), (4, 0.0095), (5, 0.009))),
        )
    )
    foot = Limb(
        f"leg_{s}",
        (
            Bone(f"knee_{s}", f"ankle_{s}", 0.052 if not shin_from else 0.044, 0.034, f"shank_{s}", shin_from),
            Bone(f"ankle_{s}", f"heel_{s}", 0.034, 0.026, f"foot_{s}"),
            Bone(f"heel_{s}", f"toe5_base_{s}", 0.024, 0.012, f"foot_{s}"),
            Bone(f"ankle_{s}", f"toe3_base_{s}", 0.032, 0.015, f"foot_{s}"),
            Bone(f"ankle_{s}", f"toe5_base_{s}", 0.030, 0.012, f"foot_{s}"),
            Bone(f"toe1_base_{s}", f"toe5_base_{s}", 0.016, 0.012, f"foot_{s}"),
            Bone(f"ankle_{s}", f"toe1_base_{s}", 0.032, 0.017, f"foot_{s}"),
            Bone(f"heel_{s}", f"arch_{s}", 0.022, 0.014, f"arch_{s}"),
            Bone(f"arch_{s}", f"toe1_base_{s}", 0.014, 0.016, f"arch_{s}"),
        ),
    )
    return (foot, *toes)


def _hand(s: str, arm_from: float) -> tuple[Limb, ...]:
    thumb = Limb(
        f"thumb_{s}",
        (
            Bone(f"thumb_base_{s}", f"thumb_mid_{s}", 0.015, 0.012, f"thumb_{s}"),
            Bone(f"thumb_mid_{s}", f"thumb_tip_{s}", 0.012, 0.009, f"thumb_{s}"),
        ),
        tucked=0.6,
    )
    palm = [
        Bone(f"elbow_{s}", f"wrist_{s}", 0.034, 0.026, f"forearm_{s}", arm_from),
        Bone(f"finger2_knuckle_{s}", f"finger5_knuckle_{s}", 0.012, 0.011, f"hand_{s}"),
        Bone(f"wrist_{s}", f"thumb_base_{s}", 0.022, 0.016, f"hand_{s}"),
    ]
    fingers = []
    for i, thick in ((2, 0.0105), (3, 0.011), (4, 0.0105), (5, 0.009)):
        palm.append(Bone(f"wrist_{s}", f"finger{i}_knuckle_{s}", 0.023, thick * 1.15, f"hand_{s}"))
        bones = tuple(
            Bone(f"finger{i}_{near}_{s}", f"finger{i}_{far}_{s}", thick * share, thick * (share - 0.08), f"fingers_{s}")
            for near, far, share in (("knuckle", "pip", 1.0), ("pip", "dip", 0.92), ("dip", "tip", 0.84))
        )
        fingers.append(Limb(f"finger{i}_{s}", bones, tucked=0.4))
    return (Limb(f"arm_{s}", tuple(palm)), thumb, *fingers)


def draw_hollow(canvas: Canvas, seen: Seen, framing: Framing, side: str) -> None:
    """Clear the hollow below the arch of a foot that is seen from within, so that its rise can be seen."""
    arch, heel, ball, outer = (seen[f"{name}_{side}"] for name in ("arch", "heel", "toe1_base", "toe5_base"))
    if ball[2] < outer[2] + 0.03:
        return
    low = min(heel[1], ball[1]) - 0.02
    height = arch[1] - 0.016 - low
    if height * framing.scale < 0.5:
        return
    top = framing.spot((arch[0], low + height * 0.45, 0.0))
    for end, share in ((heel, 0.62), (ball, 0.75)):
        side_spot = framing.spot((arch[0] + (end[0] - arch[0]) * share, low, 0.0))
        canvas.cut(top, height * 0.55 * framing.scale, side_spot, 0.2)


def draw_underside(
    canvas: Canvas, seen: Seen, framing: Framing, side: str, part: str, role: str, *, is_mirrored: bool
) -> None:
    """Draw the sole of a foot or the palm of a hand where it is turned to whoever looks."""
    root, first, last = (seen[f"{name}_{side}"] for name in _UNDERSIDES[part])
    ax, ay, bx, by = first[0] - root[0], first[1] - root[1], last[0] - root[0], last[1] - root[1]
    faces = (ax * by - ay * bx) * (1.0 if (side == "r") != is_mirrored else -1.0)
    if faces * framing.scale**2 < _UNDERSIDE_CELLS:
        return
    heel, (ax, ay), (bx, by) = (framing.spot(one) for one in (root, first, last))
    if part == "leg":
        canvas.wedge((heel, (ax, ay), (bx, by)), role)
        return
    # All of the palm: a cell has one colour, so a smaller mark on it would be a stair.
    thick, (x, y) = _PALM_M * framing.scale, heel
    for share in (0.0, 0.33, 0.67, 1.0):
        end = ax + share * (bx - ax), ay + share * (by - ay)
        canvas.capsule((x + 0.3 * (end[0] - x), y + 0.3 * (end[1] - y)), thick, end, thick * 0.7, role)


def draw_weight(canvas: Canvas, points: Mapping[str, Vec], view: View, framing: Framing, side: str) -> None:
    """Draw a bar on the floor before a foot, under the edge that it rolls onto."""
    inner, outer, tip = (points[f"{name}_{side}"] for name in ("toe1_base", "toe5_base", "toe2_tip"))
    over = min(max((inner[1] - outer[1]) / _ROLLED_M, -1.0), 1.0)
    # The whole breadth where the foot stands level, a third of it at the edge where it is rolled.
    begin, end = max(0.0, over * 0.66), 1.0 + min(0.0, over * 0.66)
    spots = [
        framing.spot(view.see((tip[0] + 0.04, 0.0, inner[2] + (outer[2] - inner[2]) * share))) for share in (begin, end)
    ]
    canvas.capsule(spots[0], 0.45, spots[1], 0.45, "path", halo=0.4)


def add_sight(points: Mapping[str, Vec]) -> dict[str, Vec]:
    """Return the thumb that is looked at, as near to the face as a picture of the face can show it.

    It goes from side to side as far as the eyes turn, below the chin so that it hides nothing.
    """
    eye, other, gaze = points["eye_r"], points["eye_l"], points["gaze_r"]
    x, z = (eye[0] + other[0]) / 2 + 0.2, (eye[2] + other[2]) / 2 + (gaze[2] - eye[2]) * _SIGHT_TIMES
    y = points["chin"][1] - 0.10
    return {
        "sight_r": (x, y, z + 0.022),
        "sight_l": (x, y, z - 0.022),
        "sight": (x, y, z - 0.016),
        "sight_tip": (x, y + 0.07, z - 0.026),
    }


def draw_face(canvas: Canvas, seen: Seen, framing: Framing, moving: frozenset[str]) -> None:
    """Draw the face onto a head: eyes, which look where the body looks where that matters, and the nose's outline."""
    scale = framing.scale
    radius = 0.015 * scale
    if radius < 0.55:
        return
    if "eye" in moving:
        radius = max(radius, _EYE_CELLS)
    middle = seen["skull_low"][2]
    for side in "rl":
        eye, gaze = seen[f"eye_{side}"], seen[f"gaze_{side}"]
        if eye[2] - middle < 0.03:  # on the far side of the head
            continue
        spot = framing.spot(eye)
        if "eye" not in moving or scale < 45:
            canvas.cut(spot, radius * 0.8, spot, radius * 0.8)
            continue
        out = radius * 0.55
        canvas.cut((spot[0] - out, spot[1]), radius, (spot[0] + out, spot[1]), radius)
        ahead = (gaze[0] - eye[0]) / _GAZE_M, (gaze[1] - eye[1]) / _GAZE_M
        reach = radius * 1.9
        canvas.disc((spot[0] + ahead[0] * reach, spot[1] - ahead[1] * reach), radius * 0.55, "moving")
    tip, root = seen["nose_tip"], seen["nose_root"]
    if tip[2] - middle > 0.08 and scale > 45:
        start, end = framing.spot(root), framing.spot(tip)
        canvas.cut(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), 0.0, end, 0.008 * scale)
