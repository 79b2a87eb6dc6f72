"""What should be looked at by someone before the knee is trained: the questions, as data with their sources.

Asked once at the first start and again after any rating of 8 or more (clinical notes, section 3.1). An answer leads to
one plain sentence about whom to see and when; nothing is named, guessed or explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

ASKED_AGAIN_FROM = 8
"""A rating, at any moment, after which the questions are asked again (section 3.1)."""
KNOCK_DAYS = 7
"""Days after a knock, a twist or a fall in which the Ottawa knee questions are asked (section 3.1; a study aid)."""

_SUMMARY = "a summary of NHS advice on when knee pain needs a specialist"
_PATHWAY = "the red flags of a local NHS knee pathway"
_CLOT = "reports of the NHS wording on signs of a clot in the leg"
_NECK = "the neck signs therapists are taught to watch for"
_OTTAWA = "the Ottawa knee rules"
_PRACTICE = "common clinical practice, from memory"


class Urgency(StrEnum):
    """How soon someone should look at it, the most urgent first."""

    NOW = "now"
    SAME_DAY = "same day"
    SOON = "soon"
    ASK_FIRST = "ask first"


ADVICE = {
    Urgency.NOW: "Please call your emergency number now.",
    Urgency.SAME_DAY: "Please have it looked at today, and leave the warm-up for now.",
    Urgency.SOON: "Please book an appointment soon. Your ratings can come with you.",
    Urgency.ASK_FIRST: "Please ask a professional who knows you before you start.",
}
"""What is said, once, where one of the questions is answered with yes."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One question; a yes means someone should look at it."""

    id: str
    """Short and lasting: what was answered is kept by it."""
    urgency: Urgency
    """How soon."""
    words: str
    """What is asked, to be answered with yes or no."""
    source: str
    """Where it is from."""


FLAGS: tuple[Flag, ...] = (
    Flag(
        "breath",
        Urgency.NOW,
        "Sudden breathlessness, chest pain, or coughing blood, with or without a swollen leg?",
        _CLOT,
    ),
    Flag(
        "face-arm-speech",
        Urgency.NOW,
        "Face or arm weakness, slurred speech, double vision, a sudden fall to the ground, "
        "or the worst headache ever, out of nowhere?",
        f"{_NECK}; {_PRACTICE}",
    ),
    Flag(
        "out-of-shape",
        Urgency.NOW,
        "An injury, with a knee or leg that looks out of shape, or a foot that is cold, pale or numb?",
        _PATHWAY,
    ),
    Flag(
        "saddle",
        Urgency.NOW,
        "New numbness between the legs, loss of bladder or bowel control, or both legs weak?",
        _PRACTICE,
    ),
    Flag(
        "hot-knee",
        Urgency.SAME_DAY,
        "A hot, red, swollen knee, above all with fever, chills or feeling ill?",
        f"{_SUMMARY}; {_PATHWAY}",
    ),
    Flag(
        "swollen-calf",
        Urgency.SAME_DAY,
        "Calf or thigh of one leg swollen, warm, throbbing or cramping, with redder or darker skin?",
        _CLOT,
    ),
    Flag("stuck", Urgency.SAME_DAY, "A knee that is stuck: it cannot bend, or cannot straighten?", _SUMMARY),
    Flag(
        "no-weight",
        Urgency.SAME_DAY,
        "A knee that cannot take your weight, is badly swollen, or is very painful?",
        _SUMMARY,
    ),
    Flag(
        "gave-way-injury",
        Urgency.SAME_DAY,
        "A knee that gave way when it was injured, or a pop with swelling within hours?",
        f"{_PATHWAY}; {_PRACTICE}",
    ),
    Flag(
        "night",
        Urgency.SOON,
        "Pain at night or at rest that no position eases, weight loss, or a known cancer?",
        _PATHWAY,
    ),
    Flag("locking", Urgency.SOON, "A knee that keeps locking or giving way?", _SUMMARY),
    Flag("no-better", Urgency.SOON, "Getting worse for two weeks, or no better after a few weeks?", _SUMMARY),
    Flag("numb-leg", Urgency.SOON, "Numbness, pins and needles or weakness down the leg?", _PRACTICE),
    Flag(
        "hip",
        Urgency.SOON,
        "Did it start together with a new pain in the hip or groin?",
        "a local NHS page on hip pain felt in the knee",
    ),
    Flag("surgery", Urgency.ASK_FIRST, "Surgery or a joint replacement in the last three months?", _PRACTICE),
    Flag("pregnancy", Urgency.ASK_FIRST, "A pregnancy with complications?", _PRACTICE),
    Flag("thinners", Urgency.ASK_FIRST, "A fall, while you take blood thinners?", _PRACTICE),
    Flag("flare", Urgency.ASK_FIRST, "An inflammatory arthritis that is flaring up?", _PRACTICE),
    Flag("bones", Urgency.ASK_FIRST, "Osteoporosis with broken bones?", _PRACTICE),
    Flag("balance", Urgency.ASK_FIRST, "Balance problems, fainting, or blood pressure out of control?", _PRACTICE),
    Flag("young", Urgency.ASK_FIRST, "Under 16 years old?", _PRACTICE),
)
"""The most urgent first (section 3.1)."""

KNOCK_FLAGS: tuple[Flag, ...] = (
    Flag("age", Urgency.SAME_DAY, "Are you 55 or older?", _OTTAWA),
    Flag(
        "kneecap",
        Urgency.SAME_DAY,
        "Is it tender only on the kneecap, with no other sore bone around the knee?",
        _OTTAWA,
    ),
    Flag("knob", Urgency.SAME_DAY, "Is it tender on the bony knob on the outer side just below the knee?", _OTTAWA),
    Flag("right-angle", Urgency.SAME_DAY, "Can you not bend it to a right angle?", _OTTAWA),
    Flag(
        "four-steps",
        Urgency.SAME_DAY,
        "Could you not take four steps, both right after it happened and now? A limp counts as a step.",
        _OTTAWA,
    ),
)
"""Asked where there was a knock, a twist or a fall in the last 7 days; any yes means: have it looked at first.

They were made to decide on X-rays by clinicians; here they only say "see someone" (section 3.1).
"""


def advise(answered_yes: Collection[str], flags: tuple[Flag, ...] = FLAGS + KNOCK_FLAGS) -> str | None:
    """Return the advice for the most urgent question answered with yes; None where there is none."""
    urgencies = {flag.urgency for flag in flags if flag.id in answered_yes}
    return next((ADVICE[urgency] for urgency in Urgency if urgency in urgencies), None)
