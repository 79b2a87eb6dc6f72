"""The house keeps its walls: who imports whom, who owns which outside thing, and what no file may do."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import ROOT, Source, is_foreign, room_of, sources

ADAPTERS = ("store", "audio", "settings", "paths", "events", "export", "report", "demo", "power", "cells", "log")
PURE = ("core", "body", "drawing")
MAY_IMPORT = {
    "": set[str](),
    "core": {"core"},
    "body": {"body", "core"},
    "drawing": {"drawing", "body", "core"},
    "library": {"library", "paths", "body", "core"},
    **{room: {room, "paths", "core"} for room in ADAPTERS},
    "importing": {"importing", "export", "core"},
    "past": {"past", "store", "drawing", "core"},
    "ui": {"ui", "library", "past", *ADAPTERS, *PURE},
    "verbs": {"", "verbs", "library", "importing", "past", *ADAPTERS, *PURE},
    "cli": {"", "cli", "ui", "verbs", "library", *ADAPTERS, *PURE},
    "__main__": {"cli"},
}
"""Who may import whom. The library reads the body too; verbs belong with cli, but show no screen."""
OWNERS: dict[str, str | tuple[str, ...]] = {
    "textual": "ui/",
    "rich": "ui/",
    "yaml": "library/",
    "pydantic": "library/",
    "pydantic_core": "library/",
    "sqlite3": "store/",
    "miniaudio": ("audio/miniaudio_output.py", "audio/stream.py", "audio/voice.py"),
    "simpleaudio": "audio/simpleaudio_output.py",
    "platformdirs": "paths.py",
}
"""Each outside thing and the place that may speak of it; miniaudio plays in one and reads the prompts in another."""
CARDS = {
    f"trainer.ui.{name}" for name in ("confirm", "drill_card", "correction_card", "session_card", "happening_card")
}
"""Questions and cards that a screen may lay over itself; they know nothing but what they are given."""
ROUTERS = {"ui/app.py", "ui/course.py", "ui/moments.py", "ui/caring.py", "ui/trial_course.py"}
"""The app, which leads from screen to screen."""
OUTSIDE_THE_CORE = {
    "time",
    "os",
    "io",
    "pathlib",
    "random",
    "socket",
    "subprocess",
    "threading",
    "shutil",
    "tempfile",
    "fcntl",
    "termios",
}
LONGEST = 350
LONG = {"core/session.py": 410}
"""Files that hold one idea and more lines."""
FORBIDDEN = re.compile(
    r"\b(cure[sd]?|curing|heal(s|ed|ing)?|fix(es|ed|ing)?|forever|permanent(ly)?|realign\w*|detox\w*|rewire\w*"
    r"|proven|clinically tested|physio[- ]approved|prevent(s|ed|ing|ion)?|turn(s|ed)? off (the )?pain"
    r"|all in (your|the) head|controlled articular|CARs)\b",
    re.IGNORECASE,
)
"""What no text may promise (clinical notes, section 3.4)."""
FILES = sources()
MUTATING = {"append", "add", "extend", "insert", "update", "setdefault", "pop", "popitem", "remove", "discard", "clear"}


def _each(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(name, FILES, ids=lambda source: source.place)


@_each("source")
def test_every_room_imports_only_what_it_may(source: Source) -> None:
    allowed = MAY_IMPORT[source.room]
    wrong = [
        f"{source.place}:{found.line} imports {found.module}"
        for found in source.imports
        if (room := room_of(found.module)) is not None and room not in allowed
    ]
    assert wrong == []


@_each("source")
def test_every_outside_thing_has_one_owner(source: Source) -> None:
    wrong = []
    for found in source.imports:
        top = found.module.split(".")[0]
        if (top in OWNERS or is_foreign(top)) and not source.place.startswith(OWNERS.get(top, "nowhere")):
            wrong.append(f"{source.place}:{found.line} imports {found.module}")
    assert wrong == []


def test_the_screens_are_imported_only_where_the_app_is_opened() -> None:
    (cli,) = (source for source in FILES if source.place == "cli.py")
    assert [found.line for found in cli.imports if room_of(found.module) == "ui" and not found.is_lazy] == []


def _screens() -> dict[str, set[str]]:
    """The modules that define screens, with the names of these."""
    found: dict[str, set[str]] = {}
    for source in FILES:
        for node in source.tree.body:
            if isinstance(node, ast.ClassDef) and any("Screen" in ast.unparse(base) for base in node.bases):
                found.setdefault(source.module, set()).add(node.name)
    return found


def test_screens_do_not_import_screens() -> None:
    screens = _screens()
    assert {"trainer.ui.home", "trainer.ui.session", "trainer.ui.rate", "trainer.ui.summary"} <= set(screens)
    wrong = []
    for source in FILES:
        if source.place in ROUTERS:
            continue
        for found in source.imports:
            names = screens.get(found.module, set())
            is_screen = source.module in screens and found.module in screens
            if (is_screen or names & set(found.names)) and found.module not in CARDS:
                wrong.append(f"{source.place}:{found.line} imports {found.module}")
    assert wrong == []


@_each("source")
def test_every_file_says_its_one_idea_first_and_holds_no_more(source: Source) -> None:
    words = ast.get_docstring(source.tree)
    assert words, f"{source.place} says nothing of itself"
    assert words.splitlines()[0].endswith((".", "?", ":", "!")), f"{source.place}: the first line is a sentence"
    assert len(source.text.splitlines()) <= LONG.get(source.place, LONGEST)


@_each("source")
def test_no_module_keeps_state(source: Source) -> None:
    kept = {
        name.id
        for node in source.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }
    wrong = [f"{source.place}:{line} {what}" for line, what in _changes(source.tree, kept)]
    assert wrong == []


def _changes(tree: ast.Module, kept: set[str]) -> Iterator[tuple[int, str]]:
    """Where a name of the module itself is changed after the import."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            match node:
                case ast.Global(names=names):
                    yield node.lineno, f"global {', '.join(names)}"
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=what)) if (
                    name in kept and what in MUTATING
                ):
                    yield node.lineno, f"{name}.{what}()"
                case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()) if name in kept:
                    yield node.lineno, f"{name}[…] ="


@pytest.mark.parametrize("source", [f for f in FILES if f.room in PURE], ids=lambda source: source.place)
def test_core_body_and_drawing_have_no_files_and_no_clock(source: Source) -> None:
    wrong = [f"line {found.line}: {found.module}" for found in source.imports if found.module in OUTSIDE_THE_CORE]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today"):
            wrong.append(f"line {node.lineno}: {ast.unparse(node)}")
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("open", "print", "input"):
            wrong.append(f"line {node.lineno}: {ast.unparse(node.func)}()")
    assert wrong == []


def _python(code: str, *options: str, environ: dict[str, str] | None = None) -> str:
    """Run code in an interpreter of its own; give what it printed."""
    environ = {"PATH": "", "PYTHONPATH": str(ROOT), **(environ or {})}
    answer = subprocess.run([sys.executable, *options, "-c", code], env=environ, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def _modules(*rooms: str) -> list[str]:
    return [source.module for source in FILES if source.room in rooms and source.room != "__main__"]


def test_importing_the_package_imports_nothing() -> None:
    code = "import sys; before = set(sys.modules); import trainer; print(*sorted(set(sys.modules) - before))"
    assert set(_python(code).split()) - {"__future__"} == {"trainer"}


def test_core_body_and_drawing_need_no_installed_package_and_load_no_other_room() -> None:
    code = f"import importlib, sys\nfor name in {_modules(*PURE)!r}: importlib.import_module(name)\nprint(*sys.modules)"
    loaded = _python(code, "-S").split()
    assert {room_of(module) for module in loaded} - {None, "", *PURE} == set()
    assert [module for module in loaded if module.split(".")[0] in {"asyncio", "sqlite3", "threading", "socket"}] == []


@pytest.mark.parametrize(
    "words",
    [[], ["rate", "3", "--knee", "right"], ["history"], ["trend"], ["export"]],
    ids=" ".join,
)
def test_the_shell_does_not_wait_for_screens_and_readers(words: list[str], tmp_path: Path) -> None:
    code = f"""
import sys
from trainer.cli import main
code = main({words!r}) if {words!r} else 0
print("\\n", *sys.modules)
sys.exit(code)
"""
    here = {"TRAINER_DATA_DIR": str(tmp_path / "data"), "TRAINER_CONFIG_DIR": str(tmp_path / "config")}
    loaded = {module.split(".")[0] for module in _python(code, environ=here).splitlines()[-1].split()}
    assert loaded & {"textual", "rich", "yaml", "pydantic", "miniaudio", "simpleaudio", "asyncio"} == set()


def test_nothing_slow_is_imported_before_home_is_painted() -> None:
    code = "import sys, trainer.ui.app, trainer.ui.kit; print(*sys.modules)"
    loaded = {module.split(".")[0] for module in _python(code).split()}
    assert "textual" in loaded
    assert loaded & {"yaml", "pydantic", "miniaudio", "simpleaudio"} == set()


def test_nothing_is_opened_run_or_written_while_importing() -> None:
    code = f"""
import importlib, sys
import textual.app, textual.widgets, yaml, pydantic, miniaudio, platformdirs
seen = []
def watch(event, details):
    is_code = event == "open" and str(details[0]).endswith((".py", ".pyc", ".so", ".pyd"))
    if event in ("open", "sqlite3.connect", "socket.connect", "subprocess.Popen", "os.mkdir") and not is_code:
        seen.append((event, *map(str, details[:1])))
sys.addaudithook(watch)
for name in {_modules(*{source.room for source in FILES})!r}: importlib.import_module(name)
print(*seen, sep="\\n")
"""
    assert _python(code, "-B").split() == []


def _promises(words: str) -> list[str]:
    return [found[0] for found in FORBIDDEN.finditer(words)]


def test_the_list_of_forbidden_words_catches_them() -> None:
    assert _promises("Fixes knees FOREVER; proven to heal") == ["Fixes", "FOREVER", "proven", "heal"]
    assert _promises("Lower the heels; a healthy prefix of cares, and a car") == []


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "routines").rglob("*.yaml")), ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_no_text_promises_what_nobody_knows(path: Path) -> None:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    assert [f"{path.name}:{number}: {word}" for number, line in lines for word in _promises(line)] == []


@_each("source")
def test_no_word_of_the_program_promises_what_nobody_knows(source: Source) -> None:
    assert [f"{source.place}:{line}: {word}" for line, text in source.strings() for word in _promises(text)] == []


def test_the_whole_package_was_looked_at() -> None:
    assert {"__main__.py", "core/drill.py", "ui/session.py", "ui/widgets/pain_scale.py", "verbs/rate.py"} <= {
        source.place for source in FILES
    }
