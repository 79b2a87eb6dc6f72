from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from trainer.audio.watch import CALM_S, LOOK_S, LOOKS_APART, SILENT_LOOKS, STEADY_LOOKS, Verdict, Watch


def looks(watch: Watch, asks: Iterable[int | None]) -> list[Verdict]:
    return [watch.look(count) for count in asks]


def lost() -> Watch:
    watch = Watch()
    verdicts = looks(watch, [6, *[6] * SILENT_LOOKS])
    assert verdicts == [*[Verdict.FINE] * SILENT_LOOKS, Verdict.LOST]
    return watch


@given(st.lists(st.integers(1, 9), min_size=1), st.integers(0, SILENT_LOOKS - 1))
def test_a_stream_that_asks_is_left_alone(steps: list[int], silent: int) -> None:
    watch, asks = Watch(), 0
    for step in steps:
        asks += step
        assert looks(watch, [asks] * (silent + 1)) == [Verdict.FINE] * (silent + 1)


def test_one_that_never_asks_is_lost() -> None:
    assert looks(Watch(), [0] * (SILENT_LOOKS + 1))[-1] is Verdict.LOST


def test_it_looks_closely_only_where_something_may_be_wrong() -> None:
    watch, waits = Watch(), []
    for asks in (1, 2, 2, 3, *[3] * SILENT_LOOKS, None, 1, *range(2, STEADY_LOOKS + 1)):
        waits.append(watch.wait_s)
        watch.look(asks)
    close = [LOOK_S] * (SILENT_LOOKS - 1 + 1 + STEADY_LOOKS)
    assert waits == [CALM_S, CALM_S, CALM_S, LOOK_S, CALM_S, *close]
    assert watch.wait_s == CALM_S


def test_after_a_loss_a_device_is_looked_for_at_once_and_then_now_and_then() -> None:
    verdicts = looks(lost(), [None] * (1 + 2 * LOOKS_APART))
    tries = [index for index, verdict in enumerate(verdicts) if verdict is Verdict.TRY]
    assert tries == [0, LOOKS_APART, 2 * LOOKS_APART]
    assert set(verdicts) == {Verdict.TRY, Verdict.FINE}


def test_a_new_stream_is_back_once_and_only_after_it_has_run_for_a_while() -> None:
    watch = lost()
    verdicts = looks(watch, [None, *range(1, 20)])
    assert verdicts.index(Verdict.BACK) == STEADY_LOOKS
    assert verdicts.count(Verdict.BACK) == 1
    assert not watch.is_lost


def test_a_device_that_opens_and_dies_again_and_again_is_one_loss_and_never_back() -> None:
    watch = lost()
    verdicts = []
    for _ in range(5):
        verdicts += looks(watch, [None] * LOOKS_APART)
        verdicts += looks(watch, [1, 2, *[2] * SILENT_LOOKS])
    assert Verdict.LOST not in verdicts
    assert Verdict.BACK not in verdicts
    assert verdicts.count(Verdict.DEAD) == 5


def test_a_second_loss_is_said_again() -> None:
    watch = lost()
    looks(watch, [None, *range(1, 10)])
    assert looks(watch, [9] * SILENT_LOOKS)[-1] is Verdict.LOST


def test_a_new_stream_is_not_taken_for_the_old_one_by_its_number() -> None:
    assert looks(lost(), [None, 6, 7, 8])[-1] is Verdict.BACK
