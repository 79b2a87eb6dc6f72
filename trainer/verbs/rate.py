"""``trainer rate SCORE``: a knee rating from the shell, on the disk before it says saved.

Made to be quick (from a key of the window manager, from a script): only the diary and the settings file are read.
Where the diary cannot be written, the rating is kept beside it, and that is said.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime

from trainer.core.errors import UsageError
from trainer.core.rating import HIGHEST, LOWEST, Moment, Rating, band
from trainer.core.side import Side
from trainer.core.typed import read_time
from trainer.paths import Folders
from trainer.store import new_id
from trainer.verbs.out import put
from trainer.verbs.saving import save
from trainer.verbs.words import read_knee, shown

NAME = "rate"
HELP = "save a knee rating"
SKIP = "skip"
"""Instead of a score: asked, and not answered."""
SEVERE = band(HIGHEST)
"""The band of every rating that may bring the questions of core/flags again."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer rate`` takes."""
    parser.add_argument("score", metavar="SCORE", help="0 no pain to 10 worst pain imaginable, or skip")
    parser.add_argument("--knee", metavar="left|right", help="which knee (usual: the one that troubles you)")
    parser.add_argument(
        "--moment", metavar="|".join(Moment), default=Moment.NOW.value, help="when it was asked (usual: now)"
    )
    parser.add_argument("--activity", metavar="ID", help="what you were doing, such as stairs-down")
    parser.add_argument("--note", metavar="TEXT", help="a line in your own words")
    parser.add_argument("--at", metavar="TIME", help="when, such as 2026-10-02T08:00 (usual: now)")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Saves the rating and says so in a line. Raises UsageError, or StoreError, which says where else it is kept."""
    now = datetime.now().astimezone()
    rating = Rating(
        id=new_id(),
        at=now if arguments.at is None else read_time(arguments.at, now),
        moment=read_moment(arguments.moment),
        knee=_knee(arguments.knee, folders),
        score=read_score(arguments.score),
        activity=arguments.activity or None,
        note=arguments.note or None,
    )
    put([save(rating, folders, _words(rating)) + "\n", *_asked_again(rating, now)])
    return 0


def read_score(text: str) -> int | None:
    """0 to 10, or none for ``skip``. Raises UsageError for anything else."""
    if text == SKIP:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 2 and LOWEST <= int(text) <= HIGHEST:
        return int(text)
    raise UsageError(
        f"A score is a whole number from {LOWEST} to {HIGHEST}, not {shown(text)}.",
        f"{LOWEST} is no pain; write {SKIP} for no answer.",
    )


def read_moment(text: str) -> Moment:
    """One of the moments. Raises UsageError for anything else."""
    try:
        return Moment(text)
    except ValueError:
        raise UsageError(f"{shown(text)} is not a moment.", f"Say {', '.join(Moment)}.") from None


def _knee(text: str | None, folders: Folders) -> Side:
    if text is not None:
        return read_knee(text)
    from trainer.settings import read_settings

    affected = read_settings(folders.settings)[0].affected_knee
    if affected is None or len(affected.knees) != 1:
        raise UsageError("Which knee?", "Say --knee left or --knee right.")
    return affected.knees[0]


def _asked_again(rating: Rating, now: datetime) -> Iterator[str]:
    """After a high rating of today, what the app will come back to at its next start."""
    if rating.score is None or band(rating.score) != SEVERE:
        return
    from trainer.core.caution import after_rating
    from trainer.core.day import day_of

    if (caution := after_rating(rating)) is not None and caution.since == day_of(now):
        yield f"{caution.rule.words} They come with the next start of `trainer`.\n"


def _words(rating: Rating) -> str:
    answer = "asked, not answered" if rating.score is None else f"{rating.score}, {band(rating.score)}"
    if rating.score == HIGHEST:
        answer = f"{rating.score}"
    moment = "" if rating.moment is Moment.NOW else f" ({rating.moment.value})"
    return f"{rating.knee.value} knee {answer}{moment}, {rating.at:%Y-%m-%d %H:%M}"
