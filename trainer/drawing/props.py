"""What the body rests on: a ring or a mat on the floor, a chair, a wall, something to hold."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from trainer.core.drill import Position

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trainer.body.axes import Vec
    from trainer.drawing.camera import Framing, View
    from trainer.drawing.canvas import Canvas
    from trainer.drawing.limbs import Limb

_SEAT_BELOW_M = 0.10
"""The seat below the middle of the pelvis: a thigh's thickness."""
_RING_M = 0.42


@dataclass(frozen=True, slots=True)
class Prop:
    """Straight bars and dotted lines, in the world's metres."""

    bars: tuple[tuple[Vec, Vec], ...] = ()
    """Solid."""
    dotted: tuple[tuple[Vec, ...], ...] = ()
    """Lines on the floor."""


def prop_of(position: Position, base_pose: str, points: Mapping[str, Vec], view: View) -> Prop:
    """Return what a body in this position rests on; ``points`` are those of its first moment."""
    pelvis = points["pelvis"]
    if position is Position.SEATED:
        chair = _chair(pelvis)
        return Prop(chair, (_ring(pelvis[0] + 0.15, pelvis[2], 0.5),))
    if position.is_on_floor:
        return Prop((), (_mat(points),))
    ring = _ring(points["balls"][0] - 0.08, points["balls"][2], _RING_M)
    if base_pose.endswith("wall"):
        reach = max(points[name][0] for name in ("tip_r", "tip_l", "wrist_r", "wrist_l")) + 0.03
        # From the front the wall would stand before the body.
        bars = (((reach, 0.0, 0.0), (reach, 1.75, 0.0)),) if abs(view.right_of((1.0, 0.0, 0.0))) > 0.5 else ()
        return Prop(bars, (ring,))
    if base_pose.endswith("hand_support"):
        side = "l" if points["wrist_l"][0] >= points["wrist_r"][0] else "r"
        return Prop(_stand(points[f"knuckle_{side}"]), (ring,))
    return Prop((), (ring,))


def draw_prop(canvas: Canvas, prop: Prop, view: View, framing: Framing) -> None:
    """Draw it, behind what comes later."""
    thick = 0.26 if framing.scale < 30 else 0.4
    for line in prop.dotted:
        spots = [framing.spot(view.see(place)) for place in line]
        for (ax, ay), (bx, by) in zip(spots, [*spots[1:], spots[0]], strict=True):
            steps = max(1, int(max(abs(bx - ax), abs(by - ay)) / 1.6))
            for i in range(steps):
                canvas.dot((ax + (bx - ax) * i / steps, ay + (by - ay) * i / steps), "floor")
    for start, end in prop.bars:
        canvas.capsule(framing.spot(view.see(start)), thick, framing.spot(view.see(end)), thick, "floor")


def _chair(pelvis: Vec) -> tuple[tuple[Vec, Vec], ...]:
    x, y, z = pelvis
    seat, back, front, rear, half = y - _SEAT_BELOW_M, y + 0.42, x + 0.2, x - 0.2, 0.21
    bars: list[tuple[Vec, Vec]] = []
    for side in (z - half, z + half):
        bars += [((front, 0.0, side), (front, seat, side)), ((rear, 0.0, side), (rear, back, side))]
        bars.append(((front, seat, side), (rear, seat, side)))
    for up in (seat, back, (seat + back) / 2):
        bars.append(((rear, up, z - half), (rear, up, z + half)))
    bars.append(((front, seat, z - half), (front, seat, z + half)))
    return tuple(bars)


def _stand(hand: Vec) -> tuple[tuple[Vec, Vec], ...]:
    """Return a chair's back to hold on to: two posts and two rails under the hand."""
    x, y, z = hand
    y -= 0.04
    near, far = x - 0.2, x + 0.2
    return (
        ((near, 0.0, z), (near, y, z)),
        ((far, 0.0, z), (far, y, z)),
        ((near, y, z), (far, y, z)),
        ((near, y * 0.5, z), (far, y * 0.5, z)),
    )


def _ring(x: float, z: float, radius: float) -> tuple[Vec, ...]:
    return tuple((x + radius * cos(i * pi / 18), 0.0, z + radius * sin(i * pi / 18)) for i in range(36))


def _mat(points: Mapping[str, Vec], beyond: float = 0.1) -> tuple[Vec, ...]:
    xs = [place[0] for place in points.values()]
    zs = [place[2] for place in points.values()]
    left, right, near, far = min(xs) - beyond, max(xs) + beyond, min(zs) - beyond, max(zs) + beyond
    return ((left, 0.0, near), (right, 0.0, near), (right, 0.0, far), (left, 0.0, far))


def floor_under(limbs: Sequence[Limb], looks: Sequence[Mapping[str, Vec]]) -> Prop:
    """Return the piece of floor below feet; none where they stay in the air."""
    names = {name for limb in limbs for bone in limb.bones for name in (bone.start, bone.end)}
    names = {name for name in names if name in looks[0] and "knee" not in name}
    if min(look[name][1] for look in looks for name in names) > 0.03:
        return Prop()
    return Prop((), (_mat({f"{name} {i}": look[name] for i, look in enumerate(looks) for name in names}, 0.02),))
