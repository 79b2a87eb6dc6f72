"""CSV as ``trainer export --format csv`` writes it, also after a spreadsheet has been through it: ratings alone."""

from __future__ import annotations

import csv
import io

from trainer.core.errors import UsageError
from trainer.core.rating import Rating
from trainer.export import FORMULA, RATING_COLUMNS, SESSION_COLUMNS
from trainer.importing.records import add, rating_from
from trainer.importing.values import HINT, refuse

MOST_LINES = 100_000
"""A dozen ratings a day for twenty years; read in four seconds and 100 MB of memory."""


def read_csv(text: str) -> tuple[Rating, ...]:
    """The ratings, in the order of the file; columns may stand in any order. Raises UsageError that names the line."""
    if max(text.count("\n"), text.count("\r")) > MOST_LINES:
        raise UsageError("The file holds more than any diary does.", HINT)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    ratings: dict[str, tuple[Rating, str]] = {}
    try:
        columns = next(reader, [])
        _check_columns(columns)
        for row in reader:
            place = f"Line {reader.line_num}"
            if not row:
                continue
            if len(row) != len(columns):
                raise refuse(place, f"this has {len(row)} values, not {len(columns)}")
            values = dict(zip(columns, map(_original, row), strict=True))
            add(ratings, rating_from(values | {"score": _score(values["score"])}, place), place)
    except csv.Error as error:
        raise refuse(f"Line {reader.line_num}", str(error)) from None
    return tuple(one for one, _ in ratings.values())


def _check_columns(columns: list[str]) -> None:
    if sorted(columns) == sorted(RATING_COLUMNS):
        return
    if columns == list(SESSION_COLUMNS):
        raise UsageError("A table of sessions counts their drills only.", "Take the JSON of trainer export instead.")
    raise refuse("Line 1", f"the columns are not {','.join(RATING_COLUMNS)}")


def _original(value: str) -> str | None:
    """Without the apostrophe that kept it text; what is empty is nothing."""
    return (value[1:] if value[0] == "'" and value[1:2] in FORMULA and value[1:] else value) if value else None


def _score(value: str | None) -> object:
    """As a number where it is one in plain digits; else as it is, to be complained about."""
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) <= 2 else value
