"""Sessions of the real program, recorded: every tone and every word of the cue sheet beside what was heard.

python benchmarks/heard.py                                 five of 75 seconds each: idle, loaded, resized,
                                                           through simpleaudio, silent
python benchmarks/heard.py --routine knee-neighbours       the whole of a routine at real speed, and nothing else
python benchmarks/heard.py --routine ID --wav heard.wav    the same, kept to listen to
python benchmarks/heard.py --routine ID --disturbed        the same: a fifth of it in peace, a fifth beside two programs
                                                           that spin, then resized ten times a second, then both, then
                                                           in peace again

Errors are of the time from each sound to the next. A sound is torn where the device ran dry in the middle of it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import wave
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path

from beside import spinning

from tests.performance import Live, Onlooker, Performance, Stage, look_on
from tests.pulse import RATE, missing, speaker
from tests.score import REACH_S, Note, listen
from tests.witness import Witness, witness

TIMERS_REACH_S = 0.3
"""How far from its place a sound is looked for that a timer started."""


def pull_at_the_corner() -> Onlooker:
    """Resize the window ten times a second."""
    sizes = cycle(((120, 36), (119, 36), (140, 40), (100, 30), (80, 24), (100, 34)))

    def pull(live: Live) -> None:
        live.terminal.resize(*next(sizes))
        live.terminal.read_for(0.1)

    return pull


def told(score: Sequence[Note], performance: Performance, seen: Witness, reach_s: float = REACH_S) -> str:
    """One line about a session, and about the machine: of what it does to all programs, none is to blame."""
    cpu = f"processor {100 * performance.cpu_s / performance.lasted_s:.2f} % of a core"
    late = f"a program that nobody outranks woke {1000 * seen.late_s:.0f} ms late at worst"
    return f"{listen(performance.tape.samples, score, reach_s=reach_s).told}; {cpu}; {late}"


def keep(samples: array[int], path: Path) -> None:
    """Write what was heard as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())


@contextmanager
def disturbing(lasts_s: float) -> Iterator[Onlooker]:
    """An onlooker who leaves the first and last fifth of a session in peace, and spins, pulls and does both between."""
    began: float | None = None
    is_busy = False
    pull = pull_at_the_corner()
    with ExitStack() as spinners:

        def disturb(live: Live) -> None:
            nonlocal began, is_busy
            began = began or time.monotonic()
            fifth = int(5 * (time.monotonic() - began) / lasts_s)
            if is_busy != (fifth in (1, 3)):
                is_busy = not is_busy
                if is_busy:
                    spinners.enter_context(spinning(2))
                else:
                    spinners.close()
            (pull if fifth in (2, 3) else look_on)(live)

        yield disturb


@contextmanager
def staged() -> Iterator[tuple[Stage, str]]:
    """A stage, and the path of a short routine on it."""
    with tempfile.TemporaryDirectory() as folder, speaker() as gym:
        stage = Stage(Path(folder), gym)
        yield stage, stage.set_up()


def whole(routine: str, wav: Path | None, *, is_disturbed: bool) -> None:
    """One routine from beginning to end."""
    with staged() as (stage, _), ExitStack() as around:
        score = stage.score(routine)
        onlooker = around.enter_context(disturbing(score[-1].at_s)) if is_disturbed else look_on
        with witness() as seen:
            performance = stage.perform(routine, onlooker)
        if wav is not None:
            keep(performance.tape.samples, wav)
        print(f"{routine}: {told(score, performance, seen)}", flush=True)


def compare() -> None:
    """The short routine under several circumstances, and what sound costs."""
    circumstances: tuple[tuple[str, int, Callable[[], Onlooker]], ...] = (
        ("idle", 0, lambda: look_on),
        ("two spinning", 2, lambda: look_on),
        ("resized ten times a second", 0, pull_at_the_corner),
    )
    costs = []
    for name, spinners, onlooker in circumstances:
        with staged() as (stage, routine), spinning(spinners), witness() as seen:
            performance, score = stage.perform(routine, onlooker()), stage.score(routine)
        costs.append(performance.cpu_s / performance.lasted_s)
        print(f"{name}: {told(score, performance, seen)}", flush=True)
    if find_spec("simpleaudio") is None or sys.version_info >= (3, 12):
        print("simpleaudio from timers: skipped, it is not installed, or cannot be on Python 3.12 and newer")
    else:
        with staged() as (stage, routine), witness() as seen:
            performance = stage.perform(routine, audio="simpleaudio")
        print(f"simpleaudio from timers: {told(score, performance, seen, TIMERS_REACH_S)}", flush=True)
    with staged() as (stage, routine):
        silent = stage.perform(routine, audio="off")
    cost = silent.cpu_s / silent.lasted_s
    print(f"without sound: processor {100 * cost:.2f} %; sound costs {100 * (costs[0] - cost):.2f} % (goal: under 1 %)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--routine", help="id of a routine, or path of a YAML file")
    parser.add_argument("--wav", type=Path, help="where the recording is kept")
    parser.add_argument("--disturbed", action="store_true", help="make its life hard for three fifths of the time")
    arguments = parser.parse_args()
    why = missing()
    if why is not None:
        print(f"skipped: {why}")
        return 0
    print(f"other work on this machine beforehand: {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores")
    if arguments.routine or arguments.wav or arguments.disturbed:
        whole(arguments.routine or "gym-floor-quick", arguments.wav, is_disturbed=arguments.disturbed)
    else:
        compare()
    return 0


if __name__ == "__main__":
    sys.exit(main())
