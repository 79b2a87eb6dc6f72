from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.audio.clock import TOLERANCE_S, StreamClock

RATE = 48_000
PERIOD = 2_880
PERIOD_S = PERIOD / RATE


def run(
    clock: StreamClock, delays: list[float], *, start: float = 100.0, lead: int = 2, frame: int = 0, slow: float = 0.0
) -> list[int]:
    """Ask as a device does that is filled ``lead`` periods ahead and answers ``delays`` late; return the moves."""
    moves = []
    for index, delay in enumerate(delays):
        due = max(0, index - lead) * PERIOD_S * (1 + slow)
        moves.append(clock.asked(start + due + delay, frame + index * PERIOD))
    return moves


def test_the_first_frame_is_heard_when_the_stream_starts() -> None:
    clock = StreamClock(RATE, PERIOD_S, 99.0)
    assert clock.frame_at(100.0) == RATE
    moved = clock.asked(100.0, 0)
    assert moved == -RATE
    assert clock.frame_at(100.0) == 0
    assert clock.frame_at(101.5) == 72_000


@given(st.lists(st.floats(0, PERIOD_S), min_size=20, max_size=20), st.integers(0, 3))
def test_jitter_of_the_requests_never_moves_the_line(jitter: list[float], lead: int) -> None:
    delays = jitter * 10
    clock = StreamClock(RATE, PERIOD_S, 100.0)
    delays[0] = 0.0
    delays[lead::7] = [0.0] * len(delays[lead::7])
    if lead == 0:
        delays = [min(delay, 0.9 * TOLERANCE_S) for delay in delays]
    assert not any(run(clock, delays, lead=lead))
    assert clock.frame_at(110.0) == 10 * RATE


@given(st.floats(0.2, 5.0), st.integers(5, 100))
def test_after_an_underrun_the_line_moves_once_by_what_was_lost(stall: float, before: int) -> None:
    clock = StreamClock(RATE, PERIOD_S, 100.0)
    delays = [0.0] * before + [stall] * 200
    moves = run(clock, delays)
    lost = sum(moves)
    assert next(index for index, move in enumerate(moves) if move) == before
    assert -lost / RATE == pytest.approx(stall, abs=2 * TOLERANCE_S + PERIOD_S)
    assert len([move for move in moves if move]) <= 2


def test_a_stall_at_the_start_is_caught_at_once() -> None:
    """A sleepy sink takes one buffer and asks for the next two seconds later."""
    clock = StreamClock(RATE, PERIOD_S, 100.0)
    clock.asked(100.0, 0)
    clock.asked(101.85, PERIOD)
    heard_s = 101.85 + (10 * PERIOD_S)
    assert clock.frame_at(heard_s) == pytest.approx(10 * PERIOD, abs=PERIOD)


@pytest.mark.parametrize("slow", [3e-4, -3e-4])
def test_a_device_that_runs_off_is_followed(slow: float) -> None:
    clock = StreamClock(RATE, PERIOD_S, 100.0)
    count = round(300 / PERIOD_S)
    moves = [move for move in run(clock, [0.0] * count, slow=slow) if move]
    true_frame = 300 / (1 + slow) * RATE
    assert abs(clock.frame_at(400.0) - true_frame) / RATE < TOLERANCE_S + 0.005
    assert 2 <= len(moves) <= 4


def test_the_lead_is_learnt_from_how_far_the_device_fills_itself() -> None:
    clock = StreamClock(RATE, PERIOD_S, 100.0)
    assert clock.lead_s == PERIOD_S
    run(clock, [0.0] * 50, lead=3)
    assert clock.lead_s == pytest.approx(3 * PERIOD_S)
