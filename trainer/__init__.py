"""A guided joint warm-up in the terminal. Importing this package costs nothing."""

from __future__ import annotations

__version__ = "0.1.0"
