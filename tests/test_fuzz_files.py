"""Files that are right, bent in a few places: each is taken or refused in one plain line, soon, and never by chance."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.diaries import NOON, make_rating, make_record
from tests.hostile import HAZARDS, ROOT, Door
from trainer.core.happening import Arm, Design, Event, Freeze, Trial, TrialDay
from trainer.export import everything_json, ratings_csv
from trainer.settings import Settings, write_settings

bent = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
"""The same files each time: what CI finds, everybody finds. ``scripts/fuzz.py`` looks further."""
ROUTINE = (ROOT / "routines" / "desk-break.yaml").read_text()
DRILLS = "\n- id:".join((ROOT / "routines" / "drills" / "ankle.yaml").read_text().split("\n- id:")[:3]) + "\n"
JUNK = st.sampled_from(HAZARDS) | st.text(max_size=12) | st.integers(-(10**20), 10**20).map(str)
VALUES: st.SearchStrategy[Any] = st.recursive(
    JUNK | st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([11, -1, 1e300, 10**400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(JUNK, inner, max_size=3),
    max_leaves=5,
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
MARKS = st.sampled_from([b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb", b"\x00"])


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(tmp_path_factory.mktemp("door"))


def after_name(line: str, value: str) -> str:
    """The line with another value, or with the value in the middle of it."""
    name, colon, _ = line.partition(":")
    return f"{name}{colon} {value}" if colon else line[: len(line) // 2] + value + line[len(line) // 2 :]


EDITS: tuple[Callable[[list[str], int, str], None], ...] = (
    lambda lines, at, value: lines.__setitem__(at, after_name(lines[at], value)),
    lambda lines, at, value: lines.__setitem__(at, after_name(lines[at], json.dumps(value))),
    lambda lines, at, value: lines.__setitem__(at, f"{value}{lines[at]}"),
    lambda lines, at, value: lines.__setitem__(at, f"{lines[at]}{value}"),
    lambda lines, at, value: lines.insert(at, value),
    lambda lines, at, _: lines.insert(at, lines[at]),
    lambda lines, at, _: lines.__delitem__(slice(at, at + 1)),
    lambda lines, at, _: lines.__delitem__(slice(at, None)),
    lambda lines, at, _: lines.__setitem__(at, f"  {lines[at]}"),
    lambda lines, at, _: lines.__setitem__(at, lines[at].lstrip()),
    lambda lines, at, _: lines.__setitem__(at, lines[at].replace(":", "", 1)),
)


@st.composite
def bent_lines(draw: st.DrawFn, text: str) -> bytes:
    """A text with one to three of its lines changed, other line ends, and a few odd bytes."""
    lines = text.rstrip("\n").split("\n")
    for _ in range(draw(st.integers(1, 3))):
        if lines:
            draw(st.sampled_from(EDITS))(lines, draw(st.integers(0, len(lines) - 1)), draw(JUNK))
    whole = (draw(ENDS).join(lines) + draw(ENDS)).encode("utf-8", "surrogatepass")
    at = draw(st.integers(0, len(whole)))
    return draw(MARKS) + whole[:at] + draw(st.sampled_from([b"", b"", b"", b"\xc3\x28", b"\xed\xa0\x80"])) + whole[at:]


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value in a JSON document."""
    found = [path] if path else []
    if isinstance(value, dict):
        inner = list(value.items())
    else:
        inner = list(enumerate(value)) if isinstance(value, list) else []
    return found + [place for key, each in inner for place in places(each, (*path, key))]


def made_diary() -> str:
    record = make_record("s1", at=NOON)
    ratings = [make_rating("r1", 3, at=NOON, session="s1"), make_rating("r2", None, at=NOON, note="=1+1")]
    events, freezes = [Event("e1", NOON.date(), "new shoes")], [Freeze("f1", NOON.date(), None, "a cold")]
    days = (TrialDay(NOON.date(), 1, Arm.FIRST), TrialDay(NOON.date() + timedelta(days=1), 1, Arm.SECOND))
    trials = [Trial("t1", NOON, 7, Design.PAIRS, "desk-break", "knee-neighbours", days=days)]
    return "".join(everything_json([record], ratings, events, freezes, trials))


@st.composite
def bent_json(draw: st.DrawFn) -> bytes:
    """An export in which one to three values are something else, are there twice, or are gone."""
    diary = json.loads(made_diary())
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(places(diary)))
        holder = diary
        for step in way:
            holder = holder[step]
        kind = draw(st.integers(0, 3))
        if kind == 0 and isinstance(holder, dict):
            holder[draw(JUNK)] = holder.pop(last)
        elif kind == 1 and isinstance(holder, list):
            holder.append(holder[last])
        else:
            holder[last] = draw(VALUES)
    return json.dumps(diary, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


def made_table() -> str:
    ratings = [make_rating(f"r{number}", number, at=NOON, note='\'tis, "so"') for number in range(4)]
    return "".join(ratings_csv(ratings))


@st.composite
def bent_table(draw: st.DrawFn) -> bytes:
    """A table with other cells."""
    rows = [line.split(",") for line in made_table().rstrip("\n").split("\n")]
    for _ in range(draw(st.integers(1, 3))):
        row = draw(st.sampled_from(rows))
        row[draw(st.integers(0, len(row) - 1))] = draw(JUNK)
    return draw(ENDS).join(map(",".join, rows)).encode("utf-8", "surrogatepass")


class TestContent:
    def test_what_the_bending_begins_with_is_right(self, door: Door) -> None:
        assert door.content(ROUTINE.encode())
        assert door.content(DRILLS.encode())
        assert door.diary(made_diary().encode())
        assert door.diary(made_table().encode())

    @bent
    @given(bent_lines(ROUTINE))
    def test_a_bent_routine(self, door: Door, data: bytes) -> None:
        door.content(data)

    @bent
    @given(bent_lines(DRILLS))
    def test_a_bent_drill_file(self, door: Door, data: bytes) -> None:
        door.content(data)

    @bent
    @given(st.recursive(JUNK, lambda inner: st.lists(inner) | st.dictionaries(JUNK, inner)))
    def test_any_tree_in_place_of_a_file(self, door: Door, tree: object) -> None:
        door.content(json.dumps({"id": "x", "items": tree, "drills": tree}).encode())
        door.content(json.dumps({"drills": [tree, {"id": tree, "keyframes": tree, "dose": tree}]}).encode())


class TestSettings:
    @bent
    @given(st.data())
    def test_bent_settings(self, door: Door, tmp_path: Path, data: st.DataObject) -> None:
        path = tmp_path / "settings.yaml"
        path.unlink(missing_ok=True)
        write_settings(path, Settings())
        door.settings(data.draw(bent_lines(path.read_text())))

    @bent
    @given(st.binary(max_size=200))
    def test_any_bytes_in_place_of_settings(self, door: Door, data: bytes) -> None:
        door.settings(data)


class TestDiary:
    @bent
    @given(bent_json())
    def test_a_bent_export(self, door: Door, data: bytes) -> None:
        door.diary(data)

    @bent
    @given(bent_lines(made_diary()))
    def test_an_export_with_bent_lines(self, door: Door, data: bytes) -> None:
        door.diary(data)

    @bent
    @given(bent_table() | bent_lines(made_table()))
    def test_a_bent_table(self, door: Door, data: bytes) -> None:
        door.diary(data)


class TestSounds:
    TONE = (ROOT / "sounds" / "one.wav").read_bytes()

    @bent
    @given(st.integers(0, 48), st.binary(min_size=1, max_size=8), st.integers(0, 2000))
    def test_a_bent_tone(self, door: Door, at: int, put: bytes, kept: int) -> None:
        door.sound((self.TONE[:at] + put + self.TONE[at + len(put) :])[: 44 + kept])

    @bent
    @given(VALUES, st.sampled_from(["prompts", "rate", "file", "frames", "entry", "all"]))
    def test_a_bent_list_of_prompts(self, door: Door, value: object, where: str) -> None:
        entry: dict[str, object] = {"file": "a.flac", "frames": 100}
        listed: dict[str, object] = {
            "rate": 48_000,
            "prompts": {"Go": entry, "Stop": entry if where != "entry" else value},
        }
        (listed if where in listed else entry)[where] = value
        door.prompts(json.dumps(value if where == "all" else listed).encode())
