"""What only a close-up shows: single fingers and toes, eyes and where they look.

Proportions are near the usual ones (finger bones after Buryanov and Kotiuk 2010: of a finger about 0.50, 0.27 and
0.23) and otherwise our own drawing. Offsets are relative to the palm, the fingers, the toes or the head, so they grow
with the body.
"""

from __future__ import annotations

from collections.abc import Mapping

from trainer.body.axes import Axes, Vec, bent, leant, out, turned

_FINGERS = (
    (2, 0.98, 0.30, 0.90, 1.0),
    (3, 1.00, 0.09, 1.00, 0.0),
    (4, 0.96, -0.12, 0.94, -0.7),
    (5, 0.88, -0.32, 0.75, -1.5),
)
"""Number, knuckle along and across the palm (1 = its length), length (1 = the longest), share of the spread."""
_MEETS = {2: 25.0, 3: 35.0, 4: 48.0, 5: 60.0}
"""Degrees that the thumb is bent across the palm where it meets each finger's tip: worked out on this hand."""
_MEETS_WITHIN = 14.0
"""Degrees off that from which a finger stays long, as the thumb is not for it."""
_BONES = (0.50, 0.27, 0.23)
_DIP_PER_PIP = 2 / 3
"""The end joint of a finger bends by about two thirds of the middle one unless held (Rijpkema and Girard 1991)."""

_TOES = (
    (1, 0.06, -0.42, 0.93, 1.0),
    (2, 0.13, -0.17, 0.84, 0.0),
    (3, 0.06, 0.06, 0.72, -0.4),
    (4, -0.08, 0.28, 0.62, -0.8),
    (5, -0.25, 0.48, 0.52, -1.3),
)
"""Number, base before and outside the ball's middle (1 = the big toe's reach), length, share of the spread."""
_TOE_DOWN = 0.17
_CURLS = 1.6
"""Toes that bend down at their root curl in the middle too, by so much more; those that lift stay straight."""

_GAZE_M = 0.15
"""How far ahead of an eye its gaze point is."""


def add_fingers(
    found: dict[str, Vec],
    pose: Mapping[str, float],
    hand: Axes,
    wrist: Vec,
    palm: float,
    fingers: float,
    side: str,
    sign: float,
) -> None:
    """Puts ``finger2_knuckle_r`` to ``finger5_tip_r`` and ``thumb_base_r``, ``thumb_mid_r``, ``thumb_tip_r`` in."""
    get = pose.get
    mcp, pip, spread = (get(f"finger_{joint}_{side}", 0.0) for joint in ("mcp", "pip", "abd"))
    dip = get(f"finger_dip_{side}", pip * _DIP_PER_PIP)
    across_palm = get(f"thumb_flex_{side}", 0.0)
    for number, along, across, length, share in _FINGERS:
        asked = _asked(number, across_palm)
        at = out(wrist, hand, 0.0, -palm * along, sign * palm * across)
        found[f"finger{number}_knuckle_{side}"] = at
        axes = leant(hand, -sign * spread * share)
        for joint, bend, bone in zip(
            ("pip", "dip", "tip"), (mcp * asked, pip * asked, dip * asked), _BONES, strict=True
        ):
            axes = bent(axes, bend)
            at = out(at, axes, 0.0, -fingers * length * bone, 0.0)
            found[f"finger{number}_{joint}_{side}"] = at
    away = get(f"thumb_cmc_abd_{side}", 0.0)
    at = out(wrist, hand, palm * 0.08, -palm * 0.18, sign * palm * 0.28)
    axes = bent(leant(hand, -sign * (18.0 + 0.45 * away - 0.6 * across_palm)), 0.85 * away)
    found[f"thumb_base_{side}"] = at
    at = out(at, axes, 0.0, -palm * 0.54, 0.0)
    found[f"thumb_mid_{side}"] = at
    found[f"thumb_tip_{side}"] = out(at, leant(axes, sign * across_palm), 0.0, -palm * 0.66, 0.0)


def _asked(number: int, across_palm: float) -> float:
    """Return how much of the fingers' bend one takes: all of them do, until the thumb comes for one."""
    comes = min(max(across_palm / 15.0, 0.0), 1.0)
    near = max(0.0, 1.0 - abs(across_palm - _MEETS[number]) / _MEETS_WITHIN)
    return 1.0 - comes * (1.0 - near)


def add_toes(
    found: dict[str, Vec],
    foot: Axes,
    ball: Vec,
    reach: float,
    angles: tuple[float, float, float],
    side: str,
    sign: float,
) -> None:
    """Puts ``toe1_base_r``, ``toe1_mid_r`` and ``toe1_tip_r``, the big toe, to ``toe5_tip_r`` in.

    ``angles`` are those of the big toe, of the others, and the spread.
    """
    big, lesser, spread = angles
    for number, before, outside, length, share in _TOES:
        base = out(ball, foot, reach * before, 0.0, sign * reach * outside)
        axes = bent(turned(foot, sign * spread * share), big if number == 1 else lesser)
        found[f"toe{number}_base_{side}"] = base
        found[f"toe{number}_mid_{side}"] = middle = out(base, axes, reach * length / 2, -reach * _TOE_DOWN / 2, 0.0)
        axes = bent(axes, _CURLS * min(0.0, big if number == 1 else lesser))
        found[f"toe{number}_tip_{side}"] = out(middle, axes, reach * length / 2, -reach * _TOE_DOWN / 2, 0.0)


def add_eyes(found: dict[str, Vec], pose: Mapping[str, float], axes: Axes, skull: Vec, head: float) -> None:
    """Puts ``chin``, ``ear_r``, ``eye_r`` and ``gaze_r`` in, and their twins; eyes turn together."""
    look = bent(turned(axes, pose.get("eye_yaw", 0.0)), pose.get("eye_pitch", 0.0))
    found["chin"] = out(skull, axes, head * 0.44, head * -0.05, 0.0)
    for side, sign in (("r", 1.0), ("l", -1.0)):
        eye = out(skull, axes, head * 0.46, head * 0.62, sign * head * 0.18)
        found[f"ear_{side}"] = out(skull, axes, 0.0, head * 0.45, sign * head * 0.45)
        found[f"eye_{side}"] = eye
        found[f"gaze_{side}"] = out(eye, look, _GAZE_M, 0.0, 0.0)
