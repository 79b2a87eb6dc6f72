"""``trainer doctor``: versions, terminal, glyphs, folders, diary, backups, sound and voice, each with what to do."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib import metadata

from trainer import __version__
from trainer.core.errors import TrainerError
from trainer.core.letters import printable
from trainer.paths import Folders
from trainer.verbs.examined import Finding, examine_diary, examine_folders
from trainer.verbs.out import put

HELP = "check terminal, glyphs, sound, voice, folders, diary and backups; say what to do"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer doctor`` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the findings; 1 if something is not as it should be."""
    findings = list(examine(folders))
    if arguments.json:
        put([json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2) + "\n"])
    else:
        put(_line(finding) for finding in findings)
    return 0 if all(finding.is_fine for finding in findings) else 1


def examine(folders: Folders) -> Iterator[Finding]:
    """Look at everything, one thing after the other."""
    yield Finding("version", True, f"trainer {__version__}, Python {platform.python_version()}, {platform.system()}")
    yield _terminal()
    yield _glyphs(folders)
    yield _colours()
    yield _locale()
    yield _built_on()
    yield from examine_folders(folders)
    yield from _content(folders)
    yield _settings(folders)
    yield from examine_diary(folders)
    yield _sound(folders)
    yield _voice(folders)


def _terminal() -> Finding:
    from trainer.drawing.window import NEEDS

    columns, rows = shutil.get_terminal_size()
    says = f"{_name()}, {columns}x{rows}"
    if os.environ.get("TERM") == "dumb":
        return Finding("terminal", False, says, "TERM=dumb shows no full screen: start it in another terminal.")
    if columns < NEEDS[0] or rows < NEEDS[1]:
        return Finding("terminal", False, says, f"Make the window at least {NEEDS[0]}x{NEEDS[1]}.")
    return Finding("terminal", True, says)


def _name() -> str:
    """TERM, and what the terminal calls itself where it does; not what tmux or screen hand on from outside."""
    names = [os.environ.get("TERM") or "no TERM"]
    if "TERM_PROGRAM" in os.environ:
        names += [os.environ["TERM_PROGRAM"], os.environ.get("TERM_PROGRAM_VERSION", "")]
    elif "TMUX" not in os.environ and "STY" not in os.environ:
        known = (("KONSOLE_VERSION", "Konsole "), ("XTERM_VERSION", ""), ("VTE_VERSION", "VTE "))
        names += [title + os.environ[key] for key, title in known if key in os.environ][:1]
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(name for name in names if name))[:60]


def _glyphs(folders: Folders) -> Finding:
    from trainer.drawing.glyphs import ALL_GLYPHS, choose_glyphs
    from trainer.settings import read_settings

    settings, _ = read_settings(folders.settings)
    choice = choose_glyphs(os.environ, sys.stdout.encoding if sys.stdout is not None else None)
    if settings.glyphs in ALL_GLYPHS:
        says = f"{settings.glyphs}, as the settings say (by itself it would be {choice.glyphs}: {choice.why})"
        return Finding("glyphs", True, says)
    return Finding("glyphs", True, f"{choice.glyphs}: {choice.why}", choice.hint)


def _colours() -> Finding:
    from trainer.drawing.ansi import terminal_depth

    names = {"truecolor": "true colour", "256": "256", "16": "16", "none": "none"}
    depth = terminal_depth(os.environ)
    if os.environ.get("NO_COLOR"):
        return Finding("colours", True, f"greys only, for NO_COLOR is set (the terminal has: {names[depth]})")
    return Finding("colours", True, names[depth])


def _locale() -> Finding:
    """What stdout writes, and what the environment asks for."""
    encoding = (sys.stdout.encoding if sys.stdout is not None else None) or "none"
    asked = [f"{name}={os.environ[name]}" for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)]
    says = f"{encoding}, {printable(', '.join(asked))[:80] or 'nothing set'}"
    if encoding.lower().replace("-", "") == "utf8":
        return Finding("locale", True, says)
    return Finding("locale", True, says, "What it cannot write is written as ?. To see everything: LANG=C.UTF-8.")


def _built_on() -> Finding:
    """What the trainer is built on; without one of these it would not run."""
    from trainer.store.opening import SQLITE

    told, missing = [f"SQLite {SQLITE}"], []
    for name in ("textual", "rich", "miniaudio", "pydantic", "PyYAML"):
        try:
            told.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Finding("built on", False, f"{', '.join(missing)} cannot be found", "Install the trainer again.")
    return Finding("built on", True, ", ".join(told))


def _content(folders: Folders) -> Iterator[Finding]:
    from trainer.library import read_library

    try:
        library = read_library(folders.shipped_routines, folders.config)
    except TrainerError as error:
        yield Finding("routines", False, error.message, error.hint)
        return
    yield Finding("routines", True, f"{len(library.routines)} routines, {len(library.drills)} drills")
    for broken in library.broken:
        yield Finding("routines", False, str(broken.complaints[0]), "trainer check FILE lists every mistake in it.")


def _settings(folders: Folders) -> Finding:
    from trainer.settings import read_settings

    _, complaints = read_settings(folders.settings)
    if complaints:
        return Finding("settings", False, complaints[0], f"Mend or delete {folders.settings}.")
    return Finding("settings", True, str(folders.settings) if folders.settings.exists() else "the usual ones")


def _sound(folders: Folders) -> Finding:
    """What the app would pick here and now."""
    from trainer.audio.output import open_output
    from trainer.settings import read_settings

    settings, _ = read_settings(folders.settings)
    choice = os.environ.get("TRAINER_AUDIO") or settings.audio
    try:
        output = open_output(choice, folders.sounds, ring_bell=lambda: None)
    except TrainerError as error:
        return Finding("sound", False, error.message, error.hint)
    ahead = f", {output.latency_s * 1000:.0f} ms of latency" if output.latency_s else ""
    output.close()
    if output.name == "off" and choice != "off":
        return Finding("sound", False, "none", output.warning or output.detail)
    return Finding("sound", True, f"{output.name}, {output.detail}{ahead}", output.warning or "")


def _voice(folders: Folders) -> Finding:
    """The prompts that ship, and who speaks the names of a person's own drills."""
    from trainer.audio.renderer import find_live_voice, find_renderer
    from trainer.audio.voice import read_voice

    voice = read_voice(folders.sounds / "voice")
    lost = sum(not prompt.path.is_file() for prompt in voice.prompts.values())
    if voice.warnings or lost or not voice.prompts:
        gone = f"{lost} of {len(voice.prompts)} prompts have no file" if lost else "there is not one prompt"
        return Finding("voice", False, voice.warnings[0] if voice.warnings else gone, "Install the trainer again.")
    own = find_renderer() or find_live_voice()
    if own is not None:
        return Finding("voice", True, f"{len(voice.prompts)} prompts; {own.name} speaks the names of your own drills")
    says = f"{len(voice.prompts)} prompts; a chime stands for the names of your own drills"
    return Finding("voice", True, says, "To hear them: install espeak-ng, or pip install '.[voice]'.")


def _line(finding: Finding) -> str:
    mark = "ok  " if finding.is_fine else "MIND"
    advice = f"\n                  {finding.advice}" if finding.advice else ""
    return f"{mark}  {finding.what:<10}  {finding.says}{advice}\n"
