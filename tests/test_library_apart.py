from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.app import SHIPPED
from trainer.core.errors import ContentError
from trainer.library import read_library
from trainer.library.apart import read_library_apart

ROUTINES = SHIPPED.shipped_routines


def test_a_child_reads_the_same_library(tmp_path: Path) -> None:
    own = tmp_path / "routines"
    own.mkdir()
    (own / "mine.yaml").write_text("id: mine\nname: Mine\nitems: [{drill: no-such}]\n", encoding="utf-8")
    assert read_library_apart(ROUTINES, tmp_path) == read_library(ROUTINES, tmp_path)


def test_what_lies_in_the_folder_one_is_in_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("yaml", "pickle"):
        (tmp_path / f"{name}.py").write_text("open('was-run', 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(read_library_apart(ROUTINES, tmp_path).drills) == 44
    assert not Path("was-run").exists()


def test_what_checks_files_stays_out_of_this_process(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from trainer.library.apart import read_library_apart\n"
        "assert len(read_library_apart(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])).drills) == 44\n"
        "assert not {'pydantic', 'yaml'} & set(sys.modules)\n"
    )
    answer = subprocess.run([sys.executable, "-c", code, str(ROUTINES), str(tmp_path)], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("interpreter", ["/nowhere/python", "", "/bin/false", "/bin/true"])
def test_without_a_child_it_is_read_here(interpreter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", interpreter)
    assert len(read_library_apart(ROUTINES, tmp_path).drills) == 44


def test_a_missing_library_is_a_complaint_and_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        read_library_apart(tmp_path / "none", tmp_path)
