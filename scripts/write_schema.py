"""Writes docs/schema/*.json, by which an editor completes and checks routine and drill files while they are typed.

Run ``python scripts/write_schema.py`` after a field of a drill, a routine or the body has changed.
"""

from __future__ import annotations

import ast
import inspect
import json
from dataclasses import is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from trainer.body import skeleton
from trainer.core import drill, routine
from trainer.library.shapes import adapter

FOLDER = Path(__file__).parent.parent / "docs" / "schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Each schema by its file's name."""
    drills = _schema(drill.Drill)
    one = {name: part for name, part in drills.items() if name not in ("$defs", "$schema")}
    file = {
        "$schema": DIALECT,
        "title": "Drills",
        "description": "A file of drills.",
        "type": "object",
        "properties": {"drills": {"type": "array", "items": {"$ref": "#/$defs/Drill"}, "minItems": 1}},
        "required": ["drills"],
        "$defs": {**drills["$defs"], "Drill": one},
    }
    return {
        "routine.json": _schema(routine.Routine),
        "drills.json": file,
        "body.json": _schema(skeleton.Body),
    }


def _schema(cls: type[Any]) -> dict[str, Any]:
    schema = {"$schema": DIALECT, **adapter(cls).json_schema()}
    said = {name: words for module in (drill, routine, skeleton) for name, words in _docstrings(module).items()}
    for part in [schema, *schema.get("$defs", {}).values()]:
        whole, of_fields = said.get(part["title"], ("", {}))
        if whole:
            part["description"] = whole
        for name, field in part.get("properties", {}).items():
            field.pop("title", None)
            field["description"] = of_fields.get(name, "")
    return schema


def _docstrings(module: ModuleType) -> dict[str, tuple[str, dict[str, str]]]:
    """What the docstrings of a module's dataclasses, and those under their fields, say."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef) and is_dataclass(getattr(module, node.name)):
            fields: dict[str, str] = {}
            for before, after in zip(node.body, node.body[1:], strict=False):
                match before, after:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                        fields[name] = words.replace("``", "")
            whole = (ast.get_docstring(node) or "").splitlines()[0]
            found[node.name] = (whole.replace("``", ""), fields)
    return found


def text(schema: dict[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (FOLDER / name).write_text(text(schema), "utf-8")
        print(FOLDER / name)
