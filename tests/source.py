"""The source read as text: which module imports what, and what else its syntax tree tells."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "trainer"


@dataclass(frozen=True, slots=True)
class Import:
    """One import, wherever in a file it stands."""

    line: int
    """Where."""
    module: str
    """What is imported, with all its dots."""
    names: tuple[str, ...]
    """What is taken from it; empty for a plain import."""
    is_lazy: bool
    """Whether it stands inside a function."""


@dataclass(frozen=True)
class Source:
    """One file of the package."""

    path: Path
    """Where it is."""

    @property
    def place(self) -> str:
        """How a message names it: ``core/drill.py``."""
        return self.path.relative_to(PACKAGE).as_posix()

    @property
    def room(self) -> str:
        """The folder directly under the package that it belongs to, or its own name."""
        parts = self.path.relative_to(PACKAGE).parts
        return parts[0].removesuffix(".py") if len(parts) > 1 or parts[0] != "__init__.py" else ""

    @property
    def module(self) -> str:
        """Its dotted name."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        """What it says."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """What it says, parsed."""
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Everything it imports, also lazily and for types alone."""
        return tuple(_imports(self.tree, is_lazy=False))

    def strings(self) -> Iterator[tuple[int, str]]:
        """Line and text of every string that is no docstring."""
        stated = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in stated:
                yield node.lineno, node.value


def sources() -> tuple[Source, ...]:
    """Every Python file of the package."""
    return tuple(Source(path) for path in sorted(PACKAGE.rglob("*.py")))


def room_of(module: str) -> str | None:
    """The room of an imported module; None where it is not ours."""
    parts = module.split(".")
    if parts[0] != "trainer":
        return None
    return parts[1] if len(parts) > 1 else ""


def is_foreign(module: str) -> bool:
    """Whether a module is neither ours nor of the standard library."""
    top = module.split(".")[0]
    return top != "trainer" and top not in sys.stdlib_module_names


def _imports(node: ast.AST, *, is_lazy: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(child.lineno, alias.name, (), is_lazy)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "imports are absolute"
            yield Import(child.lineno, child.module or "", tuple(alias.name for alias in child.names), is_lazy)
        else:
            lazy = is_lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports(child, is_lazy=lazy)
