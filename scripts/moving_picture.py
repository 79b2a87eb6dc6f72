"""Makes docs/pictures/moving.svg: a few seconds of a real session, as the program draws them, in one animated file.

python scripts/moving_picture.py [FILE]

The screens are those of the app on a clock of its own, so two runs make the same file. Block elements become
rectangles, so that no font decides how the figure looks; words stay words.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.segment import Segment

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.app import make_app, running  # noqa: E402
from trainer.ui.kit import Order  # noqa: E402

SIZE = (100, 30)
BEGINS_S = 145.9
"""Into knee-neighbours: the second side of the ankle circles."""
FRAMES = 40
STEP_S = 0.1
WIDE, HIGH = 8, 16
QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By pattern: 1 upper left, 2 upper right, 4 lower left, 8 lower right."""
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


class Piece(NamedTuple):
    """A run of one row in one colour."""

    x: int
    y: int
    text: str
    colour: str
    ground: str
    is_bold: bool


async def record() -> list[tuple[Piece, ...]]:
    """The screens, as pieces."""
    with TemporaryDirectory() as folder:
        room = make_app(Path(folder), order=Order("knee-neighbours", skips_before=True))
        screens = []
        async with running(room, SIZE) as pilot:
            room.advance(BEGINS_S)
            for _ in range(FRAMES):
                room.clock.advance(STEP_S)
                room.wall.advance(STEP_S)
                room.app.screen.tick()  # type: ignore[attr-defined]
                await pilot.pause()
                rows = room.app.screen._compositor.render_strips()
                screens.append(tuple(piece for y, row in enumerate(rows) for piece in pieces(y, row)))
        return screens


def pieces(y: int, row: Iterable[Segment]) -> Iterable[Piece]:
    """One row of the screen, blanks left out."""
    x = 0
    for text, style, _ in row:
        colour = style.color.get_truecolor().hex if style and style.color else "#e8edf4"
        ground = style.bgcolor.get_truecolor().hex if style and style.bgcolor else ""
        if text.strip() or ground:
            yield Piece(x, y, text, colour, ground, bool(style and style.bold))
        x += len(text)


def shapes(some: Iterable[Piece], screen: str) -> str:
    """SVG of some pieces."""
    out: list[str] = []
    for piece in some:
        left, top, width = piece.x * WIDE, piece.y * HIGH, len(piece.text) * WIDE
        if piece.ground not in ("", screen):
            out.append(f'<rect x="{left}" y="{top}" width="{width}" height="{HIGH}" fill="{piece.ground}"/>')
    for colour, alike in groupby(sorted(some, key=lambda piece: piece.colour), key=lambda piece: piece.colour):
        blocks: list[Piece] = []
        words: list[Piece] = []
        for piece in alike:
            if piece.text.strip():
                (blocks if set(piece.text) <= set(QUADRANTS) else words).append(piece)
        if blocks:
            out.append(f'<path fill="{colour}" d="{"".join(rectangles(blocks))}"/>')
        for piece in words:
            text = piece.text.rstrip()
            start = len(text) - len(text.lstrip())
            bold = ' font-weight="bold"' if piece.is_bold else ""
            out.append(
                f'<text x="{(piece.x + start) * WIDE}" y="{piece.y * HIGH + 12}" fill="{colour}"{bold}'
                f' textLength="{len(text[start:]) * WIDE}">{escape(text[start:])}</text>'
            )
    return "".join(out)


def rectangles(blocks: Iterable[Piece]) -> Iterable[str]:
    """Half cells that touch, row by row, as path commands."""
    for piece in blocks:
        for half in (0, 1):
            lit = [bool(QUADRANTS.index(sign) >> (2 * half) & bit) for sign in piece.text for bit in (1, 2)]
            place = 0
            for is_lit, run in groupby(lit):
                length = len(list(run))
                if is_lit:
                    x, y = piece.x * WIDE + place * WIDE // 2, piece.y * HIGH + half * HIGH // 2
                    wide = length * WIDE // 2
                    yield f"M{x} {y}h{wide}v{HIGH // 2}h-{wide}z"
                place += length


def picture(screens: list[tuple[Piece, ...]]) -> str:
    """The animated file: what never changes once, and a group for each moment."""
    still = set(screens[0]).intersection(*screens[1:])
    ground = "#10141a"
    seconds = FRAMES * STEP_S
    share = 100 / FRAMES
    width, height = SIZE[0] * WIDE, SIZE[1] * HIGH
    groups = [
        f'<g class="f" style="animation-delay:{k * STEP_S - seconds:.1f}s">'
        f"{shapes([piece for piece in screen if piece not in still], ground)}</g>"
        for k, screen in enumerate(screens)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="{escape(FONT)}"'
        f' font-size="13" role="img" aria-label="A session of the trainer"><style>'
        f".f{{visibility:hidden;animation:f {seconds:.1f}s steps(1) infinite}}"
        f"@keyframes f{{0%{{visibility:visible}}{share:.4f}%{{visibility:hidden}}100%{{visibility:hidden}}}}"
        f'</style><rect width="{width}" height="{height}" rx="8" fill="{ground}"/>'
        f"{shapes(sorted(still), ground)}{''.join(groups)}</svg>\n"
    )


def main() -> None:
    """Writes the file and says how large it is."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures" / "moving.svg"
    text = picture(asyncio.run(record()))
    out.write_text(text, encoding="utf-8")
    print(f"{out}: {len(text.encode()) // 1000} kB")


if __name__ == "__main__":
    main()
