"""The words that are shown once before anything else, and later under help.

Source: the drill library's clinical notes, section 3.3.
"""

from __future__ import annotations

SAFETY: tuple[str, ...] = (
    (
        "This program shows gentle joint movements and keeps a diary of your ratings. It is not a medical device, "
        "it does not diagnose, and it cannot see you. It is based on a blog idea plus published research that "
        "supports parts of it and not others; it has not been tested in a trial. It may help, do nothing, or make "
        "you sore."
    ),
    (
        "If your knee is hot and swollen, locked, cannot take weight, was just injured, or your calf is swollen, do "
        "not start: get medical help. Stop if anything feels wrong."
    ),
    (
        "Your ratings stay on this computer. They can help you and a professional decide together; they cannot prove "
        "that a drill works."
    ),
)
"""Paragraphs."""
