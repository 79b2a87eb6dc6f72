"""What comes from files, diary, arguments and environment steers no terminal and is no markup, in shell and app."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.app import SET_UP, SHIPPED, make_app, running, screen_text, settle
from tests.diaries import by_hand
from tests.hostile import HAZARDS, ROOT, STEERS, Door, assert_still
from tests.test_fuzz_files import DRILLS, ROUTINE
from tests.verbs import fill
from trainer.core.errors import StoreError, TrainerError
from trainer.core.letters import clean, is_unsafe, printable
from trainer.library import read_library
from trainer.paths import Folders, find_folders
from trainer.store import Store

STEERING = [text for text in HAZARDS if STEERS.search(text.replace("\n", ""))]
MARKUP = "[red]x[/red] [@click=app.quit]y[/] [/z]"
ALL = MARKUP + "".join(STEERING).replace("\x00", "")
FIELDS = ("id", "name", "purpose", "when", "by", "equipment", "items")
DRILL_FIELDS = (
    "id",
    "name",
    "term",
    "joint",
    "region",
    "position",
    "easier",
    "stop_if",
    "why_knee",
    "swap",
    "base_pose",
)
LISTINGS = (
    "routines",
    "routines --json",
    "drills",
    "drills --json",
    "history",
    "history --json",
    "trend",
    "trend --json",
)
OUT = (
    "export",
    "export --format csv",
    "export --format csv --of sessions",
    "backup",
    "backup now",
    "doctor",
    "doctor --json",
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))


def spoil_diary(folders: Folders, words: str) -> None:
    """A diary into which somebody wrote, past every check."""
    fill(folders)
    with by_hand(folders.database) as file:
        for change in ("sessions SET title = ?", "sessions SET routine = ?", "outcomes SET drill = ?"):
            file.execute(f"UPDATE {change}", (words,))
        file.execute("UPDATE ratings SET note = ?, activity = ?", (words, words))


def spoil_config(folders: Folders, words: str) -> None:
    """Settings, routines and drills with these words in every place, written out and escaped."""
    write(folders.settings, f"{words}: 1\ntheme: {words}\naudio: '{words}'\n{words}\nvolume: {words}\n")
    for number, field in enumerate(FIELDS):
        for way, text in enumerate((words, json.dumps(words))):
            lines = [f"{field}: {text}" if line.startswith(f"{field}:") else line for line in ROUTINE.split("\n")]
            write(
                folders.own_routines / f"own{number}{way}-\x1b[31m\u202e.yaml", "\n".join([*lines, f"{field}x: {text}"])
            )
    for number, field in enumerate(DRILL_FIELDS):
        lines = [f"  {field}: {json.dumps(words)}" if f" {field}:" in line else line for line in DRILLS.split("\n")]
        write(folders.own_drills / f"drill{number}.yaml", "\n".join(lines))


class TestLetters:
    def test_unsafe_are_all_that_unicode_calls_control_or_format_but_two(self) -> None:
        letters = [chr(code) for code in range(0x110000)]
        unsafe = {letter for letter in letters if is_unsafe(letter)}
        known = [letter for letter in letters if unicodedata.category(letter) != "Cn"]
        assert all(is_unsafe(letter) for letter in known if STEERS.match(letter))
        assert "\u200c" not in unsafe
        assert {unicodedata.category(letter) for letter in unsafe} == {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert not any(letter.isalnum() or letter in "🦵🏽\u0301\ufe0f \xa0" for letter in unsafe)

    @pytest.mark.parametrize("text", HAZARDS, ids=ascii)
    def test_nothing_steers_once_it_is_clean_or_printable(self, text: str) -> None:
        assert_still(clean(text))
        assert_still(printable(text))
        assert len(printable(text)) == len(text)
        assert_still(str(TrainerError(text, text)))
        assert "\n" not in str(StoreError(text, f"{text}\n{text}"))


class TestShell:
    @pytest.mark.parametrize("command", [*LISTINGS, *OUT])
    def test_a_spoilt_diary_and_spoilt_files(self, tmp_path: Path, folders: Folders, command: str) -> None:
        spoil_diary(folders, ALL)
        spoil_config(folders, ALL)
        _, told, _ = Door(tmp_path).command(command.split())
        assert told

    @pytest.mark.parametrize("words", HAZARDS, ids=ascii)
    def test_each_hazard_in_a_file_and_its_name(self, tmp_path: Path, folders: Folders, words: str) -> None:
        door = Door(tmp_path)
        spoil_config(folders, words)
        files = sorted(map(str, [*folders.own_routines.iterdir(), *folders.own_drills.iterdir()]))
        assert door.command(["check", *files])[0] == 1
        for command in (["show", files[0]], ["import", files[2]]):
            door.command(command)

    def test_a_note_that_steers_is_refused_at_the_door(self, tmp_path: Path) -> None:
        door = Door(tmp_path)
        for words in STEERING:
            assert door.command(["rate", "3", "--knee", "left", "--note", f"a{words}b"])[0] == 2
            assert door.command(["rate", "3", "--knee", "left", "--activity", f"a{words}b"])[0] == 2
        assert door.command(["rate", "3", "--knee", "left", "--note", MARKUP])[0] == 0
        assert MARKUP in door.command(["export"])[1]


async def look_round(pilot: Pilot[None], keys: str) -> list[str]:
    """What each screen shows on the way; no part of it is a link or can be clicked by a file's will."""
    app, shown = pilot.app, []
    for key in ["", *keys.split()]:
        await pilot.press(*([key] if key else []))
        await settle(pilot)
        for row in app.screen._compositor.render_strips():
            for segment in row:
                assert not segment.control
                assert segment.style is None or segment.style.link is None
                assert segment.style is None or "quit" not in str(segment.style.meta.get("@click", ""))
        shown.append(screen_text(app))
        assert_still(shown[-1])
    return shown


class TestApp:
    async def test_every_place_of_the_app_shows_spoilt_things_plainly(self, folders: Folders) -> None:
        spoil_diary(folders, ALL)
        spoil_config(folders, ALL)
        library = read_library(SHIPPED.shipped_routines, folders.config)
        assert len(library.broken) > len(FIELDS)
        asks_nothing = replace(SET_UP, ask_morning=False)
        room = make_app(
            folders.data, library=library, settings=asks_nothing, complaints=(f"Settings: {printable(ALL)}",)
        )
        async with running(room, (120, 60)) as pilot:
            shown = await look_round(pilot, "up i escape d down escape p escape question_mark escape r escape")
        assert "[red]x[/red]" in "\n".join(shown)
        assert len(set(shown)) > 6, "the same screen all the way"

    async def test_a_routine_of_ones_own_may_be_called_by_markup(self, tmp_path: Path, folders: Folders) -> None:
        text = ROUTINE.replace("id: desk-break", "id: my-own", 1)
        write(folders.own_routines / "own.yaml", text.replace("name: ", f"name: '[b]{MARKUP}'  # ", 1))
        library = read_library(SHIPPED.shipped_routines, folders.config)
        assert "my-own" in library.routines
        room = make_app(tmp_path / "d", library=library)
        async with running(room, (120, 60)) as pilot:
            shown = await look_round(pilot, "end i")
        assert "[b][red]x[/red]" in shown[-1]

    async def test_a_diary_with_a_hostile_name_is_told_plainly(self, tmp_path: Path) -> None:
        (tmp_path / "f").write_text("")
        with pytest.raises(StoreError) as caught:
            Store.open(tmp_path / "f" / "\x1b]0;x\x07\u202e" / "trainer.db")
        assert_still(str(caught.value))


def test_the_list_of_what_steers_is_kept_in_one_place() -> None:
    found = [path for path in (ROOT / "trainer").rglob("*.py") if "unicodedata.category" in path.read_text()]
    assert {path.name for path in found} <= {"letters.py", "frame.py"}
