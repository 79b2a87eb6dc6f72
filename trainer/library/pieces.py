"""One file taken apart: the drills, the routine or the body in it, each read on its own with its own mistakes.

What a file is, its content decides: ``drills:`` makes it a drill file, ``skeleton:`` and the like a body, and
anything else is meant to be a routine. One file may hold drills and the body that they move.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from trainer.body.skeleton import Body
from trainer.core.drill import Drill
from trainer.core.letters import printable
from trainer.core.routine import Routine
from trainer.library.complaints import Path as Steps
from trainer.library.places import Mistake, Node, UnreadableError, read_tree
from trainer.library.rules import Slip
from trainer.library.shelf import Broken, Complaint, Kind
from trainer.library.text import read_text
from trainer.library.words import nearest, quoted

MOST_DRILLS = 300
"""Drills in a file; more than that is no file to read."""
MOST_COMPLAINTS = 100
"""Mistakes of a file that are told one by one; nobody reads more."""

MOST_WORDED = 1000
"""Mistakes in the shapes of a file that are put into words; of a part after that one, which says that it is broken."""

_SHAPES: Mapping[Kind, type[Drill] | type[Routine] | type[Body]] = {
    Kind.DRILL: Drill,
    Kind.ROUTINE: Routine,
    Kind.BODY: Body,
}
_BODY = tuple(part.name for part in fields(Body))
_ROUTINE = tuple(part.name for part in fields(Routine))
_DRILLS = ("drills", "meta", *_BODY)

_ENOUGH_KEYS = 20
"""Top-level fields that are looked at to guess what a file was meant to be."""

SPELLINGS: Mapping[str, str] = {"dosage": "dose", "tempo_s": "tempo", "hold_s": "hold"}
"""Other spellings in a drill that are read as well, so that libraries which use them load unchanged."""


@dataclass(slots=True)
class Piece:
    """A drill, routine or body as it stands in a file."""

    path: Path
    """The file, as the person named it."""
    kind: Kind
    """What it is meant to be."""
    node: Node
    """Where it stands."""
    value: Drill | Routine | Body | None = None
    """What it says; to be used only where nothing is wrong with it."""
    guessed: tuple[Steps, ...] = ()
    """Where ``value`` is made up, the file having a mistake there."""
    mistakes: list[Mistake] = field(default_factory=list)
    """What is wrong with it."""

    @property
    def id(self) -> str:
        """Its id as far as it could be read, else the file's name."""
        return printable(self.node.text("id")[:60]) or self.path.stem

    @property
    def place(self) -> str:
        """``FILE:LINE:COL`` of where it begins, or of its first mistake."""
        first = min(self.mistakes).place if self.mistakes else self.node.at(("id",)).place
        return Complaint(str(self.path), first.line, first.column, "").place

    def blame(self, slips: Iterable[Slip]) -> None:
        """Note mistakes at paths inside this piece, but for those that only what was made up seems to make."""
        for path, message in slips:
            if not any(self._is_doubtful(path, guess) for guess in self.guessed):
                self.mistakes.append(Mistake(self.node.at(path).place, message))

    @staticmethod
    def _is_doubtful(path: Steps, guess: Steps) -> bool:
        """Whether a mistake at ``path`` may come of what was made up: in it, around it, or along rising phases."""
        return path[: len(guess)] == guess or path == guess[:-1] or path[-1:] == guess[-1:] == ("phase",)

    def broken(self) -> Broken:
        """What a list of broken things says of it."""
        title = printable(self.node.text("name")[:60]) or self.id
        return Broken(self.path, self.kind, self.id, title, complaints(self.path, self.mistakes))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file taken apart."""

    path: Path
    """The file, as the person named it."""
    pieces: tuple[Piece, ...]
    """What it holds, in order."""
    mistakes: tuple[Mistake, ...] = ()
    """What is wrong with the file as a whole."""

    @property
    def kind(self) -> Kind:
        """What the file is, by its first piece; by its folder where nothing could be read."""
        if self.pieces:
            return self.pieces[0].kind
        return Kind.DRILL if self.path.parent.name == "drills" else Kind.ROUTINE

    def broken(self) -> Broken:
        """What a list of broken things says of the file as a whole."""
        stem = printable(self.path.stem)
        return Broken(self.path, self.kind, stem, stem, complaints(self.path, self.mistakes))


def complaints(path: Path | str, mistakes: Iterable[Mistake]) -> tuple[Complaint, ...]:
    """The mistakes of a file as complaints, by place; a great many are cut off with a word on the rest."""
    told = sorted(set(mistakes))
    shown = [Complaint(str(path), m.place.line, m.place.column, m.message) for m in told[:MOST_COMPLAINTS]]
    if len(told) > MOST_COMPLAINTS:
        at = told[MOST_COMPLAINTS].place
        rest = f"from here on there are {len(told) - MOST_COMPLAINTS} more mistakes"
        shown.append(Complaint(str(path), at.line, at.column, rest))
    return tuple(shown)


def read_sheet(path: Path) -> Sheet:
    """Take a file apart; whatever is wrong with it becomes mistakes, not an error."""
    try:
        root, mistakes = read_tree(read_text(path))
    except UnreadableError as error:
        return Sheet(path, (), (error.mistake,))
    if not isinstance(root.value, dict):
        message = "a file begins with fields, such as 'id:' and 'items:', or 'drills:'"
        return Sheet(path, (), (*mistakes, Mistake(root.place, message)))
    pieces, of_file = _pieces(path, root, root.value)
    for piece in pieces:
        # Looking for what was meant takes time, and the first hundred are all that is told.
        _shape(piece, most=max(1, MOST_WORDED - sum(len(piece.mistakes) for piece in pieces)))
    loose = [mistake for mistake in mistakes if not _given(mistake, pieces)]
    return Sheet(path, pieces, (*of_file, *loose))


def _pieces(path: Path, root: Node, top: Mapping[str, Node]) -> tuple[tuple[Piece, ...], tuple[Mistake, ...]]:
    if "items" not in top and ("drills" in top or any(name in top for name in _BODY)):
        pieces, mistakes = _library_pieces(path, root, top)
        return tuple(pieces), tuple(mistakes)
    if "items" not in top and isinstance(top.get("routines", root).value, list):
        message = "a file holds one routine; put each of these into a file of its own"
        return (), (Mistake(root.key_place(("routines",)), message),)
    if not any(name in top for name in _ROUTINE):
        return (), (_unknown(root, top),)
    return (Piece(path, Kind.ROUTINE, root),), ()


def _library_pieces(path: Path, root: Node, top: Mapping[str, Node]) -> tuple[list[Piece], list[Mistake]]:
    pieces: list[Piece] = []
    strangers = [name for name in top if name not in _DRILLS]
    mistakes = [_stranger(root, name, _DRILLS) for name in strangers[:MOST_COMPLAINTS]]
    parts = {name: top[name] for name in _BODY if name in top}
    if parts:
        place = min(root.keys[name] for name in parts)
        pieces.append(Piece(path, Kind.BODY, Node(place, parts, {name: root.keys[name] for name in parts})))
    drills = top.get("drills")
    if drills is None:
        return pieces, mistakes
    if not isinstance(drills.value, list) or not drills.value:
        mistakes.append(
            Mistake(root.keys["drills"], "drills: a list of drills is wanted here, each begun with '- id:'")
        )
    elif len(drills.value) > MOST_DRILLS:
        mistakes.append(Mistake(root.keys["drills"], f"drills: there are more than {MOST_DRILLS}; split the file"))
    else:
        pieces.extend(Piece(path, Kind.DRILL, node) for node in drills.value)
    return pieces, mistakes


def _unknown(root: Node, top: Mapping[str, Node]) -> Mistake:
    known = (*_ROUTINE, *_DRILLS)
    near = next((name for name in list(top)[:_ENOUGH_KEYS] if nearest(name, known)), None)
    if near is not None:
        return _stranger(root, near, known)
    message = "this is neither a routine (id, name, items) nor a drill file (drills)"
    return Mistake(root.place, message)


def _stranger(root: Node, name: str, known: Iterable[str]) -> Mistake:
    meant = nearest(name, known)
    hint = f"; did you mean '{meant}'?" if meant else ""
    return Mistake(root.keys[name], f"{quoted(name)} is not a field{hint}")


def _shape(piece: Piece, most: int) -> None:
    from trainer.library.shapes import check_shape  # here, because naming a Library must not cost pydantic's import

    if piece.kind is Kind.DRILL:
        piece.mistakes.extend(_respell(piece.node))
    shaped = check_shape(_SHAPES[piece.kind], piece.node, most)
    piece.value, piece.guessed = shaped.value, shaped.guessed
    piece.mistakes.extend(shaped.mistakes)


def _respell(drill: Node) -> Iterator[Mistake]:
    """Change other spellings in a drill to ours, in place."""
    for node in (drill, drill.at(("dosage",)), drill.at(("dose",))):
        for other in [name for name in node.keys if name in SPELLINGS]:
            ours = SPELLINGS[other]
            assert isinstance(node.value, dict)
            if ours in node.value:
                yield Mistake(node.keys[other], f"'{other}' is '{ours}' over again; keep one")
            else:
                node.value[ours] = node.value[other]
                node.keys[ours] = node.keys[other]
            del node.value[other], node.keys[other]


def _given(mistake: Mistake, pieces: tuple[Piece, ...]) -> bool:
    """Hand a mistake of the text to the piece it stands in; false where it stands in none."""
    before = [piece for piece in pieces if piece.node.place <= mistake.place]
    if before:
        max(before, key=lambda piece: piece.node.place).mistakes.append(mistake)
    return bool(before)
