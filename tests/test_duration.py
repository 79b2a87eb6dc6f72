"""A length of time as people write it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.duration import seconds


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (4, 4.0),
        (0, 0.0),
        (2.5, 2.5),
        ("4", 4.0),
        ("30s", 30.0),
        ("1.5s", 1.5),
        (".5s", 0.5),
        ("5m", 300.0),
        ("1.5 min", 90.0),
        (" 30 sec ", 30.0),
        ("+3s", 3.0),
    ],
)
def test_reads_what_people_write(written: str | float, expected: float) -> None:
    assert seconds(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        *("", "s", "four", "-4s", "4x", "1:30", "1e3", "nan", "inf", "4s5", "1.2.3", "٣s", "9" * 400),
        *(-1, -0.5, float("nan"), float("inf"), 10**400, True, None, [], {}),
    ],
)
def test_refuses_the_rest_in_plain_words(written: Any) -> None:
    with pytest.raises(ValueError, match=r"^is not a length of time; write 30s, 1\.5s or 5m$"):
        seconds(written)


@given(st.text(max_size=30))
def test_any_text_is_seconds_or_a_refusal(text: str) -> None:
    try:
        result = seconds(text)
    except ValueError:
        return
    assert 0 <= result < float("inf")
