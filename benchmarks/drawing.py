"""Milliseconds a frame: digits, limbs and charts, ten years of ratings beside ninety days.

Run it with ``python benchmarks/drawing.py``. Each figure is the best of many, for the machine may be shared;
trust the ratios. One rating in the morning, one before and one after a session a day.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from timeit import repeat
from typing import TYPE_CHECKING

from trainer.core.trend import trend
from trainer.drawing.chart import Point, chart
from trainer.drawing.digits import digits
from trainer.drawing.glyphs import ALL_GLYPHS, Glyphs
from trainer.drawing.raster import Raster

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

END = date(2026, 8, 1)


def best(draw: Callable[[], Any]) -> float:
    return min(repeat(draw, number=1, repeat=15)) * 1000


def ratings(days: int) -> list[Point]:
    chance = random.Random(days)
    return [
        Point(END - timedelta(days=ago), chance.randint(2, 8), moment, "right", time)
        for ago in reversed(range(days))
        for moment, time in (("morning", 0.3), ("before", 0.7), ("after", 0.75))
    ]


def draw_limbs(width: int, height: int, glyphs: Glyphs) -> None:
    raster = Raster(width, height, glyphs)
    for i in range(25):
        x, y = width * (0.2 + 0.024 * i), height * (0.4 + 0.05 * (i % 7))
        raster.capsule((x, y), 2.5, (x + width * 0.1, y + height * 0.3), 1.5, "limb", halo=0.5)
    raster.frame()


def main() -> None:
    print("digits, 1:05 in quadrants")
    for rows in (5, 7, 12, 20):
        print(f"  {rows:>2} rows   {best(lambda n=rows: digits('1:05', 200, n)):8.2f} ms")  # type: ignore[misc]
    print("25 limbs with a halo, 60 x 30")
    for glyphs in ALL_GLYPHS:
        print(f"  {glyphs:<9} {best(lambda g=glyphs: draw_limbs(60, 30, g)):8.2f} ms")  # type: ignore[misc]
    print("chart                90 days   10 years   ratio")
    short, long = ratings(90), ratings(3650)
    for width, height in ((76, 14), (100, 24), (200, 60)):
        times = [
            best(lambda p=points, w=width, h=height: chart(p, w, h, start=p[0].day, end=END))  # type: ignore[misc]
            for points in (short, long)
        ]
        print(f"  {width:>3} x {height:<3}      {times[0]:8.2f} ms {times[1]:8.2f} ms {times[1] / times[0]:6.1f}")
    print("trend                90 days   10 years   ratio")
    times = [
        best(lambda p=points: trend([(q.day, round(q.value)) for q in p], knee="right", series="morning", today=END))  # type: ignore[misc]
        for points in (short, long)
    ]
    print(f"                     {times[0]:8.2f} ms {times[1]:8.2f} ms {times[1] / times[0]:6.1f}")


if __name__ == "__main__":
    main()
