"""Where the movement goes next: its path dotted outside the body, the next stretch solid, with an arrow head."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trainer.drawing.canvas import Canvas
    from trainer.drawing.raster import Spot

_STRETCH, _LEAST = 0.27, 0.2
"""Share of a repetition that the solid stretch of a round path lasts, and of the path that it covers at least."""
_HELD = 0.3
"""Share of a repetition that a long hold lasts at least."""
_THICK = 0.5
"""Half the thickness of the solid stretch, in cell widths; more on fields larger than 60."""
_HEAD = 3.4, 4.8
"""Least and most length of the head, in cell widths; more on fields larger than 60."""
_WIDE = 0.55
"""Half the breadth of the head, as a share of its length."""
_DOT_APART = 1.5
"""Cell widths between dots."""
_SHORTEST = 8.0, 0.24
"""Cell widths, and share of the field, below which a path from end to end is enlarged to be seen."""


@dataclass(frozen=True, slots=True)
class Path:
    """One repetition of a point, on the field."""

    spots: tuple[Spot, ...]
    """At equal steps of the phase, from phase 0."""
    is_round: bool
    """Whether it goes round, rather than there and back."""

    @classmethod
    def of(cls, spots: Sequence[Spot]) -> Path:
        """Return the path through the spots; round where it encloses a good part of what it spans."""
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*spots, spots[0]))) / 2
        length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise((*spots, spots[0])))
        return cls(tuple(spots), abs(area) > 0.18 * length * length / (4 * pi))

    @property
    def length(self) -> float:
        """Cell widths from end to end, and back."""
        return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise((*self.spots, self.spots[0])))

    def moved(self, pivot: Spot, scale: float, right: float, down: float) -> Path:
        """Return it enlarged about a pivot, then shifted."""
        px, py = pivot
        spots = tuple((px + (x - px) * scale + right, py + (y - py) * scale + down) for x, y in self.spots)
        return Path(spots, self.is_round)

    def stretch(self, phase: float, *, backward: bool = False) -> tuple[Spot, ...]:
        """Return what comes next at a phase: a quarter of a round path, or all the way to the next turn."""
        n = len(self.spots)
        step = -1 if backward else 1
        begin = round(phase * n) % n
        if self.is_round:
            many, enough = max(3, round(n * _STRETCH)), _LEAST * self.length
            ahead = [self.spots[(begin + step * i) % n] for i in range(1, many + 1)]
            while _long(ahead) < enough and many < n - 2:
                many += 1
                ahead.append(self.spots[(begin + step * many) % n])
            return tuple(ahead)
        turns = [i for i in range(n) if self._turns_at(i)]
        if not turns:
            return ()
        for _ in range(len(turns) + 1):
            many = min((step * (turn - begin) - 1) % n + 1 for turn in turns)
            found = tuple(self.spots[(begin + step * i) % n] for i in range(many + 1))
            if _long(found) > 0.12 * self.length:
                return found
            # Nearly there: what comes next is the way back.
            begin = (begin + step * many) % n
        return ()

    def is_under_way(self, phase: float, *, backward: bool = False) -> bool:
        """Whether the point moves at a phase or soon after."""
        return self._goes(phase, max(2, len(self.spots) // 8), backward=backward)

    def is_held(self, phase: float, *, backward: bool = False) -> bool:
        """Whether the point stays where it is for so long that what comes next is not yet to be told."""
        return not self._goes(phase, round(_HELD * len(self.spots)), backward=backward)

    def _goes(self, phase: float, steps: int, *, backward: bool) -> bool:
        n, step = len(self.spots), -1 if backward else 1
        begin = round(phase * n) % n
        return _long([self.spots[(begin + step * i) % n] for i in range(steps + 1)]) > 0.03 * self.length

    def _turns_at(self, i: int) -> bool:
        """Whether the path turns back here; where it rests, that is at the end of the rest."""
        n, spots = len(self.spots), self.spots
        here = spots[i]
        still = self.length * 0.004
        after = spots[(i + 1) % n]
        if hypot(after[0] - here[0], after[1] - here[1]) <= still:
            return False
        for back in range(1, n):
            before = spots[i - back]
            ax, ay = here[0] - before[0], here[1] - before[1]
            if hypot(ax, ay) > still:
                return ax * (after[0] - here[0]) + ay * (after[1] - here[1]) < 0
        return False


def draw_dots(canvas: Canvas, path: Path) -> None:
    """Draw the whole path dotted, behind what is there."""
    for spot in dots(path.spots):
        canvas.dot(spot, "path", is_behind=True)


def draw_stretch(canvas: Canvas, stretch: Sequence[Spot], *, halo: float = 0.35) -> None:
    """Draw a solid line with a head at its end; nothing where it is shorter than a cell."""
    if len(stretch) < 2 or _long(stretch) < 1.0:
        return
    larger = max(1.0, min(canvas.width, canvas.height * canvas.aspect) / 60)
    size = larger * min(_HEAD[1], max(_HEAD[0], _long(stretch) / larger * 0.4))
    tip = stretch[-1]
    shaft = [spot for spot in stretch if hypot(tip[0] - spot[0], tip[1] - spot[1]) >= size * 0.8]
    tail = shaft[-1] if shaft else stretch[0]
    angle = atan2(tip[1] - tail[1], tip[0] - tail[0])
    base = tip[0] - size * cos(angle), tip[1] - size * sin(angle)
    dx, dy = -sin(angle) * size * _WIDE, cos(angle) * size * _WIDE
    # The gap first: a tapered limb is near enough to a triangle.
    canvas.cut(base, size * _WIDE + halo * 0.5, tip, halo)
    canvas.polyline((*(shaft or stretch[:1]), base), _THICK * larger, "path", halo=halo)
    canvas.wedge(((base[0] - dx, base[1] - dy), (base[0] + dx, base[1] + dy), tip), "path")


def draw_hold(canvas: Canvas, path: Path, phase: float) -> None:
    """Draw a bar across the path where the point is held, for then there is nowhere to go yet."""
    n = len(path.spots)
    x, y = path.spots[round(phase * n) % n]
    far_x, far_y = max(path.spots, key=lambda spot: hypot(spot[0] - x, spot[1] - y))
    larger = max(1.0, min(canvas.width, canvas.height * canvas.aspect) / 60)
    angle, half = atan2(far_y - y, far_x - x), _HEAD[0] * _WIDE * larger
    dx, dy = -sin(angle) * half, cos(angle) * half
    canvas.polyline(((x - dx, y - dy), (x + dx, y + dy)), _THICK * larger, "path", halo=0.35)


class _Move(NamedTuple):
    """Enlarge about a place, then shift."""

    cost: float
    scale: float
    right: float = 0.0
    down: float = 0.0
    about_pivot: bool = False


def clear_of(paths: Sequence[Path], pivot: Spot, masks: Sequence[Sequence[str]], aspect: float) -> tuple[Path, ...]:
    """Return the paths moved outside the body with one common move, the least that keeps them free of it.

    ``masks``: the rows of the figure at equal steps of one repetition, blank where there is nothing. ``pivot``: what
    the movement turns about.
    """
    if not paths or not masks:
        return tuple(paths)
    height, width = len(masks[0]), len(masks[0][0]) if masks[0] else 0
    tall = height * aspect
    long = max(path.length / (3.0 if path.is_round else 2.0) for path in paths)
    wanted = min(max(_SHORTEST[0], _SHORTEST[1] * min(width, tall)), 0.5 * width)
    if long < wanted:
        paths = [path.moved(_middle(path), min(wanted / max(long, 0.2), 12.0), 0.0, 0.0) for path in paths]
    # What is looked at: some spots of the stretch that is shown while the body is as in each mask.
    looks = [
        (_middle(path), mask, spot)
        for path in paths
        for i, mask in enumerate(masks)
        for spot in _some(path.stretch(i / len(masks)))
    ]
    # A round path is seen going behind the body and coming out again.
    on_cost = 0.9 if paths[0].is_round else 2.0
    best, least = _Move(0.0, 1.0), 1e9
    first = paths[0].spots
    way = _middle(
        Path((first[0], max(first, key=lambda spot: hypot(spot[0] - first[0][0], spot[1] - first[0][1]))), False)
    )
    ahead = way[0] - first[0][0], way[1] - first[0][1]
    for move in sorted(_moves(min(width, tall), ahead if not paths[0].is_round else (0.0, -1.0))):
        if move.cost >= least:
            break
        total, enough = 0.0, (least - move.cost) * len(looks)
        for middle, mask, spot in looks:
            px, py = pivot if move.about_pivot else middle
            x, y = px + (spot[0] - px) * move.scale + move.right, py + (spot[1] - py) * move.scale + move.down
            if not (1 <= x < width - 1 and 1.5 <= y <= tall - 1.0):
                total += 6.0
            else:
                column = int(x)
                if not mask[int(y / aspect)][column - 1 : column + 2].isspace():
                    total += on_cost
            if total >= enough:
                break
        else:
            best, least = move, move.cost + total / max(len(looks), 1)
    return tuple(
        path.moved(pivot if best.about_pivot else _middle(path), best.scale, best.right, best.down) for path in paths
    )


def _moves(size: float, ahead: Spot) -> Iterator[_Move]:
    """Yield moves with what they cost: nothing, away from the pivot, about itself, then aside.

    ``ahead``: the way the path leads. There, and behind it, it is seen best.
    """
    far = max(hypot(*ahead), 1e-6)
    yield _Move(0.0, 1.0)
    for scale in (1.12, 1.25, 1.4, 1.6, 1.8):
        yield _Move((scale - 1) * 0.5, scale, about_pivot=True)
    for scale in (1.3, 1.6, 2.0, 2.5, 3.0):
        yield _Move(0.05 + (scale - 1) * 0.2, scale)
    for share in (0.06, 0.1, 0.15, 0.2, 0.26, 0.33, 0.42):
        for i in range(8):
            right, down = size * share * cos(i * pi / 4), size * share * sin(i * pi / 4)
            for scale in (1.0, 1.4):
                off = 1.0 - abs(right * ahead[0] + down * ahead[1]) / far / (size * share)
                # Above is seen better than below, where the floor lies.
                cost = 0.1 + share * 0.8 + (scale - 1) * 0.2 + 0.05 * off + (0.0 if down < -0.1 else 0.04)
                yield _Move(cost, scale, right, down)


def _some(spots: Sequence[Spot]) -> Sequence[Spot]:
    """Return up to six of the spots, the last of them always."""
    step = max(1, len(spots) // 5)
    return spots[::-step][:6]


def dots(spots: Sequence[Spot], *, is_closed: bool = True) -> Iterator[Spot]:
    """Yield spots along the way, each a little from the last."""
    last: Spot | None = None
    for (ax, ay), (bx, by) in pairwise((*spots, spots[0]) if is_closed else spots):
        steps = max(1, int(hypot(bx - ax, by - ay) / (_DOT_APART / 3)))
        for i in range(steps):
            spot = ax + (bx - ax) * i / steps, ay + (by - ay) * i / steps
            if last is None or hypot(spot[0] - last[0], spot[1] - last[1]) >= _DOT_APART:
                yield spot
                last = spot


def _middle(path: Path) -> Spot:
    xs, ys = [x for x, _ in path.spots], [y for _, y in path.spots]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _long(spots: Sequence[Spot]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(spots))
