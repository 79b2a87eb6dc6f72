"""How a body moves. Standard library only."""

from __future__ import annotations
