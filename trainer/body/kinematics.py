"""Forward kinematics: joint angles in, the points of the body out.

Each segment carries its axes: where forward, up and right point once every joint above it has turned. A joint turns
them flexion first (about right), then bending (about forward), then rotation (about up), each about the axes as they
already are: the order of OpenSim's models and of every drill file. The left side is the right one in a mirror, so the
last two change their sign there. Anatomy that no joint moves (the width of a heel pad, the place of an eye) is in
metres and our own drawing, not a measurement.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, radians, sin, sqrt

from trainer.body.axes import UPRIGHT, Axes, Vec, bent, leant, out, turned
from trainer.body.closeup import add_eyes, add_fingers, add_toes
from trainer.body.skeleton import Body, Skeleton

__all__ = ["MIDDLES", "Vec", "middle", "points"]

_SIDES = (("r", 1.0), ("l", -1.0))
"""Ends of names, and the sign of what points to the right."""

MIDDLES = (("balls", "ball"), ("knees", "knee"), ("hands", "wrist"))
"""Points that are the middle of two, and which two."""

_AXIS = (0.787, 0.605, -0.121)
"""Subtalar axis in a right foot, not yet of length 1 (Rajagopal 2016; forward, up and a little to the midline)."""
_LENGTH = sqrt(sum(part * part for part in _AXIS))
_AXIS_X, _AXIS_Y, _AXIS_Z = (part / _LENGTH for part in _AXIS)

_BALL_UP_M = 0.02
"""Middle of the ball of the foot above the sole."""
_TOE_DOWN_M = 0.012
"""How far the middle of a toe's tip is below the middle of the ball."""
_SHOULDER_DOWN_M = 0.01


def points(body: Body, pose: Mapping[str, float], *, close_up: bool = False) -> dict[str, Vec]:
    """Where the points of the body are in a pose, in metres, with the pelvis at the origin.

    ``pose`` holds degrees by coordinate; what is missing is 0, but for the lesser toes, which then go with the big
    one. The points are those of ``trainer.body.skeleton.POINTS`` (without ``lowest_foot``). ``close_up`` adds those of
    ``trainer.body.closeup``: fingers, toes, eyes. x is forward, y up, z to the person's right.
    """
    lengths = body.skeleton
    height = lengths.height_m
    get = pose.get
    found: dict[str, Vec] = {"pelvis": (0.0, 0.0, 0.0)}
    pelvis = _turned(UPRIGHT, get("pelvis_tilt", 0.0), get("pelvis_list", 0.0), get("pelvis_rotation", 0.0))
    for side, sign in _SIDES:
        _add_leg(found, lengths, pose, pelvis, side, sign, close_up)
    at = out((0.0, 0.0, 0.0), pelvis, 0.0, lengths.hip_to_l5 * height, 0.0)
    found["l5"] = at
    axes = pelvis
    for segment, name, length in (
        ("lumbar", "t12", lengths.lumbar),
        ("thoracic_lower", "t7", lengths.thoracic_lower),
        ("thoracic_upper", "c7", lengths.thoracic_upper),
    ):
        axes, at = _vertebrae(axes, at, pose, segment, length * height)
        found[name] = at
    chest, c7 = axes, at
    for segment, name, length in (("neck_lower", "c2", lengths.neck_lower), ("neck_upper", "c0", lengths.neck_upper)):
        axes, at = _vertebrae(axes, at, pose, segment, length * height)
        found[name] = at
    head = lengths.head * height
    found["head"] = out(at, axes, 0.0, head, 0.0)
    found["nose"] = out(at, axes, 0.095, head * 0.45, 0.0)
    if close_up:
        add_eyes(found, pose, axes, at, head)
    for side, sign in _SIDES:
        _add_arm(found, lengths, pose, chest, c7, side, sign, close_up)
    for name, one in MIDDLES:
        found[name] = middle(found, one)
    return found


def middle(found: Mapping[str, Vec], one: str) -> Vec:
    """The point halfway between a point on the right and its twin."""
    right, left = found[f"{one}_r"], found[f"{one}_l"]
    return (right[0] + left[0]) / 2, (right[1] + left[1]) / 2, (right[2] + left[2]) / 2


def _turned(axes: Axes, flexion: float, bending: float, rotation: float) -> Axes:
    return turned(leant(bent(axes, flexion), bending), rotation)


def _vertebrae(axes: Axes, at: Vec, pose: Mapping[str, float], segment: str, length: float) -> tuple[Axes, Vec]:
    get = pose.get
    axes = _turned(
        axes,
        get(f"{segment}_extension", 0.0),
        get(f"{segment}_bending", 0.0),
        get(f"{segment}_rotation", 0.0),
    )
    return axes, out(at, axes, 0.0, length, 0.0)


def _add_leg(
    found: dict[str, Vec],
    lengths: Skeleton,
    pose: Mapping[str, float],
    pelvis: Axes,
    side: str,
    sign: float,
    close_up: bool,
) -> None:
    height = lengths.height_m
    get = pose.get
    hip = out((0.0, 0.0, 0.0), pelvis, 0.0, 0.0, sign * lengths.hip_half_width * height)
    axes = _turned(
        pelvis,
        get(f"hip_flexion_{side}", 0.0),
        sign * get(f"hip_adduction_{side}", 0.0),
        sign * get(f"hip_rotation_{side}", 0.0),
    )
    knee = out(hip, axes, 0.0, -lengths.thigh * height, 0.0)
    axes = turned(bent(axes, -get(f"knee_angle_{side}", 0.0)), sign * get(f"knee_rotation_{side}", 0.0))
    ankle = out(knee, axes, 0.0, -lengths.shank * height, 0.0)
    foot = _rolled(bent(axes, get(f"ankle_angle_{side}", 0.0)), get(f"subtalar_angle_{side}", 0.0), sign)
    sole = -lengths.ankle_height * height
    ball = out(ankle, foot, lengths.ankle_to_ball * height, sole + _BALL_UP_M, 0.0)
    big = get(f"mtp_angle_{side}", 0.0)
    lesser = get(f"lesser_toe_angle_{side}", big)
    reach = lengths.ball_to_toe * height
    found[f"hip_{side}"] = hip
    found[f"knee_{side}"] = knee
    found[f"ankle_{side}"] = ankle
    found[f"heel_{side}"] = out(ankle, foot, -lengths.heel_back * height, sole, 0.0)
    found[f"ball_{side}"] = ball
    found[f"toe_{side}"] = out(ball, bent(foot, big), reach, -_TOE_DOWN_M, sign * -0.018)
    found[f"ltoe_{side}"] = out(ball, bent(foot, lesser), reach * 0.8, -_TOE_DOWN_M, sign * 0.03)
    if close_up:
        add_toes(found, foot, ball, reach, (big, lesser, get(f"toe_abd_{side}", 0.0)), side, sign)


def _rolled(axes: Axes, degrees: float, sign: float) -> Axes:
    """Axes turned about the subtalar joint's slanting axis (Rodrigues' formula)."""
    if not degrees:
        return axes
    angle = sign * radians(degrees)
    c, s = cos(angle), sin(angle)
    x, y, z = _AXIS_X, _AXIS_Y, sign * _AXIS_Z
    k = 1.0 - c
    xx, xy, xz, yx, yy, yz, zx, zy, zz = axes
    fx, fy, fz = c + k * x * x, k * x * y + s * z, k * x * z - s * y
    ux, uy, uz = k * x * y - s * z, c + k * y * y, k * y * z + s * x
    rx, ry, rz = k * x * z + s * y, k * y * z - s * x, c + k * z * z
    return (
        *(xx * fx + yx * fy + zx * fz, xy * fx + yy * fy + zy * fz, xz * fx + yz * fy + zz * fz),
        *(xx * ux + yx * uy + zx * uz, xy * ux + yy * uy + zy * uz, xz * ux + yz * uy + zz * uz),
        *(xx * rx + yx * ry + zx * rz, xy * rx + yy * ry + zy * rz, xz * rx + yz * ry + zz * rz),
    )


def _add_arm(
    found: dict[str, Vec],
    lengths: Skeleton,
    pose: Mapping[str, float],
    chest: Axes,
    c7: Vec,
    side: str,
    sign: float,
    close_up: bool,
) -> None:
    height = lengths.height_m
    get = pose.get
    girdle = turned(
        leant(chest, -sign * get(f"scapula_elevation_{side}", 0.0)), sign * get(f"scapula_protraction_{side}", 0.0)
    )
    shoulder = out(
        out(c7, chest, 0.0, -lengths.shoulder_drop * height, 0.0),
        girdle,
        0.0,
        -_SHOULDER_DOWN_M,
        sign * lengths.shoulder_half_width * height,
    )
    axes = _turned(
        chest,
        get(f"arm_flex_{side}", 0.0),
        sign * get(f"arm_add_{side}", 0.0),
        sign * get(f"arm_rot_{side}", 0.0),
    )
    elbow = out(shoulder, axes, 0.0, -lengths.upper_arm * height, 0.0)
    axes = turned(bent(axes, get(f"elbow_flex_{side}", 0.0)), sign * get(f"pro_sup_{side}", 0.0))
    wrist = out(elbow, axes, 0.0, -lengths.forearm * height, 0.0)
    hand = leant(bent(axes, get(f"wrist_flex_{side}", 0.0)), sign * get(f"wrist_dev_{side}", 0.0))
    palm = lengths.palm * height
    knuckle = out(wrist, hand, 0.0, -palm, 0.0)
    half = lengths.fingers * height * 0.5
    fingers = bent(hand, get(f"finger_mcp_{side}", 0.0))
    pip = out(knuckle, fingers, 0.0, -half, 0.0)
    fingers = bent(fingers, get(f"finger_pip_{side}", 0.0))
    found[f"shoulder_{side}"] = shoulder
    found[f"elbow_{side}"] = elbow
    found[f"wrist_{side}"] = wrist
    found[f"knuckle_{side}"] = knuckle
    found[f"thumb_{side}"] = out(wrist, hand, 0.01, -0.035, sign * 0.05)
    found[f"pip_{side}"] = pip
    found[f"tip_{side}"] = out(pip, fingers, 0.0, -half, 0.0)
    if close_up:
        add_fingers(found, pose, hand, wrist, palm, half * 2.0, side, sign)
