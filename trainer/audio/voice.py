"""The spoken prompts: an index says which phrases there are and how long each is; samples are read when needed."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from trainer.audio.bank import Samples

INDEX = "index.json"
LONGEST_S = 10.0
"""A longer prompt is refused: the longest that ships lasts under 3 s."""
LARGEST_BYTES = 1_000_000
"""A larger file is not opened."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One recorded phrase."""

    path: Path
    """Its file: FLAC, Vorbis or WAV."""
    frames: int
    """How long it is, at ``rate``."""
    rate: int
    """Frames a second."""

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.frames / self.rate


@dataclass(frozen=True, slots=True)
class Voice:
    """Phrases that can be spoken: the words of a phrase are its name."""

    prompts: Mapping[str, Prompt] = field(default_factory=dict)
    """By what they say."""
    warnings: tuple[str, ...] = ()
    """One sentence for each thing that was wrong."""

    @property
    def texts(self) -> frozenset[str]:
        """Every phrase there is."""
        return frozenset(self.prompts)

    def seconds(self, text: str) -> float | None:
        """How long this phrase lasts; None where it cannot be spoken."""
        prompt = self.prompts.get(text)
        return None if prompt is None else prompt.seconds

    def load(self, texts: Iterable[str], rate: int) -> tuple[dict[str, Samples], tuple[str, ...]]:
        """The samples of these phrases by their text, mono at ``rate``, and a sentence for each that is left out.

        Never raises, and takes about 1 ms a phrase, most of it outside the interpreter's lock. A phrase that there is
        no prompt for is left out without a word. To play them, teach them to the output under their ``key_of``.
        """
        clips: dict[str, Samples] = {}
        warnings: list[str] = []
        for text in dict.fromkeys(texts):
            if (prompt := self.prompts.get(text)) is not None:
                try:
                    clips[text] = _decode(prompt, rate)
                except ImportError:
                    return {}, ("The prompts are not spoken: the package miniaudio, which reads them, is missing.",)
                except (OSError, ValueError) as error:
                    reason = error.strerror if isinstance(error, OSError) else str(error)
                    warnings.append(f"'{text}' is not spoken: {reason or 'its file cannot be read'}.")
        return clips, tuple(warnings)


def read_voice(folder: Path) -> Voice:
    """The prompts that ``folder`` holds, by its ``index.json`` alone; empty, with a warning, where that is wrong.

    Takes about 1 ms and never raises. Whether a file is really there shows when it is loaded.
    """
    try:
        found = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        prompts, rate = found["prompts"].items(), found["rate"]
        if not isinstance(rate, int) or not 8_000 <= rate <= 192_000:
            raise ValueError
    except OSError as error:
        return Voice(warnings=(f"The trainer does not speak: the list of its prompts: {error.strerror}.",))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Voice(warnings=("The trainer does not speak: the list of its prompts is broken.",))
    good = {text: Prompt(folder / e["file"], e["frames"], rate) for text, e in prompts if _is_prompt(e, rate)}
    lost = len(prompts) - len(good)
    return Voice(good, (f"The list of prompts is broken in {lost} of {len(prompts)} places.",) if lost else ())


def joined(shipped: Voice, own: Voice) -> Voice:
    """Both voices as one; where both know a phrase, the shipped one says it."""
    return Voice({**own.prompts, **shipped.prompts}, shipped.warnings + own.warnings)


def _is_prompt(entry: object, rate: int) -> bool:
    if not isinstance(entry, dict):
        return False
    file, frames = entry.get("file"), entry.get("frames")
    is_name = isinstance(file, str) and "\0" not in file and file not in ("", "..") and file == Path(file).name
    return is_name and isinstance(frames, int) and 0 < frames <= LONGEST_S * rate


def _decode(prompt: Prompt, rate: int) -> Samples:
    """The samples of one file; raises ImportError, OSError or ValueError."""
    import miniaudio  # 20 ms, and only where something is spoken

    if not 0 < prompt.path.stat().st_size <= LARGEST_BYTES:  # a pipe or a device has no size
        raise ValueError("its file is no sound")
    wanted = round(prompt.seconds * rate)
    samples = array("h")
    try:
        # By the second, so that a small file that unpacks into hours is noticed early.
        for piece in miniaudio.stream_memory(
            prompt.path.read_bytes(),
            miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=rate,
            frames_to_read=rate,
        ):
            samples.extend(piece)
            if len(samples) > wanted + rate:
                break
    except miniaudio.MiniaudioError as error:
        raise ValueError("its file is broken") from error
    if abs(len(samples) - wanted) > 0.02 * rate:
        raise ValueError("its file is not as long as the list of prompts says")
    return samples
