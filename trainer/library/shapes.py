"""The shapes of files: pydantic forms derived from the core's own dataclasses.

A form is made field by field from a dataclass and the marks in its metadata, so that nothing about a drill is said a
second time here. What a form accepts comes out as that dataclass. Only this file imports pydantic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic import Field as Bounds

from trainer.core.duration import seconds
from trainer.library.complaints import Path, explain
from trainer.library.mending import mend
from trainer.library.places import Mistake, Node

T = TypeVar("T")

MOST_MISTAKES = 1000
"""Mistakes in one piece that are put into words; far more than anybody reads."""

_DURATION_SCHEMA = {"type": ["number", "string"], "pattern": r"^\s*\+?[0-9]*\.?[0-9]*\s*(s|sec|m|min)?\s*$"}


@dataclass(frozen=True, slots=True)
class Shaped(Generic[T]):
    """A part of a file held against its shape."""

    value: T | None
    """What it says. Where there are mistakes, as if they were mended, so that other mistakes can still be found."""
    mistakes: tuple[Mistake, ...] = ()
    """What is wrong with its shape."""
    guessed: tuple[Path, ...] = ()
    """Where ``value`` does not say what the file does."""


def check_shape(cls: type[T], node: Node, most: int = MOST_MISTAKES) -> Shaped[T]:
    """What a part of a file says, as ``cls``, and the mistakes in its shape; ``most`` of them are put into words."""
    plain = node.plain()
    try:
        return Shaped(adapter(cls).validate_python(plain))
    except ValidationError as error:
        findings = _that_stand(error.errors(include_url=False))
    mistakes = explain(cls, node, findings[:most])
    mended, guessed = mend(cls, plain, findings)
    try:
        return Shaped(adapter(cls).validate_python(mended), mistakes, guessed)
    except ValidationError:
        return Shaped(None, mistakes)


def _that_stand(findings: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The findings without lists called too short only because what is in them is wrong and was not counted."""
    told = list(findings)
    around = {finding["loc"][:end] for finding in told for end in range(len(finding["loc"]))}
    return [finding for finding in told if finding["type"] != "too_short" or finding["loc"] not in around]


def adapter(cls: Any) -> TypeAdapter[Any]:
    """Checks text against ``cls`` and builds it; also writes its JSON Schema."""
    return _adapter(cls)


@cache
def _adapter(cls: Any) -> TypeAdapter[Any]:
    return TypeAdapter(_form(cls))


def _form(cls: Any) -> Any:
    hints = get_type_hints(cls)
    entries: dict[str, Any] = {}
    for field in fields(cls):
        if not field.metadata.get("computed"):
            is_required = field.default is MISSING
            kind = _kind(hints[field.name], field.metadata, is_required)
            entries[field.name] = (kind, ... if is_required else field.default)
    config: ConfigDict = getattr(cls, "__pydantic_config__", ConfigDict())
    model = create_model(cls.__name__, __config__=config, **entries)
    return Annotated[model, AfterValidator(partial(_build, cls))]


def _build(cls: type[T], read: BaseModel) -> T:
    return cls(**{name: getattr(read, name) for name in read.model_fields_set})


def _kind(hint: Any, marks: Mapping[str, Any], is_required: bool = True) -> Any:
    """The type that pydantic is to check for a field: its hint, narrowed by its marks."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        (wanted,) = (kind for kind in inner if kind is not NoneType)
        return _kind(wanted, marks) | None
    if origin is tuple:
        parts = tuple(part if part is Ellipsis else _kind(part, marks) for part in inner)
        many: Any = tuple.__class_getitem__(parts)
        return Annotated[many, Bounds(min_length=marks.get("fewest"), max_length=marks.get("most"))]
    if origin is not None:
        return dict[str, _kind(inner[1], marks)]  # type: ignore[misc]
    if is_dataclass(hint):
        return _form(hint)
    if hint is str:
        return _text(marks, is_required)
    return _number(hint, marks) if hint is int or hint is float else hint


def _number(hint: Any, marks: Mapping[str, Any]) -> Any:
    if marks.get("unit") == "duration":
        bounds = Bounds(ge=marks["low"], le=marks["high"])
        return Annotated[float, bounds, BeforeValidator(seconds), WithJsonSchema(_DURATION_SCHEMA)]
    low, high = marks.get("low"), marks.get("high")
    if hint is int:
        return Annotated[int, Bounds(ge=low, le=high)]
    return Annotated[float, Bounds(ge=low, le=high, allow_inf_nan=False)]


def _text(marks: Mapping[str, Any], is_required: bool) -> Any:
    if "words" in marks:
        return Literal[marks["words"]]
    bounds = Bounds(min_length=1 if is_required else None, max_length=marks.get("letters"))
    return Annotated[str, bounds, BeforeValidator(_one_line)]


def _one_line(text: Any) -> Any:
    """Text as a screen shows it: line ends and runs of blanks are one space."""
    return " ".join(text.split()) if isinstance(text, str) else text
