"""The body put into the world: what rests on the floor, the wall or the chair stays where it is.

The anchor shifts the body as a whole, as the drill library's rules say. Drills move joints one by one, so a hand on a
wall or a foot beside a falling knee would drift by up to 24 cm in shipped drills; such a limb is held: its end stays
at its place and its middle joint bends (two bones, a triangle).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, atan2, cos, dist, sin, sqrt

from trainer.body.axes import Vec
from trainer.core.drill import Anchor, Position

SOLE = tuple(f"{part}_{side}" for part in ("heel", "ball", "toe", "ltoe") for side in "rl")
"""The points of both feet that can touch the floor."""

RESTING = frozenset({Position.QUADRUPED, Position.STANDING_SUPPORTED, Position.HALF_KNEELING, Position.SUPINE})
"""How a body rests when a hand or a foot besides the anchor may be held."""

_HELD_OUT_M = 0.2
"""A hand of a supported person that is so far ahead of its shoulder is on the support."""
_DOWN_M = 0.06
"""A wrist or ankle lower than this above what touches the floor is down."""
_SLIDES_M = 0.15
"""A hand or foot that a drill moves farther than this is meant to move."""
_OUTSTRETCHED = 0.9999
_SAME_M = 1e-7


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


@dataclass(frozen=True, slots=True)
class Hold:
    """A hand or foot that stays where it is while the body moves."""

    chain: tuple[str, str, str]
    """Shoulder, elbow, wrist; or hip, knee, ankle."""
    at: Mapping[str, Vec]
    """Where the hand's or foot's points are in the world, in metres."""
    rolls: bool
    """Whether it may turn about its end joint, as a foot that rolls onto its edge does."""

    def on(self, found: dict[str, Vec]) -> None:
        """Change the points of a figure in the world so that this limb is held."""
        root_name, middle_name, end_name = self.chain
        root, middle, end = found[root_name], found[middle_name], found[end_name]
        upper, lower = dist(root, middle), dist(middle, end)
        wanted = self.at[end_name]
        far = dist(root, wanted)
        if far < 1e-9:
            return
        along = (wanted[0] - root[0]) / far, (wanted[1] - root[1]) / far, (wanted[2] - root[2]) / far
        length = max(min(far, (upper + lower) * _OUTSTRETCHED), abs(upper - lower) * 1.0001)
        reached = root[0] + along[0] * length, root[1] + along[1] * length, root[2] + along[2] * length
        ahead = (upper * upper + length * length - lower * lower) / (2.0 * length)
        aside = sqrt(max(upper * upper - ahead * ahead, 0.0))
        out = _across(root, middle, along)
        found[middle_name] = (
            root[0] + along[0] * ahead + out[0] * aside,
            root[1] + along[1] * ahead + out[1] * aside,
            root[2] + along[2] * ahead + out[2] * aside,
        )
        if self.rolls:
            _shift(found, self.at, found, (reached[0] - end[0], reached[1] - end[1], reached[2] - end[2]))
        else:
            by = reached[0] - wanted[0], reached[1] - wanted[1], reached[2] - wanted[2]
            _shift(found, self.at, self.at, by)


def _across(root: Vec, middle: Vec, along: Vec) -> Vec:
    """Where the middle joint points, seen along the straight line from root to end; length 1."""
    x, y, z = middle[0] - root[0], middle[1] - root[1], middle[2] - root[2]
    for aim in ((x, y, z), (0.0, -1.0, 0.0), (1.0, 0.0, 0.0)):
        part = aim[0] * along[0] + aim[1] * along[1] + aim[2] * along[2]
        out = aim[0] - part * along[0], aim[1] - part * along[1], aim[2] - part * along[2]
        size = sqrt(out[0] * out[0] + out[1] * out[1] + out[2] * out[2])
        if size > 1e-4:
            return out[0] / size, out[1] / size, out[2] / size
    return 0.0, 0.0, 1.0


def _shift(found: dict[str, Vec], names: Mapping[str, Vec], source: Mapping[str, Vec], by: Vec) -> None:
    for name in names:
        if name in found:
            x, y, z = source[name]
            found[name] = x + by[0], y + by[1], z + by[2]


def stand(found: dict[str, Vec]) -> None:
    """Let the straighter leg carry a figure whose lowest foot is on the floor, and pull the other foot's toes up.

    A knee that bends alone would push its toes through the floor, and with them the other foot off it.
    """
    far = {side: dist(found[f"hip_{side}"], found[f"ankle_{side}"]) for side in "rl"}
    low = {side: min(found[name][1] for name in SOLE if name.endswith(side)) for side in "rl"}
    carries, free = ("r", "l") if far["r"] > far["l"] else ("l", "r")
    if far[carries] - far[free] < _SAME_M or low[carries] <= 0.0:
        return
    for name, (x, y, z) in found.items():
        found[name] = x, y - low[carries], z
    _pull_toes_up(found, free)


def _pull_toes_up(found: dict[str, Vec], side: str) -> None:
    """Turn a foot about its ankle, toes up, until no point of the sole is below the floor."""
    ankle, heel, ball = (found[f"{part}_{side}"] for part in ("ankle", "heel", "ball"))
    x, z = ball[0] - heel[0], ball[2] - heel[2]
    size = sqrt(x * x + z * z) or 1.0
    x, z = x / size, z / size
    turn = 0.0
    for part in ("ball", "toe", "ltoe"):
        at = found[f"{part}_{side}"]
        ahead, up = (at[0] - ankle[0]) * x + (at[2] - ankle[2]) * z, at[1] - ankle[1]
        length = sqrt(ahead * ahead + up * up)
        if ahead > 0.0 and at[1] < 0.0 <= ankle[1] < length:
            turn = max(turn, -asin(ankle[1] / length) - atan2(up, ahead))
    if not turn:
        return
    c, s = cos(turn), sin(turn)
    for name in [name for name in found if name.endswith(f"_{side}") and name.startswith(_FOOT)]:
        at = found[name]
        ahead, up = (at[0] - ankle[0]) * x + (at[2] - ankle[2]) * z, at[1] - ankle[1]
        more = ahead * c - up * s - ahead
        found[name] = at[0] + more * x, ankle[1] + up * c + ahead * s, at[2] + more * z


def holds(position: Position, looks: list[dict[str, Vec]], idle: frozenset[str]) -> tuple[Hold, ...]:
    """The limbs that a drill rests on, from how its points lie in the world over a repetition, phase 0 first.

    On all fours and on the back: hands and feet that are down and drift, but do not slide. Standing at a support or
    on one knee: a hand held out in front whose arm the drill leaves alone; ``idle`` names the sides of such arms.
    """
    found: list[Hold] = []
    start = looks[0]
    for side in "rl":
        if position is Position.QUADRUPED and _rests(looks, f"wrist_{side}"):
            found.append(_hand(start, side))
        elif position in (Position.STANDING_SUPPORTED, Position.HALF_KNEELING) and side in idle:
            if start[f"wrist_{side}"][0] - start[f"shoulder_{side}"][0] > _HELD_OUT_M:
                found.append(_hand(start, side))
        elif position is Position.SUPINE and _rests(looks, f"heel_{side}"):
            chain = f"hip_{side}", f"knee_{side}", f"ankle_{side}"
            names = (name for name in start if name.endswith(f"_{side}") and name.startswith(_FOOT))
            found.append(Hold(chain, {name: start[name] for name in names}, rolls=True))
    return tuple(found)


_HAND = ("wrist", "knuckle", "thumb", "pip", "tip", "finger")
_FOOT = ("ankle", "heel", "ball", "toe", "ltoe")


def _hand(start: dict[str, Vec], side: str) -> Hold:
    names = (name for name in start if name.endswith(f"_{side}") and name.startswith(_HAND))
    chain = f"shoulder_{side}", f"elbow_{side}", f"wrist_{side}"
    return Hold(chain, {name: start[name] for name in names}, rolls=False)


def _rests(looks: list[dict[str, Vec]], name: str) -> bool:
    start = looks[0][name]
    return start[1] < _DOWN_M and all(dist(start, look[name]) < _SLIDES_M for look in looks)
