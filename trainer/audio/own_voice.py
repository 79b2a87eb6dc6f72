"""Drills of one's own are spoken too: phrases that no prompt ships for are rendered once, finished, and kept."""

from __future__ import annotations

import contextlib
import hashlib
import math
import os
import shutil
import sys
import tempfile
import threading
import wave
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from operator import mul
from pathlib import Path

from trainer.audio.bank import Samples, read_clip
from trainer.audio.renderer import Renderer, can_be_said
from trainer.audio.voice import Prompt, Voice
from trainer.paths import make_folder, write_file

MOST_NEW = 60
"""Phrases rendered for one routine at most; the others are a chime."""
LONGEST_TEXT = 200
"""Characters of a phrase that is spoken at most."""
LONGEST_S = 10.0
"""Seconds of speech at most, as for the prompts that ship."""
PATIENCE_S = 10.0
"""Seconds that one phrase may take; opening piper's model took 3.4 s on the slowest machine that was measured."""
CACHE_BYTES = 20_000_000
"""What is kept, about seven minutes of speech; beyond it goes what was not wanted for the longest time."""
LEVEL_DB = -15.7
"""Mean power of the speech below full scale: the median of the prompts that ship (-17.2 to -14.0)."""
CEILING, KNEE = 29_000, 22_000
"""No sample is larger than -1 dBFS; from the knee on it is bent towards that, not cut."""
_RECIPE = "1"
"""Changes when what ``finished`` does changes, so that nothing old is taken from the cache."""
_TRIES = 3
_NEW = ".new-"
_LEFT_S = 600.0
"""A folder of an unfinished round that is older was left by a run that was killed."""


@dataclass(slots=True)
class _Work:
    """What came of one round of rendering."""

    prompts: dict[str, Prompt] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def render(
    renderer: Renderer,
    texts: Iterable[str],
    folder: Path,
    *,
    cancel: threading.Event | None = None,
    patience_s: float = PATIENCE_S,
    cache_bytes: int = CACHE_BYTES,
) -> Voice:
    """A voice that can say ``texts``, as far as possible; what is new is rendered into the cache ``folder``.

    Mostly waits for another program: call it in a thread, and set ``cancel`` to have it back within a tenth of a second
    with what was ready by then. Never raises: what cannot be spoken is left out, with one sentence for each reason.
    """
    cancel = cancel or threading.Event()
    work = _Work()
    wanted = {text: folder / f"{_key(renderer, text)}.wav" for text in dict.fromkeys(texts)}
    try:
        make_folder(folder)
        new = []
        for text, path in wanted.items():
            if (kept := _kept(path)) is not None:
                work.prompts[text] = kept
            elif not can_be_said(text) or len(text) > LONGEST_TEXT:
                work.faults[text] = "there is nothing in it to speak" if len(text) <= LONGEST_TEXT else "it is too long"
            else:
                new.append(text)
        work.faults |= dict.fromkeys(new[MOST_NEW:], f"more than {MOST_NEW} phrases are new")
        if new:
            _render(renderer, tuple(new[:MOST_NEW]), wanted, folder, cancel, patience_s, work)
            _prune(folder, {path.name for path in wanted.values()}, cache_bytes)
    except OSError as error:
        reason = error.strerror or "the disk does not take it"
        work.faults |= {text: reason for text in wanted if text not in work.prompts and text not in work.faults}
    return Voice(work.prompts, tuple(_sentences(work.faults)))


def finished(samples: Samples, rate: int) -> Samples:
    """``samples`` from the first that is heard to the last, as loud as a shipped prompt; ValueError for silence."""
    step = rate // 200
    peaks = [max(map(abs, samples[at : at + step])) for at in range(0, len(samples), step)]
    loud = max(peaks, default=0)
    if loud < 64:
        raise ValueError("it is silent")
    heard = [index for index, peak in enumerate(peaks) if peak > loud / 100]
    samples = samples[heard[0] * step : (heard[-1] + 5) * step]
    block = rate // 10
    parts = [samples[at : at + block] for at in range(0, max(1, len(samples) - block), block // 4)]
    powers = [sum(map(mul, part, part)) / len(part) for part in parts]
    speech = [power for power in powers if power > sum(powers) / len(powers) / 10]
    gain = 32_768 * 10 ** (LEVEL_DB / 20) / math.sqrt(sum(speech) / len(speech))
    out = array("h", [round(_bent(sample * gain)) for sample in samples])
    for index in range(min(rate // 500, len(out))):  # 2 ms in, 20 ms out: no click at either end
        out[index] = out[index] * index // (rate // 500)
    for index in range(min(rate // 50, len(out))):
        out[-1 - index] = out[-1 - index] * index // (rate // 50)
    return out


def _bent(value: float) -> float:
    over = abs(value) - KNEE
    if over <= 0:
        return value
    return math.copysign(KNEE + (CEILING - KNEE) * math.tanh(over / (CEILING - KNEE)), value)


def _render(
    renderer: Renderer,
    texts: tuple[str, ...],
    wanted: dict[str, Path],
    folder: Path,
    cancel: threading.Event,
    patience_s: float,
    work: _Work,
) -> None:
    """Has ``texts`` spoken, in rounds; gives up after three that brought nothing. Raises OSError."""
    rest, failures, many = texts, 0, renderer.speaks_many
    while rest and failures < _TRIES:
        now = rest if many else rest[:1]
        with tempfile.TemporaryDirectory(prefix=_NEW, dir=folder, ignore_cleanup_errors=True) as place:
            reason = renderer.speak(now, Path(place), patience_s, cancel)
            made = renderer.files_of(Path(place))
            if many and reason is None and len(made) != len(now):
                many = False  # nobody knows which file says what: one at a time
                continue
            # What it was at when it failed is not whole.
            whole = made if reason is None else made[:-1]
            for text, path in zip(now, whole, strict=False):
                try:
                    work.prompts[text] = _keep(path, wanted[text])
                except (ValueError, EOFError, wave.Error):
                    work.faults[text] = f"{renderer.name} gave no sound"
        if cancel.is_set():
            return
        done = len(whole)
        if done < len(now):  # the one it failed at is left out, and the others get another try
            work.faults[now[done]] = f"{renderer.name} failed, {reason or 'it wrote nothing'}"
            done += 1
        failures = 0 if any(text in work.prompts for text in now[:done]) else failures + 1
        rest = rest[done:]
    work.faults |= dict.fromkeys(rest, f"{renderer.name} does not work")


def _keep(made: Path, path: Path) -> Prompt:
    """Puts a finished recording into the cache; raises OSError, EOFError, wave.Error or ValueError."""
    if not made.is_file():
        raise ValueError("it is no file")
    with made.open("rb") as file, wave.open(file) as source:
        rate = source.getframerate()
    if not 8_000 <= rate <= 96_000:
        raise ValueError("its header makes no sense")
    samples = finished(read_clip(made, rate), rate)
    if len(samples) > LONGEST_S * rate:
        raise ValueError("it is too long")
    frames = array("h", samples)
    if sys.byteorder == "big":
        frames.byteswap()
    whole = BytesIO()
    with wave.open(whole, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(rate)
        target.writeframes(frames.tobytes())
    write_file(path, [whole.getvalue()])
    return Prompt(path, len(samples), rate)


def _kept(path: Path) -> Prompt | None:
    """What the cache holds under this name, marked as wanted today; None where it is missing or broken."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file, wave.open(file) as source:
            shape = source.getparams()
        is_whole = path.stat().st_size >= 2 * shape.nframes > 0 and shape.sampwidth == 2
        os.utime(path)
    except (OSError, EOFError, wave.Error):
        return None
    return Prompt(path, shape.nframes, shape.framerate) if is_whole else None


def _key(renderer: Renderer, text: str) -> str:
    return hashlib.sha256("\0".join((_RECIPE, renderer.name, text)).encode("utf-8", "replace")).hexdigest()


def _prune(folder: Path, needed: set[str], cache_bytes: int) -> None:
    """Takes out what was not wanted for the longest time, and what a run that was killed left behind."""
    files = []
    now = folder.stat().st_mtime  # it was written to just now
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            found = path.stat()
            if path.name.startswith(_NEW) and found.st_mtime < now - _LEFT_S:
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix == ".wav":
                files.append((path.name in needed, found.st_mtime, found.st_size, path))
    total = sum(size for _needed, _time, size, _path in files)
    for is_needed, _time, size, path in sorted(files):
        if total <= cache_bytes or is_needed:
            return
        with contextlib.suppress(OSError):
            path.unlink()
            total -= size


def _sentences(faults: dict[str, str]) -> Iterator[str]:
    """One sentence for each reason: "'Bear crawl' and 2 more are not spoken: espeak-ng gave no sound."."""
    for reason, count in Counter(faults.values()).items():
        text = next(text for text, why in faults.items() if why == reason)
        name = "".join(sign for sign in text if sign.isprintable())[:40]
        more = f" and {count - 1} more are" if count > 1 else " is"
        yield f"'{name}'{more} not spoken: {reason}."
