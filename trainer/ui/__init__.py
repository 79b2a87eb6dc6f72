"""What you see. The only place that says textual."""

from __future__ import annotations
