"""What the commands that open the app take on the command line, and what it needs of its terminal and its diary."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from trainer.core.errors import UsageError

if TYPE_CHECKING:
    from trainer.log import Log
    from trainer.paths import Folders
    from trainer.store import Diary

SLOWEST, FASTEST = 0.25, 60.0
"""Bounds of ``--speed``."""
COLOURS = MappingProxyType({"truecolor": "truecolor", "256": "256", "16": "standard", "none": "auto"})
"""How many colours there are, in Textual's words."""
WAIT_S = 0.5
"""How long the app, whose screen stands still meanwhile, waits for another window to let go of the diary."""
AGAIN_S = 0.02
"""The same where it waited for that in vain the last time."""


def configure(parser: argparse.ArgumentParser, *, takes_routine: bool = False) -> None:
    """Adds the options of the app, and the routine where it starts in one."""
    if takes_routine:
        parser.add_argument("routine", metavar="ROUTINE", help="id of a routine, or path of a YAML file")
        parser.add_argument("--skip-before", action="store_true", help="ask nothing before the session")
    else:
        parser.set_defaults(routine=None, skip_before=False)
    parser.add_argument("--audio", metavar="OUTPUT", help="auto, miniaudio, simpleaudio, bell or off")
    parser.add_argument("--speed", metavar="X", help="run the session's clock X times as fast, 0.25 to 60")
    parser.add_argument("--events", metavar="FILE", help="write what happens to FILE, a line of JSON each")


def read_speed(text: str | None) -> float:
    """How many times as fast the session's clock runs. Raises UsageError."""
    if text is None:
        return 1.0
    try:
        speed = float(text)
    except ValueError:
        speed = math.nan
    if not SLOWEST <= speed <= FASTEST:
        raise UsageError(f"--speed takes a number from {SLOWEST:g} to {FASTEST:g}.")
    return speed


def mind_terminal(environ: Mapping[str, str]) -> None:
    """Refuses what cannot show a screen, before anything is drawn on it. Raises UsageError."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise UsageError("The trainer needs a terminal to show itself.", "trainer --help lists what else it can do.")
    if environ.get("TERM") == "dumb":
        raise UsageError("This terminal (TERM=dumb) cannot show a full screen.", "Start it in another one.")


def open_diary(folders: Folders, log: Log) -> Diary:
    """Prepare the app's diary; the file itself is opened at the first need."""
    from trainer.paths import tighten_own
    from trainer.store import Diary, Store
    from trainer.store.backups import back_up_daily
    from trainer.store.faults import BusyError
    from trainer.store.opening import SQLITE

    def start_day() -> None:
        """Away from the thread that paints, as soon as home is there."""
        log.versions({"SQLite": SQLITE, "textual": None, "miniaudio": None})
        log.open()
        tighten_own(folders)
        back_up_daily(folders.database, datetime.now().astimezone())

    def open_store() -> Store:
        is_held = isinstance(diary.error, BusyError)
        return Store.open(folders.database, patience_s=AGAIN_S if is_held else WAIT_S)

    diary = Diary(
        open_store,
        beside=folders.beside,
        back_up=start_day,
        under_way=folders.data / "under-way",
        fault=log.fault,
        mended=log.mended,
    )
    return diary
