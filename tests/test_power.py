from __future__ import annotations

from pathlib import Path

import pytest

from trainer.power import OFTEN, SELDOM, frames_a_second


def battery(folder: Path, status: str) -> Path:
    (folder / "BAT0").mkdir()
    (folder / "BAT0" / "status").write_text(status)
    return folder


@pytest.mark.parametrize(("status", "rate"), [("Discharging\n", SELDOM), ("Charging\n", OFTEN), ("Full\n", OFTEN)])
def test_a_battery_that_is_emptied_is_spared(tmp_path: Path, status: str, rate: float) -> None:
    assert frames_a_second({}, battery(tmp_path, status)) == rate


def test_a_line_to_another_machine_is_spared(tmp_path: Path) -> None:
    assert frames_a_second({"SSH_CONNECTION": "a b"}, tmp_path) == SELDOM


def test_where_nothing_is_known_it_moves_often(tmp_path: Path) -> None:
    assert frames_a_second({}, tmp_path / "none") == OFTEN
    (tmp_path / "BAT0" / "status").mkdir(parents=True)
    assert frames_a_second({}, tmp_path) == OFTEN
