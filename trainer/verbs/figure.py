"""``trainer figure DRILL``: one moment of a drill as a picture, or the whole repetition moving."""

from __future__ import annotations

import argparse
import math
import os
import re
import shutil
import sys
from typing import TYPE_CHECKING

from trainer.cells import USUAL_ASPECT, cell_aspect
from trainer.core.errors import UsageError
from trainer.core.side import Side
from trainer.drawing.ansi import pick_depth, shell_inks, to_ansi
from trainer.drawing.glyphs import ALL_GLYPHS, pick_glyphs
from trainer.paths import Folders
from trainer.verbs.out import put
from trainer.verbs.words import shown

if TYPE_CHECKING:
    from trainer.core.drill import Drill
    from trainer.drawing.figure import Shown
    from trainer.drawing.glyphs import Glyphs
    from trainer.library import Library

NAME = "figure"
HELP = "draw a drill, one moment of it or moving"
WIDEST, HIGHEST = 60, 30
"""Cells and rows of a picture whose size was not said, where the terminal has room."""
LARGEST = 500
_SIZE = re.compile(r"(\d{1,4})x(\d{1,4})", re.ASCII)


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer figure`` takes."""
    parser.add_argument("drill", metavar="DRILL", help="id of a drill; trainer drills lists them")
    parser.add_argument("--phase", metavar="P", help="moment of the repetition, 0 to 1 (usual: 0.25)")
    parser.add_argument("--side", metavar="left|right", help="side that works (usual: right)")
    parser.add_argument("--size", metavar="WxH", help=f"cells and rows (usual: {WIDEST}x{HIGHEST})")
    parser.add_argument("--view", metavar="full|focus", help="the whole body, or the part in focus (usual: both)")
    parser.add_argument("--glyphs", metavar="SET", help=f"{', '.join(ALL_GLYPHS)} (usual: what the terminal shows)")
    parser.add_argument("--mirror", action="store_true", help="as in a mirror: your right is on the right")
    parser.add_argument("--behind", action="store_true", help="seen from behind")
    parser.add_argument("--animate", action="store_true", help="move, until a key is pressed")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the picture. Raises UsageError or ContentError."""
    phase = _phase(arguments.phase)
    side = _side(arguments.side)
    size = _size(arguments.size)
    view = _view(arguments.view)
    glyphs = _glyphs(arguments.glyphs, folders)
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    if arguments.animate and not (is_terminal and sys.stdin is not None and sys.stdin.isatty()):
        raise UsageError("--animate needs a terminal to move in.", "Without it one picture is printed.")
    library = _read(folders)
    drill = _find(library, arguments.drill)

    from trainer.drawing.figure import Stage

    if side is None:
        side = Side.RIGHT if drill.is_one_sided else Side.BOTH

    def stage(size: tuple[int, int]) -> Stage:
        return Stage(
            library.body,
            drill,
            side,
            *size,
            glyphs=glyphs,
            view=view,
            mirror=arguments.mirror,
            behind=arguments.behind,
            aspect=cell_aspect(sys.stdout) if is_terminal else USUAL_ASPECT,
        )

    inks, depth = shell_inks(), pick_depth(os.environ, is_terminal=is_terminal)
    if not arguments.animate:
        put([to_ansi(stage(size).frame(phase), inks, depth) + "\n"], is_painted=True)
        return 0

    from trainer.drawing.loop import FigureLoop
    from trainer.verbs.animate import animate

    loop = FigureLoop(stage(size))

    def picture(seconds: float) -> str:
        nonlocal loop, size
        now = _size(arguments.size)
        if now != size:  # the window was made larger or smaller
            loop, size = FigureLoop(stage(now)), now
        return to_ansi(loop.frame_at(seconds / drill.dose.tempo % 1.0), inks, depth)

    animate(picture)
    return 0


def _read(folders: Folders) -> Library:
    from trainer.library import read_library

    return read_library(folders.shipped_routines, folders.config)


def _find(library: Library, wanted: str) -> Drill:
    found = library.drills.get(wanted)
    if found is not None:
        return found
    from difflib import get_close_matches

    from trainer.library import Kind
    from trainer.library.find import refuse_broken

    refuse_broken(library, Kind.DRILL, wanted)
    near = get_close_matches(wanted, library.drills, 1)
    hint = f"Did you mean {near[0]}?" if near else "trainer drills lists them."
    raise UsageError(f"There is no drill called {shown(wanted)}.", hint)


def _phase(text: str | None) -> float:
    try:
        phase = 0.25 if text is None else float(text)
    except ValueError:
        phase = math.nan
    if not 0.0 <= phase <= 1.0:
        raise UsageError("--phase takes a number from 0 to 1.")
    return phase


def _side(text: str | None) -> Side | None:
    if text is None:
        return None
    if text not in ("left", "right"):
        raise UsageError(f"--side takes left or right, not {shown(text)}.")
    return Side(text)


def _size(text: str | None) -> tuple[int, int]:
    if text is None:
        columns, lines = shutil.get_terminal_size()
        return max(1, min(columns, WIDEST)), max(1, min(lines - 1, HIGHEST))
    found = _SIZE.fullmatch(text)
    if found is None or not (1 <= int(found[1]) <= LARGEST and 1 <= int(found[2]) <= LARGEST):
        raise UsageError(f"--size takes cells and rows like 60x30, each 1 to {LARGEST}, not {shown(text)}.")
    return int(found[1]), int(found[2])


def _view(text: str | None) -> Shown:
    if text is None:
        return "auto"
    known: dict[str, Shown] = {"full": "full", "focus": "focus"}
    if text not in known:
        raise UsageError(f"--view takes full or focus, not {shown(text)}.")
    return known[text]


def _glyphs(text: str | None, folders: Folders) -> Glyphs:
    if text is None:
        from trainer.settings import read_settings

        settings, _ = read_settings(folders.settings)
        chosen = next((known for known in ALL_GLYPHS if known == settings.glyphs), None)
        return chosen or pick_glyphs(os.environ, getattr(sys.stdout, "encoding", None))
    found = next((known for known in ALL_GLYPHS if known == text), None)
    if found is None:
        raise UsageError(f"There are no glyphs called {shown(text)}.", f"Choose one of {', '.join(ALL_GLYPHS)}.")
    return found
