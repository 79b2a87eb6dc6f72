"""What is installed is the whole trainer: a wheel, in an empty environment, with the source tree out of reach."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import trainer

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path, environ: dict[str, str] | None = None) -> str:
    answer = subprocess.run(command, cwd=cwd, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was built from that archive alone."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel, beside the libraries that are here already."""
    folder = tmp_path_factory.mktemp("installed")
    made = venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt")
    made.create(folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = programs / ("python.exe" if os.name == "nt" else "python")
    # No network: the libraries are borrowed. Links to source trees (.pth files) are not followed from here.
    places = {"base": str(folder), "platbase": str(folder)}
    borrowed = Path(sysconfig.get_path("purelib", vars=places)) / "borrowed.pth"
    borrowed.write_text("\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--no-index", "--no-deps", "--ignore-installed", wheel, cwd=folder)
    return programs


def clean(folder: Path) -> dict[str, str]:
    """An environment that knows nothing of this one."""
    environ = {"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8", "LOCALAPPDATA": str(folder)}
    return environ | {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def ask(installed: Path, folder: Path, *words: str) -> str:
    """Run the installed command from somewhere else, in a clean environment."""
    return run(installed / "trainer", *words, cwd=folder, environ=clean(folder))


def test_the_wheel_holds_routines_sounds_and_style_but_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    shipped = {
        f"trainer/{path.relative_to(ROOT).as_posix()}"
        for folder in ("routines", "sounds")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"trainer/routines/gym-floor-quick.yaml", "trainer/routines/body.yaml", "trainer/sounds/go.wav"} <= shipped
    assert shipped <= names
    assert {"trainer/ui/app.tcss", "trainer/cli.py", "trainer/__main__.py"} <= names
    tops = {name.split("/")[0] for name in names}
    assert tops == {"trainer", f"joint_trainer-{trainer.__version__}.dist-info"}
    assert not [name for name in names if "test" in name.lower() or name.endswith(".pyc")]
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_source_archive_holds_what_its_own_tests_need(built: Path) -> None:
    (found,) = built.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        tops = {name.split("/")[1] for name in archive.getnames() if "/" in name}
    assert {"trainer", "routines", "sounds", "tests", "docs", "scripts", "benchmarks", "README.md", "LICENSE"} <= tops
    assert ".git" not in tops


def test_the_installed_command_lists_and_shows_from_anywhere(installed: Path, tmp_path: Path) -> None:
    listed = ask(installed, tmp_path, "routines")
    for routine in (ROOT / "routines").glob("*.yaml"):
        assert routine.stem == "body" or routine.stem in listed
    assert "done" in ask(installed, tmp_path, "show", "every-joint").splitlines()[-1]
    timeline = json.loads(ask(installed, tmp_path, "show", "every-joint", "--json"))
    assert timeline["total_s"] == sum(phase["duration_s"] for phase in timeline["phases"]) > 600
    assert ask(installed, tmp_path, "--version").split()[-1] == trainer.__version__


def test_what_runs_there_is_the_installed_copy_with_its_own_routines_and_sounds(
    installed: Path, tmp_path: Path
) -> None:
    code = (
        "import os, trainer, trainer.cli\n"
        "from trainer.paths import find_folders\n"
        "folders = find_folders(os.environ)\n"
        "print(trainer.__file__, folders.shipped_routines, folders.sounds, sep='\\n')"
    )
    places = run(installed / "python", "-c", code, cwd=tmp_path, environ=clean(tmp_path)).splitlines()
    assert len(places) == 3
    for place in places:
        assert Path(place).is_relative_to(installed.parent)
        assert Path(place).exists()
