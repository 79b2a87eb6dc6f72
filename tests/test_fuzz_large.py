"""Files that are too large, too deep or too many: refused soon, in one line, and within 300 MB of memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import ROOT, STILL_WRITTEN
from trainer.importing.stream import LONGEST
from trainer.library.text import MOST_BYTES

MOST_MEMORY_KB = 300 * 1024
"""Resident at the most, the interpreter and all that it imports included."""
SOON_S = 3.0
"""Seconds of processor that a refusal takes at the most: what grows with the square of a file takes minutes."""
MADE = Callable[[Path], object]
COLUMNS = "id,at,moment,activity,knee,score,note,session\n"
EMPTY = '{"schema":"joint-trainer/1","sessions":[],"ratings":['


def sparse(size: int, begin: str = "") -> MADE:
    """A file of that size that takes no room: what follows its beginning is zeros."""

    def make(path: Path) -> None:
        path.write_text(begin)
        os.truncate(path, size)

    return make


def text(made: Callable[[], str]) -> MADE:
    return lambda path: path.write_text(made())


def filled(begin: str, piece: str, letters: int, end: str = "") -> MADE:
    """The piece as often as makes so many letters."""
    return text(lambda: begin + piece * (letters // len(piece)) + end)


RECORD = EMPTY + "["
DIARIES: dict[str, MADE] = {
    "a gigabyte of JSON": sparse(2**30, EMPTY),
    "a gigabyte of CSV": sparse(2**30, COLUMNS),
    "rows by the million": filled(COLUMNS, "x,2026-01-01T00:00:00+00:00,now,,left,3,,\n", 44_000_000),
    "records by the million": filled(EMPTY, "{},", 16_000_000),
    "one string": filled('{"schema":"', "x", LONGEST, '"}'),
    "one string with a letter of four bytes": filled('{"schema":"🦵', "x", LONGEST, '"}'),
    "one record of small lists": filled(RECORD, "[[[[]]]],", LONGEST),
    "one record of records": filled(RECORD, '{"a":1},', LONGEST),
    "one record of numbers": filled(RECORD, "1,", LONGEST),
    "one record of words with letters of four bytes": filled(RECORD, '"🦵🦵",', LONGEST),
    "one record of different numbers": text(lambda: RECORD + ",".join(f"0.{n}" for n in range(590_000)) + "]]}"),
    "nothing but spaces": filled(EMPTY, " ", 3 * LONGEST),
    "a million lists inside each other": filled(RECORD, "[", 1_000_000),
    "a million records inside each other": filled(RECORD, '{"a":', 5_000_000),
    "one number of ten million digits": filled(RECORD, "9", 10_000_000, "]"),
    "many names, one of them twice": text(
        lambda: EMPTY + "{" + ",".join(f'"k{n}":1' for n in range(400_000)) + ',"k399999":1}'
    ),
    "rows that end in carriage returns": filled(COLUMNS, "\r", 20_000_000),
    "one quoted cell": filled(f'{COLUMNS}"', "x", 20_000_000, '"'),
    "a row of ten million cells": filled("", ",", 10_000_000),
}
CONTENTS: dict[str, MADE] = {
    "a gigabyte": sparse(2**30, "id: x\n"),
    "too many values": text(lambda: "id: [" + "a," * 490_000 + "]"),
    "too deep": text(lambda: "[" * (MOST_BYTES - 1)),
    "too deep in fields": text(lambda: "{a: " * (MOST_BYTES // 4 - 1)),
    "a billion laughs": text(
        lambda: "\n".join(f"k{n}: &k{n} [{','.join([f'*k{n - 1}' if n else 'x'] * 9)}]" for n in range(30))
    ),
    "three hundred drills of strangers": text(
        lambda: (
            "drills:\n" + ("- {" + ", ".join(f"{c}idd{n}: x" for c in "abcdefghijkmno" for n in range(4)) + "}\n") * 300
        )
    ),
    "three hundred drills of mistakes": text(
        lambda: (
            "drills:\n"
            + "- {region: hipp, position: x, dose: {reps: x, tempo: y, q: 1}, keyframes: [[], {}, 3]}\n" * 300
        )
    ),
    "the same name twenty thousand times": text(lambda: "id: 1\n" * 19_000),
    "one long word": text(lambda: f"id: {'a-' * 400_000}!\nname: {'x' * 90_000}\nitems: []\n"),
    "two hundred unknown drills": text(
        lambda: "id: x\nname: x\nitems:\n" + "- {drill: ankle-cirkels-of-the-foot}\n" * 200
    ),
}


_ASK = """
import json, os, sys
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    json.dump([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss], file)
"""
"""Asks from a small process: what a child is said to have used begins with the memory of the one that started it."""


def ran(folder: Path, *words: str) -> tuple[int, str, str, float, int]:
    """Exit code, stdout, stderr, seconds of processor and kilobytes of memory of the real program."""
    environ = {**os.environ, "TRAINER_DATA_DIR": str(folder / "d"), "TRAINER_CONFIG_DIR": str(folder / "c")}
    command = (sys.executable, "-m", "trainer", *words)
    with (folder / "out").open("w+b") as out, (folder / "err").open("w+b") as err:
        asking = (sys.executable, "-I", "-S", "-c", _ASK, str(folder / "used"))
        subprocess.run((*asking, *command), cwd=ROOT, env=environ, stdout=out, stderr=err, check=True)
    told, complaint, used = ((folder / name).read_text() for name in ("out", "err", "used"))
    code, seconds, peak = json.loads(used)
    return code, told, complaint, seconds, peak // (1024 if sys.platform == "darwin" else 1)


@pytest.fixture(scope="module")
def idle_s(tmp_path_factory: pytest.TempPathFactory) -> float:
    """What the program takes to start and to do next to nothing."""
    return ran(tmp_path_factory.mktemp("idle"), "routines")[3]


pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="no way here to ask what a child used")


@pytest.mark.parametrize("name", DIARIES)
def test_a_diary_is_refused_soon(tmp_path: Path, idle_s: float, name: str) -> None:
    path = tmp_path / "diary"
    DIARIES[name](path)
    code, told, complaint, seconds, memory = ran(tmp_path, "import", str(path))
    path.unlink()
    assert (code, told) == (2, "")
    assert STILL_WRITTEN.fullmatch(complaint)
    assert memory < MOST_MEMORY_KB, f"{memory / 1024:.0f} MB"
    assert seconds < idle_s + SOON_S, f"{seconds:.1f} s"
    assert not (tmp_path / "d" / "trainer.db").exists()


@pytest.mark.parametrize("name", CONTENTS)
def test_content_is_refused_soon(tmp_path: Path, idle_s: float, name: str) -> None:
    path = tmp_path / "it.yaml"
    CONTENTS[name](path)
    code, told, complaint, seconds, memory = ran(tmp_path, "check", str(path))
    assert (code, complaint) == (1, "")
    assert 1 <= len(told.splitlines()) <= 101
    assert memory < MOST_MEMORY_KB, f"{memory / 1024:.0f} MB"
    assert seconds < idle_s + SOON_S, f"{seconds:.1f} s"


def test_a_pipe_without_end_is_read_to_the_limit(tmp_path: Path) -> None:
    environ = {**os.environ, "TRAINER_DATA_DIR": str(tmp_path), "TRAINER_CONFIG_DIR": str(tmp_path)}
    words = f"(printf '{EMPTY}'; yes '') | {sys.executable} -m trainer import -"
    done = subprocess.run(["bash", "-c", words], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing but spaces" in done.stderr
