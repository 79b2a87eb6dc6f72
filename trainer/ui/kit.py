"""What the app is made of: everything from outside that a screen may need, handed in by whoever composes it.

The command line composes the real one, the tests their own; no screen opens a file, a device or a clock by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from trainer.cells import USUAL_ASPECT
from trainer.settings import FIGURES

if TYPE_CHECKING:
    from trainer.audio.output import Output
    from trainer.audio.speech import Speech
    from trainer.core.clock import PacedClock
    from trainer.drawing.glyphs import Glyphs
    from trainer.events import EventLog
    from trainer.library import Library
    from trainer.settings import Settings
    from trainer.store import Diary


PLAIN_KEYS = {"←→": "left/right", "↑↓": "up/down", "←": "<", "→": ">", "↑": "^", "↓": "v", "⏎": "enter"}
"""Keys by the signs that stand for them: two in one word, or one beside its twin."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the command line asked the app to do first."""

    routine: str | None = None
    """Id of a routine to start in."""
    skips_before: bool = False
    """Whether to ask nothing before the session."""


def _usual_aspect() -> float:
    return USUAL_ASPECT


def _nothing() -> None:
    """Do nothing."""


@dataclass(slots=True)
class Kit:
    """The outside world, as functions and values."""

    settings: Settings
    """As read at the start; replaced when the person changes them."""
    write_settings: Callable[[Settings], None]
    """Keeps settings; raises ContentError or OSError."""
    read_library: Callable[[], Library]
    """Reads drills and routines, shipped and own; slow, so it is called off the thread that paints."""
    open_output: Callable[[Settings, Callable[[], None]], Output]
    """Opens the sound; slow as well. The second argument rings the terminal's bell."""
    open_speech: Callable[[], Speech]
    """Finds what can be spoken; called at the first need."""
    open_diary: Callable[[], Diary]
    """Opens what keeps sessions and ratings; called at the first need, after the first paint."""
    clock: PacedClock
    """The sessions' clock."""
    monotonic: Callable[[], float]
    """The real clock that no one sets."""
    wall_s: Callable[[], float]
    """The real clock that everyone sets, in seconds."""
    now: Callable[[], datetime]
    """Date and time with the local offset."""
    glyphs: Glyphs = "quadrant"
    """The glyph set that this terminal can show."""
    aspect: Callable[[], float] = _usual_aspect
    """How many times as high as wide this terminal's cells are; a person may choose another font meanwhile."""
    tick_s: float = 0.2
    """Seconds between repaints at which nothing is known to change; 0 for none."""
    frames_a_second: float = 20.0
    """How often the figure moves; 0 for key poses only."""
    order: Order = Order()
    """What to do first."""
    events: EventLog | None = None
    """Where events are told, if anywhere."""
    complaints: tuple[str, ...] = ()
    """What was wrong with the settings."""

    settled: Callable[[], None] = _nothing
    """Called when everything is read and shown, and whenever a session is over: nothing sounds, nothing moves."""
    swept: Callable[[], None] = _nothing
    """Called once in every drill's getting ready, shortly after it has begun: nothing changes for a while."""

    _diary: Diary | None = field(default=None, init=False)
    _speech: Speech | None = field(default=None, init=False)

    @property
    def speech(self) -> Speech:
        """What can be spoken."""
        if self._speech is None:
            self._speech = self.open_speech()
        return self._speech

    @property
    def diary(self) -> Diary:
        """What keeps sessions and ratings."""
        if self._diary is None:
            self._diary = self.open_diary()
        return self._diary

    def close(self) -> str | None:
        """Close diary and events at the end; gives what is wrong where not everything could be saved."""
        if self.events is not None:
            self.events.close()
        if self._speech is not None:
            self._speech.close()
        if self._diary is None or self._diary.close():
            return None
        problem = self._diary.problem or "Not everything could be saved."
        return f"{problem} What you did since then is not saved." if self._diary.is_lost else problem

    @property
    def is_ascii(self) -> bool:
        """Whether only plain ASCII can be shown."""
        return self.glyphs == "ascii"

    def key_words(self, shown: str) -> str:
        """How a key is named in the footer and in the list of keys: without arrows where only ASCII can be shown."""
        if self.is_ascii:
            for sign, plain in PLAIN_KEYS.items():
                shown = shown.replace(sign, plain)
        return shown

    def keep(self, **changes: object) -> None:
        """Change settings, for now and for the next start. Raises TrainerError where they cannot be written."""
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        self.write_settings(self.settings)

    def figure_rate(self, animation_level: str) -> float:
        """Pictures of the figure a second; 0, for key poses only, where the app animates nothing."""
        return 0.0 if animation_level == "none" else self.frames_a_second

    def next_stance(self) -> str:
        """Let the figure stand in the next way, now and from now on; gives that way."""
        place = (FIGURES.index(self.settings.figure) + 1) % len(FIGURES)
        self.keep(figure=FIGURES[place])
        return FIGURES[place]

    @property
    def flashes(self) -> bool:
        """Whether the border flashes with the last three seconds and as a phase begins."""
        return self.settings.flash
