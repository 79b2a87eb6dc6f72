"""The marks of the chart: a shape for each moment and knee, in shapes and in letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_ORDER = ("morning", "before", "after", "other")

ROLE_OF: Mapping[str, str] = {
    "before": "chart.before",
    "after": "chart.after",
    "morning": "chart.morning",
    "other": "muted",
}
"""The role of each moment's marks."""
SHORT: Mapping[str, str] = {
    "morning": "morn",
    "before": "bef",
    "after": "aft",
    "other": "oth",
    "several": "sev",
    "7-day median": "median",
    "left knee:": "left",
    "right knee:": "right",
    "one knee alone shows more": "one knee: more",
}
"""Words of the legend where there is little room."""


class Kind(NamedTuple):
    """What a mark stands for."""

    knee: str
    """left or right."""
    moment: str
    """morning, before, after or other."""

    @classmethod
    def named(cls, knee: str, moment: str) -> Kind:
        """Return the kind of a rating; moments without a mark of their own are "other"."""
        return cls(knee, moment if moment in _ORDER else "other")

    def order(self) -> tuple[str, int]:
        """Return its place in the legend."""
        return self.knee, _ORDER.index(self.moment)


@dataclass(frozen=True, slots=True)
class Signs:
    """The characters of a chart; all but the fine line are in the fonts of old consoles as well (WGL4)."""

    marks: Mapping[str, str]
    """By moment, for one knee, or the left one where there are two: round."""
    right: Mapping[str, str]
    """By moment, for the right knee where there are two: square."""
    several: str
    """Where different kinds meet in one cell."""
    stroke: str
    """From before to after."""
    acceptable: str
    """The line at 3."""
    band: str
    """How far most ratings of a column reach."""
    lines: tuple[str, str]
    """The median's line by columns: of one knee or the left one, of the right one."""
    axis: str
    """The x axis; a day without a session."""
    done: str
    """The x axis on a day with a session."""
    frozen: str
    """The x axis on a day on which nothing was expected."""
    tick: str
    """A marked day on it."""
    done_tick: str
    """A marked day with a session."""
    change: str
    """The line of something else that changed."""
    cursor: str
    """The line of the day that is read out."""
    foot: str
    """Its end on the axis."""


SHAPES = Signs(
    marks={"before": "○", "after": "◦", "morning": "●", "other": "×"},
    right={"before": "□", "after": "▫", "morning": "■", "other": "+"},
    several="◊",
    stroke="│",
    acceptable="·",
    band="░",
    lines=("─", "═"),
    axis="─",
    done="═",
    frozen="≈",
    tick="┬",
    done_tick="╤",
    change="¦",
    cursor="│",
    foot="▲",
)
"""For terminals with Unicode."""
LETTERS = Signs(
    marks={"before": "b", "after": "a", "morning": "*", "other": "x"},
    right={"before": "B", "after": "A", "morning": "#", "other": "X"},
    several="@",
    stroke="|",
    acceptable=".",
    band=":",
    lines=("-", "~"),
    axis="-",
    done="=",
    frozen="~",
    tick="+",
    done_tick="+",
    change="!",
    cursor="|",
    foot="^",
)
"""For ASCII."""
