"""Settings are read whatever is in the file, written whole, and what others wrote between them stays."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.errors import ContentError
from trainer.core.side import Affected
from trainer.settings import AUDIO, FIGURES, GLYPHS, LARGEST_FILE, REPS, Settings, parse, read_settings, write_settings

SOME = st.builds(
    Settings,
    affected_knee=st.none() | st.sampled_from(Affected),
    safety_accepted=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    prepare_stretch=st.integers(500, 3000).map(lambda n: n / 1000),
    volume=st.integers(0, 1000).map(lambda n: n / 1000),
    muted=st.booleans(),
    audio=st.sampled_from(AUDIO),
    theme=st.sampled_from(["auto", "textual-dark", "high contrast"]),
    flash=st.booleans(),
    reps=st.sampled_from(REPS),
    glyphs=st.sampled_from(GLYPHS),
    figure=st.sampled_from(FIGURES),
    ask_before=st.booleans(),
    ask_after=st.booleans(),
    ask_morning=st.booleans(),
    ask_evening=st.booleans(),
    ask_weekly=st.booleans(),
    activities=st.lists(
        st.sampled_from(["stairs down", "Treppe hinunter", "sitting (long)", "5 km", "l'escalier"]),
        max_size=3,
        unique=True,
    ).map(tuple),
    cautions_said=st.lists(st.sampled_from(["bad-mornings:2026-10-02", "two-drills:2026-10-05"]), max_size=12).map(
        tuple
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.yaml"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("config") / "settings.yaml"


def test_no_file_gives_the_usual_settings_and_no_complaint(path: Path) -> None:
    assert read_settings(path) == (Settings(), ())
    assert not path.parent.exists()


@given(settings=SOME)
def test_what_is_written_is_read_back(shared: Path, settings: Settings) -> None:
    write_settings(shared, settings)
    assert read_settings(shared) == (settings, ())


@given(settings=SOME)
def test_what_is_written_is_also_plain_yaml(shared: Path, settings: Settings) -> None:
    write_settings(shared, settings)
    data = yaml.safe_load(shared.read_text(encoding="utf-8"))
    assert data["volume"] == settings.volume
    assert data["safety_accepted"] == settings.safety_accepted
    assert data["affected_knee"] == settings.affected_knee
    assert data["muted"] is settings.muted


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("affected_knee: right", Settings(affected_knee=Affected.RIGHT)),
        ("affected_knee: 'left'  # since 2019", Settings(affected_knee=Affected.LEFT)),
        ('"affected_knee": "both"', Settings(affected_knee=Affected.BOTH)),
        ("affected_knee:", Settings()),
        ("safety_accepted: 2026-10-02", Settings(safety_accepted=date(2026, 10, 2))),
        ("volume: 1", Settings(volume=1.0)),
        ("volume: .25 # quiet", Settings(volume=0.25)),
        ("muted: Yes", Settings(muted=True)),
        ("reps: tick", Settings(reps="tick")),
        ("figure: mirror", Settings(figure="mirror")),
        ("activities: stairs  down , Squat,squat,", Settings(activities=("stairs down", "Squat"))),
        ("activities:", Settings()),
        ("cautions_said: high-before:2026-10-02", Settings(cautions_said=("high-before:2026-10-02",))),
        ("audio: off", Settings(audio="off")),
        ("volume: 0.1\nvolume: 0.2", Settings(volume=0.2)),
        ("\ufeff---\r\nmuted: true\r\n\r\n# a comment\r\n", Settings(muted=True)),
        ("", Settings()),
    ],
)
def test_the_simple_forms_of_yaml_are_read(line: str, expected: Settings) -> None:
    assert parse(line) == (expected, ())


@pytest.mark.parametrize(
    "line",
    [
        "affected_knee: elbow",
        "safety_accepted: yesterday",
        "prepare_stretch: 0.4",
        "prepare_stretch: 3.1",
        "volume: -0.1",
        "volume: 1.1",
        "volume: nan",
        "volume: loud",
        "volume:",
        "muted: maybe",
        "muted: 1",
        "audio: pulse",
        "glyphs: [braille]",
        "theme: '\x1b[31m'",
        "theme: {a: b}",
        "muted: &a true",
        "volume: *a",
    ],
)
def test_a_wrong_value_is_told_with_its_line_and_the_usual_one_used(line: str) -> None:
    settings, complaints = parse(f"muted: false\n{line}\nflash: true")
    assert settings == Settings(flash=True)
    (complaint,) = complaints
    assert complaint.startswith("settings.yaml:2: ")
    assert complaint.isprintable()


@pytest.mark.parametrize("line", ["{volume: 1}", "- volume", "volume 1", "\tvolume: 1", "volume:1", "\x1b[2J", "? a"])
def test_a_line_that_is_no_setting_is_told_and_passed_over(line: str) -> None:
    settings, complaints = parse(f"{line}\nflash: true")
    assert settings == Settings(flash=True)
    (complaint,) = complaints
    assert complaint.startswith("settings.yaml:1: ")
    assert complaint.isprintable()


def test_what_stands_under_an_unknown_name_is_told_once() -> None:
    settings, complaints = parse("later:\n  deep:\n    - 1\n  - 2\n- 3\nflash: true\n")
    assert settings == Settings(flash=True)
    assert complaints == ("settings.yaml:1: 'later' is not a setting; the line is ignored.",)


@given(st.binary(max_size=400))
def test_no_file_stops_the_start(shared: Path, data: bytes) -> None:
    shared.write_bytes(data)
    settings, complaints = read_settings(shared)
    assert 0 <= settings.volume <= 1
    assert all(map(str.isprintable, complaints))
    write_settings(shared, Settings(volume=0.5))
    assert read_settings(shared)[0] == Settings(volume=0.5)


def test_a_folder_a_huge_file_and_an_unreadable_name_give_one_complaint(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"#" * (LARGEST_FILE + 1))
    for path in (tmp_path, huge, tmp_path / ("x" * 300)):
        settings, complaints = read_settings(path)
        assert settings == Settings()
        assert len(complaints) == 1


def test_writing_keeps_comments_unknown_names_and_foreign_bytes(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(
        b"# mine\nvolume: 0.1\nplugin:\n  depth: 2\nname: \xff\xfe\nglyphs:\n  - braille\nmuted: no\nvolume: 0.2\n"
    )
    write_settings(path, Settings(volume=0.5, muted=True))
    lines = path.read_bytes().split(b"\n")
    assert lines[:6] == [
        b"# mine",
        b"volume: 0.5",
        b"plugin:",
        b"  depth: 2",
        b"name: \xff\xfe",
        b"glyphs: auto",
    ]
    assert lines.count(b"volume: 0.5") == 1
    assert read_settings(path)[0] == Settings(volume=0.5, muted=True)


@pytest.mark.skipif(os.name != "posix", reason="rights of others are a matter of POSIX")
def test_file_and_folder_are_private(path: Path) -> None:
    write_settings(path, Settings())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "settings.yaml", tmp_path):
        with pytest.raises(ContentError):
            write_settings(path, Settings())


def test_a_number_near_nothing_is_not_written_as_a_word(path: Path) -> None:
    write_settings(path, Settings(volume=0.00001))
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["volume"] == 0
