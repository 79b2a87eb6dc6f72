"""What ``trainer export`` wrote, read back: a whole file of sound records, or one sentence that names the bad one.

``source``   a path -> its text, bounded, whatever lies at the path
``values``   one value of one record, checked
``records``  JSON -> sessions and ratings
``happened`` JSON -> events, freezes and trials
``table``    CSV -> ratings

Such a file may come from anywhere. It is refused whole with UsageError; nothing in it is ever guessed or mended.
"""

from __future__ import annotations

from trainer.core.contents import Contents
from trainer.importing.records import read_json
from trainer.importing.table import read_csv

__all__ = ["read_text"]


def read_text(text: str) -> Contents:
    """What JSON or CSV holds. Raises UsageError that names the place."""
    return read_json(text) if text.lstrip()[:1] in ("{", "[") else Contents(ratings=read_csv(text))
