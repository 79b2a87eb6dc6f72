"""The countdown at any size: thick strokes, every digit as wide as the next, so that nothing jumps.

At three metres a digit reads well from 16 to 20 arc minutes, about five rows of a laptop's terminal; strokes
are a fifth of the height and lie on whole pixels, so that even five rows are crisp.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, floor, pi, sin
from typing import TYPE_CHECKING, Literal

from trainer.drawing.frame import Frame, Sheet, cells
from trainer.drawing.glyphs import HASHES, Glyphs, GlyphSet, glyph_set
from trainer.drawing.raster import Raster, Spot

if TYPE_CHECKING:
    from collections.abc import Callable

Align = Literal["left", "center", "right"]
"""Where the text stands in its box."""

SMALLEST = 4
"""Rows below which digits are printed as plain text; in ASCII, one more."""
LARGEST = 30
"""Rows above which digits do not grow."""

Strokes = tuple[tuple[Spot, ...], ...]


@dataclass(frozen=True, slots=True)
class _Size:
    """The measures of one text, all in cells but the pen."""

    rows: int
    digit: int
    mark: int
    gap: int
    pen: float
    """Thickness of an upright stroke, in cell widths."""
    aspect: float
    """Height of a cell in the units of drawing; 4 flattens the pen, so that four rows leave open counters."""

    def width(self, text: str) -> int:
        return sum(self.of(c) for c in text) + self.gap * (len(text) - 1)

    def of(self, character: str) -> int:
        return self.mark if character in ":." else self.digit


def digits(
    text: str,
    width: int,
    height: int,
    *,
    glyphs: Glyphs = "quadrant",
    role: str = "digit",
    align: Align = "center",
    like: str = "",
) -> Frame:
    """Draw a text of digits, ``:``, ``-``, ``.`` and spaces as large as the box allows.

    ``like`` is the longest text that will be shown there ("0:00"): the size is chosen for it, so that a
    shorter one is not larger. Where four rows do not fit, or another character occurs, it is plain text.
    """
    width, height = max(0, width), max(0, height)
    size = _fit((text, like), width, height, glyphs) if text and set(text) <= _STROKES.keys() else None
    sheet = Sheet(width, height)
    if size is None:
        shown = text if cells(text) <= width else "…"[:width] if glyphs != "ascii" else "~"[:width]
        sheet.put(_start(cells(shown), width, align), (height - 1) // 2, shown, role)
        return sheet.frame()
    raster = Raster(width, height, _set(glyphs), aspect=size.aspect)
    x, y = _start(size.width(text), width, align), (height - size.rows) // 2
    pixel = _snap(glyphs, size.aspect)
    for character in text:
        _draw(raster, character, x, y, size, pixel, role)
        x += size.of(character) + size.gap
    return raster.frame()


def _start(taken: int, width: int, align: Align) -> int:
    return {"left": 0, "center": (width - taken) // 2, "right": width - taken}[align]


def _fit(texts: tuple[str, ...], width: int, height: int, glyphs: Glyphs) -> _Size | None:
    """Return the largest size in which all the texts fit, a little narrower than ideal where that helps."""
    smallest = SMALLEST + (glyphs == "ascii")
    for rows in range(min(height, LARGEST), smallest - 1, -1):
        for size in _sizes(rows, glyphs):
            if all(size.width(text) <= width for text in texts if text):
                return size
    return None


def _sizes(rows: int, glyphs: Glyphs) -> tuple[_Size, ...]:
    aspect = 2.0 if rows >= 5 or glyphs == "ascii" else 4.0
    pixel = _snap(glyphs, aspect)
    pen = max(floor(rows * 0.34 / pixel + 0.4) * pixel, 2.0)
    ideal = floor(rows * 1.2 + 0.5)
    return tuple(
        _Size(rows, digit, max(1, floor(pen + 0.5)), max(1, floor(rows * 0.3)), pen, aspect)
        for digit in range(ideal, max(3, floor(ideal * 0.8)) - 1, -1)
    )


def _set(glyphs: Glyphs) -> GlyphSet:
    """Return the glyphs to draw with; in ASCII whole ``#`` cells, for letters make ragged edges."""
    return HASHES if glyphs == "ascii" else glyph_set(glyphs)


def _snap(glyphs: Glyphs, aspect: float) -> float:
    """Return the height that strokes are multiples of: a pixel, or a row of hashes."""
    return aspect if glyphs == "ascii" else aspect / glyph_set(glyphs).down


def _draw(raster: Raster, character: str, x: int, y: int, size: _Size, pixel: float, role: str) -> None:
    radius = size.pen / 2
    wide, high = size.of(character) - size.pen, size.rows * raster.aspect - size.pen
    middle = floor(high / 2 / pixel + 0.5) * pixel
    for stroke in _STROKES[character](wide, high, middle):
        # Lone dots are snapped too: a colon is two squares or two discs, never two crosses.
        snap = pixel if len(stroke) == 1 else 0
        spots = tuple(
            (x + radius + sx, y * raster.aspect + radius + (floor(sy / snap + 0.5) * snap if snap else sy))
            for sx, sy in stroke
        )
        raster.polyline(spots, radius, role)


def _arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> tuple[Spot, ...]:
    """Return the spots of a piece of an ellipse; turns of 1 from the right, downwards first."""
    steps = max(4, round(abs(end - start) * 28))
    turns = (start + (end - start) * i / steps for i in range(steps + 1))
    return tuple((cx + rx * cos(2 * pi * t), cy + ry * sin(2 * pi * t)) for t in turns)


def _ring(left: float, top: float, right: float, bottom: float) -> tuple[Spot, ...]:
    """Return a closed loop with round ends, upright as a stadium or flat as an ellipse."""
    rx = (right - left) / 2
    ry = min(rx, (bottom - top) / 2)
    cx = left + rx
    upper = _arc(cx, top + ry, rx, ry, 0.5, 1.0)
    lower = _arc(cx, bottom - ry, rx, ry, 0.0, 0.5)
    return (*upper, *lower, upper[0])


# Each takes the box of the pen's centre, its width and height, and the height of its middle bar.


def _zero(w: float, h: float, _m: float) -> Strokes:
    return (_ring(0, 0, w, h),)


def _one(w: float, h: float, _m: float) -> Strokes:
    stem = w / 2
    return (((stem - w * 0.4, h * 0.22), (stem, 0), (stem, h)), ((stem - w * 0.4, h), (stem + w * 0.4, h)))


def _two(w: float, h: float, _m: float) -> Strokes:
    r = min(w / 2, h * 0.3)
    return ((*_arc(w / 2, r, w / 2, r, 0.5, 1.08), (0, h), (w, h)),)


def _three(w: float, h: float, m: float) -> Strokes:
    low = h - m
    upper = (*_arc(w / 2, m / 2, w / 2, m / 2, 0.58, 1.0), *_arc(w / 2, m / 2, w / 2, m / 2, 0, 0.25))
    lower = (*_arc(w / 2, m + low / 2, w / 2, low / 2, 0.75, 1.0), *_arc(w / 2, m + low / 2, w / 2, low / 2, 0, 0.42))
    return ((*upper, (w * 0.35, m)), lower)


def _four(w: float, h: float, m: float) -> Strokes:
    if w < 5.5:  # too small for a slope that leaves a counter open
        return (((0, 0), (0, m), (w, m)), ((w, 0), (w, h)))
    bar = h * 0.7
    stem = w * 0.8
    return (((stem, h), (stem, 0), (0, bar), (w, bar)),)


def _five(w: float, h: float, m: float) -> Strokes:
    r = (h - m) / 2
    bowl = (*_arc(w / 2, m + r, w / 2, r, 0.75, 1.0), *_arc(w / 2, m + r, w / 2, r, 0, 0.42))
    return (((w * 0.94, 0), (0, 0), (0, m), (w / 2, m)), bowl)


def _six(w: float, h: float, m: float) -> Strokes:
    r = min(w / 2, h * 0.3)
    return ((*_arc(w / 2, r, w / 2, r, 0.92, 0.5), (0, h - (h - m) / 2)), _ring(0, m, w, h))


def _seven(w: float, h: float, _m: float) -> Strokes:
    return (((0, 0), (w, 0), (w * 0.35, h)),)


def _eight(w: float, h: float, m: float) -> Strokes:
    return (_ring(0, 0, w, m), _ring(0, m, w, h))


def _nine(w: float, h: float, m: float) -> Strokes:
    return tuple(tuple((w - x, h - y) for x, y in stroke) for stroke in _six(w, h, h - m))


def _colon(w: float, h: float, _m: float) -> Strokes:
    return (((w / 2, h * 0.25),), ((w / 2, h * 0.75),))


def _minus(w: float, _h: float, m: float) -> Strokes:
    return (((w * 0.1, m), (w * 0.9, m)),)


def _point(w: float, h: float, _m: float) -> Strokes:
    return (((w / 2, h),),)


def _nothing(_w: float, _h: float, _m: float) -> Strokes:
    return ()


_STROKES: dict[str, Callable[[float, float, float], Strokes]] = {
    "0": _zero,
    "1": _one,
    "2": _two,
    "3": _three,
    "4": _four,
    "5": _five,
    "6": _six,
    "7": _seven,
    "8": _eight,
    "9": _nine,
    ":": _colon,
    "-": _minus,
    ".": _point,
    " ": _nothing,
}
