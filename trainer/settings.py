"""What a person chose: one flat ``settings.yaml``, read before the first paint and never able to stop the start.

The file is YAML's simplest form, ``name: value`` lines and comments, and is read by a few lines of our own: importing
yaml costs 35 ms, and home waits for the settings. What is not such a line, unknown or wrong is told and left alone;
the usual value stands in for it. Writing changes only the lines of known names: comments and foreign lines stay.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from trainer.core.errors import ContentError
from trainer.core.letters import printable
from trainer.core.side import Affected
from trainer.paths import make_folder, write_file

AUDIO = ("auto", "miniaudio", "simpleaudio", "bell", "off")
GLYPHS = ("auto", "quadrant", "octant", "sextant", "braille", "half", "ascii")
REPS = ("aloud", "tick", "silent")
"""Counted aloud, a tick each, nothing."""
FIGURES = ("facing", "mirror", "behind")
"""Facing you as another person would; as in a mirror, moving on the side you move on; seen from behind."""
MOST_ACTIVITIES = 3
"""Activities of one's own that are asked about each week."""
LONGEST_ACTIVITY = 40
"""Letters."""
MOST_SAID = 32
"""Cautions that are remembered as said: more than there are kinds of them, twice (see ``core/caution``)."""
LARGEST_FILE = 65536
"""Bytes; a settings file is a page at most."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person can set."""

    affected_knee: Affected | None = None
    """The knee, or knees, that trouble them; none until they were asked."""
    safety_accepted: date | None = None
    """The day they read and accepted the safety text; none until then."""
    prepare_stretch: float = 1.0
    """0.5 to 3 times the usual seconds to get ready."""
    volume: float = 0.7
    """Of everything, 0 to 1."""
    voice_volume: float = 1.0
    """Of what is said, 0 to 1; 0 for tones alone."""
    tone_volume: float = 1.0
    """Of what is not, 0 to 1."""
    muted: bool = False
    """Whether the cues are silent."""
    audio: str = "auto"
    """Which sound output: one of ``AUDIO``."""
    theme: str = "auto"
    """Name of the colours."""
    flash: bool = False
    """Whether the border flashes with the last three seconds and as a phase begins; with the bell it always does."""
    reps: str = "aloud"
    """What is heard of repetitions: one of ``REPS``."""
    glyphs: str = "auto"
    """What the figure is drawn with: one of ``GLYPHS``."""
    figure: str = "facing"
    """How the figure stands: one of ``FIGURES``."""
    ask_before: bool = True
    """Whether the knee is asked about before a session."""
    ask_after: bool = True
    """Whether it is asked about after one."""
    ask_morning: bool = True
    """Whether the first stairs of the day are asked about, at the first start of the day."""
    ask_evening: bool = False
    """Whether the day as a whole is asked about, at a start in the evening."""
    ask_weekly: bool = False
    """Whether ``activities`` are asked about, once a week."""
    activities: tuple[str, ...] = ()
    """Up to three activities of their own that are hard, in their own words, without commas."""
    cautions_said: tuple[str, ...] = ()
    """Keys of the cautions that were said last, so that each is said once; see ``core/caution``."""


_HEADER = "# Settings of the trainer. One 'name: value' a line; what you leave out has its usual value.\n"
_LINE = re.compile(r"""(?P<name>[A-Za-z_][\w-]*|'[\w-]+'|"[\w-]+")\s*:(?:\s+(?P<value>.*)|\s*)""")
_QUOTED = re.compile(r"""'(?P<single>[^']*)'\s*(?:#.*)?|"(?P<double>[^"\\]*)"\s*(?:#.*)?""")
_NOTHING = frozenset({"", "~", "null", "none"})
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,39}")
_ACTIVITY = re.compile(rf"[^\W_][\w '()./+-]{{0,{LONGEST_ACTIVITY - 1}}}")
_SAID = re.compile(r"[a-z][a-z-]{0,39}:\d{4}-\d{2}-\d{2}")


def read_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings, and a plain sentence for each thing in the file that made no sense. Raises nothing.

    No file: the usual settings and no complaint.
    """
    name = printable(str(path))
    try:
        if not path.exists():
            return Settings(), ()
        if not path.is_file():
            return Settings(), (f"{name} is no file; the usual settings are used.",)
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        return Settings(), (f"{name} could not be read ({why}); the usual settings are used.",)
    if len(data) > LARGEST_FILE:
        return Settings(), (f"{name} is too long for settings; the usual ones are used.",)
    return parse(data.decode("utf-8-sig", "replace"), path.name)


def parse(text: str, name: str = "settings.yaml") -> tuple[Settings, tuple[str, ...]]:
    """The settings written in ``text``, and a sentence with name and line for each thing that made no sense."""
    found: dict[str, object] = {}
    complaints: list[str] = []
    under_unknown = False
    for number, line in enumerate(_lines(text), 1):
        if _is_blank(line) or (under_unknown and _continues(line)):
            continue
        match = _LINE.fullmatch(line)
        key = "" if match is None else match["name"].strip("'\"")
        under_unknown = match is not None and key not in _CHECKS
        if match is None:
            complaints.append(f"{name}:{number}: this is not 'name: value'; the line is ignored.")
        elif under_unknown:
            complaints.append(f"{name}:{number}: '{key[:40]}' is not a setting; the line is ignored.")
        else:
            try:
                found[key] = _CHECKS[key](_value(match["value"] or ""))
            except ValueError as error:
                complaints.append(f"{name}:{number}: '{key}' must be {error}; the usual value is used.")
    return Settings(**found), tuple(complaints)  # type: ignore[arg-type]


def write_settings(path: Path, settings: Settings) -> None:
    """Writes the settings, whole or not at all, for their owner alone; raises ContentError where it cannot.

    Comments, unknown names and lines that made no sense stay as they are.
    """
    try:
        if path.exists() and not path.is_file():
            raise ContentError(f"{path} is no file.", "Move it away; the settings belong there.")
        make_folder(path.parent)
        old = path.read_bytes().decode("utf-8", "surrogateescape") if path.exists() else _HEADER
        write_file(path, [_rewritten(old, settings).encode("utf-8", "surrogateescape")])
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ContentError(
            f"The settings could not be saved in {path} ({why}).", "Check its folder and the room on the disk."
        ) from error


def _rewritten(old: str, settings: Settings) -> str:
    missing = {field.name: _written(getattr(settings, field.name)) for field in fields(settings)}
    lines: list[str] = []
    is_replaced = False
    for line in _lines(old):
        if is_replaced and _continues(line):
            continue
        match = _LINE.fullmatch(line)
        key = "" if match is None else match["name"].strip("'\"")
        is_replaced = key in _CHECKS
        if not is_replaced:
            lines.append(line)
        elif key in missing:
            lines.append(f"{key}: {missing.pop(key)}")
    lines += [f"{key}: {value}" for key, value in missing.items()]
    return "\n".join(lines) + "\n"


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.removeprefix("\ufeff").rstrip().replace("\r\n", "\n").split("\n")]


def _is_blank(line: str) -> bool:
    return not line or line.lstrip().startswith("#") or line in {"---", "..."}


def _continues(line: str) -> bool:
    """Whether a line belongs to the name above it."""
    return line.startswith((" ", "\t", "- ")) or line == "-"


def _value(raw: str) -> str:
    quoted = _QUOTED.fullmatch(raw)
    if quoted is not None:
        return quoted["single"] or quoted["double"] or ""
    return "" if raw.startswith("#") else re.split(r"\s#", raw, maxsplit=1)[0].strip()


def _written(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f'"{", ".join(value)}"' if value else "null"
    # To a thousandth, which is finer than anyone hears; other YAML readers take 1e-05 for a word.
    return f"{round(value, 3):g}" if isinstance(value, float) else str(value)


def _switch(value: str) -> bool:
    if value.lower() in _YES or value.lower() in _NO:
        return value.lower() in _YES
    raise ValueError("true or false")


def _number(low: float, high: float) -> Callable[[str], float]:
    def check(value: str) -> float:
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if low <= number <= high:
            return number
        raise ValueError(f"a number from {low:g} to {high:g}")

    return check


def _one_of(*words: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value in words:
            return value
        raise ValueError(f"{', '.join(words[:-1])} or {words[-1]}")

    return check


def _name(value: str) -> str:
    if _WORD.fullmatch(value) is None:
        raise ValueError("a name of at most 40 letters")
    return value


def _knee(value: str) -> Affected | None:
    return None if value.lower() in _NOTHING else Affected(_one_of("left", "right", "both")(value))


def read_activities(value: str) -> tuple[str, ...]:
    """One to three activities between commas, each once. Raises ValueError with what they must be."""
    words = (" ".join(word.split()) for word in value.split(","))
    found = {word.casefold(): word for word in reversed(tuple(words)) if word and word.lower() not in _NOTHING}
    if len(found) > MOST_ACTIVITIES or any(_ACTIVITY.fullmatch(word) is None for word in found.values()):
        raise ValueError(f"at most {MOST_ACTIVITIES} activities with commas between, {LONGEST_ACTIVITY} letters each")
    return tuple(reversed(found.values()))


def _said(value: str) -> tuple[str, ...]:
    if value.lower() in _NOTHING:
        return ()
    found = tuple(word.strip() for word in value.split(","))
    if any(_SAID.fullmatch(word) is None for word in found):
        raise ValueError("names of cautions with their days, such as bad-mornings:2026-10-02")
    return found[-MOST_SAID:]


def _day(value: str) -> date | None:
    if value.lower() in _NOTHING:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("a day such as 2026-10-02") from None


_CHECKS: dict[str, Callable[[str], object]] = {
    "affected_knee": _knee,
    "safety_accepted": _day,
    "prepare_stretch": _number(0.5, 3),
    "volume": _number(0, 1),
    "voice_volume": _number(0, 1),
    "tone_volume": _number(0, 1),
    "muted": _switch,
    "audio": _one_of(*AUDIO),
    "theme": _name,
    "flash": _switch,
    "reps": _one_of(*REPS),
    "glyphs": _one_of(*GLYPHS),
    "figure": _one_of(*FIGURES),
    "ask_before": _switch,
    "ask_after": _switch,
    "ask_morning": _switch,
    "ask_evening": _switch,
    "ask_weekly": _switch,
    "activities": read_activities,
    "cautions_said": _said,
}
