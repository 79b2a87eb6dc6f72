"""``trainer import FILE``: what ``trainer export`` wrote, here or elsewhere, into the diary: all of it or nothing."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from trainer.core.errors import StoreError, UsageError
from trainer.paths import Folders
from trainer.store import Store
from trainer.verbs.out import put
from trainer.verbs.words import shown

NAME = "import"
HELP = "take in what trainer export wrote, here or on another laptop"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer import`` takes."""
    parser.add_argument("file", metavar="FILE", help="JSON, or CSV of ratings; - is stdin")
    parser.add_argument(
        "--conflict",
        metavar="refuse|keep|replace",
        default="refuse",
        help="where an id says something else in the diary: refuse the file (usual), keep the diary's, or replace it",
    )


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Takes it in and says what came. Raises UsageError or StoreError; the diary is then as it was."""
    from trainer.importing import read_text
    from trainer.importing.source import read_source
    from trainer.store.merging import Rule

    if arguments.conflict not in set(Rule):
        raise UsageError(f"{shown(arguments.conflict)} is no rule.", f"Say --conflict {', '.join(Rule)}.")
    try:
        contents = read_text(read_source(arguments.file))
    except UsageError as error:
        raise UsageError(f"{shown(arguments.file)}: {error.message}", error.hint) from error
    with Store.open(folders.database) as store:
        change = store.take_in(contents, Rule(arguments.conflict), before=lambda: _back_up(folders))
    new = change.new
    main = f"{_count(len(new.sessions), 'session')} and {_count(len(new.ratings), 'rating')}"
    others = ((new.events, "event"), (new.freezes, "freeze"), (new.trials, "trial"))
    more = [_count(len(found), what) for found, what in others if found]
    said = [f"Taken in: {', '.join([main, *more])}." if change else "Nothing new."]
    said += [f"{change.same} were there already."] if change.same else []
    said += [f"{change.kept} say something else here and were left as they are."] if change.kept else []
    if change.deleted:
        stays = "was deleted here and stays" if change.deleted == 1 else "were deleted here and stay"
        said.append(f"{change.deleted} {stays} so (trainer restore brings back; --conflict replace takes the file's).")
    put([" ".join(said) + "\n"])
    return 0


def _back_up(folders: Folders) -> None:
    """A backup that cannot be made is told, and stops nothing."""
    from trainer.store.backups import Reason, back_up, is_empty

    try:
        if not is_empty(folders.database):
            back_up(folders.database, Reason.IMPORT, datetime.now().astimezone(), patience_s=2.0)
    except StoreError as error:
        sys.stderr.write(f"trainer: {error}\n")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
