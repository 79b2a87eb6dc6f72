"""CSV as ``trainer export --format csv`` writes it, also after a spreadsheet has been through it: ratings alone."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from trainer.core.errors import UsageError
from trainer.export import FORMULA, RATING_COLUMNS, SESSION_COLUMNS
from trainer.importing.known import Known, Place
from trainer.importing.records import rating_from
from trainer.importing.source import MOST_LINES, too_many
from trainer.importing.values import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from trainer.core.rating import Rating

LONGEST_LINE = 2**16
"""Letters; the longest note, activity and ids take 17,000 where all of them are quotation marks."""


def lines_of(file: TextIO, head: str) -> Iterator[str]:
    """The lines of a table, after those read already. Raises UsageError where there is no end of one, or of them."""
    with io.StringIO(head, newline="") as begun:
        number = 0
        while line := begun.readline(LONGEST_LINE) or file.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                raise refuse(f"Line {number}", "it is longer than any in a diary")
            if number > MOST_LINES:
                raise too_many("Line", MOST_LINES)
            yield line


def read_csv(lines: Iterable[str]) -> Iterator[Rating]:
    """The ratings, in the order of the file; columns may stand in any order. Raises UsageError that names the line."""
    reader = csv.reader(lines, strict=True)
    known = Known()
    try:
        columns = next(reader, [])
        _check_columns(columns)
        for row in reader:
            place = Place("Line", reader.line_num)
            if not row:
                continue
            if len(row) != len(columns):
                raise refuse(str(place), f"this has {len(row)} values, not {len(columns)}")
            values: dict[str, object] = dict(zip(columns, map(_original, row), strict=True))
            values["score"] = _score(values["score"])
            rating = rating_from(values, str(place))
            if known.is_new(rating, place):
                yield rating
    except csv.Error as error:
        raise refuse(f"Line {reader.line_num}", str(error)) from None


def _check_columns(columns: list[str]) -> None:
    if sorted(columns) == sorted(RATING_COLUMNS):
        return
    if columns == list(SESSION_COLUMNS):
        raise UsageError("A table of sessions counts their drills only.", "Take the JSON of trainer export instead.")
    raise refuse("Line 1", f"the columns are not {','.join(RATING_COLUMNS)}")


def _original(value: str) -> str | None:
    """Without the apostrophe that kept it text; what is empty is nothing."""
    return value[1:] if value[:1] == "'" and value[1:2] in FORMULA and value[1:] else value or None


def _score(value: object) -> object:
    """As a number where it is one in plain digits; else as it is, to be complained about."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 2 else value
