"""What a warm-up is. Standard library only: no files, no screen, no sound, no clock of its own."""

from __future__ import annotations
