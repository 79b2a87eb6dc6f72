"""Checking files: each mistake told in plain words by line and column, all of them at once, and nothing blows up."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.core.errors import ContentError
from trainer.core.routine import Item
from trainer.library import Library, check_file, read_library, read_routine

SHIPPED = Path(__file__).parent.parent / "routines"
HEAD = "id: mine\nname: Mine\nitems:\n"
ANKLE = (SHIPPED / "drills" / "ankle.yaml").read_text("utf-8")
BODY = (SHIPPED / "body.yaml").read_text("utf-8")
LIBRARY = read_library(SHIPPED)
SLOWEST_S = 1.0


def check(path: Path, content: str | bytes) -> list[str]:
    """``LINE:COL: message`` of every complaint about a file with this content."""
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return [str(found).removeprefix(f"{path}:") for found in check_file(path, LIBRARY)]


LINES = {
    "{drill: hip-hinge, repz: 6}": "4:22: 'repz' is not a field; did you mean 'reps'?",
    "{drill: ankle-cirles}": "4:11: drill: there is no drill 'ankle-cirles'; did you mean 'ankle-circles'?",
    "{drill: Hip_Hinge}": "4:11: drill: there is no drill 'Hip_Hinge'; did you mean 'hip-hinge'?",
    "{drill: hip-hinge, reps: many}": "4:28: reps: 'many' is not a whole number",
    "{drill: hip-hinge, reps: 1.5}": "4:28: reps: '1.5' is not a whole number",
    "{drill: hip-hinge, reps: true}": "4:28: reps: 'true' is not a whole number",
    "{drill: hip-hinge, reps: [3]}": "4:28: reps: one value is wanted here, not a list",
    "{drill: hip-hinge, reps: 0}": "4:28: reps: '0' is too small; 1 to 200 is possible",
    "{drill: hip-hinge, reps: 10000}": "4:28: reps: '10000' is too large; 1 to 200 is possible",
    "{drill: hip-hinge, reps: -3}": "4:28: reps: '-3' is too small; 1 to 200 is possible",
    "{drill: hip-hinge, tempo: -4}": "4:29: tempo: '-4' is not a length of time; write 30s, 1.5s or 5m",
    "{drill: hip-hinge, tempo: nan}": "4:29: tempo: 'nan' is not a length of time; write 30s, 1.5s or 5m",
    "{drill: hip-hinge, tempo: .inf}": "4:29: tempo: '.inf' is not a length of time; write 30s, 1.5s or 5m",
    "{drill: hip-hinge, tempo: 2m}": "4:29: tempo: '2m' is too large; 0.5 to 60 seconds is possible",
    "{drill: hip-hinge, time: 61m}": "4:28: time: '61m' is too large; 1 to 3600 seconds is possible",
    "{drill: hip-hinge, priority: 4}": "4:32: priority: '4' is too large; 1 to 3 is possible",
    "{drill: hip-hinge, reps: 3, time: 30s}": "4:37: time: give reps or time, not both",
    "{drill: hip-hinge, sides: left}": (
        "4:29: sides: 'hip-hinge' is bilateral; only a unilateral drill can be done on one side"
    ),
    "{drill: heel-slide, sides: lefft}": (
        "4:30: sides: 'lefft' is not one of both, left, right, affected; did you mean 'left'?"
    ),
    "{reps: 3}": "4:3: this line names neither a drill nor a rest",
    "{rest: 30s, drill: hip-hinge}": (
        "4:10: rest: a line is a drill or a rest, not both; put the rest on a line of its own"
    ),
    "{rest: 30s, reps: 3}": (
        "4:1: items: a routine needs at least one drill",
        "4:10: rest: a rest has no reps, tempo, time or sides",
    ),
    "hip-hinge": "4:3: items, number 1: fields are wanted here, not 'hip-hinge'",
    "{drill: hip-hinge, drill: heel-slide}": "4:22: 'drill' is here twice, first on line 4; keep one",
    "{<<: {reps: 3}, drill: hip-hinge}": "4:4: '<<' is not used here; write the fields out",
    "{drill: !!python/name:os hip-hinge}": "4:11: the tag '!!python/name:os' is not used here; leave it out",
    "{drill: hip-hinge, [a]: 3}": "4:22: a field's name must be a word",
    "{drill: hip-hinge, note: nice}": (
        "4:22: 'note' is not a field; there are drill, reps, tempo, time, sides, priority, rest"
    ),
    "{drill: *nothing}": "4:11: *nothing stands for nothing above it",
    "{drill: hip-hinge": ("5:1: fields opened with '{' go wrong here; is a ',' or the '}' missing? (opened on line 4)"),
    "{drill: hip-hinge, repz: 3, rups: 4, tempo: x}": (
        "4:22: 'repz' is not a field; did you mean 'reps'?",
        "4:31: 'rups' is not a field; did you mean 'reps'?",
        "4:47: tempo: 'x' is not a length of time; write 30s, 1.5s or 5m",
    ),
}


@pytest.mark.parametrize("line", LINES)
def test_a_mistake_in_a_line_is_told_by_its_place(tmp_path: Path, line: str) -> None:
    expected = LINES[line]
    found = check(tmp_path / "r.yaml", f"{HEAD}- {line}\n")
    assert found == list((expected,) if isinstance(expected, str) else expected)


WHOLE = {
    "": "1:1: the file is empty",
    "# only a comment\n\n": "1:1: the file is empty",
    "~\n": "1:1: the file is empty",
    "hello\n": "1:1: a file begins with fields, such as 'id:' and 'items:', or 'drills:'",
    "- drill: hip-hinge\n": "1:1: a file begins with fields, such as 'id:' and 'items:', or 'drills:'",
    "colour: red\n": "1:1: this is neither a routine (id, name, items) nor a drill file (drills)",
    "drillz:\n- id: x\n": "1:1: 'drillz' is not a field; did you mean 'drills'?",
    "drills: none\n": "1:1: drills: a list of drills is wanted here, each begun with '- id:'",
    "routines:\n- id: a\n": "1:1: a file holds one routine; put each of these into a file of its own",
    "id: mine\nname: Mine\nitems: []\n": "3:8: items: at least 1 must be here",
    "id: mine\nname: Mine\nitems: hello\n": "3:8: items: a list is wanted here, such as [one, two], not 'hello'",
    "id: mine\nname: Mine\nitmes:\n- {drill: hip-hinge}\n": "3:1: 'itmes' is not a field; did you mean 'items'?",
    "id: mine\nitems:\n- {drill: hip-hinge}\n": "1:1: 'name' is missing",
    "id: mine\nname:\nitems:\n- {drill: hip-hinge}\n": "2:1: name: nothing is written here",
    "id: mine\nname: ''\nitems:\n- {drill: hip-hinge}\n": "2:7: name: nothing is written here",
    "id: My Own!\nname: Mine\nitems:\n- {drill: hip-hinge}\n": (
        "1:5: id: 'My Own!' must be lower case words joined by hyphens, such as 'my-own'"
    ),
    f"id: mine\nname: {'x' * 61}\nitems:\n- {{drill: hip-hinge}}\n": (
        "2:7: name: this is 61 letters long; 60 are the most"
    ),
    HEAD + "- {rest: 30s}\n": "4:1: items: a routine needs at least one drill",
    HEAD + "\t- {drill: hip-hinge}\n": "4:1: a tab stands here; YAML wants spaces",
    HEAD + "- drill: hip-hinge\n\treps: 3\n": "5:1: a tab stands here; YAML wants spaces",
    'id: mine\nname: "Mine\nitems:\n- {drill: hip-hinge}\n': "2:7: a quote is opened here and never closed",
    "id: mine\nname: 'Mine\nitems:\n- {drill: hip-hinge}\n": "2:7: a quote is opened here and never closed",
    HEAD + "- {drill: hip-hinge}\n---\nid: b\n": "5:1: a second document begins here; one file holds one",
    'id: mine\nname: "a\\e[31mb"\nitems:\n- {drill: hip-hinge}\n': (
        "2:7: the invisible character U+001B is not allowed in text"
    ),
    "id: mine\nname: a\x1b[31mb\n": "2:8: the invisible character U+001B is not allowed in a file",
    "id: mine\nname: a\u202eb\n": "2:8: the invisible character U+202E is not allowed in a file",
    "# \u2066hidden\nid: mine\n": "1:3: the invisible character U+2066 is not allowed in a file",
    "id: mine\nname: a\u2028b\n": "2:8: the invisible character U+2028 is not allowed in a file",
}


@pytest.mark.parametrize("content", WHOLE)
def test_a_mistake_in_a_whole_file_is_one_line(tmp_path: Path, content: str) -> None:
    assert check(tmp_path / "r.yaml", content) == [WHOLE[content]]


BYTES = {
    b"id: mine\nname: caf\xe9\n": "2:10: the file is not UTF-8 from here on; save it as UTF-8",
    b"id: mine\nname: a\x00b\n": "2:8: the invisible character U+0000 is not allowed in a file",
    "id: mine\n".encode("utf-16"): "1:1: the file is UTF-16; save it as UTF-8",
    b"\xef\xbb\xbf" + HEAD.encode() + b"- {drill: hip-hinge, repz: 1}\n": (
        "4:22: 'repz' is not a field; did you mean 'reps'?"
    ),
    HEAD.replace("\n", "\r\n").encode() + b"- {drill: hip-hinge, repz: 1}\r\n": (
        "4:22: 'repz' is not a field; did you mean 'reps'?"
    ),
}


@pytest.mark.parametrize("content", BYTES)
def test_bytes_are_read_as_editors_write_them(tmp_path: Path, content: bytes) -> None:
    assert check(tmp_path / "r.yaml", content) == [BYTES[content]]


def test_a_byte_order_mark_and_other_line_ends_are_welcome(tmp_path: Path) -> None:
    text = HEAD + "- {drill: hip-hinge}\n"
    assert check(tmp_path / "r.yaml", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == []


def test_text_that_people_write_is_welcome(tmp_path: Path) -> None:
    name = "Ma tournée\u00a0: genoux 🧘🏽\u200d♀️ – می\u200cروم"
    assert check(tmp_path / "r.yaml", f"id: mine\nname: '{name}'\nitems:\n- {{drill: hip-hinge}}\n") == []


CHANGES = {
    ("base_pose: seated", "base_pose: seatd"): "base_pose: there is no pose 'seatd'; did you mean 'seated'?",
    ("base_pose: seated", "base_pose: standing"): (
        "base_pose: 'standing' is standing, but the drill's position is seated"
    ),
    ("ankle_angle_r: 14", "ankle_angel_r: 14"): (
        "there is no coordinate 'ankle_angel_r'; did you mean 'ankle_angle_r'?"
    ),
    ("ankle_angle_r: 14", "ankle_angle_r: 24"): "ankle_angle_r: 24 degrees are beyond the limits, -50 to 20",
    ("ankle_angle_r: 14", "ankle_angle: 14"): "there is no coordinate 'ankle_angle'; did you mean 'ankle_angle_r'?",
    ("ankle_angle_r: 14", "trunk_bend: 4, lumbar_bending: 24, thoracic_lower_bending: 14"): (
        "trunk_bending: 38 degrees are beyond the limits, -35 to 35",
        "there is no coordinate 'trunk_bend'",
    ),
    ("ankle_angle_r: 14", "ankle_angle_r: .nan"): "ankle_angle_r: '.nan' is not a number",
    ("ankle_angle_r: 14", "ankle_angle_r: nan"): "ankle_angle_r: 'nan' is not a number",
    ("ankle_angle_r: 14", "ankle_angle_r: inf"): "ankle_angle_r: 'inf' is not a number",
    ("phase: 0.5", "phase: 0"): "phase: phases must rise, and 0 comes after 0",
    ("phase: 0.5", "phase: 1"): "phase: a phase is less than 1, where the first pose comes round again",
    ("phase: 0\n", "phase: 0.1\n"): "phase: the first phase must be 0, not 0.1",
    ("phase: 0\n", "phase: start\n"): "phase: 'start' is not a number",
    ("tempo: 2.5s", "tempo: 2.5s, hold: 3s"): ("hold: 3 s do not fit into a tempo of 2.5 s, which the hold is part of"),
    ("tempo: 2.5s", "tempo: fast, hold: 3s"): "tempo: 'fast' is not a length of time; write 30s, 1.5s or 5m",
    ("load: none", "load: nine"): "load: 'nine' is not one of none, low, moderate; did you mean 'none'?",
    ("region: ankle", "region: ankles"): (
        "region: 'ankles' is not one of foot, ankle, knee, hip, pelvis-lumbar, thoracic, shoulder, elbow, wrist, hand, "
        "neck, eyes; did you mean 'ankle'?"
    ),
    ("focus: feet", "focus: foot"): "focus: 'foot' is not one of full, upper, legs, feet, hands, head",
    ("kneeling: false", "kneeling: perhaps"): "kneeling: 'perhaps' is neither true nor false",
    (
        "  easier:",
        "  swap: knee-to-wal\n  easier:",
    ): "swap: there is no drill 'knee-to-wal'; did you mean 'knee-to-wall'?",
    ("  easier:", "  swap: ankle-pumps\n  easier:"): "swap: a drill cannot stand in for itself",
    ("  easier:", "  anchor: {point: bal_r, height_m: 0}\n  easier:"): (
        "point: the figure has no point 'bal_r'; did you mean 'ball_r'?"
    ),
    ("  easier:", "  turns: true\n  easier:"): "'turns' is not a field",
    ("dose:", "dosage: {reps: 3, tempo_s: 4}\n  dose:"): "'dosage' is 'dose' over again; keep one",
    ("  - Swap in a steady rhythm.", f"  - {'x' * 121}"): (
        "steps, number 3: this is 121 letters long; 120 are the most"
    ),
    ("id: ankle-pumps", "id: ankle-circles"): "id: there is a drill 'ankle-circles' already, at ",
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[1].strip()[:40])
def test_a_mistake_in_a_drill_is_told(tmp_path: Path, change: tuple[str, str]) -> None:
    assert change[0] in ANKLE
    expected = CHANGES[change]
    found = check(tmp_path / "d.yaml", ANKLE.replace(*change, 1))
    told = [line.split(": ", 1)[1] for line in found]
    wanted = (expected,) if isinstance(expected, str) else expected
    assert len(told) == len(wanted)
    assert all(line.startswith(words) for line, words in zip(told, wanted, strict=True)), told


def test_angles_of_a_loaded_ankle_may_go_further(tmp_path: Path) -> None:
    loaded = ANKLE.replace("knee_angle_r: 46, ankle_angle_r: 32", "knee_angle_r: 54, ankle_angle_r: 40")
    assert check(tmp_path / "d.yaml", loaded) == []
    (found,) = check(tmp_path / "d.yaml", loaded.replace("weight_bearing: true", "weight_bearing: false"))[-1:]
    assert found.endswith("ankle_angle_r: 40 degrees are beyond the limits, -50 to 20")


def test_a_drill_is_held_against_its_base_pose_and_its_mirror_image(tmp_path: Path) -> None:
    leaning = BODY.replace("pose: {hip_flexion_r: 90,", "pose: {lumbar_bending: 24, hip_flexion_r: 90,")
    bent = ANKLE.replace("ankle_angle_r: 14", "thoracic_lower_bending: 14")
    (found,) = check(tmp_path / "d.yaml", leaning + bent)
    assert found.endswith(": trunk_bending: 38 degrees are beyond the limits, -35 to 35")
    lopsided = BODY.replace("limits: [-25, 25]", "limits: [-10, 25]")
    bent = ANKLE.replace("ankle_angle_r: 14", "lumbar_bending: 14")
    (found,) = check(tmp_path / "d.yaml", lopsided + bent)
    assert found.endswith(": lumbar_bending: -14 degrees are beyond the limits, -10 to 25")


def test_all_mistakes_of_a_drill_are_told_at_once(tmp_path: Path) -> None:
    wrong = ANKLE.replace("tempo: 2.5s", "tempo: fast, hold: 3s", 1).replace("phase: 0.5", "phase: late", 1)
    wrong = wrong.replace("base_pose: seated", "base_pose: seatd", 1).replace("  region: ankle\n", "", 1)
    told = [line.split(": ", 1)[1] for line in check(tmp_path / "d.yaml", wrong)]
    assert told == [
        "'region' is missing",
        "tempo: 'fast' is not a length of time; write 30s, 1.5s or 5m",
        "base_pose: there is no pose 'seatd'; did you mean 'seated'?",
        "phase: 'late' is not a number",
    ]


def test_a_body_is_checked_too(tmp_path: Path) -> None:
    wrong = BODY.replace("limits: [-20, 120]", "limits: [120, -20]").replace(
        "sum: [neck_lower_extension", "sum: [neck_lower_extention"
    )
    told = [line.split(": ", 1)[1] for line in check(tmp_path / "b.yaml", wrong)]
    assert "limits: the smaller angle comes first" in told
    assert "there is no coordinate 'neck_lower_extention'; did you mean 'neck_lower_extension'?" in told


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    """Slips of spelling do not hide slips of meaning, neither in the same line nor in another."""
    found = check(tmp_path / "r.yaml", HEAD + "- {drill: nope, reps: 0}\n- {drill: hip-hinje, repz: 3}\n- {rest: x}\n")
    assert [line.split(": ")[0] for line in found] == ["4:11", "4:23", "5:11", "5:22", "6:10"]


def test_a_great_many_mistakes_end_with_a_word_on_the_rest(tmp_path: Path) -> None:
    found = check(tmp_path / "r.yaml", HEAD + "- {drill: hip-hinge, reps: x}\n" * 150)
    assert len(found) == 101
    assert found[-1] == "104:28: from here on there are 50 more mistakes"


def test_what_an_alias_brings_is_blamed_where_it_is_brought_to_and_its_own_mistakes_once(tmp_path: Path) -> None:
    lines = "- &one {drill: hip-hinge}\n- *one\n- drill: *one\n- &two {drill: hip-hnge}\n- *two\n"
    assert check(tmp_path / "r.yaml", HEAD + lines) == [
        "6:10: drill: one value is wanted here, not fields",
        "7:16: drill: there is no drill 'hip-hnge'; did you mean 'hip-hinge'?",
    ]


def test_the_path_is_printed_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.yaml").write_text("", "utf-8")
    for name in ("x.yaml", "./x.yaml", f"../{tmp_path.name}/x.yaml", str(tmp_path / "x.yaml")):
        assert str(check_file(name, LIBRARY)[0]) == f"{name}:1:1: the file is empty"
    assert str(check_file(Path("x.yaml"), LIBRARY)[0]) == "x.yaml:1:1: the file is empty"


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
STAIRS = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} {'[' * 10}*a{n - 1}{']' * 10}\n" for n in range(1, 85))
MONSTERS = {
    "fifty megabytes": ("# " + "x" * 50_000_000, "the file is larger than 1 MB; a routine is far smaller"),
    "aliases of aliases": (LAUGHS, "the file holds more than 40,000 values; split it"),
    "aliases deep in aliases": (STAIRS, "lists and fields are more than 12 levels deep here"),
    "an alias of itself": ("id: &a [*a]\n", "*a stands for nothing above it"),
    "lists in lists": ("[" * 100_000, "lists and fields are more than 12 levels deep here"),
    "dashes": ("- " * 100_000, "lists and fields are more than 12 levels deep here"),
    "question marks": ("? " * 100_000, "lists and fields are more than 12 levels deep here"),
    "lines": ("items:\n" + "- a\n" * 200_000, "the file holds more than 40,000 values; split it"),
    "keys": ("".join(f"k{n}: 1\n" for n in range(19_000)), "this is neither a routine (id, name, items) nor a drill"),
    "wrong lines": (HEAD + "- {drill: nope-nope, reps: 3}\n" * 7_000, "items: there are too many; 200 are the most"),
    "drills": ("drills:\n" + "- x\n" * 30_000, "drills: there are more than 300; split the file"),
    "quotes": ('"' * 900_000, "this does not belong here; check the quotes, and the line before"),
    "one word": ("id: " + "x" * 900_000, "'items' is missing"),
}


@pytest.mark.parametrize("monster", MONSTERS)
def test_a_monster_is_refused_quickly(tmp_path: Path, monster: str) -> None:
    content, expected = MONSTERS[monster]
    path = tmp_path / "m.yaml"
    path.write_text(content, "utf-8")
    began = time.process_time()
    found = check_file(path, LIBRARY)
    assert time.process_time() - began < SLOWEST_S
    assert found[0].message.startswith(expected)
    assert max(len(str(line)) for line in found) < 200 + len(str(path))


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "mine.yaml").write_text("", "utf-8")
    expected = {
        "folder.yaml": "this is a folder, not a file",
        "mnie.yaml": "there is no such file; did you mean 'mine.yaml'?",
        "other.yaml": "there is no such file",
        "a\0b.yaml": "the file cannot be read: its name cannot be used",
    }
    for name, message in expected.items():
        (found,) = check_file(tmp_path / name, LIBRARY)
        assert (found.line, found.column, found.message) == (1, 1, message)
        assert str(found).isprintable()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (found,) = check_file(tmp_path / "pipe.yaml", LIBRARY)
    assert found.message == "this is not an ordinary file"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "locked.yaml").write_text("", "utf-8")
    (tmp_path / "locked.yaml").chmod(0)
    (found,) = check_file(tmp_path / "locked.yaml", LIBRARY)
    assert found.message == "the file cannot be read: permission denied"


@pytest.mark.parametrize(
    "content",
    [
        HEAD + "- {drill: hip-hinge, repz: 6}\n- {drill: heel-slide, reps: 3}\n",
        HEAD + "\t- {drill: hip-hinge}\n",
        'id: mine\nname: "Mine\nitems:\n- {drill: hip-hinge}\n',
        HEAD + "- {drill: hip-hinge}\n---\nid: b\n",
        ANKLE.replace("focus: feet", "focus: foot"),
    ],
)
def test_the_reader_in_python_alone_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    """PyYAML comes without its C part on a few systems."""
    with_c = check(tmp_path / "r.yaml", content)
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert check(tmp_path / "r.yaml", content) == with_c != []


SEEDS = [path.read_bytes() for path in (SHIPPED / "drills" / "ankle.yaml", *sorted(SHIPPED.glob("*-*.yaml")))]
TRICKS = [b"\t", b"'", b'"', b"{", b"}", b"[", b"- ", b": ", b"#", b"&a ", b"*a", b"!", b"\x00", b"\xff", b"nan", b"~"]


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A shipped file after a few bytes were changed, lines lost, doubled or swapped, or odd things slipped in."""
    lines = draw(st.sampled_from(SEEDS)).split(b"\n")
    for _ in range(draw(st.integers(1, 4))):
        here = draw(st.integers(0, len(lines) - 1))
        there = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["flip", "lose", "double", "swap", "slip in", "cut"])):
            case "flip" if lines[here]:
                spot = draw(st.integers(0, len(lines[here]) - 1))
                odd = bytes([draw(st.integers(0, 255))])
                lines[here] = lines[here][:spot] + odd + lines[here][spot + 1 :]
            case "lose" if len(lines) > 1:
                del lines[here]
            case "double":
                lines.insert(there, lines[here])
            case "swap":
                lines[here], lines[there] = lines[there], lines[here]
            case "slip in":
                spot = draw(st.integers(0, len(lines[here])))
                lines[here] = lines[here][:spot] + draw(st.sampled_from(TRICKS)) + lines[here][spot:]
            case _:
                spot = draw(st.integers(0, len(lines[here])))
                lines[here] = lines[here][:spot]
    return b"\n".join(lines)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=spoilt())
def test_a_spoilt_file_is_read_or_complained_about(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "spoilt.yaml"
    path.write_bytes(content)
    found = check_file(path, LIBRARY)
    assert list(found) == sorted(found, key=lambda complaint: (complaint.line, complaint.column))
    lines = content.count(b"\n") + content.count(b"\r") + 2
    for complaint in found:
        assert str(complaint).isprintable()
        assert 1 <= complaint.line <= lines
        assert complaint.column >= 1
    try:
        said: str | tuple[Item, ...] = read_routine(path, LIBRARY.drills).items
    except ContentError as error:
        said = str(error)
    assert said
    assert said.isprintable() if isinstance(said, str) else found == ()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_at_all_are_read_or_complained_about(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.yaml"
    path.write_bytes(content)
    assert all(str(complaint).isprintable() for complaint in check_file(path, LIBRARY))


def test_a_spoilt_own_file_never_stops_the_library(tmp_path: Path) -> None:
    (tmp_path / "routines").mkdir()
    for number, content in enumerate(
        [b"\xff", b"[" * 5000, b"items: 3", b"drills: [3]", b"id: x\nitems: [{}]", LAUGHS.encode()]
    ):
        (tmp_path / "routines" / f"{number}.yaml").write_bytes(content)
    library: Library = read_library(SHIPPED, tmp_path)
    assert len(library.broken) == 6
    assert library.routines == LIBRARY.routines
