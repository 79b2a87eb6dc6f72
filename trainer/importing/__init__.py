"""What ``trainer export`` wrote, read back: sound records one by one, or one sentence that names the bad one.

``source``   a path -> its text, piece by piece, whatever lies at the path
``stream``   JSON of any length -> one value after the other
``values``   one value of one record, checked
``known``    which ids a file has said so far
``records``  JSON -> sessions and ratings
``happened`` JSON -> events, freezes and trials
``table``    CSV -> ratings
``spool``    what was read, aside on the disk until all of it was

Such a file may come from anywhere, and be of any length: one record of it is held at a time. It is refused whole with
UsageError; nothing in it is ever guessed or mended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.importing.records import read_json
from trainer.importing.stream import JsonText
from trainer.importing.table import LONGEST_LINE, lines_of, read_csv
from trainer.importing.values import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from trainer.core.contents import Piece

__all__ = ["read"]


def read(file: TextIO) -> Iterator[Piece]:
    """What JSON or CSV holds, each id once. Raises UsageError that names the place, also after much was given."""
    head = ""
    while not head.strip() and len(head) < LONGEST_LINE and (line := file.readline(LONGEST_LINE)):
        head += line
    if not head.strip():
        raise refuse("The file", "it is empty")
    return read_json(JsonText(file, head)) if head.lstrip()[:1] in ("{", "[") else read_csv(lines_of(file, head))
