"""What checking finds by saying a file aloud: a name that takes longer than there is time for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app import SHIPPED
from tests.verbs import run
from trainer.audio.voice import read_voice
from trainer.core.saying import longest_to_say
from trainer.core.timeline import PhaseKind, Timeline
from trainer.library import Library, check_file, check_files, read_library
from trainer.library.spoken import TooLong, spoken_slips
from trainer.paths import Folders, find_folders
from trainer.verbs import check

LIBRARY = read_library(SHIPPED.shipped_routines)
ANKLE = (SHIPPED.shipped_routines / "drills" / "ankle.yaml").read_text(encoding="utf-8")
VOICE = read_voice(SHIPPED.sounds / "voice")
LONG = "Slow and patient circles of the ankle, one way"
LONGEST = "Slow and patient circles of the ankle, in the one direction."


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


def drills_named(path: Path, name: str) -> Path:
    path.write_text(ANKLE.replace("name: Ankle circles", f'name: "{name}"'), encoding="utf-8")
    return path


def line_of(path: Path, words: str) -> int:
    return path.read_text(encoding="utf-8").splitlines().index(words) + 1


def test_a_drill_whose_name_and_side_take_longer_than_four_seconds_is_told(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = drills_named(tmp_path / "mine.yaml", LONGEST)
    assert run(check, folders, str(path)) == 1
    line = line_of(path, f'  name: "{LONGEST}"')
    assert capsys.readouterr().out == (
        f"{path}:{line}:9: name: 'Slow and patient circles of the ankle, …', with its side, can take 4.3 s to say,"
        " and there are 3.9 s for it; give the drill a shorter name\n"
    )


def test_a_name_that_just_fits_is_fine(folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(check, folders, str(drills_named(tmp_path / "mine.yaml", LONG))) == 0
    assert capsys.readouterr().out == ""


def test_in_a_routine_only_the_line_is_told_where_there_is_too_little_time(folders: Folders, tmp_path: Path) -> None:
    folders.own_drills.mkdir(parents=True)
    drills_named(folders.own_drills / "mine.yaml", LONGEST)
    library = read_library(SHIPPED.shipped_routines, folders.config)
    path = tmp_path / "r.yaml"
    path.write_text(
        "id: mine\nname: Mine\nitems:\n- {drill: ankle-circles}\n- {rest: 5s}\n- {drill: ankle-circles}\n"
        "- {drill: hip-hinge}\n- {drill: ankle-circles}\n",
        encoding="utf-8",
    )
    found = check_files([str(path)], library, check.reading(folders))
    assert [(each.line, each.column) for each in found] == [(6, 11)]
    assert found[0].message.startswith("drill: 'Slow and patient")
    assert check_file(path, library) == ()


def test_what_was_recorded_takes_its_time_and_the_least_time_there_is_counts() -> None:
    def read(timeline: Timeline) -> list[TooLong]:
        first, second = (phase.index for phase in timeline.phases if phase.kind is PhaseKind.PREPARE)
        return [TooLong(first, ("Hip hinge",), 3.96, 5.95), TooLong(second, ("Hip hinge",), 3.96, 3.95)]

    assert list(spoken_slips(LIBRARY.drills["hip-hinge"], {}, read)) == [
        (("name",), "name: 'Hip hinge' takes 4.0 s to say, and there are 3.9 s for it; give the drill a shorter name")
    ]


def test_what_a_long_name_pushes_on_is_not_told_besides() -> None:
    routine = LIBRARY.routines["knee-neighbours"]
    slips = spoken_slips(
        routine,
        LIBRARY.drills,
        lambda timeline: [TooLong(phase.index, ("Hip hinge",), 9, 3) for phase in timeline.phases],
    )
    named = [index for index, item in enumerate(routine.items) if item.drill is not None]
    assert [path for path, _ in slips] == [("items", index, "drill") for index in named]


def test_a_file_with_a_name_that_is_too_long_is_trained_all_the_same(folders: Folders) -> None:
    folders.own_drills.mkdir(parents=True)
    drills_named(folders.own_drills / "mine.yaml", LONGEST)
    library: Library = read_library(SHIPPED.shipped_routines, folders.config)
    assert library.drills["ankle-circles"].name == LONGEST
    assert library.broken == ()


def test_all_that_ships_can_be_said_in_time(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(map(str, SHIPPED.shipped_routines.rglob("*.yaml")))
    assert len(files) > 10
    assert run(check, folders, *files) == 0
    assert capsys.readouterr().out == ""


def test_no_prompt_that_ships_takes_longer_than_it_is_said_to_and_the_bound_is_near() -> None:
    spare = [longest_to_say(text) - prompt.seconds for text, prompt in VOICE.prompts.items()]
    assert len(spare) >= 200
    assert min(spare) > 0
    assert sum(spare) / len(spare) < 0.5
    assert max(spare) < 0.8
