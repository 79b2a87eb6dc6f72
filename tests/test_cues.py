from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.audio.cues import SAME_INSTANT_S, SOUNDS, heard, sound_of, sounding
from trainer.core.cue import Cue, CueKind

CUES = st.lists(
    st.builds(Cue, st.floats(0, 5).map(lambda s: round(s, 2)), st.sampled_from(CueKind), st.just(0)), max_size=12
)


def at(second: float, *kinds: CueKind) -> list[Cue]:
    return [Cue(second, kind, 0) for kind in kinds]


def test_every_kind_has_a_sound_of_its_own() -> None:
    sounds = [sound_of(kind) for kind in CueKind]
    assert len(set(sounds)) == len(CueKind)
    assert set(sounds) <= set(SOUNDS)


@pytest.mark.parametrize(
    ("kinds", "winner"),
    [
        ((CueKind.REP, CueKind.GO), CueKind.GO),
        ((CueKind.REP, CueKind.HALFWAY), CueKind.HALFWAY),
        ((CueKind.THREE, CueKind.SWITCH), CueKind.SWITCH),
        ((CueKind.SAY, CueKind.SWITCH), CueKind.SWITCH),
        ((CueKind.THREE, CueKind.SAY), CueKind.SAY),
        (tuple(CueKind), CueKind.DONE),
    ],
)
def test_at_one_instant_the_weightier_sound_is_heard_alone(kinds: tuple[CueKind, ...], winner: CueKind) -> None:
    for order in (kinds, kinds[::-1]):
        assert [cue.kind for cue in heard(at(4.0, *order))] == [winner]


def test_cues_that_nearly_meet_count_as_one_instant() -> None:
    near = [Cue(1.0, CueKind.REP, 0), Cue(1.0 + SAME_INSTANT_S / 2, CueKind.GO, 1)]
    apart = [Cue(1.0, CueKind.REP, 0), Cue(1.0 + 2 * SAME_INSTANT_S, CueKind.GO, 1)]
    assert [cue.kind for cue in heard(near)] == [CueKind.GO]
    assert heard(apart) == tuple(apart)


@given(CUES)
def test_what_is_heard_is_in_order_and_the_weightiest_is_never_lost(cues: list[Cue]) -> None:
    kept = heard(reversed(cues))
    assert all(one.at_s <= two.at_s for one, two in pairwise(kept))
    assert set(kept) <= set(cues)
    assert bool(kept) == bool(cues)
    if cues:
        weight = max(sounding(sound_of(cue.kind)).priority for cue in cues)
        assert weight in {sounding(sound_of(cue.kind)).priority for cue in kept}


@given(CUES)
def test_a_cue_is_left_out_only_for_a_weightier_one_close_by(cues: list[Cue]) -> None:
    kept = heard(cues)
    for cue in cues:
        if cue not in kept:
            assert any(
                abs(other.at_s - cue.at_s) <= SAME_INSTANT_S
                and sounding(sound_of(other.kind)).priority >= sounding(sound_of(cue.kind)).priority
                for other in cues
                if other is not cue
            )
