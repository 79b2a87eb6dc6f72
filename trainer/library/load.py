"""From files to a library: judge every piece, put a person's own over what is shipped, set aside what is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from trainer.body.skeleton import Body
from trainer.core.drill import REGIONS, Drill
from trainer.core.errors import ContentError
from trainer.core.routine import Routine
from trainer.library.pieces import Piece, Sheet, complaints, read_sheet
from trainer.library.places import Mistake, Place
from trainer.library.rules import body_slips, drill_slips, routine_slips, swap_slips
from trainer.library.shelf import Broken, Complaint, Kind, Library
from trainer.library.spoken import Reading, spoken_slips
from trainer.library.text import yaml_files


def read_library(shipped: Path, own: Path | None = None) -> Library:
    """The drills and routines in ``shipped`` (the folder ``routines``) with a person's own beside and over them.

    ``own`` is the folder for configuration; its ``routines`` and ``drills`` are read where they are there. A broken
    routine or drill is set aside in ``Library.broken`` and stops nothing; where it was to take the place of a
    shipped one, that one stays. Raises ``ContentError`` where the shipped body cannot be read.
    """
    body = _body(shipped / "body.yaml")
    files = [*yaml_files(shipped / "drills"), *(path for path in yaml_files(shipped) if path.name != "body.yaml")]
    ours = _Layer([read_sheet(path) for path in files], body, {}, {})
    folders = () if own is None else (own / "drills", own / "routines")
    theirs = _Layer(
        [read_sheet(path) for folder in folders for path in yaml_files(folder)], body, ours.drills, ours.astray
    )
    drills = {**ours.drills, **theirs.drills}
    in_order = sorted(drills.values(), key=lambda drill: REGIONS.index(drill.region))
    return Library(
        drills={drill.id: _without_lost_swap(drill, drills) for drill in in_order},
        routines={**ours.routines, **theirs.routines},
        body=body,
        broken=(*theirs.broken(), *ours.broken()),
        own=frozenset(theirs.routines),
    )


def read_routine(path: Path, drills: Mapping[str, Drill]) -> Routine:
    """The routine in a file; raises ``ContentError`` with the first complaint, and how many more there are."""
    sheet = read_sheet(path)
    mistakes = list(sheet.mistakes)
    routine: Routine | None = None
    for piece in sheet.pieces:
        if isinstance(piece.value, Routine):
            routine = piece.value
            piece.blame(routine_slips(routine, drills, {}))
        elif piece.kind is not Kind.ROUTINE:
            mistakes.append(Mistake(Place(), "this file holds drills, not a routine"))
        mistakes.extend(piece.mistakes)
    found = complaints(path, mistakes)
    if routine is None or found:
        more = len(found) - 1
        counted = f"and {more} more; " if more > 1 else "and one more; " if more else ""
        raise ContentError(str(found[0]), f"({counted}`trainer check` lists every mistake in a file.)")
    return routine


def check_file(path: Path | str, library: Library) -> tuple[Complaint, ...]:
    """Every mistake in a routine, drill or body file, by place; which of them it is, its content decides."""
    return check_files((path,), library)


def check_files(paths: Iterable[Path | str], library: Library, read: Reading | None = None) -> tuple[Complaint, ...]:
    """Every mistake in some files, which may name each other's drills; file by file, by place.

    A file is named in its complaints as it is in ``paths``: a text keeps its ``./``, which a ``Path`` has lost.
    ``read`` says it aloud, to find what takes too long; left out, that is not looked at.
    """
    named = {Path(path).absolute(): str(path) for path in reversed(tuple(paths))}
    files = {name: read_sheet(Path(name)) for name in reversed(named.values())}
    sheets = list(files.values())
    bodies = [piece for sheet in sheets for piece in sheet.pieces if isinstance(piece.value, Body)]
    for piece in bodies:
        assert isinstance(piece.value, Body)
        piece.blame(body_slips(piece.value))
    sound = [piece.value for piece in bodies if not piece.mistakes]
    body = sound[0] if sound and isinstance(sound[0], Body) else library.body
    astray = {each.id: each.complaints[0].place for each in library.broken if each.kind is Kind.DRILL}
    layer = _Layer(sheets, body, library.drills, astray)
    _judge_motions(sheets, body)
    if read is not None:
        _judge_words(sheets, {**library.drills, **layer.drills}, read)
    return tuple(
        complaint
        for name, sheet in files.items()
        for complaint in complaints(
            name, [*sheet.mistakes, *(slip for piece in sheet.pieces for slip in piece.mistakes)]
        )
    )


def _judge_motions(sheets: Iterable[Sheet], body: Body) -> None:
    """What only moving the body shows. Only checking does this: it takes as long as reading the library does."""
    from trainer.library.motions import motion_slips

    for sheet in sheets:
        for piece in sheet.pieces:
            if isinstance(piece.value, Drill) and not piece.mistakes:
                piece.blame(motion_slips(piece.value, body))


def _judge_words(sheets: Iterable[Sheet], drills: Mapping[str, Drill], read: Reading) -> None:
    """What only saying it aloud shows. Only checking does this: what takes too long to say can still be trained."""
    for sheet in sheets:
        for piece in sheet.pieces:
            if isinstance(piece.value, Drill | Routine) and not piece.mistakes:
                piece.blame(spoken_slips(piece.value, drills, read))


class _Layer:
    """Files that stand beside each other, judged: an id is there once, and every drill named is there."""

    def __init__(
        self, sheets: list[Sheet], body: Body, beneath: Mapping[str, Drill], astray_beneath: Mapping[str, str]
    ) -> None:
        self._sheets = sheets
        self._judge_ids()
        named = {piece.id: piece for piece in self._pieces(Kind.DRILL)}
        self.drills: dict[str, Drill] = {}
        for piece in self._pieces(Kind.DRILL):
            if isinstance(piece.value, Drill):
                piece.blame(drill_slips(piece.value, body))
                piece.blame(swap_slips(piece.value, {*beneath, *named}))
                if not piece.mistakes:
                    base = body.base_poses[piece.value.base_pose]
                    self.drills[piece.value.id] = replace(piece.value, turns=not body.is_own_mirror(base.pose))
        lost = {name: piece.place for name, piece in named.items() if piece.mistakes}
        known = {**beneath, **self.drills}
        self.astray = {name: place for name, place in {**astray_beneath, **lost}.items() if name not in known}
        self.routines: dict[str, Routine] = {}
        for piece in self._pieces(Kind.ROUTINE):
            if isinstance(piece.value, Routine):
                piece.blame(routine_slips(piece.value, known, self.astray))
                if not piece.mistakes:
                    self.routines[piece.value.id] = piece.value

    def broken(self) -> Iterator[Broken]:
        """What cannot be used, file by file."""
        for sheet in self._sheets:
            if sheet.mistakes:
                yield sheet.broken()
            for piece in sheet.pieces:
                if piece.mistakes:
                    yield piece.broken()

    def _pieces(self, kind: Kind) -> list[Piece]:
        return [piece for sheet in self._sheets for piece in sheet.pieces if piece.kind is kind]

    def _judge_ids(self) -> None:
        for kind in (Kind.DRILL, Kind.ROUTINE):
            first: dict[str, str] = {}
            for piece in self._pieces(kind):
                name = piece.node.text("id")
                if name in first:
                    piece.blame([(("id",), f"id: there is a {kind.value} '{piece.id}' already, at {first[name]}")])
                elif name:
                    first[name] = piece.place


def _body(path: Path) -> Body:
    sheet = read_sheet(path)
    mistakes = list(sheet.mistakes)
    for piece in sheet.pieces:
        if isinstance(piece.value, Body):
            piece.blame(body_slips(piece.value))
            if not piece.mistakes:
                return piece.value
        mistakes.extend(piece.mistakes)
    found = complaints(path, mistakes or [Mistake(Place(), "this file holds no body")])
    raise ContentError(str(found[0]), "The shipped library is damaged: install the trainer again.")


def _without_lost_swap(drill: Drill, drills: Mapping[str, Drill]) -> Drill:
    """A stand-in that is broken itself is no stand-in."""
    return drill if drill.swap is None or drill.swap in drills else replace(drill, swap=None)
