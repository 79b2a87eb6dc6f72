"""Command lines of known words with hostile values: exit code 0, 1 or 2, one plain line on stderr, and no more."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import HAZARDS, ROOT, Door
from tests.test_fuzz_files import DRILLS, ROUTINE, bent, made_diary, made_table
from trainer.cli import VERBS, load_verb

KNOWN = (
    "3",
    "skip",
    "left",
    "both",
    "now",
    "2026-10-02T08:00",
    "json",
    "csv",
    "ratings",
    "desk-break",
    "ankle-circles",
)
FILES = (
    "routine.yaml",
    "drills.yaml",
    "diary.json",
    "table.csv",
    "bad\x1b[31m\u202e.yaml",
    "[red]x.yaml",
    ".",
    "gone",
)
SLOW = {("sound", "--output"), ("figure", "--size"), ("figure", "--animate")}
"""What takes seconds by right: a whole session of sound, a picture of 500 cells."""


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    folder = tmp_path_factory.mktemp("door")
    made = (ROUTINE, DRILLS, made_diary(), made_table(), "id: \x1b[31m\nname: [", "id: [red]x[/red]\nname: x")
    for name, text in zip(FILES, made, strict=False):
        (folder / name).write_text(text)
    return Door(folder)


def options_of(verb: str) -> tuple[argparse.Action, ...]:
    parser = argparse.ArgumentParser(add_help=False)
    load_verb(verb).configure(parser)
    return tuple(
        action for action in parser._actions if not any((verb, option) in SLOW for option in action.option_strings)
    )


OPTIONS = {verb: options_of(verb) for verb in VERBS}
VALUES = st.sampled_from(KNOWN) | st.sampled_from(FILES) | st.sampled_from(HAZARDS).filter(lambda text: "/" not in text)


@st.composite
def command_lines(draw: st.DrawFn, verb: str) -> list[str]:
    """The verb with some of its options, and now and then one that it does not have."""
    words = [verb]
    for action in OPTIONS[verb]:
        if not action.option_strings:
            words += [draw(VALUES)] if draw(st.integers(0, 9)) else []
        elif draw(st.integers(0, 2)) == 0:
            words.append(draw(st.sampled_from(action.option_strings)))
            words += [] if action.nargs == 0 else [draw(VALUES)]
    extra = draw(st.sampled_from(["", "", "", "", "--x", "--no-color", "-h", "--json=", "--\x1b[2J"]))
    return [*words, extra] if extra else words


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_with_hostile_words(door: Door, verb: str) -> None:
    @bent
    @given(command_lines(verb))
    def holds(words: list[str]) -> None:
        code, _, _ = door.command(words)
        assert code != 1 or verb in ("check", "doctor", "sound")

    holds()


@bent
@given(
    st.lists(VALUES | st.sampled_from(VERBS) | st.sampled_from(["start", "--audio", "--speed", "--events", "--help"]))
)
def test_any_words(door: Door, words: list[str]) -> None:
    if "sound" not in words:
        door.command(words)


@pytest.mark.parametrize(
    "verb", ["rate 3 --knee left", "doctor", "history", "routines", "setup --knee left", "backup now"]
)
@pytest.mark.parametrize(
    "name", ["it.yaml/\x1b[31m\u202e", "~nobody\x9b", "x" * 300, "x/" * 3000, "\x1b]0;x\x07", "[/]"]
)
def test_folders_with_hostile_names(tmp_path: Path, name: str, verb: str) -> None:
    door = Door(tmp_path)
    (tmp_path / "it.yaml").write_text("x")
    folder = name if name[0] == "~" else str(tmp_path / name)
    for variable in ("TRAINER_DATA_DIR", "TRAINER_CONFIG_DIR"):
        door.command(verb.split(), {variable: folder})


@pytest.mark.parametrize("value", [text for text in HAZARDS if "\x00" not in text], ids=ascii)
def test_an_environment_with_hostile_values(door: Door, value: str) -> None:
    odd = dict.fromkeys(
        ("TRAINER_AUDIO", "TERM", "COLORTERM", "NO_COLOR", "COLUMNS", "LINES", "LANG", "SSH_TTY"), value
    )
    for words in (["doctor"], ["trend"], ["start"]):
        door.command(words, odd)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("import - <&-", "There is no stdin"),
        ("<&-", "needs a terminal"),
        ("nope 2>&-", ""),
        (f"show {'x' * 300}", "no routine"),
    ],
)
def test_streams_that_are_closed_and_names_that_are_too_long(tmp_path: Path, words: str, says: str) -> None:
    environ = {**os.environ, "TRAINER_DATA_DIR": str(tmp_path), "TRAINER_CONFIG_DIR": str(tmp_path)}
    line = f"{shlex.quote(sys.executable)} -m trainer {words}"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) <= 1


def test_it_lists_what_it_must() -> None:
    assert {action.dest for action in OPTIONS["rate"]} == {"score", "knee", "moment", "activity", "note", "at"}
    assert (ROOT / "trainer").is_dir()
