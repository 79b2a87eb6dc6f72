"""Some weeks of ratings in one row: 0 to 10 always, a gap where nothing was rated."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from trainer.core.trend import median
from trainer.drawing.frame import Frame, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.drawing.glyphs import Glyphs

_HIGHEST = 10
_STEPS = {
    "ascii": "0123456789X",
    # Consoles that have few blocks show the three bands: mild to 3, moderate to 6, severe from 7.
    "half": "____▄▄▄████",
}
_EIGHTHS = "▁▁▂▃▃▄▅▆▆▇█"
# One dot of braille at four heights, in the left and in the right half of a cell.
_DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))


def sparkline(
    values: Sequence[float | None], width: int, *, glyphs: Glyphs = "quadrant", role: str = "chart.morning"
) -> Frame:
    """Draw one value a cell (in braille two), the oldest at the left; None is a gap and stays blank.

    Where there are more values than places, each place shows the median of its share; where there are fewer,
    the rest stays blank. In ASCII the values themselves are written, ``X`` for 10.
    """
    width = max(0, width)
    places = width * 2 if glyphs == "braille" else width
    shown = _shares(values, places)
    if glyphs == "braille":
        shown += [None] * (places - len(shown))
        text = "".join(_cell(shown[2 * i : 2 * i + 2]) for i in range(width))
    else:
        steps = _STEPS.get(glyphs, _EIGHTHS)
        text = "".join(" " if value is None else steps[floor(value + 0.5)] for value in shown).ljust(width)
    return Frame(width, 1, ((Run(text, role),) if text else (),))


def _shares(values: Sequence[float | None], places: int) -> list[float | None]:
    valid = [value if value is not None and 0 <= value <= _HIGHEST else None for value in values]
    count = len(valid)
    if count <= places:
        return valid
    out: list[float | None] = []
    for place in range(places):
        share = [value for value in valid[place * count // places : (place + 1) * count // places] if value is not None]
        out.append(median(share) if share else None)
    return out


def _cell(pair: Sequence[float | None]) -> str:
    dots = sum(
        heights[floor(value * 3 / _HIGHEST + 0.5)]
        for value, heights in zip(pair, _DOTS, strict=True)
        if value is not None
    )
    return chr(0x2800 + dots) if dots else " "
