"""Killed at any instant, nothing that was said to be saved is lost; and whoever looks for it would see what is."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="needs a pseudo-terminal, which this platform does not have")

from tests.diaries import NOON, by_hand, make_rating, make_record, reopened
from tests.killed import Fate, damage
from tests.terminal import environment
from trainer.core.record import Status

SEED = 20261122
KILLS = 20
CALL = re.compile(r"(?P<name>fsync|fdatasync|write|pwrite64|unlink)\((?P<rest>.*)")


def test_twenty_kills_lose_nothing_that_was_said_to_be_saved(tmp_path: Path) -> None:
    fate = Fate(tmp_path, SEED)
    for number in range(KILLS):
        fate.strike((("app", "rate", "app", "import")[number % 4],))
    assert fate.figures.damage == [], fate.figures
    assert fate.figures.is_fine, fate.figures
    assert fate.figures.kills.total() == KILLS
    assert fate.figures.acknowledged > 0
    assert fate.figures.phases > 0


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_rating_is_on_the_disk_before_it_is_said_to_be_saved(tmp_path: Path) -> None:
    """What a kill cannot show: the last write into the diary is synced before the word goes out."""
    log = tmp_path / "calls"
    words = ("-f", "-y", "-e", "trace=fsync,fdatasync,write,pwrite64,unlink", "-o", str(log))
    command = (sys.executable, "-m", "trainer", "rate", "3", "--knee", "right")
    answer = subprocess.run(["strace", *words, *command], env=environment(tmp_path), capture_output=True, text=True)
    if answer.returncode and "ptrace" in answer.stderr:
        pytest.skip("strace may not trace here")
    assert answer.returncode == 0, answer.stderr
    calls = [found for line in log.read_text().splitlines() if (found := CALL.search(line))]
    said = next(place for place, call in enumerate(calls) if call["name"] == "write" and '"Saved: ' in call["rest"])
    touched = [call["name"] for call in calls[:said] if re.match(r"\d+<[^>]*trainer\.db>", call["rest"])]
    assert touched[-1] in ("fsync", "fdatasync")
    gone = max(
        place for place, call in enumerate(calls) if call["name"] == "unlink" and "trainer.db-journal" in call["rest"]
    )
    folder = [call for call in calls[gone:said] if call["name"] in ("fsync", "fdatasync") and "/data>" in call["rest"]]
    assert folder, "the end of the journal was not put on the disk"


class TestTheLookAfterwards:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "trainer.db"
        with reopened(path) as store:
            for number in range(50):
                store.begin(make_record(f"s{number}"))
                store.rate(make_rating(f"r{number}", session=f"s{number}"))
                store.end(f"s{number}", Status.FINISHED, NOON, 60.0)
        return path

    def test_a_sound_diary_has_no_damage(self, path: Path) -> None:
        assert list(damage(path)) == []

    @pytest.mark.parametrize(
        ("spoil", "told"),
        [
            (lambda file: file.execute("UPDATE sessions SET status = 'running' WHERE id = 's1'"), "s1 is running"),
            (lambda file: file.execute("UPDATE sessions SET ended_at = NULL"), "no end"),
            (lambda file: file.execute("UPDATE ratings SET score = 11 WHERE id = 'r1'"), "integrity_check"),
        ],
    )
    def test_what_is_not_as_it_should_be_is_seen(
        self, path: Path, spoil: Callable[[sqlite3.Connection], object], told: str
    ) -> None:
        with by_hand(path) as file:
            spoil(file)
        assert told in "\n".join(damage(path))

    def test_a_page_that_turned_is_seen(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as file:
            (root,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ratings_by_time'").fetchone()
            (size,) = file.execute("PRAGMA page_size").fetchone()
        data = bytearray(path.read_bytes())
        data[(root - 1) * size + 8 : root * size] = bytes(size - 8)
        path.write_bytes(data)
        assert list(damage(path)) != []

    def test_a_promise_that_was_not_kept_is_counted(self, tmp_path: Path) -> None:
        fate = Fate(tmp_path, SEED)
        fate._count_acknowledged(["one", "two", "two"], ["two", "three"])
        assert (fate.figures.acknowledged, fate.figures.found) == (3, 1)
        assert not fate.figures.is_fine

    def test_an_older_entry_that_is_gone_is_told(self, tmp_path: Path) -> None:
        fate = Fate(tmp_path, SEED)
        before = fate.old.read()
        with by_hand(fate.old.database) as file:
            file.execute("DELETE FROM ratings WHERE id = (SELECT max(id) FROM ratings)")
        with reopened(fate.old.database) as store:
            store.begin(make_record("new"))
            store.rate(make_rating("newer"))
        sessions, ratings = fate._look(fate.old, before)
        assert ([one.id for one in sessions], [one.id for one in ratings]) == (["new"], ["newer"])
        assert fate.figures.damage
        assert all("older entries are lost" in what for what in fate.figures.damage)
