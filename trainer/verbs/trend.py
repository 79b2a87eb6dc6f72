"""``trainer trend``: the chart of one knee and what it says, or the same as numbers.

The trend is that of the mornings (first stairs of the day, the primary question of the clinical notes, section 1.2) as
soon as there is one in the days looked at, else that of the ratings after a session; the chart shows all ratings.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import textwrap
from dataclasses import asdict
from datetime import date, datetime, timedelta

from trainer.core.day import day_of
from trainer.core.rating import Moment
from trainer.core.side import Side
from trainer.core.trend import DEFAULT_DAYS, MOST_DAYS
from trainer.drawing.ansi import pick_depth, shell_inks, to_ansi
from trainer.drawing.chart import chart
from trainer.drawing.frame import Frame
from trainer.drawing.glyphs import ALL_GLYPHS, pick_glyphs
from trainer.past import beside, judge_knee, points_of
from trainer.paths import Folders
from trainer.settings import Settings, read_settings
from trainer.store import Store
from trainer.store.charting import first_day
from trainer.verbs.out import put
from trainer.verbs.words import read_knee, whole_number

NAME = "trend"
HELP = "print the chart of a knee and what it says"
BELOW = 6
"""Rows of the terminal left for the sentence and the next prompt."""
LOWEST = 12
"""Rows the chart takes even in a lower window, unless told otherwise: a window of 18 shows it with its words."""
MOST_CELLS = 1000
"""Columns or rows of the chart, whatever COLUMNS and LINES say."""
LEAST_DAYS = 14
"""Days the chart shows at the least, unless told otherwise."""
LEAST_WORDS = 20
"""Columns the sentence takes even in a narrower window."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer trend`` takes."""
    parser.add_argument("--days", metavar="N", help=f"days to look back, at most {MOST_DAYS} (usual: {DEFAULT_DAYS})")
    parser.add_argument("--knee", metavar="left|right", help="which knee (usual: the one that troubles you)")
    parser.add_argument("--width", metavar="N", help="columns of the chart (usual: the terminal's)")
    parser.add_argument("--height", metavar="N", help="rows of the chart (usual: the terminal's, but for the words)")
    parser.add_argument("--json", action="store_true", help="the numbers as JSON, without the chart")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the chart and the sentence. Raises UsageError or StoreError."""
    days = DEFAULT_DAYS if arguments.days is None else whole_number(arguments.days, "--days", 1, MOST_DAYS)
    window = shutil.get_terminal_size()
    usual = min(window.columns, MOST_CELLS)
    width = usual if arguments.width is None else whole_number(arguments.width, "--width", 1, MOST_CELLS)
    usual = min(max(window.lines - BELOW, LOWEST), MOST_CELLS)
    height = usual if arguments.height is None else whole_number(arguments.height, "--height", 1, MOST_CELLS)
    asked = None if arguments.knee is None else read_knee(arguments.knee)
    settings, _ = read_settings(folders.settings)
    today = day_of(datetime.now().astimezone())
    first = today - timedelta(days=days - 1)
    with Store.look(folders.database) as store:
        knee = asked or _usual_knee(settings, store)
        said = judge_knee(store, knee, first, today)
        if arguments.json:
            import json

            put([json.dumps(asdict(said), ensure_ascii=False) + "\n"], as_data=True)
            return 0
        if arguments.days is None:
            first = min(max(first_day(store) or today, first), today - timedelta(days=LEAST_DAYS - 1))
        frame = _draw(store, knee, first, today, width, height, settings)
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    picture = to_ansi(frame, shell_inks(), pick_depth(os.environ, is_terminal=is_terminal))
    marked = f"{folders.mark.capitalize()}. " if folders.mark else ""
    sentence = f"{marked}{knee.value.capitalize()} knee, {_WORDS[said.series]}. {said.sentence}"
    words = textwrap.fill(sentence, max(window.columns, LEAST_WORDS)) if is_terminal else sentence
    put([picture, "\n\n", words, "\n"], is_painted=True)
    return 0


_WORDS = {Moment.MORNING.value: "first stairs of the day", Moment.AFTER.value: "after sessions"}


def _usual_knee(settings: Settings, store: Store) -> Side:
    """The knee that troubles this person; of two, or where they did not say, the one rated last."""
    knees = settings.affected_knee.knees if settings.affected_knee else ()
    if len(knees) == 1:
        return knees[0]
    last = store.last_rating()
    return Side.RIGHT if last is None else last.knee


def _draw(store: Store, knee: Side, first: date, today: date, width: int, height: int, settings: Settings) -> Frame:
    known = next((name for name in ALL_GLYPHS if name == settings.glyphs), None)
    return chart(
        points_of(store, first, today, knee, width),
        width,
        height,
        start=first,
        end=today,
        glyphs=known or pick_glyphs(os.environ, getattr(sys.stdout, "encoding", None)),
        extras=beside(store, first, today),
    )
