from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.drawing.frame import Run
from trainer.drawing.glyphs import ALL_GLYPHS, Glyphs, glyph_set
from trainer.drawing.raster import Raster

PIXEL_NAMES = {  # the older blocks by the pixels (1 2 / 3 4 / 5 6 / 7 8) they fill
    "UPPER HALF BLOCK": "1234",
    "LOWER HALF BLOCK": "5678",
    "LEFT HALF BLOCK": "1357",
    "RIGHT HALF BLOCK": "2468",
    "FULL BLOCK": "12345678",
    "LOWER ONE QUARTER BLOCK": "78",
    "LOWER THREE QUARTERS BLOCK": "345678",
    "UPPER ONE QUARTER BLOCK": "12",
    "UPPER THREE QUARTERS BLOCK": "123456",
    "MIDDLE LEFT ONE QUARTER BLOCK": "35",
    "MIDDLE RIGHT ONE QUARTER BLOCK": "46",
    "LEFT HALF UPPER ONE QUARTER BLOCK": "1",
    "RIGHT HALF UPPER ONE QUARTER BLOCK": "2",
    "LEFT HALF LOWER ONE QUARTER BLOCK": "7",
    "RIGHT HALF LOWER ONE QUARTER BLOCK": "8",
}
QUARTERS = {"UPPER LEFT": "13", "UPPER RIGHT": "24", "LOWER LEFT": "57", "LOWER RIGHT": "68"}
STAND_INS = tuple(sum(1 << int(pixel) - 1 for pixel in pixels) for pixels in ("1", "2", "7", "8", "35", "46"))
"""Octants whose own characters kitty and foot do not draw; tests/test_glyphs.py holds what stands in for them."""


def _pattern(pixels: str) -> int:
    return sum(1 << int(pixel) - 1 for pixel in pixels)


def _octant_of(name: str) -> str:
    if name.startswith("QUADRANT "):
        return "".join(QUARTERS[part] for part in name.removeprefix("QUADRANT ").split(" AND "))
    return name.removeprefix("BLOCK OCTANT-") if "OCTANT" in name else PIXEL_NAMES[name]


def test_octants_agree_with_unicode_names() -> None:
    table = glyph_set("octant").table
    known = [(pattern, unicodedata.name(glyph, "")) for pattern, glyph in enumerate(table) if pattern]
    known = [(pattern, name) for pattern, name in known if name and pattern not in STAND_INS]
    assert len(known) >= 16
    for pattern, name in known:
        assert _pattern(_octant_of(name)) == pattern, name


@pytest.mark.parametrize(
    ("code", "pixels"),
    [  # Unicode 16, for a Python that does not know their names yet
        (0x1CD00, "3"),
        (0x1CD01, "23"),
        (0x1CD02, "123"),
        (0x1CD03, "4"),
        (0x1CD09, "5"),
        (0x1CDDD, "125678"),
        (0x1CDDE, "35678"),
        (0x1CDDF, "235678"),
        (0x1CDE0, "1235678"),
        (0x1CDE1, "45678"),
        (0x1CDE2, "145678"),
        (0x1CDE3, "1245678"),
        (0x1CDE4, "1345678"),
        (0x1CDE5, "2345678"),
    ],
)
def test_octants_hold_the_known_code_points(code: int, pixels: str) -> None:
    assert glyph_set("octant").table[_pattern(pixels)] == chr(code)


def test_sextants_and_braille_agree_with_unicode_names() -> None:
    for pattern in range(1, 64):
        name = unicodedata.name(glyph_set("sextant").table[pattern])
        pixels = {"LEFT HALF BLOCK": "135", "RIGHT HALF BLOCK": "246", "FULL BLOCK": "123456"}.get(name)
        assert _pattern(pixels or name.removeprefix("BLOCK SEXTANT-")) == pattern
    rows_first = "14253678"  # braille counts down the left column, then the right; 7 and 8 came later
    for pattern in range(1, 256):
        name = unicodedata.name(glyph_set("braille").table[pattern]).removeprefix("BRAILLE PATTERN DOTS-")
        assert sum(1 << rows_first.index(dot) for dot in name) == pattern


def test_quadrants_and_halves_agree_with_unicode_names() -> None:
    for pattern, character in enumerate(glyph_set("quadrant").table[1:16], 1):
        octants = _octant_of(unicodedata.name(character))
        pixels = {1 << (2 * ((int(o) - 1) // 4) + (int(o) - 1) % 2) for o in octants}
        assert sum(pixels) == pattern
    assert glyph_set("half").table[:4] == " ▀▄█"


@pytest.mark.parametrize("glyphs", ALL_GLYPHS)
def test_every_pattern_has_a_glyph_of_its_own(glyphs: Glyphs) -> None:
    chosen = glyph_set(glyphs)
    patterns = chosen.table[: 1 << chosen.across * chosen.down]
    assert len(chosen.table) == 256
    assert patterns[0] == " "
    if glyphs == "ascii":
        assert patterns.isascii()
        assert patterns[-1] == "#"
        assert " " not in patterns[1:]
    elif glyphs == "octant":
        assert len(set(patterns)) == len(patterns) - len(STAND_INS)
    else:
        assert len(set(patterns)) == len(patterns)


def test_a_disc_is_round_in_cells_twice_as_high_as_wide() -> None:
    raster = Raster(8, 4)
    raster.disc((4, 4), 4, "limb")
    assert raster.frame().lines() == (" ▄████▄ ", "▟██████▙", "▜██████▛", " ▀████▀ ")


def test_the_aspect_of_a_cell_is_respected() -> None:
    square = Raster(4, 4, "half", aspect=1.0)
    square.disc((2, 2), 2, "limb")
    assert square.frame().lines() == ("▄██▄", "████", "████", "▀██▀")


def test_a_limb_tapers() -> None:
    raster = Raster(12, 4)
    raster.capsule((4, 4), 4, (11, 4), 1, "limb")
    widths = [line.rstrip() for line in raster.frame().lines()]
    assert widths == [" ▄████▄▄", "▟█████████▄▄", "▜█████████▀▀", " ▀████▀▀"]


def test_a_disc_inside_a_disc_changes_nothing() -> None:
    whole, both = Raster(10, 5), Raster(10, 5)
    whole.disc((5, 5), 4, "limb")
    both.capsule((5, 5), 4, (5.5, 5), 1, "limb")
    assert whole.frame() == both.frame()


@pytest.mark.parametrize("glyphs", ALL_GLYPHS)
def test_a_hair_does_not_break_up(glyphs: Glyphs) -> None:
    raster = Raster(20, 6, glyphs)
    raster.polyline(((0.1, 0.1), (19.9, 11.9)), 0.01, "path")
    assert all(line.strip() for line in raster.frame().lines())
    flat = Raster(20, 3, glyphs)
    flat.polyline(((0, 3.1), (20, 3.1)), 0.001, "path")
    assert " " not in flat.frame().lines()[1]


def test_a_halo_parts_a_limb_from_what_lies_behind() -> None:
    raster = Raster(9, 3)
    raster.polyline(((0, 3), (9, 3)), 3, "limb.far")
    raster.polyline(((4.5, 0), (4.5, 6)), 0.5, "limb", halo=1)
    assert raster.frame().lines()[1] == "███ █ ███"
    assert raster.frame().rows[1] == (Run("███ ", "limb.far"), Run("█ ", "limb"), Run("███", "limb.far"))


def test_later_shapes_give_their_role_to_the_cell() -> None:
    raster = Raster(6, 1)
    raster.polyline(((0, 1), (6, 1)), 1, "limb")
    raster.disc((3, 1), 1, "joint")
    raster.dot((0.1, 0.1), "path", is_behind=True)
    assert raster.frame().rows[0] == (Run("██", "limb"), Run("██", "joint"), Run("██", "limb"))
    raster.disc((1, 1), 1, "")
    assert raster.frame().rows[0][0] == Run("██", "")
    raster.clear()
    assert raster.frame().rows[0] == (Run(" " * 6, ""),)


def test_a_dot_sets_one_pixel() -> None:
    raster = Raster(3, 1)
    raster.dot((0.6, 0.1), "path")
    raster.dot((2.1, 1.9), "moving", is_behind=True)
    for outside in ((-0.1, 0.0), (3.0, 0.0), (0.0, 2.0), (0.0, -0.1)):
        raster.dot(outside, "path")
    assert raster.frame().text() == "▝ ▖"
    assert [run.role for run in raster.frame().rows[0]] == ["path", "moving"]


def test_one_spot_is_a_line_too() -> None:
    raster = Raster(2, 1)
    raster.polyline(((1, 1),), 1, "path")
    raster.polyline((), 1, "path")
    assert raster.frame().text() == "██"


numbers = st.floats(-300, 300)


@given(
    st.sampled_from(ALL_GLYPHS),
    st.integers(0, 20),
    st.integers(0, 10),
    st.lists(st.tuples(numbers, numbers, st.floats(0, 50), numbers, numbers, st.floats(0, 50)), max_size=4),
    st.floats(0, 3),
)
def test_any_shapes_make_a_frame(
    glyphs: Glyphs,
    width: int,
    height: int,
    limbs: list[tuple[float, float, float, float, float, float]],
    halo: float,
) -> None:
    raster = Raster(width, height, glyphs)
    for ax, ay, ra, bx, by, rb in limbs:
        raster.capsule((ax, ay), ra, (bx, by), rb, "limb", halo=halo)
        raster.dot((ax, by), "path")
    frame = raster.frame()
    assert (frame.width, frame.height) == (width, height)
