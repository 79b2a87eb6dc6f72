"""What a reader of files hands on: the library, what in it is broken, and complaints with their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.core.letters import printable

if TYPE_CHECKING:  # a Library is named before the first paint, a Body is not
    from trainer.body.skeleton import Body
    from trainer.core.drill import Drill
    from trainer.core.routine import Routine


class Kind(StrEnum):
    """What a file, or a part of it, was meant to be."""

    ROUTINE = "routine"
    DRILL = "drill"
    BODY = "body"


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One mistake in a file. As text it is ``FILE:LINE:COL: message``, which editors can jump to."""

    path: str
    """The file, as the person named it."""
    line: int
    """From 1."""
    column: int
    """From 1."""
    message: str
    """What is wrong, safe to print."""

    @property
    def place(self) -> str:
        """``FILE:LINE:COL``, safe to print."""
        return f"{printable(self.path)}:{self.line}:{self.column}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Broken:
    """A routine or drill that could not be used, with the reasons; it stops nothing else."""

    path: Path
    """The file it is in."""
    kind: Kind
    """What it was meant to be."""
    id: str
    """Its id as far as it could be read, else the file's name; safe to print."""
    title: str
    """Its name as far as it could be read, else its id; safe to print."""
    complaints: tuple[Complaint, ...]
    """All mistakes found in it, by place; at least one."""


@dataclass(frozen=True, slots=True)
class Library:
    """All that can be trained: the shipped drills and routines, and a person's own beside and over them."""

    drills: Mapping[str, Drill]
    """By id, from the ground up."""
    routines: Mapping[str, Routine]
    """By id; every drill that one of them names is in ``drills``."""
    body: Body
    """The body that the drills move."""
    broken: tuple[Broken, ...] = ()
    """What could not be read."""
    own: frozenset[str] = frozenset()
    """Ids of the routines that come from the person's own files."""
