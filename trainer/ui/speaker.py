"""From a session to the sound output: what the sheet plans is handed over ahead of time, with its second.

The screen may be late; a sound that was handed over half a second ago is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.audio.cues import HURT, PAUSE, sounding
from trainer.audio.mixer import amplitude
from trainer.audio.sheet import (
    AFTER_TONE_S,
    BREATH_S,
    DUCKED,
    WORDS_USEFUL_S,
    Heard,
    Reps,
    Sheet,
    fitting,
    spoken_seconds,
    write_sheet,
)
from trainer.audio.speech import SILENCE, Spoken
from trainer.audio.utterance import utterance
from trainer.core import words
from trainer.core.cue import CueKind
from trainer.core.lead import LEAD_S
from trainer.core.session import Session, State
from trainer.core.timeline import PhaseKind
from trainer.core.words import Phrase, side_phrase

if TYPE_CHECKING:
    from trainer.audio.output import Output
    from trainer.audio.renderer import LiveVoice
    from trainer.core.event import Due

TICK_S = 0.1
"""The longest that the screen usually takes until it hands cues over."""
AHEAD_S = 1.5
"""How far ahead cues are handed over, in seconds that a person hears: on a busy machine the screen may stand still for
one of them."""
LIVE_LETTER_S = 0.07
"""Seconds that the system's own speech takes for a letter, about."""
ROUNDING_S = 1e-6
"""The sheet may let words begin exactly when the last ones end; sums of seconds are not exact."""
AWAY_S = 10.0
"""After a pause longer than this a person is welcomed back."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """What a person hears how loud: 0 to 1 each."""

    voice: float = 1.0
    """What is said."""
    tones: float = 1.0
    """What is not."""


class Speaker:
    """Follows one session at a time."""

    def __init__(
        self,
        output: Output,
        *,
        wall: Callable[[float], float],
        monotonic: Callable[[], float],
        speed: float,
        tones: Mapping[str, float],
        reps: Reps = Reps.ALOUD,
        loudness: Loudness = Loudness(),
        live: LiveVoice | None = None,
    ) -> None:
        """``wall`` turns the session's clock into monotonic seconds; ``tones`` says how long each tone is."""
        self.output = output
        self._wall, self._monotonic, self._speed, self._tones = wall, monotonic, speed, tones
        self._reps, self._loudness, self._live = reps, loudness, live
        self._spoken = SILENCE
        self._sheet: Sheet | None = None
        self._revision = self._leaps = 0
        self._is_stale = False
        """Whether what was handed over ahead is to be handed over anew."""
        self._says: list[tuple[float, float]] = []
        """From which monotonic second to which something is said, or will be; what is over is forgotten."""
        self._paused_at: float | None = None

    @property
    def notice(self) -> float:
        """Seconds of the session's clock by which the output must be told ahead for a sound to be in time."""
        return (self.output.latency_s + TICK_S) * self._speed if self.output.latency_s else 0.0

    @property
    def reps(self) -> Reps:
        """What is heard of repetitions."""
        return self._reps

    @reps.setter
    def reps(self, reps: Reps) -> None:
        self._reps, self._sheet, self._is_stale = reps, None, True

    def learn(self, spoken: Spoken) -> None:
        """Speak these phrases from now on."""
        self._spoken, self._sheet = spoken, None
        self.output.learn(spoken.clips)

    def follow(self, session: Session) -> None:
        """Hand over what falls due soon, and take back what no longer holds."""
        if self._is_stale:
            self._is_stale = False
            session.hand_out_anew()
        if session.revision != self._revision:
            self._revision, self._sheet = session.revision, None
            has_leapt, self._leaps = session.leaps != self._leaps, session.leaps
            self.output.cancel(is_cut=has_leapt)
            now = self._monotonic()
            self._says = [] if has_leapt else [(begin, end) for begin, end in self._says if begin <= now < end]
            if has_leapt:
                if self._live is not None:
                    self._live.cancel()
                self._tell_where(session)
        for due in session.coming(AHEAD_S * self._speed):
            self._sound(due, session)

    def sound_hurt(self) -> None:
        """Acknowledge that something hurt."""
        self._play(HURT, self._monotonic())

    def sound_pause(self) -> None:
        """Say that the session stands still."""
        now = self._monotonic()
        self._play(PAUSE, now)
        self._say((words.PAUSED,), now + AFTER_TONE_S[CueKind.SWITCH], WORDS_USEFUL_S)

    @property
    def _busy_until(self) -> float:
        """The monotonic second until which something is being said, or will be."""
        return self._says[-1][1] if self._says else -1.0

    def _say_from(self, begin: float, length_s: float) -> None:
        now = self._monotonic()
        self._says = [*(said for said in self._says if said[1] > now), (begin, begin + length_s)]

    def _sound(self, due: Due, session: Session) -> None:
        wall = self._wall(due.clock)
        if due.leads:
            self._play(due.cue.kind.value, wall)
            return
        if self._live is not None and not all(self._ear(phrase.text) for phrase in due.cue.phrases):
            self._speak_live(due.cue.phrases, wall)
            return
        for sound in self._planned(session).of(due.cue):
            at = wall + sound.after_s
            if not sound.says:
                self._play(sound.sound, at, sound.gain)
            elif not self._say(sound.says, at, sound.useful_s):
                self._stand_in(sound, at)

    def _speak_live(self, phrases: tuple[Phrase, ...], at: float) -> None:
        """Let the system's own speech say what there is no prompt for: at once, for it cannot be told a second."""
        text = words.sentence(phrases)
        if self._live is not None and at >= self._busy_until and not self.output.muted and self._live.speak(text):
            self._say_from(at, LIVE_LETTER_S * len(text))

    def _stand_in(self, sound: Heard, at: float) -> None:
        """Something is still being said, or cannot be: a tone takes the place of the words."""
        kind = sound.cue.kind
        # The first repetition begins with "go".
        ticks = kind is CueKind.REP and sound.cue.rep != 1 and self._reps is not Reps.SILENT
        if ticks or kind in (CueKind.SAY, CueKind.HALFWAY):
            self._play(kind.value, at)

    def _planned(self, session: Session) -> Sheet:
        if self._sheet is None:
            self._sheet = write_sheet(
                session.timeline, self._ear, self._tones, reps=self._reps, pace=session.pace, speed=self._speed
            )
        return self._sheet

    def _ear(self, text: str) -> float | None:
        return self._spoken.voice.seconds(text)

    def _tell_where(self, session: Session) -> None:
        """Say where one is, after a pause or a jump into work; the usual announcement follows in all other cases."""
        now = self._monotonic()
        state, phase = session.state, session.phase
        if state is State.PAUSED:
            self._paused_at = self._paused_at or now
            return
        was_away = self._paused_at is not None and now - self._paused_at > AWAY_S
        self._paused_at = None
        if phase.kind is PhaseKind.REST or state not in (State.RESUMING, State.RUNNING):
            return
        where = (Phrase(phase.drill.name), *side_phrase(phase.drill, phase.side))
        if state is State.RESUMING:
            welcome = (Phrase(words.WELCOME_BACK, 1),) if was_away else ()
            self._say(fitting((*welcome, *where), LEAD_S / self._speed, self._ear), now + TICK_S, LEAD_S)
        elif phase.is_work and session.position == phase.start_s:
            self._say(fitting(where, LEAD_S, self._ear), now + AFTER_TONE_S[CueKind.SWITCH], WORDS_USEFUL_S)

    def _say(self, says: tuple[str, ...], at: float, useful_s: float) -> bool:
        """Have these phrases spoken at a second; False where that is not possible without cutting something off."""
        sound = utterance(says)
        if not says or at < self._busy_until - ROUNDING_S or not self.output.knows(sound):
            return False
        self.output.play_at(sound, at, amplitude(self._loudness.voice), latest=at + useful_s)
        self._say_from(at, spoken_seconds(says, self._ear) + BREATH_S)
        return True

    def _play(self, tone: str, at: float, gain: float = 1.0) -> None:
        if at < self._busy_until - BREATH_S:
            gain = min(gain, DUCKED)
        gain *= amplitude(self._loudness.tones)
        self.output.play_at(tone, at, gain, latest=at + sounding(tone).expiry_s)
