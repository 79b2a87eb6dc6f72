"""What is drawn. Standard library only. Everything drawn is a Frame."""

from __future__ import annotations
