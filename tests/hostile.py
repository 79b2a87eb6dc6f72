"""Hostile bytes for each thing the trainer reads, and the rule of its answer: a value, or one plain line that says why.

The same rules are held by ``tests/test_fuzz_*.py``, which bend files that are right, and by ``scripts/fuzz.py``, which
looks for bytes that take a way through the code that none took before.
"""

from __future__ import annotations

import io
import os
import re
import sys
import time
import wave
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from tests.diaries import read_path, read_text
from trainer.audio.bank import read_clip
from trainer.audio.voice import INDEX, read_voice
from trainer.cli import main
from trainer.core.drill import Drill
from trainer.core.errors import ContentError, TrainerError
from trainer.core.routine import Item, Routine
from trainer.core.side import Side
from trainer.core.timeline import Timeline
from trainer.drawing.figure import Stage
from trainer.export import everything_json
from trainer.library import check_file, read_library, read_routine
from trainer.library.pieces import read_sheet
from trainer.settings import parse, read_settings, write_settings

ROOT = Path(__file__).parent.parent
STEERS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0001-\U000e007f]"
)
"""What must not reach a terminal, said here once more on its own, so that a slip in the trainer's list shows."""
HAZARDS = (
    *(
        "\x1b[31m",
        "\x1b]0;owned\x07",
        "\x1b]52;c;cm0=\x07",
        "\x9b2J",
        "\x90q\x9c",
        "\x07",
        "\x08",
        "\x7f",
        "\x00",
        "\r",
    ),
    *("\u202egnp", "\u2066", "\u200b", "\u200f", "\ufeff", "\u2028", "\u2029", "\xad", "\U000e0041", "\x85", "a\nb"),
    *("[red]x[/red]", "[/]", "[@click=app.bell]x[/]", "[link=file:///x]x[/link]", "\\[", "$x", "{0}", "%s", "%(prog)s"),
    *(
        "",
        " ",
        "-",
        "--",
        "-1",
        "11",
        "NaN",
        "Infinity",
        "1e999",
        "-0.0",
        "9" * 5000,
        "null",
        "~",
        "=1+1",
        "'",
        '"',
        "&a",
    ),
    *(
        "a" * 3000,
        "é\u0301" * 50,
        "🦵🏽",
        "👨\u200d👩\u200d👧",
        "../../x",
        "*a",
        "<<",
        "!!python/object:os.system",
        "0x10",
        "1_0",
    ),
)
"""Texts that have done harm somewhere: steering, turning round, markup, formats, and values out of every range."""
SLOWEST_S = 1.0
"""Seconds of processor that any file of a sane size may take."""
STILL_WRITTEN = re.compile(r"trainer: [^\n]+\n")


def assert_still(text: str) -> None:
    """Nothing in what is printed steers a terminal; lines may end."""
    found = STEERS.search(text)
    assert found is None, (
        f"{found[0]!a} would reach the terminal: {text[max(0, found.start() - 60) : found.end() + 20]!a}"
    )


def assert_one_line(text: str) -> None:
    """A complaint is one plain line that says something."""
    assert_still(text)
    assert text.strip(), "a complaint without words"
    assert "\n" not in text, f"a complaint of several lines: {text!a}"


@contextmanager
def soon(within_s: float = SLOWEST_S) -> Iterator[None]:
    """What happens inside takes no longer than this, in seconds of this process."""
    began = time.process_time()
    yield
    took = time.process_time() - began
    assert took < within_s, f"it took {took:.2f} s"


class Door:
    """Everything through which something comes in; each way takes bytes, and fails where a rule is broken."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is empty, and may be written to."""
        self._folder = folder
        self._library = read_library(ROOT / "routines")
        self._file = folder / "it.yaml"
        self._environ = {"TRAINER_DATA_DIR": str(folder / "d"), "TRAINER_CONFIG_DIR": str(folder / "c")}

    @property
    def ways(self) -> Mapping[str, Callable[[bytes], object]]:
        """Each way in by its name."""
        return {
            "content": self.content,
            "settings": self.settings,
            "diary": self.diary,
            "sound": self.sound,
            "prompts": self.prompts,
            "words": self.words,
        }

    def content(self, data: bytes) -> bool:
        """A routine, drill or body file; gives whether nothing is wrong with it. What is right can be trained."""
        self._file.write_bytes(data)
        with soon():
            found = check_file(self._file, self._library)
        for complaint in found:
            assert_one_line(str(complaint))
        routines: list[tuple[Routine, Mapping[str, Drill]]] = []
        try:
            with soon():
                routines.append((read_routine(self._file, self._library.drills), self._library.drills))
        except ContentError as error:
            assert_one_line(str(error))
        if not found:
            drills = [piece.value for piece in read_sheet(self._file).pieces if isinstance(piece.value, Drill)]
            for drill in drills[:3]:
                routines.append((Routine(id="x", name="x", items=(Item(drill=drill.id),)), {drill.id: drill}))
                side = Side.LEFT if drill.is_one_sided else Side.BOTH
                Stage(self._library.body, drill, side, 24, 12).frame(0.3)
        for routine, known in routines:
            timeline = Timeline.of(routine, known)
            assert 0 < timeline.total_s < 1e7
            assert_one_line(timeline.title)
            for phase in timeline.phases:
                assert_one_line(phase.drill.name)
        return not found

    def settings(self, data: bytes) -> int:
        """A settings file; gives how many things in it made no sense. What is written back is read the same."""
        self._file.write_bytes(data)
        with soon():
            settings, complaints = read_settings(self._file)
        for complaint in complaints:
            assert_one_line(complaint)
        if len(data) < 65_536 - 1000:
            write_settings(self._file, settings)
            again, told = read_settings(self._file)
            assert again == settings or b"volume" in data or b"stretch" in data  # which are written to a thousandth
            assert parse(self._file.read_text("utf-8-sig", "replace"))[0] == again
            assert len(told) <= len(complaints) + 1
        return len(complaints)

    def diary(self, data: bytes) -> bool:
        """A file to import; gives whether it is taken in. What is taken in is plain, and comes back out the same."""
        self._file.write_bytes(data)
        try:
            with soon():
                taken = read_path(str(self._file))
        except TrainerError as error:
            assert_one_line(str(error))
            return False
        written = "".join(everything_json(*taken))
        assert_still(written)
        assert read_text(written) == taken
        assert all(rating.score is None or 0 <= rating.score <= 10 for rating in taken[1])
        return True

    def sound(self, data: bytes) -> bool:
        """A sound file; gives whether it can be played."""
        self._file.write_bytes(data)
        try:
            with soon(3 * SLOWEST_S):  # 30 s of sound, resampled: a person would wait for that
                return bool(read_clip(self._file, 48_000))
        except (OSError, EOFError, wave.Error, ValueError, RuntimeError):
            return False

    def prompts(self, data: bytes) -> int:
        """The list of the voice's prompts; gives how many there are."""
        (self._folder / INDEX).write_bytes(data)
        with soon():
            voice = read_voice(self._folder)
        for warning in voice.warnings:
            assert_one_line(warning)
        clips, warnings = voice.load(list(voice.texts)[:3], 48_000)
        assert not clips
        assert len(warnings) <= 3
        return len(voice.prompts)

    def words(self, data: bytes) -> int:
        """A command line, a word a line; gives its exit code. Nothing is written outside the folder."""
        words = [
            word.replace("/", "∕").replace("\\", "∕") for word in data.decode("utf-8", "surrogateescape").split("\n")
        ]
        return self.command([word for word in words if word not in ("auto", "bell", "miniaudio", "simpleaudio")])[0]

    def command(self, words: list[str], environ: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        """One run of the command line in this process; gives its exit code, stdout and stderr."""
        out, err = io.StringIO(), io.StringIO()
        environ = {**self._environ, **(environ or {})}
        here = Path.cwd()
        os.chdir(self._folder)
        try:
            with (
                patch.dict(os.environ, {**environ, "TRAINER_AUDIO": "off"}),
                patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}"))),
                redirect_stdout(out),
                redirect_stderr(err),
                soon(5 * SLOWEST_S),
            ):
                code = main(words, environ)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        finally:
            os.chdir(here)
        told, complaint = out.getvalue(), err.getvalue()
        assert code in (0, 1, 2), code
        assert_still(told)
        assert_still(complaint)
        if code == 2:
            assert told == "", f"stdout on exit 2: {told[:200]!a}"
            assert STILL_WRITTEN.fullmatch(complaint), complaint
        return code, told, complaint
