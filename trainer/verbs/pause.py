"""``trainer pause``: days off for illness or travel, on which no warm-up is missed."""

from __future__ import annotations

import argparse
from datetime import datetime

from trainer.core.correction import What
from trainer.core.day import day_of
from trainer.core.errors import UsageError
from trainer.core.happening import Freeze
from trainer.paths import Folders
from trainer.store import Store, new_id
from trainer.store.happenings import list_freezes
from trainer.store.marking import end_days_off, freeze_words, take_days_off
from trainer.verbs.happened import put_list, take_out
from trainer.verbs.out import put
from trainer.verbs.words import read_day

NAME = "pause"
HELP = "take days off for illness or travel: no warm-up is missed on them"
BEFORE_TODAY = "before today"
"""What ``--end`` without a day stands for."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer pause`` takes."""
    parser.add_argument("--from", dest="first", metavar="DAY", help="the first day off (usual: today)")
    parser.add_argument("--until", metavar="DAY", help="the last one (usual: it goes on until --end)")
    parser.add_argument("--why", metavar="WORDS", default="", help='in your own words, such as "ill"')
    parser.add_argument(
        "--end",
        metavar="DAY",
        nargs="?",
        const=BEFORE_TODAY,
        help="end it; DAY was the last day off (usual: yesterday)",
    )
    parser.add_argument("--list", action="store_true", help="list them, the latest first")
    parser.add_argument("--delete", metavar="ID", help="delete one; the beginning of its id will do")
    parser.add_argument("--json", action="store_true", help="the list as JSON")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Takes days off, ends them, lists or deletes. Raises UsageError or StoreError, then nothing is changed."""
    asked = arguments.list or arguments.json
    takes = bool(arguments.first or arguments.until or arguments.why)
    if takes + asked + (arguments.end is not None) + (arguments.delete is not None) > 1:
        raise UsageError("One thing at a time.", "Days off, or --end, or --list, or --delete ID.")
    now = datetime.now().astimezone()
    if arguments.delete is not None:
        take_out(folders, What.FREEZE, arguments.delete)
    elif asked:
        with Store.look(folders.database) as store:
            put_list(store, list_freezes(store), "No days off so far.", is_json=arguments.json)
    elif arguments.end is not None:
        _end(arguments.end, folders, now)
    else:
        _take(arguments, folders, now)
    return 0


def _take(arguments: argparse.Namespace, folders: Folders, now: datetime) -> None:
    words = arguments.why.strip()
    first = day_of(now) if arguments.first is None else read_day(arguments.first, now)
    last = None if arguments.until is None else read_day(arguments.until, now)
    if last is not None and last < first:
        raise UsageError("Days off end no earlier than they begin.", "Check --from and --until.")
    freeze = Freeze(new_id(), first, last, words)
    with Store.open(folders.database) as store:
        take_days_off(store, freeze, day_of(now))
    rest = "" if last is not None else " trainer pause --end when you are back."
    put([f"Days off {freeze_words(freeze)}. No warm-up is missed on them.{rest}\n"])


def _end(text: str, folders: Folders, now: datetime) -> None:
    last = None if text == BEFORE_TODAY else read_day(text, now)
    with Store.open(folders.database) as store:
        _, ended = end_days_off(store, day_of(now), last)
    put([f"Days off {freeze_words(ended)}. Welcome back.\n"])
