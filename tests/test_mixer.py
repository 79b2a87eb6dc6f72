from __future__ import annotations

from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.audio import mixer as mixing
from trainer.audio.bank import Bank
from trainer.audio.mixer import FADE_S, Mixer, amplitude

RATE = 8_000
FADE = round(RATE * FADE_S)
LENGTH = 200
BANK = Bank(
    RATE,
    {
        "low": array("h", [1_000] * LENGTH),
        "loud": array("h", [30_000] * LENGTH),
        "deep": array("h", [-30_000] * LENGTH),
        "steps": array("h", range(1, LENGTH + 1)),
    },
    array("h", [77] * 50),
)
PLAN = st.lists(
    st.tuples(st.sampled_from(sorted(BANK.clips)), st.integers(0, 1_000), st.sampled_from([0.3, 1.0])), max_size=6
)
CUTS = st.lists(st.integers(0, 1_300), max_size=20)
TOTAL = 1_300


def samples_of(frames: bytes) -> array[int]:
    return array("h", frames)


def mixer_of(plan: list[tuple[str, int, float]], volume: float = 1.0) -> Mixer:
    mixer = Mixer(BANK, volume=volume)
    for sound, frame, gain in plan:
        mixer.schedule(sound, frame, gain)
    return mixer


@given(PLAN, CUTS)
def test_the_size_of_the_bites_does_not_change_a_byte(plan: list[tuple[str, int, float]], cuts: list[int]) -> None:
    whole = mixer_of(plan).render(TOTAL)
    bitten = mixer_of(plan)
    assert b"".join(bitten.render(b - a) for a, b in pairwise([0, *sorted(cuts), TOTAL])) == whole


@given(PLAN)
def test_the_mix_is_the_sum_held_within_sixteen_bits(plan: list[tuple[str, int, float]]) -> None:
    expected = [0.0] * TOTAL
    for sound, frame, gain in plan:
        for index, sample in enumerate(BANK.clip(sound)):
            expected[frame + index] += gain * sample
    mixed = samples_of(mixer_of(plan).render(TOTAL))
    for value, heard in zip(expected, mixed, strict=True):
        assert abs(max(-32768, min(32767, value)) - heard) <= len(plan)


@given(st.integers(0, 1_000), st.integers(1, 300))
def test_a_sound_begins_exactly_at_its_frame(frame: int, bite: int) -> None:
    mixer = mixer_of([("steps", frame, 1.0)])
    out = samples_of(b"".join(mixer.render(bite) for _ in range(TOTAL // bite + 1)))
    assert not any(out[:frame])
    assert out[frame : frame + LENGTH] == BANK.clip("steps")
    assert not any(out[frame + LENGTH :])


def test_a_sound_whose_frame_is_past_begins_with_the_next_one() -> None:
    mixer = Mixer(BANK)
    mixer.render(500)
    mixer.schedule("steps", 100)
    assert samples_of(mixer.render(3)) == array("h", [1, 2, 3])


def test_a_sound_that_would_come_too_late_is_left_out() -> None:
    mixer = Mixer(BANK)
    mixer.render(500)
    mixer.schedule("steps", 100, latest=499)
    assert not any(mixer.render(300))
    mixer.schedule("steps", 100, latest=800)
    assert any(mixer.render(300))


@given(PLAN, st.integers(0, TOTAL), st.integers(1, 300))
def test_after_a_cancel_nothing_is_heard_beyond_the_fade(
    plan: list[tuple[str, int, float]], when: int, bite: int
) -> None:
    mixer = mixer_of(plan)
    mixer.render(when)
    mixer.cancel()
    assert mixer.end - mixer.frame <= FADE
    tail = samples_of(b"".join(mixer.render(bite) for _ in range(TOTAL // bite + 1)))
    assert not any(tail[FADE:])
    assert mixer.end == mixer.frame


def test_a_cancelled_sound_that_was_about_to_begin_is_not_heard_at_all() -> None:
    mixer = mixer_of([("loud", 100, 1.0)])
    mixer.render(100)
    mixer.cancel()
    assert not any(mixer.render(300))


def test_a_cancelled_sound_fades_evenly_and_does_not_break_off() -> None:
    mixer = mixer_of([("low", 0, 1.0)])
    mixer.render(50)
    mixer.cancel()
    fade = samples_of(mixer.render(FADE))
    steps = [one - two for one, two in pairwise([1_000, *fade])]
    assert fade[-1] == 0
    assert all(abs(step - 1_000 / FADE) <= 1 for step in steps)


def test_a_second_cancel_and_a_turn_of_the_volume_leave_a_fade_alone() -> None:
    fading, left_alone = mixer_of([("low", 0, 1.0)]), mixer_of([("low", 0, 1.0)])
    for mixer in (fading, left_alone):
        mixer.render(50)
        mixer.cancel()
        mixer.render(FADE // 4)
    fading.cancel()
    fading.volume = 0.2
    fading.muted = True
    fading.muted = False
    assert fading.render(FADE) == left_alone.render(FADE)


@pytest.mark.parametrize(("volume", "level"), [(1.0, 1_000), (0.5, 250), (0.0, 0), (7.0, 1_000), (-1.0, 0)])
def test_volume_goes_with_the_square(volume: float, level: int) -> None:
    assert set(samples_of(mixer_of([("low", 0, 1.0)], volume).render(LENGTH))) == {level}


def test_volume_turned_while_a_sound_plays_is_heard_without_a_click() -> None:
    mixer = mixer_of([("low", 0, 1.0)])
    mixer.render(50)
    mixer.volume = 0.5
    out = samples_of(mixer.render(LENGTH - 50))
    assert max(abs(one - two) for one, two in pairwise([1_000, *out])) <= 750 / FADE + 1
    assert set(out[FADE:]) == {250}


def test_muting_silences_and_unmuting_finds_the_sound_where_it_would_be() -> None:
    mixer = mixer_of([("steps", 0, 1.0), ("low", 400, 1.0)])
    mixer.render(20)
    mixer.muted = True
    muted = samples_of(mixer.render(80))
    assert not any(muted[FADE:])
    mixer.muted = False
    back = samples_of(mixer.render(100))
    assert back[FADE:] == BANK.clip("steps")[100 + FADE :]
    assert mixer.end == 600


def test_a_sound_scheduled_while_muted_makes_no_noise() -> None:
    mixer = Mixer(BANK)
    mixer.muted = True
    mixer.schedule("loud", 10)
    assert not any(mixer.render(500))


def test_turning_the_volume_leaves_the_sounds_in_the_bank_alone() -> None:
    mixer = mixer_of([("steps", 0, 1.0)])
    mixer.render(20)
    for volume in (0.5, 1.0, 0.5, 1.0):
        mixer.volume = volume
    mixer.render(LENGTH)
    assert BANK.clips["steps"] == array("h", range(1, LENGTH + 1))
    again = Mixer(BANK)
    again.schedule("steps", 0)
    assert samples_of(again.render(LENGTH)) == BANK.clips["steps"]


@given(st.integers(-250, 400))
def test_a_shift_moves_what_is_to_come_and_not_what_sounds(frames: int) -> None:
    mixer = mixer_of([("low", 0, 1.0), ("steps", 500, 1.0)])
    mixer.render(100)
    mixer.shift(frames)
    out = samples_of(mixer.render(1_200))
    assert set(out[:100]) == {1_000}
    first = 400 + frames
    assert out[first : first + LENGTH] == BANK.clip("steps")


def test_a_shift_into_the_past_drops_what_is_thereby_too_late() -> None:
    mixer = Mixer(BANK)
    mixer.schedule("steps", 500, latest=600)
    mixer.schedule("low", 500, latest=5_000)
    mixer.render(100)
    mixer.shift(-1_000)
    assert set(samples_of(mixer.render(LENGTH))) == {1_000}


def test_stereo_carries_the_same_in_both_ears() -> None:
    mono, stereo = mixer_of([("steps", 5, 1.0), ("low", 90, 1.0)]), Mixer(BANK, channels=2)
    for sound, frame in (("steps", 5), ("low", 90)):
        stereo.schedule(sound, frame)
    both, one = samples_of(stereo.render(400)), samples_of(mono.render(400))
    assert both[0::2] == both[1::2] == one


def test_a_tone_whose_file_is_missing_is_a_beep_and_what_nobody_knows_is_nothing() -> None:
    mixer = Mixer(BANK)
    mixer.schedule("yodel", 0)
    assert not mixer.knows("yodel")
    assert mixer.end == 0
    assert mixer.knows("go")
    mixer.schedule("go", 0)
    assert set(samples_of(mixer.render(50))) == {77}


def test_what_is_learnt_takes_the_place_of_what_was_learnt_before_and_leaves_what_sounds_alone() -> None:
    mixer = Mixer(BANK)
    mixer.learn({"say:heel": array("h", [5] * 100), "low": array("h", [6] * 100)})
    mixer.schedule("say:heel", 0)
    mixer.schedule("low", 200)
    mixer.learn({"say:toe": array("h", [7] * 100)})
    assert (mixer.knows("say:heel"), mixer.knows("say:toe")) == (False, True)
    mixer.schedule("say:heel", 400)
    mixer.schedule("low", 600)
    out = samples_of(mixer.render(1_000))
    assert (set(out[:100]), set(out[200:300]), set(out[400:600]), set(out[600:800])) == ({5}, {6}, {0}, {1_000})


@pytest.mark.parametrize("gain", [0.0, 0.1, 0.35, 0.5, 0.7071, 1.0])
@pytest.mark.parametrize("volume", [0.3, 0.7, 1.0])
def test_gain_and_volume_multiply_to_within_one_step_of_sixteen_bits(gain: float, volume: float) -> None:
    every = array("h", range(-32768, 32768, 7))
    mixer = Mixer(Bank(RATE, {"every": every}, array("h", [0])), volume=volume)
    mixer.schedule("every", 0, gain)
    heard = samples_of(mixer.render(len(every)))
    assert max(abs(gain * volume**2 * sample - out) for sample, out in zip(every, heard, strict=True)) <= 1.0


def test_each_sound_keeps_its_own_gain_when_the_volume_is_turned() -> None:
    mixer = mixer_of([("low", 0, 0.5), ("low", 400, 1.0)])
    mixer.volume = 0.5
    out = samples_of(mixer.render(700))
    assert (set(out[:LENGTH]), set(out[400:600])) == ({125}, {250})


def test_turning_the_volume_in_the_middle_of_a_turn_makes_no_step() -> None:
    mixer = mixer_of([("low", 0, 1.0)])
    mixer.render(50)
    mixer.muted = True
    fading = samples_of(mixer.render(FADE // 2))
    mixer.muted = False
    out = [1_000, *fading, *samples_of(mixer.render(LENGTH - 50 - FADE // 2))]
    assert max(abs(one - two) for one, two in pairwise(out)) <= 1_000 / FADE + 1
    assert out[-1] == 1_000


def test_where_nobody_renders_what_sounded_and_what_is_too_late_is_forgotten() -> None:
    mixer = mixer_of([("low", 0, 1.0)])
    mixer.schedule("steps", 200, latest=300)
    mixer.schedule("steps", 500, latest=900)
    mixer.schedule("steps", 1_000)
    mixer.render(100)
    mixer.give_up(600)
    out = samples_of(mixer.render(1_200))
    assert not any(out[:400])
    assert out[400 : 400 + LENGTH] == BANK.clip("steps")
    assert out[900 : 900 + LENGTH] == BANK.clip("steps")


def test_what_has_been_played_is_forgotten() -> None:
    mixer = Mixer(BANK)
    for index in range(1_000):
        mixer.schedule("low", index * 10)
    mixer.render(20_000)
    assert mixer.end == mixer.frame == 20_000
    assert mixer._voices == []


def test_silence_after_sound_is_as_cheap_as_silence_before_it() -> None:
    mixer = mixer_of([("low", 0, 1.0)])
    mixer.render(LENGTH)
    assert mixer.render(3) == bytes(6)
    assert mixer.render(0) == b""


def test_a_volume_outside_its_range_is_held_within() -> None:
    assert [amplitude(volume) for volume in (-2.0, 0.0, 0.5, 1.0, 3.0)] == [0.0, 0.0, 0.25, 1.0, 1.0]


def test_a_long_prompt_costs_no_more_ahead_than_a_tick() -> None:
    long = array("h", bytes(2 * 3_000_000))
    mixer = Mixer(Bank(RATE, {"long": long}, long), volume=0.7)
    mixer.schedule("long", 0)
    mixer.volume = 0.3
    assert mixer._voices[0].clip is long


def test_a_sound_learnt_anew_is_heard_as_it_is_now_and_one_played_again_as_loud_as_it_is_set_now() -> None:
    mixer = Mixer(BANK, volume=0.5)
    for value, volume in ((400, 0.5), (800, 0.5), (800, 1.0), (800, 0.5)):
        mixer.learn({"say:One": array("h", [value] * LENGTH)})
        mixer.volume = volume
        mixer.schedule("say:One", mixer.frame)
        mixer.schedule("say:One", mixer.frame + LENGTH)
        assert set(samples_of(mixer.render(2 * LENGTH))) == {round(value * amplitude(volume))}


def test_what_is_kept_at_its_loudness_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    scale = mixing._at_level

    def watched(clip: array[int], level: int) -> array[int]:
        made.append(level)
        return scale(clip, level)

    monkeypatch.setattr(mixing, "_at_level", watched)
    monkeypatch.setattr(mixing, "KEPT", 2 * LENGTH)
    mixer = Mixer(BANK, volume=0.5)
    for sound in ("low", "low", "loud", "low", "deep", "low", "loud"):
        mixer.schedule(sound, mixer.frame)
        mixer.render(LENGTH)
    assert len(made) == 4
