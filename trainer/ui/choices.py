"""What a person can choose on the settings page: each setting with its plain line and the values it goes through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer.core.side import Affected
from trainer.settings import FIGURES, GLYPHS, REPS, Settings

VOLUMES = tuple(round(step / 10, 1) for step in range(11))
STRETCHES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
_FIGURES = {"facing": "facing you", "mirror": "as in a mirror", "behind": "from behind"}
_REPS = {"aloud": "aloud", "tick": "a tick", "silent": "silent"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting."""

    name: str
    """Its name in the settings file."""
    title: str
    """What it is called here."""
    words: str
    """What it does, in one plain line."""
    values: tuple[object, ...]
    """What it can be, in order; empty for words of one's own."""
    show: Callable[[object], str] = str
    """A value in words."""
    is_ladder: bool = False
    """Whether it stops at the ends, as a volume does, rather than go round."""

    def shown(self, settings: Settings) -> str:
        """What it is now."""
        return self.show(getattr(settings, self.name))

    def turned(self, settings: Settings, by: int) -> object:
        """The value beside the one it has; from one that is not in the list, the nearest or the first."""
        now = getattr(settings, self.name)
        if now in self.values:
            place = self.values.index(now) + by
        elif self.is_ladder:
            place = min(range(len(self.values)), key=lambda n: abs(_number(self.values[n]) - _number(now)))
        else:
            place = 0
        if self.is_ladder:
            return self.values[min(max(place, 0), len(self.values) - 1)]
        return self.values[place % len(self.values)]


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _share(value: object) -> str:
    return f"{_number(value):.0%}"


def _activities(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) and value else "none yet: enter writes them"


SWITCH: tuple[object, ...] = (False, True)


def choices(themes: tuple[str, ...]) -> tuple[Choice, ...]:
    """All of them, in the order of the page; ``themes``: the colours there are."""
    knees: tuple[object, ...] = (Affected.LEFT, Affected.RIGHT, Affected.BOTH)
    return (
        Choice("affected_knee", "Knee", "The knee that troubles you; the other side goes first.", knees, _knee),
        Choice("ask_morning", "Ask in the morning", "The first stairs of the day, at the first start.", SWITCH, _yes),
        Choice("ask_before", "Ask before", "How the knee is right before a warm-up.", SWITCH, _yes),
        Choice("ask_after", "Ask after", "How it is right after one.", SWITCH, _yes),
        Choice("ask_evening", "Ask in the evening", "The day on average, at a start from six on.", SWITCH, _yes),
        Choice("ask_weekly", "Ask each week", "How hard your own activities were, once a week.", SWITCH, _yes),
        Choice("activities", "Your activities", "One to three that are hard for you.", (), _activities),
        Choice("reps", "Reps", "What is heard of each rep.", REPS, lambda value: _REPS[str(value)]),
        Choice("volume", "Volume", "Of everything.", VOLUMES, _share, is_ladder=True),
        Choice("voice_volume", "Voice", "How loud the voice is; at 0 nobody speaks.", VOLUMES, _share, is_ladder=True),
        Choice("tone_volume", "Tones", "How loud all other cues are.", VOLUMES, _share, is_ladder=True),
        Choice("muted", "Sound off", "No cue is heard at all.", SWITCH, _yes),
        Choice("flash", "Flash", "The border flashes with the last three seconds.", SWITCH, _yes),
        Choice("prepare_stretch", "Getting ready", "Time to get into position.", STRETCHES, _times, is_ladder=True),
        Choice("figure", "Figure", "How the figure stands.", FIGURES, lambda value: _FIGURES[str(value)]),
        Choice("glyphs", "Signs", "What the figure is drawn with; auto from the next start.", GLYPHS),
        Choice("theme", "Colours", "Colours of the screen.", ("auto", *themes)),
    )


def _knee(value: object) -> str:
    return value.value if isinstance(value, Affected) else "not said: both are asked about"


def _times(value: object) -> str:
    return "as usual" if value == 1 else f"{_number(value):g} times as long"
