"""Reading the library in a process of its own: what checking costs in memory goes with it, and no paint waits for it.

Checking files takes PyYAML and pydantic, 18 MB and 0.15 s that an app which then runs for twenty minutes need not keep.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

from trainer.library.load import read_library
from trainer.library.shelf import Library
from trainer.paths import child_environ

_CODE = """
import pickle, sys
from pathlib import Path
from trainer.library import read_library
shipped, own = Path(sys.argv[1]), Path(sys.argv[2])
pickle.dump(read_library(shipped, own), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
"""
_PATIENCE_S = 20.0


def read_library_apart(shipped: Path, own: Path) -> Library:
    """The same as ``read_library``, from a child; where that fails, from this process. Raises ContentError.

    Call it after the first paint: a child that reads meanwhile takes from it, also on a second core.
    """
    try:
        return _from_child(shipped, own)
    except (OSError, ValueError, EOFError, pickle.PickleError, subprocess.SubprocessError):
        return read_library(shipped, own)


def _from_child(shipped: Path, own: Path) -> Library:
    told = subprocess.run(  # noqa: S603 (our own code, our own interpreter)
        [sys.executable, "-c", _CODE, str(shipped), str(own)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=child_environ(os.environ),
        check=True,
        timeout=_PATIENCE_S,
    )
    library = pickle.loads(told.stdout)  # noqa: S301 (what our own child wrote a moment ago)
    if not isinstance(library, Library):
        raise ValueError("the child gave something else")
    return library
