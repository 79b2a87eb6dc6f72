from __future__ import annotations

from trainer.core.sleep import SleepWatch


def test_usual_ticks_are_no_sleep() -> None:
    watch = SleepWatch()
    assert [watch.gap(tick / 10, 500 + tick / 10) for tick in range(30)] == [0.0] * 30


def test_a_suspended_laptop_shows_in_the_wall_clock_alone() -> None:
    watch = SleepWatch()
    watch.gap(10, 500)
    assert watch.gap(10.1, 4100) == 3600


def test_a_stopped_program_shows_in_both() -> None:
    watch = SleepWatch()
    watch.gap(10, 500)
    assert watch.gap(15, 505) == 5


def test_a_busy_machine_is_not_asleep() -> None:
    watch = SleepWatch()
    watch.gap(10, 500)
    assert watch.gap(13, 503) == 0


def test_a_clock_set_back_is_no_sleep() -> None:
    watch = SleepWatch()
    watch.gap(10, 500)
    assert watch.gap(10.1, 100) == 0
    assert watch.gap(10.2, 100.1) == 0
