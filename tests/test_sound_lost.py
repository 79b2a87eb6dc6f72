"""The whole program, while its sound server is killed and started again: the session goes on, and is heard again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests import pulse
from tests.program import rep
from tests.terminal import Terminal, environment

PATIENT = """
import sys
from trainer import cli
from trainer.audio import apart

apart.OPENING_S = 60.0  # a machine that has no time may take long to start the sound's process
sys.exit(cli.main(sys.argv[1:]))
"""
pytestmark = pytest.mark.skipif(bool(pulse.missing()), reason=pulse.missing() or "")


def test_a_killed_sound_server_is_told_once_and_comes_back_by_itself(tmp_path: Path) -> None:
    routine = tmp_path / "one.yaml"
    routine.write_text("id: one\nname: One\nitems:\n- {drill: hip-hinge, reps: 20, tempo: 4s}\n", encoding="utf-8")
    config = tmp_path / "config"
    config.mkdir()
    (config / "settings.yaml").write_text("affected_knee: right\nsafety_accepted: 2026-10-01\n", encoding="utf-8")
    command = (sys.executable, "-c", PATIENT, "start", str(routine), "--skip-before", "--audio", "miniaudio")
    with pulse.speaker() as speaker:
        environ = environment(tmp_path, **speaker.environment)
        with Terminal(command, environ) as terminal:
            terminal.wait_for("Rep ")
            speaker.kill()
            before = rep(terminal.wait_for("sound device went away", "Rep "))
            speaker.start()
            assert terminal.wait_for("sound is back").count("went away") <= 1
            terminal.wait_until(lambda text: rep(text) > before, "the session going on")
            terminal.press("q")
            terminal.wait_for("Stop here?")
            terminal.press("y")
            terminal.wait_for("right now?")
