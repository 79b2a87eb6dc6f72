"""YAML to a tree of plain text in which every key and value knows its line and column.

Text stays text: what a number, a truth or a duration is, the field decides that wants it, so that ``name: No`` is a
name and ``by: 2026-10-02`` no date. Nothing is built that a file could blow up: depth and size are bounded, with what
aliases stand for counted in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from trainer.library.words import quoted, unwelcome

MOST_DEPTH = 12
"""Levels of lists and mappings inside each other; a drill file needs five."""
MOST_NODES = 40_000
"""Values in a file, aliases followed; 44 drills hold about 7,000."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file, as an editor counts."""

    line: int = 1
    """From 1."""
    column: int = 1
    """From 1, in characters."""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """What is wrong at a place."""

    place: Place
    """Where."""
    message: str
    """What, in a sentence without a full stop."""


class UnreadableError(Exception):
    """The file cannot be understood as a whole; holds the one mistake that says why."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.mistake = Mistake(place, message)


@dataclass(slots=True)
class Node:
    """A value in a file and where it stands."""

    place: Place
    """Where it begins."""
    value: str | list[Node] | dict[str, Node] | None
    """A text, a list, a mapping, or nothing."""
    keys: dict[str, Place] = field(default_factory=dict)
    """For a mapping: where each key stands."""
    nodes: int = 1
    """How many values it holds, itself included."""
    levels: int = 1
    """How many levels deep it is, itself included."""

    def plain(self) -> Any:
        """The value alone, in lists and dicts."""
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return self.value

    def at(self, path: tuple[str | int, ...]) -> Node:
        """The node at the end of a path of keys and indices, or the last one on the way that there is."""
        node = self
        for step in path:
            inside: Node | None = None
            if isinstance(node.value, dict) and isinstance(step, str):
                inside = node.value.get(step)
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                inside = node.value[step]
            if inside is None:
                return node
            node = inside
        return node

    def key_place(self, path: tuple[str | int, ...]) -> Place:
        """Where the key at the end of a path stands; where its mapping begins if the key is not there."""
        parent = self.at(path[:-1])
        return parent.keys.get(str(path[-1]), parent.place)

    def text(self, key: str) -> str:
        """The text of a key of this mapping, or nothing: for naming what could not be read."""
        inside = self.value.get(key) if isinstance(self.value, dict) else None
        return inside.value if inside is not None and isinstance(inside.value, str) else ""


def read_tree(text: str) -> tuple[Node, tuple[Mistake, ...]]:
    """The tree of a file and the small mistakes in it, such as a key twice. Raises ``UnreadableError``."""
    import yaml  # here, because naming a Library must not cost its import

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    composer = _Composer(yaml.parse(text, loader), yaml)
    try:
        return composer.compose()
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text) from None
    except yaml.YAMLError as error:
        raise UnreadableError(Place(), f"this is not YAML: {str(error).splitlines()[0]}") from None


class _Composer:
    """Builds the tree from a stream of events, and stops as soon as it grows beyond reason."""

    def __init__(self, events: Iterator[Any], yaml: Any) -> None:
        self._events = events
        self._yaml = yaml
        self._anchors: dict[str, Node] = {}
        self._mistakes: list[Mistake] = []
        self._nodes = 0

    def compose(self) -> tuple[Node, tuple[Mistake, ...]]:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, self._yaml.DocumentStartEvent) and root is not None:
                raise UnreadableError(_place(event), "a second document begins here; one file holds one")
            if isinstance(event, self._yaml.NodeEvent):
                root = self._node(event, 1)
        if root is None or root.value is None:
            raise UnreadableError(Place(), "the file is empty")
        return root, tuple(self._mistakes)

    def _node(self, event: Any, depth: int) -> Node:
        place = _place(event)
        if isinstance(event, self._yaml.AliasEvent):
            return self._alias(event, place, depth)
        self._count(1, place)
        self._bound(depth, place)
        if event.tag is not None:
            tag = quoted(event.tag.replace("tag:yaml.org,2002:", "!!"))
            self._mistakes.append(Mistake(place, f"the tag {tag} is not used here; leave it out"))
        if isinstance(event, self._yaml.ScalarEvent):
            node = Node(place, self._scalar(event, place))
        elif isinstance(event, self._yaml.SequenceStartEvent):
            node = self._list(place, depth)
        else:
            node = self._mapping(place, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _alias(self, event: Any, place: Place, depth: int) -> Node:
        node = self._anchors.get(event.anchor)
        if node is None:
            raise UnreadableError(place, f"*{event.anchor} stands for nothing above it")
        self._count(node.nodes, place)
        self._bound(depth + node.levels - 1, place)
        return replace(node, place=place)

    def _bound(self, depth: int, place: Place) -> None:
        if depth > MOST_DEPTH:
            raise UnreadableError(place, f"lists and fields are more than {MOST_DEPTH} levels deep here")

    def _count(self, more: int, place: Place) -> None:
        self._nodes += more
        if self._nodes > MOST_NODES:
            raise UnreadableError(place, f"the file holds more than {MOST_NODES:,} values; split it")

    def _scalar(self, event: Any, place: Place) -> str | None:
        text: str = event.value
        if not event.style and text in {"", "~", "null", "Null", "NULL"}:
            return None
        found = unwelcome(text)
        if found is not None:
            self._mistakes.append(Mistake(place, f"the invisible character {found[1]} is not allowed in text"))
        return text

    def _list(self, place: Place, depth: int) -> Node:
        items: list[Node] = []
        while not isinstance(event := next(self._events), self._yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Node(
            place,
            items,
            nodes=1 + sum(node.nodes for node in items),
            levels=1 + max((node.levels for node in items), default=0),
        )

    def _mapping(self, place: Place, depth: int) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        nodes = levels = 1
        while not isinstance(event := next(self._events), self._yaml.MappingEndEvent):
            key_place = _place(event)
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            nodes += value.nodes
            levels = max(levels, 1 + value.levels)
            if not isinstance(key.value, str):
                self._mistakes.append(Mistake(key_place, "a field's name must be a word"))
            elif key.value == "<<":
                self._mistakes.append(Mistake(key_place, "'<<' is not used here; write the fields out"))
            elif key.value in values:
                first = keys[key.value].line
                self._mistakes.append(
                    Mistake(key_place, f"{quoted(key.value)} is here twice, first on line {first}; keep one")
                )
            else:
                values[key.value], keys[key.value] = value, key_place
        return Node(place, values, keys, nodes, levels)


def _place(event: Any) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1)


def _explained(error: Any, text: str) -> UnreadableError:
    """The parser's complaint in words that do not need YAML to be understood."""
    mark, problem, context = error.problem_mark, error.problem or "", error.context or ""
    began = error.context_mark or mark
    if "quoted scalar" in context and ("end of stream" in problem or "document indicator" in problem):
        return UnreadableError(Place(began.line + 1, began.column + 1), "a quote is opened here and never closed")
    if mark is None:
        return UnreadableError(Place(), f"this is not YAML: {problem}")
    place = Place(mark.line + 1, mark.column + 1)
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or line[mark.column : mark.column + 1] == "\t":
        column = line.index("\t") + 1
        return UnreadableError(Place(place.line, column), "a tab stands here; YAML wants spaces")
    message = _PLAIN_WORDS.get(problem, f"this cannot be read as YAML: {problem}")
    if "flow" in context:
        message += f" (opened on line {began.line + 1})"
    return UnreadableError(place, message)


_PLAIN_WORDS = {
    "mapping values are not allowed in this context": "a colon with a space is not expected here; put quotes round "
    "the text if it is part of it, and check the spaces before the line",
    "did not find expected key": "a field is expected here; check the quotes, and the spaces before this line and "
    "the ones above",
    "did not find expected '-' indicator": "a list item with a '-' is expected here; check the spaces before this line",
    "did not find expected ',' or ']'": "a list opened with '[' goes wrong here; is a ',' or the ']' missing?",
    "did not find expected ',' or '}'": "fields opened with '{' go wrong here; is a ',' or the '}' missing?",
    "could not find expected ':'": "a ':' is missing after the field's name, here or on the line above",
    "found character that cannot start any token": "this character has a meaning in YAML; put quotes round the text",
    "did not find expected <document start>": "this does not belong here; check the quotes, and the line before",
    "could not find expected directive name": "a line cannot begin with '%'; put quotes round the text",
    "found undefined alias": "this name after '*' stands for nothing above it",
}
