"""Weeks as rows, the newest first: from the best day to the worst on the scale, the mean on it, and the numbers."""

from __future__ import annotations

from datetime import date
from math import floor
from typing import TYPE_CHECKING

from trainer.core.weeks import DAYS, monday_of
from trainer.drawing.days import day_words
from trainer.drawing.frame import Frame, Sheet
from trainer.drawing.legend import Item, place_items, too_small
from trainer.drawing.series import ACCEPTABLE, ACCEPTABLE_WORDS, HIGHEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.core.weeks import Week
    from trainer.drawing.glyphs import Glyphs

LEAST_WIDTH = 50
LEAST_HEIGHT = 4
HEADING = 2
"""Rows above the weeks."""
_NAMES = 15
"""Columns of the first day's name, with its year, after the sign of the week that is read out."""
_WIDEST = 6
"""Columns from one whole number to the next, at the most."""
_WORDS = 38
"""Columns the numbers take at the most, with what parts them from the scale."""


def rows_of(height: int, cursor: date, first: date, today: date) -> tuple[date, date]:
    """Return the Mondays of the oldest and the newest week in a table of this height: the cursor's is one of them.

    It goes back by half a table at a time, and no further than it must for the week of ``first``.
    """
    rows = max(height - HEADING, 1)
    this, oldest = (monday_of(day).toordinal() for day in (today, first))
    back = (this - monday_of(min(cursor, today)).toordinal()) // DAYS
    half = max(rows // 2, 1)
    steps = max(-(-(back - rows + 1) // half), 0)
    newest = max(this - steps * half * DAYS, min(oldest + (rows - 1) * DAYS, this))
    return date.fromordinal(max(newest - (rows - 1) * DAYS, 1)), date.fromordinal(max(newest, 1))


def weekly_frame(
    weeks: Sequence[Week], width: int, height: int, *, glyphs: Glyphs = "quadrant", cursor: date | None = None
) -> Frame:
    """Draw as many weeks as there are rows for; ``weeks`` are given newest first, ``cursor`` is a Monday.

    Below 50 by 4 cells there is no room: it says so instead.
    """
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return too_small(width, height, f"The table needs {LEAST_WIDTH} by {LEAST_HEIGHT}.")
    sheet = Sheet(width, height)
    line, mean, rule, here = ("-", "*", ".", ">") if glyphs == "ascii" else ("─", "●", "·", "►")
    # Where there is no room for the scale, the numbers say it alone.
    step = max(min((width - _NAMES - _WORDS) // HIGHEST, _WIDEST), 0)
    items = [Item("", "Weeks from Monday, the newest first:"), Item(mean, "mean", "chart.morning")]
    items += [Item(line * 3, "best to worst day", "muted"), Item(rule, ACCEPTABLE_WORDS, "muted")]
    place_items(sheet, items if step else [Item("", "Weeks from Monday, the newest first")], 1, 2, spare=1)
    for value in range(0, HIGHEST + 1, 5) if step else ():
        sheet.put(_NAMES + value * step - len(str(value)) // 2, 1, str(value), "muted")
    for row, week in enumerate(weeks[: height - HEADING], HEADING):
        is_here = week.start == cursor
        sheet.put(0, row, here if is_here else "", "accent")
        sheet.put(2, row, f"{day_words(week.start)} {week.start.year}", "" if is_here else "muted")
        words = week.words
        if step:
            sheet.put(_NAMES + ACCEPTABLE * step, row, rule, "muted")
            if week.mean is not None and week.best is not None and week.worst is not None:
                best, worst, at = (floor(value * step + 0.5) for value in (week.best, week.worst, week.mean))
                sheet.put(_NAMES + best, row, line * (worst - best + 1), "muted")
                sheet.put(_NAMES + at, row, mean, "chart.morning")
        sheet.put(_NAMES + (HIGHEST * step + 3 if step else 0), row, words, "")
    if not weeks:
        sheet.put(2, HEADING, "No ratings in these weeks.")
    return sheet.frame()
