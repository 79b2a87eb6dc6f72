"""The axes of a segment, and how joints turn them.

3 x 3 rotations written out: a figure asks for them all the time, and arithmetic on a tuple is the quickest there is.
"""

from __future__ import annotations

from math import cos, radians, sin

Vec = tuple[float, float, float]
"""x forward, y up, z to the person's right; metres."""
Axes = tuple[float, float, float, float, float, float, float, float, float]
"""Where a segment's own forward, up and right point: three vectors of length 1, one after the other."""

UPRIGHT: Axes = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
"""The axes of the world."""


def bent(axes: Axes, degrees: float) -> Axes:
    """Axes turned about their own right: forward goes up."""
    if not degrees:
        return axes
    angle = radians(degrees)
    c, s = cos(angle), sin(angle)
    a, b, d, e, f, g, h, i, j = axes
    return (a * c + e * s, b * c + f * s, d * c + g * s, e * c - a * s, f * c - b * s, g * c - d * s, h, i, j)


def leant(axes: Axes, degrees: float) -> Axes:
    """Axes turned about their own forward: up goes right."""
    if not degrees:
        return axes
    angle = radians(degrees)
    c, s = cos(angle), sin(angle)
    a, b, d, e, f, g, h, i, j = axes
    return (a, b, d, e * c + h * s, f * c + i * s, g * c + j * s, h * c - e * s, i * c - f * s, j * c - g * s)


def turned(axes: Axes, degrees: float) -> Axes:
    """Axes turned about their own up: right goes forward."""
    if not degrees:
        return axes
    angle = radians(degrees)
    c, s = cos(angle), sin(angle)
    a, b, d, e, f, g, h, i, j = axes
    return (a * c - h * s, b * c - i * s, d * c - j * s, e, f, g, a * s + h * c, b * s + i * c, d * s + j * c)


def out(at: Vec, axes: Axes, forward: float, up: float, right: float) -> Vec:
    """The point that is so many metres along each of the axes from ``at``."""
    a, b, d, e, f, g, h, i, j = axes
    return (
        at[0] + a * forward + e * up + h * right,
        at[1] + b * forward + f * up + i * right,
        at[2] + d * forward + g * up + j * right,
    )
