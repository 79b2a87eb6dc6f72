"""Milliseconds a frame of the moving figure, by size and glyph set, and what looking at a repetition first costs.

Run it with ``python benchmarks/figure.py``. Each figure is the median over drills of the best of a few, for the machine
may be shared; "worst" is the drill that costs most. The goal is 8 ms for a 60 x 30 frame that was not kept.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path
from statistics import median
from timeit import repeat
from typing import TYPE_CHECKING

from trainer.core.side import Side
from trainer.drawing.figure import Stage
from trainer.drawing.glyphs import ALL_GLYPHS, Glyphs
from trainer.drawing.loop import FigureLoop
from trainer.library import read_library

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

ROUTINES = Path(__file__).resolve().parent.parent / "routines"
SIZES = ((38, 17), (60, 30), (80, 40), (100, 50))
PHASES = (0.1, 0.4, 0.8)


def best(draw: Callable[[], Any], times: int = 5) -> float:
    return min(repeat(draw, number=1, repeat=times)) * 1000


def fresh(stage: Stage, phase: float) -> Callable[[], Any]:
    """Draw near a phase, each time at another one: a picture of the same would have been kept."""
    phases = count()
    return lambda: stage.frame(phase + next(phases) / 997)


def main() -> None:
    library = read_library(ROUTINES)
    drills = list(library.drills.values())

    def stage(drill: Any, width: int, height: int, glyphs: Glyphs = "quadrant") -> Stage:
        return Stage(library.body, drill, Side.RIGHT, width, height, glyphs=glyphs)

    def frames(width: int, height: int, glyphs: Glyphs) -> list[float]:
        stages = [stage(drill, width, height, glyphs) for drill in drills]
        return [best(fresh(one, phase)) for one in stages for phase in PHASES]

    print("ms a frame, in quadrants   median   worst   first look (median)   (worst)")
    for width, height in SIZES:
        times = frames(width, height, "quadrant")
        looks = [best(lambda d=drill, w=width, h=height: stage(d, w, h), 2) for drill in drills]  # type: ignore[misc]
        print(
            f"  {width:>3} x {height:<3}                {median(times):7.2f} {max(times):7.2f}"
            f"   {median(looks):12.1f}         {max(looks):6.1f}"
        )
    print("ms a frame, 60 x 30        median   worst")
    for glyphs in ALL_GLYPHS:
        times = frames(60, 30, glyphs)
        print(f"  {glyphs:<24} {median(times):7.2f} {max(times):7.2f}")
    one = stage(library.drills["cat-camel"], 60, 30)
    moving = [best(lambda p=phase: one.motion.points(p, close_up=True)) for phase in PHASES]  # type: ignore[misc]
    print(f"of that the body's points  {median(moving):7.2f}   (cat-camel)")
    loop = FigureLoop(one)
    whole = best(lambda: FigureLoop(one).build(60.0, lambda: 0.0), 1)
    loop.build(60.0, lambda: 0.0)
    rows = {id(row) for i in range(loop.count) for row in loop.frame_at(i / loop.count).rows}
    print(f"a loop of {loop.count} frames       {whole:7.0f}   {len(rows)} rows kept of {loop.count * 30}")
    print(f"a frame that was kept      {best(lambda: loop.frame_at(0.3)) * 1000:7.2f} us")


if __name__ == "__main__":
    main()
