"""What you hear."""

from __future__ import annotations
