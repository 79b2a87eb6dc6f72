"""What pydantic found, in plain words: the field, what was written, what would do, and the nearest right word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from trainer.library.places import Mistake, Node, Place
from trainer.library.words import did_you_mean, nearest, quoted

Path = tuple[str | int, ...]

_MOST_LISTED = 10
"""Words of a choice that are listed when none of them is near."""


def explain(cls: type[Any], node: Node, found: Iterable[Mapping[str, Any]]) -> tuple[Mistake, ...]:
    """Pydantic's findings about a part of a file that was to be a ``cls``, each at its place."""
    mistakes: list[Mistake] = []
    misspelt: set[Path] = set()
    findings = list(found)
    for finding in findings:
        if finding["type"] == "extra_forbidden":
            path = finding["loc"]
            message, meant = _stranger(cls, node, path)
            misspelt.add((*path[:-1], meant))
            mistakes.append(Mistake(node.key_place(path), message))
    for finding in findings:
        path = finding["loc"]
        if finding["type"] == "extra_forbidden" or path in misspelt:
            continue
        if finding["type"] == "missing":
            parent = node.at(path[:-1])
            mistakes.append(Mistake(parent.place, f"'{path[-1]}' is missing"))
        else:
            mistakes.append(Mistake(_place(node, path), f"{_named(path)}{_wrong(cls, node, finding)}"))
    return tuple(mistakes)


def _stranger(cls: type[Any], node: Node, path: Path) -> tuple[str, str]:
    """The complaint about a field that does not exist, and the field that may have been meant."""
    word = str(path[-1])
    owner = type_at(cls, path[:-1])
    names = [field.name for field in fields(owner) if not field.metadata.get("computed")]
    here = node.at(path[:-1]).value
    absent = [name for name in names if not (isinstance(here, dict) and name in here)]
    meant = nearest(word, absent) or ""
    if meant:
        return f"{quoted(word)} is not a field; did you mean '{meant}'?", meant
    listed = f"; there are {', '.join(names)}" if len(names) <= _MOST_LISTED else did_you_mean(word, names)
    return f"{quoted(word)} is not a field{listed}", ""


def kinds_of(cls: Any) -> Mapping[str, Any]:
    """The types of the fields of a ``cls``: worked out once, for a file may hold hundreds of broken drills."""
    return _kinds_of(cls)


@cache
def _kinds_of(cls: Any) -> Mapping[str, Any]:
    return get_type_hints(cls)


def type_at(hint: Any, path: Path) -> Any:
    """The type that a path from ``hint`` leads to."""
    for step in path:
        if is_dataclass(hint):
            hint = kinds_of(hint)[str(step)]
        else:
            inner = get_args(hint)
            hint = inner[1] if isinstance(step, str) else inner[0]
        if NoneType in get_args(hint):
            hint = next(kind for kind in get_args(hint) if kind is not NoneType)
    return hint


def _place(node: Node, path: Path) -> Place:
    """Where a wrong value stands; for an empty one, where its field's name does."""
    inside = node.at(path)
    if inside.value is None and path and isinstance(path[-1], str):
        return node.key_place(path)
    return inside.place


def _named(path: Path) -> str:
    """``reps: ``, or ``steps, number 2: ``; nothing where the part as a whole is meant."""
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return ""
    last = path[-1]
    return (
        f"{quoted(names[-1])[1:-1]}, number {last + 1}: " if isinstance(last, int) else f"{quoted(str(last))[1:-1]}: "
    )


def _wrong(cls: type[Any], node: Node, finding: Mapping[str, Any]) -> str:
    kind, value, context = finding["type"], finding["input"], finding.get("ctx", {})
    written = node.at(finding["loc"]).value
    if isinstance(written, str):
        value = written
    if value is None or kind == "string_too_short":
        return "nothing is written here"
    if kind in _WANTS_MANY:
        return f"{_WANTS_MANY[kind]}, not {_shown(value)}"
    if isinstance(value, (dict, list)) and not kind.startswith("too_"):
        return f"one value is wanted here, not {_shown(value)}"
    if kind in _IS_NOT:
        return f"{_shown(value)} {_IS_NOT[kind]}"
    if kind in ("enum", "literal_error"):
        words = re.findall(r"'([^']*)'", context["expected"])
        near = did_you_mean(str(value), words)
        return f"{_shown(value)} is not one of {', '.join(words)}{near}"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"{_shown(value)} is too {'small' if kind[0] == 'g' else 'large'}; {_range(cls, finding['loc'])}"
    if kind == "string_too_long":
        return f"this is {len(str(value))} letters long; {context['max_length']} are the most"
    if kind == "too_short":
        return f"at least {context['min_length']} must be here"
    if kind == "too_long":
        return f"there are too many; {context['max_length']} are the most"
    if kind == "value_error":
        return f"{_shown(value)} {context['error']}"
    return f"{_shown(value)} does not fit: {finding['msg']}"


_WANTS_MANY = {
    "tuple_type": "a list is wanted here, such as [one, two]",
    "dict_type": "fields are wanted here",
    "model_type": "fields are wanted here",
    "model_attributes_type": "fields are wanted here",
}
_IS_NOT = {
    "int_parsing": "is not a whole number",
    "int_parsing_size": "is not a whole number of a sensible size",
    "int_type": "is not a whole number",
    "int_from_float": "is not a whole number",
    "float_parsing": "is not a number",
    "float_type": "is not a number",
    "finite_number": "is not a number",
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
}


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "fields"
    if isinstance(value, list):
        return "a list"
    return quoted(str(value))


def _range(cls: type[Any], path: Path) -> str:
    marks = marks_at(cls, path)
    unit = " seconds" if marks.get("unit") == "duration" else ""
    return f"{marks['low']:g} to {marks['high']:g}{unit} is possible"


def marks_at(cls: type[Any], path: Path) -> Mapping[str, Any]:
    """The marks of the last field on a path from ``cls``, which hold for each value in it."""
    for end in range(len(path), 0, -1):
        owner = type_at(cls, path[: end - 1])
        if is_dataclass(owner):
            return next((field.metadata for field in fields(owner) if field.name == path[end - 1]), {})
    return {}
