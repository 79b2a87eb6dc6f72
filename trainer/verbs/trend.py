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
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from trainer.core.day import before_day, day_of, share_of_day
from trainer.core.rating import Moment, Rating
from trainer.core.side import Side
from trainer.core.trend import DEFAULT_DAYS, MOST_DAYS, trend
from trainer.drawing.ansi import pick_depth, shell_inks, to_ansi
from trainer.drawing.chart import Point, chart
from trainer.drawing.glyphs import ALL_GLYPHS, pick_glyphs
from trainer.paths import Folders
from trainer.settings import Settings, read_settings
from trainer.store import Store
from trainer.verbs.out import put
from trainer.verbs.words import read_knee, whole_number

NAME = "trend"
HELP = "print the chart of a knee and what it says"
HEIGHT = 18
WIDEST = 100
"""Columns the chart takes of a wide terminal."""
LEAST_DAYS = 14
"""Days the chart shows at the least, unless told otherwise."""
LEAST_WORDS = 20
"""Columns the sentence takes even in a narrower window."""
MOST_RATINGS = 100_000
"""More than anybody gives in the days looked at."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer trend`` takes."""
    parser.add_argument("--days", metavar="N", help=f"days to look back, at most {MOST_DAYS} (usual: {DEFAULT_DAYS})")
    parser.add_argument("--knee", metavar="left|right", help="which knee (usual: the one that troubles you)")
    parser.add_argument("--width", metavar="N", help="columns of the chart (usual: the terminal's)")
    parser.add_argument("--height", metavar="N", help=f"rows of the chart (usual: {HEIGHT})")
    parser.add_argument("--json", action="store_true", help="the numbers as JSON, without the chart")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the chart and the sentence. Raises UsageError or StoreError."""
    days = DEFAULT_DAYS if arguments.days is None else whole_number(arguments.days, "--days", 1, MOST_DAYS)
    columns = min(shutil.get_terminal_size().columns, WIDEST)
    width = columns if arguments.width is None else whole_number(arguments.width, "--width", 1, 1000)
    height = HEIGHT if arguments.height is None else whole_number(arguments.height, "--height", 1, 1000)
    asked = None if arguments.knee is None else read_knee(arguments.knee)
    settings, _ = read_settings(folders.settings)
    now = datetime.now().astimezone()
    today = day_of(now)
    first = today - timedelta(days=days - 1)
    with Store.look(folders.database) as store:
        knee = asked or _usual_knee(settings, store)
        ratings = _of_days(store, knee, first, now)
    series = Moment.MORNING if any(rating.moment is Moment.MORNING for rating in ratings) else Moment.AFTER
    said = trend(
        ((day_of(rating.at), rating.score) for rating in ratings if rating.moment is series),
        knee=knee.value,
        series=series.value,
        today=today,
        days=days,
    )
    if arguments.json:
        import json

        put([json.dumps(asdict(said), ensure_ascii=False) + "\n"], as_data=True)
        return 0
    if arguments.days is None:
        first = min([day_of(rating.at) for rating in ratings] + [today - timedelta(days=LEAST_DAYS - 1)])
    frame = chart(
        _points(ratings),
        width,
        height,
        start=first,
        end=today,
        glyphs=next(
            (known for known in ALL_GLYPHS if known == settings.glyphs),
            pick_glyphs(os.environ, getattr(sys.stdout, "encoding", None)),
        ),
    )
    is_terminal = sys.stdout is not None and sys.stdout.isatty() and not getattr(arguments, "no_color", False)
    picture = to_ansi(frame, shell_inks(), pick_depth(os.environ, is_terminal=is_terminal))
    sentence = f"{knee.value.capitalize()} knee, {_WORDS[series]}. {said.sentence}"
    words = textwrap.fill(sentence, max(columns, LEAST_WORDS)) if is_terminal else sentence
    put([picture, "\n\n", words, "\n"], is_painted=True)
    return 0


_WORDS = {Moment.MORNING: "first stairs of the day", Moment.AFTER: "after sessions"}


def _usual_knee(settings: Settings, store: Store) -> Side:
    """The knee that troubles this person; of two, or where they did not say, the one rated last."""
    knees = settings.affected_knee.knees if settings.affected_knee else ()
    if len(knees) == 1:
        return knees[0]
    last = store.last_rating()
    return Side.RIGHT if last is None else last.knee


def _of_days(store: Store, knee: Side, first: date, now: datetime) -> Sequence[Rating]:
    """The answered ratings from that day to today, by the clock the person saw; newest first."""
    last = day_of(now)
    found = store.ratings(since=before_day(first, now), knee=knee, limit=MOST_RATINGS)
    return [rating for rating in found if rating.score is not None and first <= day_of(rating.at) <= last]


def _points(ratings: Sequence[Rating]) -> Iterator[Point]:
    for rating in ratings:
        if rating.score is not None:
            yield Point(
                day_of(rating.at), rating.score, rating.moment.value, rating.knee.value, share_of_day(rating.at)
            )
