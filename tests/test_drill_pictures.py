"""The page of drills shows every drill, in pictures that ask nobody for anything and are made the same each time."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from trainer.library import read_library

ROOT = Path(__file__).parent.parent
LIBRARY = read_library(ROOT / "routines")
PAGE = (ROOT / "docs" / "drills.md").read_text(encoding="utf-8")
PICTURES = ROOT / "docs" / "pictures" / "drills"
MOST_BYTES = 3_000_000


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_drill_pictures", ROOT / "scripts" / "make_drill_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_drill_has_its_picture_and_none_is_left_over() -> None:
    shown = re.findall(r"\(pictures/drills/([a-z0-9-]+)\.svg\)", PAGE)
    assert sorted(shown) == sorted(LIBRARY.drills)
    assert sorted(path.stem for path in PICTURES.glob("*")) == sorted(LIBRARY.drills)
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES


@pytest.mark.parametrize("name", LIBRARY.drills)
def test_a_picture_is_drawn_in_full_and_asks_the_network_for_nothing(name: str) -> None:
    text = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert sum(1 for _ in root.iter("{http://www.w3.org/2000/svg}path")) >= 6
    assert text.count("http") == 1
    assert len({path.get("fill") for path in root.iter("{http://www.w3.org/2000/svg}path")}) >= 4


def test_pixels_and_letters_are_where_the_frame_has_them(script: ModuleType) -> None:
    from trainer.drawing.frame import Frame, Run

    frame = Frame(4, 1, ((Run("▚█", "limb"), Run(" R", "path")),))
    assert list(script.spans(frame)) == [("limb", 0, 0, 1), ("limb", 0, 2, 2), ("limb", 1, 1, 3)]
    assert list(script.letters(frame)) == [("path", 3, 0, "R")]


FIRST_OF_REGION = {drill.region: drill for drill in reversed(tuple(LIBRARY.drills.values()))}
"""Enough to tell that the page was made before the drawing or the words were changed."""


@pytest.mark.parametrize("region", FIRST_OF_REGION)
def test_the_page_shows_drills_as_they_are_drawn_and_told_now(script: ModuleType, region: str) -> None:
    drill = FIRST_OF_REGION[region]
    drawn = script.picture(LIBRARY, drill)
    # Else: python scripts/make_drill_pictures.py
    assert (PICTURES / f"{drill.id}.svg").read_text(encoding="utf-8") == drawn
    assert script.words(drill) in PAGE


def test_the_same_drill_gives_the_same_picture(script: ModuleType) -> None:
    drill = LIBRARY.drills["cat-camel"]
    assert script.picture(LIBRARY, drill) == script.picture(LIBRARY, drill)
