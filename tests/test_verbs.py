"""What all verbs of the diary have in common."""

from __future__ import annotations

from types import ModuleType

import pytest

from trainer.verbs import export, history, rate, trend


@pytest.mark.parametrize("verb", [rate, history, export, trend])
def test_every_verb_says_its_name_and_what_it_does(verb: ModuleType) -> None:
    assert verb.__name__.endswith(f".{verb.NAME}")
    assert verb.HELP
