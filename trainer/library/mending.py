"""A part of a file as if its mistakes were mended, so that the mistakes behind them are found in the same go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import Any, get_args, get_origin

from trainer.library.complaints import Path, kinds_of, marks_at, type_at


def mend(cls: type[Any], plain: Any, findings: Iterable[Mapping[str, Any]]) -> tuple[Any, tuple[Path, ...]]:
    """``plain`` with every value that was found wrong left out or, where one is needed, made up; and where that was."""
    guessed: list[Path] = []
    for finding in findings:
        path: Path = finding["loc"]
        guessed.append(path)
        if not path:
            return _made_up(cls, {}), tuple(guessed)
        holder, key = _inside(plain, path[:-1]), path[-1]
        is_place = isinstance(holder, list) and isinstance(key, int) and key < len(holder)
        if is_place or (isinstance(holder, dict) and _is_needed(cls, path)):
            holder[key] = _made_up(type_at(cls, path), marks_at(cls, path))
        elif isinstance(holder, dict):
            holder.pop(key, None)
    return plain, tuple(guessed)


def _inside(value: Any, path: Path) -> Any:
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _is_needed(cls: type[Any], path: Path) -> bool:
    """Whether a path ends at a field without a default."""
    owner = type_at(cls, path[:-1])
    owned = fields(owner) if is_dataclass(owner) else ()
    return any(field.name == path[-1] and field.default is MISSING for field in owned)


def _made_up(hint: Any, marks: Mapping[str, Any]) -> Any:
    """Something of the right shape. Numbers are the greatest possible, so that a made-up tempo holds any hold."""
    if is_dataclass(hint):
        hints = kinds_of(hint)
        needed = (field for field in fields(hint) if field.default is MISSING)
        return {field.name: _made_up(hints[field.name], field.metadata) for field in needed}
    inner = get_args(hint)
    if get_origin(hint) is tuple:
        kinds = inner[:1] * marks.get("fewest", 0) if inner[-1] is Ellipsis else inner
        return [_made_up(kind, marks) for kind in kinds]
    if inner:
        return {}
    if hint in (int, float):
        return str(marks.get("high", 0))
    if hint is bool:
        return "false"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint)).value
    return marks["words"][0] if "words" in marks else "x"
