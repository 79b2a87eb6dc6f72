"""``trainer demo``: the app on a made-up year, in a folder of its own; or that folder, for commands in the shell.

A person's own diary is neither read nor written. Without a folder the year lies in a temporary one and goes with the
app. Everything that is made from it says that it is made up.
"""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from trainer.core.errors import UsageError
from trainer.paths import CONFIG, DATA, MADE_UP, Folders, find_folders, make_folder, write_file
from trainer.verbs import opening
from trainer.verbs.files import new_file, unwritable
from trainer.verbs.out import put

HELP = "open the app on a made-up year of data, apart from yours"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer demo`` takes: the options of the app, and where to write instead of opening it."""
    opening.configure(parser)
    parser.add_argument("-o", "--output", metavar="FOLDER", help="write the year to a new folder, and open nothing")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Writes the year to a new folder and says how to use it. Raises UsageError or StoreError."""
    del folders  # the person's own, which are left alone
    if not arguments.output:
        raise UsageError("-o needs the name of a folder.")
    path = new_file(arguments.output, "Choose another name: the year is made in a folder of its own.")
    try:
        make_folder(path)
    except (OSError, ValueError) as error:
        raise unwritable(arguments.output, error) from error
    made = fill(path, datetime.now().astimezone())
    name = shlex.quote(str(made.data))
    put([f"A made-up year is in {name}. To look at it:\n  export {DATA}={name} {CONFIG}={name}\n  trainer trend\n"])
    return 0


@contextmanager
def made_up(environ: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """A made-up year in a temporary folder, as the environment that names it; it is gone afterwards."""
    with TemporaryDirectory(prefix="joint-trainer-demo-", ignore_cleanup_errors=True) as folder:
        fill(Path(folder), datetime.now().astimezone())
        yield {**environ, DATA: folder, CONFIG: folder}


def fill(path: Path, now: datetime) -> Folders:
    """Writes the year up to ``now`` into an empty folder: its mark first, then settings and diary."""
    from trainer.core.side import Affected
    from trainer.core.timeline import Timeline
    from trainer.demo import DAYS, Outline, Work, made_up_year
    from trainer.library import read_library
    from trainer.settings import Settings, write_settings
    from trainer.store import Store
    from trainer.store.taking_in import take_in

    folders = find_folders({**os.environ, DATA: str(path), CONFIG: str(path)})
    words = b"The diary in this folder is made up, by: trainer demo\n"
    try:
        write_file(folders.data / MADE_UP, [words])
    except OSError as error:
        raise unwritable(str(path), error) from error
    accepted = (now - timedelta(days=DAYS)).date()
    write_settings(folders.settings, Settings(affected_knee=Affected.BOTH, safety_accepted=accepted))
    library = read_library(folders.shipped_routines, folders.config)
    outlines = []
    for id_, routine in sorted(library.routines.items()):
        timeline = Timeline.of(routine, library.drills, affected=Affected.BOTH)
        work = (Work(p.drill.id, p.side, p.reps, p.duration_s) for p in timeline.phases if p.is_work)
        outlines.append(Outline(id_, routine.name, timeline.total_s, tuple(work)))
    with Store.open(folders.database) as store:
        take_in(store, made_up_year(now, tuple(outlines)).pieces())
    return folders
