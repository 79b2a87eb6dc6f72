"""The command line: finds the verb, hands it its folders, and says in one line what went wrong.

This is the one place where everything is composed. The app's screens are imported only inside the function that opens
the app, and a verb only when it is asked for: ``trainer rate 3`` must not wait for a screen it does not show.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import keyword
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

from trainer import __version__
from trainer.core.clock import PacedClock
from trainer.core.errors import SoundError, StoreError, TrainerError, UsageError
from trainer.log import Log
from trainer.paths import Folders, find_folders
from trainer.verbs.out import put, tell

if TYPE_CHECKING:
    from trainer.audio.output import Output
    from trainer.audio.speech import Speech
    from trainer.events import EventLog
    from trainer.settings import Settings

VERBS = (
    "setup",
    "routines",
    "drills",
    "show",
    "plan",
    "check",
    "rate",
    "trend",
    "history",
    "trial",
    "event",
    "pause",
    "correct",
    "delete",
    "undo",
    "deleted",
    "restore",
    "export",
    "import",
    "backup",
    "report",
    "demo",
    "figure",
    "sound",
    "doctor",
)
"""Each is a file in ``trainer/verbs``."""
START = "start"
"""Opens the app in a routine; with no verb at all the app opens at home."""
DEMO = "demo"
"""Opens the app on made-up data, where it writes that nowhere else."""
START_HELP = "open the app straight in a routine: an id, or a YAML file"
LONGEST_COMPLAINT = 200
"""Letters of what argparse says: it repeats whatever was typed."""


class Verb(Protocol):
    """What a file in ``trainer/verbs`` offers."""

    HELP: str

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add its options."""

    def run(self, arguments: argparse.Namespace, folders: Folders) -> int:
        """Do it; give the exit code."""


class Parser(argparse.ArgumentParser):
    """Complains in one line, as everything here does."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the whole usage."""
        short = message if len(message) <= LONGEST_COMPLAINT else f"{message[: LONGEST_COMPLAINT - 1]}…"
        raise UsageError(f"{short[:1].upper()}{short[1:]}.", f"Try {self.prog} --help.")

    def print_help(self, file: object = None) -> None:  # noqa: ARG002 (nobody names another one)
        """Put it where everything goes."""
        put([self.format_help()])


def main(argv: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Run one command; give its exit code: 0 fine, 1 a check found something, 2 wrong use or bad input."""
    words = list(sys.argv[1:] if argv is None else argv)
    log, code = Log(), None
    try:
        code = _run(words, environ, log)
    except TrainerError as error:
        log.fault(error)
        code = _complain(error)
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        log.bug(error)
        raise
    finally:
        log.close(code)
    return code


def _complain(error: TrainerError) -> int:
    tell(str(error))
    return 2


def _run(words: list[str], environ: Mapping[str, str], log: Log) -> int:
    if "--no-color" in words:
        words = [word for word in words if word != "--no-color"]
        os.environ["NO_COLOR"] = "1"
    name = _take_verb(words)
    if name is None and words[:1] in (["-h"], ["--help"]):
        put([_overview()])
        return 0
    if name is None and words[:1] == ["--version"]:
        put([f"trainer {__version__}\n"])
        return 0
    is_app = name is None or name == START
    if is_app:
        parser = _app_parser(name)
    else:
        verb = load_verb(str(name))
        parser = Parser(prog=f"trainer {name}", description=verb.HELP, allow_abbrev=False)
        verb.configure(parser)
    parser.add_argument("--log", metavar="FILE", help="add to FILE what a bug report needs, nothing personal")
    arguments = parser.parse_args(words)
    folders = find_folders(environ)
    if written := [path for path in map(vars(arguments).get, ("log", "events", "output")) if path]:
        from trainer.verbs.files import mind_own

        mind_own(written, folders)
    if name == DEMO and arguments.output is None:
        from trainer.verbs.demo import made_up

        with made_up(environ) as apart:
            log.belong(folders, arguments.log)  # the folder apart is gone before the last line of it
            log.start(DEMO, __version__)
            return open_app(arguments, find_folders(apart), apart, log)
    log.belong(folders, arguments.log)
    log.start(name or "home", __version__)
    for told in (folders.warning, folders.mark):
        if told and not is_app:
            tell(told)
    return open_app(arguments, folders, environ, log) if is_app else verb.run(arguments, folders)


def _app_parser(name: str | None) -> Parser:
    from trainer.verbs import opening

    help_words = START_HELP if name else "open the app at home"
    parser = Parser(prog=f"trainer {name}" if name else "trainer", description=help_words, allow_abbrev=False)
    opening.configure(parser, takes_routine=name == START)
    return parser


def open_app(arguments: argparse.Namespace, folders: Folders, environ: Mapping[str, str], log: Log) -> int:
    """Compose the app and run it to its end; what could not be saved is said afterwards."""
    from trainer.audio.hush import screen_apart
    from trainer.cells import cell_aspect
    from trainer.drawing.ansi import terminal_depth
    from trainer.drawing.glyphs import ALL_GLYPHS, pick_glyphs
    from trainer.power import frames_a_second
    from trainer.settings import AUDIO, read_settings, write_settings
    from trainer.verbs.opening import COLOURS, mind_terminal, open_diary, read_speed
    from trainer.verbs.source import LibrarySource

    speed = read_speed(arguments.speed)
    settings, complaints = read_settings(folders.settings)
    audio = arguments.audio or environ.get("TRAINER_AUDIO") or settings.audio
    if audio not in AUDIO:
        raise UsageError(f"There is no sound output called '{audio}'.", f"Choose one of {', '.join(AUDIO)}.")
    source = LibrarySource(folders, arguments.routine)
    mind_terminal(environ)
    # GNU screen hands on a promise of true colour that it does not keep.
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", COLOURS[terminal_depth(environ)])
    clock = PacedClock(time.monotonic, speed)
    events = None if arguments.events is None else _open_events(Path(arguments.events), clock)

    gc.disable()  # nothing that the imports below make is garbage; it comes back on in settle
    from trainer.ui.app import TrainerApp
    from trainer.ui.kit import Kit, Order
    from trainer.ui.leaving import Leaving
    from trainer.ui.sweeping import settle, sweep

    chosen = next((name for name in ALL_GLYPHS if name == settings.glyphs), None)
    glyphs = chosen or pick_glyphs(environ, sys.stdout.encoding)
    log.terminal(*os.get_terminal_size(sys.stdout.fileno()), glyphs, terminal_depth(environ), sys.stdout.encoding)

    def open_output(now: Settings, ring: Callable[[], None]) -> Output:
        from trainer.audio.output import open_output as open_sound

        try:
            output = open_sound(audio, folders.sounds, volume=now.volume, ring_bell=ring)
        except SoundError as error:
            log.fault(error)
            raise
        log.tell("sound", f"{output.name}, {output.detail}, {output.latency_s * 1000:.0f} ms")
        return output

    def open_speech() -> Speech:
        from trainer.audio.speech import Speech

        return Speech(folders.sounds / "voice", folders.voices)

    leaving = Leaving()
    kit = Kit(
        settings=settings,
        write_settings=lambda changed: write_settings(folders.settings, changed),
        read_library=source.read_apart,
        open_output=open_output,
        open_speech=open_speech,
        open_diary=lambda: open_diary(folders, log),
        clock=clock,
        monotonic=time.monotonic,
        wall_s=time.time,
        now=lambda: datetime.now().astimezone(),
        glyphs=glyphs,
        aspect=lambda: cell_aspect(sys.stdout),
        frames_a_second=frames_a_second(environ),
        order=Order(source.id, arguments.skip_before),
        events=events,
        complaints=(*complaints, *filter(None, [folders.warning])),
        settled=settle,
        swept=sweep,
    )
    app: TrainerApp
    if folders.mark:
        from trainer.ui.marked import MarkedApp

        app = MarkedApp(kit, leaving, folders.mark)
    else:
        app = TrainerApp(kit, leaving)
    with leaving:
        try:
            with screen_apart():
                app.run()
        finally:
            if app.output is not None:
                app.output.close()
            problem = app.kit.close()
            if problem is not None:
                log.fault(StoreError(problem))
            if app._exception is not None:
                log.bug(app._exception)
            log.close(leaving.code or app.return_code, is_wanted=True)
        complaint = 0 if problem is None else _complain(TrainerError(problem))
    return leaving.code or app.return_code or complaint  # a signal's own code goes before


def _open_events(path: Path, clock: PacedClock) -> EventLog:
    from trainer.events import EventLog

    return EventLog.open(path, clock.wall)


def load_verb(name: str) -> Verb:
    """Import one verb."""
    file = f"{name}_" if keyword.iskeyword(name) else name
    name = f"trainer.verbs.{file}"
    if name not in sys.modules:
        gc.disable()  # nothing that an import makes is garbage: to look for some takes a tenth of a short command
        try:
            importlib.import_module(name)
            gc.freeze()
        finally:
            gc.enable()
    verb: Verb = importlib.import_module(name)
    return verb


def _take_verb(words: list[str]) -> str | None:
    """Take the verb out of the words; options of the app may stand before it."""
    skips = False
    for place, word in enumerate(words):
        if skips:
            skips = False
        elif word in ("--audio", "--speed", "--events", "--log"):
            skips = True
        elif not word.startswith("-"):
            if word == START or word in VERBS:
                return words.pop(place)
            from difflib import get_close_matches

            from trainer.verbs.words import shown

            near = get_close_matches(word, (START, *VERBS), 1)
            hint = f"Did you mean {near[0]}?" if near else "Try trainer --help."
            raise UsageError(f"{shown(word)} is not a command.", hint)
        elif word in ("-h", "--help", "--version"):
            return None
    return None


def _overview() -> str:
    lines = [
        "usage: trainer [COMMAND] [options]",
        "",
        "A guided joint warm-up for a sore knee. With no command the app opens.",
        "",
        f"  {START:<10} {START_HELP}",
        *(f"  {name:<10} {load_verb(name).HELP}" for name in VERBS),
        "",
        "  trainer COMMAND --help says more, trainer start --help what the app takes as well.",
        "  --no-color (or NO_COLOR) prints without colours; --version says which trainer this is;",
        "  --log FILE adds to FILE what a bug report needs, and nothing personal.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
