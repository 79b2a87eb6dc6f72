"""The marks of the chart: a shape for each moment and knee, in shapes and in letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_ORDER = ("before", "after", "morning", "other")

ROLE_OF: Mapping[str, str] = {
    "before": "chart.before",
    "after": "chart.after",
    "morning": "chart.morning",
    "other": "muted",
}
"""The role of each moment's marks."""
SHORT: Mapping[str, str] = {
    "before": "bef",
    "after": "aft",
    "morning": "morn",
    "other": "oth",
    "several": "sev",
    "left knee:": "left",
    "right knee:": "right",
}
"""Words of the legend where there is little room."""


class Kind(NamedTuple):
    """What a mark stands for."""

    knee: str
    """left or right."""
    moment: str
    """before, after, morning or other."""

    @classmethod
    def named(cls, knee: str, moment: str) -> Kind:
        """Return the kind of a rating; moments without a mark of their own are "other"."""
        return cls(knee, moment if moment in _ORDER else "other")

    def order(self) -> tuple[str, int]:
        """Return its place in the legend."""
        return self.knee, _ORDER.index(self.moment)


@dataclass(frozen=True, slots=True)
class Signs:
    """The characters of a chart; all are in the fonts of old consoles as well (WGL4)."""

    marks: Mapping[str, str]
    """By moment, for one knee, or the left one where there are two."""
    right: Mapping[str, str]
    """By moment, for the right knee where there are two."""
    several: str
    """Where different kinds meet in one cell."""
    stroke: str
    """From before to after."""
    line: str
    """The line at 3."""
    band: str
    """How far most ratings of a column reach."""
    axis: str
    """The x axis."""
    tick: str
    """A marked day on it."""


SHAPES = Signs(
    marks={"before": "●", "after": "○", "morning": "×", "other": "◦"},
    right={"before": "■", "after": "□", "morning": "+", "other": "▫"},
    several="◊",
    stroke="│",
    line="·",
    band="░",
    axis="─",
    tick="┬",
)
"""For terminals with Unicode."""
LETTERS = Signs(
    marks={"before": "*", "after": "o", "morning": "x", "other": "~"},
    right={"before": "#", "after": "=", "morning": "+", "other": "-"},
    several="@",
    stroke="|",
    line=".",
    band=":",
    axis="-",
    tick="+",
)
"""For ASCII."""
