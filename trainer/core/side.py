"""Left and right: the side that works, and the knee, or knees, that trouble a person."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """The side of the body that works."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def other(self) -> Side:
        """The opposite side; ``both`` stays ``both``."""
        return _OTHER[self]


_OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}


class Affected(StrEnum):
    """The knee, or knees, that trouble this person."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def knees(self) -> tuple[Side, ...]:
        """The knees to ask about, in asking order."""
        if self is Affected.BOTH:
            return (Side.LEFT, Side.RIGHT)
        return (Side(self.value),)
