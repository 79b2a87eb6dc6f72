"""The part a full figure is too small to show: one hand, one foot, or the head, with its fingers, toes or eyes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.drawing.limbs import Bone, Limb, whole_body

if TYPE_CHECKING:
    from trainer.drawing.camera import Framing, Seen
    from trainer.drawing.limbs import Canvas

DETAILED = ("feet", "hands", "head")
"""Parts of a camera's focus that have a close-up of their own."""


def close_limbs(focus: str, sides: tuple[str, ...], *, stub: float = 0.38) -> tuple[Limb, ...]:
    """Return what a close-up shows of these sides; empty for a focus that has none.

    ``head``, ``upper``, ``trunk`` and ``legs`` are fitted to a part of the whole body, ``feet`` and ``hands`` are drawn
    alone and with their toes and fingers. ``stub``: the share of shin or forearm that they keep.
    """
    if focus == "feet":
        return tuple(limb for side in sides for limb in _foot(side, 1.0 - stub))
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
    return tuple(replace(limb, framed=framed[focus]) for limb in whole_body())


_GAZE_M = 0.15
"""From an eye to its gaze point."""
_HEAD_BONES = ("head", "neck", "girdle_r", "girdle_l")
_UPPER_BONES = (*_HEAD_BONES, "thorax", "upper_arm_r", "upper_arm_l")
_TRUNK_BONES = ("pelvis", "lumbar", "thorax", "girdle_r", "girdle_l")
_LEG_BONES = tuple(f"{part}_{s}" for part in ("thigh", "shank", "foot", "toe1", "toes") for s in "rl")


def _foot(s: str, shin_from: float) -> tuple[Limb, ...]:
    toes = (
        Limb(
            f"toe{i}_{s}",
            (Bone(f"toe{i}_base_{s}", f"toe{i}_tip_{s}", thick, thick * 0.85, f"toe1_{s}" if i == 1 else f"toes_{s}"),),
            tucked=0.45,
        )
        for i, thick in ((1, 0.0145), (2, 0.0105), (3, 0.010), (4, 0.0095), (5, 0.009))
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


def draw_face(canvas: Canvas, seen: Seen, framing: Framing, moving: frozenset[str]) -> None:
    """Draw the face onto a head: eyes, which look where the body looks where that matters, and the nose's outline."""
    scale = framing.scale
    radius = 0.015 * scale
    if radius < 0.55:
        return
    middle = seen["skull_low"][2]
    for side in "rl":
        eye, gaze = seen[f"eye_{side}"], seen[f"gaze_{side}"]
        if eye[2] - middle < 0.03:  # on the far side of the head
            continue
        spot = framing.spot(eye)
        if "eye" not in moving or radius < 1.2:
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
