"""Keys that nobody would press, faster than anybody could, in a window that is pulled about: nothing breaks the app.

The same few runs each time; TRAINER_KEYS=200 tries as many others, for a night.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("pty", reason="needs a pseudo-terminal, which this platform does not have")

from tests.program import TRAINER, folder, told
from tests.terminal import Terminal, environment

__all__ = ["folder"]
RUNS = int(os.environ.get("TRAINER_KEYS", "6"))
PRESSES = 150
STARTS = (
    ("--audio", "off"),
    ("start", "gym-floor-quick", "--audio", "off", "--speed", "20"),
    ("demo", "--audio", "off"),
)
SIZES = ((120, 36), (80, 24), (60, 18), (200, 60), (40, 12), (20, 5))
ARROWS = tuple(f"\x1b[{how}{letter}" for how in ("", "1;2") for letter in "ABCD")
FURTHER = ("\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x1b[Z", "\x1b[3~", "\x7f", "\t", " ")
OFTEN = ("\r", "\x1b", "i", "d", "p") * 3
"""What opens and leaves: most faults lie on the way from one screen to another."""
MOUSE = tuple(
    f"\x1b[<{button};{column};{row}{end}"
    for button, end in ((0, "M"), (0, "m"), (64, "M"), (65, "M"), (35, "M"))
    for column, row in ((20, 10), (60, 15))
)
KEYS = (*"abcdefghijklmnopqrstuvwxyzGHV0123456789?+-[]/.,<>=_", *ARROWS, *FURTHER, *OFTEN, *MOUSE)


@pytest.mark.parametrize("seed", range(RUNS))
def test_keys_at_random_break_nothing(folder: Path, seed: int) -> None:
    chance = Random(seed)
    log = folder / "log"
    words = (*TRAINER, "--log", str(log), *STARTS[seed % len(STARTS)])
    columns, rows = chance.choice(SIZES)
    pressed: list[str] = []
    with Terminal(words, environment(folder), columns=columns, rows=rows) as terminal:
        terminal.wait_for_bytes("\x1b[?1049h")
        terminal.read_for(chance.uniform(0, 1))
        while len(pressed) < PRESSES and terminal.program.poll() is None:
            keys = "".join(chance.choices(KEYS, k=chance.choice((1, 1, 1, 2, 3, 8))))
            pressed.append(keys)
            with suppress(OSError):  # it has just ended
                terminal.press(keys)
            if chance.random() < 0.03:
                terminal.resize(*chance.choice(SIZES))
            terminal.read_for(chance.choice((0, 0.01, 0.05, 0.1)))
        if terminal.program.poll() is None:
            terminal.signal(signal.SIGTERM)
        code = terminal.end()
        left = terminal.left_behind()
    told_of = [line.split()[2] for line in log.read_text(encoding="utf-8").splitlines()]
    is_well = code in (0, 143, -signal.SIGTERM)  # the last where it was just ending by itself
    assert (is_well, left, "bug" in told_of) == (True, [], False), (code, pressed)
    assert b"Traceback" not in terminal.raw
    assert isinstance(told(folder, "history", "--json"), list)
