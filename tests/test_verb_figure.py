"""``trainer figure``: one picture on stdout, one line for what cannot be, and a moving one that tidies up."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

import pytest

from tests.verbs import run
from trainer.cli import main
from trainer.core.errors import UsageError
from trainer.drawing.glyphs import ALL_GLYPHS
from trainer.paths import Folders, find_folders
from trainer.settings import Settings, write_settings
from trainer.verbs import animate, figure


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})


def drawn(folders: Folders, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert run(figure, folders, *words) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out.split("\n")


def test_it_says_its_name_and_what_it_does() -> None:
    assert figure.__name__.endswith(f".{figure.NAME}")
    assert figure.HELP


def test_one_picture_of_the_size_asked_for(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    lines = drawn(folders, capsys, "cat-camel", "--size", "50x20", "--glyphs", "half")
    assert len(lines) == 21
    assert lines[-1] == ""
    assert max(map(len, lines)) <= 50
    assert sum(line.count("█") for line in lines) > 60
    assert "\x1b" not in "".join(lines)


def test_phase_side_view_and_mirror_change_the_picture(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    words: tuple[list[str], ...] = (
        [],
        ["--phase", "0.75"],
        ["--side", "left"],
        ["--view", "full"],
        ["--view", "focus"],
        ["--mirror"],
        ["--behind"],
    )
    pictures = [drawn(folders, capsys, "ankle-circles", "--size", "60x20", *more) for more in words]
    assert len({"\n".join(picture) for picture in pictures}) == len(words)


@pytest.mark.parametrize("glyphs", ALL_GLYPHS)
def test_every_glyph_set(folders: Folders, capsys: pytest.CaptureFixture[str], glyphs: str) -> None:
    text = "\n".join(drawn(folders, capsys, "heel-slide", "--size", "40x12", "--glyphs", glyphs))
    assert text.strip()
    assert text.isascii() == (glyphs == "ascii")


def test_the_glyphs_of_the_settings_are_the_usual_ones(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    folders.settings.parent.mkdir(parents=True)
    write_settings(folders.settings, Settings(glyphs="ascii"))
    assert "\n".join(drawn(folders, capsys, "heel-slide", "--size", "40x12")).isascii()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["cat-camle"], "Did you mean cat-camel?"),
        (["no\x1b[31m-such"], "There is no drill called"),
        (["cat-camel", "--phase", "1.5"], "--phase takes a number from 0 to 1"),
        (["cat-camel", "--phase", "nan"], "--phase takes a number from 0 to 1"),
        (["cat-camel", "--phase", "x"], "--phase takes a number from 0 to 1"),
        (["cat-camel", "--side", "both"], "--side takes left or right"),
        (["cat-camel", "--size", "60"], "--size takes cells and rows like 60x30"),
        (["cat-camel", "--size", "0x30"], "--size takes cells and rows like 60x30"),
        (["cat-camel", "--size", "60x501"], "--size takes cells and rows like 60x30"),
        (["cat-camel", "--size", "٦٠x30"], "--size takes cells and rows like 60x30"),
        (["cat-camel", "--view", "auto"], "--view takes full or focus"),
        (["cat-camel", "--glyphs", "emoji"], "Choose one of octant"),
        (["cat-camel", "--animate"], "--animate needs a terminal"),
    ],
    ids=lambda words: " ".join(words).encode("ascii", "replace").decode() if isinstance(words, list) else "",
)
def test_bad_input_is_one_line_on_stderr(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], folders: Folders
) -> None:
    with pytest.raises(UsageError, match=None) as caught:
        run(figure, folders, *words)
    assert said in str(caught.value)
    environ = {"TRAINER_DATA_DIR": str(folders.data), "TRAINER_CONFIG_DIR": str(folders.config)}
    assert main(["figure", *words], environ) == 2
    answer = capsys.readouterr()
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert answer.err.isprintable() or answer.err[:-1].isprintable()


def test_a_broken_drill_of_ones_own_is_named_with_its_place(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    own = folders.config / "drills" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("drills:\n- id: my-drill\n  name: Mine\n", "utf-8")
    environ = {"TRAINER_DATA_DIR": str(folders.data), "TRAINER_CONFIG_DIR": str(folders.config)}
    assert main(["figure", "my-drill"], environ) == 2
    answer = capsys.readouterr()
    assert answer.out == ""
    assert f"{own}:2:" in answer.err
    assert "trainer check says more" in answer.err
    assert answer.err.count("\n") == 1


def test_a_moving_picture_follows_the_window_and_is_cut_off_at_its_foot(
    folders: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = [(30, 12), (30, 12), (50, 18)]
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size(sizes[0]))
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    pictures: list[list[str]] = []

    def key_within(_seconds: float) -> bool:
        pictures.append(capsys.readouterr().out.split("\r\n"))
        sizes.pop(0)
        return not sizes

    monkeypatch.setattr(animate, "_bare_terminal", lambda: nullcontext(key_within))
    monkeypatch.setattr(animate, "animate", partial(animate.animate, now=lambda: 0.0))
    assert run(figure, folders, "seated-knee-extension", "--animate", "--glyphs", "ascii") == 0
    assert [len(lines) for lines in pictures if lines != [""]] == [11, 17]

    sizes[:] = [(30, 12)]
    pictures.clear()
    assert run(figure, folders, "seated-knee-extension", "--animate", "--glyphs", "ascii", "--size", "60x40") == 0
    assert [len(lines) for lines in pictures] == [12]


def test_ctrl_z_gives_the_terminal_back_and_goes_on_from_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lent: list[str] = []

    @contextmanager
    def bare() -> Iterator[Callable[[float], bool]]:
        lent.append("taken")

        def key_within(_seconds: float) -> bool:
            if len(lent) == 1:
                animate._stop(20, None)
            return True

        try:
            yield key_within
        finally:
            lent.append("given back")

    monkeypatch.setattr(animate, "_bare_terminal", bare)
    monkeypatch.setattr("os.kill", lambda _pid, number: lent.append(signal.Signals(number).name))
    animate.animate(lambda _seconds: "picture", now=lambda: 0.0)
    assert lent == ["taken", "given back", "SIGSTOP", "taken", "given back"]
    assert capsys.readouterr().out.count("picture") == 2


_DEAF = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"


class TestAnimate:
    """In a real terminal of its own."""

    @pytest.mark.parametrize("end", ["key", "ctrl+c", "ctrl+c, not heard", "terminate"])
    def test_it_moves_until_told_to_stop_and_restores_the_terminal(self, end: str, tmp_path: Path) -> None:
        pytest.importorskip("pty", reason="needs a pseudo-terminal, which this platform does not have")
        from tests.terminal import Terminal, environment

        command = [sys.executable, "-m", "trainer", "figure", "seated-knee-extension", "--size", "40x16", "--animate"]
        if end == "ctrl+c, not heard":
            command[1:1] = ["-c", _DEAF, sys.executable]
        with Terminal(command, environment(tmp_path), columns=60, rows=20) as terminal:
            first = terminal.wait_until(lambda text: "█" in text, "a figure")
            terminal.wait_until(lambda text: text != first, "the figure moving")
            if end == "terminate":
                terminal.signal(signal.SIGTERM)
            else:
                terminal.press("x" if end == "key" else "\x03")
            assert terminal.end() == {"key": 0, "terminate": 143}.get(end, 130)
            assert terminal.was_full_screen()
            assert terminal.left_behind() == []
            assert "Traceback" not in terminal.raw.decode(errors="replace")
