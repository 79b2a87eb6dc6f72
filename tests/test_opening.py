"""What the app is opened with: a diary that another window holds is waited for once, not at every look."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from trainer.log import Log
from trainer.paths import find_folders
from trainer.store import Diary, Store
from trainer.verbs.opening import AGAIN_S, WAIT_S, open_diary


def test_a_diary_that_is_held_by_another_window_is_waited_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})
    waits: list[float] = []

    def opened(path: Path, *, patience_s: float) -> Store:
        waits.append(patience_s)
        return real(path, patience_s=0)

    def look(diary: Diary) -> str:
        return diary.read(lambda store: str(len(store.sessions())), "held")

    real = Store.open
    real(folders.database).close()
    monkeypatch.setattr(Store, "open", opened)
    other = sqlite3.connect(folders.database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    diary = open_diary(folders, Log())
    assert [look(diary) for _ in range(3)] == ["held"] * 3
    other.execute("ROLLBACK")
    assert look(diary) == "0"
    assert diary.close()
    assert look(diary) == "0"
    assert waits == [WAIT_S, AGAIN_S, AGAIN_S, AGAIN_S, WAIT_S]
    assert diary.close()
    other.close()
