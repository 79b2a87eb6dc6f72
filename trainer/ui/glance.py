"""A glance at a session: everything the screen shows of one instant, in words and numbers, ready to paint.

Pure: it asks the session once and knows nothing of widgets, so that count, rep and time left never disagree.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from trainer.core.drill import Drill
from trainer.core.lead import LEAD_S
from trainer.core.session import Session, State
from trainer.core.side import Side
from trainer.core.timeline import Phase, PhaseKind
from trainer.core.words import part_of
from trainer.drawing.window import NEEDS

LAST_S = 3
"""The last seconds of anything are unmistakable."""
MOST_DOTS = 12


FLASH_S = 0.5
"""How long the border is lit at a time."""
EARLY_S = 0.005
"""A tick that comes so early shows the second that is about to begin."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a person sees of one instant."""

    word: str
    """GET READY, SWITCH TO LEFT, REST, GOING ON; empty while the drill itself runs."""
    name: str
    """The drill."""
    side: str
    """LEFT foot, RIGHT leg; empty where both sides work."""
    digits: str
    """The countdown; while a session comes back from a pause, its three, two, one."""
    longest: str
    """The longest countdown of this phase."""
    is_last: bool
    """Whether these are the last three seconds of the phase."""
    is_lit: bool
    """Whether the border is lit, where it flashes: with each of the last three seconds and as a phase begins."""
    rep: str
    """Rep 3/10; empty where none are counted."""
    dots: str
    """One sign for each repetition: done, under way, to come."""
    steps: tuple[str, ...]
    """How it goes, in the words of this side."""
    cue: str
    """One thing to mind now."""
    is_eased: bool
    """Whether the cue is the easier option, after a pain mark."""
    place: str
    """Which drill of how many."""
    left: str
    """What is left of the whole session."""
    then: str
    """What comes next."""
    is_paused: bool
    """Whether it stands still."""
    pace: str
    """The pace, where it is not the usual one."""


def look(session: Session, setups: Mapping[str, str] | None = None, *, is_ascii: bool = False) -> Glance:
    """What there is to see now; ``setups`` says how to get into each base pose."""
    state = session.state
    phase = session.phase
    drill = phase.drill
    is_eased = drill.id in session.eased and not _is_resting(phase)
    left = seconds_up(session.phase_left)
    rep = session.rep
    lead = math.ceil(session.lead_left - EARLY_S)
    return Glance(
        word="GET READY" if lead > LAST_S else "GOING ON" if lead else _word(phase),
        name="Rest" if _is_resting(phase) else drill.name,
        side="" if _is_resting(phase) else side_words(drill, phase.side),
        digits=str(lead) if lead else clock_text(left),
        longest=str(lead) if lead else clock_text(max(left, seconds_up(phase.duration_s))),
        is_last=0 < lead <= LAST_S or (not lead and left <= LAST_S and state is not State.ENDED),
        is_lit=_is_lit(session),
        rep=f"Rep {rep}/{phase.reps}" if rep is not None else "",
        dots=_dots(rep, phase.reps, is_ascii=is_ascii) if rep is not None and phase.reps is not None else "",
        steps=drill.steps_for(phase.side),
        cue=f"Easier: {drill.easier}" if is_eased else _cue(phase, session, setups or {}),
        is_eased=is_eased,
        place=_place(session, phase),
        left=f"{clock_text(seconds_up(session.time_left), is_long=True)} left",
        then=_then(session, phase),
        is_paused=state is State.PAUSED,
        pace="" if session.pace == 1 else f"{session.pace:g}x pace",
    )


def changes_in(session: Session) -> float:
    """Seconds of the session's clock until the count or the rep changes, or the phase does."""
    left = session.phase_left
    until = min(left, (left - EARLY_S) % 1.0)
    if session.rep_phase is not None and (tempo := session.phase.tempo_s) is not None:
        until = min(until, (1.0 - session.rep_phase) * tempo / session.pace)
    return until


def seconds_up(seconds: float) -> int:
    """Whole seconds still to go: 3.2 is 4, and a tick that comes a moment early shows no stale second."""
    return max(0, math.ceil(seconds - EARLY_S))


def clock_text(seconds: int, *, is_long: bool = False) -> str:
    """Seconds as "42" or "1:05"; ``is_long`` always with minutes."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02}" if minutes or is_long else str(rest)


def side_words(drill: Drill, side: Side) -> str:
    """Such as "LEFT foot" or "RIGHT leg"; empty where both sides work together."""
    if side is Side.BOTH:
        return ""
    return f"{side.value.upper()} {part_of(drill)}"


def paused_words(glance: Glance) -> str:
    """What lies over everything while the session stands still."""
    where = " ".join(part for part in (glance.name, glance.side, glance.rep) if part)
    return f"PAUSED\n\n{where}\n\nspace goes on, after 3-2-1"


def small_words(glance: Glance, width: int, height: int) -> str:
    """All that a window too small for the rest has room for."""
    state = "PAUSED " if glance.is_paused else ""
    lines = (
        f"{state}{glance.digits}  {glance.rep}".rstrip(),
        f"{glance.word} {glance.name} {glance.side}".strip(),
        f"This window is {width}x{height}; {NEEDS[0]}x{NEEDS[1]} shows everything.",
    )
    return "\n".join(lines)


def numbered(steps: tuple[str, ...], width: int) -> str:
    """The steps one below the other, each hanging below its number."""
    return "\n".join(
        textwrap.fill(step, max(width, 12), initial_indent=f"{number}  ", subsequent_indent="   ")
        for number, step in enumerate(steps, 1)
    )


def _is_lit(session: Session) -> bool:
    if session.state is not State.RUNNING:
        return False
    left = session.phase_left
    return session.position - session.phase.start_s < FLASH_S or (left <= LAST_S and left % 1.0 > 1.0 - FLASH_S)


def _is_resting(phase: Phase) -> bool:
    return phase.kind is PhaseKind.REST


def _word(phase: Phase) -> str:
    if phase.kind is PhaseKind.SWITCH:
        return f"SWITCH TO {phase.side.value.upper()}"
    return {PhaseKind.PREPARE: "GET READY", PhaseKind.REST: "REST"}.get(phase.kind, "")


def _cue(phase: Phase, session: Session, setups: Mapping[str, str]) -> str:
    """Getting ready tells the position; work tells its cues one after the other."""
    if phase.kind is PhaseKind.PREPARE or session.lead_left > LEAD_S:
        return setups.get(phase.drill.base_pose, phase.drill.position.value.replace("-", " ").capitalize())
    cues = phase.drill.cues_for(phase.side)
    if not phase.is_work or not cues:
        return ""
    share = (session.position - phase.start_s) / max(phase.duration_s, 0.001)
    return cues[min(int(share * len(cues)), len(cues) - 1)]


def _dots(rep: int, reps: int, *, is_ascii: bool) -> str:
    if reps > MOST_DOTS:
        return ""
    done, now, ahead = ("#", "@", "o") if is_ascii else ("●", "◉", "○")
    return " ".join(done if n < rep else now if n == rep else ahead for n in range(1, reps + 1))


def _place(session: Session, phase: Phase) -> str:
    begins = [other.index for other in session.timeline.phases if other.kind is PhaseKind.PREPARE]
    reached = sum(1 for index in begins if index <= phase.index)
    return f"drill {max(reached, 1)} of {len(begins)}"


def _then(session: Session, phase: Phase) -> str:
    """The next two things: the other side, the next drill."""
    words: list[str] = []
    here = (phase.drill.id, phase.side) if not _is_resting(phase) else None
    for later in session.timeline.phases[phase.index + 1 :]:
        if not later.is_work or (later.drill.id, later.side) == here:
            continue
        here = (later.drill.id, later.side)
        same = later.drill.id == phase.drill.id and not words
        words.append(side_words(later.drill, later.side) if same else later.drill.name)
        if len(words) == 2 or not same:
            break
    return f"then {', then '.join(words)}" if words else "then you are done"
