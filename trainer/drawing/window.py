"""How large a window must be to show a whole session; the screen goes by it and the shell says it."""

from __future__ import annotations

NEEDS = (60, 18)
"""Columns and rows below which only the barest is shown."""
