"""``trainer event "new shoes"``: a line on the chart at the day something changed, so that a change has its context."""

from __future__ import annotations

import argparse
from datetime import datetime

from trainer.core.correction import What
from trainer.core.day import day_of
from trainer.core.errors import UsageError
from trainer.core.happening import Event
from trainer.paths import Folders
from trainer.store import Store, new_id
from trainer.store.happenings import list_events
from trainer.store.marking import mark_event
from trainer.verbs.happened import put_list, take_out
from trainer.verbs.out import put
from trainer.verbs.words import read_day

NAME = "event"
HELP = "mark a day on which something changed, such as new shoes"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer event`` takes."""
    parser.add_argument("words", metavar="WORDS", nargs="*", help='what changed, such as "new shoes"')
    parser.add_argument("--on", metavar="DAY", help="the day, such as 2026-10-02 or yesterday (usual: today)")
    parser.add_argument("--list", action="store_true", help="list them, the latest first (usual without words)")
    parser.add_argument("--delete", metavar="ID", help="delete one; the beginning of its id will do")
    parser.add_argument("--json", action="store_true", help="the list as JSON")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Marks the day, lists or deletes. Raises UsageError or StoreError, then nothing is changed."""
    words = " ".join(arguments.words).strip()
    if bool(words) + arguments.list + (arguments.delete is not None) > 1:
        raise UsageError("One thing at a time.", "Words mark a day, --list lists, --delete ID deletes.")
    if arguments.delete is not None:
        take_out(folders, What.EVENT, arguments.delete)
        return 0
    if not words:
        if arguments.on is not None or arguments.words:
            raise UsageError("What changed?", 'Say trainer event "new shoes".')
        with Store.look(folders.database) as store:
            none_yet = 'Nothing marked yet. trainer event "new shoes" marks today.'
            put_list(store, list_events(store), none_yet, is_json=arguments.json)
        return 0
    now = datetime.now().astimezone()
    event = Event(new_id(), day_of(now) if arguments.on is None else read_day(arguments.on, now), words)
    with Store.open(folders.database) as store:
        mark_event(store, event, day_of(now))
    put([f"Marked: {words}, {event.day}.\n"])
    return 0
