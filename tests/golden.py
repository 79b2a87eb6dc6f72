"""Plain-text pictures that were looked at and approved; ``GOLDENS=write pytest`` makes them anew."""

from __future__ import annotations

import os
from pathlib import Path

from trainer.drawing.frame import Frame

_FOLDER = Path(__file__).parent / "goldens"


def assert_golden(name: str, picture: Frame | str) -> None:
    """Compare a frame, or a screen's text, with the picture of that name; trailing blanks do not count."""
    lines = picture.lines() if isinstance(picture, Frame) else picture.split("\n")
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    path = _FOLDER / f"{name}.txt"
    if os.environ.get("GOLDENS") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
