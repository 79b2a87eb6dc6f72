"""The sound's thread asks to be woken early, and goes on where nobody grants it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from trainer.audio import urgency

REFUSED = """
import os, sys
from trainer.audio import urgency
def refuse(*_):
    raise PermissionError
os.sched_setscheduler = refuse
said = urgency.hurry()
print(said, os.sched_getscheduler(0) == os.SCHED_OTHER)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lets a program ask")
def test_where_real_time_is_refused_short_turns_are_asked_for_and_nothing_is_raised() -> None:
    done = subprocess.run([sys.executable, "-c", REFUSED], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("short turns True", "True")
    assert done.stderr == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lets a program ask")
def test_real_time_is_taken_where_it_is_granted() -> None:
    code = (
        "import os; from trainer.audio import urgency; print(urgency.hurry(), os.sched_getscheduler(0) == os.SCHED_RR)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() in (["real", "time", "True"], ["short", "turns", "False"], ["False"])


@pytest.mark.parametrize(("system", "machine"), [("darwin", "arm64"), ("win32", "AMD64"), ("linux", "pdp11")])
def test_elsewhere_nothing_is_asked(system: str, machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("trainer.audio.urgency.sys.platform", system)
    monkeypatch.setattr("trainer.audio.urgency.platform.machine", lambda: machine)
    monkeypatch.setattr(os, "sched_setscheduler", refuse, raising=False)
    assert urgency.hurry() == ""
