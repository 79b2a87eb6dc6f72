"""The body put into the world: what touches the floor, the chair or the mat stays where it is."""

from __future__ import annotations

from trainer.body.axes import Vec
from trainer.core.drill import Anchor

SOLE = tuple(f"{part}_{side}" for part in ("heel", "ball", "toe", "ltoe") for side in "rl")
"""The points of both feet that can touch the floor."""


def place(found: dict[str, Vec], anchor: Anchor, origin: Vec) -> dict[str, Vec]:
    """Points around the pelvis shifted so that the anchor keeps ``origin``'s x and z and stands at its own height.

    The anchor ``lowest_foot`` puts the lowest point of a foot on the floor and keeps the pelvis's x and z.
    """
    if anchor.point == "lowest_foot":
        pelvis = found["pelvis"]
        dx, dy, dz = -pelvis[0], -min(found[name][1] for name in SOLE), -pelvis[2]
    else:
        held = found[anchor.point]
        dx, dy, dz = origin[0] - held[0], anchor.height_m - held[1], origin[2] - held[2]
    return {name: (x + dx, y + dy, z + dz) for name, (x, y, z) in found.items()}
