"""Finding a routine or a drill by its id, and saying what is near or what is wrong where there is none."""

from __future__ import annotations

from difflib import get_close_matches

from trainer.core.errors import ContentError
from trainer.core.letters import printable
from trainer.core.routine import Routine
from trainer.library.shelf import Kind, Library


def find_routine(library: Library, wanted: str) -> Routine:
    """The routine of that id. Raises ContentError with what is wrong with it, or the nearest id."""
    if wanted in library.routines:
        return library.routines[wanted]
    refuse_broken(library, Kind.ROUTINE, wanted)
    near = get_close_matches(wanted, library.routines, 1, cutoff=0.6)
    hint = f"Did you mean {near[0]}?" if near else "trainer routines lists them."
    raise ContentError(f"There is no routine '{printable(wanted)[:40]}'.", hint)


def refuse_broken(library: Library, kind: Kind, wanted: str) -> None:
    """Raise ContentError with what is wrong with what has that id, if it could not be read."""
    for broken in library.broken:
        if broken.kind is kind and broken.id == wanted:
            raise ContentError(str(broken.complaints[0]), "trainer check says more.")
