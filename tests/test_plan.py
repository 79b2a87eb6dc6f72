"""``trainer plan``, by way of the verbs that read what it wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.verbs import run
from trainer import cli
from trainer.core.errors import TrainerError, UsageError
from trainer.core.side import Affected
from trainer.paths import Folders, find_folders
from trainer.settings import Settings, write_settings
from trainer.verbs import check, plan, show


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    here = {"TRAINER_DATA_DIR": str(tmp_path / "data"), "TRAINER_CONFIG_DIR": str(tmp_path / "config")}
    return find_folders(here)


def planned(folders: Folders, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(plan, folders, *words) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


@pytest.mark.parametrize(
    "words",
    [
        ["2"],
        ["4.5", "--no-floor"],
        ["7m", "--focus", "ankle,hip"],
        ["10", "--no-kneeling"],
        ["20", "--no-floor", "--no-kneeling", "--focus", "eyes"],
        ["45"],
        ["60"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("stretch", [1.0, 2.5])
def test_what_is_planned_is_clean_and_not_too_long(
    words: list[str], stretch: float, folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_settings(folders.settings, Settings(affected_knee=Affected.LEFT, prepare_stretch=stretch))
    path = tmp_path / "evening-round.yaml"
    said = planned(folders, capsys, "--minutes", *words, "-o", str(path))
    assert re.fullmatch(r"Saved \d+ drills\. Begin with: trainer start \S+evening-round\.yaml\n", said)
    assert run(check, folders, str(path)) == 0
    assert capsys.readouterr().out == ""
    assert run(show, folders, str(path), "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    minutes = float(words[0].removesuffix("m"))
    assert 0.85 * minutes * 60 <= shown["total_s"] <= minutes * 60
    assert shown["routine"] == "evening-round"
    positions = {phase["position"] for phase in shown["phases"]}
    if "--no-floor" in words:
        assert positions <= {"seated", "standing", "standing-supported"}
    if "--no-kneeling" in words:
        assert positions.isdisjoint({"quadruped", "half-kneeling"})
    whole, rest = divmod(int(shown["total_s"]), 60)
    comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    ready = f", with {stretch:g} times the usual seconds to get ready" if stretch != 1 else ""
    assert f"# {len({phase['drill'] for phase in shown['phases']})} drills in {whole}:{rest:02}{ready}." in comments[1]


def test_the_same_again_by_the_command_that_it_tells(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    first = planned(folders, capsys, "--minutes", "6", "--focus", "hip, knee", "--no-kneeling")
    command = first.splitlines()[0].removeprefix("# Made by: trainer plan ")
    assert command.startswith("--minutes 6 --no-kneeling --focus hip,knee --seed ")
    assert planned(folders, capsys, *command.split()) == first
    assert f"by: trainer plan, seed {command.split()[-1]}\n" in first


def test_without_a_seed_each_is_another(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    assert len({planned(folders, capsys, "--minutes", "6") for _ in range(4)}) > 1


def test_what_is_printed_looks_like_the_shipped_files(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    text = planned(folders, capsys, "--minutes", "4.5", "--focus", "ankle,hip", "--seed", "7", "-o", "-")
    head, _, body = text.partition("\n\n")
    assert head.splitlines()[0] == "# Made by: trainer plan --minutes 4.5 --focus ankle,hip --seed 7"
    assert "# Nothing for: " in head
    assert body.splitlines()[:4] == [
        "id: plan-4-5-minutes-7",
        "name: 4.5 minutes",
        "purpose: Made for the 4.5 minutes there are, with more for ankle and hip.",
        "by: trainer plan, seed 7",
    ]
    lines = body.split("items:\n")[1].splitlines()
    assert all(re.fullmatch(r"- \{drill: [a-z-]+, reps: \d+\}", line) for line in lines)


def test_few_drills_left_out_are_named_and_many_are_counted(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    assert re.search(r"^# There was no time for \d+ more drills;", planned(folders, capsys, "--minutes", "5"), re.M)
    some = planned(folders, capsys, "--minutes", "15", "--no-floor", "--seed", "1")
    assert re.search(r"^# There was no time for: [a-z-]+(, [a-z-]+)*\.$", some, re.M)
    assert "There was no time" not in planned(folders, capsys, "--minutes", "40")


def test_drills_of_ones_own_are_planned_too_whatever_their_ids(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (folders.shipped_routines / "drills" / "neck.yaml").read_text(encoding="utf-8")
    for name, mine in (
        ("neck-flexion-extension", "'no'"),
        ("neck-rotation", "'2026-10-02'"),
        ("neck-side-bend", "'007'"),
    ):
        text = text.replace(f"id: {name}\n", f"id: {mine}\n")
    folders.own_drills.mkdir(parents=True)
    (folders.own_drills / "mine.yaml").write_text(text, encoding="utf-8")
    path = tmp_path / "all-of-it.yaml"
    planned(folders, capsys, "--minutes", "60", "-o", str(path))
    assert {"'no'", "'2026-10-02'", "'007'"} <= set(re.findall(r"drill: ([^,]+),", path.read_text(encoding="utf-8")))
    assert run(check, folders, str(path)) == 0


@pytest.mark.parametrize("stem", ["every-joint", "Evening", "10-minutes", "yes", "evening round"])
def test_a_file_name_that_cannot_be_an_id_or_is_taken_is_not_made_one(
    stem: str, folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"{stem}.yaml"
    planned(folders, capsys, "--minutes", "5", "--seed", "3", "-o", str(path))
    assert "\nid: plan-5-minutes-3\n" in path.read_text(encoding="utf-8")


def test_what_is_saved_can_be_started_from_where_one_is(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert planned(folders, capsys, "--minutes", "5", "-o", "my plan").endswith(" trainer start './my plan'\n")
    assert run(show, folders, "./my plan") == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "How long is there? Say --minutes 10."),
        (["--minutes", "1.9"], "--minutes takes a number from 2 to 60, not '1.9'."),
        (["--minutes", "61"], "--minutes takes a number from 2 to 60, not '61'."),
        (["--minutes", "nan"], "--minutes takes a number from 2 to 60, not 'nan'."),
        (["--minutes", ""], "--minutes takes a number from 2 to 60, not ''."),
        (["--minutes", "-5"], "--minutes takes a number from 2 to 60, not '-5'."),
        (["--minutes", "5", "--focus", "ankel"], "--focus: 'ankel' is not a region. Did you mean ankle?"),
        (["--minutes", "5", "--focus", "ankle,"], "--focus: '' is not a region. Say one or more of foot, ankle, "),
        (["--minutes", "5", "--focus", "\x1b[2J"], "--focus: '\\x1b[2j' is not a region."),
        (["--minutes", "5", "--seed", "x"], "--seed needs a whole number from 0 to 999999999, not 'x'."),
        (["--minutes", "5", "-o", ""], "-o needs the name of a file."),
        (["--minutes", "5", "-o", "/dev/null"], "'/dev/null' is there already. Choose another name"),
        (["--minutes", "5", "-o", "no/such/folder.yaml"], "'no/such/folder.yaml' could not be written: no such file"),
        (["--minutes", "5", "-o", "a\0b"], "could not be written: "),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(
    words: list[str], sentence: str, folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError) as told:
        run(plan, folders, *words)
    assert sentence in str(told.value)
    assert capsys.readouterr().out == ""


def test_a_file_that_is_there_is_not_touched(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(TrainerError, match="is there already"):
        run(plan, folders, "--minutes", "5", "-o", str(path))
    assert path.read_text(encoding="utf-8") == "mine"
    assert [each.name for each in tmp_path.iterdir()] == ["mine.yaml"]
    link = tmp_path / "link.yaml"
    link.symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(TrainerError, match="is there already"):
        run(plan, folders, "--minutes", "5", "-o", str(link))


def test_a_region_named_twice_counts_once(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    assert " --focus hip,knee --seed" in planned(folders, capsys, "--minutes", "6", "--focus", "hip,knee,hip")


@pytest.mark.parametrize(
    ("written", "said"),
    [("4", "4"), ("4.5", "4.5"), (" 4m", "4"), ("4 min", "4"), ("270s", "4.5"), ("260.35s", "4.33")],
)
def test_minutes_as_people_write_them(
    written: str, said: str, folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"--minutes {said} " in planned(folders, capsys, "--minutes", written).splitlines()[0]


def test_the_command_line_knows_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = {"TRAINER_DATA_DIR": str(tmp_path / "data"), "TRAINER_CONFIG_DIR": str(tmp_path / "config")}
    assert cli.main(["plan", "--minutes", "5", "--seed", "1"], here) == 0
    assert "\nid: plan-5-minutes-1\n" in capsys.readouterr().out
    assert cli.main(["plan", "--minutes", "-5"], here) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert cli.VERBS.index("plan") == cli.VERBS.index("show") + 1
