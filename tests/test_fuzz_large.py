"""Files that are too large, too deep or too many: refused soon, in one line, and within 300 MB of memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import ROOT, STILL_WRITTEN
from trainer.importing.source import IN_MEMORY, LARGEST
from trainer.library.text import MOST_BYTES

MOST_MEMORY_KB = 300 * 1024
"""Resident at the most, the interpreter and all that it imports included."""
MADE = Callable[[Path], object]
COLUMNS = "id,at,moment,activity,knee,score,note,session\n"
RATING = (
    '{"id":"%d","at":"2026-01-01T00:00:00+00:00","moment":"now","activity":null,"knee":"left","score":3,"note":null,'
)
EMPTY = '{"schema":"joint-trainer/1","sessions":[],"ratings":['


def sparse(size: int, begin: str = "") -> MADE:
    """A file of that size that takes no room: what follows its beginning is zeros."""

    def make(path: Path) -> None:
        path.write_text(begin)
        os.truncate(path, size)

    return make


def text(made: Callable[[], str]) -> MADE:
    return lambda path: path.write_text(made())


def filled(begin: str, piece: str, size: int, end: str = "") -> MADE:
    """As many numbered pieces as the size takes."""

    def make(path: Path) -> None:
        with path.open("w") as file:
            written, number = file.write(begin), 0
            while written < size:
                written += file.write(piece % number if "%" in piece else piece)
                number += 1
            file.write(end)

    return make


def ten_million_rows(path: Path) -> None:
    block = "x,2026-01-01T00:00:00+00:00,now,,left,3,,\n" * 10_000
    with path.open("w") as file:
        file.write(COLUMNS)
        for _ in range(1000):
            file.write(block)


DIARIES: dict[str, MADE] = {
    "a gigabyte of JSON": sparse(2**30, EMPTY),
    "a gigabyte of CSV": sparse(2**30, COLUMNS),
    "ten million rows": ten_million_rows,
    "as large as may be, in one string": filled('{"schema":"', "x" * 4096, LARGEST - 8192, '"}'),
    "as large as may be, in small lists": filled(EMPTY, "[[[[]]]],", LARGEST - 100, "0]}"),
    "as large as may be, in records": filled(EMPTY, RATING + '"session":null},', LARGEST - 1000, "0]}"),
    "as large as may be, in numbers": filled(EMPTY, "1,", LARGEST - 100, "0]}"),
    "as large as may be, with a letter of four bytes": filled('{"schema":"🦵', "x" * 4096, LARGEST - 8192, '"}'),
    "as large as may be, in records with such a letter": filled(
        EMPTY + (RATING % 0).replace('"note":null', '"note":"🦵"').replace('"0"', '"zero"') + '"session":null},',
        RATING + " " * 25 + '"session":null},',
        LARGEST - 999,
        "0]}",
    ),
    "as large as may be with a letter of four bytes": filled('{"schema":"🦵', "x" * 4096, IN_MEMORY // 4 - 9999, '"}'),
    "as large as may be, in lines with such a letter": filled(COLUMNS + "🦵", "x" * 400 + "\n", IN_MEMORY // 4 - 9999),
    "as large as may be, in different numbers": filled(EMPTY, "0.12345%d,", 1_990_000 * 14, "0]}"),
    "as large as may be, in different records": filled(EMPTY, '{"name%d":[]},', 190_000 * 14, "0]}"),
    "as large as may be, in sound records": filled(EMPTY, RATING + '"session":null},', 200_000 * 134, "0]}"),
    "a million lists inside each other": text(lambda: "[" * 1_000_000),
    "a million records inside each other": text(lambda: '{"a":' * 1_000_000),
    "one number of ten million digits": text(lambda: f"[{'9' * 10_000_000}]"),
    "many names, one of them twice": text(
        lambda: "{" + ",".join(f'"k{n}":1' for n in range(400_000)) + ',"k399999":1}'
    ),
    "rows that end in carriage returns": text(lambda: COLUMNS + "\r" * 20_000_000),
    "one quoted cell": text(lambda: f'{COLUMNS}"{"x" * 20_000_000}'),
    "a row of ten million cells": text(lambda: "," * 10_000_000),
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
    assert seconds < idle_s + (5 if "large" in name else 1), f"{seconds:.1f} s"
    assert not (tmp_path / "d" / "trainer.db").exists()


@pytest.mark.parametrize("name", CONTENTS)
def test_content_is_refused_soon(tmp_path: Path, idle_s: float, name: str) -> None:
    path = tmp_path / "it.yaml"
    CONTENTS[name](path)
    code, told, complaint, seconds, memory = ran(tmp_path, "check", str(path))
    assert (code, complaint) == (1, "")
    assert 1 <= len(told.splitlines()) <= 101
    assert memory < MOST_MEMORY_KB, f"{memory / 1024:.0f} MB"
    assert seconds < idle_s + 1, f"{seconds:.1f} s"


def test_a_pipe_without_end_is_read_to_the_limit(tmp_path: Path) -> None:
    began = time.monotonic()
    words = f"yes '[1,2,3],' | {sys.executable} -m trainer import -"
    environ = {**os.environ, "TRAINER_DATA_DIR": str(tmp_path), "TRAINER_CONFIG_DIR": str(tmp_path)}
    done = subprocess.run(["bash", "-c", words], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert "larger than" in done.stderr
    assert time.monotonic() - began < 30
