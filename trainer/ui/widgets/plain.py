"""Containers that show nothing of their own: painting them costs next to nothing, however often their content moves."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical


class PlainHorizontal(Horizontal):
    """Side by side."""

    BLANK = True


class PlainVertical(Vertical):
    """One below the other."""

    BLANK = True
