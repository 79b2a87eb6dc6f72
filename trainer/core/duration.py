"""A length of time as people write it, in seconds."""

from __future__ import annotations

import re

HOW_TO_WRITE = "write 30s, 1.5s or 5m"
"""What a complaint about a duration suggests."""

_WRITTEN = re.compile(r"\s*\+?([0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})\s*(s|sec|m|min)?\s*", re.ASCII)


def seconds(written: str | float) -> float:
    """Seconds from ``4``, ``"4"``, ``"30s"``, ``"1.5 s"`` or ``"5m"`` (also ``sec`` and ``min``).

    Raises ``ValueError``, in plain words, for anything else: no number, a negative one, or one without end.
    """
    if isinstance(written, str):
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError(f"is not a length of time; {HOW_TO_WRITE}")
        return float(match[1]) * (60.0 if (match[2] or "").startswith("m") else 1.0)
    if isinstance(written, bool) or not isinstance(written, (int, float)) or not 0 <= written < 1e12:
        raise ValueError(f"is not a length of time; {HOW_TO_WRITE}")
    return float(written)
