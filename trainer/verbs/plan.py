"""``trainer plan --minutes N``: a routine for the time there is, as YAML that can be kept, changed and made again."""

from __future__ import annotations

import argparse
import math
import re
import shlex
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.core.drill import REGIONS
from trainer.core.duration import seconds
from trainer.core.errors import UsageError
from trainer.paths import Folders, write_file
from trainer.verbs.files import new_file, unwritable
from trainer.verbs.out import put
from trainer.verbs.source import is_path
from trainer.verbs.words import shown, whole_number

if TYPE_CHECKING:
    from trainer.core.planning import Fitted
    from trainer.library import Library
    from trainer.settings import Settings

HELP = "make a routine for the time there is"
SHORTEST, LONGEST = 2, 60
"""Minutes a plan may be asked for."""
MOST_SEEDS = 1_000_000
MOST_NAMED = 12
"""Drills left out that are named one by one."""
_PLAIN = re.compile(r"[a-z]+(-[a-z0-9]+)+", re.ASCII)
"""An id that no YAML reader takes for a number, a date, or yes and no."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer plan`` takes."""
    parser.add_argument("--minutes", metavar="N", help=f"how long there is: {SHORTEST} to {LONGEST}, such as 4 or 7.5")
    parser.add_argument("--no-floor", action="store_true", help="nothing that means getting down")
    parser.add_argument("--no-kneeling", action="store_true", help="nothing on the knees")
    parser.add_argument("--focus", metavar="REGIONS", help="what to do first and more of, such as ankle,hip")
    parser.add_argument("--seed", metavar="N", help="the same number makes the same routine (usual: any)")
    parser.add_argument("-o", "--output", metavar="FILE", help="into a new file (usual: stdout)")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for."""

    minutes: float
    """How long there is."""
    focus: tuple[str, ...]
    """Regions that come first."""
    no_floor: bool
    """Whether the floor is out."""
    no_kneeling: bool
    """Whether kneeling is out."""
    seed: int
    """Where chance starts from."""

    def command(self) -> str:
        """The words that make the same again."""
        words = ["trainer plan", f"--minutes {self.minutes:g}"]
        words += ["--no-floor"] * self.no_floor + ["--no-kneeling"] * self.no_kneeling
        words += [f"--focus {','.join(self.focus)}"] if self.focus else []
        return " ".join([*words, f"--seed {self.seed}"])


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the routine, or writes it to a file that was not there before. Raises UsageError or ContentError."""
    wish = _wish(arguments)
    if arguments.output == "":
        raise UsageError("-o needs the name of a file.", "-o - prints the routine.")
    hint = "Choose another name, or -o - to print the routine."
    path = None if arguments.output in {None, "-"} else new_file(arguments.output, hint)
    import random

    from trainer.core.planning import plan
    from trainer.library import read_library
    from trainer.settings import read_settings

    library = read_library(folders.shipped_routines, folders.config)
    settings, _ = read_settings(folders.settings)
    fitted = plan(
        library.drills,
        wish.minutes * 60,
        rng=random.Random(wish.seed),  # noqa: S311 (which drill comes next is no secret)
        no_floor=wish.no_floor,
        no_kneeling=wish.no_kneeling,
        focus=wish.focus,
        affected=settings.affected_knee,
        stretch=settings.prepare_stretch,
    )
    routine = replace(
        fitted.routine, id=_id(path, fitted.routine.id, wish, library), by=f"trainer plan, seed {wish.seed}"
    )
    text = "".join(f"{line}\n" for line in _yaml(replace(fitted, routine=routine), wish, library, settings))
    if path is None:
        put([text], as_data=True)
        return 0
    _write(path, text)
    named = arguments.output if is_path(arguments.output) else f"./{arguments.output}"
    begin = f" Begin with: trainer start {shlex.quote(named)}" if named.isprintable() else ""
    put([f"Saved {len(routine.items)} drills.{begin}\n"])
    return 0


def _wish(arguments: argparse.Namespace) -> Wish:
    import secrets

    seed = secrets.randbelow(MOST_SEEDS) if arguments.seed is None else None
    return Wish(
        _minutes(arguments.minutes),
        _focus(arguments.focus),
        arguments.no_floor,
        arguments.no_kneeling,
        whole_number(arguments.seed, "--seed", 0, 999_999_999) if seed is None else seed,
    )


def _minutes(text: str | None) -> float:
    if text is None:
        raise UsageError("How long is there?", "Say --minutes 10.")
    bare = text.strip()
    try:
        minutes = seconds(f"{bare}m" if bare[-1:] in "0123456789." else bare) / 60
    except ValueError:
        minutes = 0.0
    if not SHORTEST <= minutes <= LONGEST:
        raise UsageError(f"--minutes takes a number from {SHORTEST} to {LONGEST}, not {shown(text)}.")
    return math.floor(minutes * 100 + 1e-6) / 100  # never more than was said


def _focus(text: str | None) -> tuple[str, ...]:
    if text is None:
        return ()
    words = [word.strip().lower() for word in text.split(",")]
    for word in words:
        if word not in REGIONS:
            import difflib

            near = difflib.get_close_matches(word, REGIONS, 1)
            hint = f"Did you mean {near[0]}?" if near else f"Say one or more of {', '.join(REGIONS)}."
            raise UsageError(f"--focus: {shown(word)} is not a region.", hint)
    return tuple(dict.fromkeys(words))


def _write(path: Path, text: str) -> None:
    try:
        write_file(path, [text.encode()])
    except (OSError, ValueError) as error:
        raise unwritable(str(path), error) from error


def _id(path: Path | None, usual: str, wish: Wish, library: Library) -> str:
    """The file's name where it can be an id and does not stand for a shipped routine; else one of its own."""
    stem = "" if path is None else path.stem
    if _PLAIN.fullmatch(stem) and len(stem) <= 60 and stem not in library.routines:
        return stem
    return f"{usual}-{wish.seed}"


def _yaml(fitted: Fitted, wish: Wish, library: Library, settings: Settings) -> Iterator[str]:
    """The file, in the layout of the shipped ones."""
    routine = fitted.routine
    yield from _comments(fitted, wish, library, settings)
    yield ""
    yield f"id: {routine.id}"
    yield f"name: {routine.name}"
    yield f"purpose: {routine.purpose}"
    yield f"by: {routine.by}"
    yield f"equipment: [{', '.join(routine.equipment)}]"
    yield "items:"
    for item in routine.items:
        assert item.drill is not None
        drill = item.drill if _PLAIN.fullmatch(item.drill) else f"'{item.drill}'"
        yield f"- {{drill: {drill}, reps: {item.reps}}}"


def _comments(fitted: Fitted, wish: Wish, library: Library, settings: Settings) -> Iterator[str]:
    from trainer.core.timeline import Timeline

    stretch = settings.prepare_stretch
    timeline = Timeline.of(fitted.routine, library.drills, affected=settings.affected_knee, stretch=stretch)
    whole, rest = divmod(int(timeline.total_s), 60)
    ready = "" if stretch == 1 else f", with {stretch:g} times the usual seconds to get ready"
    yield f"# Made by: {wish.command()}"
    yield from _wrapped(f"{len(fitted.routine.items)} drills in {whole}:{rest:02}{ready}. Change it as you like.")
    found = {library.drills[item.drill].region for item in fitted.routine.items if item.drill is not None}
    missing = [region for region in REGIONS if region not in found]
    if missing:
        yield from _wrapped(f"Nothing for: {', '.join(missing)}.")
    if len(fitted.left_out) > MOST_NAMED:
        yield f"# There was no time for {len(fitted.left_out)} more drills; trainer drills lists them all."
    elif fitted.left_out:
        yield from _wrapped(f"There was no time for: {', '.join(fitted.left_out)}.")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text, 110, initial_indent="# ", subsequent_indent="#   ", break_long_words=False, break_on_hyphens=False
    )
