"""How long words can take to say, where nobody has recorded them."""

from __future__ import annotations

LETTER_S = 0.05
"""Seconds for each letter, blanks counted."""
BEGIN_AND_END_S = 0.65
"""Seconds for each phrase besides: 0.25 in the mean, and 0.4 by which the slowest go beyond that."""


def longest_to_say(phrase: str) -> float:
    """How long a phrase can take, in seconds; most take 0.4 s less.

    A straight line above recordings without the stillness round them: the 200 prompts that ship (in the mean 0.21 s and
    0.049 s a letter; off by 0.10 s in the mean square, 0.33 s at most), and the names of the 44 shipped drills as
    espeak-ng 1.51 says them at its usual speed (0.25 s and 0.049 s a letter; off by 0.16 s, 0.40 s at most). Names of
    60 letters are no farther off than short ones.
    """
    return BEGIN_AND_END_S + LETTER_S * len(phrase)
