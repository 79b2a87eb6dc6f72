"""``trainer check FILE…``: every mistake of routine and drill files, each with its place.

What takes longer to say than there is time for it is a finding like any other, with exit code 1: a check found
something. As with a foot that goes through the floor, the file can be trained all the same.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from trainer.paths import Folders
from trainer.verbs.out import put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainer.core.timeline import Timeline
    from trainer.library.spoken import Reading, TooLong

HELP = "check routine and drill files: one FILE:LINE:COL: message a line"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer check`` takes."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="routine or drill files, or bodies")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints what was found; 1 if anything was."""
    from trainer.library import check_files, read_library

    library = read_library(folders.shipped_routines, folders.config)
    found = check_files(arguments.files, library, reading(folders))
    put(f"{complaint}\n" for complaint in found)
    return 1 if found else 0


def reading(folders: Folders) -> Reading:
    """Says timelines aloud as a session does: prompts last as long as they do, other words as long as they can."""
    from trainer.audio.bank import load_bank
    from trainer.audio.sheet import write_sheet
    from trainer.audio.voice import read_voice
    from trainer.core.saying import longest_to_say
    from trainer.library.spoken import TooLong

    voice, tones = read_voice(folders.sounds / "voice"), load_bank(folders.sounds).seconds()

    def seconds(text: str) -> float:
        return voice.seconds(text) or longest_to_say(text)

    def read(timeline: Timeline) -> Iterator[TooLong]:
        for found in write_sheet(timeline, seconds, tones).overruns:
            is_guess = not voice.texts.issuperset(found.says)
            yield TooLong(found.phase, found.says, found.takes_s, found.has_s, is_guess)

    return read
