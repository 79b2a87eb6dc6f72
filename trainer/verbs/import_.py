"""``trainer import FILE``: what ``trainer export`` wrote, here or elsewhere, into the diary: all of it or nothing."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from trainer.core.errors import StoreError, UsageError
from trainer.store import Store
from trainer.verbs.out import put, tell
from trainer.verbs.words import count_words, shown

if TYPE_CHECKING:
    from trainer.core.contents import Piece
    from trainer.paths import Folders
    from trainer.store.merging import Change

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
    from trainer.store.merging import KINDS

    try:
        change = _take_in(arguments, folders)
    except KeyboardInterrupt:
        tell("Stopped: nothing was taken in.")
        raise
    new = change.new
    counts = [count_words(new[kind], kind) for kind in KINDS.values() if new[kind] or kind in ("session", "rating")]
    main = " and ".join(counts[:2])
    said = [f"Taken in: {', '.join([main, *counts[2:]])}." if change else "Nothing new."]
    said += [f"{change.same} were there already."] if change.same else []
    said += [f"{change.kept} say something else here and were left as they are."] if change.kept else []
    if change.deleted:
        stays = "was deleted here and stays" if change.deleted == 1 else "were deleted here and stay"
        said.append(f"{change.deleted} {stays} so (trainer restore brings back; --conflict replace takes the file's).")
    put([" ".join(said) + "\n"])
    return 0


def _take_in(arguments: argparse.Namespace, folders: Folders) -> Change:
    from trainer.importing import read
    from trainer.importing.source import open_source
    from trainer.importing.spool import Spool
    from trainer.store.merging import Rule
    from trainer.store.taking_in import take_in
    from trainer.verbs.progress import Watched

    if arguments.conflict not in set(Rule):
        raise UsageError(f"{shown(arguments.conflict)} is no rule.", f"Say --conflict {', '.join(Rule)}.")
    pieces: Spool[Piece] = Spool()
    with pieces:
        try:
            with open_source(arguments.file) as file:
                pieces.fill(Watched(read(file), "Reading", share=file.share))
        except UsageError as error:
            raise UsageError(f"{shown(arguments.file)}: {error.message}", error.hint) from error
        with Store.open(folders.database) as store:
            watched = Watched(pieces, "Comparing", "Taking in", of=len(pieces))
            return take_in(store, watched, Rule(arguments.conflict), before=lambda: _back_up(folders))


def _back_up(folders: Folders) -> None:
    """A backup that cannot be made is told, and stops nothing."""
    from trainer.store.backups import Reason, back_up, is_empty

    try:
        if not is_empty(folders.database):
            back_up(folders.database, Reason.IMPORT, datetime.now().astimezone(), patience_s=2.0)
    except StoreError as error:
        tell(str(error))
