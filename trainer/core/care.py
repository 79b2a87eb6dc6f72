"""What to do where a rating, a morning or a mark asks for care: the rules as data, each with its words and its source.

The readings and what follows from them are those of the clinical notes, section 1.6 (a pain-monitoring model made for
tendon and kneecap rehabilitation, not for this trainer; the published cut points differ a little) and section 3.2.
Every threshold of the trainer's caution stands here and nowhere else, and what follows is named by ``Care`` alone: a
screen does what that says. When a rule is met is ``caution``'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trainer.core.flags import ASKED_AGAIN_FROM

_MONITORING = "clinical notes 1.6: pain-monitoring model, Thomee 1997; Silbernagel 2001, 2007"
_ASKED_AGAIN = "clinical notes 3.1"
_STOP_RULES = "clinical notes 1.6 and 3.2"
_MARKS = (
    "our choice: in a drill nobody is asked for a number; a first mark stands for 3 to 5, one more, with the easier "
    "option in sight, for above 5"
)


class Care(StrEnum):
    """What a caution asks the trainer to do."""

    QUESTIONS = "questions"
    """Show the questions of flags.py again."""
    GENTLE = "gentle"
    """Offer the rule's routines first."""
    NOT_STANDING = "not standing"
    """Offer nothing that stands, or carries the weight on a knee, in this session."""
    EASIER = "easier"
    """Show the drill's easier option from here on."""
    LEAVE_DRILL = "leave drill"
    """End this drill."""
    END_SESSION = "end session"
    """End the session kindly, and keep what was done."""
    LESS_NEXT_TIME = "less next time"
    """Offer the next session with fewer reps and no moderate load."""
    PROFESSIONAL = "professional"
    """Suggest a professional, and say how to take the ratings along."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rules; a reading meets it at ``at_least``, or at ``above`` what it is held against."""

    id: str
    """Short and lasting: what was said is kept by it."""
    care: tuple[Care, ...]
    """What follows."""
    words: str
    """What is said to the person, once."""
    source: str
    """Where the numbers are from."""
    at_least: float | None = None
    """Points from which it holds whatever is usual; or the number of drills, or of marks on one."""
    above: float | None = None
    """Points above the usual, above the rating before, or above the first week."""
    running: int = 1
    """Times in a row."""
    routines: tuple[str, ...] = ()
    """Ids of the routines to offer."""
    reason: str = ""
    """Why they come first at home, in a few words."""

    def is_met(self, reading: float, against: float | None = None) -> bool:
        """Whether a reading meets it; ``against`` is what it is held against, None where that is not known."""
        is_high = self.at_least is not None and reading >= self.at_least
        return is_high or (self.above is not None and against is not None and reading - against >= self.above)


HIGH_BEFORE = Rule(
    "high-before",
    (Care.QUESTIONS, Care.NOT_STANDING, Care.GENTLE),
    "That is high for you today. Seated drills or a rest: both are fine. A few questions first.",
    f"{_MONITORING}; {_ASKED_AGAIN}",
    at_least=8,
    above=3,
    routines=("desk-break",),
    reason="a gentler round: today's rating was high",
)
SORE_BEFORE = Rule(
    "sore-before",
    (Care.QUESTIONS, Care.GENTLE),
    "A gentle round suits today: without kneeling, or all of it seated. A few questions first.",
    _MONITORING,
    at_least=6,
    routines=("no-kneeling", "desk-break"),
    reason="a gentler round: today's rating was high",
)
LEAVE_DRILL = Rule(
    "leave-drill",
    (Care.LEAVE_DRILL, Care.EASIER),
    "Leave this drill for today. The next one comes.",
    f"{_STOP_RULES}; {_MARKS}",
    at_least=2,
)
EASIER_DRILL = Rule("easier-drill", (Care.EASIER,), "Marked. Easier from here:", f"{_MONITORING}; {_MARKS}", at_least=1)
TWO_DRILLS = Rule(
    "two-drills",
    (Care.END_SESSION,),
    "Two drills hurt, so this is enough for today. What you did is kept.",
    _STOP_RULES,
    at_least=2,
)
MORE_AFTER = Rule(
    "more-after",
    (Care.LESS_NEXT_TIME,),
    "You rated clearly higher after than before. Next time: fewer reps, and no drill with a moderate load.",
    _MONITORING,
    above=3,
    routines=("desk-break",),
    reason="lighter this time: you rated higher after the last one",
)
HIGH_RATING = Rule(
    "high-rating",
    (Care.QUESTIONS,),
    "That is a high rating. Please go through a few questions again.",
    _ASKED_AGAIN,
    at_least=ASKED_AGAIN_FROM,
)
BAD_MORNING = Rule(
    "bad-morning",
    (Care.GENTLE,),
    "This morning was above your usual. An easier round suits today.",
    _MONITORING,
    above=2,
    routines=("no-kneeling", "desk-break"),
    reason="an easier round: this morning was above your usual",
)
BAD_MORNINGS = Rule(
    "bad-mornings",
    (Care.GENTLE, Care.PROFESSIONAL),
    "Three mornings running were above your usual. A good moment to show your ratings to a professional.",
    _MONITORING,
    above=2,
    running=3,
    routines=("no-kneeling", "desk-break"),
    reason="an easier round: this morning was above your usual",
)
WEEK_UP = Rule(
    "week-up",
    (Care.PROFESSIONAL,),
    "The last week was clearly above your first. You may want to show your ratings to a professional.",
    _MONITORING,
    above=2,
)
RULES: tuple[Rule, ...] = (
    HIGH_BEFORE,
    SORE_BEFORE,
    LEAVE_DRILL,
    EASIER_DRILL,
    TWO_DRILLS,
    MORE_AFTER,
    HIGH_RATING,
    BAD_MORNING,
    BAD_MORNINGS,
    WEEK_UP,
)
"""All of them, each moment's strongest first."""
LIGHTER_NOW = (
    "You rated clearly higher after your last warm-up than before it. So this one comes with fewer reps, and no drill "
    "with a moderate load."
)
"""What ``MORE_AFTER`` announced, as it happens."""
TAKE_ALONG = "`trainer report -o knee.html` in a shell makes one page to take along."
"""Beside a suggestion to see a professional."""
