"""Makes docs/drills.md: every drill at four moments of a repetition, as the trainer draws it.

python scripts/make_drill_pictures.py

The pictures are the program's own Frames in quadrants, 60 x 26 cells each, painted as SVG in the colours of the dark
theme. The same code gives the same pictures, byte for byte.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from trainer.core.drill import REGIONS, Drill, Sides  # noqa: E402
from trainer.core.side import Side  # noqa: E402
from trainer.drawing.figure import Stage  # noqa: E402
from trainer.drawing.frame import Frame  # noqa: E402
from trainer.drawing.glyphs import glyph_set  # noqa: E402
from trainer.library import Library, read_library  # noqa: E402
from trainer.ui.palette import GYM_DARK, inks  # noqa: E402

DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures" / "drills"
WIDTH, HEIGHT = 60, 26
PHASES = (0.0, 0.25, 0.5, 0.75)
GAP = 2
"""Cells between two pictures."""
CELL = 4
"""Units of the drawing to a cell's width; a cell is twice as high."""
INTRO = """# The drills

Each one at four moments of a repetition: its start, and after a quarter, a half and three quarters. Yellow moves; the
dotted line is the way it takes, the arrow where it goes next, a bar across it that it is held there; a fine grey
outline is where it began, and a bar under a foot where the weight is. R and L stand for right and left. One-sided
drills are shown on the right; on the left they are the same in a mirror. In the terminal they move:
`trainer figure cat-camel --animate`.

No clinician has reviewed these drills. Stop what hurts.

`python scripts/make_drill_pictures.py` makes this page.
"""
SIDES = {
    Sides.UNILATERAL: "one side, then the other",
    Sides.BILATERAL: "both sides",
    Sides.ALTERNATING: "left and right in turn",
}


def spans(frame: Frame) -> Iterator[tuple[str, int, int, int]]:
    """Yield ``(role, line, first column, columns)`` of lit pixels that lie side by side, from the top."""
    glyphs = glyph_set("quadrant")
    for y, row in enumerate(frame.rows):
        cells = [(glyphs.table.find(character), run.role) for run in row for character in run.text]
        for line in range(glyphs.down):
            lit = [
                role if pattern > 0 and pattern >> (line * glyphs.across + x) & 1 else None
                for pattern, role in cells
                for x in range(glyphs.across)
            ]
            at = 0
            for role, group in groupby(lit):
                many = len(list(group))
                if role is not None:
                    yield role, y * glyphs.down + line, at, many
                at += many


def letters(frame: Frame) -> Iterator[tuple[str, int, int, str]]:
    """Yield ``(role, column, row, letter)`` of what is written."""
    for y, row in enumerate(frame.rows):
        x = 0
        for run in row:
            for character in run.text:
                if character.isalpha():
                    yield run.role, x, y, character
                x += 1


def svg(frames: list[Frame], title: str) -> str:
    """The frames side by side."""
    colours = {role: style.color.get_truecolor().hex for role, style in inks(GYM_DARK).items() if style.color}
    wide = (len(frames) * (WIDTH + GAP) - GAP) * CELL
    tall = HEIGHT * 2 * CELL
    half = CELL // 2
    paths: dict[str, list[str]] = {}
    texts: list[str] = []
    for number, frame in enumerate(frames):
        left = number * (WIDTH + GAP) * CELL
        boxes: dict[tuple[str, int, int], list[int]] = {}
        for role, line, column, many in spans(frame):
            # Pixels below each other become one box.
            stack = boxes.setdefault((role, column, many), [])
            if stack and stack[-2] + stack[-1] == line:
                stack[-1] += 1
            else:
                stack += [line, 1]
        for (role, column, many), stack in boxes.items():
            for line, down in zip(stack[::2], stack[1::2], strict=True):
                box = f"M{left + column * half} {line * CELL}h{many * half}v{down * CELL}h-{many * half}"
                paths.setdefault(role, []).append(box)
        for role, x, y, letter in letters(frame):
            spot = f'x="{left + x * CELL}" y="{(2 * y + 1.7) * CELL:g}"'
            texts.append(f'<text {spot} fill="{colours.get(role, "#fff")}">{letter}</text>')
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" font-family="monospace" font-size="9">',
        f"<title>{escape(title)}</title>",
        *(
            f'<path fill="#10141a" d="M{i * (WIDTH + GAP) * CELL} 0h{WIDTH * CELL}v{tall}h-{WIDTH * CELL}z"/>'
            for i in range(len(frames))
        ),
        *(f'<path fill="{colours[role]}" d="{"".join(boxes)}"/>' for role, boxes in sorted(paths.items())),
        *texts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def picture(library: Library, drill: Drill) -> str:
    """The drawing of one drill."""
    stage = Stage(library.body, drill, Side.RIGHT, WIDTH, HEIGHT)
    return svg([stage.frame(phase) for phase in PHASES], drill.name)


def words(drill: Drill) -> str:
    """What the page says of one drill."""
    dose = f"{drill.dose.reps} times {drill.dose.tempo:g} s, {SIDES[drill.sides]}"
    steps = " ".join(drill.steps)
    return (
        f"### {drill.name}\n\n`{drill.id}` · {drill.position.value.replace('-', ' ')} · {dose}\n\n"
        f"![{drill.name} at four moments](pictures/drills/{drill.id}.svg)\n\n{steps}\n"
    )


def main() -> None:
    """Make the page and its pictures."""
    library = read_library(ROOT / "routines")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for stale in PICTURES.glob("*.svg"):
        if stale.stem not in library.drills:
            stale.unlink()
    pieces, total = [INTRO], 0
    for region in REGIONS:
        drills = [drill for drill in library.drills.values() if drill.region == region]
        if drills:
            pieces.append(f"## {region.replace('-', ' and ').capitalize()}\n")
        for drill in drills:
            text = picture(library, drill)
            (PICTURES / f"{drill.id}.svg").write_text(text, encoding="utf-8")
            total += len(text)
            pieces.append(words(drill))
    (DOCS / "drills.md").write_text("\n".join(pieces), encoding="utf-8")
    print(f"docs/drills.md  {len(library.drills)} drills, pictures {total / 1024:.0f} kB")


if __name__ == "__main__":
    main()
