from __future__ import annotations

import threading
import time

from trainer.audio.alarm import Alarms

PATIENCE_S = 60.0


def test_alarms_ring_in_the_order_of_their_seconds_and_never_early() -> None:
    alarms, rung, done = Alarms(), list[tuple[str, float]](), threading.Event()
    now = time.monotonic()
    alarms.at(now + 0.04, done.set)
    alarms.at(now + 0.02, lambda: rung.append(("second", time.monotonic())))
    alarms.at(now + 0.01, lambda: rung.append(("first", time.monotonic())))
    alarms.at(now - 1.00, lambda: rung.append(("past", time.monotonic())))
    assert done.wait(PATIENCE_S)
    alarms.close()
    assert [name for name, _ in rung] == ["past", "first", "second"]
    assert rung[1][1] >= now + 0.01
    assert rung[2][1] >= now + 0.02


def test_what_is_cleared_or_comes_after_the_end_never_rings() -> None:
    alarms, rung, done = Alarms(), list[int](), threading.Event()
    ringing, goes_on = threading.Event(), threading.Event()

    def ring() -> None:
        ringing.set()
        goes_on.wait(PATIENCE_S)

    alarms.at(time.monotonic(), ring)
    assert ringing.wait(PATIENCE_S)
    alarms.at(time.monotonic(), lambda: rung.append(1))
    alarms.clear()
    alarms.at(time.monotonic(), done.set)
    goes_on.set()
    assert done.wait(PATIENCE_S)
    alarms.close()
    alarms.close()
    alarms.at(time.monotonic(), lambda: rung.append(2))
    assert rung == []


def test_an_alarm_may_end_the_alarms() -> None:
    alarms, done = Alarms(), threading.Event()

    def end() -> None:
        alarms.close()
        done.set()

    alarms.at(time.monotonic(), end)
    assert done.wait(PATIENCE_S)
