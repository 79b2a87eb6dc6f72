"""What a running session costs, and how fast a key is seen, beside a minimal Textual app that counts seconds.

python benchmarks/session.py [SECONDS]

The goals, in a terminal of 120x36: 3 % of a core with a figure that stands still, 6 % with one that moves; memory 20 MB
above that of a window with no room for one. With sound, the device is the one that is here, or a pretend loudspeaker
where PulseAudio is installed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from beside import FIRST_OF_MINIMAL, MINIMAL, TRAINER, cpu_s, peak_mb, prepared, told

from tests import pulse
from tests.terminal import Terminal

STILL_GOAL = 3.0
MOVING_GOAL = 6.0
KEYS = 20


def main(seconds: float) -> None:
    """Prints per cent of a core and ms from key to screen."""
    print(f"{'':<22}{'% of a core':>12}{'bytes/s':>9}{'key, least':>12}{'median':>8}{'most':>8}  ms{'MB':>8}")
    with prepared() as environ:
        session = (*TRAINER, "start", "every-joint", "--skip-before")
        with Terminal((*MINIMAL, "tick"), environ) as terminal:
            terminal.wait_for_bytes(FIRST_OF_MINIMAL)
            _measure("minimal app, 1 Hz", terminal, seconds, lambda n: f"PRESS {n}.")
        with Terminal((*session, "--audio", "off"), {**environ, "TEXTUAL_ANIMATIONS": "none"}) as terminal:
            _begin(terminal)
            still = _measure("figure still, silent", terminal, seconds, _pause_words)
        with Terminal((*session, "--audio", "off"), environ) as terminal:
            _begin(terminal)
            moving = _measure("figure moving, silent", terminal, seconds, _pause_words)
        with Terminal((*session, "--audio", "off"), environ, columns=58, rows=16) as terminal:
            _begin(terminal)
            _measure("no room for a figure", terminal, seconds, lambda press: "PAUSED" if press % 2 else "GOING ON")
        gone = pulse.missing()
        if gone:
            print(f"figure moving, sound: skipped: {gone}")
        else:
            with pulse.speaker() as speaker, Terminal(session, {**environ, **speaker.environment}) as terminal:
                _begin(terminal)
                _measure("figure moving, sound", terminal, seconds, _pause_words)
    print(told("% of a core, still", still, STILL_GOAL))
    print(told("% of a core, moving", moving, MOVING_GOAL))


def _begin(terminal: Terminal) -> None:
    terminal.wait_for("Rep 1/", within_s=30)


def _pause_words(press: int) -> str:
    """What the screen writes in one piece when it pauses, and when it goes on."""
    return "after 3-2-1" if press % 2 else "GOING ON"


def _measure(name: str, terminal: Terminal, seconds: float, words: Callable[[int], str]) -> float:
    before, written, since = cpu_s(terminal.program.pid), len(terminal.raw), time.monotonic()
    terminal.read_for(seconds)
    took = time.monotonic() - since
    share = (cpu_s(terminal.program.pid) - before) / took * 100
    flow = (len(terminal.raw) - written) / took
    waits = []
    for press in range(1, KEYS + 1):
        terminal.read_for(0.23)
        seen, at = len(terminal.raw), time.monotonic()
        terminal.press(" ")
        waits.append(terminal.started + terminal.wait_for_bytes(words(press), since=seen) - at)
    ms = [wait * 1000 for wait in waits]
    keys = f"{min(ms):12.1f}{statistics.median(ms):8.1f}{max(ms):8.1f}"
    print(f"{name:<22}{share:12.2f}{flow:9.0f}{keys}    {peak_mb(terminal.program.pid):8.1f}")
    return share


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
