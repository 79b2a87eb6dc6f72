"""The whole program, while its sound server is killed and started again: the session goes on, and is heard again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests import pulse
from tests.terminal import Terminal, environment

pytestmark = pytest.mark.skipif(bool(pulse.missing()), reason=pulse.missing() or "")


def test_a_killed_sound_server_is_told_once_and_comes_back_by_itself(tmp_path: Path) -> None:
    routine = tmp_path / "one.yaml"
    routine.write_text("id: one\nname: One\nitems:\n- {drill: hip-hinge, reps: 20, tempo: 4s}\n", encoding="utf-8")
    config = tmp_path / "config"
    config.mkdir()
    (config / "settings.yaml").write_text("affected_knee: right\nsafety_accepted: 2026-10-01\n", encoding="utf-8")
    command = (sys.executable, "-m", "trainer", "start", str(routine), "--skip-before", "--audio", "miniaudio")
    with pulse.speaker() as speaker:
        environ = environment(tmp_path, **speaker.environment)
        with Terminal(command, environ) as terminal:
            terminal.wait_for("Rep 1/20", within_s=30)
            speaker.kill()
            terminal.wait_for("sound device went away", "Rep 1/20", within_s=5)
            speaker.start()
            terminal.wait_for("sound is back", within_s=5)
            assert terminal.text().count("went away") == 1
            terminal.press("q")
            terminal.wait_for("Stop here?")
            terminal.press("y")
            terminal.wait_for("right now?")
