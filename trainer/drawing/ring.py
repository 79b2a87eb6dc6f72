"""A way that lies in the room around the body: before it where it is nearer, behind it where it is not.

What turns about the spine, rolls in the lap or circles with a shoulder goes too small a way to follow, or one that
the body hides. Here it is drawn as far out as can be seen, in the plane in which it goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import dist
from typing import TYPE_CHECKING, NamedTuple

from trainer.drawing.arrow import Path, dots, draw_stretch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trainer.body.axes import Vec
    from trainer.drawing.camera import Framing, View
    from trainer.drawing.canvas import Canvas
    from trainer.drawing.raster import Spot

_CUT = 0.75
"""Cell widths cleared around a dot that lies before the body."""
_TIPS = 1.8
"""How many times as far as the pelvis a way that lies on it is tipped, or it could hardly be seen."""


class Round(NamedTuple):
    """Which point goes round what, and how far out that is drawn."""

    name: str
    """The point."""
    axis: str
    """The point it turns about; its own middle where empty."""
    radius_m: float
    """Metres from there to the farthest spot of the drawn way."""
    level: str
    """The point at whose height the way lies, level; where empty it keeps its own heights."""
    tips: bool = False
    """Whether it tips with the pelvis, like a plate on it, rather than lie still."""

    def middle(self, looks: Sequence[Mapping[str, Vec]]) -> Vec | None:
        """Return what of the body the way goes round; nothing where it only circles beside it."""
        if not self.level:
            return None
        return looks[0][self.axis] if self.axis else _mean([look[self.name] for look in looks])

    def places(self, looks: Sequence[Mapping[str, Vec]]) -> tuple[Vec, ...]:
        """Return the way in the room at equal steps of one repetition."""
        way = [look[self.name] for look in looks]
        middle = _mean(way)
        about = _mean([look[self.axis] for look in looks]) if self.axis else middle
        height = looks[0][self.level][1] if self.level else middle[1]
        about = (about[0], height, about[2])
        flat = [(x, height if self.level else y, z) for x, y, z in way]
        times = self.radius_m / max(1e-6, *(dist(about, place) for place in flat))
        return tuple(
            (
                about[0] + (x - about[0]) * times,
                about[1] + (y - about[1]) * times,
                about[2] + (z - about[2]) * times,
            )
            for x, y, z in flat
        )

    def tipped(self, places: Sequence[Vec], look: Mapping[str, Vec]) -> tuple[Vec, ...]:
        """Return the way as it lies on the pelvis at a moment, tipped farther than that."""
        (x, y, z), (upper_x, upper_y, upper_z) = look["pelvis"], look["l5"]
        along, aside = (_TIPS * (upper - lower) / (upper_y - y) for lower, upper in ((x, upper_x), (z, upper_z)))
        about = _mean(places)
        return tuple((px, py - along * (px - about[0]) - aside * (pz - about[2]), pz) for px, py, pz in places)


@dataclass(frozen=True, slots=True)
class Ring:
    """The way on the field."""

    path: Path
    """All of it."""
    nearer: frozenset[Spot]
    """The spots of it that lie before the body."""

    @classmethod
    def of(cls, places: Sequence[Vec], middle: Vec | None, view: View, framing: Framing) -> Ring:
        """Return it as seen. ``middle``: what it goes round; it lies before all else where there is nothing."""
        seen = [view.see(place) for place in places]
        spots = [framing.spot(one) for one in seen]
        depth = view.see(middle)[2] if middle else min(one[2] for one in seen)
        return cls(Path.of(spots), frozenset(s for s, one in zip(spots, seen, strict=True) if one[2] >= depth - 0.01))

    def draw_behind(self, canvas: Canvas, phase: float, *, backward: bool = False) -> None:
        """Draw what the body may hide; before its limbs."""
        for spot in dots(self.path.spots, is_closed=self.path.is_round):
            canvas.dot(spot, "path")
        draw_stretch(canvas, self.path.stretch(phase, backward=backward))

    def draw_before(self, canvas: Canvas, phase: float, *, backward: bool = False) -> None:
        """Draw what lies before the body, and where it goes next; after its limbs."""
        spots = self.path.spots
        for i, spot in enumerate(spots):
            after = spots[(i + 1) % len(spots)]
            if spot in self.nearer and after in self.nearer and spot != after:
                for one in dots((spot, after), is_closed=False):
                    canvas.cut(one, _CUT, one, _CUT)
                    canvas.dot(one, "path")
        stretch = self.path.stretch(phase, backward=backward)
        # The head is always seen, the line behind the body is not.
        first = next((i for i, spot in enumerate(stretch) if all(s in self.nearer for s in stretch[i:])), len(stretch))
        draw_stretch(canvas, stretch[min(first, len(stretch) - 3) :], halo=0.6)


def _mean(places: Sequence[Vec]) -> Vec:
    """Return the middle of places."""
    n = len(places)
    return sum(p[0] for p in places) / n, sum(p[1] for p in places) / n, sum(p[2] for p in places) / n
