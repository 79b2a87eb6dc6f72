"""Reading the library: a person's own files beside and over the shipped ones, and broken ones that stop nothing."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from trainer.core.errors import ContentError
from trainer.core.routine import Item, WhichSides
from trainer.library import Kind, Library, check_file, check_files, read_library, read_routine

SHIPPED = Path(__file__).parent.parent / "routines"
ANKLE = (SHIPPED / "drills" / "ankle.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def shipped() -> Library:
    return read_library(SHIPPED)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def routine(*lines: str, id: str = "mine", name: str = "Mine") -> str:  # noqa: A002
    items = "".join(f"- {line}\n" for line in lines)
    return f"id: {id}\nname: {name}\nitems:\n{items}"


def one_drill(id: str, **changes: str) -> str:  # noqa: A002
    """A drill file with the shipped ankle pumps under another id."""
    drill = ANKLE[ANKLE.index("- id: ankle-pumps") : ANKLE.index("- id: ankle-circles")]
    text = "drills:\n" + drill.replace("id: ankle-pumps", f"id: {id}")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


def test_own_files_come_beside_the_shipped_ones(tmp_path: Path) -> None:
    write(tmp_path / "drills" / "mine.yaml", one_drill("my-pumps"))
    write(tmp_path / "routines" / "mine.yaml", routine("{drill: my-pumps, reps: 4}", "{drill: hip-hinge}"))
    library = read_library(SHIPPED, tmp_path)
    assert library.broken == ()
    assert len(library.drills) == 45
    assert library.routines["mine"].items == (Item("my-pumps", reps=4), Item("hip-hinge"))
    assert library.own == {"mine"}


def test_a_file_may_end_in_capitals_as_some_systems_write_them(tmp_path: Path) -> None:
    for name in ("a.YAML", "b.Yml", ".c.yaml", "d.yaml~"):
        write(tmp_path / "routines" / name, routine("{drill: hip-hinge}", id=name.strip(".")[0]))
    assert read_library(SHIPPED, tmp_path).own == {"a", "b"}


def test_own_files_take_the_place_of_shipped_ones_by_id(tmp_path: Path) -> None:
    write(tmp_path / "drills" / "mine.yaml", one_drill("ankle-pumps", Ankle="My ankle"))
    write(tmp_path / "routines" / "mine.yaml", routine("{drill: ankle-pumps}", id="desk-break"))
    library = read_library(SHIPPED, tmp_path)
    assert library.drills["ankle-pumps"].name == "My ankle pumps"
    assert library.routines["desk-break"].name == "Mine"
    assert (len(library.drills), len(library.routines)) == (44, 6)


def test_a_broken_routine_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    path = write(tmp_path / "routines" / "b.yaml", routine("{drill: hip-hinje}", id="mine", name="Mondays"))
    write(tmp_path / "routines" / "c.yaml", routine("{drill: hip-hinge}", id="good"))
    library = read_library(SHIPPED, tmp_path)
    assert "good" in library.routines
    (broken,) = library.broken
    assert (broken.path, broken.kind, broken.id, broken.title) == (path, Kind.ROUTINE, "mine", "Mondays")
    (complaint,) = broken.complaints
    assert str(complaint) == f"{path}:4:11: drill: there is no drill 'hip-hinje'; did you mean 'hip-hinge'?"


def test_a_broken_drill_breaks_the_routine_that_names_it_and_no_other_drill(tmp_path: Path) -> None:
    good = one_drill("good").removeprefix("drills:\n")
    drills = write(tmp_path / "drills" / "d.yaml", one_drill("bad", seated="seeted") + good)
    write(tmp_path / "routines" / "r.yaml", routine("{drill: bad}"))
    library = read_library(SHIPPED, tmp_path)
    assert "good" in library.drills
    assert "bad" not in library.drills
    assert [(broken.kind, broken.id) for broken in library.broken] == [(Kind.DRILL, "bad"), (Kind.ROUTINE, "mine")]
    first = library.broken[0].complaints[0]
    reason = library.broken[1].complaints[0].message
    assert reason == f"drill: 'bad' has a mistake of its own, at {drills}:{first.line}:{first.column}"


def test_a_broken_drill_leaves_the_shipped_one_in_its_place(tmp_path: Path) -> None:
    write(tmp_path / "drills" / "d.yaml", one_drill("ankle-pumps", alternating="alternatting"))
    library = read_library(SHIPPED, tmp_path)
    assert library.drills["ankle-pumps"].name == "Ankle pumps"
    assert len(library.routines) == 6
    assert [broken.id for broken in library.broken] == ["ankle-pumps"]


def test_a_stand_in_that_is_broken_is_left_out(tmp_path: Path) -> None:
    bad = one_drill("bad", seated="seeted").removeprefix("drills:\n")
    good = one_drill("good").replace("  tags:", "  swap: bad\n  tags:")
    write(tmp_path / "drills" / "d.yaml", good + bad)
    library = read_library(SHIPPED, tmp_path)
    assert library.drills["good"].swap is None
    assert [broken.id for broken in library.broken] == ["bad"]


def test_the_same_id_twice_keeps_the_first(tmp_path: Path) -> None:
    first = write(tmp_path / "routines" / "a.yaml", routine("{drill: hip-hinge}", name="First"))
    second = write(tmp_path / "routines" / "b.yaml", routine("{drill: hip-hinge}", name="Second"))
    library = read_library(SHIPPED, tmp_path)
    assert library.routines["mine"].name == "First"
    assert (
        str(library.broken[0].complaints[0]) == f"{second}:1:5: id: there is a routine 'mine' already, at {first}:1:5"
    )


def test_what_is_not_a_file_is_set_aside_too(tmp_path: Path) -> None:
    (tmp_path / "routines" / "folder.yaml").mkdir(parents=True)
    write(tmp_path / "routines" / "empty.yaml", "")
    write(tmp_path / "routines" / "notes.txt", "not read")
    library = read_library(SHIPPED, tmp_path)
    told = [(broken.id, broken.complaints[0].message) for broken in library.broken]
    assert told == [("empty", "the file is empty"), ("folder", "this is a folder, not a file")]


def test_no_folder_of_ones_own_is_no_mistake(tmp_path: Path) -> None:
    assert read_library(SHIPPED, tmp_path / "nowhere") == read_library(SHIPPED)


def test_a_damaged_shipment_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"body\.yaml:1:1: there is no such file The shipped library is damaged"):
        read_library(tmp_path)
    write(tmp_path / "body.yaml", "skeleton: {height_m: tall}\n")
    with pytest.raises(ContentError, match=r"body\.yaml:1:1: 'base_poses' is missing"):
        read_library(tmp_path)


def test_names_of_broken_things_cannot_steer_a_terminal(tmp_path: Path) -> None:
    write(tmp_path / "routines" / "a\x1b[31mb.yaml", 'id: "a\\e[31m"\nname: "b\\u202e"\n')
    (broken,) = read_library(SHIPPED, tmp_path).broken
    shown = [broken.id, broken.title, *map(str, broken.complaints)]
    assert all(text.isprintable() for text in shown)


def test_lengths_of_time_are_read_as_people_write_them(tmp_path: Path, shipped: Library) -> None:
    lines = ("{drill: hip-hinge, time: 1.5m, tempo: 5s}", "{rest: 30}", "{drill: heel-slide, sides: affected}")
    read = read_routine(write(tmp_path / "r.yaml", routine(*lines)), shipped.drills)
    assert read.items == (
        Item("hip-hinge", time=90.0, tempo=5.0),
        Item(rest=30.0),
        Item("heel-slide", sides=WhichSides.AFFECTED),
    )


def test_text_stays_text(tmp_path: Path, shipped: Library) -> None:
    text = "id: '90'\nname: 12:30\nwhen: No\nby: 2026-10-02\npurpose: >\n  two\n  lines\nitems:\n- drill: hip-hinge\n"
    read = read_routine(write(tmp_path / "r.yaml", text), shipped.drills)
    assert (read.id, read.name, read.when, read.by, read.purpose) == ("90", "12:30", "No", "2026-10-02", "two lines")


def test_a_routine_may_repeat_a_line_by_alias(tmp_path: Path, shipped: Library) -> None:
    path = write(tmp_path / "r.yaml", routine("&hinge {drill: hip-hinge}", "*hinge"))
    assert read_routine(path, shipped.drills).items == (Item("hip-hinge"),) * 2


def test_a_routine_that_cannot_be_used_says_why_and_how_many_more(tmp_path: Path, shipped: Library) -> None:
    path = write(tmp_path / "r.yaml", routine("{drill: hip-hinge, repz: 3}", "{drill: nope, reps: 0}"))
    with pytest.raises(ContentError) as caught:
        read_routine(path, shipped.drills)
    assert caught.value.message == f"{path}:4:22: 'repz' is not a field; did you mean 'reps'?"
    assert caught.value.hint == "(and 2 more; `trainer check` lists every mistake in a file.)"


def test_a_drill_file_is_no_routine(shipped: Library) -> None:
    with pytest.raises(ContentError, match="this file holds drills, not a routine"):
        read_routine(SHIPPED / "drills" / "ankle.yaml", shipped.drills)


def test_other_spellings_of_a_dose_are_read(tmp_path: Path) -> None:
    ours = read_library(SHIPPED).drills["short-foot"]
    foot = (SHIPPED / "drills" / "foot.yaml").read_text("utf-8")
    assert "dose: {reps: 3, tempo: 7s, hold: 4s}" in foot
    theirs = foot.replace("dose: {reps: 3, tempo: 7s, hold: 4s}", "dosage: {reps: 3, tempo_s: 7, hold_s: 4}")
    write(tmp_path / "drills" / "foot.yaml", "meta: {schema: drills/1}\n" + theirs)
    library = read_library(SHIPPED, tmp_path)
    assert library.broken == ()
    assert library.drills["short-foot"] == ours


def test_one_file_may_hold_the_body_and_its_drills(tmp_path: Path, shipped: Library) -> None:
    body = (SHIPPED / "body.yaml").read_text("utf-8")
    path = write(tmp_path / "all.yaml", body + ANKLE)
    assert check_file(path, shipped) == ()
    path.write_text(body.replace("limits: [-50, 20]", "limits: [-50, 10]") + ANKLE, "utf-8")
    assert any("degrees are beyond the limits, -50 to 10" in found.message for found in check_file(path, shipped))


def test_files_that_are_checked_together_know_each_other(tmp_path: Path, shipped: Library) -> None:
    drills = write(tmp_path / "d.yaml", one_drill("new-pumps"))
    mine = write(tmp_path / "r.yaml", routine("{drill: new-pumps}"))
    assert check_files((mine, drills, drills), shipped) == ()
    assert [found.message for found in check_file(mine, shipped)] == [
        "drill: there is no drill 'new-pumps'; did you mean 'ankle-pumps'?"
    ]


def test_naming_the_library_imports_none_of_its_readers() -> None:
    heavy = "{'yaml', 'pydantic', 'difflib', 'trainer.library.load', 'trainer.body.skeleton'}"
    program = f"import sys; from trainer.library import Library; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_name_that_is_not_there_is_an_ordinary_mistake() -> None:
    with pytest.raises(ImportError):
        from trainer.library import nothing  # noqa: F401


def test_the_schemas_for_editors_are_current() -> None:
    """``python scripts/write_schema.py`` writes them anew."""
    writer = runpy.run_path(str(SHIPPED.parent / "scripts" / "write_schema.py"))
    folder = SHIPPED.parent / "docs" / "schema"
    made = {name: writer["text"](schema) for name, schema in writer["schemas"]().items()}
    assert made == {path.name: path.read_text("utf-8") for path in folder.glob("*.json")}


def guide_examples() -> list[str]:
    guide = (SHIPPED.parent / "docs" / "writing-routines.md").read_text("utf-8")
    return [block for block in guide.split("```yaml\n")[1:] for block in [block.split("```")[0]] if "id:" in block]


@pytest.mark.parametrize("example", guide_examples(), ids=lambda text: text.split("id: ")[1].split()[0])
def test_the_examples_in_the_guide_are_right(tmp_path: Path, shipped: Library, example: str) -> None:
    assert check_file(write(tmp_path / "example.yaml", example), shipped) == ()
