"""Running a verb as the command line does, in this process or in one of its own."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import ModuleType

from tests.diaries import BOTH_DONE, NOON, make_rating, make_record, reopened
from trainer.core.rating import Moment
from trainer.core.record import Status
from trainer.paths import Folders

ROOT = Path(__file__).parent.parent
RUN = """
import argparse, importlib, os, sys
from trainer.paths import find_folders
verb = importlib.import_module("trainer.verbs." + sys.argv[1])
parser = argparse.ArgumentParser()
verb.configure(parser)
code = verb.run(parser.parse_args(sys.argv[2:]), find_folders(os.environ))
sys.stderr.write(" ".join(sys.modules)) if os.environ.get("TELL") else None
sys.exit(code)
"""


def run(verb: ModuleType, folders: Folders, *words: str) -> int:
    parser = argparse.ArgumentParser()
    verb.configure(parser)
    code = verb.run(parser.parse_args(words), folders)
    assert isinstance(code, int)
    return code


def start(
    folders: Folders, *words: str, stdout: int = subprocess.PIPE, environ: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """A process of its own that runs a verb: for what only a real stdout can show."""
    here = {"TRAINER_DATA_DIR": str(folders.data), "TRAINER_CONFIG_DIR": str(folders.config)}
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **here, **(environ or {})},
    )


def fill(folders: Folders) -> None:
    with reopened(folders.database) as store:
        for number in range(3):
            name, at = f"s{number}", NOON + timedelta(days=number)
            store.begin(make_record(name, at=at))
            store.keep(name, 1, BOTH_DONE, 24.0)
            store.rate(make_rating(f"b{number}", 5, at=at, moment=Moment.BEFORE, session=name))
            store.rate(make_rating(f"a{number}", None, at=at, moment=Moment.AFTER, session=name))
            store.end(name, Status.FINISHED, at + timedelta(minutes=10), 588.0)
        store.rate(make_rating("own", 0, at=NOON + timedelta(days=5), note='=HYPERLINK("x")', activity="stairs"))
