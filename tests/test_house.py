"""What is written about the trainer agrees with the trainer: README, Makefile, pictures, the changelog."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import trainer
from trainer import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "benchmarks" / "README.md"])


def test_readme_lists_every_command_and_no_other() -> None:
    listed = {name for name in re.findall(r"`trainer ([a-z]+)", README) if name not in ("from", "anywhere")}
    assert listed == {cli.START, *cli.VERBS}


def test_readme_gives_two_commands_a_line_each() -> None:
    commands = re.findall(r"^    (python3 .*)$", README, re.MULTILINE)
    assert [command.rsplit("/", 1)[1] for command in commands] == ["trainer", "pytest"]


def test_readme_tells_every_key_of_a_session() -> None:
    from trainer.ui.session import SessionScreen

    spoken = {"left_square_bracket": "[", "right_square_bracket": "]", "plus": "+", "pageup": "PageUp"}
    spoken |= {"pagedown": "PageDown"}
    (table,) = re.findall(r"### Keys in a session\n(.*?)\n\n[A-Z]", README, re.DOTALL)
    words = set(re.findall(r"[A-Za-z]+|[\[\]+?]", table))
    for binding in SessionScreen.BINDINGS:
        assert not isinstance(binding, tuple)
        for key in binding.key.split(","):
            for part in [spoken[key]] if key in spoken else key.split("+"):
                assert part in words, f"{key} is not in the README"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_every_screen_has_its_picture_and_none_asks_the_network_for_anything() -> None:
    for name in ("home", "session", "rate", "summary", "progress", "year"):
        picture = (ROOT / "docs" / "pictures" / f"{name}.svg").read_text(encoding="utf-8")
        assert picture.startswith("<svg")
        assert "url(http" not in picture.replace('"', "")
        assert f"pictures/{name}.svg" in README


def test_the_changelog_knows_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(trainer.__version__)}\b", changes, re.MULTILINE)


def test_make_has_a_verb_for_each_habit() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for habit in ("run", "test", "check", "format"):
        assert re.search(rf"^{habit}:.*\n\t", makefile, re.MULTILINE)
