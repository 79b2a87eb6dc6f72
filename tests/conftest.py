from __future__ import annotations

import os

import pytest


@pytest.fixture
def write_goldens() -> bool:
    """Whether to make the plain-text pictures anew: GOLDENS=write pytest."""
    return os.environ.get("GOLDENS") == "write"
